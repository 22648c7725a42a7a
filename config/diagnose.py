"""What is wrong with a configuration beyond its YAML, every fault at once, in people's words."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from config.problems import BadValue, Fault, Loc, did_you_mean
from config.schema import Channel, Config, DiscordSettings, Feed, Network, PageSettings, SlackSettings
from config.values import kind

_SECTIONS: dict[str | int, tuple[type[BaseModel], str]] = {
    "network": (Network, "network"),
    "feeds": (Feed, "a feed"),
    "channels": (Channel, "a channel"),
    "pages": (PageSettings, "a page rule"),
    "discord": (DiscordSettings, "discord"),
    "slack": (SlackSettings, "slack"),
}
_TOP: tuple[type[BaseModel], str] = (Config, "the configuration")
_PLATFORMS = ("discord", "slack")

_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
}
_HINTS = {
    "string_type": "put it in quotation marks",
    "tuple_type": "write it as [one, two], or one to a line after a dash",
}


def unused_platforms(tree: Any) -> frozenset[str]:
    """Return the platforms where neither a channel nor the operator is: they need no token."""
    used = {target.partition(":")[0].strip() for _, target in _targets(tree)}
    return frozenset(_PLATFORMS) - used


def build(tree: Any, folder: Path) -> tuple[Config | None, tuple[Fault, ...]]:
    """Return the configuration, or ``None`` and its faults.

    ``tree`` holds the values with variables replaced; relative ``file:`` paths start at
    ``folder``. The settings of a platform that nobody uses become ``None``; unknown keys in them
    are still told.
    """
    if not isinstance(tree, dict):
        hint = "write feeds: and channels:, each with its list below it"
        return None, (Fault(loc=(), what=f"expected keys and values, got {kind(tree)}", hint=hint),)
    unused = unused_platforms(tree)
    kept = {key: value for key, value in tree.items() if key not in unused}
    config, faults = _validate(kept, folder)
    faults += (*_cross_check(tree, unused), *_unknown_in_unused(tree, unused))
    return (None if faults else config), faults


def _validate(tree: dict[str, Any], folder: Path) -> tuple[Config | None, tuple[Fault, ...]]:
    try:
        return Config.model_validate(tree, context={"folder": folder}), ()
    except ValidationError as error:
        return None, tuple(_translate(one) for one in error.errors(include_url=False))


# --- pydantic's errors in people's words -------------------------------------------------------


def _translate(error: Mapping[str, Any]) -> Fault:
    """Return one of pydantic's errors as a fault; of its input only the kind is told."""
    loc, code, context = error["loc"], error["type"], error.get("ctx", {})
    if code == "extra_forbidden":
        return _unknown_key(loc)
    if code == "missing":
        return _missing_key(loc)
    if isinstance(bad := context.get("error"), BadValue):
        return Fault(loc=loc, what=bad.what, got=bad.got, hint=bad.hint)
    if code in _EXPECTED:
        hint = _token_hint(str(loc[0])) if loc[0] in _PLATFORMS else _HINTS.get(code, "")
        return Fault(loc=loc, what=f"expected {_EXPECTED[code]}, got {kind(error['input'])}", hint=hint)
    if code == "enum":
        choices = context["expected"].replace("'", "")
        return Fault(loc=loc, what=f"expected {choices}", got=str(error["input"]))
    if code in ("greater_than_equal", "less_than_equal"):
        bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
        return Fault(loc=loc, what=f"the number must be {bound}", got=str(error["input"]))
    if code == "string_too_short":
        return Fault(loc=loc, what="an empty text", hint="write a word, or leave it out")
    return Fault(loc=loc, what="not a value that can stand here")


def _section(loc: Loc) -> tuple[type[BaseModel], str]:
    """Return the model that the key at the end of ``loc`` belongs to, and how to call it."""
    return _SECTIONS[loc[0]] if len(loc) > 1 else _TOP


def _unknown_key(loc: Loc) -> Fault:
    model, called = _section(loc)
    key, known = str(loc[-1]), tuple(model.model_fields)
    hint = did_you_mean(key, known, "known are " + ", ".join(known))
    return Fault(loc=loc, what=f"unknown key {key!r} in {called}", hint=hint, on_key=True)


def _missing_key(loc: Loc) -> Fault:
    model, called = _section(loc)
    return Fault(loc=loc, what=f"{called} needs {loc[-1]!r}", hint=_example(model, loc))


def _example(model: type[BaseModel], loc: Loc) -> str:
    """Return the hint that shows what can stand at ``loc``."""
    if loc[0] in _PLATFORMS:
        return _token_hint(str(loc[0]))
    examples = model.model_fields[str(loc[-1])].examples
    return f'write {loc[-1]}: "{examples[0]}"' if examples else f"write {loc[-1]}: and its list below"


