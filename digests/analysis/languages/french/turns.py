"""The paragraphs of a French text as turns of a talk: who labels each, whether it asks, who speaks in it."""

import re
from dataclasses import dataclass, replace

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.french.names import find_names, last_name
from digests.analysis.languages.french.roles import role_before, role_behind
from digests.analysis.languages.french.words import words
from digests.analysis.quotes import find_paragraphs

_S = "[ \u00a0\u202f]"
_CAPITAL = "[A-ZÀ-ÖØ-ÞŒ]"
_WORD = rf"(?:(?:de|du|des|la|le|van|von){_S})*(?:[dDlL]['’])?{_CAPITAL}[\w’'-]*"
_LABEL = re.compile(
    rf"[ \t\u00a0]*(?:(?P<initials>{_CAPITAL}(?:\.?[-\u00a0 ]?{_CAPITAL}){{1,3}})"
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

Place = tuple[int, int]


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
    """A full name, and where it stands first."""

    name: str
    place: Place


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


def full_names(text: str, *, guess: bool = False) -> list[Name]:
    """Return the full names of people, by given names, titles, ages and roles, with their first places.

    ``guess`` takes all names of two words but those with an article or the first word of an organisation.
    """
    found: dict[str, Name] = {}
    for place in find_names(text):
        parts = place.name.split()
        if len(parts) < 2 or place.name.isupper():
            continue
        known = gender_of_given(parts[0]) != 0 or place.title or _AGE.match(text, place.end)
        thing = _ARTICLE.search(text, max(0, place.start - 5), place.start) or parts[0] in words(
            "organization_words"
        )
        known = known or role_before(text, place.start) or role_behind(text, place.end)
        if known or (guess and not thing):
            found.setdefault(place.name.casefold(), Name(place.name, (place.start, place.end)))
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
