"""Pictures for the README: what the platforms were sent, drawn as their clients draw it.

``python -m tests.wire.pictures FOLDER`` serves the bundled feeds on loopback, lets the bot post them
to the wire servers with ``--once``, draws the payloads that arrived as HTML and, where Chromium is
found, takes their pictures.
"""

import asyncio
import html
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from rich.console import Console

from bot.app import open_app
from bot.once import run_once
from bot.progress import Progress
from config.load import load
from tests.wire.discord_payloads import CHANNEL
from tests.wire.discord_server import TOKEN, DiscordServer
from tests.wire.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

EVENING = datetime(2026, 3, 10, 21, tzinfo=UTC)
SEEDS = Path(__file__).parents[2] / "seeds"
_CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --force-device-scale-factor=1.5"
).split()

_CONFIG = """
storage: sqlite:///{folder}/pictures.db
timezone: Europe/London
network: {{allow: ["127.0.0.1:{port}"]}}
feeds:
  - {{url: "http://127.0.0.1:{port}/northgate-wire.xml", name: Northgate Wire, tags: [wire]}}
channels:
  - {{name: front-page, to: "discord:{channel}", schedule: "0 8 * * *", max_stories: 2}}
  - {{name: front-page-slack, to: "slack:C0123ABCD", schedule: "0 8 * * *", max_stories: 2}}
discord: {{token: {token}, api: "{discord}", gateway: "{gateway}"}}
slack: {{bot_token: {bot}, app_token: {app}, api: "{slack}"}}
"""


