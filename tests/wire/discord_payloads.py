"""What Discord's wire carries, in the shapes that its developer documentation gives, and its limits."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

APPLICATION = "900000000000000001"
GUILD = "900000000000000002"
CHANNEL = "900000000000000003"
STRANGER = {"id": "900000000000000004", "username": "reader", "discriminator": "0", "avatar": None}
BOT = {"id": APPLICATION, "username": "onrecord", "discriminator": "0", "avatar": None, "bot": True}

_TEXTS = {"title": 256, "description": 4096}
_MENTION = re.compile(r"(?<!\\)(@everyone|@here|<@[!&]?\d+>|<#\d+>|</[^>]+:\d+>|<t:-?\d+|<a?:\w+:\d+>)")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message that the server took: ``payload`` as it was sent."""

    id: str
    channel: str
    payload: Json
    author: Json = field(default_factory=lambda: BOT)

    @property
    def texts(self) -> str:
        """Return every text of the message that is shown, one a line."""
        return "\n".join(shown_texts(self.payload))


@dataclass(slots=True, kw_only=True)
class Interaction:
    """A slash command that the server dispatched, and what came back for it."""

    id: str
    token: str
    channel: str
    dispatched: float
    acknowledged_after: float | None = None
    acknowledgement: Json = field(default_factory=dict)
    followups: list[Json] = field(default_factory=list)


def utf16(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def shown_texts(payload: Json) -> Iterator[str]:
    """Yield every text of a message that counts against a limit."""
    yield payload.get("content") or ""
    for embed in payload.get("embeds", ()):
        yield from (embed.get(name) or "" for name in ("title", "description"))
        yield embed.get("footer", {}).get("text") or ""
        yield embed.get("author", {}).get("name") or ""
        yield from (text for item in embed.get("fields", ()) for text in (item["name"], item["value"]))


def complaint(payload: Json) -> str | None:
    """Return why Discord rejects a message, or ``None``; stricter than it about mentions."""
    embeds = payload.get("embeds") or []
    texts = list(shown_texts(payload))
    rules = {
        "Cannot send an empty message": not any(texts),
        "content: Must be 2000 or fewer in length": utf16(texts[0]) > 2000,
        "embeds: Must be 10 or fewer in length": len(embeds) > 10,
        "embeds: Embed size exceeds maximum size of 6000": sum(map(utf16, texts[1:])) > 6000,
        "nonce: Must be 25 or fewer in length": len(str(payload.get("nonce", ""))) > 25,
        "allowed_mentions: parse must be empty": payload.get("allowed_mentions", {}).get("parse") != [],
        "an unescaped mention": any(map(_MENTION.search, texts)),
    }
    broken = [rule for rule, is_broken in rules.items() if is_broken]
    return next(itertools.chain(broken, filter(None, map(_embed_complaint, embeds))), None)


def _embed_complaint(embed: Json) -> str | None:
    """Return why Discord rejects one embed, or ``None``."""
    for name, limit in _TEXTS.items():
        if utf16(embed.get(name, "")) > limit:
            return f"{name}: Must be {limit} or fewer in length"
    if utf16(embed.get("footer", {}).get("text", "")) > 2048:
        return "footer.text: Must be 2048 or fewer in length"
    if "url" in embed and not re.match(r"https?://[^\s/]", embed["url"]):
        return "url: Not a well formed URL"
    return None


def as_message(message: Posted) -> Json:
    """Return a message as Discord tells it: no nonce, and all that discord.py reads."""
    lists = {name: [] for name in ("mentions", "mention_roles", "attachments")}
    flags = dict.fromkeys(("tts", "mention_everyone", "pinned"), False)
    return {
        "id": message.id,
        "type": 0,
        "channel_id": message.channel,
        "author": message.author,
        "content": message.payload.get("content") or "",
        "embeds": message.payload.get("embeds", []),
        "timestamp": "2026-09-03T12:00:00+00:00",
        "edited_timestamp": None,
        **lists,
        **flags,
    }


def interaction_payload(interaction: Interaction, *, direct: bool, options: dict[str, str | bool]) -> Json:
    """Return an INTERACTION_CREATE of ``/digest``, typed in a server's channel or in a direct message."""
    types = {str: 3, bool: 5}
    given = [{"name": name, "type": types[type(value)], "value": value} for name, value in options.items()]
    member = {"user": STRANGER, "roles": [], "joined_at": None, "deaf": False, "mute": False, "flags": 0}
    guild = {"guild_id": GUILD, "guild": {"id": GUILD, "locale": "en-US", "features": []}}
    private = {"id": interaction.channel, "type": 1, "recipients": [STRANGER], "last_message_id": None}
    public = {
        "id": interaction.channel,
        "type": 0,
        "name": "city-desk",
        "guild_id": GUILD,
        "position": 0,
        "permission_overwrites": [],
    }
    place = (
        {"channel": private, "user": STRANGER} if direct else {"channel": public, "member": member, **guild}
    )
    return {
        "id": interaction.id,
        "application_id": APPLICATION,
        "type": 2,
        "token": interaction.token,
        "version": 1,
        "attachment_size_limit": 10485760,
        "entitlements": [],
        "locale": "en-US",
        "data": {"id": "1", "name": "digest", "type": 1, "options": given},
        **place,
    }
