"""Names in French text: runs of capitalised words with their particles, and their titles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.french.words import words

_CAPITAL = "A-ZÀ-ÖØ-ÞŒŠŽ"
_WORD = re.compile(
    rf"(?<![\w’'])(?:[lLdDsSnjJmMtTcC]['’]|[qQ]u['’])?(?P<name>[{_CAPITAL}](?:['’](?=[{_CAPITAL}]))?\w*(?:[’'-]\w+)*)"
)
_PARTICLE = re.compile(
    r"[ \u00a0](?:(?P<word>de la|de La|de Le|de|du|des|Du|De|Le|La|Des|van der|van|von|el|El|Al|ben|Ben|bin"
    r"|da|dos|di|y)"
    r"[ \u00a0]|(?P<elided>d['’]|D['’]|L['’]))(?=[A-ZÀ-ÖØ-ÞŒ])"
)
_BARE = re.compile(rf"(?P<name>[{_CAPITAL}](?:['’](?=[{_CAPITAL}]))?\w*(?:[’'-]\w+)*)")
_ELIDED = re.compile(r"(?:[CJLDNSMTcjldnsmt]|[Qq]u)['’][a-zà-ÿœ]")
_NEXT = re.compile(
    rf"[ \u00a0](?P<name>[{_CAPITAL}](?:['’](?=[{_CAPITAL}]))?\w*(?:[’'-]\w+)*|[{_CAPITAL}]\.)"
)
_INITIAL = re.compile(rf"[{_CAPITAL}]\.(?:-[{_CAPITAL}]\.)?(?=[ \u00a0][{_CAPITAL}])")
_TITLE = re.compile(
    r"(?<!\w)(?P<title>M\.|MM\.|Mmes?|Mlles?|Me|Dr\.?|Pr\.?|Mgr|Monsieur|monsieur|Madame|madame|Mademoiselle"
    r"|mademoiselle|Maître|docteur|professeur)[ \u00a0](?:de (?:La |Le |la )?|d['’]|du |De |Du )?$"
)
_MALE_TITLES = frozenset({"M.", "MM.", "Mgr", "Monsieur", "monsieur"})
_FEMALE_TITLES = frozenset(
    {"Mme", "Mmes", "Mlle", "Mlles", "Madame", "madame", "Mademoiselle", "mademoiselle"}
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:»”\"\n][ \u00a0]*|[«“\"][ \u00a0]*|[\n—–-][ \u00a0]+)$")


_MOST_WORDS = 30
"""Words of a name, so that a page in capitals is read in linear time."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a name stands; ``title`` is the "Mme" before it, or empty."""

    start: int
    end: int
    name: str
    title: str
    opens: bool

    @property
    def gender(self) -> int:
        """1 where the title is a man's, -1 where it is a woman's, else 0."""
        return (self.title in _MALE_TITLES) - (self.title in _FEMALE_TITLES)


def find_names(text: str) -> tuple[Place, ...]:
    """Return every run of capitalised words that can be a name, in the order of the text."""
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[Place]:
    position = 0
    while (found := _first_word(text, position)) is not None:
        start, end = found
        position = end
        title = _title_before(text, start)
        opens = _opens(text, start, title)
        for _ in range(_MOST_WORDS):
            more = _word_behind(text, start, end)
            if more is None:
                break
            end = more
        start = _without_opening(text, start, end, opens=opens, titled=bool(title))
        position = end
        if start < 0:
            continue
        name = _trimmed(text[start:end])
        if all(len(part) == 1 for part in re.split(r"\W+", name) if part):
            continue
        yield Place(start, start + len(name), name.replace("\u00a0", " "), title, opens)


def _first_word(text: str, at: int) -> tuple[int, int] | None:
    """Return the next word that can begin a name; a title is none."""
    while (word := _WORD.search(text, at)) is not None:
        initial = _INITIAL.match(text, word.start("name"))
        if initial is not None and initial[0] != "M.":
            return initial.span()
        if word["name"] not in _TITLE_WORDS and not _ELIDED.match(word["name"]):
            return word.span("name")
        at = word.end()
    return None


_TITLE_WORDS = frozenset("M MM Mme Mmes Mlle Mlles Me Dr Pr Mgr Monsieur Madame Mademoiselle Maître".split())


def _title_before(text: str, start: int) -> str:
    found = _TITLE.search(text[max(0, start - 14) : start])
    return found["title"] if found is not None else ""


def _opens(text: str, start: int, title: str) -> bool:
    before = text[max(0, start - 4) : start]
    return not title and (start == 0 or bool(_SENTENCE_START.search(before)))


def _word_behind(text: str, start: int, end: int) -> int | None:
    """Return where the next word of the name ends, particles with it: "Vincent de Brissac", "Le Bihan"."""
    particle = _PARTICLE.match(text, end)
    if particle is not None:
        mark = particle["word"] or particle["elided"]
        noble = mark.endswith((" La", " Le")) and len(text[start:end].split()) == 1
        leans = mark.startswith(("de", "du", "d'", "d’", "y"))
        if leans and not noble and not _takes_particle(text[start:end]):
            return None
        word = _BARE.match(text, particle.end())
        if word is not None and word["name"] not in _TITLE_WORDS:
            return word.end()
    following = _NEXT.match(text, end)
    if following is None or following["name"] in _TITLE_WORDS:
        return None
    return following.end()


def _takes_particle(name: str) -> bool:
    """Return whether "de" can go on with a name: behind a given name alone."""
    parts = name.split()
    return len(parts) == 1 and gender_of_given(parts[0]) != 0


def _without_opening(text: str, start: int, end: int, *, opens: bool, titled: bool = False) -> int:
    """Return where the name starts without a word that only begins a sentence; -1 where nothing is left."""
    name = text[start:end]
    first = re.split(r"[ \u00a0]", name)[0]
    bare = first in words("not_names") and not (titled and first in ("Le", "La", "De", "Du", "Des"))
    if not bare and not (opens and first.lower() in words("roles")):
        return start
    rest = start + len(first)
    while rest < end and text[rest] in " \u00a0":
        rest += 1
    if rest >= end:
        return -1
    return _without_opening(text, rest, end, opens=False)


def _trimmed(name: str) -> str:
    return name.rstrip(".,'’- \u00a0") if not re.search(r"\b[A-Z]\.$", name) else name


def particles_of(name: str) -> list[str]:
    """Return the words of a name."""
    return name.replace("\u00a0", " ").split()


_PARTICLES = frozenset("de du des la le les van der von el al ben bin da dos di y".split())


def last_name(name: str) -> str:
    """Return the last name with its particles but "de": "Le Bihan", "Brissac", "d'Aubrac" -> "Aubrac"."""
    parts = particles_of(name)
    if len(parts) == 1:
        return re.sub("^[dD]['’]", "", parts[0])
    given = 1
    while given < len(parts) - 1 and parts[given].lower() not in _PARTICLES and gender_of_given(parts[given]):
        given += 1
    rest = parts[given:]
    while len(rest) > 1 and rest[0] in ("de", "du", "des", "la"):
        rest = rest[1:]
    return re.sub("^[dD]['’]", "", " ".join(rest))
