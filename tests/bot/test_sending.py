import pytest

from bot.sending import Sender
from config.schema import Target
from digests.document import Document
from tests.bot.small_app import CITY, Small
from tests.fakes import NOON


@pytest.mark.parametrize(
    ("target", "channel"),
    [
        pytest.param(f"discord:{CITY}", CITY, id="an address of its own"),
        pytest.param("terminal", "city-desk", id="none: it goes by its name"),
    ],
)
def test_a_document_becomes_the_parts_of_its_target(small: Small, target: str, channel: str) -> None:
    """As the target's platform renders it, due when it is due, in the channel's queue, under one token."""
    app = small.app
    sender = Sender(app.config, app.store, app.platforms, app.clock)
    parts = sender.parts(Document(title="Onrecord"), Target.parse(target), "city-desk", NOON)
    assert {(part.platform, part.channel, part.queue, part.due_at) for part in parts} == {
        (target.partition(":")[0], channel, "city-desk", NOON)
    }
    assert len({part.key.partition("-")[0] for part in parts}) == 1
