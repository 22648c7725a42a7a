"""HTML to what one page holds: the body by trafilatura or the outlet's rule, the rest as the page states it.

CPU work, about 15 ms a page: it runs in a worker.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from digests.articles import links
from digests.articles.charset import decode_html
from digests.articles.cleaning import block_text, extract_text
from digests.articles.liveblog import LiveBlog, live_blog
from digests.articles.metadata import PageMetadata, linked_article, read_metadata
from digests.articles.paragraphs import restore_paragraphs, without_byline
from digests.articles.rules import folded, page_words, rule_for, select
from digests.articles.urls import canonical
from digests.articles.walls import Arrival, Cleared, clear, drop_boxes, whole_wall
from digests.errors import ParseError
from digests.model import Article, FetchResult, PageRule, PageText, PendingArticle, TextSource, Wall

SHORT_CHARS = 600
"""A text shorter than this may be a teaser: other texts are looked at."""

_PAID_STUB_CHARS = 1_500
# The parser's and the extractor's time and memory grow with tags, not with bytes: past this many the page is
# cut. An article of a million characters has half of it.
_MOST_TAGS = 60_000
_SUFFIX = re.compile(r"\s+[-–—|·•:»]\s+([^-–—|·•»]{2,60})$")
_CUT_OFF = ("…", "...")
# What no reader sees, no reader can be quoted; pages that hide themselves until a script runs stay.
_HIDDEN = "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]"
_WHOLE_PAGE = ("html", "body", "main", "article")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What a page says; ``at`` is when a live blog's newest post was written."""

    text: str
    cleared: Cleared
    boxes: frozenset[Wall] = frozenset()
    at: datetime | None = None


def extract(html: bytes | str, *, url: str, hint: PageHint | None = None) -> Article:
    """Return the article on a page; its text has a line for each paragraph and heading.

    Readers see the feed's headline, unless it is cut off, without the outlet's name behind it.
    The byline and the date are the page's where it states them.

    Raises:
        ParseError: there is no article text on the page.
    """
    hint = hint or PageHint()
    body = html if isinstance(html, bytes) else html.encode("utf-8", "replace")
    entry = PendingArticle(
        id=0, url=url, title=hint.title, author=hint.author, outlet=hint.outlet, published=hint.published,
        arrived=datetime.min.replace(tzinfo=UTC),
    )  # fmt: skip
    content_type = hint.content_type if isinstance(html, bytes) else "text/html; charset=utf-8"
    article = read_page(FetchResult(url=url, body=body, content_type=content_type), entry).article
    if article is None:
        raise ParseError("There is no article text on the page.")
    return article


def read_page(page: FetchResult, entry: PendingArticle, own_rules: Sequence[PageRule] = ()) -> PageText:
    """Return what a fetched page holds of the article that ``entry`` announced.

    There is no article in it where the page is a wall, or holds no text. What a wall says is in no text.
    """
    try:
        root = _load(decode_html(page.body or b"", page.content_type))
    except ParseError:
        return PageText(url=page.url)
    rule = rule_for(page.url, own_rules)
    linked = linked_article(root)
    about = read_metadata(root, linked)
    hint = hint_for(entry)
    title = _title(hint, about, page.url)
    found = PageText(
        url=page.url,
        **_identity(root, entry.url, page.url, title),
        amp_url=links.amp_link(root, page.url),
        next_url=links.next_link(root, page.url, rule),
    )
    announced = " ".join((entry.title, extract_text(entry.summary_html)[:SHORT_CHARS]))
    boxes = drop_boxes(root, announced)
    links.drop_pager(root, page.url, found.next_url)
    # The extractor would take a text out of the page's JSON, also where that is not for everybody.
    etree.strip_elements(root, "script", with_tail=False)
    headings = _headings(root, about)
    body = replace(_body(root, linked, {title, *headings}, rule, about, page.url), boxes=boxes)
    summary = "" if body.boxes & {Wall.ROBOT, Wall.LOGIN} else clear(about.description).text
    arrival = Arrival(
        asked=entry.url, url=page.url, headings=headings, text=body.text, title=entry.title,
        announced=announced,
    )  # fmt: skip
    wall = whole_wall(arrival, body.cleared)
    if not body.text and not announced.strip() and not found.amp_url:
        wall = next(iter(sorted(boxes)), wall)
    if wall is not Wall.NONE:
        return replace(found, wall=wall, next_url="", identity="", weak=False, summary="")
    partial = _is_partial(body, about)
    wall = Wall.PAYWALL if partial else Wall.NONE
    if not body.cleared.text:
        return replace(found, wall=wall, summary=summary)
    stated = links.believed(links.canonical_link(root), url=page.url, title=title)
    article = _article(body, title, about, hint, page, stated or entry.url)
    article = replace(article, partial=partial, origin=links.origin(links.canonical_link(root), page.url))
    return replace(found, article=article, live=body.at is not None, wall=wall, summary=summary)


