"""[io] The chat platforms that a configuration uses."""

from rich.console import Console

from bot.commands import Answer, Commands, DigestRequest
from bot.platforms.base import ChatPlatform
from bot.platforms.console import ConsolePlatform
from config.schema import Config


def make_platforms(config: Config, console: Console, commands: Commands) -> dict[str, ChatPlatform]:
    """Return the platforms that the configuration uses; each is imported only where it is."""
    used = {channel.to.platform for channel in config.channels}
    if config.operator is not None:
        used.add(config.operator.platform)
    made: dict[str, ChatPlatform] = {}

    async def answer(request: DigestRequest) -> Answer:
        return await commands.digest(request)

    if "terminal" in used:
        made["terminal"] = ConsolePlatform(console)
    if "discord" in used and config.discord is not None:
        from bot.platforms.discord import DiscordPlatform

        made["discord"] = DiscordPlatform(
            config.discord.token.get_secret_value(), answer,
            api_base=config.discord.api, gateway_url=config.discord.gateway,
        )  # fmt: skip
    if "slack" in used and config.slack is not None:
        from bot.platforms.slack import SlackPlatform

        made["slack"] = SlackPlatform(
            config.slack.bot_token.get_secret_value(), config.slack.app_token.get_secret_value(), answer,
            api_base=config.slack.api,
        )  # fmt: skip
    return made
