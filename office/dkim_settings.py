"""Whether the office checks signatures itself: `periksa_dkim` and `arc_tepercaya` in `[kotak_surat]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from office.settings_keys import DOMAIN
from office.toml_file import TomlFile

SECTION = "kotak_surat"


@dataclass(frozen=True, slots=True)
class DkimSettings:
    """Signatures are to be checked. `sealers` are the domains whose word on a mail they passed on is believed."""

    sealers: frozenset[str]


def _is_domain(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(DOMAIN, value) is not None


def read_dkim(toml: TomlFile) -> DkimSettings | None:
    """What the section says; None when nothing is to be checked. What is wrong is added to the file's problems."""
    wanted, sealers = toml.value(SECTION, "periksa_dkim"), toml.value(SECTION, "arc_tepercaya")
    if not isinstance(wanted, bool):
        toml.problem(SECTION, "periksa_dkim", "harus true atau false, tanpa tanda kutip")
    if not isinstance(sealers, list | tuple) or not all(map(_is_domain, sealers)):
        toml.problem(SECTION, "arc_tepercaya", 'harus daftar domain berhuruf kecil, misalnya ["google.com"]')
        return None
    if sealers and wanted is False:
        toml.problem(SECTION, "arc_tepercaya", "hanya berlaku bersama periksa_dkim = true")
    return DkimSettings(frozenset(sealers)) if wanted is True else None
