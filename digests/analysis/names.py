"""What a name looks like: pure string rules, with no parse behind them."""

import re

from digests.analysis.lexicon import ORGANIZATION_WORDS, PLACE_ABBREVIATIONS, TITLES

_EDGE = " \t,.;:'’‘\"“”()[]—–-\u00a0"
_BYLINE = re.compile(
    r"^\s*(?:by|photo(?:graph)? by|reporting by|editing by|written by)\b.{2,80}$", re.IGNORECASE
)
_SUFFIX = frozenset("jr jr. sr sr. ii iii iv".split())
_PARTICLES = frozenset("de del der den di da la le van von al el bin ibn dos du".split())


def last_name(name: str) -> str:
    """Return the last name in lower case; a suffix such as "Jr." is none."""
    words = [w for w in name.replace("’", "'").split() if w.lower().strip(",") not in _SUFFIX]
    return words[-1].lower().strip(",.") if words else ""


def is_byline(paragraph: str) -> bool:
    """Return whether a line only says who wrote or photographed."""
    return (
        bool(_BYLINE.match(paragraph))
        and len(paragraph.split()) <= 10
        and not paragraph.rstrip().endswith(":")
    )


def clean_name(text: str) -> str:
    """Return a name without titles before it, possessive endings and stray marks."""
    text = re.sub(r"['’]s?$", "", text.strip(_EDGE + "\n")).strip(_EDGE)
    words = text.split()
    while len(words) > 1 and words[0].lower().strip(".") in TITLES | {"the", "a", "an"}:
        words = words[1:]
    name = " ".join(words)
    return name + "." if re.search(r"\b(?:Jr|Sr)$", name) else name


def looks_like_a_name(name: str) -> bool:
    """Return whether every word could be part of a person's name."""
    words = name.split()
    if len(words) == 1 and (
        words[0].isupper() or words[0].lower().strip(".") in TITLES | PLACE_ABBREVIATIONS
    ):
        return False
    if words[-1].lower() in ORGANIZATION_WORDS:
        return False
    return 1 <= len(words) <= 5 and all(
        (w[0].isupper() or w.lower() in _PARTICLES) and not any(c.isdigit() for c in w) and "/" not in w
        for w in words
    )
