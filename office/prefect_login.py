"""The login of a Prefect server of our own: made at its first start, and kept where only we can read it."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from host.files import PRIVATE, write_whole

NAME = "admin"
FILE = "sandi"
"""Holds the whole login, "admin:…": the Prefect UI asks for it in this form."""


def login_file(home: Path) -> Path:
    """Where the login of the server that lives in `home` stands, whether there is one or not."""
    return home / FILE


def own_login(home: Path) -> str:
    """The login "name:password" of the server that lives in `home`; made if there is none yet. Raises: OSError."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)  # the server keeps its database here, too
    file = login_file(home)
    known = read_login(home)
    if known:
        file.chmod(PRIVATE)
        return known
    file.unlink(missing_ok=True)  # empty: whoever made it died before writing
    made = f"{NAME}:{secrets.token_urlsafe(24)}"
    # Private from the first moment on, whatever the umask: to narrow it afterwards would be too late.
    with suppress(FileExistsError):  # another process has just made one
        write_whole(file, f"{made}\n".encode("ascii"), mode=PRIVATE, only_new=True)
    return read_login(home)


def read_login(home: Path) -> str:
    """The login of the server that lives in `home`, "" when none has been made. Raises: OSError."""
    try:
        return login_file(home).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
