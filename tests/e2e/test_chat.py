"""``/digest`` typed in Discord and in Slack, answered by a whole bot in its own process."""

import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from bot import words
from digests.catalogue import ENGLISH
from tests.e2e.bots import Bots, calm
from tests.e2e.chats import SLACK_CHANNEL, Chat, DiscordChat, SlackChat, chat_settings, until
from tests.e2e.news import BRIDGE, HARBOUR, MAYOR, MEMBER, RECTOR, SCHOOL, allow, publish
from tests.feed_server import FeedServer, silent
from tests.wire.discord_server import DiscordServer
from tests.wire.slack_server import SlackServer

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire]

Chats = tuple[DiscordChat, SlackChat]


@pytest.fixture
async def chats() -> AsyncIterator[Chats]:
    async with DiscordServer() as discord, SlackServer() as slack:
        yield DiscordChat(discord), SlackChat(slack)


@contextmanager
def told(chat: Chat) -> Iterator[None]:
    """Name the platform where something fails."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"on {type(chat).__name__}")
        raise


def configure(bots: Bots, publisher: FeedServer, chats: Chats) -> str:
    settings = chat_settings(chats[0].server, chats[1].server)
    feeds = [{"url": publisher.url(), "name": "Fernvale Courier"}]
    return bots.configure(network=allow(publisher), feeds=feeds, **settings)


async def test_a_preview_is_private_and_consumes_nothing_and_share_posts_it_for_all_once(
    bots: Bots, publisher: FeedServer, chats: Chats
) -> None:
    """Twice the same preview; then everybody sees it; then nothing is new, and the next slot repeats nothing
    but posts what came since."""
    publish(publisher, BRIDGE, SCHOOL)
    config = configure(bots, publisher, chats)
    bot = await bots.start("run", "--config", config)
    await until_read(*chats)
    for chat in chats:
        with told(chat):
            for _ in range(2):
                shown = await chat.ask(parts=2)
                assert "The next digest, as it would be now. It is due " in shown
                assert " 1 Jan, 08:00 (UTC)." in shown
                assert MAYOR in shown
                assert RECTOR in shown
            assert chat.posted() == []
            assert "Posting 2 stories to this channel." in await chat.ask(share=True, parts=1)
            await until(chat.posted)
            assert "Nothing new since the last digest." in await chat.ask(parts=1)
            assert "Nothing new since the last digest." in await chat.ask(share=True, parts=1)
            (posted,) = chat.posted()
            assert MAYOR in posted
    assert calm(await bot.interrupt(signal.SIGINT)) == []

    publish(publisher, HARBOUR, BRIDGE, SCHOOL)
    slot = await bots.run("run", "--once", "--config", config)
    assert calm(slot) == []
    for chat in chats:
        with told(chat):
            _, later = chat.posted()
            assert MEMBER in later
            assert MAYOR not in later


async def until_read(discord: DiscordChat, slack: SlackChat) -> None:
    """Wait until both listen and the first poll is over."""
    await discord.ready()
    await slack.ready()
    answer = words.first_poll(ENGLISH)
    while words.first_poll(ENGLISH) in answer:
        answer = await discord.ask(parts=1)


async def test_every_question_that_has_no_digest_gets_a_helpful_sentence(
    bots: Bots, publisher: FeedServer, chats: Chats
) -> None:
    """While the first poll hangs: the channel, another channel, a direct message; an address is digested
    all the same, unless nothing can be had there or it leads off the public internet."""
    publish(publisher, BRIDGE)
    publisher.on("/feed", silent())
    bot = await bots.start("run", "--config", configure(bots, publisher, chats))
    for chat in chats:
        with told(chat):
            await chat.ready()
            assert words.first_poll(ENGLISH) in await chat.ask(parts=1)
            elsewhere = await chat.ask(elsewhere=True, parts=1)
            assert "This channel gets no digests yet." in elsewhere
            assert "0000099" in elsewhere or "C0ELSEWHERE" in elsewhere
            assert "This channel gets no digests yet." in await chat.ask(elsewhere=True, share=True, parts=1)
            direct = await chat.ask(direct=True, parts=1)
            assert "type /digest in a channel that gets one" in direct.replace("`", "")
            assert MAYOR in await chat.ask(url=publisher.url(BRIDGE.path), parts=1)
            assert MAYOR in await chat.ask(url=publisher.url(BRIDGE.path), direct=True, parts=1)
            missing = await chat.ask(url=publisher.url("/nothing-here"), parts=1)
            assert "I could not digest that: " in missing
            assert "is not there (HTTP 404)" in missing
            private = await chat.ask(url="http://127.0.0.1:9/admin", parts=1)
            assert "not on the public internet" in private
            assert chat.posted() == []
            shared = await chat.ask(url=publisher.url(BRIDGE.path), share=True, parts=1)
            assert "Posting 1 story to this channel." in shared
            await until(chat.posted)
            assert MAYOR in chat.posted()[0]
    assert calm(await bot.interrupt(signal.SIGINT)) == []
    assert SLACK_CHANNEL in {message["channel"] for message in chats[1].server.messages}
