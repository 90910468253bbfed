"""The office's settings: `siaga.toml`. The only reader of the environment.

A secret stands either in the file (`sandi`) or, better, in an environment variable that the file names (`sandi_env`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from office.knock_settings import KnockAddress, read_knocks
from office.oauth_settings import OAuth, read_oauth
from office.server_settings import Server, Watched, read_sending, read_watched
from office.settings_keys import DOMAIN
from office.toml_file import SettingsError, TomlFile

__all__ = ["OAuth", "Server", "Settings", "SettingsError", "Watched", "read_settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything `siaga.toml` says, checked. Paths are absolute."""

    office: str
    unit: str
    place: str
    letterhead: tuple[str, ...]
    address: str
    watched: tuple[Watched, ...]
    """The official mailbox first."""
    authserv_id: str
    sealers: frozenset[str] | None
    """Domains whose word on a mail they passed on is believed; None: signatures are not checked here."""
    smtp: Server
    oauth: OAuth | None
    """Where tokens come from; None when every server takes a password."""
    archive_address: str
    doubt_wait: timedelta
    per_minute: int
    data: Path
    archive: Path
    journal_url: str
    people_file: Path
    offices_file: Path
    procedure_file: Path | None
    templates: Path | None
    prefect_url: str
    prefect_port: int
    prefect_login: str = field(default="", repr=False)
    """ "name:password" for the server at `prefect_url`; "" where the environment says it, or none is asked for."""
    knocks: tuple[KnockAddress, ...] = ()
    """By which other ways whoever is overdue is told that mail waits."""


def read_settings(path: Path) -> Settings:
    """Read and check `siaga.toml`. Raises: SettingsError."""
    toml = TomlFile.read(path)
    address = toml.text("kotak_surat", "alamat")
    data = toml.file("berkas", "data")
    watched, smtp = read_watched(toml), read_sending(toml)
    by_token = any(server.by_token for server in (smtp, *(one.server for one in watched)))
    settings = Settings(
        office=toml.text("kantor", "nama"),
        unit=toml.text("kantor", "unit"),
        place=toml.text("kantor", "tempat"),
        letterhead=toml.lines("kantor", "kop"),
        address=address,
        watched=watched,
        authserv_id=toml.text("kotak_surat", "authserv_id"),
        sealers=_sealers(toml),
        smtp=smtp,
        oauth=read_oauth(toml) if by_token else None,
        archive_address=toml.text("pengiriman", "arsip", address),
        doubt_wait=timedelta(seconds=toml.whole("pengiriman", "tunggu_salinan")),
        per_minute=toml.whole("pengiriman", "per_menit"),
        data=data,
        archive=toml.optional_file("berkas", "arsip") or data / "arsip",
        journal_url=toml.text("jurnal", "url") or f"sqlite:///{data / 'jurnal.db'}",
        people_file=toml.file("berkas", "pejabat"),
        offices_file=toml.file("berkas", "opd"),
        procedure_file=toml.optional_file("prosedur", "berkas"),
        templates=toml.optional_file("berkas", "templat"),
        prefect_url=toml.text("prefect", "url"),
        prefect_port=toml.whole("prefect", "port"),
        prefect_login=_prefect_login(toml),
        knocks=read_knocks(toml),
    )
    if "@" not in address:
        toml.problem("kotak_surat", "alamat", "harus alamat surel, misalnya darurat@contoh.go.id")
    if toml.problems:
        raise SettingsError(toml.problems)
    return settings


def _sealers(toml: TomlFile) -> frozenset[str] | None:
    wanted, sealers = toml.value("kotak_surat", "periksa_dkim"), toml.value("kotak_surat", "arc_tepercaya")
    if not isinstance(wanted, bool):
        toml.problem("kotak_surat", "periksa_dkim", "harus true atau false, tanpa tanda kutip")
    if not isinstance(sealers, list | tuple) or not all(
        isinstance(sealer, str) and re.fullmatch(DOMAIN, sealer) for sealer in sealers
    ):
        toml.problem("kotak_surat", "arc_tepercaya", 'harus daftar domain berhuruf kecil, misalnya ["google.com"]')
        return None
    if sealers and wanted is False:
        toml.problem("kotak_surat", "arc_tepercaya", "hanya berlaku bersama periksa_dkim = true")
    return frozenset(sealers) if wanted is True else None


def _prefect_login(toml: TomlFile) -> str:
    if "@" in toml.text("prefect", "url").partition("://")[2].partition("/")[0]:
        toml.problem("prefect", "url", "jangan memuat login; tulislah di nama dan sandi_env")
    name, password = toml.text("prefect", "nama"), toml.secret("prefect", "sandi")
    if ":" in name:
        toml.problem("prefect", "nama", "tidak boleh memuat titik dua")
    return f"{name}:{password}" if password else ""
