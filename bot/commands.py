"""[io] What a user may ask in chat, the same words on every platform.

Platforms turn an interaction into a ``DigestRequest`` and show the ``Answer`` to the person who
asked, alone; they decide nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot import words
from bot.publishing import Publisher
from config.schema import Channel, Config
from digests.catalogue import ENGLISH, Catalogue, catalogue
from digests.digest import make_story
from digests.document import Document
from digests.errors import AnalysisFailed, FetchError, ParseError
from digests.reading import Reader
from digests.render.document import make_article_document


class Wants(StrEnum):
    """What is asked for: a digest, how to type the command, or words of regret for what failed."""

    DIGEST = "digest"
    USAGE = "usage"
    APOLOGY = "apology"


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
    wants: Wants = Wants.DIGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A sentence, a document, or both; shown to the person who asked and to nobody else.

    ``language`` is for the platform's own words around them.
    """

    text: str = ""
    document: Document | None = None
    language: str = "en"


Answerer = Callable[[DigestRequest], Awaitable[Answer]]


async def apology(request: DigestRequest, answer: Answerer) -> Answer:
    """Return what is said where an answer failed: in the channel's language, unless that fails too."""
    try:
        return await answer(replace(request, wants=Wants.APOLOGY))
    except Exception:  # what failed before was logged, and this is the same
        return Answer(text=words.sorry(ENGLISH))


class Commands:
    """Answers what is asked in chat; every answer helps, and none takes what the schedule will post."""

    def __init__(
        self, config: Config, publisher: Publisher, reader: Reader, wake: Callable[[], None]
    ) -> None:
        self._config = config
        self._publisher = publisher
        self._reader = reader
        self._wake = wake
        self._ready = False

    def follow(self, config: Config, publisher: Publisher) -> None:
        """Answer by another configuration from now on."""
        self._config, self._publisher = config, publisher

    @property
    def ready(self) -> bool:
        """Whether the feeds were read once."""
        return self._ready

    def mark_ready(self) -> None:
        """Say that the feeds were read once: from now on "nothing new" means it."""
        self._ready = True

    async def digest(self, request: DigestRequest) -> Answer:
        """Return what ``/digest`` shows: the channel's next digest as it would be now, or one article's."""
        channel = self._channel_of(request)
        say = catalogue(self._config.language_of(channel))
        answer = await self._answer(request, channel, say)
        return replace(answer, language=say.language)

    async def _answer(self, request: DigestRequest, channel: Channel | None, say: Catalogue) -> Answer:
        if request.wants is not Wants.DIGEST:
            return Answer(text=words.usage(say) if request.wants is Wants.USAGE else words.sorry(say))
        if request.url is not None:
            return await self._article(request, request.url, channel, say)
        if request.direct:
            return Answer(text=words.direct_message(say))
        if channel is None:
            return Answer(text=words.not_configured(f"{request.platform}:{request.channel}", say))
        if not self._ready:
            return Answer(text=words.first_poll(say))
        if request.share:
            return await self._share(channel, say)
        digest, document = await self._publisher.preview(channel)
        if not digest.article_ids:
            return Answer(text=self._nothing_new(channel, say))
        return Answer(text=words.preview(self._when_next(channel, say), say), document=document)

    def _channel_of(self, request: DigestRequest) -> Channel | None:
        here = (request.platform, request.channel)
        return next((c for c in self._config.channels if (c.to.platform, c.to.address) == here), None)

    async def _share(self, channel: Channel, say: Catalogue) -> Answer:
        published = await self._publisher.publish(channel, slot=None)
        if not published.stories:
            return Answer(text=self._nothing_new(channel, say))
        self._wake()
        return Answer(text=words.shared(published.stories, say))

    async def _article(
        self, request: DigestRequest, url: str, channel: Channel | None, say: Catalogue
    ) -> Answer:
        if request.share and channel is None:
            return Answer(text=words.not_configured(f"{request.platform}:{request.channel}", say))
        try:
            read = await self._reader.read_address(url)
        except (FetchError, ParseError, AnalysisFailed) as error:
            return Answer(text=words.not_read(error, say))
        zone = self._config.zone_of(channel) if channel is not None else ZoneInfo(self._config.timezone)
        document = make_article_document(make_story(read), zone, say.language)
        if not request.share or channel is None:
            return Answer(document=document)
        await self._publisher.post_document(channel, document)
        self._wake()
        return Answer(text=words.shared(1, say))

    def _nothing_new(self, channel: Channel, say: Catalogue) -> str:
        return words.nothing_new(self._when_next(channel, say), say)

    def _when_next(self, channel: Channel, say: Catalogue) -> str:
        slot = self._publisher.next_slot(channel)
        return words.moment(slot, self._config.zone_of(channel), say) if slot is not None else ""
