"""[io] ``onrecord outbox``: what waits and why, another try, giving up; it works beside a running bot."""

import json
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console

from bot import words
from bot.clock import now
from config.schema import Config
from digests.errors import OnrecordError
from digests.model import OutboxPart, PartState
from digests.storage.outbox import UNFINISHED
from digests.storage.store import Store


async def show(config: Config, console: Console, *, everything: bool, as_json: bool) -> None:
    """Print the parts that are not sent, or all that are remembered, the oldest first."""
    async with await Store.open_beside(config.storage) as store:
        parts = await store.load_parts(tuple(PartState) if everything else UNFINISHED)
    if as_json:
        for part in parts:
            console.out(json.dumps(_as_json(part), ensure_ascii=False), highlight=False)
        return
    zone = ZoneInfo(config.timezone)
    for part in parts:
        console.print(_line(part, zone), highlight=False, markup=False, soft_wrap=True)
    console.print(words.outbox_summary([part.state for part in parts]), highlight=False, markup=False)


async def retry(config: Config, console: Console, names: Sequence[str]) -> None:
    """Make due what a failed try put off, in the channels called ``names``, or in all.

    Raises:
        OnrecordError: no channel is called so.
    """
    channels = [_address(config, name) for name in names] or None
    async with await Store.open_beside(config.storage, writable=True) as store:
        count = await store.retry_parts(now(), channels)
    console.print(words.outbox_retried(count), highlight=False, markup=False)


async def drop(config: Config, console: Console, keys: Sequence[str]) -> None:
    """Give up the parts with these keys: they are never sent, and what waits behind them goes on.

    Raises:
        OnrecordError: one of the keys names no part that waits; the others are dropped by then.
    """
    async with await Store.open_beside(config.storage, writable=True) as store:
        waiting = {part.key for part in await store.load_parts(UNFINISHED)}
        count = await store.drop_parts(keys)
    console.print(words.outbox_dropped(count), highlight=False, markup=False)
    if strangers := [key for key in keys if key not in waiting]:
        raise OnrecordError(
            f"no message that waits has the key {', '.join(strangers)}: onrecord outbox lists them"
        )
    if count < len(set(keys)):
        raise OnrecordError("a message that is being sent cannot be dropped: try again in a minute")


def _address(config: Config, name: str) -> tuple[str, str]:
    """Return platform and channel of a channel's name in the configuration, or of "platform:channel"."""
    for channel in config.channels:
        if channel.name == name:
            return channel.to.platform, channel.to.address or channel.name
    platform, colon, address = name.partition(":")
    if not colon:
        known = ", ".join(channel.name for channel in config.channels) or "none"
        raise OnrecordError(f"no channel is called {name!r}; the configuration has: {known}")
    return platform, address


def _line(part: OutboxPart, zone: ZoneInfo) -> str:
    fields = [part.key, part.state.value, f"{part.platform}:{part.channel}", _when(part, zone)]
    return "  ".join((*fields, part.note) if part.note else fields)


def _when(part: OutboxPart, zone: ZoneInfo) -> str:
    if part.state is PartState.SENT:
        return f"message {part.message_id}"
    tries = f", tried {part.attempts} times" if part.attempts > 1 else ""
    return f"due {words.moment(part.due_at, zone)}{tries}"


def _as_json(part: OutboxPart) -> dict[str, str | int | None]:
    return {
        "key": part.key,
        "state": part.state.value,
        "channel": f"{part.platform}:{part.channel}",
        "due_at": _iso(part.due_at),
        "attempts": part.attempts,
        "note": part.note,
        "message_id": part.message_id,
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
