"""``run --once`` in a process of its own: one cycle of everything, then the end."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.bots import Bots, calm
from tests.e2e.chats import chat_settings
from tests.e2e.news import BRIDGE, HARBOUR, MAYOR, MEMBER, RECTOR, SCHOOL, allow, publish
from tests.feed_server import FeedServer
from tests.wire.discord_payloads import CHANNEL
from tests.wire.discord_server import DiscordServer, Fault
from tests.wire.slack_server import SlackServer

pytestmark = [pytest.mark.crash, pytest.mark.model]

OUTLETS = ("Harbour Ledger", "Northgate Wire", "Tasmere Standard", "Skerrow Islander")


async def test_without_a_configuration_the_bundled_feeds_are_digested_once(bots: Bots) -> None:
    """The digest holds every outlet and the data folder is made; a second run says that nothing is new,
    names the next slot, and shows the last digest again, labelled as such."""
    first = await bots.run("run", "--once")
    assert calm(first) == []
    assert [outlet for outlet in OUTLETS if outlet not in first.out] == []
    assert first.out.count("front-page: ") == 1
    assert (bots.folder / "data" / "onrecord.db").is_file()

    again = await bots.run("run", "--once")
    assert calm(again) == []
    assert "stories (shown again, made " in again.flat
    assert "front-page: nothing new since the last digest. Next digest: " in again.flat
    assert told(again.out) == told(first.out)


def told(out: str) -> list[str]:
    """Return the lines of a digest's stories."""
    return [line for line in out.splitlines() if line.strip().startswith("•")]


def quiet_now() -> str:
    """Return quiet hours around the present time, in UTC."""
    now = datetime.now(UTC)
    start, end = now - timedelta(hours=2), now + timedelta(hours=2)
    return f"{start:%H:%M}-{end:%H:%M}"


async def test_quiet_hours_are_kept(bots: Bots, publisher: FeedServer) -> None:
    """The digest is made and waits; every run says until when, and none shows the story, even again."""
    feed = publish(publisher, BRIDGE)
    config = bots.configure(
        network=allow(publisher),
        feeds=[{"url": feed}],
        channels=[{"name": "desk", "to": "terminal", "schedule": "0 8 * * *", "quiet": quiet_now()}],
    )
    first = await bots.run("run", "--once", "--config", config)
    assert calm(first) == []
    assert "desk: quiet now; 1 story goes out " in first.flat
    again = await bots.run("run", "--once", "--config", config)
    assert calm(again) == []
    assert "desk: not delivered yet: quiet until " in again.flat
    assert MAYOR not in first.flat + again.flat


def settings(publisher: FeedServer, discord: DiscordServer, slack: SlackServer) -> dict[str, object]:
    """Return a configuration with one feed and a channel on each of the servers."""
    feeds = [{"url": publisher.url(), "name": "Fernvale Courier"}]
    return {"network": allow(publisher), "feeds": feeds, **chat_settings(discord, slack)}


@pytest.mark.wire
async def test_chats_get_the_digest_once_over_rest_alone(bots: Bots, publisher: FeedServer) -> None:
    """No gateway and no socket is opened; the second run posts nothing; the third only what came since."""
    async with DiscordServer() as discord, SlackServer() as slack:
        publish(publisher, BRIDGE, SCHOOL)
        config = bots.configure(**settings(publisher, discord, slack))
        first = await bots.run("run", "--once", "--config", config)
        assert calm(first) == []
        assert "city: 2 stories posted." in first.flat
        assert "desk: 2 stories posted." in first.flat
        (in_discord,), (in_slack,) = discord.messages, slack.messages
        assert MAYOR in in_discord.texts
        assert RECTOR in in_discord.texts
        assert MAYOR in str(in_slack["blocks"])
        assert RECTOR in str(in_slack["blocks"])

        second = await bots.run("run", "--once", "--config", config)
        assert calm(second) == []
        assert second.flat.count("nothing new since the last digest. Next digest: ") == 2
        assert (len(discord.messages), len(slack.messages)) == (1, 1)

        publish(publisher, HARBOUR, BRIDGE, SCHOOL)
        third = await bots.run("run", "--once", "--config", config)
        assert calm(third) == []
        assert (len(discord.messages), len(slack.messages)) == (2, 2)
        assert MEMBER in discord.messages[1].texts
        assert MAYOR not in discord.messages[1].texts
        assert discord.identifies == []
        assert discord.count("GET", "/gateway") == discord.count("GET", "/gateway/bot") == 0
        assert slack.calls["apps.connections.open"] == 0


@pytest.mark.wire
async def test_two_channels_with_one_address_are_told_of_apart(bots: Bots, publisher: FeedServer) -> None:
    """The one that is quiet holds up neither the other's digest nor the line that says it was posted."""
    async with DiscordServer() as discord, SlackServer() as slack:
        publish(publisher, BRIDGE)
        config = settings(publisher, discord, slack)
        city = {"to": f"discord:{CHANNEL}", "schedule": "0 8 * * *"}
        channels = [{**city, "name": "calm", "quiet": quiet_now()}, {**city, "name": "loud"}]
        ended = await bots.run(
            "run", "--once", "--config", bots.configure(**{**config, "channels": channels})
        )
        assert calm(ended) == []
        assert "calm: quiet now; 1 story goes out " in ended.flat
        assert "loud: 1 story posted." in ended.flat
        assert len(discord.messages) == 1


@pytest.mark.wire
async def test_what_a_platform_did_not_take_is_not_called_posted(bots: Bots, publisher: FeedServer) -> None:
    """The line says why it waits; the other platform gets its digest all the same."""
    async with DiscordServer() as discord, SlackServer() as slack:
        publish(publisher, BRIDGE)
        config = bots.configure(**settings(publisher, discord, slack))
        discord.script(Fault(method="GET", path="/users/@me", status=503, times=5))
        first = await bots.run("run", "--once", "--config", config)
        assert calm(first) == []
        assert "city: 1 story posted" not in first.flat
        assert "not delivered yet" in first.flat
        assert (len(discord.messages), len(slack.messages)) == (0, 1)


@pytest.mark.wire
async def test_a_cycle_stays_for_what_a_broken_connection_put_off(bots: Bots, publisher: FeedServer) -> None:
    """Whoever calls it once a day would have the rest a day late; the message that stood there is found."""
    async with DiscordServer() as discord, SlackServer() as slack:
        publish(publisher, BRIDGE)
        config = bots.configure(**settings(publisher, discord, slack))
        discord.script(Fault(cut="after"))
        ended = await bots.run("run", "--once", "--config", config)
        assert calm(ended) == []
        assert "city: 1 story posted" in ended.flat
        assert (len(discord.messages), len(slack.messages)) == (1, 1)
        assert discord.count("GET", "/messages") == 1
