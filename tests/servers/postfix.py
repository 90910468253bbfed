"""Postfix: takes mail for the users of a Dovecot and hands it over by LMTP. Needs root, as Postfix does."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.servers import daemon, free_port, kill_master, need, own_folder, stop_master, wait_for
from tests.servers.dovecot import Dovecot
from tests.servers.postfix_conf import Ports, main_cf, master_cf


class Postfix:
    """Its ports and its queue outlive a stop or a kill. Certificate and passwords are the Dovecot's."""

    def __init__(self, dovecot: Dovecot) -> None:
        need("postfix")
        if os.getuid() != 0:
            pytest.skip("Postfix runs as root only: the tests with Postfix are left out")
        self.folder, self.ports = own_folder("postfix"), Ports(*(free_port() for _ in range(3)))
        self._configure(dovecot)

    def start(self) -> None:
        daemon("/usr/sbin/postfix", "-c", str(self.folder / "etc"), "start")
        for port in (self.ports.plain, self.ports.starttls, self.ports.tls):
            wait_for(port, self.folder / "mail.log")

    def stop(self) -> None:
        stop_master(self._pid_file)

    def kill(self) -> None:
        kill_master(self._pid_file)

    def end(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Postfix:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    @property
    def _pid_file(self) -> Path:
        return self.folder / "queue" / "pid" / "master.pid"

    def _configure(self, dovecot: Dovecot) -> None:
        for name in ("etc", "queue", "data"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        log = self.folder / "mail.log"
        log.touch()
        shutil.chown(log, "postfix")
        etc = self.folder / "etc"
        (etc / "users").write_text("".join(f"{user} here\n" for user in dovecot.users), encoding="ascii")
        (etc / "main.cf").write_text(main_cf(self.folder, dovecot), encoding="ascii")
        (etc / "master.cf").write_text(master_cf(self.ports), encoding="ascii")
