"""Articles that were read, and a channel's choices -> what the channel gets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digests.bullets import make_bullets
from digests.copies import gather_copies
from digests.filters import TermFilter
from digests.model import Digest, ReadArticle, Story
from digests.scripts import fitting, whole_character
from digests.sentences import sentence_ends

_LEAD_ROOM = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a channel wants: how many stories as cards, and which articles at all."""

    max_stories: int
    include: TermFilter | None = None
    exclude: TermFilter | None = None

    def wants(self, read: ReadArticle) -> bool:
        """Return whether the article belongs into the channel; ``exclude`` wins."""
        texts = (read.article.title, read.article.text)
        if self.exclude is not None and self.exclude.matches(*texts):
            return False
        return self.include is None or self.include.matches(*texts)


def make_digest(
    channel: str,
    articles: Sequence[ReadArticle],
    choices: Choices,
    *,
    since: datetime | None,
    until: datetime,
    failing_feeds: int = 0,
    story_of: Callable[[ReadArticle], Story] | None = None,
) -> Digest:
    """Return the digest of all wanted ``articles``, those with something to tell first, newest first.

    An article under several addresses is one story, with the outlet that had it first.
    ``story_of`` stands for ``make_story`` where somebody remembers what that made.
    """
    wanted = sorted((a for a in articles if choices.wants(a)), key=_newest_first)
    tell = story_of or make_story
    told = [(tell(first), copies) for first, copies in gather_copies(wanted)]
    stories = [replace(story, copies=copies) if copies else story for story, copies in told]
    stories.sort(key=lambda story: not story.bullets)
    return Digest(
        channel=channel,
        since=since,
        until=until,
        stories=tuple(stories[: choices.max_stories]),
        more=tuple(stories[choices.max_stories :]),
        failing_feeds=failing_feeds,
    )


def _newest_first(read: ReadArticle) -> tuple[float, int]:
    return -(read.article.published or read.arrived).timestamp(), read.id


def make_story(read: ReadArticle) -> Story:
    """Return one article as a story: its bullets, or its first sentence where nobody acts or speaks."""
    article = read.article
    bullets = make_bullets(article, read.analysis) if read.analysis is not None else ()
    language = read.analysis.language if read.analysis is not None else ""
    return Story(
        article_id=read.id,
        headline=article.title,
        url=article.url,
        outlet=article.outlet,
        published=article.published,
        bullets=bullets,
        note="" if bullets else _lead(article.text, article.title, language),
        source=article.source,
        partial=article.partial,
        pages=article.pages,
        language=language,
    )


def _lead(text: str, title: str, language: str) -> str:
    """Return the first sentence of the text, in its own words; empty where there is no text."""
    lines = [line.strip() for line in text.split("\n") if line.strip() and line.strip() != title]
    if not lines:
        return ""
    sentence = lines[0][: sentence_ends(lines[0], language)[0]].rstrip()
    most = fitting(sentence, _LEAD_ROOM)
    if len(sentence) <= most:
        return sentence
    space = sentence.rfind(" ", 0, most)
    if space <= 0:
        return sentence[: whole_character(sentence, most)] + "…"
    return sentence[:space].rstrip(" ,;:—–") + " …"
