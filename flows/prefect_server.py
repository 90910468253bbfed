"""The Prefect server as a child process, for a desk that has no server of its own.

It lets nobody in without its login, takes changes only with a CSRF token, and answers no web page but its own.
"""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from flows.knocking import healthy, taken_by_others
from host.files import write_whole
from office.prefect_login import own_login

log = logging.getLogger(__name__)
START_SECONDS = 180
STOP_SECONDS = 10
_KEPT = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH")
"""All that the child sees of our environment: there may be passwords of the mail servers in it."""
_SETTINGS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    # The older UI shows Resume and Cancel as buttons; the newer one hides them in a menu.
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    # One event at a time locks SQLite against the API (measured: HTTP 503 and flows ten times slower).
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
    "PREFECT_SERVER_CORS_ALLOWED_METHODS": "GET,POST,PUT,PATCH,DELETE",
    "PREFECT_SERVER_CORS_ALLOWED_HEADERS": "Authorization,Content-Type,X-Prefect-Ui,"
    "Prefect-Csrf-Token,Prefect-Csrf-Client,Prefect-Csrf-Retry-Count",
}


class PrefectUnavailable(OSError):
    """The Prefect server does not come up; the message says where its log is."""


class PrefectServer:
    """A Prefect server on loopback. `home` keeps its database, its login, its UI files and its log."""

    def __init__(self, home: Path, port: int = 0) -> None:
        self.home, self.port = home, port or free_port()
        self.log, self._note = home / "server.log", home / "server.pid"
        self._process: subprocess.Popen[bytes] | None = None
        self._adopted = 0

    @property
    def ui(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api(self) -> str:
        return f"{self.ui}/api"

    @property
    def login(self) -> str:
        """The login "name:password" that the server asks for; made when it is first wanted. Raises: OSError."""
        return own_login(self.home)

    def start(self) -> None:
        """Start the child; `wait_until_ready` says when it answers.

        A desk that was killed leaves its server behind: that one is taken over instead of starting another, unless it
        asks for another login than ours, or for none.

        Raises: PrefectUnavailable when somebody else's server listens on the port, OSError.
        """
        login = self.login
        left_behind, asks_for = self._left_behind()
        if left_behind and asks_for == _trace(login):
            self._adopted = left_behind
            return  # perhaps still starting: a second one would only take its note and die at its port
        if left_behind:
            _end(left_behind)
        if taken_by_others(self.port) or healthy(self.api):
            raise PrefectUnavailable(f"port {self.port} sudah dipakai server lain; atur [prefect] url atau port")
        environment = {
            **{name: os.environ[name] for name in _KEPT if name in os.environ},
            **_SETTINGS,
            "PREFECT_HOME": str(self.home),
            "PREFECT_API_URL": self.api,
            "PREFECT_SERVER_UI_API_URL": self.api,
            "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(self.home / "ui"),
            "PREFECT_SERVER_API_AUTH_STRING": login,
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"{self.ui},http://localhost:{self.port}",
        }
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self.port)]
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C must reach the desk first, which then drains and stops the server.
            # And in its own folder: Prefect reads settings from the folder it is started in.
            self._process = subprocess.Popen(
                command,
                env=environment,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        write_whole(self._note, f"{self._process.pid} {self.port} {_trace(login)}".encode("ascii"))

    @property
    def pid(self) -> int:
        """The server's process id; 0 when there is none."""
        return self._process.pid if self._process is not None else self._adopted

    def runs(self) -> bool:
        """Whether a desk of this folder has its server on this port."""
        return self._left_behind()[0] != 0

    def revive(self) -> None:
        """Start the server again if it has died. Whoever finds it not answering calls this and tries again later.

        Raises: PrefectUnavailable.
        """
        if self._lives():
            return
        log.warning("server Prefect mati, dinyalakan lagi; surat tetap diproses")
        self._process, self._adopted = None, 0
        self.start()

    def lives(self) -> bool:
        """Whether the server is there, or on its way. Where it is not, whoever answers in its place is a stranger."""
        return self._lives() and not taken_by_others(self.port)

    def _lives(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        try:
            os.kill(self._adopted, 0)
        except OSError:
            return False
        return self._adopted != 0

    def wait_until_ready(self, waiting: Callable[[float], None] = lambda seconds: None) -> None:
        """Block until the server answers; `waiting` hears the seconds passed. Raises: PrefectUnavailable."""
        began = time.monotonic()
        while not healthy(self.api):
            passed = time.monotonic() - began
            died = self._process is not None and self._process.poll() is not None
            if died or passed > START_SECONDS:
                self.stop()
                raise PrefectUnavailable(f"server Prefect tidak mau hidup; lihat {self.log}")
            waiting(passed)
            time.sleep(0.3)

    def stop(self) -> None:
        """End the child: politely, then for good."""
        if self._adopted:
            with suppress(ProcessLookupError):
                os.kill(self._adopted, signal.SIGTERM)
            self._adopted = 0
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _left_behind(self) -> tuple[int, str]:
        """The process id of a server that an earlier desk of this folder started on this port, or 0; and the trace of
        the login that it asks for, "" for none.
        """
        try:
            pid, port, *asks_for = self._note.read_text(encoding="ascii").split()
            os.kill(int(pid), 0)
            command = Path(f"/proc/{pid}/cmdline")
            ours = not command.exists() or b"prefect" in command.read_bytes()  # the number may be another's by now
        except (OSError, ValueError):
            return 0, ""
        return (int(pid), "".join(asks_for)) if ours and int(port) == self.port else (0, "")


def _trace(login: str) -> str:
    """By which a login is known again, and not found out."""
    return hashlib.sha256(login.encode()).hexdigest()[:16]


def _end(pid: int) -> None:
    """End a server that is no child of ours, and wait until its port is free."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while time.monotonic() < until:
            time.sleep(0.1)
            os.kill(pid, 0)
        os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
