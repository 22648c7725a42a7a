"""What became of a digest on its way through crashes: compared with what an undisturbed bot posts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.wire.discord_payloads import Posted
from tests.wire.slack_bot import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that stands in a channel: the key of its part, and all that it shows."""

    channel: str
    key: str
    text: str

    @property
    def number(self) -> int:
        """Which part of its digest it is, from 1."""
        return int(self.key.rpartition("-")[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is wrong in a channel, by the messages' first words."""

    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    disordered: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        return self == Verdict()


def on_discord(posted: Posted) -> Message:
    """Return a message as it stands in Discord, without the key that readers overlook."""
    text, _, key = posted.texts.strip().rpartition("#")
    return Message(channel=posted.channel, key=key, text=text.rstrip(" ·\n"))


def on_slack(posted: Mapping[str, Any]) -> Message:
    """Return a message as it stands in Slack."""
    key = posted["metadata"]["event_payload"]["key"]
    return Message(channel=posted["channel"], key=key, text=words(dict(posted)))


def by_channel(messages: Iterable[Message]) -> dict[str, tuple[Message, ...]]:
    """Return the messages of each channel, in the order in which they stand there."""
    channels: dict[str, tuple[Message, ...]] = {}
    for message in messages:
        channels[message.channel] = (*channels.get(message.channel, ()), message)
    return channels


def judge(wanted: Sequence[str], found: Sequence[str]) -> Verdict:
    """Return how the texts ``found`` in a channel differ from those that should stand there."""
    counts = Counter(found)
    first = [text for text in dict.fromkeys(found) if text in wanted]
    return Verdict(
        lost=_named(text for text in wanted if text not in counts),
        doubled=_named(text for text in wanted if counts[text] > 1),
        disordered=_named(
            text for text, place in zip(first, sorted(first, key=wanted.index), strict=True) if text != place
        ),
        foreign=_named(text for text in counts if text not in wanted),
    )


def _named(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text[:60] for text in texts)
