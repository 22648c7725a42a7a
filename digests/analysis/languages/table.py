"""One language's words: verbs of saying, roles, titles, particles; ``tables/de.json`` and its like.

A new language is a new file with the same keys; nothing else has to change.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from digests.analysis.given_names import MEN, WOMEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The words of one language, in lower case where that says no more.

    ``said`` are finite forms, ``participles`` stand behind ``auxiliaries``; ``clitics`` may stand before, and
    ``fillers`` behind them. ``sources`` introduce a name without a verb ("laut"). ``links`` go on with a role
    ("Sprecher der Polizei"); a name behind one of ``prepositions`` is not the subject. ``never`` begin no
    name. ``given`` are given names, needed where every noun has a capital; ``suffixed_roles`` says that it
    has, and that roles are compounded ("Umweltministerin"). ``genitive`` is the letter that a name of
    somebody else's ends with ("Jana Holts Anwalt").

    ``people`` are further nouns for somebody, ``indefinite`` the articles before one without a name ("una
    vecina"), ``he`` and ``she`` pronouns behind a verb. ``announcers`` are nouns before a name and a colon
    ("la réplica de Gil: «…»"), ``fronts`` the sources that may begin a sentence, ``calls`` verbs whose object
    is quoted ("nannte sie „…“"), ``adverbial`` words that may follow a verb whose subject is left out,
    ``fields`` links between an office and its field ("assessore alla cultura Ettore Valli"),
    ``aged`` what stands for a person behind a number ("der 52-Jährige"), ``masculine`` articles of men.
    """

    said: frozenset[str]
    participles: frozenset[str]
    auxiliaries: frozenset[str]
    clitics: frozenset[str]
    fillers: frozenset[str]
    sources: tuple[str, ...]
    articles: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    particles: frozenset[str]
    links: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    negations: frozenset[str]
    never: frozenset[str]
    organizations: frozenset[str]
    given: frozenset[str]
    people: frozenset[str]
    indefinite: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    announcers: frozenset[str]
    fronts: tuple[str, ...]
    calls: frozenset[str]
    adverbial: frozenset[str]
    fields: frozenset[str]
    aged: frozenset[str]
    masculine: frozenset[str]
    weekdays: frozenset[str]
    suffixed_roles: bool
    genitive: str

    def is_given(self, word: str) -> bool:
        """Return whether a word is somebody's given name, in this language or another."""
        first = word.lower().split("-")[0]
        return word.lower() in self.given or first in self.given or first in MEN or first in WOMEN

    def is_role(self, word: str) -> bool:
        """Return whether a word is a role, compounded ones too."""
        word = word.lower()
        if word in self.roles:
            return True
        return self.suffixed_roles and word.endswith(_endings(self.roles))

    def is_person(self, word: str) -> bool:
        """Return whether a word is a noun for somebody: a role, or only "woman"."""
        return word.lower() in self.people or self.is_role(word)


@cache
def _endings(roles: frozenset[str]) -> tuple[str, ...]:
    """Return the roles that compounds end with; short ones end too much else."""
    return tuple(role for role in roles if len(role) > _SHORT)


_SHORT = 4
_PLAIN = ("suffixed_roles", "genitive", "sources", "fronts")


@cache
def load_table(language: str) -> Table | None:
    """Return the table of a language, ``None`` where it has none."""
    path = files("digests.analysis.languages") / "tables" / f"{language}.json"
    if not (language.isalpha() and path.is_file()):
        return None
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    made: dict[str, Any] = {
        key: value if key in _PLAIN else frozenset(value.split()) for key, value in data.items()
    }
    return Table(
        **made | {"sources": tuple(data["sources"]), "fronts": tuple(data["fronts"]), "given": _all_given()}
    )


@cache
def _all_given() -> frozenset[str]:
    """Return the given names of all tables: people travel."""
    folder = files("digests.analysis.languages") / "tables"
    paths = [path for path in folder.iterdir() if path.name.endswith(".json")]
    return frozenset().union(
        *(json.loads(path.read_text(encoding="utf-8"))["given"].split() for path in paths)
    )
