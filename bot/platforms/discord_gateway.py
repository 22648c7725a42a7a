"""[io] Discord's gateway and the ``/digest`` command that comes over it.

A client of its own: whatever becomes of the gateway, posting over REST goes on.
"""

import asyncio
import zlib
from typing import Any

import aiohttp
import discord
import structlog
from discord import app_commands

from bot import words
from bot.commands import Answer, Answerer, DigestRequest, apology
from bot.platforms import embeds
from digests.catalogue import catalogue

# No voice here: an operator needs no warnings that its libraries are missing.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

log = structlog.get_logger(__name__)

# Discord allows 1,000 IDENTIFYs a day: one every 86 s; five minutes leave room for restarts.
_FIRST_DELAY = 1.0
_LONGEST_DELAY = 300.0
_STABLE_SECONDS = 300.0
# An interaction's token lives 15 minutes: what takes longer cannot be shown any more.
_ANSWER_SECONDS = 600.0
_MAX_PARTS = 5

# Close codes that say the bot itself is wrong (token, intents, shards): trying again would not help.
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
_FATAL_CODES = (4004, 4010, 4011, 4012, 4013, 4014)
_NETWORK = (aiohttp.ClientError, OSError)
# What discord.py lets out where it is told what Discord would not say, and where its very first connection is
# closed before a word was said (an AttributeError).
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, zlib.error)


async def run_gateway(token: str, answer: Answerer, trace: aiohttp.TraceConfig) -> None:
    """Serve ``/digest`` until cancelled; a lost gateway is connected again, ever more slowly.

    discord.py resumes a session by itself; what it gives up on, the first connect above all, is
    begun again here with a new client. ``trace`` watches its requests.

    Raises:
        discord.LoginFailure: the token is wrong.
        discord.ConnectionClosed: the gateway refuses this bot for good.
    """
    clock = asyncio.get_running_loop().time
    delay = _FIRST_DELAY
    while True:
        began = clock()
        reason = await _connect(token, answer, trace)
        if clock() - began > _STABLE_SECONDS:
            delay = _FIRST_DELAY
        log.warning("discord gateway lost", reason=reason, retry_in=delay)
        await asyncio.sleep(delay)
        delay = min(2 * delay, _LONGEST_DELAY)


async def _connect(token: str, answer: Answerer, trace: aiohttp.TraceConfig) -> str:
    """Log in, connect and serve; return why it ended, which may be minutes or months later."""
    client = discord.Client(intents=discord.Intents(guilds=True), http_trace=trace)
    tree = make_tree(client, answer)
    try:
        async with client:
            await client.login(token)
            await _sync(client, tree)
            await client.connect(reconnect=False)
    except discord.LoginFailure:
        raise
    except discord.ConnectionClosed as error:
        if error.code in _FATAL_CODES:
            raise
        return f"closed with code {error.code}"
    except (discord.HTTPException, discord.GatewayNotFound, *_NETWORK, *_UNREADABLE) as error:
        return f"{type(error).__name__}: {error}"
    return "closed"


async def _sync(client: discord.Client, tree: app_commands.CommandTree) -> None:
    """Register the commands with Discord if they differ from those registered there.

    Compared as Discord tells them: discord.py 2.7 loses half of a fetched command's contexts.
    """
    if client.application_id is None:
        raise RuntimeError("log in first")
    wanted = [_shape(command.to_dict(tree)) for command in tree.get_commands()]
    told = await client.http.get_global_commands(client.application_id)
    if _by_name(wanted) != _by_name([_shape(dict(command)) for command in told]):
        await tree.sync()
        log.info("discord commands registered", commands=[command["name"] for command in wanted])


def _shape(command: dict[str, Any]) -> dict[str, Any]:
    """Return what users see of a command, the same from discord.py as from Discord's own listing."""
    options = [
        (option["name"], option["description"], option["type"], bool(option.get("required")))
        for option in command.get("options", ())
    ]
    places = {name: sorted(command.get(name) or ()) for name in ("contexts", "integration_types")}
    return {"name": command["name"], "description": command.get("description"), "options": options, **places}


def _by_name(commands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(commands, key=lambda command: str(command["name"]))


def make_tree(client: discord.Client, answer: Answerer) -> app_commands.CommandTree:
    """Return the bot's slash commands, answered by ``answer``."""
    tree = app_commands.CommandTree(client)

    @tree.command(
        name="digest", description="Who said what since this channel's last digest, shown to you alone"
    )
    @app_commands.describe(
        url="An article's address: digest that article instead",
        share="Post the result here for everyone",
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def digest(interaction: discord.Interaction, url: str | None = None, share: bool = False) -> None:
        request = DigestRequest(
            platform="discord",
            channel=str(interaction.channel_id),
            direct=interaction.guild_id is None,
            url=url,
            share=share,
        )
        await _serve(interaction, request, answer)

    return tree


async def _serve(interaction: discord.Interaction, request: DigestRequest, answer: Answerer) -> None:
    """Acknowledge at once, then answer; whatever fails is logged, and told where it can be."""
    try:
        await interaction.response.defer(ephemeral=True, thinking=True)
    except (discord.HTTPException, *_NETWORK) as error:
        # Too late, or delivered twice and acknowledged before: there is nobody to answer.
        log.warning("digest command not acknowledged", reason=str(error))
        return
    shown = await _ask(request, answer)
    try:
        await _show(interaction, shown)
    except (discord.HTTPException, *_NETWORK):
        log.exception("digest command not answered", channel=request.channel)


async def _ask(request: DigestRequest, answer: Answerer) -> Answer:
    """Return the answer, or an apology for an unknown error, which is logged."""
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            return await answer(request)
    except Exception:
        log.exception("digest command failed", channel=request.channel)
        return await apology(request, answer)


async def _show(interaction: discord.Interaction, answer: Answer) -> None:
    """Send the answer to the person who asked: the sentence first, then at most five messages."""
    parts = embeds.render(answer.document) if answer.document is not None else ()
    say = catalogue(answer.language)
    if answer.text or not parts:
        await _say(interaction, answer.text or words.nothing_to_show(say))
    for part in parts[:_MAX_PARTS]:
        await interaction.followup.send(
            part.payload.get("content", ""),
            embeds=[discord.Embed.from_dict(embed) for embed in part.payload["embeds"]],
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
            wait=True,
        )
    if len(parts) > _MAX_PARTS:
        await _say(interaction, words.first_messages(_MAX_PARTS, len(parts), say))


async def _say(interaction: discord.Interaction, text: str) -> None:
    """Send one sentence to the person who asked."""
    await interaction.followup.send(
        embeds.sentence(text),
        ephemeral=True,
        allowed_mentions=discord.AllowedMentions.none(),
        wait=True,
    )
