"""The paragraphs of a short page, where the extractor gives them as one line, and no byline with them."""

import re
from collections.abc import Collection
from copy import deepcopy

from lxml.html import HtmlElement

from digests.articles.cleaning import block_text

_HEADLINE_OR_CAPTION = ("h1", "figcaption", "nav", "footer", "time", "button", "form")
_CALLED_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|author|dateline|timestamp|caption|credit)s?(?:$|[\s_-])", re.IGNORECASE
)
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*,?"
_BYLINE = re.compile(
    rf"(?i:by|von|par|por|di|door|av|af)\s{_NAME}(?:\s(?:and|und|et|y|e|en|och|og|{_NAME})){{1,8}}"
)
_BYLINE_CHARS = 120
# A byline stands above the text, with a date or a standfirst between them at most.
_FIRST_LINES = 3
_END_OF_SENTENCE = (".", "!", "?", "…", "”", '"', ":")
# Of a line that the page's blocks make up, they hold nearly all.
_MADE_UP = 0.9


def restore_paragraphs(text: str, root: HtmlElement, titles: Collection[str]) -> str:
    """Return ``text`` with a line for each of the page's paragraphs, where it has all of them in one line.

    trafilatura joins the blocks of an ``<article>`` with little text, or those of the whole page: headline,
    byline and captions with the rest. Those are left out. Other texts come back as they are.
    """
    if "\n" in text and not _begins_with(text, titles):
        return text
    whole = _squeezed(text)
    blocks = _held(block_text(root), whole)
    if len(blocks) < 2 or sum(len(_squeezed(line)) for line in blocks) < _MADE_UP * len(whole):
        return text
    return "\n".join(_held(block_text(_only_text(root)), whole)) or text


def without_byline(text: str, byline: str) -> str:
    """Return ``text`` without lines above it that only say who wrote it; the page may state ``byline``."""
    lines = text.split("\n")
    kept = [line for line in lines[:_FIRST_LINES] if not _is_byline(line, byline)]
    return "\n".join((*kept, *lines[_FIRST_LINES:]))


def _begins_with(text: str, titles: Collection[str]) -> bool:
    first = text.partition("\n")[0].casefold()
    return any(first.startswith(f"{title.casefold()} ") for title in titles if title)


def _held(page: str, whole: str) -> list[str]:
    return [line for line in page.split("\n") if line and _squeezed(line) in whole]


def _squeezed(text: str) -> str:
    """Return ``text`` without blanks: whether one stands between two elements is everybody's own taste."""
    return "".join(text.split())


def _only_text(root: HtmlElement) -> HtmlElement:
    """Return a copy of the page without headline, captions, bylines and menus."""
    copied = deepcopy(root)
    for element in list(copied.iter("*")):
        if element.getparent() is not None and (
            element.tag in _HEADLINE_OR_CAPTION or _is_called_byline(element)
        ):
            element.drop_tree()
    return copied


def _is_called_byline(element: HtmlElement) -> bool:
    called = " ".join(element.get(name, "") for name in ("class", "rel", "itemprop"))
    if called.isspace() or not _CALLED_BYLINE.search(called):
        return False
    return len(block_text(element)) <= _BYLINE_CHARS


def _is_byline(line: str, byline: str) -> bool:
    if len(line) > _BYLINE_CHARS or line.endswith(_END_OF_SENTENCE):
        return False
    stated = byline and line.casefold() in (byline.casefold(), f"by {byline}".casefold())
    return bool(stated or _BYLINE.fullmatch(line))
