"""What makes a document into messages on their way out: the same for digests and for notices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.outbox import make_parts, new_token
from bot.platforms.base import ChatPlatform
from config.schema import Config, Target
from digests.document import Document
from digests.model import OutboxPart
from digests.storage.store import Store


@dataclass(slots=True)
class Sender:
    """Somebody who has something to say to the channels, or to the operator, of one configuration."""

    config: Config
    store: Store
    platforms: Mapping[str, ChatPlatform]
    clock: Callable[[], datetime]

    def parts(self, document: Document, to: Target, name: str, due_at: datetime) -> tuple[OutboxPart, ...]:
        """Return ``document`` as the parts that ``to`` gets.

        ``name`` is the channel's in the configuration: the queue that they stand in, and ``to``'s address
        where it has none.
        """
        return make_parts(
            self.platforms[to.platform].render(document),
            platform=to.platform, channel=to.address or name, queue=name, due_at=due_at, token=new_token(),
        )  # fmt: skip
