"""A digest -> the neutral document that every platform renders. Says everything a reader reads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from digests.articles.fragments import text_fragment
from digests.catalogue import ENGLISH, Catalogue, catalogue
from digests.document import Card, Document, Line, Run, Style
from digests.model import Bullet, Digest, Span, Story, TextSource
from digests.render.marks import quotation_marks
from digests.render.roles import display_day, display_place, display_role
from digests.scripts import UNSPACED_LANGUAGES, stands_among_ideographs

_MARKS = "“”‘’\"'„«»‟「」『』"


@dataclass(frozen=True, slots=True)
class Voice:
    """How a channel is spoken to: in whose time and in which words."""

    zone: ZoneInfo
    say: Catalogue


def make_document(digest: Digest, zone: ZoneInfo, language: str = "en") -> Document:
    """Return ``digest`` as its channel reads it, times in ``zone``, its own words in ``language``."""
    voice = Voice(zone, catalogue(language))
    return Document(
        title=voice.say.ngettext(
            "{channel}: {number} story", "{channel}: {number} stories",
            digest.told, channel=digest.channel,
        ),
        subtitle=_joined(
            _period(digest, voice),
            _zone((*digest.stories, *digest.more), voice),
            _failing(digest.failing_feeds, voice.say),
        ),
        cards=tuple(make_card(story, zone, language) for story in digest.stories),
        more_title=voice.say.gettext("More headlines") if digest.more else "",
        more=tuple(_headline_line(story, voice) for story in digest.more),
        language=voice.say.language,
    )  # fmt: skip


def make_article_document(story: Story, zone: ZoneInfo, language: str = "en") -> Document:
    """Return the document of one article, asked for by its address."""
    voice = Voice(zone, catalogue(language))
    return Document(
        title=voice.say.gettext("Who said what"),
        subtitle=_zone((story,), voice),
        cards=(make_card(story, zone, language),),
        language=voice.say.language,
    )


def make_empty_document(channel: str, failing: int, language: str = "en") -> Document:
    """Return the one line that a channel with ``when_empty: say`` gets at a slot without news."""
    say = catalogue(language)
    title = say.gettext("{channel}: nothing new", channel=channel)
    return Document(title=title, subtitle=_failing(failing, say), language=say.language)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _failing(feeds: int, say: Catalogue) -> str:
    return say.ngettext("{number} feed is failing", "{number} feeds are failing", feeds) if feeds else ""


def _period(digest: Digest, voice: Voice) -> str:
    """Return from when to when the told stories were published; empty where none is dated."""
    stories = (*digest.stories, *digest.more)
    times = sorted(story.published.astimezone(voice.zone) for story in stories if story.published)
    if not times:
        return ""
    say, first, last = voice.say, times[0], times[-1]
    start = say.whole_day(first.date())
    if first == last:
        return say.pgettext("a moment", "{day}, {time}", day=start, time=say.time(first))
    if first.date() == last.date():
        hours = {"start": say.time(first), "end": say.time(last)}
        return say.pgettext("hours of a day", "{day}, {start} to {end}", day=start, **hours)
    return say.pgettext("days", "{start} to {end}", start=start, end=say.whole_day(last.date()))


def _zone(stories: Sequence[Story], voice: Voice) -> str:
    """Return in whose time the stories are told; empty where none is dated."""
    published = next((story.published for story in stories if story.published), None)
    if published is None:
        return ""
    return voice.say.gettext("times in {zone}", zone=_zone_name(voice.zone, published))


def _zone_name(zone: ZoneInfo, at: datetime) -> str:
    """Return the zone as a reader elsewhere knows it: a place, since CST is three zones, or an offset."""
    short = at.astimezone(zone).tzname() or ""
    if short == "UTC":
        return short
    if zone.key.startswith("Etc/"):
        # The sign in a key such as Etc/GMT+5 is the other way round; the short name is "-05".
        return short if short.isalpha() else f"UTC{short}"
    return zone.key.replace("_", " ")


# Channels that share feeds are told the same stories in the same minute.
@lru_cache(maxsize=512)
def make_card(story: Story, zone: ZoneInfo, language: str = "en") -> Card:
    """Return one story as a card; every quote links to its sentence."""
    voice = Voice(zone, catalogue(language))
    bullets = tuple(
        make_line(
            bullet,
            _page_of(bullet, story),
            story.language,
            voice.say,
            again=any(bullet.speaker == one.speaker for one in story.bullets[:place]),
        )
        for place, bullet in enumerate(story.bullets)
    )
    return Card(
        headline=replace(_headline(story, voice.say), style=Style.STRONG),
        meta=_meta(story, voice),
        bullets=bullets or ((_note(story, voice.say),),),
    )


def _headline(story: Story, say: Catalogue) -> Run:
    """Return the linked headline, or that there is none."""
    if not story.headline:
        return Run(text=say.gettext("(no headline)"), href=story.url)
    return _told(Run(text=story.headline, href=story.url, language=story.language), say)


def _note(story: Story, say: Catalogue) -> Run:
    """Return the one line of a story without bullets: its first sentence, or why there is none."""
    if not story.note:
        return Run(text=say.gettext("Only the headline could be had."), style=Style.QUIET)
    return _told(Run(text=story.note, style=Style.QUIET, language=story.language), say)


def _page_of(bullet: Bullet, story: Story) -> str:
    """Return the address of the page on which a bullet's words stand."""
    place = (bullet.anchor or bullet.pieces[0]).start
    return next((url for start, url in reversed(story.pages) if start <= place), story.url)


