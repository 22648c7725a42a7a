"""The zoo of article pages: whatever stands at an article's address, the right text is read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digests.articles.pages import read_further
from digests.digest import make_story
from digests.errors import OnrecordError
from digests.model import PendingArticle, ReadArticle, Reading
from digests.reading import ArticleReader
from digests.render.document import make_card
from tests.newsroom import FakeFetcher
from tests.zoo.more_pages import PAGES
from tests.zoo.pages import Case

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


class Extractor:
    """The analyser without its language model: it reads pages and looks for no quotes."""

    def __init__(self, case: Case) -> None:
        self._rules = case.rules

    async def read(self, entry, page, before=()) -> Reading:
        return read_further(entry, page, before, self._rules)


def announced(case: Case) -> PendingArticle:
    return PendingArticle(
        id=1, url=case.url, title=case.title, author="", outlet="The Post", published=NOON, arrived=NOON,
        summary_html=case.summary, content_html=case.content,
    )  # fmt: skip


async def read(case: Case) -> tuple[Reading, list[str], list[OnrecordError]]:
    """Return how the article was read, which addresses were fetched, and what was complained of."""
    web, complaints = FakeFetcher(pages=dict(case.web)), []
    reader = ArticleReader(web, Extractor(case), lambda entry, error: complaints.append(error))
    return await reader.read(announced(case)), web.paged, complaints


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES.keys())
async def test_the_right_text_is_read_and_the_card_says_whose_it_is(case: Case) -> None:
    """Line by line; nothing that a wall or a banner says is in it."""
    reading, asked, _ = await read(case)
    article = reading.article
    assert article.text.split("\n") == (list(case.text) or [""])
    assert (article.source, article.partial) == (case.source, case.partial)
    assert [word for word in case.never if word in article.text] == []
    card = make_card(make_story(ReadArticle(article=article, analysis=None, arrived=NOON)), ZoneInfo("UTC"))
    told = [part for part in card.meta.split(" · ")[2:] if part]
    assert told == ([case.notice] if case.notice else [])
    assert tuple(asked[1:]) == case.asked


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES.keys())
async def test_an_article_has_one_address(case: Case) -> None:
    """The one that its page calls its own, where that can be believed; else the feed's."""
    reading, _, _ = await read(case)
    assert (reading.article.url, reading.identity) == (case.link, case.identity)
