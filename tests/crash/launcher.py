"""The bot with its own death in its hands: ``python -m tests.crash.launcher '{…}' run --config FILE``.

The product knows nothing of this. The first argument says at which commit the process kills itself, and
which of the bot's mechanisms are taken out, so that the tests can show what each is good for.
"""

import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from digests.storage.engine import AsyncConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When the process dies and what it lacks.

    ``dies`` is ``before`` or ``after`` the ``nth`` commit that one of the store's ``methods`` makes, of any
    where none is named; ``trace`` is a file that gets each commit's method. ``settle`` stands for the seconds
    after which a start looks for what a crash left half sent.
    """

    dies: str = ""
    nth: int = 1
    methods: tuple[str, ...] = ()
    trace: str = ""
    without: tuple[str, ...] = ()
    settle: float | None = None

    @classmethod
    def read(cls, told: Any) -> "Plan":
        """Return the plan that was written as JSON."""
        return cls(**{**told, "methods": tuple(told["methods"]), "without": tuple(told["without"])})

    @property
    def begin(self) -> Sequence[str]:
        """Return the arguments of Python that start a bot by this plan."""
        return ("-m", "tests.crash.launcher", json.dumps(asdict(self)))


def run(plan: Plan) -> None:
    """Run the command line by the plan."""
    from bot.__main__ import main

    _watch_commits(plan)
    for name in plan.without:
        _WITHOUT[name]()
    if plan.settle is not None:
        _settle(plan.settle)
    main()


def _watch_commits(plan: Plan) -> None:
    """Count the commits of the database, and die at the one that the plan names."""
    from digests.storage.access import Database

    lend: Callable[[Database], AbstractAsyncContextManager[AsyncConnection]] = Database.write
    seen = 0

    def write(self: Database) -> AbstractAsyncContextManager[AsyncConnection]:
        return watched(lend(self), _asker())

    @asynccontextmanager
    async def watched(
        lent: AbstractAsyncContextManager[AsyncConnection], method: str
    ) -> AsyncIterator[AsyncConnection]:
        nonlocal seen
        async with lent as connection:
            yield connection
            seen += not plan.methods or method in plan.methods
            dies = seen == plan.nth and (not plan.methods or method in plan.methods)
            _note(plan, method)
            if dies and plan.dies == "before":
                os.kill(os.getpid(), signal.SIGKILL)
        if dies and plan.dies == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    Database.write = write  # type: ignore[method-assign]


def _asker() -> str:
    """Return the name of the method that asked for the transaction, helpers left out."""
    frame = sys._getframe(2)
    while frame.f_code.co_name.startswith("_") and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code.co_name


def _note(plan: Plan, method: str) -> None:
    if plan.trace:
        with open(plan.trace, "a", encoding="utf-8") as file:
            file.write(f"{method}\n")


# --- mechanisms taken out -------------------------------------------------------------------------


def _never_look() -> None:
    """What a crash left half sent is sent again without a look."""
    import bot.delivery

    bot.delivery.look_from = lambda *_: None


def _never_claim() -> None:
    """A part is sent without a word in the database that it is being sent."""
    import bot.delivery

    async def deliver_one(self: Any, part: Any, platform: Any) -> bool:
        outcome = await bot.delivery.deliver(part, platform, self._clock)
        await self._store.save_part(outcome, part.state)
        return bool(outcome.state == "sent")

    bot.delivery.Deliverer._deliver_one = deliver_one  # type: ignore[method-assign]


def _two_transactions(*, parts_first: bool) -> Callable[[], None]:
    """A digest and its parts are stored one after the other."""

    def split() -> None:
        from digests.storage.store import Store

        whole = Store.save_digests

        async def save_digests(self: Store, new: Any) -> list[bool]:
            async def save_parts() -> None:
                async with self._database.write() as connection:
                    from digests.storage.outbox import insert_parts

                    await insert_parts(connection, [part for one in new for part in one.parts], None)

            if parts_first:
                await save_parts()
            saved = await whole(self, [replace(one, parts=()) for one in new])
            if not parts_first:
                await save_parts()
            return saved

        Store.save_digests = save_digests  # type: ignore[method-assign]

    return split


def _settle(seconds: float) -> None:
    import bot.app

    bot.app.FIRST_LOOK = timedelta(seconds=seconds)


def _never_settle() -> None:
    """A start looks at once for what a crash left half sent."""
    _settle(0.0)


_WITHOUT: dict[str, Callable[[], None]] = {
    "look": _never_look,
    "claim": _never_claim,
    "settling": _never_settle,
    "transaction": _two_transactions(parts_first=False),
    "transaction, parts first": _two_transactions(parts_first=True),
}


def without(*mechanisms: str) -> Plan:
    """Return the plan of a bot that lacks some mechanisms."""
    return replace(Plan(), without=mechanisms)


if __name__ == "__main__":
    run(Plan.read(json.loads(sys.argv.pop(1))))