async def collect(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the payloads that Discord's and Slack's servers received for the bundled feeds."""
    site = web.Application()
    site.router.add_static("/", SEEDS)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    async with DiscordServer() as discord, SlackServer() as slack:
        slack.channels.add("C0123ABCD")
        settings = folder / "pictures.yaml"
        settings.write_text(
            _CONFIG.format(
                folder=folder, port=port, channel=CHANNEL, token=TOKEN, discord=discord.api_base,
                gateway=discord.gateway_url, bot=BOT_TOKEN, app=APP_TOKEN, slack=slack.api_base,
            )
        )  # fmt: skip
        console = Console(quiet=True)
        async with open_app(load(settings, {}), console, lambda: EVENING) as app:
            await run_once(app, console, Progress(console))
    await runner.cleanup()
    return [message.payload for message in discord.messages], [dict(message) for message in slack.messages]


# --- Discord ---------------------------------------------------------------------------------------


def _markdown(text: str) -> str:
    """Return Discord's markdown, as far as the bot writes it, as HTML."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(html.escape(match[1]))
        return f"\0{len(held) - 1}\0"

    text = html.escape(re.sub(r"\\(.)", hold, text), quote=False)
    text = re.sub(r"^-# (.*)$", r"<small>\1</small>", text, flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<!\*)\*([^*\n]+)\*(?!\*)", r"<i>\1</i>", text)
    text = text.replace("\n", "<br>")
    return re.sub("\0(\\d+)\0", lambda match: held[int(match[1])], text)


def draw_discord(payloads: list[dict[str, Any]]) -> str:
    """Return the messages as Discord's dark client shows them."""
    blocks = []
    for payload in payloads:
        embeds = "".join(
            f'<div class="embed" style="border-color:#{embed.get("color", 0):06x}">'
            f'<div class="title">{_link(embed)}</div>'
            f"<div>{_markdown(embed.get('description', ''))}</div>"
            f'<div class="foot">{html.escape(embed.get("footer", {}).get("text", ""))}</div></div>'
            for embed in payload.get("embeds", [])
        )
        blocks.append(_message("Onrecord", _markdown(payload.get("content") or ""), embeds))
    return _page("#313338", "#dbdee1", "#00a8fc", "".join(blocks))


def _link(embed: dict[str, Any]) -> str:
    title = html.escape(embed.get("title", ""))
    return f'<a href="{html.escape(embed["url"])}">{title}</a>' if embed.get("url") else title


# --- Slack -----------------------------------------------------------------------------------------


def _rich(element: dict[str, Any]) -> str:
    """Return a rich_text element as HTML."""
    kind, inner = element["type"], element.get("elements", [])
    if kind == "rich_text_list":
        return "<ul>" + "".join(f"<li>{_rich(item)}</li>" for item in inner) + "</ul>"
    if inner:
        return f"<div>{''.join(map(_rich, inner))}</div>"
    text = html.escape(element.get("text", ""))
    style = element.get("style", {})
    if kind == "link":
        text = f'<a href="{html.escape(element["url"])}">{text or html.escape(element["url"])}</a>'
    text = f"<b>{text}</b>" if style.get("bold") else text
    return f"<i>{text}</i>" if style.get("italic") else text


def _block(block: dict[str, Any]) -> str:
    if block["type"] == "header":
        return f"<h3>{block['text']['text']}</h3>"
    if block["type"] == "context":
        return f'<div class="foot">{" ".join(element["text"] for element in block["elements"])}</div>'
    if block["type"] == "divider":
        return "<hr>"
    return "".join(map(_rich, block.get("elements", [])))


def draw_slack(payloads: list[dict[str, Any]]) -> str:
    """Return the messages as Slack's light client shows them."""
    drawn = [_message("onrecord", "", "".join(map(_block, payload["blocks"]))) for payload in payloads]
    return _page("#ffffff", "#1d1c1d", "#1264a3", "".join(drawn))


# --- both ------------------------------------------------------------------------------------------


def _message(name: str, text: str, body: str) -> str:
    return (
        f'<div class="message"><div class="face">O</div><div class="body"><b>{name}</b> '
        f'<span class="app">APP</span><div>{text}</div>{body}</div></div>'
    )


_STYLE = """
body { margin: 0; padding: 16px; width: 560px; font: 15px/1.4 "Noto Sans", sans-serif; }
a { text-decoration: none; }
small, .foot { opacity: .7; font-size: 12px; }
h3 { margin: 4px 0; }
ul { margin: 4px 0; padding-left: 20px; }
li { margin: 3px 0; }
hr { border: 0; border-top: 1px solid #ddd; }
.message { display: flex; gap: 12px; margin-bottom: 16px; }
.body { min-width: 0; overflow-wrap: anywhere; }
.face { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #3b6ea5; color: #fff; }
.face { text-align: center; font: bold 22px/36px serif; }
.app { background: #5865f2; color: #fff; border-radius: 3px; padding: 0 4px; font-size: 10px; }
.embed { border-left: 4px solid; background: #2b2d31; border-radius: 4px; padding: 10px 14px; }
.embed { margin-top: 8px; }
.title { font-weight: bold; margin-bottom: 6px; }
.foot { margin-top: 8px; }
"""


def _page(paper: str, ink: str, link: str, body: str) -> str:
    colours = f"body {{ background: {paper}; color: {ink}; }} a {{ color: {link}; }}"
    return f'<!doctype html><meta charset="utf-8"><style>{_STYLE}{colours}</style>{body}'


def photograph(page: Path, picture: Path, height: int) -> None:
    """Take the picture of a page with Chromium, where it is installed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print(f"no Chromium here: {page} is drawn, {picture.name} is not")
        return
    with tempfile.TemporaryDirectory() as profile:
        size = f"--window-size=592,{height}"
        where = [f"--user-data-dir={profile}", f"--screenshot={picture}", size, page.as_uri()]
        subprocess.run([chromium, *_CHROMIUM, *where], check=True, capture_output=True, timeout=60)


def main() -> None:
    """Draw both platforms' pictures into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        discord, slack = asyncio.run(collect(Path(work)))
        for name, page, height in (
            ("discord", draw_discord(discord), 980),
            ("slack", draw_slack(slack), 950),
        ):
            drawn = Path(work) / f"{name}.html"
            drawn.write_text(page, encoding="utf-8")
            photograph(drawn, folder / f"{name}.png", height)


if __name__ == "__main__":
    main()
