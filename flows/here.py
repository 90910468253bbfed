"""The office that flows in this process work for.

A desk sets it; a flow that a stock Prefect worker runs builds it from the environment.
"""

from __future__ import annotations

import threading

from office.build import Office, office_from_environment
from templates import phrasing

_lock = threading.Lock()
_office: Office | None = None


def work_for(office: Office | None) -> None:
    """Say which office the flows of this process work for."""
    global _office  # noqa: PLW0603  one process is one desk
    with _lock:
        _office = office


def office_here() -> Office:
    """The office of this process. Raises: SettingsError when neither a desk nor the environment names one."""
    global _office  # noqa: PLW0603  as above
    with _lock:
        if _office is None:
            _office = office_from_environment()
        return _office


def run_name(what: str) -> str:
    """What a run is called in the UI: "Kotak surat 10.04.12"."""
    return f"{what} {office_here().now().astimezone(phrasing.WIB):%H.%M.%S}"
