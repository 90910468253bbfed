"""Whether the office checks signatures itself: `periksa_dkim` and `arc_tepercaya` in `[kotak_surat]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

SECTION = "kotak_surat"
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


@dataclass(frozen=True, slots=True)
class DkimSettings:
    """Signatures are to be checked. `sealers` are the domains whose word on a mail they passed on is believed."""

    sealers: frozenset[str]


def read_dkim(section: Mapping[str, Any], problem: Callable[[str, str, str], None]) -> DkimSettings | None:
    """What the section says; None when nothing is to be checked. `problem(section, key, line)` hears what is wrong."""
    wanted, sealers = section.get("periksa_dkim", False), section.get("arc_tepercaya", [])
    if not isinstance(wanted, bool):
        problem(SECTION, "periksa_dkim", "harus true atau false, tanpa tanda kutip")
    if not isinstance(sealers, list) or not all(isinstance(one, str) and _DOMAIN.fullmatch(one) for one in sealers):
        problem(SECTION, "arc_tepercaya", 'harus daftar domain berhuruf kecil, misalnya ["google.com"]')
        return None
    if sealers and wanted is False:
        problem(SECTION, "arc_tepercaya", "hanya berlaku bersama periksa_dkim = true")
    return DkimSettings(frozenset(sealers)) if wanted is True else None
