"""Document -> Discord messages: one embed a story, nothing that pings, nothing over a limit.

Limits are those of https://discord.com/developers/docs/resources/message#embed-object-embed-limits.
Discord does not say whether it counts characters or UTF-16 code units; we count the latter, which
is never less. ``payload`` is the JSON body of ``POST /channels/{id}/messages`` without its nonce.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlsplit

from bot.platforms.base import MessagePart
from digests.document import Card, Document, Line, Run, Style, common_language
from digests.render.direction import isolate, isolated, isolated_whole
from digests.render.plain import clean, shorten, units

MAX_CONTENT = 2000
MAX_EMBEDS = 10
MAX_TOTAL = 6000
MAX_TITLE = 256
MAX_DESCRIPTION = 4096
MAX_NONCE = 25

_STAMP_ROOM = len(" · #") + MAX_NONCE
_COLOUR = 0x3B6EA5
_BULLET = "• "
# Past a few hundred characters a quiet line, a headline in a list or a link serves no reader.
_MAX_META = 300
_MAX_SUBTITLE = 1000
_MAX_MORE_LINE = 1500
_MAX_HREF = 1000
_MAX_URL = 2048

_INVISIBLE = "\u200b"
_MARKS = {Style.STRONG: "**", Style.QUIET: "*"}
# What Discord would read as mark-up: emphasis, code, spoilers, links, block starts, :emoji:, links
# typed out. Mentions and timestamps are broken first, by _defuse.
_MARKUP = re.compile(r"[\\*_`~|\[\]<>]|(?<=\])\(|:(?=//|[\w+-]{1,64}:|\Z)")
_BLOCK_START = re.compile(r"^(?=[#+-])", re.MULTILINE)
_PINGS = re.compile(r"@(?=everyone|here|\Z)|<", re.IGNORECASE)
_LIKE_AN_ADDRESS = re.compile(r"://|www\.|[^\W_]\.[a-z]{2,}")
_CLOSING = re.compile("[\u00a0\u202f]?[”’»›“‘«」』\"']$")

Embed = dict[str, Any]


def weigh(embed: Embed) -> int:
    """Return what ``embed`` counts against the 6,000 of a message; its address counts for nothing."""
    texts = (embed.get("title", ""), embed.get("description", ""), embed.get("footer", {}).get("text", ""))
    return sum(units(text) for text in texts)


def render(document: Document) -> tuple[MessagePart, ...]:
    """Return the messages that show ``document``, each within every limit, split between stories.

    A story is split only where it is longer than an embed, between its bullets, and only a bullet
    longer than an embed is shortened, with an ellipsis. Every message ends with an embed whose
    footer has room for ``stamp``.
    """
    told = [*_cards(document), *_more(document)]
    embeds = told or [_notice(document)]
    if document.footer:
        embeds[-1] = _with_footer(embeds[-1], _plain(document.footer, _MAX_META))
    messages = list(_pack(embeds))
    head = {"content": _heading(document)} if told else {}
    return tuple(_part(head if not at else {}, message) for at, message in enumerate(messages))


def stamp(payload: dict[str, Any], key: str) -> dict[str, Any]:
    """Return ``payload`` with ``#key`` at the end of its last footer, where ``stamped`` finds it."""
    *before, last = payload.get("embeds") or [{}]
    return {**payload, "embeds": [*before, _with_footer(last, f"#{key}")]}


def stamped(footer: str | None, key: str) -> bool:
    """Return whether a message with that last footer was posted under ``key``."""
    return bool(footer) and str(footer).split(" · ")[-1] == f"#{key}"


def sentence(text: str) -> str:
    """Return ``text`` as a message's content: shown as it is written, its lines kept."""
    lines = (clean(line).strip() for line in text.splitlines())

    def shown(part: str) -> str:
        return escape("\n".join(map(isolated, part.split("\n"))))

    return shown(shorten("\n".join(filter(None, lines)), MAX_CONTENT, lambda part: units(shown(part))))


def escape(text: str) -> str:
    """Return clean lines so that Discord shows them as they stand: no mark-up, mention, emoji or link."""
    return _BLOCK_START.sub(r"\\", _inline(text))


