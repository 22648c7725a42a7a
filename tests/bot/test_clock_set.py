"""A clock that is set back under a running bot: what waits for the end of quiet hours."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import _recall_quiet
from tests.bot.small_app import CITY, DESK, START, small_app
from tests.make import make_part

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("quiet", "due_in", "due"),
    [
        pytest.param("22:00-07:00", 20, 0, id="put off to tomorrow by a clock that was ahead"),
        pytest.param("11:00-14:00", 20, 2, id="quiet by the clock as it is too"),
        pytest.param("11:00-14:00", 2, 2, id="as it should be"),
        pytest.param("11:00-14:00", 1, 1, id="sooner"),
    ],
)
async def test_what_was_never_tried_is_due_when_quiet_ends_by_the_clock_as_it_is(
    tmp_path: Path, quiet: str, due_in: int, due: int
) -> None:
    """Noon in UTC; another channel's parts are left alone."""
    async with small_app(tmp_path, {**DESK, "quiet": quiet}) as small:
        store = small.app.store
        mine = make_part(platform="discord", channel=CITY, due_at=START + due_in * HOUR)
        other = make_part(2, platform="discord", channel="1", due_at=START + due_in * HOUR)
        await store.queue_parts([mine, other])
        await _recall_quiet(small.app.config, store, START)
        fronts = {front.channel: front.due_at for front in await store.load_fronts()}
        assert fronts == {CITY: START + due * HOUR, "1": START + due_in * HOUR}
