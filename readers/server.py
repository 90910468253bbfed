"""The desk's handle on the server that forks reading children: started when first needed, and again when it dies."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import threading
from pathlib import Path

from readers.child import KILL, OPEN, ORDER

_ROOT = Path(__file__).resolve().parents[1]
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
"""All that a child sees of the environment: there may be passwords in it."""
_FRUGAL = {"OPENCV_IO_MAX_IMAGE_PIXELS": "130000000", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
"""Libraries read these when they are imported: a picture of more pixels is refused, none keeps a pool of threads."""
_CHILD = """
import socket, sys
sys.path.insert(0, sys.argv[1])
from readers.child import serve
serve(socket.socket(fileno=int(sys.argv[2])))
"""
TRIES = 3


class ReadingServer:
    """One server process. Threads may share it, and so may processes that are forked from the one that started it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None

    def start(self) -> None:
        """Start it before it is needed. Raises: OSError."""
        with self._lock:
            if self._orders is None:
                self._start()

    def child(self) -> tuple[int, socket.socket]:
        """A number for a new child, and the line to it. Raises: OSError."""
        ours, theirs = socket.socketpair()
        number = secrets.randbits(63)
        with self._lock, theirs:
            for _ in range(TRIES):
                if self._orders is None:
                    self._start()
                if self._order(OPEN, number, theirs):
                    return number, ours
                self._let_go()
        ours.close()
        raise OSError("the reading server does not start")

    def kill(self, number: int) -> None:
        """End a child, whatever it is doing. One that has ended already is not missed."""
        with self._lock:
            self._order(KILL, number)

    def died(self) -> bool:
        """Whether the server is gone; then the next child comes from a new one."""
        with self._lock:
            if self._orders is not None and not _hung_up(self._orders):
                return False
            self._let_go()
            return True

    def close(self) -> None:
        """End the server and its children."""
        with self._lock:
            self._let_go()

    @property
    def pid(self) -> int:
        """Of the server's process; 0 when none has been started."""
        return self._process.pid if self._process is not None else 0

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        env = {name: os.environ[name] for name in _KEPT if name in os.environ} | _FRUGAL
        command = [sys.executable, "-I", "-c", _CHILD, str(_ROOT), str(theirs.fileno())]
        quiet, lines = subprocess.DEVNULL, [theirs.fileno()]
        with theirs:
            self._process = subprocess.Popen(
                command,
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
                env=env,
                cwd="/",
                pass_fds=lines,
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
        process, self._process = self._process, None
        if orders is not None:
            orders.close()  # the server ends by itself, and its children with it
        if process is not None:
            try:
                process.wait(2.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _hung_up(line: socket.socket) -> bool:
    """A child dies with its server, and may be seen to die first: a moment's patience."""
    line.settimeout(0.05)
    try:
        with contextlib.suppress(TimeoutError):
            return not line.recv(1)
    except OSError:
        return True
    finally:
        line.settimeout(None)
    return False
