"""What is said between the desk and a reading child: pickled values, each behind its length.

The desk reads strangers' mail only through here, so what a child says is taken for data: it may name the value types of
`parsers` and of the calendar, and nothing else.
"""

from __future__ import annotations

import dataclasses
import enum
import importlib
import io
import pickle
import select
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

_LENGTH = struct.Struct(">Q")
MOST_SAID = 250_000_000
"""Bytes of one answer: a mail of 50 MB, taken apart, with room to spare."""
_AT_ONCE = 1 << 20
_CALENDAR = {
    ("datetime", "datetime"),
    ("datetime", "date"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("zoneinfo", "ZoneInfo._unpickle"),
}


class Silence(Exception):
    """Nothing was said in the time there was."""


class Gone(Exception):
    """The other side hung up, or says what cannot be understood."""


def dumped(value: object, known: Callable[[object], str | None] = lambda _: None) -> bytes:
    """`value` as bytes. What `known` has a name for is said by its name: both sides have it."""
    buffer = io.BytesIO()
    _Naming(buffer, known).dump(value)
    return buffer.getvalue()


class _Naming(pickle.Pickler):
    def __init__(self, file: io.BytesIO, known: Callable[[object], str | None]) -> None:
        super().__init__(file, protocol=5)
        self._known = known

    def persistent_id(self, obj: object) -> str | None:
        return self._known(obj)


def send(line: socket.socket, said: bytes) -> None:
    """Raises: Gone."""
    try:
        line.sendall(_LENGTH.pack(len(said)))
        line.sendall(said)
    except OSError as error:
        raise Gone(str(error)) from error


def receive(line: socket.socket, until: float | None = None) -> bytes:
    """What the other side says next. `until` is a moment of the monotonic clock. Raises: Silence, Gone."""
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size, until))
    if length > MOST_SAID:
        raise Gone(f"{length} bytes")
    return _exactly(line, length, until)


def _exactly(line: socket.socket, size: int, until: float | None) -> bytes:
    kept = bytearray()
    while len(kept) < size:
        if until is not None:
            left = until - time.monotonic()
            poll = select.poll()  # not select(): a desk may have more than a thousand files open
            poll.register(line.fileno(), select.POLLIN | select.POLLHUP)
            if left <= 0 or not poll.poll(left * 1000):
                raise Silence
        try:
            piece = line.recv(min(_AT_ONCE, size - len(kept)))
        except OSError as error:
            raise Gone(str(error)) from error
        if not piece:
            raise Gone("end of file")
        kept += piece
    return bytes(kept)


class _Wary(pickle.Unpickler):
    """Takes value types of `parsers` and of the calendar; whatever else is named is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _CALENDAR:
            return super().find_class(module, name)
        if (module, name) == ("builtins", "getattr"):
            return _member
        if module.startswith("parsers.") and "." not in name:
            found = getattr(importlib.import_module(module), name, None)
            is_value = isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum))
            if is_value and found is not None and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def _member(kind: object, name: object) -> enum.Enum:
    """A member of an enumeration by its name: so Python 3.11.2 says it, where later ones name the value."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum) and name in kind.__members__:
        return kind.__members__[str(name)]
    raise pickle.UnpicklingError(f"{name!r} is no member")


def loaded_warily(said: bytes) -> Any:
    """What a child said. Raises: Gone when that is no value of ours."""
    try:
        return _Wary(io.BytesIO(said)).load()
    except Exception as error:  # whatever a broken or hostile pickle raises
        raise Gone(f"{type(error).__name__}: {error}") from error


def loaded(said: bytes, named: Callable[[str], object]) -> Any:
    """What the desk said, in the child; `named` gives what both sides have."""
    return _Named(io.BytesIO(said), named).load()


class _Named(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, named: Callable[[str], object]) -> None:
        super().__init__(file)
        self._named = named

    def persistent_load(self, pid: str) -> object:
        return self._named(pid)