# --- what one value alone does not show --------------------------------------------------------


def _cross_check(tree: dict[str, Any], unused: frozenset[str]) -> Iterator[Fault]:
    yield from _repeated(tree, "feeds", "name", "two feeds have the same name")
    yield from _repeated(tree, "feeds", "url", "this feed stands twice")
    yield from _repeated(tree, "channels", "name", "two channels have the same name")
    yield from _repeated(tree, "pages", "host", "two rules are for the same host")
    yield from _unknown_labels(tree)
    yield from _missing_tokens(tree, unused)


def _unknown_in_unused(tree: dict[str, Any], unused: frozenset[str]) -> Iterator[Fault]:
    for platform in sorted(unused):
        settings = tree.get(platform)
        known = _SECTIONS[platform][0].model_fields
        for key in settings if isinstance(settings, dict) else ():
            if key not in known:
                yield _unknown_key((platform, key))


def _items(tree: Any, key: str) -> Iterator[tuple[Loc, dict[str, Any]]]:
    """Yield each feed or channel that is one, whatever else is wrong in the file."""
    items = tree.get(key) if isinstance(tree, dict) else None
    for place, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (key, place), item


def _labels(feed: dict[str, Any]) -> tuple[str, ...]:
    """Return a feed's name and tags; a tag that should have stood in a list counts too."""
    tags = feed.get("tags")
    labels = (feed.get("name"), *(tags if isinstance(tags, list) else [tags]))
    return tuple(label for label in labels if isinstance(label, str))


def _repeated(tree: Any, section: str, key: str, what: str) -> Iterator[Fault]:
    first: dict[str, Loc] = {}
    for loc, item in _items(tree, section):
        value, here = item.get(key), (*loc, key)
        if not isinstance(value, str):
            continue
        if value in first:
            got = None if key == "url" else value  # an address may hold a key
            yield Fault(loc=here, what=what, got=got, other=first[value], hint=_repeated_hint(key))
        first.setdefault(value, here)


def _repeated_hint(key: str) -> str:
    if key == "host":
        return "write both into one"
    return "keep one of them, with the tags of both" if key == "url" else "give each its own name"


def _unknown_labels(tree: Any) -> Iterator[Fault]:
    """Yield a fault for each tag or name that a channel asks for and no feed has."""
    known = {label for _, feed in _items(tree, "feeds") for label in _labels(feed)}
    what, otherwise = (
        "no feed has this tag or name",
        "add it to the tags of a feed, or leave feeds: out for all",
    )
    for loc, channel in _items(tree, "channels"):
        wanted = channel.get("feeds")
        for place, label in enumerate(wanted if isinstance(wanted, list) else ()):
            if isinstance(label, str) and label not in known:
                hint = did_you_mean(label, known, otherwise)
                yield Fault(loc=(*loc, "feeds", place), what=what, got=label, hint=hint)


def _targets(tree: Any) -> Iterator[tuple[Loc, str]]:
    """Yield where each channel and the operator is, as written."""
    if isinstance(tree, dict) and isinstance(tree.get("operator"), str):
        yield ("operator",), tree["operator"]
    for loc, channel in _items(tree, "channels"):
        if isinstance(channel.get("to"), str):
            yield (*loc, "to"), channel["to"]


def _missing_tokens(tree: dict[str, Any], unused: frozenset[str]) -> Iterator[Fault]:
    """Yield one fault for each platform that is used and has no settings, at its first use."""
    for platform in _PLATFORMS:
        if platform in unused or tree.get(platform) is not None:
            continue
        first = next(loc for loc, target in _targets(tree) if target.partition(":")[0].strip() == platform)
        yield Fault(loc=first, what=_needs(platform), hint=_token_hint(platform))


def _needs(platform: str) -> str:
    keys = " and ".join(f"{platform}.{key}" for key in _required(platform))
    return f"posting to {platform.title()} needs {keys}"


def _required(platform: str) -> tuple[str, ...]:
    fields = _SECTIONS[platform][0].model_fields
    return tuple(key for key, field in fields.items() if field.is_required())


def _token_hint(platform: str) -> str:
    """Return the settings to add, and the variables that they name."""
    variables = {key: f"{platform}_{key}".upper() for key in _required(platform)}
    block = ", ".join(f'{key}: "${{{name}}}"' for key, name in variables.items())
    names = " and ".join(variables.values())
    files = " and ".join(f"{name}_FILE" for name in variables.values())
    return f"write {platform}: {{{block}}} and set {names}, or {files} to the path of a file that holds it"
