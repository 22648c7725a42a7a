"""What the bot asks for on each platform is what its code needs, and no more."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from ruamel.yaml import YAML
from slack_sdk.web.async_client import AsyncWebClient

ROOT = Path(__file__).parents[3]
# What each call needs, by its page under https://api.slack.com/methods, in public and private channels.
# "command" is bolt's, for a slash command.
SCOPES = {
    "auth_test": (),
    "chat_postMessage": ("chat:write",),
    "conversations_history": ("channels:history", "groups:history"),
    "apps_connections_open": (),  # connections:write, of the app-level token: no manifest can ask for it
    "command": ("commands",),
}


def slack_calls(source: str) -> Iterator[str]:
    """Yield the methods of Slack's web API, and bolt's ``command``, that some code calls."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name == "command" or (
                "_" in name and not name.startswith("_") and hasattr(AsyncWebClient, name)
            ):
                yield name


def called() -> set[str]:
    """Return what the Slack platform calls."""
    sources = (ROOT / "bot" / "platforms").glob("slack*.py")
    return {name for source in sources for name in slack_calls(source.read_text(encoding="utf-8"))}


def test_a_call_is_seen_where_it_is_made() -> None:
    """However the client is come by; other objects' methods do not count."""
    source = (
        "await self._web().users_info(user=who)\nclient.pins_add()\nnames.remove(x)\napp.command('/x')(f)"
    )
    assert set(slack_calls(source)) == {"users_info", "pins_add", "command"}


def test_the_slack_manifest_asks_for_the_scopes_of_the_calls_and_no_more() -> None:
    """A new call needs its scopes in the table above, and in the manifest; over a socket alone."""
    assert called() == set(SCOPES)
    manifest = YAML(typ="safe").load(files("bot.platforms") / "slack_manifest.yaml")
    scopes = manifest["oauth_config"]["scopes"]
    assert list(scopes) == ["bot"]
    assert sorted(scopes["bot"]) == sorted(scope for name in called() for scope in SCOPES[name])
    assert [command["command"] for command in manifest["features"]["slash_commands"]] == ["/digest"]
    assert manifest["settings"]["socket_mode_enabled"] is True


def invitation() -> dict[str, list[str]]:
    """Return the parameters of the README's invite link."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (link,) = re.findall(r"https://discord\.com/oauth2/authorize[^\s`]*", readme)
    return parse_qs(urlsplit(link).query)


def test_the_discord_invitation_carries_the_permissions_that_the_readme_names() -> None:
    """View Channels, Send Messages, Embed Links, Read Message History."""
    needed = discord.Permissions(
        view_channel=True, send_messages=True, embed_links=True, read_message_history=True
    )
    assert invitation()["permissions"] == [str(needed.value)]


@pytest.mark.parametrize("scope", ["bot", "applications.commands"])
def test_the_discord_invitation_lets_the_bot_in_with_its_command(scope: str) -> None:
    """Without the second, ``/digest`` would not show."""
    assert scope in invitation()["scope"][0].split()
