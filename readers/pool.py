"""The desk's side: opens mails in reading children, asks them, and gives up in time.

`ask` runs a pure function of `parsers` in the child, as if it had been called here. The mail's bytes, the decoded
mail and the opener do not travel: the child has its own.
"""

from __future__ import annotations

import hashlib
import os
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from parsers.documents.opening import ALL, LEFT_OUT, TOO_GREEDY, UNSAFE, Opener
from parsers.mails.message import Mail, read_mail
from readers.child import FAULT, MAIL, OPENER, OPENS, RAW, RESULT
from readers.limits import QUICK, SLOW, Limits
from readers.programs import SystemPrograms
from readers.server import ReadingServer
from readers.wire import Gone, Silence, dumped, loaded_warily, receive, send

P = ParamSpec("P")
T = TypeVar("T")
SERVER_STARTS = 60.0
"""Seconds until a server that has just been started must have answered; then the machine, not the mail, is to blame."""
RESERVE = 1.0
"""Seconds kept for reading the mail without its documents, when those have used up all there was."""
MOST_RESTARTS = 5
REMEMBERED, REMEMBERED_BYTES = 16, 2_000_000


class CannotRead(Exception):
    """A mail that could not be read within its limits. The message says why, in Indonesian."""


class Interrupted(Exception):
    """The desk is closing: nobody waits for a mail to be read. It stays as it was."""


class Overloaded(Exception):
    """The machine had no time for us; the mail is not to blame, and is to be read again later."""


