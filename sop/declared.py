"""What people may write into a file of theirs, said once.

Readers take names, defaults and closed sets from it; a JSON Schema (draft 7) is drawn from it, by which editors
complete what is written and mark what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Union

Json = Union[str, int, bool, None, Sequence["Json"], Mapping[str, "Json"]]  # noqa: UP007 - it names itself
Schema = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a section or mapping.

    Attributes:
        says: what it means, to whoever writes the file (Indonesian).
        value: the JSON Schema of what may stand there.
        default: what holds where it is not written; None where that depends on other keys.
        needed: whether it must be written.
        choices: the closed set of words, the usual one first; empty where it is not closed.
        least: the least a whole number may be.
    """

    says: str
    value: Schema
    default: str | int | bool | tuple[str, ...] | None = None
    needed: bool = False
    choices: tuple[str, ...] = ()
    least: int = 1

    def schema(self) -> Schema:
        default: Schema = {} if self.default in (None, "", ()) else {"default": self.default}
        return {"description": self.says, **self.value, **default}


Keys = Mapping[str, Key]


def mapping(keys: Keys, **further: Json) -> Schema:
    """A mapping of these keys and no others. `further`: what else its schema says."""
    properties: Schema = {name: key.schema() for name, key in keys.items()}
    needed = [name for name, key in keys.items() if key.needed]
    required: Schema = {"required": needed} if needed else {}
    return {"type": "object", "additionalProperties": False, "properties": properties, **required, **further}


def named(value: Schema, **further: Json) -> Schema:
    """A mapping whose keys are names that the file, or another, gives."""
    return {"type": "object", "additionalProperties": value, **further}


def listed(item: Schema, **further: Json) -> Schema:
    return {"type": "array", "items": item, **further}


def or_nothing(value: Schema) -> Schema:
    """The same, or a key with nothing behind it."""
    return {**value, "type": [value["type"], "null"]}


def whole_text(pattern: str) -> Schema:
    """A text that the pattern describes from its beginning to its end, blanks around it aside."""
    return {"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$"}


def one_of_required(names: Iterable[str]) -> list[Schema]:
    """For `oneOf` and `anyOf`: which of these keys is written."""
    return [{"required": [name]} for name in names]