def _meta(story: Story, voice: Voice) -> str:
    parts = [story.outlet]
    if story.published is not None:
        parts.append(voice.say.moment(story.published.astimezone(voice.zone)))
    parts.append(_source(story.source, voice.say))
    parts.append(voice.say.gettext("only the beginning could be read") if story.partial else "")
    return _joined(*parts)


def _source(source: TextSource, say: Catalogue) -> str:
    """Return what a story's words are taken from, where that is not the whole article."""
    match source:
        case TextSource.FEED:
            return say.gettext("from the feed's own text")
        case TextSource.SUMMARY:
            return say.gettext("from the summary")
        case _:
            return ""


def _headline_line(story: Story, voice: Voice) -> Line:
    meta = _meta(story, voice)
    headline = _headline(story, voice.say)
    # What is read from the left says so: there may be more letters in an outlet's name.
    own = Run(text=f" ({meta})", style=Style.QUIET, language=voice.say.language)
    return (headline, own) if meta else (headline,)


def make_line(
    bullet: Bullet, url: str, language: str = "", say: Catalogue = ENGLISH, *, again: bool = False
) -> Line:
    """Return a bullet as one line: who, in what role, the words, where and when.

    ``language`` is the article's. Whoever speaks ``again`` in the same story needs no role.
    """
    words = _speech(bullet, url, language) if bullet.quoted else _clause(bullet, url, language)
    line = (
        *_who(bullet, language, say, again=again),
        *(replace(run, language=language) for run in words),
        *_where(bullet, language, say),
    )
    return tuple(_told(run, say) for run in line)


def _told(run: Run, say: Catalogue) -> Run:
    """Return a run without its language where that is the digest's own, or not known."""
    return replace(run, language="") if run.language in (say.language, "und") else run


def _who(bullet: Bullet, language: str, say: Catalogue, *, again: bool) -> Iterator[Run]:
    if bullet.speaker is None:
        yield Run(text=say.gettext("Speaker not stated"), style=Style.QUIET)
    else:
        yield Run(text=_capitalised(bullet.article + bullet.speaker), style=Style.STRONG, language=language)
    role = "" if again else display_role(bullet.role, bullet.speaker or "", language)
    if role:
        yield Run(text=say.pgettext("between a name and a role", ", "))
        yield Run(text=role, language=language)
    if not bullet.predicate:
        yield Run(text=say.pgettext("between a speaker and their words", ": "))
    elif role:
        yield Run(text=say.pgettext("between a role and what they did", ", "))
    elif language not in UNSPACED_LANGUAGES:
        yield Run(text=" ")


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def _speech(bullet: Bullet, url: str, language: str) -> Iterator[Run]:
    """Yield somebody's words between their language's marks, elisions shown, linked to their sentence."""
    between = "…" if language in UNSPACED_LANGUAGES else " … "
    text = between.join(_one_line(piece.text) for piece in bullet.pieces)
    if bullet.cut:
        text += " …" if text[-1:] in ".?!" else "…"
    anchor = bullet.anchor or bullet.pieces[0]
    opening, closing = quotation_marks(language)
    yield Run(
        text=f"{opening}{text}{closing}", style=Style.QUOTE, href=text_fragment(url, anchor.text, language)
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", lambda found: _between(found.string, *found.span()), text)


def _between(text: str, start: int, end: int) -> str:
    """Return what parts two lines of one quote: nothing where the script has no spaces."""
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return "" if beside and all(map(stands_among_ideographs, beside)) else " "


def _clause(bullet: Bullet, url: str, language: str) -> Iterator[Run]:
    """Yield the reporter's words, the quoted ones among them as a link."""
    piece = bullet.pieces[0]
    anchor = bullet.anchor
    if anchor is None or not piece.start <= anchor.start < anchor.end <= piece.end:
        yield Run(text=piece.text, style=Style.QUOTE, href=text_fragment(url, piece.text, language))
        return
    low, high = _with_marks(piece, anchor)
    before, inside, after = piece.text[:low], piece.text[low:high], piece.text[high:]
    if before:
        yield Run(text=before)
    yield Run(text=inside, style=Style.QUOTE, href=text_fragment(url, anchor.text, language))
    if after:
        yield Run(text=after)


def _with_marks(piece: Span, anchor: Span) -> tuple[int, int]:
    low, high = anchor.start - piece.start, anchor.end - piece.start
    if low and piece.text[low - 1] in _MARKS:
        low -= 1
    if high < len(piece.text) and piece.text[high] in _MARKS:
        high += 1
    return low, high


def _where(bullet: Bullet, language: str, say: Catalogue) -> Iterator[Run]:
    """Yield where and when it was said, in brackets: as printed, the day as a date where it is known."""
    venue, day = bullet.venue or "", bullet.said_on or ""
    told = [Run(text=display_place(venue, language), language=language)] if venue else []
    if day and day.lower() not in venue.lower():
        dated = Run(text=say.day(bullet.said_date)) if bullet.said_date is not None else None
        told += [Run(text=", ")] if told else []
        told.append(dated or Run(text=display_day(day, language), language=language))
    if told:
        yield from (replace(run, style=Style.QUIET) for run in (Run(text=" ("), *told, Run(text=")")))


def plain(line: Sequence[Run]) -> str:
    """Return the words of a line without style or links."""
    return "".join(run.text for run in line)
