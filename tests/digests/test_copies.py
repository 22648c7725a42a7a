"""One article under two addresses is one story; two articles under one headline are two."""

from dataclasses import replace

import pytest

from digests import copies
from digests.copies import gather_copies
from digests.digest import Choices, make_digest
from digests.model import ReadArticle, TextSource
from tests.make import HOUR, NOON, TEXT, make_read

LONG = (
    "The council of Velmar voted on Tuesday night to close the harbour bridge before winter, because "
    "engineers found cracks below three pillars. Fishermen who cross it every morning asked for a ferry "
    "instead, and Mayor Ana Ruiz promised an answer within days. Repairs would cost eleven million crowns."
)


def read(number: int, **changes: object) -> ReadArticle:
    """Return an article at its own address, an hour older than the one before."""
    about = {"url": f"https://{number}.example/bridge", "outlet": f"Outlet {number}"}
    return make_read(number, **(about | {"published": NOON - number * HOUR} | changes))


def gathered(*articles: ReadArticle) -> list[tuple[int, ...]]:
    """Return the rows of each story, the one that is shown in front."""
    return [(one.id, *copies) for one, copies in gather_copies(articles)]


def test_the_same_headline_and_text_at_two_addresses_are_one_story_with_the_first_outlet():
    """The one that published first is shown; blanks and the headline's case make no difference."""
    copy = read(1, text=TEXT.replace(" ", "\n"), title="BRIDGE to  be rebuilt")
    assert gathered(copy, read(2), read(3, title="Another")) == [(2, 1), (3,)]


def test_a_digest_tells_a_copied_article_once_and_never_again():
    """Each copy's row counts as told: the next digest does not bring it."""
    digest = make_digest("desk", (read(1), read(2)), Choices(max_stories=8), since=None, until=NOON)
    assert [story.outlet for story in digest.stories] == ["Outlet 2"]
    assert (digest.told, sorted(digest.article_ids)) == (1, [1, 2])


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"text": TEXT + " Nobody else spoke."}, id="another text"),
        pytest.param({"title": "Bridge to be rebuilt again"}, id="another headline"),
        pytest.param({"url": "https://1.example/bridge"}, id="one address for both"),
        pytest.param({"url": ""}, id="no address"),
    ],
)
def test_what_only_shares_a_part_stays_apart(changes):
    """The same headline every day, or the same text under another one, is no copy."""
    assert gathered(read(1), read(2, **changes)) == [(1,), (2,)]


@pytest.mark.parametrize(
    ("source", "text"), [(TextSource.NONE, ""), (TextSource.SUMMARY, "See the picture.")]
)
def test_headlines_alone_and_a_few_words_prove_nothing(source, text):
    """Below "Picture of the day" stand the same words each day."""
    assert gathered(read(1, text=text, source=source), read(2, text=text, source=source)) == [(1,), (2,)]


def test_a_longer_summary_is_a_text():
    """Two feeds that carry one agency's summary tell one story."""
    one, other = (read(n, text=LONG, source=TextSource.SUMMARY) for n in (1, 2))
    assert gathered(one, other) == [(2, 1)]


def test_a_page_that_names_its_origin_is_a_copy_although_it_adds_a_line():
    """Its canonical address leads to the other article, or both lead to a third."""
    origin, third = "http://2.example/bridge?utm_source=wire", "https://wire.example/bridge"
    own = read(1, text=LONG + "\nFor more, follow us.", origin=origin)
    assert gathered(own, read(2, text=LONG)) == [(2, 1)]
    assert gathered(replace_origin(own, third), read(2, text=LONG, origin=third)) == [(2, 1)]


def replace_origin(one: ReadArticle, origin: str) -> ReadArticle:
    return replace(one, article=replace(one.article, origin=origin))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"text": " ".join(LONG.split()[::3])}, id="another text"),
        pytest.param({"text": LONG + " More.", "title": "Another"}, id="another headline"),
        pytest.param({"text": LONG + " More.", "origin": "https://3.example/bridge"}, id="another origin"),
        pytest.param({"text": LONG + " More.", "origin": ""}, id="no origin"),
    ],
)
def test_an_origin_alone_proves_nothing(changes):
    """A template may state one address on every page."""
    own = {"text": LONG, "origin": "https://2.example/bridge"} | changes
    assert gathered(read(1, **own), read(2, text=LONG)) == [(1,), (2,)]


def test_a_feed_with_one_headline_for_all_it_says_is_looked_through_once():
    """Each text is compared with few others: two thousand items of one origin do not hold up a digest."""
    origin = "https://wire.example/bulletin"
    items = [
        read(n, text=f"{LONG} {n} " + " ".join(f"{n}{m}x" for m in range(100, 150)), origin=origin)
        for n in range(2_000)
    ]
    with CountedCalls(copies, "stems") as compared:
        assert len(gather_copies(items)) == 2_000
    assert compared.count < 2 * 2_000 * 6


class CountedCalls:
    """Counts the calls of a function of a module while it is entered."""

    def __init__(self, module, name: str) -> None:
        self._module, self._name, self.count = module, name, 0

    def __enter__(self) -> "CountedCalls":
        self._real = getattr(self._module, self._name)
        setattr(self._module, self._name, self._call)
        return self

    def _call(self, *arguments: str) -> frozenset[str]:
        self.count += 1
        return self._real(*arguments)

    def __exit__(self, *_: object) -> None:
        setattr(self._module, self._name, self._real)
