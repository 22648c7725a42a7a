"""Who is named in an article that is read by a table: full names, and who alone bears a name or an office."""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.capitals import read_capitals
from digests.analysis.languages.readers import Form, Reading, read_name
from digests.analysis.languages.table import Table

_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w-]*")
_APPOSED = re.compile(r"(?:[ \u00a0]\([^()\n]{1,20}\))?,[ \u00a0](?:\w{1,3}[ \u00a0]|[lL]['’])?([^\W\d_]+)")
_MOST_GIVEN, _LONGEST = 3, 90
_OPENING, _CLOSING = frozenset('«„“»"'), frozenset('»“”«"')


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody with a full name: by each surname, where first named, and by which nouns called."""

    table: Table
    text: str
    bearers: dict[str, set[str]] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)
    attached: set[int] = field(default_factory=set)
    titles: dict[str, set[str]] = field(default_factory=dict)
    """What people are, in full: "alcalde de Faro"."""
    places: dict[str, list[re.Match[str]]] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    """Every word of a full name."""

    def resolve(self, who: Reading) -> str | None:
        """Return the fullest name of whom a text means; ``None`` in any doubt."""
        if who.form is not Form.NAME:
            return who.name if who.form is Form.UNNAMED else None
        words = who.name.split()
        surname = words[0].lower() in self.table.particles and not self.table.is_given(words[0])
        if len(words) > 1 and not surname:
            return self._fullest(who.name)
        found = self._bearers(who.name)
        if len(found) > 1 and who.role:
            found = {one for one in found if self.roles.get(one, set()) & set(who.role.lower().split())}
        if len(found) == 1:
            return found.pop()
        if self.bearers.get(words[-1]):
            return None
        return who.name if who.titled else self._by_place(who.name)

    def mentions(self, start: int, end: int, text: str = "") -> set[str]:
        """Return everybody who may be named between two places; a whole name means its one bearer."""
        found: set[str] = set()
        text, ending = text or self.text, self.table.genitive or "-"
        for match in _WORD.finditer(text, start, end):
            for word in {match[0], match[0].removesuffix(ending)}:
                bearers = self.bearers.get(word, set())
                found |= {one for one in bearers if text.endswith(one, 0, match.end())} or bearers
        return found

    def _bearers(self, name: str) -> set[str]:
        ending = f" {name.lower()}"
        found = self.bearers.get(name.split()[-1], set())
        return merged({one for one in found if " " not in name or one.lower().endswith(ending)})

    def _fullest(self, name: str) -> str:
        found = self._bearers(name)
        if len(found) == 1:
            return found.pop()
        longer = {one for one in self.bearers.get(name.split()[-1], set()) if one.startswith(f"{name} ")}
        return longer.pop() if len(longer) == 1 else name

    def _by_place(self, name: str) -> str | None:
        """Return a full name whose given name nobody knows: one capital before it, within a sentence."""
        if self.table.suffixed_roles or not self.table.said:
            return None
        found = set()
        pattern = rf"[\w,][ \u00a0]([^\W\d_]\w+) ({re.escape(name)})(?![\w-]| [A-ZÀ-ÖØ-Þ])"
        for match in re.finditer(pattern, self.text):
            if match[1][0].isupper():
                found.add(match[1])
        known = self.table.organizations | self.table.never | self.table.titles
        if len(found) != 1 or found & known or self.table.is_role(next(iter(found))):
            return None
        return f"{found.pop()} {name}"


def merged(names: Set[str]) -> set[str]:
    """Return names without those that a longer one begins or ends with: "Ana Ruiz" of "Ana Ruiz Cadenas"."""
    return {
        one for one in names
        if not any(other.startswith(f"{one} ") or other.endswith(f" {one}") for other in names)
    }  # fmt: skip


def know_people(text: str, told: Iterable[Reading], table: Table) -> Known:
    """Return everybody whom an article names in full: who speaks so, bears a given name, or a role."""
    known = Known(table, text)
    for who in told:
        if who.form is Form.NAME and " " in who.name and who.name.split()[0].lower() not in table.particles:
            _add(known, who)
    previous = -1
    for match in _WORD.finditer(text):
        if table.is_person(match[0]) and (table.suffixed_roles or match[0][0].islower()):
            called = read_name(text, match.start(), table)
            if called is not None and called.role and " " in called.name:
                _add(known, called)
                known.attached.add(match.start())
        elif match.start() > previous and match[0][0].isupper() and is_given(match[0], table):
            named = _full_name(text, match.start(), table)
            if named is not None and not _is_title(text, named):
                previous = named.end
                _add(known, named)
    return known


def _is_title(text: str, who: Reading) -> bool:
    """Return whether a name fills its quotation marks: the journal „Marine Letters“."""
    return text[who.start - 1 : who.start] in _OPENING and text[who.end : who.end + 1] in _CLOSING


def is_given(word: str, table: Table) -> bool:
    """Return whether a word is a given name, in whatever language."""
    return table.is_given(word) or gender_of_given(word) != 0


def _full_name(text: str, at: int, table: Table) -> Reading | None:
    """Return the given names at ``at`` with the surname, in German one word: the next has a capital too."""
    words, end = read_capitals(text, at, table)
    if len(words) > 1 and table.suffixed_roles:
        given = next((i for i, word in enumerate(words[1:], 1) if not is_given(word, table)), len(words) - 1)
        words, end = read_capitals(text, at, table, most=min(given, _MOST_GIVEN) + 1)
    known = table.never | table.organizations | table.weekdays
    if len(words) < 2 or words[-1] in known or any(word.isupper() and len(word) > 1 for word in words):
        return None
    return Reading(at, end, text[at:end].replace("\u00a0", " "))


def _add(known: Known, who: Reading) -> None:
    words = who.name.split()
    for word in {words[-1], *(w for w in words[1:] if w[0].isupper() and not is_given(w, known.table))}:
        known.bearers.setdefault(word, set()).add(who.name)
    known.parts.update(who.name.split())
    known.first[who.name] = min(who.start, known.first.get(who.name, who.start))
    table = known.table
    nouns = {word.lower() for word in who.role.split() if table.is_person(word)} - table.kin
    titles = {who.role.lower()} if who.role else set()
    apposed = _APPOSED.match(known.text, who.end)
    if apposed is not None and table.is_person(apposed[1]) and apposed[1].lower() not in table.kin:
        nouns.add(apposed[1].lower())
        told = known.text[apposed.start(1) : apposed.start(1) + _LONGEST]
        titles.add(re.split(r"[,.;:\n]", told)[0].lower())
        known.attached.add(apposed.start(1))
    known.titles.setdefault(who.name, set()).update(titles)
    if nouns:
        known.roles.setdefault(who.name, set()).update(nouns)
        known.attached.update(
            match.start() for match in _WORD.finditer(known.text, max(0, who.start - 80), who.start)
            if match[0].lower() in nouns
        )  # fmt: skip
