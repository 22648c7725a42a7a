"""Where a page says that it lives, goes on, and has another form: addresses that can be believed."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

from digests.articles.overlap import share_of, stems
from digests.articles.rules import folded, page_words, select
from digests.articles.urls import canonical, safe_link
from digests.model import PageRule

_MOST_LINKS = 5_000
_HOST_FORMS = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+")
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp(?=/?$)|\.amp(?=\.html?$|$)|(?<=/)amp(?:/|$)")
_AMP_QUERY = frozenset({"amp", "outputtype"})
_PAGE_QUERY = frozenset({"page", "pg", "paged", "pagenum", "seite", "pagina", "strona"})
_PAGE_PATH = re.compile(r"(?:/(?:page|seite|pagina|strona))?[/,_-](\d{1,2})(?=/?$|\.html?$)")
_MOST_PAGE_NUMBER = 40
_LABEL_CHARS = 40
_PAGER_CHARS = 80
_EXTENSION = re.compile(r"\.\w{2,5}$")
_MIN_SLUG_CHARS = 8
_MIN_ID_DIGITS = 5
_DATE = re.compile(r"(?:19|20)\d{4}(?:\d\d)?")


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one site; ``www``, ``m`` and ``amp`` are the same to readers."""
    return _site(one) == _site(other) != ("", None)


def believed(stated: str, *, url: str, title: str) -> str:
    """Return the canonical address that a page at ``url`` states, where it can be the same article.

    It is on the same site, is no home page, and either shares its slug or number with ``url`` or is made of
    words of the ``title``: templates that state one address on every page would otherwise make all articles
    one. Empty where it cannot be believed.
    """
    address = _absolute(stated, url)
    if not address or not same_site(address, url) or not urlsplit(address).path.strip("/"):
        return ""
    if _marks(address) & _marks(url) or _without_form(address) == _without_form(url):
        return address
    alike = share_of(_slug(address).replace("-", " "), title)
    return address if alike is not None and alike >= 0.5 else ""


def without_parameters(stated: str, url: str) -> str:
    """Return the canonical address that a page states, where it is ``url`` without some parameters."""
    address = _absolute(stated, url)
    parts, mine = urlsplit(address), urlsplit(canonical(url))
    if not same_site(address, url) or parts.path != mine.path or not parts.path.strip("/"):
        return ""
    fewer = set(parse_qsl(parts.query)) < set(parse_qsl(mine.query))
    return address if fewer else ""


def origin(stated: str, url: str) -> str:
    """Return the canonical address on another site that a page states, or an empty string."""
    address = _absolute(stated, url)
    elsewhere = address and not same_site(address, url) and urlsplit(address).path.strip("/")
    return address if elsewhere else ""


def canonical_link(root: HtmlElement) -> str:
    """Return the canonical address that a page states, as it stands there."""
    return _rel(root, "canonical")


def amp_link(root: HtmlElement, url: str) -> str:
    """Return the address of a page's AMP form on its own site, or an empty string."""
    address = _absolute(_rel(root, "amphtml"), url)
    return address if address and same_site(address, url) and canonical(address) != canonical(url) else ""


def next_link(root: HtmlElement, url: str, rule: PageRule) -> str:
    """Return the address of the article's next page, or an empty string.

    An outlet's rule is trusted on its own site. ``rel=next`` and numbered links are often the next *article*:
    they count only where the address is this one with the next page's number.
    """
    for element in select(root, rule.next) if rule.next else ():
        address = _absolute(element.get("href") or "", url)
        if address and same_site(address, url):
            return address
    number, stem = _numbered(url)
    for stated in _next_candidates(root, number + 1):
        address = _absolute(stated, url)
        if address and _numbered(address) == (number + 1, stem):
            return address
    return ""


