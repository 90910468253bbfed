"""Documents opened as a desk opens them: in a reading child, where nothing can harm the test."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import ParamSpec, TypeVar

from parsers.documents.document import Document
from parsers.documents.opening import Opener
from parsers.mails.message import Mail, read_mail
from readers.pool import REMEMBERED, Readers, Reading
from readers.programs import SystemPrograms
from readers.server import ReadingServer

P = ParamSpec("P")
T = TypeVar("T")


@cache
def server() -> ReadingServer:
    """One server for all tests of a process: it imports for half a second. It ends with the process."""
    shared = ReadingServer()
    atexit.register(shared.close)
    return shared


def readers() -> Readers:
    return Readers(server=server())


HERE = Opener(SystemPrograms())
"""Opens documents in the test's own process, without pictures."""


def open_document(content: bytes, format_name: str) -> Document:
    """What an opener gives in a child; what kills the child, or takes too long, has a problem."""
    with readers().open(b"") as reading:
        return reading.ask(Opener.open, reading.opener, content, format_name)


def open_scan(content: bytes, format_name: str) -> Document:
    """The same, pictures by OCR."""
    with readers().open(b"", slow=True) as reading:
        return reading.ask(Opener.open, reading.opener, content, format_name)


@dataclass(frozen=True, slots=True)
class Saying(Opener):
    """Opens nothing: says what a test has it say of a document."""

    says: Callable[[bytes, str], Document] = lambda _content, _format: Document()

    def open(self, content: bytes, format_name: str) -> Document:
        return self.says(content, format_name)


@contextmanager
def without_programs() -> Iterator[None]:
    """A machine on which neither catdoc nor Tesseract is installed."""
    before = os.environ["PATH"]
    os.environ["PATH"] = ""
    server.cache_clear()
    try:
        yield
    finally:
        server().close()
        server.cache_clear()
        os.environ["PATH"] = before


class InProcess(Readers):
    """Reads mails in the test's own process, where a test says what a document holds in the place of OCR."""

    def __init__(self, says: Callable[[bytes, str], Document] = HERE.open, *, remembered: int = REMEMBERED) -> None:
        """`remembered`: more than a desk remembers, where a whole year is lived in one process."""
        super().__init__(server=server(), remembered=remembered)
        self._slowly = Saying(SystemPrograms(), reads_pictures=True, says=says)

    def close(self) -> None:
        """Nothing runs elsewhere."""

    def _read_anew(self, function: Callable[[bytes], T], raw: bytes) -> T:
        return function(raw)

    def open(self, raw: bytes, *, slow: bool = False) -> Reading:
        return _Here(raw, self._slowly if slow else HERE)


class _Here:
    def __init__(self, raw: bytes, opener: Opener) -> None:
        self.raw, self.opener = raw, opener
        self._mail: Mail | None = None

    @property
    def mail(self) -> Mail:
        self._mail = self._mail or read_mail(self.raw)
        return self._mail

    def ask(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    def __enter__(self) -> _Here:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass
