"""Mail is read in the same process: what a mail says depends on nothing but its bytes. Children have tests of their own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from types import TracebackType
from typing import ParamSpec, TypeVar, cast

from parsers.documents.opening import Opener
from parsers.mails.message import Mail, read_mail
from readers.pool import Readers, Reading
from readers.programs import SystemPrograms

P = ParamSpec("P")
T = TypeVar("T")
OPENER = Opener(SystemPrograms())
REMEMBERED = 4_000
"""Findings. A desk remembers fewer: what is found anew costs it a child, and changes nothing."""


class HereReaders(Readers):
    """Remembers what it has found, as the real ones do."""

    def __init__(self) -> None:
        self._read: OrderedDict[tuple[str, bytes], object] = OrderedDict()

    def open(self, raw: bytes, *, slow: bool = False) -> Reading:
        return _Here(raw)

    def again(self, function: Callable[[bytes], T], raw: bytes) -> T:
        key = (function.__qualname__, raw)
        if key not in self._read:
            self._read[key] = function(raw)
        self._read.move_to_end(key)
        while len(self._read) > REMEMBERED:
            self._read.popitem(last=False)
        return cast(T, self._read[key])

    def interrupt(self) -> None:
        """Nobody is being waited for."""

    def close(self) -> None:
        """Nothing runs elsewhere."""


class _Here:
    def __init__(self, raw: bytes) -> None:
        self.raw, self.opener = raw, OPENER
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
