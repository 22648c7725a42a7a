"""How much words deserve a bullet: whole sentences that stand alone and speak of the news come first.

Pure, without a parser: a digest is built from stored quotes, in the process that talks to the chat.
"""

import re
from collections.abc import Collection

from digests.model import Article, Quote, QuoteKind

_OPENING = r"^\W*(?:(?:and|but|so|or|well|yes|no|yeah|because|then|also|plus|now)\b[\s,]*)*"
_BARE = (
    r"(?:['’](?:s|re|ll|d|ve)\b|\s+(?:is|was|are|were|will|would|has|have|had|can|could|should|may|might|must"
    r"|do|does|did|isn|wasn|aren|weren|won|wouldn|hasn|haven|hadn|can|couldn|doesn|don|didn|means?|meant"
    r"|makes?|made|really|just|also|all|goes|went|got|gets|takes?|took|looks?|feels?|felt|sounds?)\b|[.,!?]|$)"
)
_DANGLES = re.compile(
    rf"{_OPENING}(?:(?:it|this|that|these|those){_BARE}|(?:they|he|she|him|them|such|both|which|who|neither)\b)",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    rf"{_OPENING}it(?:['’]s| is| was| will be| would be| isn['’]t| wasn['’]t)\b"
    r".{0,70}?\b(?:to|that|when|if|how|why|what|whether)\b",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(r"^\W*(?:and|but|so|or|because|which|then|also|plus)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:he|she|him|they|them|it|this|that['’]s|those|these|there)\b(?! who\b)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_LEAD_CHARS = 400
_STEM = 6
_COMMON = frozenset(
    """that this with from have been they their them were will would could should about after before into
    over said says than then there these those what when where which while your more most also only some
    such very just like other because between through during under against""".split()
)
_KINDS = {QuoteKind.DIRECT: 3.0, QuoteKind.MIXED: 1.5, QuoteKind.FRAGMENT: 0.5, QuoteKind.INDIRECT: 1.0}


def topic(article: Article) -> frozenset[str]:
    """Return the stems of what an article is about: those of its headline and of its first lines."""
    return _stems(f"{article.title} {article.text[:_LEAD_CHARS]}")


def worth(quote: Quote, about: Collection[str], length: int) -> float:
    """Return how much a quote is worth a bullet, in points of about one.

    ``about`` is the article's ``topic`` and ``length`` its characters: what is said early counts more.
    """
    words = len(quote.text.split())
    points = _KINDS[quote.kind] + min(words, 16) / 16 - max(0, words - 45) / 60
    if quote.text.rstrip().endswith("?"):
        points -= 0.6
    if quote.kind is not QuoteKind.DIRECT and quote.clause is None:
        points -= 1.0
    points -= dangling(quote.text if quote.clause is None else quote.clause.text)
    points += 0.12 * min(len(_stems(quote.text) & set(about)), 5)
    return points + quote.confidence - 0.8 * quote.start / max(length, 1)


def dangling(text: str) -> float:
    """Return how far words lean on what stands before them: "That’s why they did it" says little alone."""
    points = 0.0
    if _DANGLES.match(text) and not _EXPLETIVE.match(text):
        points += 0.8
    elif _CONJUNCTION.match(text):
        points += 0.3
    return points + min(0.12 * len(_POINTING.findall(text)), 0.5)


def _stems(text: str) -> frozenset[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)
