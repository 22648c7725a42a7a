"""Which text an article gets, of all that was fetched and announced, and which page is asked for next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.articles.cleaning import extract_text
from digests.articles.extract import SHORT_CHARS
from digests.articles.links import same_site
from digests.articles.overlap import share_of
from digests.articles.urls import canonical
from digests.articles.walls import clear
from digests.model import Article, PageText, PendingArticle, TextSource, Wall

MOST_PAGES = 8
_MOST_CHARS = 400_000
# A page is a teaser where it has less than this share of what the feed itself tells.
_TEASER_SHARE = 0.5
# Below this share of the feed's own words, a page tells of something else.
_ALIEN_SHARE = 0.1
# A list of words that long is certain enough to say so of a long page.
_LONG_SUMMARY_CHARS = 120
_ELLIPSES = ("…", "...", "…]", "...]")
_MORE = (
    "read more",
    "read the rest",
    "continue reading",
    "(more",
    "weiterlesen",
    "lire la suite",
    "leer más",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """The feed's own text, whether it is only a summary, and whether it says itself that it is cut off."""

    text: str
    is_summary: bool
    cut_off: bool = False


def wanted(pages: Sequence[PageText]) -> str:
    """Return the address of one more page that the article needs, or an empty string.

    The AMP form is asked for where the page itself holds little; never to get round a wall. Then the
    article's next pages, in order, on its own site, each once, eight pages at most.
    """
    if not pages or len(pages) >= MOST_PAGES:
        return ""
    first, last = pages[0], pages[-1]
    if len(pages) == 1 and first.amp_url and first.wall is Wall.NONE and _length(first) < SHORT_CHARS:
        return first.amp_url
    if last.wall is not Wall.NONE or last.article is None or sum(map(_length, pages)) >= _MOST_CHARS:
        return ""
    return last.next_url if _goes_on(pages) else ""


def continues(page: PageText, pages: Sequence[PageText]) -> bool:
    """Tell whether a page that was asked for belongs to the article: on its site, with a text of its own."""
    return page.article is not None and same_site(page.url, pages[0].url) and not repeats(page, pages)


def repeats(page: PageText, pages: Sequence[PageText]) -> bool:
    """Tell whether a page says only what is on one of the ``pages``: there was nothing more to read."""
    texts = {one.article.text for one in pages if one.article is not None}
    return page.article is not None and page.article.text in texts


def choose(pages: Sequence[PageText], entry: PendingArticle) -> Article:
    """Return the article with the best text that can be had.

    That is the page's, unless it is missing, tells of something else than the feed announced, or is a teaser
    of what the feed itself tells. ``source`` is ``NONE`` where there is no text at all.
    """
    page, own = _joined(pages), _own_text(entry)
    if page is not None and _is_alien(pages[0], page.text, entry):
        page = None
    if page is not None and not _is_teaser(page, own):
        return page
    if page is not None:
        return replace(page, text=own.text, source=_source(own), partial=False, pages=())
    summary = next((one.summary for one in pages if one.wall in (Wall.NONE, Wall.PAYWALL)), "")
    if not own.text:
        own = _Own(text=summary, is_summary=True)
    return Article(
        url=entry.url,
        title=entry.title or own.text.partition("\n")[0][:200],
        text=own.text,
        byline=entry.author,
        outlet=entry.outlet,
        published=entry.published,
        source=_source(own) if own.text else TextSource.NONE,
    )


def _length(page: PageText) -> int:
    return len(page.article.text) if page.article is not None else 0


# --- the pages' text -----------------------------------------------------------------------------


def _joined(pages: Sequence[PageText]) -> Article | None:
    """Return the article on all its pages, in order, without lines that were on an earlier one."""
    texts = [(page, page.article) for page in pages if page.article is not None]
    if not texts:
        return None
    article = texts[0][1]
    text, starts = article.text, []
    for page, more in texts[1:]:
        seen = set(text.split("\n"))
        fresh = "\n".join(line for line in more.text.split("\n") if line not in seen)
        if fresh:
            starts.append((len(text) + 1, page.url))
            text = f"{text}\n{fresh}"
    cut = texts[-1][1].partial or _goes_on(pages)
    return replace(article, text=text, pages=tuple(starts), partial=article.partial or cut)


def _goes_on(pages: Sequence[PageText]) -> bool:
    """Tell whether there is a next page that was not read."""
    last = pages[-1]
    return bool(last.next_url) and canonical(last.next_url) not in {canonical(page.url) for page in pages}


# --- the feed's own text -------------------------------------------------------------------------


def _own_text(entry: PendingArticle) -> _Own:
    """Return the longer one of an entry's content and summary, without what a wall says.

    Many feeds put the whole text where a summary belongs: only a short paragraph there is one.
    """
    content, summary = (clear(extract_text(html)).text for html in (entry.content_html, entry.summary_html))
    text = content if len(content) >= len(summary) else summary
    cut_off = _is_cut_off(text)
    short = text != content and len(text) < SHORT_CHARS and "\n" not in text
    return _Own(text=text, is_summary=short or cut_off, cut_off=cut_off)


def _is_cut_off(text: str) -> bool:
    end = text[-60:].casefold()
    return end.endswith(_ELLIPSES) or end.rstrip(" .»>→…)]").endswith(_MORE)


def _source(own: _Own) -> TextSource:
    return TextSource.SUMMARY if own.is_summary else TextSource.FEED


# --- which is better -----------------------------------------------------------------------------


def _is_alien(first: PageText, text: str, entry: PendingArticle) -> bool:
    """Tell whether a page has nothing to do with what was announced; long pages need a long announcement.

    A live blog's newest posts may well tell of what happened since.
    """
    if first.live:
        return False
    announced = " ".join((entry.title, extract_text(entry.summary_html)))
    same = share_of(announced, text)
    certain = len(text) < SHORT_CHARS or len(announced) >= _LONG_SUMMARY_CHARS
    return same is not None and same < _ALIEN_SHARE and certain


def _is_teaser(page: Article, own: _Own) -> bool:
    """Tell whether the feed tells more than a page that is short, cut by a paywall, or half as long."""
    if len(page.text) >= len(own.text):
        return False
    if len(page.text) < len(own.text) * _TEASER_SHARE:
        return True
    return (len(page.text) < SHORT_CHARS or page.partial) and not own.cut_off
