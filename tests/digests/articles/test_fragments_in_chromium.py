"""Links to quotes, followed by a real browser where one is found."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, web

from digests.articles.fragments import text_fragment

CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --remote-debugging-port=0"
).split()
PAGE = (
    "<!doctype html><meta charset=utf-8><div style='height:5000px'></div>{}<div style='height:5000px'></div>"
)
FAR = 3000

pytestmark = [
    pytest.mark.wire,
    pytest.mark.timeout(120),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium"),
]

# What the page prints, and the quote as the article's text has it: all its spaces plain ones.
FOUND = [
    pytest.param("“We will rebuild the bridge,” she said.", "We will rebuild the bridge,", "en", id="en"),
    pytest.param(
        "“We will rebuild the bridge, and we will not wait for the river,” she said.",
        "We will rebuild the bridge, and we will not wait for the river,", "en", id="en, long",
    ),
    pytest.param("Il a dit «\u202fon verra\u202f» hier.", "on verra", "fr", id="fr, narrow"),
    pytest.param("Il a dit «\u00a0on verra\u00a0» hier.", "on verra", "fr", id="fr, wide"),
    pytest.param("Il a dit “on verra” hier.", "on verra", "fr", id="fr, other marks"),
    pytest.param("Il a dit «on verra» hier.", "on verra", "fr", id="fr, no spaces"),
    pytest.param("«\u202fC’est vrai\u202f!\u202f»", "C’est vrai !", "fr", id="fr, a mark that stands alone"),
    pytest.param(
        "«\u202fOn verra bien\u202f! Les ponts de la ville sont vieux\u202f; on refait tout\u202f!\u202f»",
        "On verra bien ! Les ponts de la ville sont vieux ; on refait tout !", "fr", id="fr, long",
    ),
    pytest.param("قالت ليلى «سنبني الجسر من جديد» أمس", "سنبني الجسر من جديد", "ar", id="ar"),
    pytest.param(
        "אמרה נועה ”נבנה את הגשר מחדש בתוך שלוש שנים תמימות” ביום שני",
        "נבנה את הגשר מחדש בתוך שלוש שנים תמימות", "he", id="he",
    ),
    pytest.param("知事は「橋は閉鎖する。」と述べた。", "橋は閉鎖する。", "ja", id="ja"),
    pytest.param(
        "知事は「橋は安全のため閉鎖する、再開は未定だ。住民の皆さんには不便をかける」と述べた。",
        "橋は安全のため閉鎖する、再開は未定だ。住民の皆さんには不便をかける", "ja", id="ja, long",
    ),
    pytest.param(
        "市长说：“我们将重建这座桥梁，工程明年开始。”",
        "我们将重建这座桥梁，工程明年开始。", "zh", id="zh",
    ),
    pytest.param(
        "นายกฯ กล่าวว่า “สะพานจะปิดจนถึงปีหน้า เพราะต้องซ่อม”",
        "สะพานจะปิดจนถึงปีหน้า เพราะต้องซ่อม", "th", id="th",
    ),
    pytest.param("시장은 “다리를 다시 짓겠다”고 말했다.", "다리를 다시 짓겠다", "ko", id="ko"),
]  # fmt: skip


class Browser:
    """A tab of a Chromium, driven by its own protocol."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._calls = 0

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._calls += 1
        await self._socket.send_json({"id": self._calls, "method": method, "params": parameters})
        while (told := await self._socket.receive_json()).get("id") != self._calls:
            pass
        return told["result"]

    async def scrolled_to(self, url: str) -> float:
        """Return how far down the page a visitor of ``url`` arrives, once that is settled."""
        await self.call("Page.navigate", url="about:blank")
        await self.call("Page.navigate", url=url)
        for _ in range(20):
            await asyncio.sleep(0.1)
            told = await self.call("Runtime.evaluate", expression="[location.href, window.scrollY].join(' ')")
            at = float(told["result"]["value"].split()[-1])
            if at:
                return at
        return 0.0


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Browser]:
    """Start Chromium with an empty profile and end it."""
    assert CHROMIUM is not None
    started = await asyncio.create_subprocess_exec(
        CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        port = folder / "DevToolsActivePort"
        while not (port.exists() and "\n" in port.read_text()):  # noqa: ASYNC110  (another program's file)
            await asyncio.sleep(0.05)
        async with ClientSession() as session:
            address = f"http://127.0.0.1:{port.read_text().split()[0]}/json"
            tabs = await (await session.get(address)).json()
            async with session.ws_connect(tabs[0]["webSocketDebuggerUrl"]) as socket:
                yield Browser(socket)
    finally:
        # What was started may be a script that only starts the browser, which starts others: all of them end.
        os.killpg(started.pid, signal.SIGTERM)
        await started.wait()


@asynccontextmanager
async def site() -> AsyncIterator[str]:
    """Serve each of the texts far down a page of its own."""
    app = web.Application()
    for number, case in enumerate(FOUND):
        body = PAGE.format(f"<p>{escape(str(case.values[0]))}</p>")

        async def answer(request: web.Request, body: str = body) -> web.Response:
            return web.Response(text=body, content_type="text/html")

        app.router.add_get(f"/{number}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_a_browser_finds_every_quote(tmp_path: Path) -> None:
    """In each language, whatever spaces and marks the page prints; and nothing that is not there."""
    missed = []
    async with site() as address, browser(tmp_path) as tab:
        for number, case in enumerate(FOUND):
            _, quote, language = map(str, case.values)
            if await tab.scrolled_to(text_fragment(f"{address}/{number}", quote, language)) < FAR:
                missed.append(case.id)
        absent = await tab.scrolled_to(text_fragment(f"{address}/0", "This stands nowhere", "en"))
    assert (missed, absent) == ([], 0.0)