def drop_pager(root: HtmlElement, url: str, next_url: str) -> None:
    """Take the links to an article's other pages out of it, with the few words around them."""
    number, stem = _numbered(url)
    for anchor in list(islice(root.iter("a"), _MOST_LINKS)):
        if len(_words(anchor)) > _LABEL_CHARS:
            continue
        address = _absolute(anchor.get("href") or "", url)
        other, same = _numbered(address) if address else (number, "")
        if address and (address == next_url or (other != number and same == stem)):
            pager = _outermost(anchor)
            if pager.getparent() is not None:  # else it went with another link
                pager.drop_tree()


def _outermost(anchor: HtmlElement) -> HtmlElement:
    """Return the largest element around a link that holds only a pager's few words."""
    element = anchor
    for parent in anchor.iterancestors():
        if parent.tag in ("article", "main", "body", "html") or len(_words(parent)) > _PAGER_CHARS:
            break
        element = parent
    return element


def _words(element: HtmlElement) -> str:
    return "".join(islice(element.itertext(), 60)).strip()


def _next_candidates(root: HtmlElement, number: int) -> Iterator[str]:
    anchors = []
    for element in islice(root.iter("link", "a"), _MOST_LINKS):
        if "next" in (element.get("rel") or "").lower().split():
            yield element.get("href") or ""
        elif element.tag == "a":
            anchors.append(element)
    labels = page_words().next_labels | {str(number), f"page {number}"}
    for element in anchors:
        if folded(_words(element)[:60]).strip(' ›»→>."') in labels:
            yield element.get("href") or ""


def _numbered(url: str) -> tuple[int, str]:
    """Return which page of an article an address leads to, from 1, and where it is without that."""
    parts = urlsplit(canonical(url))
    number, query = 1, []
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name.lower() in _PAGE_QUERY and value.isascii() and value.isdigit() and len(value) <= 2:
            number = int(value)
        else:
            query.append((name, value))
    path = parts.path
    if number == 1 and (found := _PAGE_PATH.search(path)) and 1 < int(found[1]) <= _MOST_PAGE_NUMBER:
        number, path = int(found[1]), path[: found.start()] + path[found.end() :]
    stem = urlunsplit(("", parts.netloc, path.rstrip("/"), urlencode(query), ""))
    return number, stem


def _absolute(stated: str, url: str) -> str:
    """Return a link as an address that may be opened, or an empty string."""
    if not stated.strip():
        return ""
    try:
        address = safe_link(urljoin(url, stated.strip()))
    except ValueError:
        return ""
    return canonical(address) if address else ""


def _rel(root: HtmlElement, name: str) -> str:
    for element in islice(root.iter("link"), _MOST_LINKS):
        if name in (element.get("rel") or "").lower().split():
            return element.get("href") or ""
    return ""


def _host(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.port


def _site(url: str) -> tuple[str, int | None]:
    try:
        host, port = _host(url)
    except ValueError:
        return "", None
    return _HOST_FORMS.sub("", host), port


def _without_form(url: str) -> tuple[str, str]:
    """Return path and query without what makes an address the AMP or the printed form of another."""
    parts = urlsplit(url)
    query = [(n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True) if n.lower() not in _AMP_QUERY]
    return _AMP_PATH.sub("", parts.path).rstrip("/"), urlencode(query)


def _marks(url: str) -> frozenset[str]:
    """Return what only this article's address holds: its slug, and long numbers that are no date."""
    path, query = _without_form(url)
    pieces = [_EXTENSION.sub("", path.lower().rpartition("/")[2]), *(v.lower() for _, v in parse_qsl(query))]
    numbers = (n for piece in pieces for n in re.findall(r"\d+", piece) if len(n) >= _MIN_ID_DIGITS)
    slugs = (piece for piece in pieces if len(piece) >= _MIN_SLUG_CHARS and "-" in piece)
    return frozenset((*slugs, *(n for n in numbers if not _DATE.fullmatch(n))))


def _slug(url: str) -> str:
    pieces = [_EXTENSION.sub("", piece) for piece in urlsplit(url).path.split("/")]
    return max(pieces, key=lambda piece: len(stems(piece.replace("-", " "))))
