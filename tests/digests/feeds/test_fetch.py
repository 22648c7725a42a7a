import asyncio
import gzip
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from digests.errors import AddressRefused, FetchCause, FetchError
from digests.feeds.fetch import USER_AGENT, Fetcher, FetchLimits
from digests.model import FeedToFetch
from tests.feed_server import (
    FeedServer,
    conditional,
    cut_off,
    endless,
    gzip_bomb,
    raw,
    redirect,
    reply,
    silent,
    slow,
    status,
)

RSS = b"<rss version='2.0'><channel><title>Fernvale Courier</title></channel></rss>"
QUICK = FetchLimits(
    feed_bytes=2_000_000, page_bytes=1_000_000, total=timedelta(seconds=10), connect=timedelta(seconds=2)
)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        yield server


@pytest.fixture
async def fetcher(server: FeedServer) -> AsyncIterator[Fetcher]:
    async with Fetcher(server.allow, QUICK) as fetcher:
        yield fetcher


async def cause_of(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch_feed(FeedToFetch(url=url))
    return caught.value


async def test_a_feed_comes_with_its_validators_and_type(server, fetcher):
    """Body, final address, type, validators and freshness are what the server said."""
    url = server.on(
        "/feed",
        reply(RSS, content_type="text/xml", etag='"1"', last_modified="x", cache_control="max-age=60"),
    )
    result = await fetcher.fetch_feed(FeedToFetch(url=url))
    assert (result.url, result.body, result.content_type) == (url, RSS, "text/xml")
    assert (result.etag, result.last_modified, result.max_age) == ('"1"', "x", timedelta(minutes=1))


async def test_we_say_who_we_are(server, fetcher):
    """The User-Agent is honest and never a browser's."""
    await fetcher.fetch_feed(FeedToFetch(url=server.on("/feed", reply(RSS))))
    assert server.seen[0].headers["user-agent"] == USER_AGENT


async def test_an_unchanged_feed_has_no_body(server, fetcher):
    """The validators of the last answer are sent back, and a 304 brings nothing."""
    url = server.on("/feed", conditional(RSS, etag='"v1"'))
    first = await fetcher.fetch_feed(FeedToFetch(url=url))
    again = await fetcher.fetch_feed(FeedToFetch(url=url, etag=first.etag))
    assert (first.body, again.body, again.etag) == (RSS, None, '"v1"')


async def test_a_page_that_is_not_modified_unasked_is_an_error(server, fetcher):
    """Pages are asked for without validators, so a 304 holds no page."""
    with pytest.raises(FetchError, match="not modified") as caught:
        await fetcher.fetch_page(server.on("/a", status(304)))
    assert caught.value.cause is FetchCause.BROKEN


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        pytest.param(gzip.compress(RSS), "gzip", id="gzip"),
        pytest.param(gzip.compress(RSS[:20]) + gzip.compress(RSS[20:]), "gzip", id="gzip in two members"),
        pytest.param(gzip.compress(RSS) + b"\0" * 40, "gzip", id="padded gzip"),
        pytest.param(zlib.compress(RSS), "deflate", id="deflate"),
        pytest.param(zlib.compress(RSS)[2:-4], "deflate", id="deflate without header"),
        pytest.param(RSS, "utf-8", id="a charset in the wrong header"),
    ],
)
async def test_compressed_bodies_are_inflated(server, fetcher, body, coding):
    """Every form of gzip and deflate that servers send is read."""
    url = server.on("/feed", reply(body, content_encoding=coding))
    assert (await fetcher.fetch_feed(FeedToFetch(url=url))).body == RSS


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        pytest.param(400, FetchCause.CLIENT_ERROR, id="400"),
        pytest.param(401, FetchCause.FORBIDDEN, id="401"),
        pytest.param(403, FetchCause.FORBIDDEN, id="403"),
        pytest.param(404, FetchCause.NOT_FOUND, id="404"),
        pytest.param(410, FetchCause.GONE, id="410"),
        pytest.param(418, FetchCause.CLIENT_ERROR, id="418"),
        pytest.param(429, FetchCause.RATE_LIMITED, id="429"),
        pytest.param(500, FetchCause.SERVER_ERROR, id="500"),
        pytest.param(503, FetchCause.SERVER_ERROR, id="503"),
        pytest.param(300, FetchCause.BROKEN, id="300"),
    ],
)
async def test_each_status_has_its_cause_and_words(server, fetcher, code, cause):
    """The words name host and path and the status, and never the query, which may hold a token."""
    error = await cause_of(fetcher, server.on("/feed", status(code)) + "?token=hush")
    assert error.cause is cause
    assert "127.0.0.1/feed" in str(error)
    assert str(code) in str(error)
    assert "hush" not in str(error)


