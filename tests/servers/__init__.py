"""Real mail servers as private instances on loopback: Dovecot (IMAP, LMTP, TLS) and Postfix (SMTP, submission).

Each is started in a folder of its own on free ports, can be stopped or killed and started again as often as a test
likes, and is ended by its own process ids. What the machine lacks is skipped loudly: `make system-deps` brings it (Debian).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests import cast

PASSWORD = cast.PASSWORD
DOMAIN = "contoh.example"
HOST = "127.0.0.1"


def free_port() -> int:
    """A port nobody uses, and that nobody gets by chance while its server is away.

    Not one from the range out of which outgoing connections get theirs: a client that knocks there in vain may be
    connected to itself.
    """
    while True:
        port = random.SystemRandom().randrange(12_000, 32_000)
        with socket.socket() as listener, suppress(OSError):
            listener.bind((HOST, port))
            return port


def need(*programs: str) -> None:
    for program in programs:
        if shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is None:
            pytest.skip(f"{program} is not installed; `make system-deps` brings it")


def own_folder(name: str) -> Path:
    """A folder that a server's children can reach, who are other users; whoever makes it removes it.

    Not one of pytest's: each pytest that starts on the machine closes all of those to other users again, under the feet
    of a running server. And their names are long, while the name of a Unix socket may have 107 characters only.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    folder.chmod(0o711)
    return folder


def daemon(*command: str, check: bool = True) -> None:
    """Run something that goes into the background: it keeps our pipes open, so it gets none."""
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=check, stdin=quiet, stdout=quiet, stderr=quiet)


def wait_for(port: int, log: Path) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    said = log.read_text(errors="replace")[-2000:] if log.exists() else "no log"
    raise RuntimeError(f"nothing listens on {port}: {said}")


def stop_master(pid_file: Path) -> None:
    """Ask the server to go. Its children are killed then: a Dovecot's, while a client listens, outlive their master."""
    if (master := running(pid_file)) is None:
        return
    family = [master, *children(master)]
    os.kill(master, signal.SIGTERM)
    for _ in range(200):
        if not alive(master):
            break
        time.sleep(0.05)
    _kill(family)


def kill_master(pid_file: Path) -> None:
    """SIGKILL for the master and its children: what a power cut leaves behind, with nobody left to hold a port."""
    if (master := running(pid_file)) is None:
        return
    os.kill(master, signal.SIGSTOP)  # it must not start new children while we look
    _kill([master, *children(master)])


def _kill(family: list[int]) -> None:
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while any(alive(pid) for pid in family):
        time.sleep(0.01)


def running(pid_file: Path) -> int | None:
    """The process that the file names, if it lives."""
    with suppress(OSError, ValueError):
        pid = int(pid_file.read_text())
        return pid if alive(pid) else None
    return None


def alive(pid: int) -> bool:
    """Whether the process runs: one that is dead and not buried yet does not."""
    return _status(pid)[0] not in {"", "Z", "X"}


def children(parent: int) -> list[int]:
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if _status(pid)[1] == str(parent)]


def _status(pid: int) -> tuple[str, str]:
    """State and parent of a process, from after its name in /proc/PID/stat (which may contain anything)."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
    except (OSError, ValueError):
        return "", ""
    return state, parent
