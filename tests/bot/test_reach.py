"""An address that will be refused is told before anybody waits for its news."""

import json
from ipaddress import ip_address
from pathlib import Path

import pytest

from bot.reach import refused_feeds
from config.load import load_placed


def told(*urls: str, allow: tuple[str, ...] = (), **env: str) -> list[str]:
    """Return the warnings for a file with these feeds, each on a line of its own from line 2 on."""
    feeds = "".join(f"  - url: {json.dumps(url)}\n" for url in urls)
    text = f"feeds:\n{feeds}network: {{allow: {json.dumps(allow)}}}\n"
    return [str(problem) for problem in refused_feeds(load_placed(text, Path("my.yaml"), env))]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:8099/rss", "127.0.0.1:8099"),
        ("http://10.1.2.3/rss", "10.1.2.3:80"),
        ("https://192.168.0.9/rss", "192.168.0.9:443"),
        ("https://169.254.169.254/", "169.254.169.254:443"),
        ("http://[::1]:8099/rss", "[::1]:8099"),
        ("http://[::ffff:10.0.0.1]/rss", f"[{ip_address('::ffff:10.0.0.1')}]:80"),
        ("http://LOCALHOST:8099/rss", "localhost:8099"),
        ("http://feeds.localhost./rss", "feeds.localhost:80"),
        ("http://printer.local/rss", "printer.local:80"),
        ("https://news.internal/rss", "news.internal:443"),
        ("https://nas.home.arpa/rss", "nas.home.arpa:443"),
    ],
)
def test_an_address_off_the_public_internet_is_told_with_what_allows_it(url: str, address: str) -> None:
    """File, line and column, and the entry to write, to the letter: with it nothing is told any more."""
    (line,) = told("https://a.example/rss", url)
    assert line == (
        "my.yaml:3:10: warning: this feed is off the public internet and will be refused; "
        f"to allow it, add {address!r} to network.allow"
    )
    assert told(url, allow=(address,)) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://93.184.216.34/rss",
        "https://news.example/rss",
        "http://localhost.example/rss",
        "http://intranet/rss",
        "https://notlocal/rss",
        "file:/srv/feed.xml",
    ],
)
def test_an_address_that_may_be_public_is_not_told(url: str) -> None:
    """Where a name leads is seen when it is asked for, and files are nobody's network."""
    assert told(url) == []


@pytest.mark.parametrize("allowed", ["127.0.0.1:8099", "[::1]:8099", "localhost:8099"])
def test_localhost_is_either_of_its_addresses(allowed: str) -> None:
    """The guard looks at the address that is really connected to."""
    assert told("http://localhost:8099/rss", allow=(allowed,)) == []


def test_an_allowed_address_is_allowed_at_its_port_alone() -> None:
    """As the guard has it."""
    assert (
        len(told("http://localhost:8099/rss", "http://10.0.0.1/", allow=("localhost:80", "10.0.0.1:81"))) == 2
    )


def test_feeds_of_one_address_are_told_once() -> None:
    """Fifty feeds of one test server need one entry; the warning stands at the first."""
    lines = told(*(f"http://127.0.0.1:{port}/{n}" for n in range(3) for port in (8099, 8098)))
    assert [line.split(": ")[0] for line in lines] == ["my.yaml:2:10", "my.yaml:3:10"]
    assert all("(the same for 2 more feeds below)" in line for line in lines)


def test_what_comes_from_a_variable_is_not_shown() -> None:
    """Where it stands is enough; the address may be somebody's secret."""
    (line,) = told("http://${HOST}/rss", HOST="10.9.8.7:81")
    assert "10.9.8.7" not in line
    assert line.endswith("add its host:port to network.allow")