def link(href: str) -> str:
    """Return ``href`` fit for a masked link, or an empty string where it is none for a reader.

    Only http and https without credentials. What could end the link early or break mark-up is
    percent-encoded, a host name in other scripts is shown in its ASCII form.
    """
    try:
        parts = urlsplit(clean(href).strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not re.fullmatch(r"[\w.-]+", host):
        return ""
    ends = (mark + rest for mark, rest in (("?", parts.query), ("#", parts.fragment)) if rest)
    return f"{parts.scheme}://{host}{port}" + quote(parts.path + "".join(ends), safe="%/?#&=+:;,.!$@~-")


def _inline(text: str) -> str:
    """Return ``text`` escaped for the middle of a line."""
    return _MARKUP.sub(r"\\\g<0>", _defuse(text))


def _defuse(text: str) -> str:
    """Return ``text`` with an invisible break in all that could name somebody, even after escaping."""
    return _PINGS.sub(rf"\g<0>{_INVISIBLE}", text)


def _plain(text: str, max_units: int) -> str:
    """Return ``text`` for a footer, where Discord reads no mark-up."""
    return isolated(shorten(_defuse(clean(text).strip()), max_units, lambda part: units(isolated(part))))


def _rich(text: str, max_units: int, enclose: Callable[[str], str] = isolated) -> str:
    """Return ``text`` for a title or a content, escaped and shortened before its escapes."""

    def shown(part: str) -> str:
        return escape(enclose(part))

    return shown(shorten(clean(text).strip(), max_units, lambda part: units(shown(part))))


def _heading(document: Document) -> str:
    """Return the first message's content: what a phone shows in its notification."""
    title = f"**{_rich(document.title, MAX_TITLE) or '…'}**"
    subtitle = _rich(document.subtitle, _MAX_SUBTITLE)
    return f"{title}\n-# {subtitle}" if subtitle else title


def _notice(document: Document) -> Embed:
    """Return the embed of a document without stories, such as the line for an empty slot."""
    embed = {"title": _rich(document.title, MAX_TITLE) or "…", "color": _COLOUR}
    subtitle = _rich(document.subtitle, _MAX_SUBTITLE)
    return {**embed, "description": subtitle} if subtitle else embed


def _cards(document: Document) -> Iterator[Embed]:
    """Yield the embeds of every card; a long card goes on under the same headline."""
    for card in document.cards:
        url = link(card.headline.href)
        lines = _lines(card.bullets, MAX_DESCRIPTION, url)
        for at, description in enumerate(_chunks(lines) or [""]):
            yield _story(card, url, description, continues=at > 0)


def _story(card: Card, url: str, description: str, *, continues: bool) -> Embed:
    """Return one embed of a card; empty texts are left out, as Discord wants."""
    headline = ("… " if continues else "") + clean(card.headline.text).strip()
    fields = {
        "title": _rich(headline or urlsplit(url).hostname or "…", MAX_TITLE, isolated_whole),
        "url": url if len(url) <= _MAX_URL else "",
        "description": description,
    }
    embed = {name: value for name, value in fields.items() if value} | {"color": _COLOUR}
    return _with_footer(embed, _plain(card.meta, _MAX_META))


def _more(document: Document) -> Iterator[Embed]:
    """Yield the embeds that list the headlines past the cards."""
    title = _rich(document.more_title, MAX_TITLE)
    for description in _chunks(_lines(document.more, _MAX_MORE_LINE, "")):
        embed = {"description": description, "color": _COLOUR}
        yield {"title": title, **embed} if title else embed


def _lines(lines: Iterable[Line], max_units: int, own_url: str) -> list[str]:
    """Return each line as a bullet in mark-up of at most ``max_units``; links to ``own_url`` are text."""
    rooms = max_units - units(_BULLET)
    texts = (_text(line, rooms, own_url) for line in lines)
    return [_BULLET + text for text in texts if text]


# Channels that share feeds are told the same lines in the same minute.
@lru_cache(maxsize=4096)
def _text(line: Line, max_units: int, own_url: str) -> str:
    return _fit(_merge(line, own_url), max_units)


def _chunks(lines: list[str]) -> list[str]:
    """Return the lines joined into as few descriptions as hold them."""
    chunks: list[str] = []
    for line in lines:
        if chunks and units(chunks[-1]) + 1 + units(line) <= MAX_DESCRIPTION:
            chunks[-1] += "\n" + line
        else:
            chunks.append(line)
    return chunks


def _merge(line: Line, own_url: str) -> list[Run]:
    """Return the runs of a line, clean, with safe links, neighbours that look alike as one run.

    Merged, no mention or emoji can hide by being cut in two.
    """
    hrefs = (link(run.href) for run in line)
    safe = (href if href != own_url and len(href) <= _MAX_HREF else "" for href in hrefs)
    marked = [(_MARKS.get(run.style, ""), href, run) for run, href in zip(line, safe, strict=True)]
    groups = [(look, [run for *_, run in group]) for look, group in groupby(marked, key=lambda one: one[:2])]
    styles = {mark: style for style, mark in _MARKS.items()}
    return [
        Run(
            text=clean("".join(run.text for run in runs)),
            style=styles.get(mark, Style.PLAIN), href=href, language=common_language(runs),
        )
        for (mark, href), runs in groups
    ]  # fmt: skip


def _fit(runs: list[Run], max_units: int) -> str:
    """Return the runs in mark-up, the longest ones shortened until all fit."""
    runs = [_elide(run, max_units) if len(run.text) > max_units else run for run in runs]
    while (excess := units(_join(runs)) - max_units) > 0:
        at = max(range(len(runs)), key=lambda index: units(_piece(runs[index])))
        shorter = _elide(runs[at], units(_piece(runs[at])) - excess)
        runs = [*runs[:at], *((shorter,) if shorter.text else ()), *runs[at + 1 :]]
    return _join(runs)


def _elide(run: Run, max_units: int) -> Run:
    """Return ``run`` cut at a word to ``max_units`` of mark-up; a quote keeps its closing mark."""
    text = run.text.rstrip()
    closing = found[0] if (found := _CLOSING.search(text)) else ""
    body = text.removesuffix(closing)
    short = shorten(body, max_units, lambda part: units(_piece(replace(run, text=part + closing))))
    return replace(run, text=short + closing if short else "")


def _join(runs: Iterable[Run]) -> str:
    """Return the runs in mark-up, kept apart where the mark-up of two would run together."""
    text = ""
    for piece in map(_piece, isolate(tuple(runs))):
        text += (_INVISIBLE if text.endswith("*") and piece.startswith("*") else "") + piece
    return text.strip()


def _piece(run: Run) -> str:
    """Return one run in mark-up, its outer spaces outside of it."""
    core = run.text.strip()
    mark = _MARKS.get(run.style, "")
    if not core or not (mark or run.href):
        return _inline(run.text)
    before, _, after = run.text.partition(core)
    return f"{before}{mark}{_linked(core, run.href)}{mark}{after}"


def _linked(text: str, href: str) -> str:
    """Return ``text`` as a masked link, or escaped with a linked arrow behind it.

    In a label Discord shows backslashes and gives up on brackets and addresses
    (https://github.com/discord/discord-api-docs/issues/6185 and /7721).
    """
    escaped = _inline(text)
    if not href:
        return escaped
    if escaped != text or _LIKE_AN_ADDRESS.search(text):
        return f"{escaped} [↗]({href})"
    return f"[{text}]({href})"


def _with_footer(embed: Embed, text: str) -> Embed:
    """Return ``embed`` with ``text`` at the end of its footer."""
    texts = (embed.get("footer", {}).get("text", ""), text)
    joined = " · ".join(filter(None, texts))
    return {**embed, "footer": {"text": joined}} if joined else embed


def _pack(embeds: Iterable[Embed]) -> Iterator[list[Embed]]:
    """Yield the embeds of each message; an address stands on the first embed that has it.

    Discord shows embeds of one message with the same address as one.
    """
    message: list[Embed] = []
    for embed in embeds:
        total = sum(map(weigh, message)) + weigh(embed) + _STAMP_ROOM
        if message and (len(message) == MAX_EMBEDS or total > MAX_TOTAL):
            yield message
            message = []
        told = {other.get("url") for other in message}
        message.append({name: value for name, value in embed.items() if name != "url" or value not in told})
    yield message


def _part(head: dict[str, str], embeds: list[Embed]) -> MessagePart:
    """Return one message; nobody is pinged whatever its text says."""
    return MessagePart(payload={**head, "embeds": embeds, "allowed_mentions": {"parse": []}})
