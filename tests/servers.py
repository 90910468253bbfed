"""Real mail servers as private instances on loopback: Dovecot (IMAP, LMTP, TLS) and Postfix (SMTP).

Each is started in a folder of its own on free ports and stopped by its own process id. What the machine lacks is skipped
loudly: `make system-deps` brings it (Debian).
"""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from siaga.demo import cast

PASSWORD = cast.PASSWORD
DOMAIN = "contoh.example"
MAIL_USER = "nobody"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def need(*programs: str) -> None:
    for program in programs:
        if shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is None:
            pytest.skip(f"{program} is not installed; `make system-deps` brings it")


class Dovecot:
    """IMAP with and without TLS, LMTP for delivery. Users are `name@contoh.example`, password `PASSWORD`."""

    def __init__(self, folder: Path, users: Sequence[str]) -> None:
        need("dovecot", "openssl")
        self.folder, self.users = folder, users
        # The name of a Unix socket may have 107 characters: pytest's folders are longer.
        self.run = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.run.chmod(0o755)
        self.imap_port, self.imaps_port, self.lmtp_port = free_port(), free_port(), free_port()
        self.certificate = folder / "server.pem"
        self._configure()

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    def start(self) -> None:
        _daemon("/usr/sbin/dovecot", "-c", str(self.folder / "dovecot.conf"))
        _wait_for(self.imap_port, self.folder / "dovecot.log")

    def stop(self, how: int = signal.SIGTERM) -> None:
        try:
            pid = int((self.run / "master.pid").read_text())
            os.kill(pid, how)
        except (OSError, ValueError):
            return
        for _ in range(100):
            if not _alive(pid):
                shutil.rmtree(self.run, ignore_errors=True)
                return
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)

    def mailbox(self, user: str) -> list[bytes]:
        """The raw mails of a user's INBOX, read from the Maildir."""
        home = self.mail / user.partition("@")[0] / "Maildir"
        return [path.read_bytes() for place in ("new", "cur") for path in sorted((home / place).glob("*"))]

    def _configure(self) -> None:
        root = os.getuid() == 0
        user = MAIL_USER if root else getpass.getuser()
        group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
        self.mail.mkdir(parents=True, exist_ok=True)
        for path in (self.folder, *self.folder.parents):
            if str(path).startswith("/tmp/"):
                path.chmod(path.stat().st_mode | 0o711)
        if root:
            shutil.chown(self.mail, user, group)
        passwords = "".join(f"{user}:{{PLAIN}}{PASSWORD}::::::\n" for user in self.users)
        (self.folder / "users").write_text(passwords, encoding="ascii")
        (self.folder / "users").chmod(0o644)
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:localhost",
                "-keyout",
                str(self.folder / "server.key"),
                "-out",
                str(self.certificate),
            ],
            check=True,
            capture_output=True,
        )
        unprivileged = (
            ""
            if root
            else f"default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n"
        )
        (self.folder / "dovecot.conf").write_text(
            f"""base_dir = {self.run}
state_dir = {self.run}
instance_name = siaga-{self.imap_port}
{unprivileged}log_path = {self.folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{self.certificate}
ssl_key = <{self.folder}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
mail_uid = {user}
mail_gid = {group}
mail_home = {self.folder}/mail/%n
mail_location = maildir:~/Maildir
mail_max_userip_connections = 200
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {self.folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={self.folder}/mail/%n
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.imap_port}
  }}
  inet_listener imaps {{
    port = {self.imaps_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {self.lmtp_port}
  }}
}}
service anvil {{
  chroot =
}}
protocol lmtp {{
  postmaster_address = postmaster@{DOMAIN}
  auth_username_format = %Lu
}}
""",
            encoding="ascii",
        )


class Postfix:
    """Takes everything for `contoh.example` and hands it to Dovecot by LMTP. Needs root, as Postfix does."""

    def __init__(self, folder: Path, lmtp_port: int) -> None:
        need("postfix")
        if os.getuid() != 0:
            pytest.skip("Postfix runs as root only: the tests with Postfix are left out")
        self.folder, self.port, self.lmtp_port = folder, free_port(), lmtp_port
        self._configure()

    def start(self) -> None:
        _daemon("/usr/sbin/postfix", "-c", str(self.folder / "etc"), "start")
        _wait_for(self.port, self.folder / "mail.log")

    def stop(self) -> None:
        _daemon("/usr/sbin/postfix", "-c", str(self.folder / "etc"), "stop", check=False)

    def _configure(self) -> None:
        for name in ("etc", "queue", "data"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for path in (self.folder, *self.folder.parents):
            if str(path).startswith("/tmp/"):
                path.chmod(path.stat().st_mode | 0o711)
        shutil.chown(self.folder / "data", "postfix")
        log = self.folder / "mail.log"
        log.touch()
        shutil.chown(log, "postfix")
        (self.folder / "etc" / "main.cf").write_text(
            f"""compatibility_level = 3.6
queue_directory = {self.folder}/queue
data_directory = {self.folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.{DOMAIN}
mydestination =
mynetworks = 127.0.0.0/8
local_transport = error:no local mail
virtual_mailbox_domains = {DOMAIN}
virtual_transport = lmtp:inet:127.0.0.1:{self.lmtp_port}
relay_domains =
default_transport = error:no internet here
smtpd_relay_restrictions = permit_mynetworks, reject
message_size_limit = 60000000
virtual_mailbox_limit = 0
disable_dns_lookups = yes
smtputf8_enable = yes
maillog_file = {log}
maillog_file_prefixes = {self.folder}
biff = no
alias_maps =
alias_database =
""",
            encoding="ascii",
        )
        services = [f"127.0.0.1:{self.port} inet n - n - - smtpd"]
        services += ["pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr"]
        services += ["rewrite unix - - n - - trivial-rewrite", "lmtp unix - - n - - lmtp", "showq unix n - n - - showq"]
        services += [f"{name} unix - - n - 0 bounce" for name in ("bounce", "defer", "trace")]
        services += [f"{name} unix - - n - - {name}" for name in ("proxymap", "error", "retry")]
        services += [
            "anvil unix - - n - 1 anvil",
            "scache unix - - n - 1 scache",
            "postlog unix-dgram n - n - 1 postlogd",
        ]
        services += ["flush unix n - n 1000? 0 flush", "verify unix - - n - 1 verify"]
        (self.folder / "etc" / "master.cf").write_text("\n".join(services) + "\n", encoding="ascii")


class RealHouse:
    """Dovecot and Postfix together, with the face of the in-process mail house."""

    smtp_login = False
    """Postfix takes mail from loopback without a login."""

    def __init__(self, folder: Path, users: Sequence[str]) -> None:
        self.dovecot = Dovecot(folder / "dovecot", users)
        self.postfix = Postfix(folder / "postfix", self.dovecot.lmtp_port)

    @property
    def imap_port(self) -> int:
        return self.dovecot.imap_port

    @property
    def smtp_port(self) -> int:
        return self.postfix.port

    def __enter__(self) -> RealHouse:
        self.dovecot.start()
        self.postfix.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.postfix.stop()
        self.dovecot.stop()


def _daemon(*command: str, check: bool = True) -> None:
    """Run something that goes into the background: it keeps our pipes open, so it gets none."""
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=check, stdin=quiet, stdout=quiet, stderr=quiet)


def _wait_for(port: int, log: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    said = log.read_text(errors="replace")[-2000:] if log.exists() else "no log"
    raise RuntimeError(f"nothing listens on {port}: {said}")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
