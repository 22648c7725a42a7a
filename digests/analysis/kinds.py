"""Is a name a person's, an organisation's, or something else's? All of its occurrences vote.

The small model labels each occurrence by itself and is often wrong; given names, titles, ages,
appositions and company words outweigh it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digests.analysis.given_names import MEN, WOMEN
from digests.analysis.lexicon import GROUPS, ORGANIZATION_WORDS, PEOPLE_NOUNS, TITLES
from digests.analysis.names import looks_like_a_name
from digests.analysis.tokens import Parsed

_AGE = re.compile(r",? (?:\(?\d{1,2}\)?|aged \d{1,2})(?=[,.)\s])")
_WHO = re.compile(r", (?:who|whose)\b")
_APPOSITION = re.compile(
    r", (?:an?|the|his|her|its|their|one of|former|[\w’'-]+[’']s?) ?((?:[\w’'-]+ ){0,5}[\w’'-]+)"
)
_PEOPLE = PEOPLE_NOUNS - GROUPS
_LABEL_VOTES = {
    "PERSON": 1.0,
    "ORG": -0.6,
    "GPE": -1.0,
    "LOC": -1.0,
    "FAC": -1.0,
    "WORK_OF_ART": -1.5,
    "EVENT": -1.5,
}
_THINGS = frozenset(
    """act award awards cup games tour open championship school centre center museum road avenue river
    islands airport festival show review report treaty accord agreement gmbh llp diocese cathedral
    stadium arena county province district sharks oilers canucks leafs jets flames raptors jays blues
    globes oscars canada canadians america americans britain affairs services electronics technologies
    liberals conservatives greens democrats republicans""".split()
)
"""Last words of names that are no person's."""

_SOMETIMES_THINGS = frozenset(
    "hall park house lake church law bill street bridge bay beach island city state town".split()
)
"""Last words of places and laws that are last names too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A place where a name is printed; ``label`` is the model's, "" where it saw none."""

    start: int
    end: int
    label: str


def person_votes(parsed: Parsed, name: str, places: Iterable[Occurrence], speakers: frozenset[int]) -> float:
    """Return how much speaks for a person, above 0, or against; ``speakers`` are where names speak."""
    words = name.split()
    votes = 0.0
    if not looks_like_a_name(name):
        return -9.0
    if words[-1].lower() in ORGANIZATION_WORDS | _THINGS or _is_many(words[-1]):
        votes -= 4.0
    if words[-1].lower() in _SOMETIMES_THINGS:
        votes -= 2.0
    if len(words) > 1 and words[0].lower() in MEN | WOMEN:
        votes += 2.5
    found = list(places)
    votes += sum(_LABEL_VOTES.get(place.label, 0.0) for place in found) / max(len(found), 1)
    votes += min(2.0, sum(_context(parsed.text, place) for place in found))
    if len(words) > 1 and any(s in range(place.start, place.end) for place in found for s in speakers):
        votes += 0.7
    return votes


def _is_many(word: str) -> bool:
    """Return whether a name ends in a plural of people: "Quayside Neighbours" is an association."""
    return word.endswith("s") and word.lower().removesuffix("s") in _PEOPLE


def _context(text: str, place: Occurrence) -> float:
    """Return what stands around one occurrence: a title, an age, an apposition; "the" speaks against."""
    before = text[max(0, place.start - 30) : place.start].split()
    after = text[place.end : place.end + 90]
    votes = 0.0
    last = before[-1].lower().strip('.,“"') if before else ""
    if last in TITLES and text[place.start - 1 : place.start] == " ":
        votes += 1.5
    if last in ("named", "called"):
        votes += 1.5
    if last == "the":
        votes -= 1.5
    if _AGE.match(after):
        votes += 1.5
    if _WHO.match(after):
        votes += 1.0
    apposition = _APPOSITION.match(after)
    if apposition and any(word.lower().strip(",.") in _PEOPLE for word in apposition[1].split()[:6]):
        votes += 1.5
    return votes


def decide_kinds(
    parsed: Parsed, places: Mapping[str, list[Occurrence]], speakers: frozenset[int]
) -> dict[str, float]:
    """Return each name's votes for being a person; a last name that is one alone speaks for the whole."""
    votes = {name: person_votes(parsed, name, found, speakers) for name, found in places.items()}
    families = {name.split()[-1] for name, vote in votes.items() if vote > 1 and len(name.split()) > 1}
    for name in votes:
        words = name.split()
        if len(words) > 1 and looks_like_a_name(name):
            alone = places.get(words[-1], ())
            votes[name] += 0.8 * (sum(place.label == "PERSON" for place in alone) * 2 > len(alone))
            votes[name] += 0.8 * (words[-1] in families)
    return votes
