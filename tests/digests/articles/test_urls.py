import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.articles.urls import canonical, safe_link


@pytest.mark.parametrize(
    ("url", "same"),
    [
        pytest.param("HTTP://Courier.Example/a", "http://courier.example/a", id="case"),
        pytest.param("https://courier.example:443/a", "https://courier.example/a", id="default port"),
        pytest.param("https://courier.example:8443/a", "https://courier.example:8443/a", id="other port"),
        pytest.param("https://courier.example", "https://courier.example/", id="no path"),
        pytest.param("https://courier.example/a/../b/./c", "https://courier.example/b/c", id="dots"),
        pytest.param("https://courier.example/a#comments", "https://courier.example/a", id="fragment"),
        pytest.param(
            "https://courier.example/%7Eana/%c3%a4", "https://courier.example/~ana/%C3%A4", id="percent"
        ),
        pytest.param("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4", id="international"),
        pytest.param(
            "https://courier.example/?b=1&a=2&b=3", "https://courier.example/?b=1&a=2&b=3", id="order kept"
        ),
        pytest.param(
            "https://c.example/a?id=3&utm_source=x&fbclid=y", "https://c.example/a?id=3", id="tracking"
        ),
        pytest.param(
            "https://c.example/a?CMP=share&at_medium=RSS", "https://c.example/a", id="only tracking"
        ),
        pytest.param("https://c.example/a?source=rss", "https://c.example/a", id="from a feed"),
        pytest.param(
            "https://c.example/a?source=wire&cid=4", "https://c.example/a?source=wire&cid=4", id="no tracking"
        ),
        pytest.param("  https://c.example/a ", "https://c.example/a", id="blanks around"),
        pytest.param("http://c.example:99999/", "http://c.example:99999/", id="not an address"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_all_spellings_of_an_address_are_one(url, same):
    """RFC 3986, section 6.2, and no tracking."""
    assert canonical(url) == same


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(TEXT, TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=4), TEXT)
def test_the_canonical_form_is_its_own(host, path, query, fragment):
    """Canonical twice is canonical once, whatever the address holds."""
    parameters = "&".join(f"{name}={value}" for name, value in query)
    for url in (
        f"https://{host}.example/{path}?{parameters}#{fragment}",
        f"http://c.example{path}?{parameters}",
        path,
    ):
        assert canonical(canonical(url)) == canonical(url)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        pytest.param("https://c.example/a?b=(1)#x", "https://c.example/a?b=(1)#x", id="https"),
        pytest.param(" http://c.example/a ", "http://c.example/a", id="blanks around"),
        pytest.param(
            "https://c.example/a b|c>d", "https://c.example/a%20b%7Cc%3Ed", id="what ends links in markup"
        ),
        pytest.param("https://c.example/%zz", "https://c.example/%zz", id="left as it is"),
        pytest.param("javascript:alert(1)", "", id="script"),
        pytest.param("java\nscript:alert(1)", "", id="split script"),
        pytest.param("data:text/html,x", "", id="data"),
        pytest.param("//c.example/a", "", id="no scheme"),
        pytest.param("file:///etc/passwd", "", id="file"),
        pytest.param("https://jo:pw@c.example/", "", id="credentials"),
        pytest.param("https://good.example\\@evil.example/", "", id="backslash"),
        pytest.param("https://c.example/\u202efdp", "", id="bidi"),
        pytest.param("https://c.example/a\u200bb", "", id="zero width"),
        pytest.param("https://c.example/\x07", "", id="control"),
        pytest.param("https://c ex/", "", id="blank in the host"),
        pytest.param("https://", "", id="no host"),
        pytest.param("https://[::", "", id="broken"),
        pytest.param("https://c.example:x/", "", id="bad port"),
        pytest.param("https://c.example/" + "a" * 2000, "", id="too long"),
    ],
)
def test_only_links_that_cannot_mislead_are_printed(url, link):
    """Everything else is dropped, never mended into something else."""
    assert safe_link(url) == link


def test_file_links_are_printed_only_where_allowed():
    """Bundled feeds link to the files beside them."""
    assert safe_link("file:///seeds/a.html", allow_file=True) == "file:///seeds/a.html"
    assert safe_link("file://host/share", allow_file=True) == ""
