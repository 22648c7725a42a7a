"""What a user may ask in chat, the same words on every platform.

Platforms turn an interaction into a ``DigestRequest`` and show the ``Answer`` to the person who
asked, alone; they decide nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from digests.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRequest:
    """A ``/digest`` as typed. ``channel`` is the platform's id of the channel it was typed in.

    ``direct`` marks a direct message with the bot. ``url`` asks for one article's digest.
    ``share`` posts the result to the channel for all.
    """

    platform: str
    channel: str
    direct: bool = False
    url: str | None = None
    share: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A sentence, a document, or both; shown to the person who asked and to nobody else."""

    text: str = ""
    document: Document | None = None


Answerer = Callable[[DigestRequest], Awaitable[Answer]]
