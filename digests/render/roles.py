"""A role, a place and a day as running text."""

from collections.abc import Sequence

from digests.analysis.lexicon import BYGONE, PORTFOLIOS, TITLE_ABBREVIATIONS, TITLES

_RELATIONS = frozenset(
    "père mère mari femme époux épouse fils fille frère sœur oncle tante cousin cousine".split()
)
"""What somebody is to somebody else: alone, it tells a reader nothing."""

_LOWER = frozenset({"fr", "es", "it", "pt"})
"""Languages that write what somebody is, and days, with a small letter, but at the start of a sentence."""

_OPENING = {
    "en": frozenset("At In On During After".split()),
    "fr": frozenset("Lors Au Aux En Dans Devant Sur À Par Via Depuis Auprès".split()),
}
"""What a place of speech begins with, and a name does not."""


def display_role(role: str | None, name: str, language: str = "") -> str:
    """Return a role as running text: "Illinois Gov." is "Illinois governor", "Rapporteur" "rapporteur"."""
    if not role or role.lower() in name.lower():
        return ""
    if language == "fr" and role.lower() in _RELATIONS:
        return ""
    if language in _LOWER and role.split()[0].istitle():
        return role[:1].lower() + role[1:]
    if language not in ("", "en", "und"):
        return role
    words = [TITLE_ABBREVIATIONS.get(word.lower(), word) for word in role.split()]
    lowered = list(words)
    for place in range(len(words) - 1, -1, -1):
        word, after = words[place].lower(), "".join(lowered[place + 1 : place + 2])
        leads = word in PORTFOLIOS and after in TITLES | PORTFOLIOS
        within_name = _is_within_name(words, place)
        bygone = place == 0 and word in BYGONE
        if words[place].istitle() and (word in TITLES or leads or bygone) and not within_name:
            lowered[place] = word
    return " ".join(lowered)


def _is_within_name(words: Sequence[str], place: int) -> bool:
    """Return whether a word is part of what somebody is in charge of: "head of the Media Justice Centre"."""
    before = next((word for word in reversed(words[:place]) if not word[:1].isupper()), "")
    return before.lower() in ("of", "for")


def display_place(venue: str, language: str = "") -> str:
    """Return a place of speech within a line: "At a news conference" is "at a news conference"."""
    opening = _OPENING.get(language, _OPENING["en"])
    return _small(venue) if venue.split(" ", 1)[0] in opening else venue


def display_day(day: str, language: str = "") -> str:
    """Return a day as printed, within a line: "Lundi" is "lundi"."""
    return _small(day) if language in _LOWER else day


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
