"""Makers of small domain records: what a test does not mention has a plain default."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from digests.analysis.people import Person
from digests.analysis.quotes import find_paragraphs, find_quotes
from digests.analysis.roles import roles_of_mention
from digests.analysis.tokens import Entity, Parsed, Token, link_children
from digests.document import Card, Document, Run, Style
from digests.model import (
    Actor,
    ActorKind,
    Analysis,
    Article,
    Bullet,
    Digest,
    EntryToStore,
    FeedPoll,
    FeedToFetch,
    OutboxPart,
    PollOutcome,
    Quote,
    QuoteKind,
    ReadArticle,
    Span,
    Story,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
GAZETTE = "https://gazette.example/rss"
TEXT = "The mayor, Ana Ruiz, spoke on Monday. “We will rebuild the bridge,” she said."


def make_feed(url: str = GAZETTE, **changes: Any) -> FeedToFetch:
    """Return a configured feed."""
    return FeedToFetch(url=url, **changes)


def make_entry(number: int = 1, **changes: Any) -> EntryToStore:
    """Return a fresh entry; entries of one ``number`` announce one article."""
    address = f"https://gazette.example/{number}"
    defaults: dict[str, Any] = {
        "key": number,
        "guid": number,
        "link": 1_000_000 + number,
        "headline": 2_000_000 + number,
        "identity": address,
        "own_identity": f"entry:{number}",
        "url": address,
        "title": f"Headline {number}",
    }
    return EntryToStore(**(defaults | changes))


def make_poll(*entries: EntryToStore, url: str = GAZETTE, at: datetime = NOON, **changes: Any) -> FeedPoll:
    """Return a poll that brought ``entries`` and asks for another in an hour."""
    defaults: dict[str, Any] = {"outcome": PollOutcome.FETCHED, "next_at": at + HOUR, "title": "The Gazette"}
    return FeedPoll(url=url, at=at, entries=entries, **(defaults | changes))


def make_article(**changes: Any) -> Article:
    """Return a short article with one quote in it."""
    defaults: dict[str, Any] = {
        "url": "https://gazette.example/1",
        "title": "Bridge to be rebuilt",
        "text": TEXT,
    }
    return Article(**(defaults | changes))


def make_analysis(**changes: Any) -> Analysis:
    """Return what ``make_article`` says: one actor, one quote."""
    start = TEXT.index("We will")
    end = TEXT.index(",” she")
    quote = Quote(
        start=start,
        end=end,
        text=TEXT[start:end],
        kind=QuoteKind.DIRECT,
        speaker="she",
        speaker_start=end + 3,
        speaker_end=end + 6,
        speaker_resolved="Ana Ruiz",
        role="mayor",
        cue="said",
        said_on="Monday",
        confidence=0.93,
    )
    clause = Span(start=0, end=9, text=TEXT[:9])
    actor = Actor(name="Ana Ruiz", kind=ActorKind.PERSON, role="mayor", mentions=((11, 19),), clause=clause)
    return Analysis(
        **({"engine": "rules-1", "language": "en", "actors": (actor,), "quotes": (quote,)} | changes)
    )


def make_story(article_id: int = 1, **changes: Any) -> Story:
    """Return a story with one bullet."""
    pieces = (Span(start=0, end=9, text="The mayor"),)
    bullet = Bullet(speaker="Ana Ruiz", role="mayor", pieces=pieces, quoted=True)
    defaults: dict[str, Any] = {
        "headline": f"Headline {article_id}",
        "url": f"https://gazette.example/{article_id}",
        "outlet": "The Gazette",
        "published": NOON,
        "bullets": (bullet,),
    }
    return Story(article_id=article_id, **(defaults | changes))


def make_digest(*article_ids: int, channel: str = "city-desk", **changes: Any) -> Digest:
    """Return a digest that tells the articles in these rows."""
    stories = tuple(make_story(number) for number in article_ids)
    return Digest(**({"channel": channel, "since": None, "until": NOON, "stories": stories} | changes))


def make_document(**changes: Any) -> Document:
    """Return a document with one card and one more headline."""
    card = Card(
        headline=Run(text="Headline 1", href="https://gazette.example/1"),
        meta="The Gazette, 12:00",
        bullets=((Run(text="Ana Ruiz", style=Style.STRONG), Run(text=" spoke")),),
    )
    return Document(
        **({"title": "Monday noon", "cards": (card,), "more": ((Run(text="Headline 2"),),)} | changes)
    )


def make_part(number: int = 1, *, channel: str = "C1", **changes: Any) -> OutboxPart:
    """Return a part that is due at noon."""
    defaults: dict[str, Any] = {
        "key": f"{channel}-{number}",
        "platform": "fake",
        "payload": {"text": f"part {number}"},
        "due_at": NOON,
    }
    return OutboxPart(channel=channel, **(defaults | changes))


def make_read(number: int = 1, **changes: Any) -> ReadArticle:
    """Return an article with its analysis, first seen at noon; ``changes`` go to the article."""
    read = {name: changes.pop(name) for name in ("analysis", "arrived") if name in changes}
    defaults: dict[str, Any] = {"analysis": make_analysis(), "arrived": NOON, "id": number}
    return ReadArticle(article=make_article(**changes), **(defaults | read))


# --- who said what: pieces of a text, found by their words -----------------------------------------


def make_span(text: str, words: str) -> Span:
    """Return where ``words`` stand first in ``text``."""
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def make_quote(text: str, words: str, who: str | None = "Ana Ruiz", **changes: Any) -> Quote:
    """Return ``words`` of ``text`` as a sure quote of ``who``; nobody's is an unsure one."""
    span = make_span(text, words)
    defaults: dict[str, Any] = {
        "kind": QuoteKind.DIRECT,
        "speaker_resolved": who,
        "confidence": 0.9 if who else 0.3,
    }
    return Quote(start=span.start, end=span.end, text=words, **(defaults | changes))


