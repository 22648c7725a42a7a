"""How much words deserve a bullet: whole sentences that stand alone and speak of the news come first.

Pure, without a parser: a digest is built from stored quotes, in the process that talks to the chat.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from digests.model import Article, Quote, QuoteKind
from digests.scripts import estimate_words

_OPENING = r"^\W*(?:(?:and|but|so|or|well|yes|no|yeah|because|then|also|plus|now)\b[\s,]*)*"
_BARE = (
    r"(?:['’](?:s|re|ll|d|ve)\b|\s+(?:is|was|are|were|will|would|has|have|had|can|could|should|may|might|must"
    r"|do|does|did|isn|wasn|aren|weren|won|wouldn|hasn|haven|hadn|can|couldn|doesn|don|didn|means?|meant"
    r"|makes?|made|really|just|also|all|goes|went|got|gets|takes?|took|looks?|feels?|felt|sounds?)\b|[.,!?]|$)"
)
_OPENING_FR = r"^\W*(?:(?:et|mais|donc|or|car|alors|oui|non|bien|puis|aussi)\b[\s,]*)*"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaning:
    """How one language's words show that they lean on what stands before them, and which say nothing."""

    dangles: re.Pattern[str]
    expletive: re.Pattern[str]
    conjunction: re.Pattern[str]
    pointing: re.Pattern[str]
    common: frozenset[str]


_LEANING = {
    "en": _Leaning(
        dangles=re.compile(
            rf"{_OPENING}(?:(?:it|this|that|these|those){_BARE}"
            r"|(?:they|he|she|him|them|such|both|which|who|neither)\b)",
            re.IGNORECASE,
        ),
        expletive=re.compile(
            rf"{_OPENING}it(?:['’]s| is| was| will be| would be| isn['’]t| wasn['’]t)\b"
            r".{0,70}?\b(?:to|that|when|if|how|why|what|whether)\b",
            re.IGNORECASE,
        ),
        conjunction=re.compile(r"^\W*(?:and|but|so|or|because|which|then|also|plus)\b", re.IGNORECASE),
        pointing=re.compile(
            r"\b(?:he|she|him|they|them|it|this|that['’]s|those|these|there)\b(?! who\b)", re.IGNORECASE
        ),
        common=frozenset(
            """that this with from have been they their them were will would could should about after before
            into over said says than then there these those what when where which while your more most also
            only some such very just like other because between through during under against""".split()
        ),
    ),
    "fr": _Leaning(
        dangles=re.compile(
            rf"{_OPENING_FR}(?:(?:ça|cela|ceci|elles?|ils?|lui|eux|celui-ci|celle-ci|ceux-ci)\b"
            r"|c['’](?:est|était)\b)",
            re.IGNORECASE,
        ),
        expletive=re.compile(
            rf"{_OPENING_FR}(?:il (?:faut|faudra|faudrait|fallait|y a|y avait|y aura|s['’]agit)\b"
            r"|(?:c['’]est|il est|il était).{0,70}?\b(?:que|qui|de|pour|à)\b)",
            re.IGNORECASE,
        ),
        conjunction=re.compile(r"^\W*(?:et|mais|donc|car|ou|alors|puis)\b", re.IGNORECASE),
        pointing=re.compile(
            r"\b(?:ça|cela|ceci|elles?|ils?(?! (?:faut|y)\b)|eux|celui-ci|celle-ci|ceux-ci)\b", re.IGNORECASE
        ),
        common=frozenset(
            """alors ainsi après aussi autre autres avait avant avec avoir avons cela celle celui cette ceux
            comme contre dans depuis dont donc elle elles encore entre était être faire fait leur leurs mais
            même moins nous notre nos parce plus pour quand quel quelle sans sera serait sont sous tous tout
            toute toutes très vers vous votre""".split()
        ),
    ),
}
_WORD = re.compile(r"[^\W\d_]{4,}")
_LEAD_CHARS = 400
_STEM = 6
_KINDS = {QuoteKind.DIRECT: 3.0, QuoteKind.MIXED: 1.5, QuoteKind.INDIRECT: 1.5, QuoteKind.FRAGMENT: 0.5}


def topic(article: Article, language: str = "en") -> frozenset[str]:
    """Return the stems of what an article is about: those of its headline and of its first lines."""
    return stems(f"{article.title} {article.text[:_LEAD_CHARS]}", language)


def worth(quote: Quote, about: Collection[str], length: int, language: str = "en") -> float:
    """Return how much a quote is worth a bullet, in points of about one.

    ``about`` is the article's ``topic`` and ``length`` its characters: what is said early counts more.
    What only the words of a ``language`` can tell counts where we know them.
    """
    words = estimate_words(quote.text)
    points = _KINDS[quote.kind] + min(words, 16) / 16 - max(0, words - 45) / 60
    if quote.text.rstrip().endswith(("?", "？", "؟")):
        points -= 0.6
    if quote.kind is not QuoteKind.DIRECT and quote.clause is None:
        points -= 1.0
    points -= dangling(quote.text if quote.clause is None else quote.clause.text, language)
    points += 0.12 * min(len(stems(quote.text, language) & set(about)), 5)
    return points + quote.confidence - 0.8 * quote.start / max(length, 1)


def dangling(text: str, language: str = "en") -> float:
    """Return how far words lean on what stands before them: "That’s why they did it" says little alone."""
    words = _LEANING.get(language)
    if words is None:
        return 0.0
    points = 0.0
    if words.dangles.match(text) and not words.expletive.match(text):
        points += 0.8
    elif words.conjunction.match(text):
        points += 0.3
    return points + min(0.12 * len(words.pointing.findall(text)), 0.5)


def stems(text: str, language: str) -> frozenset[str]:
    """Return the stems of the words that say something, in a language whose empty words we know."""
    if language not in _LEANING:
        return frozenset()
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if word not in _LEANING[language].common)
