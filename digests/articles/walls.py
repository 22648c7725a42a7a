"""What stands between a reader and an article: banners, paywalls, challenges, logins, pages that are gone.

Words give them away (``pages.json``), and what the page has to do with what its feed announced. Whatever
stands in a wall is nobody's news: its lines and boxes are left out before anybody looks for quotes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from digests.articles.overlap import share_of
from digests.articles.rules import folded, page_words, unquoted
from digests.model import Wall

_WHOLE_PAGE = frozenset({"html", "body", "main", "article", "head"})
_HOLDS_ARTICLE = ("article", "main", "h1")
_DIALOGS = ("dialog", "alertdialog")
_IN_FRONT_CHARS = 200
_MOST_BOXES = 300
_BOX_CHARS = 20_000
# A wall's line is a slogan; a reporter's sentence with the same words is longer, or quotes them.
_SLOGAN_CHARS = 160
_LINE_CHARS = 400
_AT_START = 2
# These stand among an article's lines; the others stand in its place.
_IN_ARTICLES = (Wall.CONSENT, Wall.PAYWALL)
# What follows a paywall's line is its sales talk, unless there is a good deal of it.
_SALES_TALK_CHARS = 800
_SHORT_PAGE_CHARS = 1_500
# Of the feed's own words, an article holds most, and a page about something else hardly one in ten.
_SAME_MATTER = 0.5
_OTHER_MATTER = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A text without its walls' lines, whose kinds are ``walls``; ``cut`` says that a paywall ends it."""

    text: str
    cut: bool = False
    walls: tuple[Wall, ...] = ()
    wall_chars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Where a page was asked for and came from, its title and headline, its text, and what was announced."""

    asked: str
    url: str
    headings: tuple[str, ...]
    text: str
    title: str
    announced: str


def drop_boxes(root: HtmlElement, announced: str) -> frozenset[Wall]:
    """Take dialogs, banners and paywalls out of a page and return their kinds.

    A box is one by its id, class or role, and by a phrase in it, which stands in front except in consent
    forms. A box that holds what was ``announced``, or an element that articles stand in, is the article's.
    """
    kinds: set[Wall] = set()
    dropped: set[HtmlElement] = set()
    for box in islice(filter(_is_called_box, list(root.iter("*"))), _MOST_BOXES):
        if not dropped.isdisjoint(box.iterancestors()):
            continue
        text = _box_text(box)
        kind, place = _first_phrase(unquoted(folded(text)))
        talks = kind is Wall.CONSENT or (kind is not Wall.NONE and place <= _IN_FRONT_CHARS)
        if (talks or _is_dialog(box)) and not _holds_article(box, text, announced):
            kinds.add(kind)
            dropped.add(box)
            box.drop_tree()
    return frozenset(kinds - {Wall.NONE})


def _holds_article(box: HtmlElement, text: str, announced: str) -> bool:
    same = share_of(announced, text)
    return next(box.iter(*_HOLDS_ARTICLE), None) is not None or (same is not None and same >= _SAME_MATTER)


def clear(text: str, phrases: Sequence[str] = (), *, paid: bool = False) -> Cleared:
    """Return ``text`` without lines that only a wall says.

    It ends at an outlet's own wall ``phrases``, and at a paywall's line where little follows it or the page
    states that it is ``paid`` for.
    """
    lines = text.split("\n")
    kinds = [_line_kind(line) for line in lines]
    end = _end(lines, kinds, tuple(map(folded, phrases)), paid=paid)
    kept = [line for line, kind in zip(lines[:end], kinds, strict=False) if kind is Wall.NONE]
    walls = tuple(kind for kind in kinds if kind is not Wall.NONE)
    chars = sum(len(line) for line, kind in zip(lines, kinds, strict=True) if kind is not Wall.NONE)
    return Cleared(text="\n".join(kept), cut=end < len(lines), walls=walls, wall_chars=chars)


def whole_wall(arrival: Arrival, cleared: Cleared) -> Wall:
    """Return which wall the whole page is, ``NONE`` where it holds some article."""
    same = share_of(arrival.announced, arrival.text)
    if same is None or same < _SAME_MATTER:
        kind = _led_astray(arrival.asked, arrival.url)
        if kind is not Wall.NONE:
            return kind
    kind = _titled(arrival)
    short = len(arrival.text) < _SHORT_PAGE_CHARS
    if same is not None and same >= _SAME_MATTER:
        kind = Wall.NONE
    if kind is not Wall.NONE and (short or (same is not None and same < _OTHER_MATTER)):
        return kind
    above = tuple(kind for kind in map(_line_kind, arrival.headings) if kind is not Wall.NONE)
    walls = (*above, *cleared.walls)
    if not walls:
        return Wall.NONE
    most = max(walls, key=walls.count)
    if cleared.walls and cleared.wall_chars * 2 >= len(arrival.text):
        return most
    alien = same < _OTHER_MATTER if same is not None else bool(above) or _speaks(arrival.text, cleared)
    return most if alien and short else Wall.NONE


def _speaks(text: str, cleared: Cleared) -> bool:
    """Tell whether a wall speaks in a text of which nothing is known: first, or more than once."""
    first = _line_kind(text.partition("\n")[0])
    return len(cleared.walls) > 1 or first not in (Wall.NONE, *_IN_ARTICLES)


def _is_called_box(element: HtmlElement) -> bool:
    if element.tag in _WHOLE_PAGE:
        return False
    names = f"{element.get('id', '')} {element.get('class', '')}"
    return _is_dialog(element) or bool(names != " " and page_words().containers.search(names))


def _is_dialog(element: HtmlElement) -> bool:
    dialog = element.tag == "dialog" or element.get("role") in _DIALOGS
    return dialog or element.get("aria-modal") == "true"


def _box_text(element: HtmlElement) -> str:
    pieces: list[str] = []
    chars = 0
    for piece in element.itertext():
        pieces.append(piece)
        chars += len(piece)
        if chars > _BOX_CHARS:
            break
    return " ".join(" ".join(pieces).split())


def _first_phrase(plain: str) -> tuple[Wall, int]:
    """Return which wall speaks first in a folded text, and where."""
    found = ((kind, pattern.search(plain)) for kind, pattern in page_words().walls.items())
    places = [(match.start(), kind) for kind, match in found if match]
    place, kind = min(places, key=lambda one: one[0], default=(0, Wall.NONE))
    return kind, place


def _line_kind(line: str) -> Wall:
    """Return which wall says this line; words between quotation marks are somebody's, not the wall's."""
    plain = unquoted(folded(line[:_LINE_CHARS]))
    for kind, pattern in page_words().walls.items():
        found = pattern.search(plain)
        if found is None:
            continue
        short = len(line) <= _SLOGAN_CHARS
        if found.start() <= _AT_START and (short or kind in _IN_ARTICLES):
            return kind
        if short and kind in _IN_ARTICLES:
            return kind
    return Wall.NONE


def _end(lines: Sequence[str], kinds: Sequence[Wall], phrases: Sequence[str], *, paid: bool) -> int:
    """Return at which line the text ends."""
    for place, line in enumerate(lines):
        if phrases and any(phrase in folded(line) for phrase in phrases):
            return place
        if kinds[place] is Wall.PAYWALL:
            after = sum(map(len, lines[place + 1 :]))
            if paid or after <= _SALES_TALK_CHARS:
                return place
    return len(lines)


def _led_astray(asked: str, url: str) -> Wall:
    """Return where a redirect led instead of the article: to the home page, a login, a consent form."""
    if not asked or asked == url:
        return Wall.NONE
    before, after = urlsplit(asked), urlsplit(url)
    if before.path.strip("/") and not after.path.strip("/") and not after.query:
        return Wall.MISSING
    known = _address_words(asked)
    for kind, words in page_words().addresses.items():
        if words & (_address_words(url) - known):
            return kind
    return Wall.NONE


def _address_words(url: str) -> frozenset[str]:
    parts = urlsplit(url.lower())
    segments = (segment.partition(".")[0] for segment in parts.path.split("/"))
    return frozenset(filter(None, (*(parts.hostname or "").split(".")[:-2], *segments)))


def _titled(arrival: Arrival) -> Wall:
    """Return which wall's title the page has, unless the feed announced the article under that title."""
    kinds = (_kind_of_title(heading, arrival.title) for heading in arrival.headings)
    return next((kind for kind in kinds if kind is not Wall.NONE), Wall.NONE)


def _kind_of_title(heading: str, announced: str) -> Wall:
    title = folded(heading)
    kind = next((kind for kind, start in page_words().titles.items() if start.match(title)), Wall.NONE)
    if kind is Wall.NONE or folded(announced).startswith(title[:20]):
        return Wall.NONE
    alike = share_of(announced, heading)
    return Wall.NONE if alike is not None and alike >= _SAME_MATTER else kind
