"""A document as Slack messages: payloads for ``chat.postMessage``, each within every limit.

Stories are ``rich_text`` blocks, not mrkdwn. Slack's mrkdwn has no escape character, so an asterisk,
a backtick or ``:emoji:`` in a headline can only be stopped by changing what the article says. In
``rich_text`` style, link and list are structure and text is only ever text: no mention, link or
formatting can come out of it, and a copied quote holds the very bytes of the article. What remains
of mrkdwn, the fallback for notifications, and the plain-text header and context have ``&``, ``<``
and ``>`` escaped, which Slack decodes there
(https://docs.slack.dev/messaging/formatting-message-text).

Limits are from https://docs.slack.dev/reference/block-kit. The one over all blocks of a message is
not documented: ``msg_blocks_too_long`` was met near 12,000 characters (slackapi/bolt-js#2509, #2867).
What Slack calls a character is not told either; UTF-16 code units are counted, which are never less.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from bot.platforms.base import MessagePart
from digests.catalogue import Catalogue, catalogue
from digests.document import Card, Document, Line, Run, Style, common_language
from digests.render.direction import isolate, isolated, isolated_whole
from digests.render.plain import clean, clean_line, shorten, units

Block = dict[str, Any]
Blocks = tuple[Block, ...]

MAX_BLOCKS = 50
MAX_HEADER = 150
MAX_JSON = 10_000
MAX_BULLET = 3_000

# Chosen so that the largest heading and the largest bullet fit one message together.
_MAX_CONTEXT = 1_000
_MAX_META = 200
_MAX_HEADLINE = 250
_MAX_URL = 2_000
_MAX_BULLET_JSON = 6_100

_UNSAFE_IN_URL = {ord(char): f"%{ord(char):02X}" for char in '"<>\\^`{|} '}
# A web address in running text, up to the end of its host.
_SHOWN_HOST = re.compile(r"(?:https?://(?:www\.)?|www\.)([^\s/?#:]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """A heading with bullets under it: one story, or the list of further headlines.

    ``again`` heads the rest of a group that one message cannot hold.
    """

    head: Blocks
    again: Blocks
    bullets: tuple[Block, ...]


def render(document: Document) -> tuple[MessagePart, ...]:
    """Return the messages that show ``document``, split between stories; none where it has no words.

    A story larger than a message is split between its bullets; no bullet is ever split, and one
    over 3,000 characters ends in ``…``.
    """
    messages = [_opening(document)]
    say = catalogue(document.language)
    for group in (*(_story(card, say) for card in document.cards), *_further(document, say)):
        _add(messages, group)
    _close(messages, document.footer)
    kept = [message for message in messages if message]
    return tuple(
        _part(_fallback(document, at, len(kept)), _link_once(message)) for at, message in enumerate(kept, 1)
    )


def render_sentence(text: str) -> MessagePart:
    """Return a message that says ``text`` and nothing more; links and mentions in it are plain text."""
    shown = _sized(text, MAX_BULLET) or "…"
    return _part(escape(shown), (_rich_text(_section((Run(text=shown),))),))


def escape(text: str) -> str:
    """Return ``text`` with the three characters escaped that Slack gives a meaning to."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def json_size(blocks: Iterable[Block]) -> int:
    """Return how much JSON ``blocks`` take, as one message's limit counts it."""
    return units(json.dumps(list(blocks), ensure_ascii=False))


# --- messages ------------------------------------------------------------------------------------


def _add(messages: list[Blocks], group: _Group) -> None:
    """Put ``group`` into the last message if it fits, else into new ones."""
    whole = (*group.head, *_bullet_list(group.bullets))
    last = messages[-1]
    joint: Blocks = ({"type": "divider"},) if any(block["type"] == "rich_text" for block in last) else ()
    if _fits((*last, *joint, *whole)):
        messages[-1] = (*last, *joint, *whole)
    else:
        messages.extend(_spread(group))


