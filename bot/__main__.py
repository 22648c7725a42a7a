"""``python -m bot`` is the command ``onrecord``."""

from bot.collector import rest_collector


def main() -> None:
    """Run the command line; the collector rests before anything large is imported."""
    rest_collector()
    from bot import cli

    cli.main()


if __name__ == "__main__":
    main()