def _identity(root: HtmlElement, asked: str, url: str, title: str) -> dict[str, Any]:
    """Return the address that a page states, else where a redirect led: by it the article is known.

    An address that is only this one without some parameters may be stated by a template on every page.
    """
    link = links.canonical_link(root)
    stated = links.believed(link, url=url, title=title)
    redirected = asked and canonical(asked) != canonical(url) and urlsplit(url).path.strip("/")
    weak = "" if stated or redirected else links.without_parameters(link, url)
    return {"identity": stated or weak or (canonical(url) if redirected else ""), "weak": bool(weak)}


def _article(
    body: _Body, title: str, about: PageMetadata, hint: PageHint, page: FetchResult, url: str
) -> Article:
    text = body.cleared.text
    return Article(
        url=url or page.url,
        title=title or text.partition("\n")[0][:200],
        text=text,
        byline=about.byline or hint.author,
        outlet=hint.outlet or about.outlet or urlsplit(page.url).hostname or "",
        published=body.at or _published(hint, about),
        source=TextSource.FILE if page.url[:5].lower() == "file:" else TextSource.PAGE,
    )


def _load(text: str) -> HtmlElement:
    text = _bounded(text.replace("\0", ""))
    root = trafilatura.load_html(text)
    if root is None:
        raise ParseError("The page is empty, or no HTML.")
    # "Enable JavaScript" is nobody's article.
    etree.strip_elements(root, "noscript", with_tail=False)
    for element in root.xpath(_HIDDEN):
        if element.tag not in _WHOLE_PAGE:
            element.drop_tree()
    return root


def _bounded(text: str) -> str:
    """Return the page up to its sixty thousandth tag."""
    if text.count("<") <= _MOST_TAGS:
        return text
    at = -1
    for _ in range(_MOST_TAGS):
        at = text.index("<", at + 1)
    return text[:at]


def _body(
    root: HtmlElement, linked: dict[str, Any], titles: set[str], rule: PageRule, about: PageMetadata, url: str
) -> _Body:
    """Return the page's text without what a wall says."""
    for xpath in rule.strip:
        for element in select(root, xpath):
            if element.getparent() is not None:
                element.drop_tree()
    called_live = bool(page_words().live.search(folded(f"{about.title} {urlsplit(url).path}")))
    live = live_blog(root, linked, called_live=called_live)
    text = live.text if live else _ruled(root, rule) or _extracted(root)
    if len(text) < SHORT_CHARS and not about.paid:
        text = max(text, extract_text(_linked_body(linked)), key=len)
    text = _without_title(restore_paragraphs(text, root, titles), titles)
    text = without_byline(text, about.byline)
    return _Body(text=text, cleared=clear(text, rule.wall, paid=about.paid), at=_at(live))


def _headings(root: HtmlElement, about: PageMetadata) -> tuple[str, ...]:
    """Return the page's title and headline, each once: a wall often says in one of them that it is one."""
    elements = (root.find(".//head/title"), next(root.iter("h1"), None))
    shown = (" ".join(element.text_content().split()) for element in elements if element is not None)
    return tuple(dict.fromkeys(filter(None, (about.title, *shown))))


def _at(live: LiveBlog | None) -> datetime | None:
    return live.at if live else None


def _linked_body(linked: dict[str, Any]) -> str:
    body = linked.get("articleBody")
    return body if isinstance(body, str) else ""


def _ruled(root: HtmlElement, rule: PageRule) -> str:
    """Return the text of what the outlet's rule selects, empty where that is not on the page."""
    found = select(root, rule.content) if rule.content else []
    chosen = set(found)
    outermost = (one for one in found if not chosen.intersection(one.iterancestors()))
    return "\n".join(filter(None, map(block_text, outermost)))


def _extracted(root: HtmlElement) -> str:
    document = trafilatura.bare_extraction(root, fast=True, include_comments=False)
    if not isinstance(document, Document) or document.body is None:
        return ""
    return block_text(document.body)


def _without_title(text: str, titles: Collection[str]) -> str:
    """Return the text; a first line that only repeats one of the titles is left out."""
    first, _, rest = text.partition("\n")
    return rest if first.casefold() in {title.casefold() for title in titles} else text


def _is_partial(body: _Body, about: PageMetadata) -> bool:
    """Tell whether a paywall keeps the rest of the text."""
    if body.cleared.cut:
        return True
    stub = len(body.cleared.text) < _PAID_STUB_CHARS
    return stub and (about.paid or Wall.PAYWALL in body.boxes)


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
