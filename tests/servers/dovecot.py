"""Dovecot: IMAP with and without TLS, LMTP for delivery, and the judge of passwords for Postfix."""

from __future__ import annotations

import os
import shutil
import smtplib
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.servers import HOST, PASSWORD, daemon, free_port, kill_master, need, own_folder, stop_master, wait_for
from tests.servers.certificate import self_signed
from tests.servers.dovecot_conf import (
    SIEVE,
    SIEVE_SCRIPT,
    TOKENS,
    TWICE,
    VACATION,
    VACATIONS,
    Ports,
    dovecot_conf,
    mail_owner,
    oauth2_conf,
    vacation_script,
    vacations_conf,
)


class Dovecot:
    """Users are `name@contoh.example`, password `PASSWORD`. Its ports and mailboxes outlive a stop or a kill."""

    def __init__(
        self, users: Sequence[str], *, puts_aside_what_comes_twice: bool = False, introspection_url: str = ""
    ) -> None:
        """With `introspection_url` it takes tokens too, those that the server there knows."""
        need("dovecot", "openssl", *(["sievec"] if puts_aside_what_comes_twice else []))
        self._sieve, self._introspection_url = puts_aside_what_comes_twice, introspection_url
        self.folder, self.users = own_folder("dovecot"), users
        self.ports = Ports(*(free_port() for _ in range(4)))
        self.certificate = self_signed(self.folder)
        self._configure()

    @property
    def imap_port(self) -> int:
        return self.ports.imap

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    def start(self) -> None:
        self._pid_file.unlink(missing_ok=True)  # Dovecot would believe a stale one
        daemon("/usr/sbin/dovecot", "-c", str(self.folder / "dovecot.conf"))
        wait_for(self.imap_port, self.folder / "dovecot.log")

    def stop(self) -> None:
        stop_master(self._pid_file)

    def kill(self) -> None:
        kill_master(self._pid_file)

    def end(self) -> None:
        """For good. Killed, because its children take seconds to say goodbye and nobody needs them any more."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Dovecot:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def deliver(self, user: str, raw: bytes) -> None:
        """Put a mail into a mailbox; it is there when this returns."""
        with smtplib.LMTP(HOST, self.ports.lmtp) as lmtp:
            lmtp.sendmail(user, [user], raw)

    def answer_for(self, absent: Mapping[str, str], smtp_port: int) -> None:
        """From its next start on, say for each user in `absent` those words, by way of the SMTP server there."""
        need("sievec")
        (self.folder / VACATIONS).write_text(vacations_conf(smtp_port), encoding="ascii")
        for user, words in absent.items():
            home = self._maildir(user).parent
            home.mkdir()
            (home / VACATION).write_text(vacation_script(words), encoding="utf-8")
            for path in (home, home / VACATION) if os.getuid() == 0 else ():
                shutil.chown(path, *mail_owner())

    def mailbox(self, user: str) -> list[bytes]:
        """The raw mails of a user's INBOX, read from the Maildir."""
        return [
            path.read_bytes() for place in ("new", "cur") for path in sorted((self._maildir(user) / place).glob("*"))
        ]

    def came_twice(self, user: str) -> list[bytes]:
        """The raw mails that were put aside because their Message-ID had come before."""
        folder = self._maildir(user) / f".{TWICE}"
        return [path.read_bytes() for place in ("new", "cur") for path in sorted((folder / place).glob("*"))]

    def renumber(self, user: str, *, emptied: bool = False) -> None:
        """Restart with a new UIDVALIDITY for the user's INBOX, and every mail in it numbered anew from 1.

        As after a mailbox is restored or moved: every UID that somebody remembers may now be another mail's. With
        `emptied` the old mails are gone, as after an account is made anew: their UIDs wait for the next mails.
        """
        self.kill()
        maildir = self._maildir(user)
        uids = maildir / "dovecot-uidlist"
        version, validity, *_ = uids.read_text(encoding="utf-8").split("\n", 1)[0].split()
        uids.write_text(f"{version} V{int(validity[1:]) + 1} N1\n", encoding="utf-8")
        for index in maildir.glob("dovecot.index*"):
            index.unlink()
        for mail in (*maildir.glob("new/*"), *maildir.glob("cur/*")) if emptied else ():
            mail.unlink()
        self.start()

    @property
    def _pid_file(self) -> Path:
        return self.folder / "run" / "master.pid"

    def _maildir(self, user: str) -> Path:
        return self.mail / user.partition("@")[0] / "Maildir"

    def _configure(self) -> None:
        self.mail.mkdir()
        (self.folder / "run").mkdir()
        if os.getuid() == 0:
            shutil.chown(self.mail, *mail_owner())
        passwords = "".join(f"{user}:{{PLAIN}}{PASSWORD}::::::\n" for user in self.users)
        (self.folder / "users").write_text(passwords, encoding="ascii")
        (self.folder / "users").chmod(0o644)
        if self._sieve:
            (self.folder / SIEVE).write_text(SIEVE_SCRIPT, encoding="ascii")
            subprocess.run(["sievec", self.folder / SIEVE], check=True)
        if self._introspection_url:
            (self.folder / TOKENS).write_text(oauth2_conf(self._introspection_url), encoding="ascii")
        conf = dovecot_conf(self.folder, self.ports, self.certificate)
        (self.folder / "dovecot.conf").write_text(conf, encoding="ascii")
