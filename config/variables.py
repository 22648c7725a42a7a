"""``${NAME}`` in the values of a configuration -> what the variable holds."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from config.problems import BadValue, Fault, Loc

Lookup = Callable[[str], str]
"""Returns a variable's value; raises ``BadValue`` where it has none."""

_VARIABLE = re.compile(r"\$\$\{|\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}|\$\{")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The values with every variable in its place; ``hidden`` are the paths that hold one's value.

    A value whose variable is not set stays as written and has a fault.
    """

    tree: Any
    hidden: frozenset[Loc]
    faults: tuple[Fault, ...]


def names_in(text: str) -> tuple[str, ...]:
    """Return the variables that a text names, each once."""
    return tuple(dict.fromkeys(match["name"] for match in _VARIABLE.finditer(text) if match["name"]))


def fill(tree: Any, lookup: Lookup) -> Filled:
    """Return the values of ``tree`` with each ``${NAME}`` replaced; ``$${`` becomes ``${``."""
    filling = _Filling(lookup=lookup)
    filled = filling.value(tree, ())
    return Filled(tree=filled, hidden=frozenset(filling.hidden), faults=tuple(filling.faults))


@dataclass(slots=True, kw_only=True)
class _Filling:
    lookup: Lookup
    hidden: set[Loc] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def value(self, value: Any, loc: Loc) -> Any:
        if isinstance(value, dict):
            return {key: self.value(one, (*loc, key)) for key, one in value.items()}
        if isinstance(value, list):
            return [self.value(one, (*loc, place)) for place, one in enumerate(value)]
        return self._text(value, loc) if isinstance(value, str) and "${" in value else value

    def _text(self, text: str, loc: Loc) -> str:
        self.hidden.add(loc)
        broken = list(self._broken(text, loc))
        self.faults += broken
        return text if broken else _VARIABLE.sub(self._replace, text)

    def _broken(self, text: str, loc: Loc) -> Iterator[Fault]:
        """Yield a fault for each variable that cannot be replaced."""
        for match in _VARIABLE.finditer(text):
            try:
                self._replace(match)
            except BadValue as error:
                yield Fault(loc=loc, what=error.what, hint=error.hint)

    def _replace(self, match: re.Match[str]) -> str:
        if match[0] == "$${":
            return "${"
        if match["name"] is None:
            raise BadValue(
                "${ without a variable's name and }", hint="write ${NAME}, or $${ for the characters ${"
            )
        return self.lookup(match["name"])