@pytest.mark.parametrize("code", [429, 503])
async def test_retry_after_is_told(server, fetcher, code):
    """How long the server wants to be left alone goes with the error."""
    error = await cause_of(fetcher, server.on("/feed", status(code, retry_after="120")))
    assert error.retry_after == timedelta(minutes=2)


async def test_a_gzip_bomb_of_200_megabytes_is_stopped_early(server, fetcher):
    """No more than the limit is held, whatever it would inflate to, and the rest is not awaited."""
    url = server.on("/feed", gzip_bomb(200))
    tracemalloc.start()
    try:
        error = await cause_of(fetcher, url)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.cause is FetchCause.TOO_LARGE
    assert peak < 20_000_000


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        pytest.param(endless(), FetchCause.TOO_LARGE, id="endless body"),
        pytest.param(reply(b"", content_length="99999999"), FetchCause.TOO_LARGE, id="stated too large"),
        pytest.param(cut_off(RSS, stated=500), FetchCause.BROKEN, id="shorter than stated"),
        pytest.param(cut_off(RSS, stated=20), FetchCause.BROKEN, id="longer than stated"),
        pytest.param(
            reply(gzip.compress(RSS)[:40], content_encoding="gzip"), FetchCause.BROKEN, id="cut gzip"
        ),
        pytest.param(reply(RSS, content_encoding="gzip"), FetchCause.BROKEN, id="not gzip"),
        pytest.param(reply(RSS, content_encoding="br"), FetchCause.BROKEN, id="brotli unasked"),
        pytest.param(raw(b""), FetchCause.BROKEN, id="hangs up"),
        pytest.param(raw(b"220 mail.example ESMTP\r\n"), FetchCause.BROKEN, id="not HTTP"),
        pytest.param(raw(b"HTTP/1.1 200 OK\r\nbroken"), FetchCause.BROKEN, id="cut headers"),
        pytest.param(status(302), FetchCause.BROKEN, id="redirect to nowhere"),
        pytest.param(redirect("http://[:::/"), FetchCause.BAD_ADDRESS, id="redirect to no address"),
        pytest.param(redirect("/feed"), FetchCause.REDIRECTS, id="redirect loop"),
    ],
)
async def test_what_a_publisher_does_wrong_is_told_by_its_cause_in_bounded_time(
    server, fetcher, answer, cause
):
    """Nothing hangs and nothing but a FetchError comes out."""
    began = time.monotonic()
    error = await cause_of(fetcher, server.on("/feed", answer))
    assert error.cause is cause
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        pytest.param("Content-Length: 500", f"sent {len(RSS)} of 500 bytes and broke off.", id="a length"),
        pytest.param(
            "Content-Length: 500\r\nContent-Encoding: gzip", "sent 20 of 500 bytes and broke off.", id="gzip"
        ),
        pytest.param(
            "Transfer-Encoding: chunked", f"broke off after {len(RSS)} bytes.", id="chunks without an end"
        ),
    ],
)
async def test_how_much_of_a_body_came_is_told(server, fetcher, stated, told):
    """A publisher can look for the place; the bytes are those on the wire."""
    body = gzip.compress(RSS)[:20] if "Encoding: gzip" in stated else RSS
    if "chunked" in stated:
        body = f"{len(RSS):x}\r\n".encode() + RSS + b"\r\n"
    answer = raw(f"HTTP/1.1 200 OK\r\n{stated}\r\n\r\n".encode() + body)
    error = await cause_of(fetcher, server.on("/feed", answer))
    assert str(error).endswith(f"/feed {told}")


