"""One article's pages to its text: what was fetched goes in, what else is wanted comes out."""

from collections.abc import Sequence

from digests.articles.choice import choose, continues, wanted
from digests.articles.extract import read_page
from digests.model import FetchResult, PageRule, PageText, PendingArticle, Reading


def read_further(
    entry: PendingArticle,
    page: FetchResult | None,
    before: tuple[PageText, ...] = (),
    rules: Sequence[PageRule] = (),
) -> Reading:
    """Return the article with one more ``page`` after those ``before``; nothing is analysed yet.

    ``None`` is a page that cannot be had. What is not of the article ends it: no more is wanted.
    """
    if page is None:
        return Reading(article=choose(before, entry), pages=before)
    found = read_page(page, entry, rules)
    if before and not continues(found, before):
        return Reading(article=choose(before, entry), pages=before)
    pages = (*before, found)
    return Reading(article=choose(pages, entry), pages=pages, wanted=wanted(pages))
