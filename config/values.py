"""Single values as an operator writes them -> checked Python values; each parser raises ``BadValue``.

A value that is already of the right type passes through, so that the models of ``schema.py`` can
be made in Python as well.
"""

import ipaddress
import os
import re
import zoneinfo
from datetime import datetime, time, timedelta
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from cronsim import CronSim, CronSimError

from config.problems import BadValue, did_you_mean, nearest

FASTEST = timedelta(minutes=1)
"""The shortest time between two polls that can be asked for."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(?:\d{1,6}[smhd])+")
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_QUIET = re.compile(rf"({_CLOCK})\s*[-–]\s*({_CLOCK})")
_REGEX_TERM = re.compile(r"/(.*)/([A-Za-z]*)", re.DOTALL)
LANGUAGES = {"en": ("English",), "fr": ("français", "French")}
"""The languages of ``digests/catalogue.py``, by their codes, and what people call them."""

_SPOKEN = " or ".join(f"{code} ({names[0]})" for code, names in LANGUAGES.items())
# The end of a path that selects attributes or text.
_NO_ELEMENTS = re.compile(r"/@[\w*:-]+\s*$|text\(\)\s*$")
_SERVER = (
    'write "postgresql://user:password@host/database"; in a password @ is written %40, : %3A, / %2F, # %23, '
    "? %3F and % %25"
)
_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?")

# crontab(5): the names that stand for five fields. @reboot is no time of day.
_MACROS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_CRON_FIELDS = {
    "minute": "0 to 59",
    "hour": "0 to 23",
    "day": "1 to 31",
    "month": "1 to 12 or jan to dec",
    "weekday": "0 to 7 (0 and 7 are Sunday) or sun to sat",
}
_ANY_DAY = datetime(2024, 1, 1)  # noqa: DTZ001  (only asks whether an expression is valid; zones are the calendar's)


def kind(value: object) -> str:
    """Return what sort of value YAML gave, in words that show nothing of it."""
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    names |= {dict: "keys and values", type(None): "nothing"}
    return names.get(type(value), "something else")


def text_of(value: object, hint: str) -> str:
    """Return ``value`` where it is text, without surrounding spaces; ``hint`` shows what is right."""
    if not isinstance(value, str):
        raise BadValue(f"expected text, got {kind(value)}", hint=hint)
    return value.strip()


def parse_duration(value: object) -> timedelta:
    """Return the length of "90s", "15m", "2h", "1d" or "1h30m", from a minute to 30 days."""
    if isinstance(value, timedelta):
        return value
    hint = 'write a number and its unit, such as "15m", "2h" or "1d"'
    text = text_of(value, hint)
    if not _DURATION.fullmatch(text):
        raise BadValue("not a length of time", got=text, hint=hint)
    seconds = sum(int(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+)([smhd])", text))
    if not FASTEST.total_seconds() <= seconds <= 30 * _UNITS["d"]:
        raise BadValue("out of range", got=text, hint='write at least "1m" and at most "30d"')
    return timedelta(seconds=seconds)


def parse_zone(value: object) -> str:
    """Return the name of an IANA time zone that this machine knows."""
    name = text_of(value, "write a zone such as Europe/Paris")
    try:
        return zoneinfo.ZoneInfo(name).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise BadValue("unknown time zone", got=name, hint=_zone_hint(name)) from None


def _zone_hint(name: str) -> str:
    """Return the nearest zone as a hint: by its city ("Paris") before its whole name."""
    zones = sorted(zoneinfo.available_timezones())
    cities = {zone.rsplit("/", 1)[-1]: zone for zone in zones}
    city = nearest(name.rsplit("/", 1)[-1].replace(" ", "_"), cities)
    near = nearest(name, zones) or (cities[city] if city else None)
    return f"did you mean {near!r}?" if near else "write a zone such as Europe/Paris or UTC"


def parse_language(value: object) -> str:
    """Return the ISO 639-1 code of a language that the bot speaks, also where a country stands behind it."""
    hint = f"write {_SPOKEN}"
    text = text_of(value, hint)
    code = re.split("[-_]", text.lower())[0]
    if code in LANGUAGES:
        return code
    names = {name: code for code, called in LANGUAGES.items() for name in (code, *called)}
    if near := nearest(code, names):
        hint = f"did you mean {names[near]!r}?"
    raise BadValue("not a language that the bot speaks", got=text, hint=hint)


def parse_quiet_hours(value: object) -> tuple[time, time]:
    """Return start and end of "22:00-07:00"; the start may be later in the day than the end."""
    hint = 'write start and end, such as "22:00-07:00"'
    text = text_of(value, hint)
    match = _QUIET.fullmatch(text)
    if not match:
        raise BadValue("not quiet hours", got=text, hint=hint)
    start, end = (time.fromisoformat(clock.zfill(5)) for clock in match.groups())
    if start == end:
        raise BadValue("quiet hours that start and end at the same minute", got=text, hint=hint)
    return start, end


def check_not_empty(value: object) -> object:
    """Return the value unless it is a list of nothing.

    Pydantic's own check counts the good items alone, and would call a list of bad ones empty.
    """
    if value in ([], ()):
        raise BadValue("the list is empty", hint="write one item to a line, after a dash")
    return value


def parse_schedules(value: object) -> object:
    """Return a tuple of one where one schedule is written; lists pass through to be checked."""
    return (value,) if isinstance(value, str) else check_not_empty(value)


def parse_cron(value: object) -> str:
    """Return a schedule as five fields with single spaces; @daily and its like are spelled out.

    The fields and names are those of crontab(5).
    """
    text = text_of(value, 'write five fields, such as "0 8,17 * * mon-fri"')
    if text.startswith("@"):
        return _parse_macro(text)
    fields = text.split()
    if len(fields) != len(_CRON_FIELDS):
        what = f"a schedule has 5 fields: minute hour day month weekday; got {len(fields)}"
        raise BadValue(what, hint='such as "0 8,17 * * mon-fri"')
    for place, (name, allowed) in enumerate(_CRON_FIELDS.items()):
        if not _is_cron(["*"] * place + [fields[place]] + ["*"] * (4 - place)):
            raise BadValue(
                f"the {name} of the schedule is wrong", got=fields[place], hint=_cron_hint(allowed)
            )
    if not _is_cron(fields):
        raise BadValue("a schedule that never comes", got=text, hint="none of its months has such a day")
    return " ".join(fields)


def _parse_macro(text: str) -> str:
    if text.lower() not in _MACROS:
        hint = did_you_mean(text, _MACROS, "known are " + ", ".join(_MACROS))
        raise BadValue("unknown schedule", got=text, hint=hint)
    return _MACROS[text.lower()]


def _cron_hint(allowed: str) -> str:
    return f"write {allowed}, *, a list as 8,17, an upward range as 8-17, or a step as */15"


def _is_cron(fields: list[str]) -> bool:
    try:
        CronSim(" ".join(fields), _ANY_DAY)
    except CronSimError:
        return False
    return True


def parse_term(value: object) -> str:
    """Return a filter term as written: plain words, or ``/regex/`` that RE2 can compile."""
    term = text_of(value, "write words, or /regex/i")
    regex = _REGEX_TERM.fullmatch(term)
    if not term or (regex and not regex[1]):
        raise BadValue("an empty filter term", hint="write words, or /regex/i")
    if regex:
        _check_regex(regex[1], regex[2], term)
    return term


def _check_regex(pattern: str, flags: str, term: str) -> None:
    # Imported here: few configurations hold a regex, and every command reads one.
    import re2

    if set(flags) - set("ims"):
        raise BadValue(
            "unknown regex flag",
            got=term,
            hint="known flags are i, m and s; a plain term must not start with /",
        )
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode(errors="replace").split(": ")[0]
        hint = "RE2 knows no look-around and no back-references" if "perl" in reason else ""
        raise BadValue(f"a regex that does not compile ({reason})", got=term, hint=hint) from None


def parse_address(value: object) -> str:
    """Return a "host:port" of one IP address or host name; IPv6 stands in brackets."""
    hint = 'write an address and a port, such as "127.0.0.1:8099", "[::1]:8099" or "news.lan:80"'
    text = text_of(value, hint)
    host, colon, port = text.rpartition(":")
    if not (colon and port.isascii() and port.isdigit() and len(port) <= 5 and 1 <= int(port) <= 65535):
        raise BadValue("not an address with a port", got=text, hint=hint)
    if not _is_host(host):
        raise BadValue("not an address with a port", got=text, hint=hint)
    return f"{host.lower()}:{int(port)}"


def _is_host(host: str) -> bool:
    bracketed = host.startswith("[") and host.endswith("]")
    try:
        return (ipaddress.ip_address(host.strip("[]")).version == 6) == bracketed
    except ValueError:  # no IP address: a name then, unless it is made of digits alone
        return bool(_HOST_NAME.fullmatch(host)) and not host.replace(".", "").isdigit()


def parse_host(value: object) -> str:
    """Return a host name in lower case, without the "www." that readers leave out."""
    hint = "write it as in the outlet's addresses, such as news.example.com"
    text = text_of(value, hint)
    if not _HOST_NAME.fullmatch(text) or "." not in text:
        raise BadValue("not the name of a host", got=text, hint=hint)
    return text.lower().removeprefix("www.")


def parse_xpath(value: object) -> str:
    """Return an XPath that compiles and selects elements."""
    hint = "write the path of elements, such as \"//div[@id='story']\""
    text = text_of(value, hint)
    # Imported here: few configurations hold an XPath, and every command reads one.
    from lxml import etree

    try:
        found = etree.XPath(text)(etree.Element("html"))
    except etree.XPathError as error:
        raise BadValue(f"an XPath that does not work ({error})", got=text, hint=hint) from None
    if not isinstance(found, list) or _NO_ELEMENTS.search(text):
        raise BadValue("an XPath that selects no elements", got=text, hint=hint)
    return text


def parse_storage(value: object) -> str:
    """Return a database address: a SQLite file, or a database on a PostgreSQL server.

    It may hold a password, so that nothing of it is shown.
    """
    hint = 'write "sqlite:///data/onrecord.db" or "postgresql://user:password@host/database"'
    text = text_of(value, hint)
    if text.startswith("postgresql://"):
        if not _is_server(text):
            raise BadValue("storage names no database on a server", hint=_SERVER)
        return text
    if not text.startswith("sqlite:///"):
        raise BadValue("not a database that can be used here", hint=hint)
    if text in ("sqlite:///", "sqlite:///:memory:"):
        raise BadValue("storage names no file", hint=hint)
    return text


def _is_server(text: str) -> bool:
    """Return whether an address can be split in one way only, whatever its password holds."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.netloc.count("@") <= 1 and len(parts.path) > 1 and not parts.fragment


