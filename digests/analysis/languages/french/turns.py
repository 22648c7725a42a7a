"""The paragraphs of a French text as turns of a talk: who labels each, whether it asks, who speaks in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.french.answers import Place
from digests.analysis.languages.french.names import find_names, last_name
from digests.analysis.languages.french.roles import role_before, role_behind
from digests.analysis.languages.french.words import words
from digests.analysis.quotes import find_paragraphs

_S = "[ \u00a0\u202f]"
_CAPITAL = "[A-ZÀ-ÖØ-ÞŒ]"
_WORD = rf"(?:(?:de|du|des|la|le|van|von){_S})*(?:[dDlL]['’])?{_CAPITAL}[\w’'-]*"
_LABEL = re.compile(
    rf"[ \t\u00a0]*(?:[–—-]{_S}+)?(?:(?P<initials>{_CAPITAL}(?:\.?[-\u00a0 ]?{_CAPITAL}){{1,3}})"
    rf"(?:\.{_S}?[:–—-]?|{_S}?[:–—])"
    rf"|(?P<sign>Q|R|Question|Réponse){_S}?[.:–—-](?:{_S}?[–—-])?"
    rf"|(?P<name>(?:(?:M\.|Mme|Me|Dr){_S})?{_CAPITAL}[\w’'-]*(?:{_S}{_WORD}){{0,5}})"
    rf"(?:(?:,{_S}[^:\n.?!«»]{{3,60}}?)?{_S}?:|\.(?:{_S}?[–—-])?|{_S}[–—])"
    rf"){_S}+(?=\S)"
)
_QUESTION = re.compile(rf"\?{_S}*[»”\")]?\s*$")
_DASH = re.compile(rf"[ \t\u00a0]*[–—-]{_S}+")
_TITLE = re.compile(rf"(?:M\.|Mme|Me|Dr){_S}")
_AGE = re.compile(rf",{_S}\d\d{_S}ans\b|{_S}\(\d\d{_S}ans\)")
_ARTICLE = re.compile(r"(?:\b(?:l[ae]s?|du|des|au|aux|en|à)\s|[lL]['’])$", re.IGNORECASE)
_MARKED = re.compile(r"«[^»]*(?:»|$)|“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_ME = re.compile(
    r"(?<![\w’'-])(?:je|moi|mon|ma|mes|me)(?![\w’'-])|(?<![\w’'-])[jm]['’]|-(?:je|moi)\b", re.IGNORECASE
)
_US = re.compile(r"(?<![\w’'-])(?:nous|notre|nos)(?![\w’'-])", re.IGNORECASE)
_YOU = re.compile(r"(?<![\w’'])(?:vous|votre|vos|tu|toi|ton|tes)(?![\w’'])|(?<![\w’'-])t['’]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its bounds, where its own words begin with a label and without, and that label.

    ``key`` is the label in small letters, initials without their stops; ``sign`` says that it is "Q" or "R".
    """

    number: int
    start: int
    end: int
    body: int
    bare: int
    asks: bool
    label: Place | None = None
    key: str = ""
    initials: bool = False
    sign: bool = False

    def without_label(self) -> "Line":
        """Return the paragraph with all its words as its own."""
        return replace(self, body=self.bare, label=None, key="", initials=False, sign=False)

    @property
    def is_reply(self) -> bool:
        """Whether its label says that it is an answer, and not whose."""
        return self.sign and self.key[0] == "r"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of two words or more, and where it stands first; ``sure`` where it is certainly a person's."""

    name: str
    place: Place
    sure: bool = True


class Names:
    """The names of a text, by what can stand for them in a label."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._full = {name.name.casefold(): name for name in names}
        self._short: dict[str, set[str]] = {}
        for full, name in self._full.items():
            for short in {*labels_of(name.name), f" {last_name(name.name).casefold()}"}:
                self._short.setdefault(short, set()).add(full)

    def labelled(self, line: Line, alone: Name | None) -> Name | None:
        """Return who labels a paragraph: in full, or by what stands for one name alone, doubtful ones too.

        ``alone`` is the one whom the lead names, who is a person for certain.
        """
        if line.label is None or line.sign:
            return alone if line.is_reply else None
        short = self._short.get(line.key if line.initials else f" {line.key}", set())
        whole = self._full.get(line.key) if not line.initials else None
        found = whole or (self._full[next(iter(short))] if len(short) == 1 else None)
        return found if found is not None and (found.sure or found == alone) else None


def read_lines(text: str) -> list[Line]:
    """Return the paragraphs of a text."""
    return [_line(text, number, *bounds) for number, bounds in enumerate(find_paragraphs(text))]


def _line(text: str, number: int, start: int, end: int) -> Line:
    asks = _QUESTION.search(text, max(start, end - 8), end) is not None
    label = _LABEL.match(text, start, end)
    dash = _DASH.match(text, start, end)
    bare = dash.end() if dash is not None else start
    if label is None or label.end() >= end:
        return Line(number, start, end, bare, bare, asks)
    kind = str(label.lastgroup)
    first, last = label.span(kind)
    if kind == "initials":
        last += text.startswith(".", last)
    key = re.sub(r"[.\s-]", "", label[kind]) if kind == "initials" else _TITLE.sub("", label[kind])
    return Line(
        number, start, end, label.end(), bare, asks, (first, last), key.casefold().replace("\u00a0", " "),
        kind == "initials", kind == "sign",
    )  # fmt: skip


def full_names(text: str) -> list[Name]:
    """Return the names of two words or more, with their first places.

    Those of people are sure by given names, titles, ages and roles; what has an article, or begins like an
    organisation's, is none.
    """
    found: dict[str, Name] = {}
    for place in find_names(text):
        parts = place.name.split()
        key = place.name.casefold()
        if len(parts) < 2 or place.name.isupper() or (key in found and found[key].sure):
            continue
        known = gender_of_given(parts[0]) != 0 or bool(place.title) or _AGE.match(text, place.end) is not None
        known = known or (role_before(text, place.start) or role_behind(text, place.end)) is not None
        article = _ARTICLE.search(text, max(0, place.start - 5), place.start) is not None
        if known or not (article or parts[0] in words("organization_words")):
            first = found[key].place if key in found else (place.start, place.end)
            found[key] = Name(place.name, first, known)
    return list(found.values())


def labels_of(name: str) -> set[str]:
    """Return the initials that can stand for a full name: "jm", "odlr" and "or" of "Odile de La Roncière"."""
    parts = [part for part in re.split(r"[\s’'-]+", name) if part]
    capitals = [part[0] for part in parts if part[0].isupper()]
    short = [part[0] for part in name.split()]
    own = last_name(name)[:1]
    return {
        "".join(letters).casefold() for letters in (capitals, short, [capitals[0] if capitals else "", own])
    }


def speaks_of_himself(text: str, start: int, end: int) -> bool:
    """Return whether somebody says "je" outside quotation marks."""
    return _ME.search(_unmarked(text[start:end])) is not None


def speaks_of_us(text: str, start: int, end: int) -> bool:
    """Return whether somebody says "nous" outside quotation marks."""
    return _US.search(_unmarked(text[start:end])) is not None


def speaks_to_somebody(text: str, start: int, end: int) -> bool:
    """Return whether somebody says "vous" or "tu" outside quotation marks."""
    return _YOU.search(_unmarked(text[start:end])) is not None


def _unmarked(words: str) -> str:
    return _MARKED.sub(" ", words)
