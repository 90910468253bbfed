"""A TCP proxy that can cut the line, at a byte or at a moment, or go silent: what networks do."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType


class Proxy:
    """Stands on a port of its own before a server on loopback."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.cut_after: int | None = None
        """Cut the line when the server has sent this many more bytes, once."""
        self.silent = threading.Event()
        """While set, nothing goes through, and nobody is told."""
        self.connections = 0
        """How many there have been."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def cut(self) -> None:
        """Cut every line now."""
        lines, self._lines = self._lines, []
        _hang_up(*lines)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(("127.0.0.1", self.target))
            self._lines += [client, server]
            threading.Thread(target=self._pass, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client, True), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        while True:
            try:
                chunk = source.recv(65536)
            except OSError:
                return
            if not chunk:  # this connection is over; others go on
                _hang_up(source, target)
                return
            if self.silent.is_set():
                continue
            cut = False
            if counted and self.cut_after is not None:
                cut = len(chunk) >= self.cut_after
                chunk = chunk[: self.cut_after]
                self.cut_after = None if cut else self.cut_after - len(chunk)
            try:
                target.sendall(chunk)
            except OSError:
                return
            if cut:
                self.cut()
                return


def _hang_up(*lines: socket.socket) -> None:
    for line in lines:
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()
