"""The desk's side: opens mails in reading children, asks them, and gives up in time.

`ask` runs a pure function of `parsers` in the child, as if it had been called here. The mail's bytes and the decoded mail
do not travel a second time.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Protocol, TypeVar

from parsers.documents.opening import ALL, LEFT_OUT, TOO_GREEDY, UNSAFE, Opener, open_document, open_scan
from parsers.mails.message import Mail, read_mail
from parsers.readers.child import FAULT, KILL, MAIL, OPEN, OPENS, ORDER, RAW, RESULT
from parsers.readers.limits import QUICK, SLOW, Limits
from parsers.readers.wire import Gone, Silence, dumped, loaded_warily, receive, send

P = ParamSpec("P")
T = TypeVar("T")
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
"""All that a child sees of the environment: there may be passwords in it."""
_FRUGAL = {"OPENCV_IO_MAX_IMAGE_PIXELS": "130000000", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
"""Libraries read these when they are imported: a picture of more pixels is refused, and none keeps a pool of threads."""
_CHILD = """
import socket, sys
sys.path.insert(0, sys.argv[1])
from parsers.readers.child import serve
serve(socket.socket(fileno=int(sys.argv[2])))
"""
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
    slow: bool
    """Whether pictures are read."""

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

    def __init__(self, quick: Limits = QUICK, slow: Limits = SLOW) -> None:
        self.quick, self.slow = quick, slow
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None
        self._number = 0
        self._open: set[int] = set()
        self._closed = False
        self._seen: OrderedDict[int, tuple[bytes, Mail]] = OrderedDict()

    def open(self, raw: bytes, *, slow: bool = False) -> Reading:
        """Begin to read a mail. `slow`: with OCR, which takes its time."""
        return _Reading(self, raw, self.slow if slow else self.quick, slow=slow)

    def mail(self, raw: bytes) -> Mail:
        """A mail, decoded; the last few are remembered. Raises: CannotRead, Interrupted, Overloaded."""
        key = hash(raw)
        with self._lock:
            if key in self._seen and self._seen[key][0] == raw:
                self._seen.move_to_end(key)
                return self._seen[key][1]
        with self.open(raw) as reading:
            mail = reading.mail
        if len(raw) <= REMEMBERED_BYTES:
            with self._lock:
                self._seen[key] = (raw, mail)
                while len(self._seen) > REMEMBERED:
                    self._seen.popitem(last=False)
        return mail

    def interrupt(self) -> None:
        """Let go of every mail that is being read, and read no other: whoever waits gets `Interrupted`."""
        with self._lock:
            self._closed = True
            for number in self._open:
                self._order(KILL, number)

    def close(self) -> None:
        """End the server and its children."""
        self.interrupt()
        with self._lock:
            self._let_go()

    # For one reading ---------------------------------------------------------------------------------------------------

    def line(self) -> tuple[int, socket.socket]:
        """A line to a new child, and its number. Raises: Interrupted, Overloaded."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            for _ in range(3):
                if self._closed:
                    ours.close()
                    raise Interrupted
                if self._server is None:
                    self._start()
                self._number += 1
                if self._order(OPEN, self._number, theirs):
                    self._open.add(self._number)
                    return self._number, ours
                self._let_go()
        ours.close()
        raise Overloaded("proses pembaca tidak dapat dimulai")

    def hang_up(self, number: int, line: socket.socket) -> None:
        """The child ends, whatever it is doing."""
        line.close()
        with self._lock:
            if number in self._open:
                self._open.discard(number)
                self._order(KILL, number)

    @property
    def closed(self) -> bool:
        return self._closed

    def server_died(self) -> bool:
        """Whether the whole server is gone: then no mail is to blame for a child that died."""
        with self._lock:
            if self._server is None:
                return True
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.wait(0.05)  # a child dies with it, and may be seen to die first
            if self._server.poll() is None:
                return False
            self._let_go()
            return True

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        env = {name: os.environ[name] for name in _KEPT if name in os.environ} | _FRUGAL
        command = [sys.executable, "-I", "-c", _CHILD, str(_ROOT), str(theirs.fileno())]
        quiet = subprocess.DEVNULL
        with theirs:
            self._server = subprocess.Popen(
                command,
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
                env=env,
                cwd="/",
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._orders = ours

    def _order(self, kind: bytes, number: int, line: socket.socket | None = None) -> bool:
        """Whether the server could be told."""
        if self._orders is None:
            return False
        try:
            socket.send_fds(self._orders, [ORDER.pack(kind, number)], [line.fileno()] if line else [])
        except OSError:
            return False
        return True

    def _let_go(self) -> None:
        orders, self._orders = self._orders, None
        server, self._server = self._server, None
        self._open.clear()
        if orders is not None:
            orders.close()  # the server ends by itself, and its children with it
        if server is not None:
            try:
                server.wait(2.0)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


class _Reading:
    """One mail in one child; in another where a document of it has been too much for the first."""

    def __init__(self, readers: Readers, raw: bytes, limits: Limits, *, slow: bool) -> None:
        self.raw, self.slow = raw, slow
        self.opener: Opener = open_scan if slow else open_document
        self._readers, self._limits = readers, limits
        self._left = limits.wall_seconds
        self._left_out: dict[str, str] = {}
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
        for _ in range(MOST_RESTARTS):
            try:
                result: T = self._asked(said)
                return result
            except _ChildGone as gone:
                self._learn(gone)
        raise CannotRead("proses pembaca berulang kali berhenti")

    def _known(self, value: object) -> str | None:
        if value is self.raw:
            return RAW
        return MAIL if value is self._mail and value is not None else None

    def _asked(self, said: bytes) -> T:  # type: ignore[type-var]
        """Raises: _ChildGone, CannotRead, Interrupted, Overloaded."""
        opening = ""
        line = self._child()
        began = time.monotonic()
        until = began + self._left
        try:
            send(line, said)
            while True:
                word, value = loaded_warily(receive(line, until))
                if word == OPENS:
                    opening = str(value)
                    spare = RESERVE if opening and ALL not in self._left_out else 0.0
                    whole = began + self._left - spare
                    until = (
                        min(whole, time.monotonic() + self._limits.document_seconds) if opening else began + self._left
                    )
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

    def _learn(self, gone: _ChildGone) -> None:
        """What to do otherwise with the next child. Raises: CannotRead, Interrupted, Overloaded."""
        self._hang_up()
        if self._readers.closed:
            raise Interrupted
        if gone.why == UNSAFE and self._readers.server_died():
            self._left = max(self._left, RESERVE)
            return
        if not gone.opening:
            if gone.why == UNSAFE:
                raise CannotRead("proses pembaca berhenti ketika membaca surat ini")
            if gone.busy < self._limits.wall_seconds / 3:
                raise Overloaded("mesin terlalu sibuk")
            raise CannotRead(f"surat ini tidak selesai dibaca dalam {self._limits.wall_seconds:g} detik")
        self._left_out[gone.opening] = gone.why
        if self._left < RESERVE or len(self._left_out) >= MOST_RESTARTS - 1:
            self._left_out[ALL] = LEFT_OUT
            self._left = max(self._left, RESERVE)

    def _child(self) -> socket.socket:
        if self._line is None:
            self._line = self._readers.line()
            line = self._line[1]
            try:
                send(line, dumped((self._limits, self.slow, self._left_out)))
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
