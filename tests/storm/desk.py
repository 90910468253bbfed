"""A desk as a process of its own that is started again whenever it ends, as a service manager does."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

COMMAND = (sys.executable, "-c", "from siaga.cli import main; main()", "up", "--no-prefect", "--config")


class DeskProcess:
    """Runs from `with` on until `close()`. `ended_itself` counts the starts that came to nothing: a server was away."""

    def __init__(self, config: Path, log: Path) -> None:
        self.config, self.log, self.ended_itself = config, log, 0
        self._closing = threading.Event()
        self._process = self._started()
        self._keeper = threading.Thread(target=self._keep, name="keeper")
        self._keeper.start()

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> int:
        """Ask the desk to stop, as SIGTERM does; its exit code."""
        self._closing.set()
        self._process.terminate()
        self._keeper.join()
        return self._process.wait()

    def _keep(self) -> None:
        while True:
            code = self._process.wait()
            if self._closing.is_set():
                return
            if code != -signal.SIGKILL:
                self.ended_itself += 1
                self._closing.wait(0.5)
            self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen([*COMMAND, str(self.config)], stdout=log, stderr=log)
