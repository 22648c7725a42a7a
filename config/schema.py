"""The configuration as frozen pydantic models, and the JSON schema made from them.

``python -m config.schema`` prints the schema that editors read. It describes the YAML as written:
a length of time is text there ("15m") and a ``timedelta`` here.
"""

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from datetime import time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationInfo, WithJsonSchema
from pydantic import field_validator as check
from pydantic.json_schema import GenerateJsonSchema

from config import values
from config.problems import BadValue, did_you_mean

Platform = Literal["discord", "slack", "terminal"]

# Discord: snowflakes of 17 to 20 digits. Slack: public and private channels and direct messages.
_ADDRESS = {"discord": r"\d{17,20}", "slack": r"[CGD][A-Z0-9]{8,}"}
_TARGET_HINT = "write discord:CHANNEL_ID (17 to 20 digits), slack:CHANNEL_ID (as C0123ABCD), or terminal"


class _Model(BaseModel):
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


class Target(_Model):
    """Where messages go; ``address`` is the platform's channel id, empty for the terminal."""

    platform: Platform
    address: str = ""

    def __str__(self) -> str:
        return f"{self.platform}:{self.address}" if self.address else self.platform

    @classmethod
    def parse(cls, value: object) -> "Target":
        """Return the target written as "discord:123…", "slack:C…" or "terminal"."""
        if isinstance(value, Target):
            return value
        text = values.text_of(value, _TARGET_HINT)
        if text == "terminal":
            return cls(platform="terminal")
        platform, _, address = text.partition(":")
        if platform not in _ADDRESS:
            near = did_you_mean(platform, (*_ADDRESS, "terminal"), _TARGET_HINT)
            raise BadValue("not a place to post to", got=text, hint=near)
        if not re.fullmatch(_ADDRESS[platform], address, re.ASCII):
            raise BadValue(f"not a channel id of {platform.title()}", got=text, hint=_TARGET_HINT)
        return cls.model_validate({"platform": platform, "address": address})


class Quiet(_Model):
    """Hours of the day in which nothing is posted; they wrap midnight where ``end`` is before ``start``.

    ``start`` belongs to them, ``end`` does not.
    """

    start: time
    end: time

    @classmethod
    def parse(cls, value: object) -> "Quiet":
        """Return the hours written as "22:00-07:00"."""
        if isinstance(value, Quiet):
            return value
        start, end = values.parse_quiet_hours(value)
        return cls(start=start, end=end)


def _written(pattern: str) -> WithJsonSchema:
    """Return the schema of a text value; a variable stands for any text."""
    return WithJsonSchema({"type": "string", "pattern": rf"^(?:{pattern})$|\$\{{"})


Word = Annotated[str, Field(min_length=1)]
Zone = Annotated[str, BeforeValidator(values.parse_zone)]
Language = Annotated[str, BeforeValidator(values.parse_language), _written("|".join(values.LANGUAGES))]
Address = Annotated[str, BeforeValidator(values.parse_address)]
Term = Annotated[str, BeforeValidator(values.parse_term)]
XPath = Annotated[str, BeforeValidator(values.parse_xpath)]
Cron = Annotated[str, BeforeValidator(values.parse_cron)]
Schedules = Annotated[
    tuple[Cron, ...],
    BeforeValidator(values.parse_schedules),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
    ),
]
Duration = Annotated[timedelta, BeforeValidator(values.parse_duration), _written(r"(\d+[smhd])+")]
WrittenTarget = Annotated[
    Target,
    BeforeValidator(Target.parse),
    _written("|".join(["terminal", *(f"{name}:{form}" for name, form in _ADDRESS.items())])),
]
WrittenQuiet = Annotated[Quiet, BeforeValidator(Quiet.parse), _written(r"\d?\d:\d\d\s*[-–]\s*\d?\d:\d\d")]


class WhenEmpty(StrEnum):
    """What happens at a slot with nothing new."""

    SKIP = "skip"
    SAY = "say"


class Network(_Model):
    """What feeds and articles may reach besides the public internet."""

    allow: tuple[Address, ...] = Field(default=(), examples=[["127.0.0.1:8099"]])
    """Addresses off the public internet that feeds and articles may use, as host:port; IPv6 in brackets."""

    @property
    def addresses(self) -> tuple[tuple[str, int], ...]:
        """The allowed (host, port) pairs; hosts in lower case, IPv6 without its brackets."""
        pairs = (entry.rpartition(":") for entry in self.allow)
        return tuple((host.strip("[]"), int(port)) for host, _, port in pairs)


