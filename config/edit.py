"""Adds feeds to a configuration's text, of which everything else stays as it is, to the letter; pure.

A YAML library would write the whole file anew: its own indentation, its own line breaks. Here new lines are
put in where the list ends, and the result is read again to see that nothing else changed its meaning.
"""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from config.importing import NewFeed
from config.problems import ConfigError, Problem
from config.source import parse_yaml

_PLAIN_WORD = re.compile(r"[^\W\d_](?:[\w .-]*\w)?")
_PLAIN_URL = re.compile(r"https?://[\w.~/?&=%+@;-]+", re.ASCII)
_NULL = "tag:yaml.org,2002:null"
_NOT_TEXT = frozenset("true false null yes no on off y n".split())


def add_feeds(text: str, feeds: Sequence[NewFeed], file: str) -> str:
    """Return ``text`` with ``feeds`` at the end of its list of feeds, which is begun where there is none.

    Raises:
        ConfigError: the text is no YAML, or its list is written so that nothing can be added by rule.
    """
    root = _root(text, file)
    new = _added(text, root, feeds, file)
    before = parse_yaml(text, file).tree if root is not None else {}
    before["feeds"] = [*(before.get("feeds") or []), *map(_as_tree, feeds)]
    if _tree(new, file) != before:
        raise _cannot(file, 1, "its layout leaves no place where feeds can be added by rule")
    return new


def lines_before(before: str, after: str) -> Callable[[int], int]:
    """Return what tells on which line of ``before`` a line of ``after`` stood, from which lines were added.

    A line that was added stood nowhere; it is told by the line above.
    """
    old, new = before.splitlines(), after.splitlines()
    pairs = zip(old, new, strict=False)
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))
    added = len(new) - len(old)

    def line_of(line: int) -> int:
        return line if line <= same else max(line - added, same, 1)

    return line_of


def _tree(text: str, file: str) -> Any:
    """Return what a text of ours means, ``None`` where it is no YAML."""
    try:
        return parse_yaml(text, file).tree
    except ConfigError:
        return None


def _root(text: str, file: str) -> MappingNode | None:
    """Return the text's mapping, ``None`` where there are only comments."""
    yaml = YAML(typ="safe", pure=True)
    if all(
        line.strip().startswith(("#", "---")) or not line.strip("\ufeff \t\r") for line in text.split("\n")
    ):
        return None
    parse_yaml(text, file)  # tells what is wrong, in people's words
    root = yaml.compose(text)
    if not isinstance(root, MappingNode):
        raise _cannot(file, 1, "it holds no keys and values")
    return root


def _added(text: str, root: MappingNode | None, feeds: Sequence[NewFeed], file: str) -> str:
    pair = next((pair for pair in root.value if pair[0].value == "feeds"), None) if root is not None else None
    if root is None or pair is None:
        return _begun(text, root, feeds)
    key, value = pair
    if value.start_mark.index < key.end_mark.index:
        raise _cannot(file, key.start_mark.line + 1, "feeds: is an alias (*name): write the list out")
    if root.flow_style or (isinstance(value, CollectionNode) and value.flow_style and value.value):
        return _in_brackets(text, value, feeds, file)
    if isinstance(value, SequenceNode) and value.value:
        return _below(text, value, feeds)
    if isinstance(value, MappingNode) or (isinstance(value, ScalarNode) and value.tag != _NULL):
        raise _cannot(file, key.start_mark.line + 1, "feeds: holds no list")
    return _below_key(text, key, value, feeds)


# --- where ---------------------------------------------------------------------------------------------


def _begun(text: str, root: MappingNode | None, feeds: Sequence[NewFeed]) -> str:
    """Return the text with a list of feeds of its own, behind all else."""
    if root is not None and root.flow_style:
        last = root.value[-1][1].end_mark.index if root.value else root.start_mark.index + 1
        comma = ", " if root.value else ""
        return f'{text[:last]}{comma}"feeds": [{_in_flow(feeds)}]{text[last:]}'
    column = root.start_mark.column if root is not None else 0
    end = _end_of_content(text, root.end_mark.index) if root is not None else len(text)
    lines = [" " * column + "feeds:", *_block(feeds, column + 2)]
    return _with_lines(text, end, lines)