def _spread(group: _Group) -> Iterator[Blocks]:
    """Yield a group as messages of its own: one, or several split between bullets."""
    head, taken = group.head, tuple[Block, ...]()
    for bullet in group.bullets:
        if taken and not _fits((*head, *_bullet_list((*taken, bullet)))):
            yield (*head, *_bullet_list(taken))
            head, taken = group.again, ()
        taken = (*taken, bullet)
    yield (*head, *_bullet_list(taken))


def _close(messages: list[Blocks], footer: str) -> None:
    """Put the footer under the last message, or into one of its own."""
    closing = _context(footer, _MAX_CONTEXT)
    if _fits((*messages[-1], *closing)):
        messages[-1] = (*messages[-1], *closing)
    else:
        messages.append(closing)


def _fits(blocks: Blocks) -> bool:
    """Return whether one message may hold ``blocks``."""
    return len(blocks) <= MAX_BLOCKS and json_size(blocks) < MAX_JSON


def _part(fallback: str, blocks: Blocks) -> MessagePart:
    """Return the arguments of ``chat.postMessage``, without the channel."""
    payload = {"text": fallback, "blocks": list(blocks), "unfurl_links": False, "unfurl_media": False}
    return MessagePart(payload=payload)


def _fallback(document: Document, at: int, parts: int) -> str:
    """Return the line a notification shows, such as ``City desk (8 stories, part 2 of 3)``."""
    stories = len(document.cards) + len(document.more)
    say = catalogue(document.language)
    count = say.ngettext("{number} story", "{number} stories", stories)
    notes = [count] if stories and count not in document.title else []
    if parts > 1:
        notes.append(say.gettext("part {number} of {parts}", number=at, parts=parts))
    title = _sized(document.title, MAX_HEADER) or say.gettext("Digest")
    return escape(f"{title} ({', '.join(notes)})" if notes else title)


# --- groups --------------------------------------------------------------------------------------


def _opening(document: Document) -> Blocks:
    """Return the title and, small under it, the subtitle."""
    title = _plain_text(document.title, MAX_HEADER)
    header: Blocks = ({"type": "header", "text": title},) if title else ()
    return (*header, *_context(document.subtitle, _MAX_CONTEXT))


def _story(card: Card, say: Catalogue) -> _Group:
    """Return a card as a linked headline, small outlet and time, and bullets."""
    text = _sized(card.headline.text, _MAX_HEADLINE, isolated_whole) or say.gettext("(no headline)")
    headline = replace(card.headline, text=text, style=Style.STRONG)
    again = Run(text=" " + say.gettext("(continued)"), style=Style.QUIET)
    return _Group(
        head=(_rich_text(_section((headline,))), *_context(card.meta, _MAX_META)),
        again=(_rich_text(_section((headline, again))),),
        bullets=tuple(_bullets(card.bullets)),
    )


def _further(document: Document, say: Catalogue) -> tuple[_Group, ...]:
    """Return the linked headlines past the channel's maximum as one group, or none."""
    bullets = tuple(_bullets(document.more))
    if not bullets:
        return ()
    text = _sized(document.more_title, _MAX_HEADLINE) or say.gettext("More headlines")
    head = (_rich_text(_section((Run(text=text, style=Style.STRONG),))),)
    rest = Run(text=text + " " + say.gettext("(continued)"), style=Style.STRONG)
    again = (_rich_text(_section((rest,))),)
    return (_Group(head=head, again=again, bullets=bullets),)


def _bullets(lines: Iterable[Line]) -> Iterator[Block]:
    """Yield each line that has words as a list item."""
    for line in lines:
        if runs := clean_line(_merged(line)):
            yield _bullet(_elided(runs))


def _merged(line: Line) -> Line:
    """Return a line with neighbours that look alike as one run: each element takes 30 characters of JSON."""
    groups = [list(group) for _, group in groupby(line, key=lambda run: (run.style, run.href))]
    return tuple(
        replace(group[0], text="".join(run.text for run in group), language=common_language(group))
        for group in groups
    )


