import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from lxml import etree, html

from digests.articles.rules import folded, page_words, rule_for, select, shipped_rules
from digests.articles.walls import clear
from digests.model import PageRule, Wall

ROOT = Path(__file__).parents[3]
DATA = json.loads((resources.files("digests.articles") / "pages.json").read_text(encoding="utf-8"))
OWN = (
    PageRule(host="post.example", content="//main"),
    PageRule(host="sport.post.example", content="//section"),
    PageRule(host="tidewater-weekly.example", content="//div"),
)


PHRASES = [
    (kind, phrase)
    for kind, by_language in DATA["walls"].items()
    for found in by_language.values()
    for phrase in found
]
TITLES = [phrase for found in DATA["titles"].values() for phrase in found]


def test_a_phrase_is_written_as_it_is_looked_for() -> None:
    """In lower case, with plain marks and single blanks; any other would never be found."""
    assert len(PHRASES) > 250
    assert [phrase for _, phrase in PHRASES if folded(phrase) != phrase] == []
    assert [title for title in TITLES if folded(title) != title] == []


@pytest.mark.parametrize(("kind", "phrase"), [one for one in PHRASES if one[0] in ("consent", "paywall")])
def test_a_line_that_a_wall_says_is_in_no_article(kind: str, phrase: str) -> None:
    """In every language; the paragraphs around it stay."""
    line = f"{phrase.capitalize()} …"
    cleared = clear(f"The ferry sails again.\n{line}")
    assert cleared.text == "The ferry sails again."
    assert set(cleared.walls) <= {Wall.CONSENT, Wall.PAYWALL}
    assert cleared.walls


def texts() -> Iterator[str]:
    for name in ("articles", "hard"):
        lines = (ROOT / "tests" / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        yield from (json.loads(line)["text"] for line in lines if line)


def test_an_article_loses_nothing_to_the_walls_words() -> None:
    """Whatever our own articles tell of, none of their lines is taken for a wall's."""
    articles = list(texts())
    assert len(articles) > 40
    assert [text for text in articles if clear(text).text != text] == []


def test_every_shipped_rule_is_one_that_works() -> None:
    """Its paths compile and select elements, and its host is written as hosts are."""
    page = html.document_fromstring("<p>x</p>")
    for rule in shipped_rules():
        for path in (rule.content, *rule.strip, rule.next):
            assert isinstance(etree.XPath(path or "//p")(page), list)
        assert rule.host == rule.host.lower().removeprefix("www.")
    assert len(shipped_rules()) == len(DATA["hosts"]) > 0


@pytest.mark.parametrize(
    ("url", "content"),
    [
        pytest.param("https://post.example/a", "//main", id="the host"),
        pytest.param("https://WWW.Post.example/a", "//main", id="its subdomain"),
        pytest.param("https://live.sport.post.example/a", "//section", id="the longer host"),
        pytest.param("https://badpost.example/a", "", id="a host that ends alike"),
        pytest.param("https://tidewater-weekly.example/a", "//div", id="the operator's before ours"),
        pytest.param("file:///srv/a.html", "", id="no host"),
    ],
)
def test_a_rule_is_for_its_host_and_those_below_it(url: str, content: str) -> None:
    """The operator knows best; of two rules the nearer one is meant."""
    assert rule_for(url, OWN).content == content


def test_ours_are_used_where_the_operator_has_none() -> None:
    """They are shipped to be used."""
    assert rule_for("https://www.tidewater-weekly.example/a").content == "//div[@id='story']"


@pytest.mark.parametrize(
    "path", ["//p[", "unknown:p", "count(//p)", "//p/@class", "//p/text()", "nofunction()"]
)
def test_a_path_that_selects_no_elements_selects_nothing(path: str) -> None:
    """A page never fails by a rule."""
    assert select(html.document_fromstring("<p class='a'>x</p>"), path) == []


def test_words_are_read_once() -> None:
    """The file is small, and pages are many."""
    assert page_words() is page_words()
