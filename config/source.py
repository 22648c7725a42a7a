"""YAML text -> plain Python values, and the line and column where each of them stands.

The tree is read from ruamel.yaml's nodes and not from its loaded values, because a value such as
``15m`` remembers no place and a second equal key would be gone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.constructor import BaseConstructor
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode
from ruamel.yaml.reader import ReaderError

from config.problems import ConfigError, Fault, Loc, Problem, shown

_DEEPEST = 12  # a configuration is four deep
_NULL = "tag:yaml.org,2002:null"
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null")}

# What ruamel.yaml says, by a piece of it, and the same in an operator's words. Its own words are
# never passed on: they quote the file, where a secret may stand.
_SYNTAX = {
    "could not find expected ':'": "a key without its colon, or a line that is not indented as the one above",
    "mapping values are not allowed": "a colon where no key can stand",
    "expected <block end>": "not indented as the lines above, or it cannot follow the value before it",
    "character '\\t'": "a tab",
    "cannot start any token": "a character that no value can start with",
    "found undefined alias": "an alias (*name) without its anchor (&name)",
    "unexpected end of stream": "quotation marks that are never closed",
    "<stream end>": "brackets that are never closed",
    "expected ',' or": "a comma or the closing bracket is missing",
    "but found another document": "a second document (---)",
    "escape": "a backslash that means nothing between double quotation marks",
}
_NEVER_CLOSED = ("unexpected end of stream", "<stream end>")
_SYNTAX_HINT = (
    "indent with spaces, put a space after each colon, and quote text that holds any of * & # : @ % `"
)


class Place(NamedTuple):
    """Where a value stands, and its key, or itself again where it has none."""

    value: Node
    key: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A configuration file as plain values; ``faults`` are what YAML alone shows to be wrong.

    ``line_of`` tells on which line of the file a line of the text stands.
    """

    file: str
    tree: Any
    places: dict[Loc, Place]
    faults: tuple[Fault, ...] = ()
    line_of: Callable[[int], int] = int

    def problems(self, faults: Iterable[Fault], hidden: frozenset[Loc] = frozenset()) -> tuple[Problem, ...]:
        """Return each fault with its line and column.

        At and below the paths in ``hidden`` the text as written is shown and not the value, which
        came from a variable.
        """
        return tuple(self._problem(fault, hidden) for fault in faults)

    def with_lines(self, line_of: Callable[[int], int]) -> "Source":
        """Return the same with its places on other lines: those of a file that this text was made from."""
        return replace(self, line_of=line_of)

    def _problem(self, fault: Fault, hidden: frozenset[Loc]) -> Problem:
        loc = self._known(fault.loc)
        place = self.places[loc]
        # The mark of a value that is not there is that of whatever comes next.
        node = place.key if fault.on_key or _is_nothing(place.value) else place.value
        line, column = _position(node.start_mark)
        got = _written(place.value) if loc in hidden and fault.got is not None else fault.got
        message = fault.what + (f": {shown(got)}" if got is not None else "")
        if fault.other is not None:
            first, _ = _position(self.places[self._known(fault.other)].key.start_mark)
            message += f"; the first is on line {self.line_of(first)}"
        return Problem(
            file=self.file, line=self.line_of(line), column=column, message=message, hint=fault.hint
        )

    def _known(self, loc: Loc) -> Loc:
        """Return the nearest path above that has a place: a key that is missing has none."""
        while loc not in self.places:
            loc = loc[:-1]
        return loc


def parse_yaml(text: str, file: str) -> Source:
    """Return the values of one YAML document.

    Raises:
        ConfigError: it is no YAML, or holds nothing.
    """
    try:
        root, constructor = _compose(text)
    except MarkedYAMLError as error:
        raise ConfigError([_syntax_problem(error, file)]) from None  # its text may quote a secret
    except ReaderError as error:
        raise ConfigError([_control_character(text, error.position, file)]) from None
    except RecursionError:
        raise ConfigError([Problem(file=file, line=1, column=1, message="nested too deeply")]) from None
    if root is None:
        hint = "write feeds: and channels:, or start from config/example.yaml"
        raise ConfigError([Problem(file=file, line=1, column=1, message="the file is empty", hint=hint)])
    walk = _Walk(constructor=constructor)
    tree = walk.value(root, (), root)
    return Source(file=file, tree=tree, places=walk.places, faults=tuple(walk.faults))


