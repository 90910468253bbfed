"""Asks at a Prefect API whether anybody answers there, and whether our login is good."""

from __future__ import annotations

import os
from contextlib import suppress
from enum import Enum
from pathlib import Path

import httpx

_CLIENT = httpx.Client(limits=httpx.Limits(max_keepalive_connections=0))
"""One for all: each new one would read the machine's certificates. Its connections are new, so that none is stale."""

_LISTENS = "0A"


class Answer(Enum):
    """What an API says to a login."""

    AWAY = "nobody answers, or somebody in trouble"
    REFUSES = "the login is wrong"
    WELCOMES = "the login is good, or none is asked for"


def taken_by_others(port: int) -> bool:
    """Whether another account of this machine listens on a port. Only Linux tells; elsewhere nobody is suspected."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with suppress(OSError):
            for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
                _, local, _, state, _, _, _, account, *_ = line.split()
                if state == _LISTENS and int(local[-4:], 16) == port and int(account) != os.getuid():
                    return True
    return False


def healthy(api: str, seconds: float = 1.5) -> bool:
    """Whether a Prefect API answers at `api`. It says so to anybody, without a login."""
    try:
        return _CLIENT.get(f"{api}/health", timeout=seconds).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def knock(api: str, login: str, seconds: float = 1.5) -> Answer:
    """What the API at `api` says to `login` ("name:password"; "" for none)."""
    name, _, password = login.partition(":")
    try:
        auth = httpx.BasicAuth(name, password) if login else None
        said = _CLIENT.get(f"{api}/admin/version", auth=auth, timeout=seconds).status_code
    except httpx.HTTPError:
        return Answer.AWAY
    if said in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return Answer.REFUSES
    return Answer.WELCOMES if said == httpx.codes.OK else Answer.AWAY
