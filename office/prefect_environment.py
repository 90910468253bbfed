"""Tells the Prefect library, before it is imported, which server this desk uses and to be quiet."""

from __future__ import annotations

import os
from pathlib import Path

from office.build import SETTINGS_VARIABLE

_LOGIN = "PREFECT_API_AUTH_STRING"


def point_prefect_at(api: str, home: Path, settings_file: Path | None = None, *, login: str = "") -> None:
    """Set what Prefect reads at import. `home` keeps its local files; flows of foreign workers find `settings_file`.

    `login`: "name:password"; "" leaves what the environment says.
    """
    os.environ |= {
        "PREFECT_API_URL": api,
        "PREFECT_HOME": str(home),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_API_REQUEST_TIMEOUT": "10",
        "PREFECT_CLIENT_MAX_RETRIES": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    if login:
        os.environ[_LOGIN] = login
    if settings_file is not None:
        os.environ[SETTINGS_VARIABLE] = str(settings_file)


def login_here() -> str:
    """The login that the Prefect library uses in this process, and so do we; "" for none."""
    return os.environ.get(_LOGIN, "")
