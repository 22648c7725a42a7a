"""A digest -> the neutral document that every platform renders. Says everything a reader reads."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from digests.analysis.lexicon import PORTFOLIOS, TITLE_ABBREVIATIONS, TITLES
from digests.articles.urls import text_fragment
from digests.document import Card, Document, Line, Run, Style
from digests.model import Bullet, Digest, Span, Story, TextSource

SPEAKER_NOT_STATED = "Speaker not stated"
_NOTICES = {TextSource.FEED: "from the feed's own text", TextSource.SUMMARY: "from the summary"}
_MARKS = "“”‘’\"'„«»‟"


def make_document(digest: Digest, zone: ZoneInfo) -> Document:
    """Return ``digest`` as its channel reads it, times in ``zone``."""
    return Document(
        title=f"{digest.channel}: {_count(digest.told, 'story', 'stories')}",
        subtitle=_joined(
            _period(digest, zone),
            _zone((*digest.stories, *digest.more), zone),
            _failing(digest.failing_feeds),
        ),
        cards=tuple(make_card(story, zone) for story in digest.stories),
        more_title="More headlines" if digest.more else "",
        more=tuple(_headline_line(story, zone) for story in digest.more),
    )


def make_article_document(story: Story, zone: ZoneInfo) -> Document:
    """Return the document of one article, asked for by its address."""
    return Document(title="Who said what", subtitle=_zone((story,), zone), cards=(make_card(story, zone),))


def make_empty_document(channel: str, failing: int) -> Document:
    """Return the one line that a channel with ``when_empty: say`` gets at a slot without news."""
    return Document(title=f"{channel}: nothing new", subtitle=_failing(failing))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _failing(feeds: int) -> str:
    return f"{_count(feeds, 'feed is', 'feeds are')} failing" if feeds else ""


def _period(digest: Digest, zone: ZoneInfo) -> str:
    """Return from when to when the told stories were published; empty where none is dated."""
    times = sorted(s.published.astimezone(zone) for s in (*digest.stories, *digest.more) if s.published)
    if not times:
        return ""
    first, last = times[0], times[-1]
    if first.date() == last.date():
        hours = f"{first:%H:%M}" if first == last else f"{first:%H:%M} to {last:%H:%M}"
        return f"{_day(first)}, {hours}"
    return f"{_day(first)} to {_day(last)}"


def _zone(stories: Sequence[Story], zone: ZoneInfo) -> str:
    """Return in whose time the stories are told; empty where none is dated."""
    published = next((story.published for story in stories if story.published), None)
    return f"times in {_zone_name(zone, published)}" if published else ""


def _zone_name(zone: ZoneInfo, at: datetime) -> str:
    """Return the zone as a reader elsewhere knows it: a place, since CST is three zones, or an offset."""
    short = at.astimezone(zone).tzname() or ""
    if short == "UTC":
        return short
    if zone.key.startswith("Etc/"):
        # The sign in a key such as Etc/GMT+5 is the other way round; the short name is "-05".
        return short if short.isalpha() else f"UTC{short}"
    return zone.key.replace("_", " ")


def _day(moment: datetime) -> str:
    return f"{_short_day(moment)} {moment.year}"


def _short_day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


# Channels that share feeds are told the same stories in the same minute.
@lru_cache(maxsize=512)
def make_card(story: Story, zone: ZoneInfo) -> Card:
    """Return one story as a card; every quote links to its sentence."""
    bullets = tuple(
        make_line(
            bullet,
            _page_of(bullet, story),
            again=any(bullet.speaker == one.speaker for one in story.bullets[:place]),
        )
        for place, bullet in enumerate(story.bullets)
    )
    if not bullets and story.note:
        bullets = ((Run(text=story.note, style=Style.QUIET),),)
    return Card(
        headline=Run(text=story.headline, style=Style.STRONG, href=story.url),
        meta=_meta(story, zone),
        bullets=bullets,
    )


def _page_of(bullet: Bullet, story: Story) -> str:
    """Return the address of the page on which a bullet's words stand."""
    place = (bullet.anchor or bullet.pieces[0]).start
    return next((url for start, url in reversed(story.pages) if start <= place), story.url)


def _meta(story: Story, zone: ZoneInfo) -> str:
    parts = [story.outlet]
    if story.published is not None:
        local = story.published.astimezone(zone)
        parts.append(f"{_short_day(local)}, {local:%H:%M}")
    parts.append(_NOTICES.get(story.source, ""))
    parts.append("only the beginning could be read" if story.partial else "")
    return _joined(*parts)


