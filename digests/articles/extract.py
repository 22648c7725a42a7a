"""HTML to ``Article``: the body by trafilatura, the rest as the page and its feed state it.

CPU work, about 15 ms a page: it runs in a worker.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from digests.articles.charset import decode_html
from digests.articles.cleaning import block_text, clean_text
from digests.articles.metadata import PageMetadata, read_metadata
from digests.errors import ParseError
from digests.model import Article, PendingArticle, TextSource

# A page with less text than this may be a teaser before a wall; the feed's own text decides.
_STUB_CHARS = 600
_STUB_SHARE = 0.5
_SUFFIX = re.compile(r"\s+[-–—|·•:»]\s+([^-–—|·•»]{2,60})$")
_CUT_OFF = ("…", "...")
# WordPress adds this line to every feed entry; it is nobody's statement.
_FEED_FOOTER = re.compile(r"^The post .{1,300} (?:first appeared|appeared first) on .{1,200}$", re.MULTILINE)
# What no reader sees, no reader can be quoted; pages that hide themselves until a script runs stay.
_HIDDEN = "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]"
_WHOLE_PAGE = ("html", "body", "main", "article")
_MARKUP = re.compile(r"[<&]")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHint:
    """What a feed already said about a page; ``content_type`` is the page's header."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    published: datetime | None = None
    content_type: str = ""


def hint_for(entry: PendingArticle, *, content_type: str = "") -> PageHint:
    """Return what the feed's entry says about its page."""
    return PageHint(
        title=entry.title,
        author=entry.author,
        outlet=entry.outlet,
        published=entry.published,
        content_type=content_type,
    )


def extract(html: bytes | str, *, url: str, hint: PageHint | None = None) -> Article:
    """Return the article on a page; its text has a line for each paragraph and heading.

    Readers see the feed's headline, unless it is cut off, without the outlet's name behind it.
    The byline and the date are the page's where it states them.

    Raises:
        ParseError: there is no article text on the page.
    """
    hint = hint or PageHint()
    text = decode_html(html, hint.content_type) if isinstance(html, bytes) else html
    root = _load(text)
    about = read_metadata(root)
    title = _title(hint, about, url)
    body = _body(root, title)
    if not body:
        raise ParseError("There is no article text on the page.")
    return Article(
        url=url,
        title=title or body.partition("\n")[0][:200],
        text=body,
        byline=about.byline or hint.author,
        outlet=hint.outlet or about.outlet or urlsplit(url).hostname or "",
        published=_published(hint, about),
        source=TextSource.FILE if url[:5].lower() == "file:" else TextSource.PAGE,
    )


def extract_text(html: str) -> str:
    """Return the text of a feed's own HTML, a line for each paragraph; junk gives what it holds."""
    if not _MARKUP.search(html):
        return clean_text(html)
    parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=True)
    document = f"<div>{html}</div>".replace("\0", "").encode("utf-8", "ignore")
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError:
        root = None
    text = clean_text(_TAG.sub(" ", html)) if root is None else block_text(root)
    return _FEED_FOOTER.sub("", text).strip()


def choose_text(page: Article | None, entry: PendingArticle) -> Article:
    """Return the article with the better text: the page's, unless it is missing or a stub.

    A page is a stub where its text is short, or half of the feed's own, and the feed has more.
    ``source`` is ``NONE`` where there is no text at all.
    """
    own = max(extract_text(entry.content_html), extract_text(entry.summary_html), key=len)
    if page is not None and not _is_stub(page.text, own):
        return page
    if page is not None:
        return replace(page, text=own, source=TextSource.FEED)
    return Article(
        url=entry.url,
        title=entry.title or own.partition("\n")[0][:200],
        text=own,
        byline=entry.author,
        outlet=entry.outlet,
        published=entry.published,
        source=TextSource.FEED if own else TextSource.NONE,
    )


def _is_stub(text: str, own: str) -> bool:
    return len(text) < len(own) and (len(text) < _STUB_CHARS or len(text) < len(own) * _STUB_SHARE)


def _load(text: str) -> HtmlElement:
    root = trafilatura.load_html(text.replace("\0", ""))
    if root is None:
        raise ParseError("The page is empty, or no HTML.")
    # "Enable JavaScript" is nobody's article.
    etree.strip_elements(root, "noscript", with_tail=False)
    for element in root.xpath(_HIDDEN):
        if element.tag not in _WHOLE_PAGE:
            element.drop_tree()
    return root


def _body(root: HtmlElement, title: str) -> str:
    """Return the article's text; a first line that only repeats the title is left out."""
    document = trafilatura.bare_extraction(root, fast=True, include_comments=False)
    if not isinstance(document, Document) or document.body is None:
        return ""
    text = block_text(document.body)
    first, _, rest = text.partition("\n")
    return rest if first.casefold() == title.casefold() else text


def _title(hint: PageHint, about: PageMetadata, url: str) -> str:
    title = hint.title or about.title
    stem = title.rstrip("….").strip()
    if title.endswith(_CUT_OFF) and stem and about.title.startswith(stem):
        title = about.title
    return _without_outlet(title, {hint.outlet, about.outlet, urlsplit(url).hostname or ""})


def _without_outlet(title: str, outlets: set[str]) -> str:
    found = _SUFFIX.search(title)
    known = {outlet.casefold().removeprefix("www.") for outlet in outlets if outlet}
    if found and found[1].strip().casefold() in known:
        return title[: found.start()].strip()
    return title


def _published(hint: PageHint, about: PageMetadata) -> datetime | None:
    """Return the page's date where it has a zone, else the feed's; feeds move dates, pages rarely do."""
    stated = about.published
    if stated is not None and stated.tzinfo is not None:
        return _utc(stated)
    return hint.published or (stated.replace(tzinfo=UTC) if stated else None)


def _utc(moment: datetime) -> datetime | None:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None
