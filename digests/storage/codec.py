"""Records to JSON and back: pure.

Any frozen dataclass of ``digests/model.py`` survives the way there and back, tuples, choices and
times included. Fields that were added since a record was written take their default, fields that
are gone are dropped, so an old database stays readable.
"""

from typing import Any, TypeVar

from pydantic import TypeAdapter

Record = TypeVar("Record")


def encode(record: object) -> Any:
    """Return ``record`` as plain dicts, lists, strings and numbers."""
    return _adapter(type(record)).dump_python(record, mode="json")


def decode(kind: type[Record], value: Any) -> Record:
    """Return the record of type ``kind`` that ``encode`` made ``value`` from.

    Raises:
        ValueError: ``value`` is no such record.
    """
    record: Record = _adapter(kind).validate_python(value)
    return record


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Return what converts ``kind``: a millisecond to build, microseconds to use."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}