class Feed(_Model):
    """One feed to watch."""

    url: str = Field(examples=["https://example.org/rss"])
    """Address of an RSS, Atom, RDF or JSON feed: https://…, or file: and a path from this file's folder."""
    name: Word | None = Field(default=None, examples=["Example Daily"])
    """What readers see as the outlet; the feed's own title when left out."""
    tags: tuple[Word, ...] = Field(default=(), examples=[["politics"]])
    """Words by which channels choose feeds."""
    every: Duration | None = Field(default=None, examples=["1h"])
    """How fresh at least (90s, 15m, 2h, 1d; at least 1m), that of the whole file when left out."""

    @check("url", mode="before")
    @classmethod
    def _check_url(cls, value: object, info: ValidationInfo) -> str:
        return values.parse_feed_url(value, (info.context or {}).get("folder"))


class Channel(_Model):
    """One place that gets digests, with its own choice of feeds and its own schedule."""

    name: Word = Field(examples=["city-desk"])
    """What the digest is called; each channel has its own name."""
    to: WrittenTarget = Field(examples=["discord:123456789012345678"])
    """discord:CHANNEL_ID, slack:CHANNEL_ID, or terminal."""
    feeds: tuple[Word, ...] = Field(default=(), examples=[["politics"]])
    """Tags or names of feeds; all feeds when left out."""
    schedule: Schedules = Field(examples=["0 8,17 * * mon-fri"])
    """When to post, as cron writes it: minute hour day month weekday. A list holds several."""
    timezone: Zone | None = Field(default=None, examples=["America/Chicago"])
    """Zone of this channel's schedule and quiet hours; that of the whole file when left out."""
    language: Language | None = Field(default=None, examples=["fr"])
    """Language of the digest's own words, en or fr; that of the whole file when left out."""
    quiet: WrittenQuiet | None = Field(default=None, examples=["22:00-07:00"])
    """Hours in which nothing is posted; what was due goes out when they end."""
    when_empty: WhenEmpty = WhenEmpty.SKIP
    """What to do at a slot with nothing new: skip it, or say so in one line."""
    max_stories: int = Field(default=8, ge=1, le=50)
    """How many stories are told in full; what exceeds it is listed as linked headlines."""
    include: tuple[Term, ...] = Field(default=(), examples=[["mayor", "/budget|tax/i"]])
    """Only articles that match one of these in title or text: whole words in any case, or /regex/i."""
    exclude: tuple[Term, ...] = Field(default=(), examples=[["sponsored"]])
    """Articles that match one of these are left out, whatever include says."""
    at_start: bool | None = None
    """Post a first digest as soon as the bot starts; true for the terminal, false for chat when left out."""

    @check("max_stories", mode="before")
    @classmethod
    def _no_truth_value(cls, value: object) -> object:
        if isinstance(value, bool):  # else pydantic takes true for 1
            raise BadValue("expected a whole number, got true or false")
        return value

    @property
    def posts_at_start(self) -> bool:
        """Whether a first digest is posted as soon as the bot starts."""
        return self.to.platform == "terminal" if self.at_start is None else self.at_start


class PageSettings(_Model):
    """How to read the article pages of one outlet, where the bot does not get them right by itself."""

    host: Annotated[str, BeforeValidator(values.parse_host)] = Field(examples=["news.example.com"])
    """The outlet's host; its subdomains belong to it."""
    content: XPath | None = Field(default=None, examples=["//div[@id='story']"])
    """XPath of the elements that hold the article's text."""
    strip: tuple[XPath, ...] = Field(default=(), examples=[["//aside"]])
    """XPaths of elements that are no part of the text."""
    wall: tuple[Word, ...] = Field(default=(), examples=[["Members read on"]])
    """Phrases of the outlet's paywall: the text ends before the line that holds one, in any case."""
    next: XPath | None = Field(default=None, examples=["//a[@class='next-page']"])
    """XPath of the link to the article's next page."""


class DiscordSettings(_Model):
    """How to sign in to Discord."""

    token: SecretStr = Field(examples=["${DISCORD_TOKEN}"])
    """The bot's token; write ${DISCORD_TOKEN} and set DISCORD_TOKEN or DISCORD_TOKEN_FILE."""
    api: Word | None = Field(default=None, examples=["http://127.0.0.1:8080/api/v10"])
    """Another address for Discord's REST API, such as a proxy's; Discord's own when left out."""
    gateway: Word | None = Field(default=None, examples=["ws://127.0.0.1:8080/gateway"])
    """Another address for Discord's gateway; Discord's own when left out."""

    @check("token")
    @classmethod
    def _check_token(cls, value: SecretStr) -> SecretStr:
        values.check_token(value.get_secret_value())
        return value


