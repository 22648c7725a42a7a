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

    ``people`` are further nouns for somebody, ``kin`` those that anybody may be, ``groups`` what may speak,
    ``reflexive`` auxiliaries that need a pronoun ("si è sfogata"), ``ones`` pronouns such as "uno",
    ``person_ends`` how such nouns end, ``indefinite`` the articles before one without a name ("una
    vecina"), ``he`` and ``she`` pronouns behind a verb. ``announcers`` are nouns before a name and a colon
    ("la réplica de Gil: «…»"), ``fronts`` the sources that may begin a sentence, ``calls`` verbs whose object
    is quoted ("nannte sie „…“"), ``adverbial`` words that may follow a verb whose subject is left out,
    ``fields`` links between an office and its field ("assessore alla cultura Ettore Valli"),
    ``aged`` what stands for a person behind a number ("der 52-Jährige"), ``masculine`` articles of men.

    ``alike`` says which nouns may mean who bears which role ("la regidora" the alcaldesa), ``epithets`` nouns
    that only say again who was spoken of ("die Stürmerin"); both count as roles. ``women`` and ``men`` are
    given names that do not end as ``feminine`` and ``masculine_ends`` say. ``leads`` go before an infinitive
    of ``infinitives`` ("se limitó a decir"), ``own_fronts`` begin the opinion of who is spoken of ("a su
    juicio"), ``conjunctives`` tell reported speech ("habe"), ``so_told`` point back at a quote ("así lo dijo
    Gil"). ``accompanied`` goes on with what somebody is seen by ("mit Schal"), ``times`` do not say who
    somebody is ("eine Frau am Abend"), ``relative`` begin a clause about somebody; ``binds`` stand right
    before words that are quoted within a sentence. ``personal`` says that people who are objects have a
    preposition (Spanish), ``turns`` that a dash may begin what somebody says. ``contracted`` are articles in
    a preposition, ``adjectives`` such as stand before people, ``copulas`` forms of "to be", ``his`` and
    ``hers`` are possessives. A sentence with one of ``receives`` before its colon may bring somebody else's
    words ("Holt las auf dem Schild: „…“").
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
    alike: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    epithets: frozenset[str] = frozenset()
    women: frozenset[str] = frozenset()
    men: frozenset[str] = frozenset()
    feminine: tuple[str, ...] = ()
    masculine_ends: tuple[str, ...] = ()
    leads: frozenset[str] = frozenset()
    infinitives: frozenset[str] = frozenset()
    own_fronts: tuple[str, ...] = ()
    conjunctives: frozenset[str] = frozenset()
    so_told: tuple[str, ...] = ()
    binds: frozenset[str] = frozenset()
    receives: frozenset[str] = frozenset()
    accompanied: frozenset[str] = frozenset()
    relative: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    his: frozenset[str] = frozenset()
    hers: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    person_ends: tuple[str, ...] = ()
    contracted: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    copulas: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    reflexive: frozenset[str] = frozenset()
    ones: frozenset[str] = frozenset()
    turns: bool = False
    personal: bool = False

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

    def looks_like_person(self, word: str) -> bool:
        """Return whether a word ends as nouns for people do: "la alfarera", "der Tüftler"."""
        long = len(word) > _SHORT + 1 and not self.is_given(word)
        return long and word.lower().endswith(self.person_ends or (" ",))


@cache
def _endings(roles: frozenset[str]) -> tuple[str, ...]:
    """Return the roles that compounds end with; short ones end too much else."""
    return tuple(role for role in roles if len(role) > _SHORT)


_SHORT = 4
_PLAIN = frozenset({"suffixed_roles", "genitive", "personal", "turns"})
_LISTS = frozenset({"sources", "fronts", "own_fronts", "so_told"})
_ENDINGS = frozenset({"feminine", "masculine_ends", "person_ends"})


@cache
def load_table(language: str) -> Table | None:
    """Return the table of a language, ``None`` where it has none."""
    path = files("digests.analysis.languages") / "tables" / f"{language}.json"
    if not (language.isalpha() and path.is_file()):
        return None
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    made = {key: _made(key, value) for key, value in data.items()}
    again = made.get("epithets", frozenset()).union(*(nouns for nouns, _ in made.get("alike", ())))
    return Table(**made | {"roles": made["roles"] | again, "given": _all_given()})


def _made(key: str, value: Any) -> Any:
    """Return what a key's words are in a table."""
    if key in _PLAIN:
        return value
    if key == "alike":
        pairs = (line.split(":") for line in value)
        return tuple((frozenset(nouns.split()), frozenset(roles.split())) for nouns, roles in pairs)
    if key in _LISTS:
        return tuple(value)
    return tuple(value.split()) if key in _ENDINGS else frozenset(value.split())


@cache
def _all_given() -> frozenset[str]:
    """Return the given names of all tables: people travel."""
    folder = files("digests.analysis.languages") / "tables"
    paths = [path for path in folder.iterdir() if path.name.endswith(".json")]
    return frozenset().union(
        *(json.loads(path.read_text(encoding="utf-8"))["given"].split() for path in paths)
    )
