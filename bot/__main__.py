"""``python -m bot`` is the command ``onrecord``."""

from bot.collector import look_rarely


def main() -> None:
    """Run the command line; the collector is held back before anything large is imported."""
    look_rarely()
    from bot import cli

    cli.main()


if __name__ == "__main__":
    main()