# What nearly all feeds have, of which thousands may be configured: no user, and a port that is one.
_PLAIN_URL = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?::(?:[1-9]\d{0,3}|[1-5]\d{4}))?/[!-~]*", re.ASCII)


def parse_feed_url(value: object, folder: Path | None) -> str:
    """Return an ``http``, ``https`` or absolute ``file`` URL.

    A relative ``file:`` path starts at ``folder``. The address is never shown in an error: many
    private feeds carry their key in it.
    """
    hint = "write https://…, or file: and a path from the folder of this file"
    text = text_of(value, hint)
    if _PLAIN_URL.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise BadValue("not an address of a feed", hint=hint) from None
    if parts.scheme == "file":
        return _file_url(parts, folder)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s\x00-\x20\x7f]", text):
        raise BadValue("not an address of a feed", hint=hint)
    if "@" in parts.netloc:
        raise BadValue(
            "a feed's address must not hold a user name or password", hint="leave out what stands before @"
        )
    return text


def _file_url(parts: SplitResult, folder: Path | None) -> str:
    path = Path(unquote(parts.path))
    if parts.netloc not in ("", "localhost") or not parts.path or parts.query or "\0" in str(path):
        raise BadValue(
            "not a path of a feed", hint="write file:../folder/feed.xml or file:///folder/feed.xml"
        )
    if not path.is_absolute():
        if folder is None:
            raise BadValue("a relative path needs the folder of a configuration file")
        path = folder / path
    return Path(os.path.normpath(path)).as_uri()


def check_token(value: str) -> str:
    """Return a token that can be one; nothing of it is ever shown."""
    if not value:
        raise BadValue("the token is empty", hint='write "${NAME}" and set NAME or NAME_FILE')
    if re.search(r"\s", value) or not value.isprintable():
        raise BadValue(
            "a token holds no spaces or line breaks", hint="copy it again, without a word before it"
        )
    return value
