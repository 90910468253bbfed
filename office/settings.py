"""The office's settings: `siaga.toml`. The only reader of the environment.

A password stands either in the file (`sandi`) or, better, in an environment variable that the file names (`sandi_env`).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from office.dkim_settings import DkimSettings, read_dkim

SECURITIES = ("tls", "starttls", "tanpa")
KINDS = ("imap", "exchange", "maildir")
AUTHENTICATIONS = ("ntlm", "basic")
_CLOUD = ("outlook.office365.com", "outlook.office.com")


class SettingsError(ValueError):
    """The settings cannot be used; one line each, saying where and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Server:
    """How a mail server is reached. `security` is tls, starttls or tanpa (none; loopback only)."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    endpoint: str = ""
    """Where EWS answers; not empty for Exchange only."""
    mailbox: str = ""
    """Exchange: whose mailbox; another's than the user's when it is shared."""
    authentication: str = "ntlm"
    maildir: Path | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """One folder that is watched for mail, and the server it is on."""

    server: Server
    folder: str


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
    dkim: DkimSettings | None
    """None: signatures are not checked here."""
    smtp: Server
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


def read_settings(path: Path) -> Settings:
    """Read and check `siaga.toml`. Raises: SettingsError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError([f"{path} tidak ada; buatlah dengan: siaga init {path.parent}"]) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError([f"{path} tidak dapat dibaca: {error}"]) from error
    return _Reader(content, path.resolve()).settings()