class SlackSettings(_Model):
    """How to sign in to Slack."""

    bot_token: SecretStr = Field(examples=["${SLACK_BOT_TOKEN}"])
    """The bot token (xoxb-…), with which messages are posted."""
    app_token: SecretStr = Field(examples=["${SLACK_APP_TOKEN}"])
    """The app-level token (xapp-…), with which commands are received in Socket Mode."""
    api: Word | None = Field(default=None, examples=["http://127.0.0.1:8080/api/"])
    """Another address for Slack's Web API, such as a proxy's; Slack's own when left out."""

    @check("bot_token", "app_token")
    @classmethod
    def _check_token(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        token = values.check_token(value.get_secret_value())
        if token.startswith({"bot_token": "xapp-", "app_token": "xoxb-"}[str(info.field_name)]):
            raise BadValue(
                "the two tokens of Slack are swapped", hint="bot_token is xoxb-…, app_token is xapp-…"
            )
        return value


class Config(_Model):
    """Onrecord's configuration: which feeds to watch, and which channels get digests of them, when."""

    timezone: Zone = Field(default="UTC", examples=["Europe/Paris"])
    """Default zone of every schedule."""
    language: Language = Field(default="en", examples=["fr"])
    """Default language of the digests' own words, en or fr; what articles say stays as it is."""
    every: Duration = Field(default=timedelta(minutes=15), json_schema_extra={"default": "15m"})
    """How fresh each feed should be at least (90s, 15m, 2h, 1d); the feeds' own wishes are honoured."""
    storage: Annotated[str, BeforeValidator(values.parse_storage)] = Field(
        default="sqlite:///data/onrecord.db",
        repr=False,
        examples=["postgresql://onrecord:${DATABASE_PASSWORD}@db.example/onrecord"],
    )
    """The database: a SQLite file, whose relative path starts at the working directory, or PostgreSQL."""
    network: Network = Network()
    """Addresses off the public internet that may be used."""
    operator: WrittenTarget | None = Field(default=None, examples=["discord:123456789012345679"])
    """Gets health notices: each feed once a day for each cause, gathered by cause."""
    feeds: Annotated[tuple[Feed, ...], BeforeValidator(values.check_not_empty)]
    """The feeds to watch."""
    channels: tuple[Channel, ...] = ()
    """The channels that get digests."""
    pages: tuple[PageSettings, ...] = ()
    """How to read the article pages of single outlets."""
    discord: DiscordSettings | None = None
    """How to sign in to Discord; needed only where a channel or the operator is there."""
    slack: SlackSettings | None = None
    """How to sign in to Slack; needed only where a channel or the operator is there."""

    def zone_of(self, channel: Channel) -> ZoneInfo:
        """Return the zone of the channel's schedule and quiet hours."""
        return ZoneInfo(channel.timezone or self.timezone)

    def language_of(self, channel: Channel | None) -> str:
        """Return the language in which the channel is spoken to; the default one where it has none."""
        return (channel.language if channel is not None else None) or self.language

    def every_of(self, feed: Feed) -> timedelta:
        """Return how fresh the feed should be at least."""
        return feed.every or self.every

    def feeds_of(self, channel: Channel) -> tuple[Feed, ...]:
        """Return the feeds that the channel chose by tag or name, all by default; in the file's order."""
        chosen = set(channel.feeds)
        return tuple(feed for feed in self.feeds if not chosen or chosen & {feed.name, *feed.tags})


class _PlainSchema(GenerateJsonSchema):
    """Leaves out pydantic's titles, which only repeat the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  (pydantic calls it)
        return False


def render_json_schema() -> str:
    """Return the JSON schema of the YAML as written, ending in a newline."""
    for model in (Network, Feed, Channel, PageSettings, DiscordSettings, SlackSettings, Config):
        _describe(model)
    schema = Config.model_json_schema(schema_generator=_PlainSchema)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _describe(model: type[_Model]) -> None:
    """Give a model's fields their docstrings, which pydantic would read at every start, for 10 ms."""
    for name, words in _docstrings(model):
        model.model_fields[name].description = words
    model.model_rebuild(force=True)


def _docstrings(model: type[_Model]) -> Iterator[tuple[str, str]]:
    """Yield each field with the text that stands below it."""
    (body,) = (
        node.body for node in ast.parse(inspect.getsource(model)).body if isinstance(node, ast.ClassDef)
    )
    for one, below in pairwise(body):
        if isinstance(one, ast.AnnAssign) and isinstance(below, ast.Expr):
            yield ast.unparse(one.target), inspect.cleandoc(ast.literal_eval(below.value))


if __name__ == "__main__":
    sys.stdout.write(render_json_schema())