def _below(text: str, value: Node, feeds: Sequence[NewFeed]) -> str:
    """Return the text with more items below the last one, each dash below the dash above it."""
    first = value.value[0].start_mark
    line = text[: first.index].rpartition("\n")[2]
    column = len(line.rstrip()) - 1 if line.rstrip().endswith("-") else value.start_mark.column
    return _with_lines(text, _end_of_content(text, value.end_mark.index), _block(feeds, column))


def _below_key(text: str, key: Node, value: Node, feeds: Sequence[NewFeed]) -> str:
    """Return the text with the first items of a list that was empty: nothing, null or []."""
    start, end = value.start_mark.index, value.end_mark.index
    if start >= end or start < key.end_mark.index or "\n" in text[key.end_mark.index : start]:
        start = end = key.end_mark.index + 1  # nothing stands there: behind the colon
    emptied = text[:start].rstrip(" ") + text[end:]
    return _with_lines(
        emptied, _end_of_line(emptied, key.end_mark.index), _block(feeds, key.start_mark.column + 2)
    )


def _in_brackets(text: str, value: Node, feeds: Sequence[NewFeed], file: str) -> str:
    """Return the text with more items before the closing bracket, whatever stands behind the last one."""
    if not isinstance(value, SequenceNode):
        raise _cannot(file, value.start_mark.line + 1, "feeds: holds no list")
    last = value.value[-1].end_mark.index if value.value else value.start_mark.index + 1
    if not value.start_mark.index < last <= value.end_mark.index:
        raise _cannot(file, value.end_mark.line + 1, "the last feed is an alias (*name): write it out")
    comma = ", " if value.value else ""
    return f"{text[:last]}{comma}{_in_flow(feeds)}{text[last:]}"


def _end_of_content(text: str, end: int) -> int:
    """Return where the last line before ``end`` ends that is neither blank nor a comment."""
    lines = text[:end].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return _end_of_line(text, max(sum(map(len, lines)) - 1, 0))


def _end_of_line(text: str, start: int) -> int:
    """Return where the line of ``start`` ends, before its line break."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return end - 1 if end and text[end - 1 : end] == "\r" else end


def _with_lines(text: str, end: int, lines: Sequence[str]) -> str:
    """Return the text with lines put in at the end of a line, all ended as the text ends its own."""
    newline = "\r\n" if "\r\n" in text else "\n"
    behind = text[end:]
    before = "" if not text[:end].strip("\ufeff") or text[:end].endswith("\n") else newline
    after = "" if behind.startswith(("\n", "\r")) else newline
    return text[:end] + before + newline.join(lines) + after + behind


# --- what ----------------------------------------------------------------------------------------------


def _as_tree(feed: NewFeed) -> dict[str, Any]:
    """Return a feed as its YAML is read; ``${`` must not be taken for a variable."""
    tree: dict[str, Any] = {"url": _escaped(feed.url)}
    if feed.name:
        tree["name"] = _escaped(feed.name)
    if feed.tags:
        tree["tags"] = [_escaped(tag) for tag in feed.tags]
    return tree


def _escaped(text: str) -> str:
    return text.replace("${", "$${")


def _in_flow(feeds: Sequence[NewFeed]) -> str:
    """Return feeds between brackets: JSON, which is YAML too."""
    return ", ".join(json.dumps(_as_tree(feed), ensure_ascii=False) for feed in feeds)


def _block(feeds: Sequence[NewFeed], column: int) -> list[str]:
    lines = []
    for feed in feeds:
        tree = _as_tree(feed)
        lines.append(f"- url: {_scalar(tree['url'])}")
        if "name" in tree:
            lines.append(f"  name: {_scalar(tree['name'])}")
        if "tags" in tree:
            lines.append(f"  tags: [{', '.join(map(_scalar, tree['tags']))}]")
    return [" " * column + line for line in lines]


def _scalar(text: str) -> str:
    """Return text as YAML, without quotation marks where it is plain in every reading."""
    word = _PLAIN_WORD.fullmatch(text) and text.lower() not in _NOT_TEXT
    return text if word or _PLAIN_URL.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _cannot(file: str, line: int, message: str) -> ConfigError:
    hint = "nothing was written"
    return ConfigError([Problem(file=file, line=line, column=1, message=message, hint=hint)])
