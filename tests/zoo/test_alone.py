"""The zoo's walls, asked for by their address alone: no announcement tells what should stand there."""

import pytest

from bot.direct import Desk
from digests.errors import ParseError
from tests.newsroom import FakeFetcher
from tests.zoo.pages import (
    CHALLENGE,
    CONSENT_WALL,
    COOKIES,
    GONE,
    LOGIN,
    OFFICES,
    SALES_TALK,
    STORY,
    URL,
    answer,
    at,
    bare,
    html,
)
from tests.zoo.test_pages import Extractor

VOICE = "<p>“I read it every day,” says Pia Holm, who has subscribed to the Post since she was at school.</p>"
WALLS = {
    "consent: a form": ("a consent form", CONSENT_WALL),
    "consent: in a box": ("a consent form", bare(f"<div id='cmp'><p>{COOKIES}</p>{VOICE}</div>", title="")),
    "consent: only its headline says so": (
        "a consent form",
        bare(f"<h1>We value your privacy</h1><p>842 partners keep it all.</p>{VOICE}", title="Post"),
    ),
    "robot check: a challenge": ("a check for robots", CHALLENGE),
    "robot check: only its title says so": ("a check for robots", bare(OFFICES, title="Access denied")),
    "robot check: only its headline says so": (
        "a check for robots",
        bare(f"<h1>Checking your browser first</h1><p>It takes a while.</p>{VOICE}", title="The Post"),
    ),
    "robot check: its first line says so": (
        "a check for robots",
        bare("<p>Verify you are human.</p>", OFFICES, title="The Post"),
    ),
    "login": ("a login", LOGIN),
    "login: only its title says so": (
        "a login",
        bare(f"<h1>Welcome</h1><p>Your address, please.</p>{VOICE}", title="Sign in | The Post"),
    ),
    "paywall": ("a paywall", html("This article is for subscribers.", SALES_TALK)),
    "gone": ("a page that says there is none", GONE),
}  # fmt: skip


def desk(page: str) -> Desk:
    return Desk(FakeFetcher(pages={URL: answer(page)}), Extractor(at(page)))


@pytest.mark.parametrize(("what", "page"), WALLS.values(), ids=WALLS.keys())
async def test_a_wall_is_no_article(what: str, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is quoted from it; one sentence says what stands there, and nothing says it twice."""
    with pytest.raises(ParseError) as caught:
        await desk(page).read(URL)
    assert str(caught.value) == f"{URL}: {what} stands there instead of an article"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(html(*STORY), id="an article"),
        pytest.param(html(COOKIES, *STORY), id="a banner's line above it"),
        pytest.param(html(*STORY, "Forgot your password?"), id="a login's line below it"),
        pytest.param(html(*STORY, "<div role='dialog'><h2>Log in</h2><p>Password</p></div>"), id="a dialog"),
        pytest.param(html(*STORY, "<svg><title>Log in</title></svg>"), id="a picture's title"),
        pytest.param(
            html(f"<div id='cookie-box'>{COOKIES}</div>", *STORY),
            id="a banner in front",
        ),
    ],
)
async def test_an_article_with_a_walls_words_around_it_is_one(page: str) -> None:
    """A banner, a dialog or a login's box on an article's page says nothing of the article."""
    (read,) = await desk(page).read(URL)
    assert read.article.text.split("\n") == list(STORY)
    assert not read.article.partial


async def test_the_beginning_of_a_paid_article_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    """It is an article; standard error says what stands before the rest."""
    (read,) = await desk(html(*STORY[:2], "Subscribe to continue reading this article.", SALES_TALK)).read(
        URL
    )
    assert read.article.text.split("\n") == list(STORY[:2])
    assert capsys.readouterr().err == f"{URL}: a paywall stands before the article\n"
