"""Which articles are one article under several addresses: told once, with the outlet that had it first."""

from collections.abc import Sequence

from digests.articles.overlap import share_of
from digests.articles.urls import identity_of
from digests.model import Article, ReadArticle, TextSource

# Of the beginnings of two copies: an outlet may add a line of its own to what it took over.
_SAME_TEXT = 0.9
# "See the picture of the day" stands below the same headline every day.
_TELLING_CHARS = 120


def gather_copies(read: Sequence[ReadArticle]) -> list[tuple[ReadArticle, tuple[int, ...]]]:
    """Return each article once, in order, with the rows of its copies.

    A copy has the same headline and the same text, or says itself where it is taken from, which its headline
    and text bear out. Items that only share a headline are two.
    """
    groups: dict[str, list[list[ReadArticle]]] = {}
    for one in read:
        same = groups.setdefault(_headline(one.article), [])
        group = next((group for group in same if _are_one(group[0].article, one.article)), None)
        if group is None:
            same.append([one])
        else:
            group.append(one)
    copies = {}
    for group in (group for same in groups.values() for group in same):
        first = min(group, key=_published)
        copies[first.id] = tuple(one.id for one in group if one is not first)
    return [(one, copies[one.id]) for one in read if one.id in copies]


def _headline(article: Article) -> str:
    return " ".join(article.title.casefold().split())


def _published(read: ReadArticle) -> tuple[float, int]:
    return (read.article.published or read.arrived).timestamp(), read.id


def _are_one(one: Article, other: Article) -> bool:
    """Tell whether two articles with one headline are one article."""
    if not (one.title and one.url and other.url) or one.url == other.url:
        return False
    if _has_telling_text(one) and one.text.split() == other.text.split():
        return True
    if _source(one) != _source(other):
        return False
    shares = (share_of(one.text, other.text), share_of(other.text, one.text))
    return all(share is not None and share >= _SAME_TEXT for share in shares)


def _has_telling_text(article: Article) -> bool:
    whole = article.source not in (TextSource.SUMMARY, TextSource.NONE)
    return bool(article.text) and (whole or len(article.text) >= _TELLING_CHARS)


def _source(article: Article) -> str:
    return identity_of(article.origin or article.url)
