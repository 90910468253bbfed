"""Values as JSON holds them, and back: one rule for everything that the journal keeps.

A dataclass is an object of its fields; what is None is not said, and has no key. What this version has no field for is
kept in the field `others`, where there is one, and written again.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""What JSON can say."""
OTHERS = "others"
T = TypeVar("T")
_READERS: dict[type[Any], Callable[[Any], Any]] = {}


def to_data(value: object) -> Json:
    """A value as JSON: dataclasses and mappings as objects, tuples as lists, moments as ISO 8601."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_data(part) for part in value]
    if isinstance(value, Mapping):
        return {str(name): to_data(part) for name, part in value.items()}
    return object_of(value)


def object_of(value: object) -> dict[str, Json]:
    """A dataclass as a JSON object."""
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} cannot be kept in the journal")
    said = {part.name: getattr(value, part.name) for part in fields(value)}
    others = said.pop(OTHERS, {})
    return {name: to_data(part) for name, part in said.items() if part is not None} | dict(others)


def from_data(kind: type[T], data: Mapping[str, Json]) -> T:
    """The dataclass `kind` from what `object_of` made of it. Raises: TypeError or ValueError where `data` says
    something of another form, or lacks a field that has no default.
    """
    try:
        made: T = _object_reader(kind)(data)
    except AttributeError as error:
        raise TypeError(f"no {kind.__name__}: {error}") from error
    return made


def _object_reader(kind: type[Any]) -> Callable[[Any], Any]:
    """How an object of the dataclass `kind` is read: found out once."""
    if kind not in _READERS:
        _READERS[kind] = _new_object_reader(kind)
    return _READERS[kind]


def _new_object_reader(kind: type[Any]) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    names = [part.name for part in fields(kind)]
    readers = {name: _reader(hints[name]) for name in names if name != OTHERS}
    keeps_others = OTHERS in names

    def read(data: Mapping[str, Any]) -> Any:
        known = {name: reader(data[name]) for name, reader in readers.items() if name in data}
        others = {name: data[name] for name in data if name not in readers} if keeps_others else {}
        return kind(**known, **({OTHERS: others} if others else {}))

    return read


def _reader(hint: Any) -> Callable[[Any], Any]:
    """How a field of the type `hint` is read."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        (inner,) = (_reader(part) for part in parts if part is not type(None))
        return lambda value: None if value is None else inner(value)
    if origin is tuple and parts[1:] == (Ellipsis,):
        each = _reader(parts[0])
        return lambda values: tuple(each(value) for value in values)
    if origin is tuple:
        return tuple
    if isinstance(origin, type) and issubclass(origin, Mapping):
        named = _reader(parts[1])
        return lambda values: {name: named(value) for name, value in values.items()}
    if hint is datetime:
        return datetime.fromisoformat
    if isinstance(hint, type) and is_dataclass(hint):
        return _object_reader(hint)
    if isinstance(hint, type) and issubclass(hint, tuple):  # a NamedTuple
        known = len(get_type_hints(hint))  # a later version may say more
        return lambda values: hint(*values[:known])
    return lambda value: value
