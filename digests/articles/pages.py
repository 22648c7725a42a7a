"""One article's pages to its text: what was fetched goes in, what else is wanted comes out."""

from collections.abc import Sequence
from dataclasses import replace

from digests.articles.choice import choose, continues, repeats, wanted
from digests.articles.extract import read_page
from digests.model import FetchResult, PageRule, PageText, PendingArticle, Reading


def read_further(
    entry: PendingArticle,
    page: FetchResult | None,
    before: tuple[PageText, ...] = (),
    rules: Sequence[PageRule] = (),
) -> Reading:
    """Return the article with one more ``page``, the one wanted after those ``before``; nothing is analysed.

    ``None`` is a page that cannot be had. What is not of the article ends it; an AMP page may always fail.
    """
    found = read_page(page, entry, rules) if page is not None else None
    if not before:
        pages: tuple[PageText, ...] = () if found is None else (found,)
        return Reading(article=choose(pages, entry), pages=pages, wanted=wanted(pages))
    if wanted(before) == before[0].amp_url:
        pages = (_with_amp(before[0], found),)
        return Reading(article=choose(pages, entry), pages=pages, wanted=wanted(pages))
    if found is not None and continues(found, before):
        pages = (*before, found)
        return Reading(article=choose(pages, entry), pages=pages, wanted=wanted(pages))
    if found is not None and repeats(found, before):
        before = (*before[:-1], replace(before[-1], next_url=""))
    return Reading(article=choose(before, entry), pages=before)


def _with_amp(first: PageText, amp: PageText | None) -> PageText:
    """Return the first page with its AMP form's text and next page, where that is fuller."""
    first = replace(first, amp_url="")
    if amp is None or amp.article is None or not continues(amp, (first,)):
        return first
    if first.article is None:
        return replace(first, article=amp.article, next_url=amp.next_url)
    if len(amp.article.text) <= len(first.article.text):
        return first
    return replace(
        first, article=replace(first.article, text=amp.article.text), next_url=amp.next_url or first.next_url
    )
