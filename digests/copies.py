"""Which articles are one article under several addresses: told once, with the outlet that had it first."""

from collections.abc import Sequence

from digests.articles.overlap import stems
from digests.articles.urls import identity_of
from digests.feeds.identity import mark
from digests.model import Article, ReadArticle, TextSource

# Of all the words of two copies: an outlet may add a line of its own to what it took over.
_SAME_WORDS = 0.9
_MOST_COMPARED = 5
# "See the picture of the day" stands below the same headline every day.
_TELLING_CHARS = 120


def gather_copies(read: Sequence[ReadArticle]) -> list[tuple[ReadArticle, tuple[int, ...]]]:
    """Return each article once, in order, with the rows of its copies.

    A copy has the same headline and the same text, or says itself where it is taken from, which its headline
    and text bear out. Items that only share a headline are two.
    """
    by_headline: dict[str, list[ReadArticle]] = {}
    for one in read:
        by_headline.setdefault(_headline(one.article), []).append(one)
    copies: dict[int, tuple[int, ...]] = {}
    for same in by_headline.values():
        for group in _groups(same) if len(same) > 1 else (same,):
            first = min(group, key=_published)
            copies[first.id] = tuple(one.id for one in group if one is not first)
    return [(one, copies[one.id]) for one in read if one.id in copies]


def copy_mark(article: Article) -> int | None:
    """Return what all copies of an article share, headline and text; ``None`` where these tell too little."""
    text = _telling_text(article)
    return mark(f"{_headline(article)}\n{text}") if article.title and article.url and text else None


def _groups(same: Sequence[ReadArticle]) -> list[list[ReadArticle]]:
    """Return articles with one headline, those that are one article together.

    Each looks for its text, and at few articles of its origin: a feed may have one headline for all it says.
    """
    groups: list[list[ReadArticle]] = []
    by_text: dict[str, list[ReadArticle]] = {}
    by_source: dict[str, list[list[ReadArticle]]] = {}
    for one in same:
        article = one.article
        text, source = _telling_text(article), _source(article)
        group = by_text.get(text) if text else None
        if group is None:
            group = next((g for g in by_source.get(source, ()) if _is_copy(g[0].article, article)), None)
        if group is None or not _can_be_one(group, article):
            groups.append(group := [])
        group.append(one)
        by_text.setdefault(text, group)
        known = by_source.setdefault(source, [])
        if len(known) < _MOST_COMPARED and all(group is not one for one in known):
            known.append(group)
    return groups


def _headline(article: Article) -> str:
    return " ".join(article.title.casefold().split())


def _published(read: ReadArticle) -> tuple[float, int]:
    return (read.article.published or read.arrived).timestamp(), read.id


def _can_be_one(group: Sequence[ReadArticle], article: Article) -> bool:
    """Tell whether an article has an address of its own beside those of a group."""
    return bool(article.title and article.url) and all(article.url != one.article.url != "" for one in group)


def _is_copy(one: Article, other: Article) -> bool:
    """Tell whether two articles of one origin say nearly the same words."""
    words, others = stems(one.text), stems(other.text)
    return len(words & others) >= max(_SAME_WORDS * len(words | others), 1)


def _telling_text(article: Article) -> str:
    """Return the text on one line; empty where it says too little to tell articles apart."""
    whole = article.source not in (TextSource.SUMMARY, TextSource.NONE)
    return " ".join(article.text.split()) if whole or len(article.text) >= _TELLING_CHARS else ""


def _source(article: Article) -> str:
    return identity_of(article.origin or article.url)