@pytest.mark.parametrize(
    "answer", [pytest.param(slow(RSS, every=0.05), id="slow body"), pytest.param(silent(), id="no answer")]
)
async def test_a_server_slower_than_the_limit_is_given_up(server, answer):
    """The limit covers the whole exchange, however busily it drips."""
    async with Fetcher(server.allow, FetchLimits(total=timedelta(seconds=0.4))) as fetcher:
        error = await cause_of(fetcher, server.on("/feed", answer))
    assert error.cause is FetchCause.TIMEOUT


@pytest.mark.parametrize("hops", [pytest.param(5, id="five"), pytest.param(6, id="six")])
async def test_five_redirects_are_followed_and_no_more(server, fetcher, hops):
    """The limit counts hops, and the address told is the last one."""
    for hop in range(hops):
        server.on(f"/{hop}", redirect(f"/{hop + 1}"))
    last = server.on(f"/{hops}", reply(RSS))
    if hops == 5:
        assert (await fetcher.fetch_feed(FeedToFetch(url=server.url("/0")))).url == last
    else:
        assert (await cause_of(fetcher, server.url("/0"))).cause is FetchCause.REDIRECTS


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:PORT/secret",
        "http://[::ffff:127.0.0.1]:1/",
        "http://0x7f.1:1/",
        "http://localhost:1/",
        "http://0.0.0.0:1/",
        "http://127.0.0.1:1/",
        "http://[64:ff9b::7f00:1]/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
    ],
)
async def test_a_redirect_off_the_public_internet_is_refused(server, fetcher, target):
    """The server that redirects is allowed, the place it points to is not."""
    url = server.on("/feed", redirect(target.replace("PORT", str(server.port))))
    with pytest.raises(AddressRefused):
        await fetcher.fetch_feed(FeedToFetch(url=url))


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.1/",
        "http://localhost/",
        "http://[fe80::1]/",
        "gopher://x.example/",
        "http://jo:secret@x.example/",
    ],
)
async def test_an_address_off_the_public_internet_is_refused(fetcher, url):
    """So are other schemes and credentials, and no secret stands in the words."""
    with pytest.raises(AddressRefused) as caught:
        await fetcher.fetch_page(url)
    assert "secret" not in str(caught.value)


async def test_an_allowed_name_may_be_private(server):
    """The operator's allow-list takes names: they stand for what they resolve to, at that port."""
    url = server.on("/feed", reply(RSS))
    async with Fetcher([("localhost", server.port)], QUICK) as fetcher:
        result = await fetcher.fetch_feed(FeedToFetch(url=server.url(host="localhost")))
        other = await cause_of(fetcher, url.replace(str(server.port), "1"))
    assert result.body == RSS
    assert other.cause is FetchCause.REFUSED_ADDRESS


@pytest.mark.parametrize(
    "url",
    ["http://", "http://[::", "http://x.example:99999/", "http://a..b/", "http://2130706433/", "nothing"],
)
async def test_what_is_no_address_is_told_so(fetcher, url):
    """A typing mistake never ends in a traceback."""
    error = await cause_of(fetcher, url)
    assert error.cause in (FetchCause.BAD_ADDRESS, FetchCause.REFUSED_ADDRESS, FetchCause.DNS)


async def test_a_name_that_does_not_exist_is_told_so(fetcher):
    """``.invalid`` never resolves (RFC 6761, section 6.4)."""
    error = await cause_of(fetcher, "http://feeds.invalid/rss")
    assert error.cause is FetchCause.DNS
    assert "feeds.invalid" in str(error)


async def test_a_self_signed_certificate_is_refused():
    """TLS is always verified."""
    async with FeedServer(secure=True) as server, Fetcher(server.allow, QUICK) as fetcher:
        error = await cause_of(fetcher, server.on("/feed", reply(RSS)))
    assert error.cause is FetchCause.TLS


async def test_a_port_where_nobody_listens_is_told_so(server):
    """A refused connection is not a refused address."""
    async with FeedServer() as closed:
        allow, url = closed.allow, closed.url()
    async with Fetcher(allow, QUICK) as fetcher:
        assert (await cause_of(fetcher, url)).cause is FetchCause.CONNECT


