"""The Prefect server as a child process, for a desk that has no server of its own."""

from __future__ import annotations

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

import httpx

log = logging.getLogger(__name__)
START_SECONDS = 180
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
}


class PrefectUnavailable(OSError):
    """The Prefect server does not come up; the message says where its log is."""


class PrefectServer:
    """A Prefect server on loopback. `home` keeps its database, its UI files and its log."""

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

    def start(self) -> None:
        """Start the child; `wait_until_ready` says when it answers.

        A desk that was killed leaves its server behind: that one is taken over instead of starting another.

        Raises: PrefectUnavailable when somebody else's server listens on the port.
        """
        self._adopted = self._left_behind()
        if self._adopted:
            return  # perhaps still starting: a second one would only take its note and die at its port
        if healthy(self.api):
            raise PrefectUnavailable(
                f"port {self.port} sudah dipakai server Prefect lain; atur [prefect] url atau port"
            )
        self.home.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            **_SETTINGS,
            "PREFECT_HOME": str(self.home),
            "PREFECT_API_URL": self.api,
            "PREFECT_SERVER_UI_API_URL": self.api,
            "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(self.home / "ui"),
        }
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self.port)]
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C must reach the desk first, which then drains and stops the server.
            self._process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._note.write_text(f"{self._process.pid} {self.port}", encoding="ascii")

    @property
    def pid(self) -> int:
        """The server's process id; 0 when there is none."""
        return self._process.pid if self._process is not None else self._adopted

    def revive(self) -> None:
        """Start the server again if it has died. Whoever finds it not answering calls this and tries again later.

        Raises: PrefectUnavailable.
        """
        if self._lives():
            return
        log.warning("server Prefect mati, dinyalakan lagi; surat tetap diproses")
        self._process, self._adopted = None, 0
        self.start()

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
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _left_behind(self) -> int:
        """The process id of a server that an earlier desk of this folder started on this port, or 0."""
        try:
            pid, port = self._note.read_text(encoding="ascii").split()
            os.kill(int(pid), 0)
            command = Path(f"/proc/{pid}/cmdline")
            ours = not command.exists() or b"prefect" in command.read_bytes()  # the number may be another's by now
        except (OSError, ValueError):
            return 0
        return int(pid) if ours and int(port) == self.port else 0


def healthy(api: str, seconds: float = 1.5) -> bool:
    """Whether a Prefect API answers at `api`."""
    try:
        return httpx.get(f"{api}/health", timeout=seconds).status_code == 200
    except httpx.HTTPError:
        return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