def _bullet(runs: Line) -> Block:
    """Return ``runs`` as a list item; where links or styles swell it past its share, without them."""
    runs = isolate(runs)
    section = _section(runs)
    if json_size((section,)) > _MAX_BULLET_JSON:
        section = _section(tuple(replace(run, href="") for run in runs))
    if json_size((section,)) > _MAX_BULLET_JSON:
        section = _section((Run(text="".join(run.text for run in runs)),))
    return section


def _elided(runs: Line) -> Line:
    """Return ``runs``, cut at a word and ended with ``…`` where they have over 3,000 characters."""
    over = _length(isolate(runs)) - MAX_BULLET
    if over <= 0:
        return runs
    room, at = _length(runs) - over, 0
    while units(runs[at].text) < room:
        room -= units(runs[at].text)
        at += 1
    rest = "".join(run.text for run in runs[at:])
    return (*runs[:at], replace(runs[at], text=shorten(rest, room, units)))


def _length(runs: Line) -> int:
    return sum(units(run.text) for run in runs)


# --- blocks --------------------------------------------------------------------------------------


def _rich_text(element: Block) -> Block:
    return {"type": "rich_text", "elements": [element]}


def _bullet_list(bullets: tuple[Block, ...]) -> Blocks:
    """Return one block with ``bullets`` as its list, or none where there are none."""
    if not bullets:
        return ()
    return (_rich_text({"type": "rich_text_list", "style": "bullet", "elements": list(bullets)}),)


def _section(runs: Line) -> Block:
    return {"type": "rich_text_section", "elements": [_element(run) for run in runs]}


def _element(run: Run) -> Block:
    """Return a run as a text or a link; quotes stay plain, their marks are in the text."""
    style = {Style.STRONG: {"bold": True}, Style.QUIET: {"italic": True}}.get(run.style)
    url = _safe_url(run.href)
    element: Block = {"type": "text", "text": run.text}
    if url and _is_honest(run.text, url):
        element = {"type": "link", "url": url, "text": run.text}
    return {**element, "style": style} if style else element


def _safe_url(href: str) -> str:
    """Return ``href`` if it is a web address without credentials that fits, else nothing."""
    url = href.translate(_UNSAFE_IN_URL)
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return url if plain and len(url) <= _MAX_URL and clean(url) == url else ""


def _is_honest(text: str, url: str) -> bool:
    """Return whether no address in ``text`` names another host than the one its link leads to."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return all(shown.lower().rstrip(".,;!?)”’") == host for shown in _SHOWN_HOST.findall(text))


def _context(text: str, max_chars: int) -> Blocks:
    """Return ``text`` as a small grey line, or nothing where it has no words."""
    plain = _plain_text(text, max_chars)
    return ({"type": "context", "elements": [plain]},) if plain else ()


def _plain_text(text: str, max_chars: int) -> Block | None:
    """Return a plain-text object; the limit counts the escaped text, to be safe."""
    shown = _sized(text, max_chars, lambda part: isolated(escape(part)))
    return {"type": "plain_text", "text": shown, "emoji": False} if shown else None


def _sized(text: str, max_chars: int, enclose: Callable[[str], str] = isolated) -> str:
    """Return ``text`` clean, of at most ``max_chars``, with what comes from the right enclosed."""
    return enclose(shorten(clean(text).strip(), max_chars, lambda part: units(enclose(part))))


def _link_once(blocks: Blocks) -> Blocks:
    """Return ``blocks`` in which an address is linked at its first place only.

    Links into an article's text, to a quote, are left: two quotes may share one.
    """
    seen: set[str] = set()
    return tuple(_unlink_repeats(block, seen) for block in blocks)


def _unlink_repeats(node: Block, seen: set[str]) -> Block:
    if node["type"] == "link":
        if node["url"] in seen and ":~:text=" not in node["url"]:
            return {key: value for key, value in node.items() if key != "url"} | {"type": "text"}
        seen.add(node["url"])
    if "elements" in node:
        return {**node, "elements": [_unlink_repeats(child, seen) for child in node["elements"]]}
    return node
