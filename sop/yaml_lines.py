"""YAML whose mistakes can be pointed at: every value knows the file and line it stands on.

Used for the procedure and for the directory of officials. Problems are collected, not raised one by one, so that
whoever edits the file sees all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from sop.declared import Schema, whole_text

_UNITS = {"detik": "seconds", "menit": "minutes", "jam": "hours", "hari": "days"}
_DURATION = re.compile(r"(\d{1,6}) (detik|menit|jam|hari)")
_YES = ("ya", "true", "yes")

# What `Node` reads by the method of the same name, for the declaration of a file.
TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
WHOLE: Schema = {"type": "integer", "minimum": 1}
DURATION = whole_text(_DURATION.pattern)
WORDS: Schema = {"type": ["string", "array", "null"], "items": {"type": ["string", "number", "boolean", "null"]}}
FLAG: Schema = {"enum": [*_YES, "tidak", True, False]}


class Unusable(ValueError):
    """A file of the office's cannot be used; `problems` has one line each, saying where and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Problems:
    """The mistakes found in one file, each with its line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: list[str] = []

    def add(self, line: int, where: str, message: str) -> None:
        place = f"{self.file}:{line}"
        self.lines.append(f"{place}: {where}: {message}" if where else f"{place}: {message}")


class Node:
    """One mapping of the file. Readers return a harmless value after noting a problem, so that reading goes on."""

    def __init__(self, value: Any, where: str, line: int, problems: Problems) -> None:
        self.where, self.line, self.problems = where, line, problems
        self.items: dict[str, Any] = {}
        if isinstance(value, dict):
            self.items = {str(key): item for key, item in value.items()}
        elif value is not None:
            problems.add(line, where, f"seharusnya pasangan `kunci: nilai`, bukan {value!r}")
        self._value = value

    def problem(self, message: str, key: str | None = None) -> None:
        self.problems.add(self.line_of(key) if key else self.line, self.where, message)

    def line_of(self, key: str) -> int:
        lines = getattr(self._value, "lc", None)
        try:
            return int(lines.key(key)[0]) + 1 if lines is not None else self.line
        except (KeyError, TypeError):
            return self.line

    def only(self, *known: str) -> None:
        """Note every key that is not one of `known`: a misspelt key must not be ignored silently."""
        for key in self.items:
            if key not in known:
                self.problem(f"kunci `{key}` tidak dikenal; yang dikenal: {', '.join(known)}", key)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.items.get(key, default)
        if value is None or isinstance(value, (dict, list)) or not str(value).strip():
            self.problem(f"`{key}` harus diisi dengan teks", key)
            return ""
        return str(value).strip()

    def whole(self, key: str) -> int:
        value = self.items.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.problem(f"`{key}` harus bilangan bulat, mulai dari 1", key)
            return 1
        return int(value)

    def duration(self, key: str) -> timedelta:
        """A span of time written as "3 menit" or "1 jam"."""
        match = _DURATION.fullmatch(str(self.items.get(key, "")).strip())
        if not match:
            self.problem(f"`{key}` harus lama waktu seperti `3 menit` atau `1 jam`", key)
            return timedelta(minutes=1)
        return timedelta(**{_UNITS[match[2]]: int(match[1])})

    def words(self, key: str) -> tuple[str, ...]:
        value = self.items.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value.strip(),)
        if not isinstance(value, list) or any(isinstance(word, (dict, list)) for word in value):
            self.problem(f"`{key}` harus daftar, misalnya [helpdesk, kabid]", key)
            return ()
        return tuple(str(word).strip() for word in value)

    def flag(self, key: str) -> bool:
        return str(self.items.get(key, "tidak")).lower() in _YES

    def child(self, key: str) -> Node:
        return Node(self.items.get(key), f"{self.where} {key}".strip(), self.line_of(key), self.problems)

    def children(self, key: str) -> Iterator[Node]:
        """The mappings of a list."""
        value = self.items.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.problem(f"`{key}` harus daftar (baris-baris yang diawali `-`)", key)
            return
        for index, item in enumerate(value):
            lines = getattr(value, "lc", None)
            line = int(lines.item(index)[0]) + 1 if lines is not None else self.line_of(key)
            yield Node(item, f"{self.where} {key} {index + 1}".strip(), line, self.problems)


def read_yaml(text: str, problems: Problems) -> Node:
    """The root mapping of `text`. A syntax error is a problem like any other."""
    try:
        value = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        problems.add(mark.line + 1 if mark else 1, "", f"bukan YAML yang sah ({error.problem})")
        return Node({}, "", 1, problems)
    except (YAMLError, ValueError, RecursionError) as error:
        problems.add(1, "", f"bukan YAML yang sah ({error})".splitlines()[0])
        return Node({}, "", 1, problems)
    if not isinstance(value, dict):
        problems.add(1, "", "berkas kosong atau bukan pasangan `kunci: nilai`")
        return Node({}, "", 1, problems)
    return Node(value, "", 1, problems)