def _headline_line(story: Story, zone: ZoneInfo) -> Line:
    meta = _meta(story, zone)
    headline = Run(text=story.headline, href=story.url)
    return (headline, Run(text=f" ({meta})", style=Style.QUIET)) if meta else (headline,)


def make_line(bullet: Bullet, url: str, *, again: bool = False) -> Line:
    """Return a bullet as one line: who, in what role, the words, where and when.

    Whoever speaks ``again`` in the same story needs no role.
    """
    return (
        *_who(bullet, again=again),
        *(_speech(bullet, url) if bullet.quoted else _clause(bullet, url)),
        *_where(bullet),
    )


def _who(bullet: Bullet, *, again: bool) -> Iterator[Run]:
    name = Run(text=_capitalised(bullet.speaker or SPEAKER_NOT_STATED), style=Style.STRONG)
    if bullet.speaker is None:
        name = Run(text=SPEAKER_NOT_STATED, style=Style.QUIET)
    yield name
    role = "" if again else display_role(bullet.role, bullet.speaker or "")
    joint = "" if not role else f", {role}"
    if bullet.predicate:
        yield Run(text=f"{joint}, " if role else " ")
    else:
        yield Run(text=f"{joint}: ")


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def display_role(role: str | None, name: str) -> str:
    """Return a role as running text: "Illinois Gov." becomes "Illinois governor"."""
    if not role or role.lower() in name.lower():
        return ""
    words = [TITLE_ABBREVIATIONS.get(word.lower(), word) for word in role.split()]
    lowered = list(words)
    for place in range(len(words) - 1, -1, -1):
        word, after = words[place].lower(), "".join(lowered[place + 1 : place + 2])
        leads = word in PORTFOLIOS and after in TITLES | PORTFOLIOS
        within_name = place > 0 and words[place - 1].lower() in ("of", "for")
        if words[place].istitle() and (word in TITLES or leads) and not within_name:
            lowered[place] = word
    return " ".join(lowered)


def _speech(bullet: Bullet, url: str) -> Iterator[Run]:
    """Yield somebody's words between marks, elisions shown, linked to their sentence."""
    text = " … ".join(_one_line(piece.text) for piece in bullet.pieces)
    if bullet.cut:
        text += " …" if text[-1:] in ".?!" else "…"
    anchor = bullet.anchor or bullet.pieces[0]
    yield Run(text=f"“{text}”", style=Style.QUOTE, href=text_fragment(url, anchor.text))


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)


def _clause(bullet: Bullet, url: str) -> Iterator[Run]:
    """Yield the reporter's words, the quoted ones among them as a link."""
    piece = bullet.pieces[0]
    anchor = bullet.anchor
    if anchor is None or not piece.start <= anchor.start < anchor.end <= piece.end:
        yield Run(text=piece.text, style=Style.QUOTE, href=text_fragment(url, piece.text))
        return
    low, high = _with_marks(piece, anchor)
    before, inside, after = piece.text[:low], piece.text[low:high], piece.text[high:]
    if before:
        yield Run(text=before)
    yield Run(text=inside, style=Style.QUOTE, href=text_fragment(url, anchor.text))
    if after:
        yield Run(text=after)


def _with_marks(piece: Span, anchor: Span) -> tuple[int, int]:
    low, high = anchor.start - piece.start, anchor.end - piece.start
    if low and piece.text[low - 1] in _MARKS:
        low -= 1
    if high < len(piece.text) and piece.text[high] in _MARKS:
        high += 1
    return low, high


def _where(bullet: Bullet) -> Iterator[Run]:
    """Yield where and when it was said, in brackets: as printed, the day as a date where it is known."""
    venue, day = bullet.venue or "", bullet.said_on or ""
    if day and day.lower() not in venue.lower():
        day = _short_day(bullet.said_date) if bullet.said_date is not None else day
        venue = f"{venue}, {day}" if venue else day
    if venue:
        yield Run(text=f" ({_lowered(venue)})", style=Style.QUIET)


def _lowered(venue: str) -> str:
    return (
        venue[0].lower() + venue[1:]
        if venue.split(" ", 1)[0] in ("At", "In", "On", "During", "After")
        else venue
    )


def plain(line: Sequence[Run]) -> str:
    """Return the words of a line without style or links."""
    return "".join(run.text for run in line)
