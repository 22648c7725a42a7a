import pytest
from lxml import html

from digests.articles.links import believed, next_link, origin, same_site, without_parameters
from digests.articles.overlap import share_of
from digests.model import PageRule

URL = "https://post.example/news/saltmere-harbour-wall"
TITLE = "Saltmere council votes to rebuild the harbour wall"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://post.example/a", "http://www.post.example/b", True),
        ("https://m.post.example/a", "https://amp.post.example/b", True),
        ("https://post.example/a", "https://post.example:8443/a", False),
        ("https://post.example/a", "https://sport.post.example/a", False),
        ("https://post.example/a", "https://post.example.evil.example/a", False),
        ("file:///a", "file:///b", False),
        ("https://[x", "https://[x", False),
    ],
)
def test_a_site_is_its_host_in_all_its_forms(one: str, other: str, same: bool) -> None:
    """For phones, for AMP, with and without www; nothing else is the same site."""
    assert same_site(one, other) is same


@pytest.mark.parametrize(
    ("stated", "url", "found"),
    [
        pytest.param(URL, f"{URL}.amp.html", URL, id="AMP by ending"),
        pytest.param(URL, f"{URL}/amp/", URL, id="AMP by folder"),
        pytest.param(URL, f"{URL}?outputType=amp", URL, id="AMP by query"),
        pytest.param("/news/saltmere-harbour-wall", f"{URL}?ref=rss", URL, id="relative"),
        pytest.param("//post.example/a-77001.html", "https://post.example/77001", "https://post.example/a-77001.html",
                     id="same number"),
        pytest.param("https://post.example/a/20260302", "https://post.example/b/20260302", "", id="same day"),
        pytest.param("https://post.example/news", URL, "", id="section"),
        pytest.param("https://post.example/local-and-more/", URL.replace("news", "local-and-more"), "",
                     id="section with a slug"),
        pytest.param("https://post.example/", URL, "", id="home"),
        pytest.param("https://post.example/", "https://post.example/amp/", "", id="home of an AMP page"),
        pytest.param("https://user:pw@post.example/news/saltmere-harbour-wall", URL, "", id="credentials"),
        pytest.param("http://[", URL, "", id="no address"),
        pytest.param("", URL, "", id="nothing"),
    ],
)  # fmt: skip
def test_a_canonical_address_is_believed_where_it_can_be_the_same_article(stated, url, found) -> None:
    """A template's mistake must not make all articles of a site one."""
    assert believed(stated, url=url, title="Wall") == found


def test_a_slug_made_of_the_title_is_believed() -> None:
    """Where the page's own address says nothing."""
    assert believed("/news/saltmere-rebuilds-harbour-wall", url="https://post.example/?id=7", title=TITLE)
    assert not believed("/news/herring-fleet-sails-out", url="https://post.example/?id=7", title=TITLE)


@pytest.mark.parametrize(
    ("url", "markup", "found"),
    [
        pytest.param(URL, "<a rel='next' href='?page=2'>x</a>", f"{URL}?page=2", id="query"),
        pytest.param(f"{URL}.html", f"<a href='{URL}-2.html'>Next page »</a>", f"{URL}-2.html", id="file"),
        pytest.param(URL, f"<a href='{URL}/page/2'>2</a>", f"{URL}/page/2", id="folder"),
        pytest.param(f"{URL}?page=2", "<a href='?page=3'>3</a>", f"{URL}?page=3", id="third"),
        pytest.param(f"{URL}?page=2", "<a rel='next' href='?page=1'>x</a>", "", id="backwards"),
        pytest.param(URL, "<a rel='next' href='?page=3'>x</a>", "", id="too far"),
        pytest.param(URL, "<a rel='next' href='?page=2&print=1'>x</a>", "", id="another form"),
        pytest.param("https://post.example/?p=1", "<a rel='next' href='/?p=2'>x</a>", "", id="archive"),
        pytest.param("https://post.example/news/41", "<a rel='next' href='/news/42'>x</a>", "", id="numbers"),
        pytest.param(URL, "<a href='/2'>2</a>", "", id="elsewhere"),
        pytest.param(URL, "<a rel='next' href='javascript:go(2)'>x</a>", "", id="script"),
        pytest.param(URL, "<a rel='next' href='http://['>x</a>", "", id="no address"),
    ],
)  # fmt: skip
def test_the_next_page_is_this_address_with_the_next_number(url: str, markup: str, found: str) -> None:
    """``rel=next`` alone may be the next article."""
    root = html.document_fromstring(f"<body><p>x</p>{markup}</body>")
    assert next_link(root, url, PageRule(host="")) == found


def test_an_outlets_rule_leads_anywhere_on_its_site() -> None:
    """And nowhere else."""
    root = html.document_fromstring(
        "<a class='on' href='http://169.254.0.1/'>x</a><a class='on' href='/b'>x</a>"
    )
    rule = PageRule(host="post.example", next="//a[@class='on']")
    assert next_link(root, URL, rule) == "https://post.example/b"


@pytest.mark.parametrize(
    ("words", "text", "share"),
    [
        pytest.param("Saltmere rebuilds walls", "The wall? Saltmere is rebuilding ports.", 2 / 3, id="stems"),
        pytest.param("Two of it", "Two of it", None, id="too few"),
        pytest.param("港の防波堤を再建", "市議会は港の防波堤を再建する", 1.0, id="no blanks"),
        pytest.param("regatta rowers medals", "The council voted.", 0.0, id="nothing"),
    ],
)  # fmt: skip
def test_words_are_compared_in_any_inflection_and_script(words: str, text: str, share: float | None) -> None:
    """Three words are the least that tell anything."""
    assert share_of(words, text) == (share if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("stated", "url", "found"),
    [
        pytest.param("https://post.example/a/7", "https://post.example/a/7?from=one", True, id="without all"),
        pytest.param("/story?id=7", "https://post.example/story?id=7&x=1", True, id="without one"),
        pytest.param("/story?id=8", "https://post.example/story?id=7&x=1", False, id="another value"),
        pytest.param("/a/7", "https://post.example/a/7", False, id="itself"),
        pytest.param("/a", "https://post.example/a/7?x=1", False, id="another path"),
        pytest.param("/", "https://post.example/?id=7", False, id="home"),
        pytest.param("https://wire.example/a/7", "https://post.example/a/7?x=1", False, id="another site"),
        pytest.param("", "https://post.example/a/7?x=1", False, id="nothing"),
    ],
)
def test_an_address_without_parameters_may_be_the_articles_own(stated, url, found) -> None:
    """That is what the readers of two feeds have in common; whether it is one article the text shows."""
    assert bool(without_parameters(stated, url)) is found


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        pytest.param("https://wire.example/a-7", "https://wire.example/a-7", id="another site"),
        pytest.param("https://www.post.example/a-7", "", id="the same site"),
        pytest.param("https://wire.example/", "", id="a home page"),
        pytest.param("javascript:alert(1)", "", id="no address"),
    ],
)
def test_a_copy_names_the_site_it_is_taken_from(stated, found) -> None:
    """Its canonical address is on another site, and no home page."""
    assert origin(stated, URL) == found