class Reading(Protocol):
    """One mail that is being read."""

    raw: bytes
    opener: Opener
    """To be given to what opens documents; it says whether pictures are read."""

    @property
    def mail(self) -> Mail:
        """The mail, decoded. Raises: as `ask`."""

    def ask(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function`, a pure one of `parsers`, gives. Raises: CannotRead, Interrupted, Overloaded."""

    def __enter__(self) -> Reading: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Readers:
    """Warm children for reading mails. Threads may share one; it starts its server when first needed."""

    def __init__(
        self,
        quick: Limits = QUICK,
        slow: Limits = SLOW,
        server: ReadingServer | None = None,
        *,
        remembered: int = REMEMBERED,
    ) -> None:
        """`server`: one that is shared with others; else one of their own. `remembered`: of how many mails."""
        self.quick, self.slow, self.remembered = quick, slow, remembered
        self._server, self._is_own = server or ReadingServer(), server is None
        self._lock = threading.Lock()
        self._open: dict[int, bool] = {}
        """Children by number, and whether closing the desk must wait for them."""
        self._closing = False
        self._seen: OrderedDict[tuple[str, bytes, tuple[object, ...]], object] = OrderedDict()

    def open(self, raw: bytes, *, slow: bool = False) -> Reading:
        """Begin to read a mail. `slow`: with OCR, which takes its time."""
        return _Reading(self, raw, self.slow if slow else self.quick, slow=slow)

    def mail(self, raw: bytes) -> Mail:
        """As `again`, the mail decoded."""
        return self.again(read_mail, raw)

    def again(self, function: Callable[Concatenate[bytes, P], T], raw: bytes, *more: P.args, **named: P.kwargs) -> T:
        """What `function`, a pure one of `parsers`, gives of a mail that has been read before; the last are remembered.
        `more`, `named`: what else it needs, all of it hashable.

        What the desk has begun it finishes, so `interrupt` does not concern it. Raises: CannotRead, Overloaded.
        """
        key = (function.__qualname__, hashlib.sha256(raw).digest(), (*more, *sorted(named.items())))
        with self._lock:
            if key in self._seen:
                self._seen.move_to_end(key)
                return cast(T, self._seen[key])
        with _Reading(self, raw, self.quick, slow=False, finishes=True) as reading:
            found = reading.ask(function, reading.raw, *more, **named)
        if len(raw) <= REMEMBERED_BYTES:
            with self._lock:
                self._seen[key] = found
                while len(self._seen) > self.remembered:
                    self._seen.popitem(last=False)
        return found

    def interrupt(self) -> None:
        """Let go of every mail that is being read, and read no other: whoever waits gets `Interrupted`."""
        with self._lock:
            self._closing = True
            numbers = [number for number, finishes in self._open.items() if not finishes]
        for number in numbers:
            self._server.kill(number)

    def close(self) -> None:
        """End the children, and a server of one's own."""
        self.interrupt()
        if self._is_own:
            self._server.close()

    # For one reading --------------------------------------------------------------------------------------------------

    def line(self, *, finishes: bool) -> tuple[int, socket.socket]:
        """The number of a new child, and the line to it. Raises: Interrupted, Overloaded."""
        if self._closing and not finishes:
            raise Interrupted
        try:
            number, line = self._server.child()
        except OSError as error:
            raise Overloaded(f"proses pembaca tidak dapat dimulai: {error}") from error
        with self._lock:
            self._open[number] = finishes
        return number, line

    def hang_up(self, number: int, line: socket.socket) -> None:
        """The child ends, whatever it is doing."""
        line.close()
        self._server.kill(number)
        with self._lock:
            self._open.pop(number, None)

    @property
    def closing(self) -> bool:
        return self._closing

    def server_died(self) -> bool:
        """Whether the whole server is gone: then no mail is to blame for a child that died."""
        return self._server.died()


class _Reading:
    """One mail in one child; in another where a document of it has been too much for the first."""

    def __init__(self, readers: Readers, raw: bytes, limits: Limits, *, slow: bool, finishes: bool = False) -> None:
        self.raw, self.opener = raw, Opener(SystemPrograms(), slow)
        self._readers, self._limits, self._finishes = readers, limits, finishes
        self._left = limits.wall_seconds
        self._left_out: dict[str, str] = {}
        self._died_at: set[str] = set()
        """At which documents ("" for none) a child has died; once proves nothing: it may have died with its server."""
        self._line: tuple[int, socket.socket] | None = None
        self._pid = 0
        self._mail: Mail | None = None

    def __enter__(self) -> _Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    @property
    def mail(self) -> Mail:
        if self._mail is None:
            self._mail = self.ask(read_mail, self.raw)
        return self._mail

    def ask(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        said = dumped((function, args, kwargs), self._known)
        for _ in range(2 * MOST_RESTARTS):
            try:
                result: T = self._asked(said)
                return result
            except _ChildGone as gone:
                self._learn(gone)
        raise CannotRead("proses pembaca berulang kali berhenti")

    def _known(self, value: object) -> str | None:
        if value is self.raw:
            return RAW
        if value is self.opener:
            return OPENER
        return MAIL if value is self._mail and value is not None else None

    def _asked(self, said: bytes) -> T:  # type: ignore[type-var]
        """Raises: _ChildGone, CannotRead, Interrupted, Overloaded."""
        opening = ""
        line = self._child()
        began = time.monotonic()
        until = self._until(began, opening)
        try:
            send(line, said)
            while True:
                try:
                    word, value = loaded_warily(receive(line, until))
                except Silence:
                    last = began + self._left - RESERVE
                    if opening and until < last and self._busy() < self._limits.document_seconds / 5:
                        # It is the machine that has no time: a little longer, then.
                        until = min(last, until + self._limits.document_seconds)
                        continue
                    raise
                if word == OPENS:
                    opening = str(value)
                    until = self._until(began, opening)
                elif word == FAULT:
                    raise CannotRead(str(value))
                else:
                    assert word == RESULT
                    return value  # type: ignore[no-any-return]
        except Silence as silence:
            raise _ChildGone(opening, TOO_GREEDY, self._busy()) from silence
        except (Gone, TypeError, ValueError) as gone:
            raise _ChildGone(opening, UNSAFE, 0.0) from gone
        finally:
            self._left -= time.monotonic() - began

    def _until(self, began: float, opening: str) -> float:
        """When to give up: one document may not use up what reading the mail itself takes."""
        whole = began + self._left
        if not opening:
            return whole
        spare = 0.0 if ALL in self._left_out else RESERVE
        return min(whole - spare, time.monotonic() + self._limits.document_seconds)

    def _learn(self, gone: _ChildGone) -> None:
        """What to do otherwise with the next child. Raises: CannotRead, Interrupted, Overloaded."""
        self._hang_up()
        if self._readers.closing and not self._finishes:
            raise Interrupted
        if gone.why == UNSAFE and self._readers.server_died():
            self._left = max(self._left, RESERVE)
            return
        if gone.why == UNSAFE and gone.opening not in self._died_at:
            self._died_at.add(gone.opening)
            return
        enough = self._limits.document_seconds / 5 if gone.opening else self._limits.wall_seconds / 10
        if gone.why != UNSAFE and gone.busy < enough:
            raise Overloaded("mesin terlalu sibuk")
        if not gone.opening:
            if gone.why == UNSAFE:
                raise CannotRead("proses pembaca berhenti ketika membaca surat ini")
            raise CannotRead(f"surat ini tidak selesai dibaca dalam {self._limits.wall_seconds:g} detik")
        self._left_out[gone.opening] = gone.why
        if self._left < RESERVE or len(self._left_out) >= MOST_RESTARTS - 1:
            self._left_out[ALL] = LEFT_OUT
            self._left = max(self._left, RESERVE)

    def _child(self) -> socket.socket:
        if self._line is None:
            self._line = self._readers.line(finishes=self._finishes)
            line = self._line[1]
            try:
                send(line, dumped((self._limits, self.opener.reads_pictures, self._left_out)))
                send(line, self.raw)
                # A server that has just been started imports for a second; that is no fault of the mail's.
                _, pid = loaded_warily(receive(line, time.monotonic() + SERVER_STARTS))
                self._pid = int(pid)
            except Silence as silence:
                self._hang_up()
                raise Overloaded("proses pembaca tidak menjawab") from silence
            except Gone as gone:
                raise _ChildGone("", UNSAFE, 0.0) from gone
        return self._line[1]

    def _busy(self) -> float:
        """Seconds of CPU that the child has used; many where that cannot be known."""
        try:
            used = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        except (OSError, ValueError):
            return float("inf")
        return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            self._readers.hang_up(*line)


class _ChildGone(Exception):
    """A child that was silent for too long, or died; and the digest of the document it was opening, "" for none."""

    def __init__(self, opening: str, why: str, busy: float) -> None:
        super().__init__(why)
        self.opening, self.why, self.busy = opening, why, busy
