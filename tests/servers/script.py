"""A server that says its lines one after the other, whatever it hears, and remembers what it heard."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from tests.servers import HOST


class Script:
    """Greets with the first line, then answers every line it hears with the next; `{tag}` is the first word last heard
    that was not the answer to a challenge. When it has nothing more to say it hangs up.
    """

    def __init__(self, *lines: str) -> None:
        self.lines, self.heard = list(lines), list[str]()
        self._listener = socket.create_server((HOST, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Script:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        tag = challenged = ""
        with suppress(OSError):
            connection, _ = self._listener.accept()
            self._listener.close()  # a second caller finds nobody
            with connection, connection.makefile("rb") as lines:
                for said in self.lines:
                    connection.sendall(f"{said.format(tag=tag)}\r\n".encode())
                    challenged = said if said.startswith(("+", "334")) else ""
                    line = lines.readline().decode().removesuffix("\r\n")
                    self.heard.append(line)
                    tag = tag if challenged else line.partition(" ")[0]
