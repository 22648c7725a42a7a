import pytest

from digests.feeds.discovery import discover

SITE = "https://courier.example/news/"
RSS = '<link rel="alternate" type="application/rss+xml" href="{}">'


def page(*links: str) -> bytes:
    return f"<!doctype html><html><head>{''.join(links)}</head><body><p>Hello</p></body></html>".encode()


@pytest.mark.parametrize(
    ("links", "found"),
    [
        pytest.param([RSS.format("/rss")], ["https://courier.example/rss"], id="from the root"),
        pytest.param([RSS.format("rss")], ["https://courier.example/news/rss"], id="beside the page"),
        pytest.param([RSS.format("//cdn.example/a")], ["https://cdn.example/a"], id="another host"),
        pytest.param(
            ['<base href="https://other.example/x/">', RSS.format("rss")],
            ["https://other.example/x/rss"],
            id="base",
        ),
        pytest.param(
            [RSS.format("/comments/feed"), RSS.format("/feed")],
            ["https://courier.example/feed", "https://courier.example/comments/feed"],
            id="comments last",
        ),
        pytest.param(
            ['<LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF=" /atom ">'],
            ["https://courier.example/atom"],
            id="however it is spelled",
        ),
        pytest.param(
            ['<link rel=alternate type=application/feed+json href=/feed.json>'],
            ["https://courier.example/feed.json"],
            id="JSON Feed",
        ),
        pytest.param([RSS.format("/a"), RSS.format("/a")], ["https://courier.example/a"], id="twice"),
        pytest.param([RSS.format(f"/{n}") for n in range(9)],
                     [f"https://courier.example/{n}" for n in range(3)], id="three at most"),
        pytest.param(['<link rel=alternate hreflang=fr href=/fr>'], [], id="another language"),
        pytest.param(['<link rel=stylesheet type=application/rss+xml href=/a>'], [], id="no alternate"),
        pytest.param([RSS.format("javascript:alert(1)")], [], id="no web address"),
        pytest.param([RSS.format("")], [], id="the page itself"),
    ],
)  # fmt: skip
def test_a_page_names_its_feeds(links, found):
    """Absolute, in the page's order, those of comments behind the others."""
    assert list(discover(page(*links), url=SITE)) == found


@pytest.mark.parametrize("body", [b"", b"\0" * 100, b"<" * 5_000, b"<link rel=alternate", b"\xff\xfe<\0"])
def test_what_is_no_page_names_nothing(body):
    """Nothing is raised, whatever came."""
    assert discover(body, url=SITE) == ()