class _Reader:
    def __init__(self, content: Mapping[str, Any], path: Path) -> None:
        self.content, self.path, self.problems = content, path, list[str]()

    def settings(self) -> Settings:
        address = self.text("kotak_surat", "alamat")
        data = self.file("berkas", "data", "data")
        settings = Settings(
            office=self.text("kantor", "nama"),
            unit=self.text("kantor", "unit", ""),
            place=self.text("kantor", "tempat", "Padang"),
            letterhead=tuple(str(line) for line in self.section("kantor").get("kop", ())),
            address=address,
            watched=self.watched(),
            authserv_id=self.text("kotak_surat", "authserv_id", ""),
            dkim=read_dkim(self.section("kotak_surat"), self.problem),
            smtp=self.sending(),
            archive_address=self.text("pengiriman", "arsip", address),
            doubt_wait=timedelta(seconds=self.whole("pengiriman", "tunggu_salinan", 600)),
            per_minute=self.whole("pengiriman", "per_menit", 120, least=0),
            data=data,
            archive=self.optional_file("berkas", "arsip") or data / "arsip",
            journal_url=self.text("jurnal", "url", "") or f"sqlite:///{data / 'jurnal.db'}",
            people_file=self.file("berkas", "pejabat", "pejabat.yaml"),
            offices_file=self.file("berkas", "opd", "opd.csv"),
            procedure_file=self.optional_file("prosedur", "berkas"),
            templates=self.optional_file("berkas", "templat"),
            prefect_url=self.text("prefect", "url", ""),
            prefect_port=self.whole("prefect", "port", 4200),
        )
        if "@" not in address:
            self.problem("kotak_surat", "alamat", "harus alamat surel, misalnya darurat@contoh.go.id")
        if self.problems:
            raise SettingsError(self.problems)
        return settings

    def watched(self) -> tuple[Watched, ...]:
        """The official mailbox, and one more for each `[[kotak_surat_lain]]`: what it leaves out is as in the first."""
        others = self.content.get("kotak_surat_lain", [])
        if not isinstance(others, list) or not all(isinstance(other, dict) for other in others):
            self.problems.append(f"{self.path.name}: tulis [[kotak_surat_lain]] dengan dua kurung siku")
            others = []
        official = self.section("kotak_surat")
        found = []
        for name, section in [("kotak_surat", official), *(("kotak_surat_lain", other) for other in others)]:
            own = _Reader({name: {**official, **section}}, self.path)
            server = own.incoming(name)
            found.append(Watched(server, own.text(name, "folder", "INBOX")))
            self.problems += own.problems
        if len(set(found)) < len(found):
            self.problems.append(f"{self.path.name}: [[kotak_surat_lain]] menyebut folder yang sama dua kali")
        return tuple(found)

    def section(self, name: str) -> Mapping[str, Any]:
        section = self.content.get(name, {})
        return section if isinstance(section, dict) else {}

    def problem(self, section: str, key: str, message: str) -> None:
        self.problems.append(f"{self.path.name}: [{section}] {key}: {message}")

    def text(self, section: str, key: str, default: str | None = None) -> str:
        value = self.section(section).get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            self.problem(section, key, "harus diisi dengan teks")
            return ""
        return value.strip()

    def whole(self, section: str, key: str, default: int, *, least: int = 1) -> int:
        value = self.section(section).get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 65536:
            self.problem(section, key, f"harus bilangan bulat {least} sampai 65535")
            return default
        return value

    def file(self, section: str, key: str, default: str) -> Path:
        return (self.path.parent / self.text(section, key, default)).resolve()

    def optional_file(self, section: str, key: str) -> Path | None:
        return self.file(section, key, "") if self.text(section, key, "") else None

    def incoming(self, section: str) -> Server:
        kind = self.kind(section, KINDS, "imap")
        if kind == "exchange":
            return self.exchange(section)
        if kind == "maildir":
            return Server("", 0, "tanpa", maildir=self.file(section, "maildir", self.text(section, "maildir")))
        return self.server(section, {"tls": 993, "starttls": 143, "tanpa": 143})

    def sending(self) -> Server:
        """SMTP, or Exchange: what [pengiriman] leaves out is then as in [kotak_surat]."""
        if self.kind("pengiriman", ("smtp", "exchange"), "smtp") == "smtp":
            return self.server("pengiriman", {"tls": 465, "starttls": 587, "tanpa": 25})
        merged = {**self.section("kotak_surat"), **self.section("pengiriman")}
        own = _Reader({"pengiriman": merged}, self.path)
        server = own.exchange("pengiriman")
        self.problems += own.problems
        return server

    def kind(self, section: str, known: tuple[str, ...], default: str) -> str:
        kind = self.text(section, "jenis", default)
        if kind not in known:
            self.problem(section, "jenis", f"harus salah satu dari: {', '.join(known)}")
            return default
        return kind

    def exchange(self, section: str) -> Server:
        endpoint = self.text(section, "ews")
        host = urlsplit(endpoint).hostname or ""
        if endpoint and (not host or not endpoint.startswith(("https://", "http://"))):
            self.problem(section, "ews", "harus alamat lengkap, misalnya https://mail.contoh.go.id/EWS/Exchange.asmx")
        if host in _CLOUD:
            self.problem(section, "ews", "Exchange Online menutup EWS; untuk Microsoft 365 pakailah IMAP dan SMTP")
        authentication = self.text(section, "otentikasi", "ntlm")
        if authentication not in AUTHENTICATIONS:
            self.problem(section, "otentikasi", f"harus salah satu dari: {', '.join(AUTHENTICATIONS)}")
        return Server(
            host,
            443,
            "tls",
            self.text(section, "nama"),
            self.password(section),
            self.text(section, "sertifikat_ca", ""),
            endpoint,
            self.text(section, "alamat", "") or self.text(section, "nama", ""),
            authentication,
        )

    def server(self, section: str, ports: Mapping[str, int]) -> Server:
        security = self.text(section, "keamanan", "tls")
        if security not in SECURITIES:
            self.problem(section, "keamanan", f"harus salah satu dari: {', '.join(SECURITIES)}")
            security = "tls"
        return Server(
            host=self.text(section, "server"),
            port=self.whole(section, "port", ports[security]),
            security=security,
            user=self.text(section, "nama", ""),
            password=self.password(section),
            ca_file=self.text(section, "sertifikat_ca", ""),
        )

    def password(self, section: str) -> str:
        variable = self.text(section, "sandi_env", "")
        if variable and variable not in os.environ:
            self.problem(section, "sandi_env", f"variabel lingkungan {variable} belum diisi")
        password = os.environ.get(variable, "") if variable else self.text(section, "sandi", "")
        if not password.isascii():
            self.problem(section, "sandi", "server surat hanya mengenal huruf dan tanda ASCII dalam kata sandi")
        return password
