"""``python -m bot`` is the command ``onrecord``."""

import os
import sys

from bot.collector import end_at_once, rest_collector
from bot.hangup import HANGUPS


def main() -> None:
    """Run the command line; the collector rests, and SIGHUP is held, before anything large is imported."""
    rest_collector()
    # pydantic would read the metadata of every installed package to find plugins, of which we have none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if sys.argv[1:2] == ["run"]:
        HANGUPS.hold()
    try:
        from bot import cli

        cli.main()
    except KeyboardInterrupt:
        # Ctrl-C while it is still importing, or where nobody minds signals. Had it come within ``exec``, as
        # dataclasses call it, Python would kill itself in spite of ``sys.exit``.
        end_at_once(130)


if __name__ == "__main__":
    main()