def make_actor(name: str, **changes: Any) -> Actor:
    """Return a person."""
    return Actor(**({"name": name, "kind": ActorKind.PERSON} | changes))


def make_person(text: str, name: str, **changes: Any) -> Person:
    """Return somebody mentioned wherever ``text`` prints ``name``; a person, while it is being read."""
    person = Person(**({"name": name, "kind": ActorKind.PERSON} | changes))
    for match in re.finditer(re.escape(name), text):
        person.mention(*match.span(), name)
    return person


def make_parsed(text: str, *sentences: str, entities: Sequence[tuple[str, str]] = ()) -> Parsed:
    """Return ``text`` as the parser hands it on.

    A sentence is its tokens, ``word/tag/dep/head`` each, heads counted in the sentence. ``^word`` stands
    in for a masked quote. ``entities`` are ``(words, label)`` in the order of the text.
    """
    tokens = list(_tokens(text, sentences))
    ends = [0]
    for sentence in sentences:
        ends.append(ends[-1] + len(sentence.split()))
    bounds = tuple(pairwise(ends))
    return Parsed(
        text, tuple(tokens), bounds, tuple(_entities(text, tokens, entities)), link_children(tokens)
    )


def _tokens(text: str, sentences: Sequence[str]) -> Iterator[Token]:
    quotes, paragraphs = find_quotes(text), find_paragraphs(text)
    position = index = masked_to = 0
    for number, sentence in enumerate(sentences):
        first = index
        for row in sentence.split():
            word, tag, dep, head = row.rsplit("/", 3)
            if word.startswith("^"):
                quote = next(i for i, q in enumerate(quotes) if q.start >= position)
                start = end = quotes[quote].start
                masked_to, word = quotes[quote].end, word[1:]
            else:
                start = text.index(word, max(position, masked_to))
                end = position = start + len(word)
                quote = next((i for i, q in enumerate(quotes) if q.start <= start < q.end), -1)
            paragraph = next(i for i, (_, stop) in enumerate(paragraphs) if start < stop)
            lower = word.lower().replace("’", "'")
            yield Token(index, word, lower, tag, dep, first + int(head), start, end, number, paragraph, quote)
            index += 1


def _entities(text: str, tokens: Sequence[Token], named: Sequence[tuple[str, str]]) -> Iterator[Entity]:
    position = 0
    for words, label in named:
        start = text.index(words, position)
        position = start + len(words)
        inside = [token.i for token in tokens if start <= token.start < token.end <= position]
        yield Entity(start, position, label, *((inside[0], inside[-1]) if inside else (-1, -1)))


def roles_at(
    text: str, rows: str, name: str = "Ana Ruiz", entities: Sequence[tuple[str, str]] = ()
) -> tuple[str, ...]:
    """Return the roles read off the words around a name in one sentence."""
    mention = make_span(text, name)
    return roles_of_mention(make_parsed(text, rows, entities=entities), mention.start, mention.end)[0]