def _compose(text: str) -> tuple[Node | None, BaseConstructor]:
    """Return the root node, or ``None`` for an empty text, and what makes numbers of its scalars.

    libyaml reads a thousand feeds five times as fast, where it is installed; but errors are told
    by the parser written in Python, so that they read the same everywhere.
    """
    yaml = YAML(typ="safe")
    try:
        return yaml.compose(text), yaml.constructor
    except YAMLError:
        yaml = YAML(typ="safe", pure=True)
        return yaml.compose(text), yaml.constructor


def _syntax_problem(error: MarkedYAMLError, file: str) -> Problem:
    said = f"{error.context} {error.problem}"
    meant = next((words for piece, words in _SYNTAX.items() if piece in said), "something is wrong here")
    opened = any(piece in said for piece in _NEVER_CLOSED)
    line, column = _position((error.context_mark if opened else None) or error.problem_mark)
    return Problem(file=file, line=line, column=column, message=f"not YAML: {meant}", hint=_SYNTAX_HINT)


def _control_character(text: str, position: int, file: str) -> Problem:
    line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    return Problem(
        file=file, line=line, column=column, message="not YAML: a control character", hint="delete it"
    )


def _position(mark: StreamMark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _is_nothing(node: Node) -> bool:
    return _written(node) == "" and str(node.tag) == _NULL


def _written(node: Node) -> str | None:
    """Return a scalar's text as it stands in the file."""
    return node.value if isinstance(node, ScalarNode) else None


@dataclass(slots=True)
class _Walk:
    """One walk over the nodes; fills ``places`` and ``faults``."""

    constructor: BaseConstructor
    places: dict[Loc, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    above: list[Node] = field(default_factory=list)

    def value(self, node: Node, loc: Loc, key: Node) -> Any:
        self.places[loc] = Place(node, key)
        if isinstance(node, ScalarNode):
            return self._scalar(node, loc)
        if node in self.above or len(self.above) > _DEEPEST:
            what = "an alias that holds itself" if node in self.above else "nested too deeply"
            self.faults.append(Fault(loc=loc, what=what, hint="write the value out"))
            return None
        self.above.append(node)
        result = self._mapping(node, loc) if isinstance(node, MappingNode) else self._sequence(node, loc)
        self.above.pop()
        return result

    def _sequence(self, node: Node, loc: Loc) -> list[Any]:
        return [self.value(item, (*loc, place), item) for place, item in enumerate(node.value)]

    def _mapping(self, node: Node, loc: Loc) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if not isinstance(key_node, ScalarNode):
                self.places[*loc, key] = Place(key_node, key_node)
                self.faults.append(Fault(loc=(*loc, key), what="a key must be a word", on_key=True))
            elif key in result:
                self._repeated(key, (*loc, key), key_node)
            else:
                result[key] = self.value(value_node, (*loc, key), key_node)
        return result

    def _repeated(self, key: str, loc: Loc, node: Node) -> None:
        """Tell of a key's second use, at a place of its own: the first one keeps its value."""
        second = (*loc, len(self.places))
        self.places[second] = Place(node, node)
        hint = "keep one of them" if loc[:-1] else "put all of it under one"
        self.faults.append(Fault(loc=second, what=f"the key {key!r} stands twice", hint=hint, other=loc))

    def _scalar(self, node: ScalarNode, loc: Loc) -> Any:
        tag = str(node.tag)
        if tag in _PLAIN_TAGS:
            return self.constructor.construct_object(node)
        if not tag.startswith("tag:yaml.org,2002:"):
            hint = "put text that starts with ! in quotation marks; a secret is written as ${NAME}"
            self.faults.append(Fault(loc=loc, what="a YAML tag (!), which means nothing here", hint=hint))
        return node.value
