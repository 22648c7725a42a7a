"""How much words deserve a bullet: whole sentences that stand alone and speak of the news come first.

Pure, without a parser: a digest is built from stored quotes, in the process that talks to the chat.
"""

import re
from collections.abc import Collection

from digests.model import Article, Quote, QuoteKind
from digests.phrases import PHRASES
from digests.scripts import estimate_words

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
        points -= 1.0 + 0.8 * is_headless(quote.text, language)
    points -= dangling(quote.text if quote.clause is None else quote.clause.text, language)
    points += 0.12 * min(len(stems(quote.text, language) & set(about)), 5)
    return points + quote.confidence - 0.8 * quote.start / max(length, 1)


def dangling(text: str, language: str = "en") -> float:
    """Return how far words lean on what stands before them: "That’s why they did it" says little alone."""
    words = PHRASES.get(language)
    if words is None:
        return 0.0
    points = 0.0
    if words.dangles.match(text) and not words.expletive.match(text):
        points += 0.8
    elif words.conjunction.match(text):
        points += 0.3
    return points + min(0.12 * len(words.pointing.findall(text)), 0.5)


def is_headless(text: str, language: str) -> bool:
    """Return whether words are what is left of a sentence without its subject: "avait tout prévu"."""
    return language in PHRASES and PHRASES[language].headless.match(text) is not None


def stems(text: str, language: str) -> frozenset[str]:
    """Return the stems of the words that say something, in a language whose empty words we know."""
    if language not in PHRASES:
        return frozenset()
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if word not in PHRASES[language].common)