async def test_waiting_for_a_place_does_not_count_as_the_servers_slowness(server):
    """Many feeds queue up for the few places, and none times out because of the others."""
    url = server.on("/feed", slow(b"x" * 2, every=0.1))
    limits = FetchLimits(total=timedelta(seconds=0.6), connections=2)
    async with Fetcher(server.allow, limits) as fetcher:
        results = await asyncio.gather(*(fetcher.fetch_feed(FeedToFetch(url=url)) for _ in range(8)))
    assert [result.body for result in results] == [b"x" * 2] * 8
    assert server.most_at_once == 2


async def test_a_host_is_asked_two_things_at_a_time(server):
    """Politeness binds every host but those that the operator allows as they stand in the URL."""
    slowly = slow(b"x" * 3, every=0.05)
    server.on("/feed", slowly)
    async with Fetcher([("localhost", server.port)], QUICK) as fetcher:
        for host, most in (("localhost", 6), ("127.0.0.1", 2)):
            server.most_at_once = 0
            url = server.url(host=host)
            await asyncio.gather(*(fetcher.fetch_page(url) for _ in range(6)))
            assert server.most_at_once == most


async def test_where_a_feed_moved_for_good_is_told(server, fetcher):
    """One that is elsewhere for this one time is asked where it was; redirects are followed either way."""
    new = server.on("/new", reply(RSS))
    moved = await fetcher.fetch_feed(FeedToFetch(url=server.on("/moved", redirect("/new", 301))))
    found = await fetcher.fetch_feed(FeedToFetch(url=server.on("/found", redirect("/new", 302))))
    there = await fetcher.fetch_feed(FeedToFetch(url=server.url("/moved"), address=new))
    assert [(one.url, one.moved_to) for one in (moved, found, there)] == [
        (new, new),
        (new, None),
        (new, None),
    ]


async def test_a_file_feed_is_read_once_until_it_changes(tmp_path, fetcher):
    """Files have validators too: time and size."""
    feed = tmp_path / "a feed.xml"
    feed.write_bytes(RSS)
    first = await fetcher.fetch_feed(FeedToFetch(url=feed.as_uri()))
    again = await fetcher.fetch_feed(FeedToFetch(url=feed.as_uri(), etag=first.etag))
    feed.write_bytes(RSS + b" ")
    changed = await fetcher.fetch_feed(FeedToFetch(url=feed.as_uri(), etag=first.etag))
    assert (first.body, again.body, changed.body) == (RSS, None, RSS + b" ")


async def test_a_missing_file_and_a_folder_are_told_so(tmp_path, fetcher):
    """The cause is one, the words name the path."""
    for path in (tmp_path / "none.xml", tmp_path):
        error = await cause_of(fetcher, path.as_uri())
        assert error.cause is FetchCause.MISSING_FILE
        assert str(path) in str(error)


async def test_a_file_over_the_limit_is_refused(tmp_path, fetcher):
    """The limits hold for files."""
    (tmp_path / "big.xml").write_bytes(b" " * 2_000_001)
    assert (await cause_of(fetcher, (tmp_path / "big.xml").as_uri())).cause is FetchCause.TOO_LARGE


async def test_file_pages_are_read_only_inside_their_feeds_folder(tmp_path, fetcher):
    """A bundled feed reaches the pages beside it and nothing else, links and dots included."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "page.html").write_text("<p>in</p>")
    (tmp_path / "out.html").write_text("<p>out</p>")
    (folder / "link.html").symlink_to(tmp_path / "out.html")
    inside = (folder / "page.html").as_uri()
    assert (await fetcher.fetch_page(inside, folder=folder)).body == b"<p>in</p>"
    with pytest.raises(AddressRefused):
        await fetcher.fetch_page(inside)
    for url in ((folder / "link.html").as_uri(), f"{folder.as_uri()}/../out.html", "file:///etc/passwd"):
        with pytest.raises(AddressRefused):
            await fetcher.fetch_page(url, folder=folder)
