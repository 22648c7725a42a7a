"""What a name looks like: pure string rules, with no parse behind them."""

import re

from digests.analysis.lexicon import CUE_FORMS, ORGANIZATION_WORDS, PLACE_ABBREVIATIONS, TITLES

_EDGE = " \t,.;:'’‘\"“”()[]—–-\u00a0"
_SUFFIX = frozenset("jr jr. sr sr. ii iii iv".split())
_PARTICLES = frozenset("de del der den di da la le van von al el bin ibn dos du".split())
_LETTERS = frozenset("MP MPP MLA MSP QC KC PhD MD RN OBE MBE CBE Esq".split())
_NO_BEGINNINGS = frozenset(
    """besides like unlike knowing canadians americans britons australians black white with for from when
    while after before since although though if unless until as and but or so yet nor the a an in on
    at by to of because where what who how why that this these those his her their our my your its
    not also even only both either neither then there here former late ex""".split()
)
_NICKNAME = re.compile(r" [“\"‘'][^“”\"‘’]{2,20}[”\"’'](?= )")
_POSSESSIVE = re.compile(r"[’']s?(?=\s)")


def begins_no_name(word: str) -> bool:
    """Return whether a word with a capital begins a sentence and not a name: "Besides Jane Doe"."""
    return word.lower() in _NO_BEGINNINGS


def last_name(name: str) -> str:
    """Return the last name in lower case; a suffix such as "Jr." is none."""
    words = [w for w in name.replace("’", "'").split() if w.lower().strip(",") not in _SUFFIX]
    return words[-1].lower().strip(",.") if words else ""


def clean_name(text: str) -> str:
    """Return a name without titles before it, possessive endings, stray marks and a verb caught with it."""
    text = re.sub(r"['’]s?$", "", _NICKNAME.sub("", text).strip(_EDGE + "\n")).strip(_EDGE)
    words = text.split()
    owned = any(word.endswith(("'s", "’s")) for word in words[1:])  # "Prime Minister’s Office"
    dropped = {"the", "a", "an"} if owned else TITLES | {"the", "a", "an"}
    while len(words) > 1 and words[0].lower().strip(".") in dropped:
        words = words[1:]
    while len(words) > 2 and words[-1].strip(".,") in _LETTERS:
        words = words[:-1]
    while len(words) > 1 and (words[-1] in CUE_FORMS or words[-1] in ("of", "and", "who", "to", "in")):
        words = words[:-1]
    if len(words) > 1 and words[0].endswith("-based"):
        words = words[1:]
    name = " ".join(words)
    return name + "." if re.search(r"\b(?:Jr|Sr)$", name) else name


def owner_alone(text: str) -> str:
    """Return what stands before a possessive: "Jane Doe" of "Jane Doe’s Liberals"."""
    match = _POSSESSIVE.search(text)
    return text[: match.start()] if match else text


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
