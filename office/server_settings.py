"""How mail servers are reached: `[kotak_surat]`, each `[[kotak_surat_lain]]` and `[pengiriman]`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from office.oauth_settings import is_loopback
from office.settings_keys import EXCHANGE_LOGINS, KINDS, TELLS
from office.toml_file import TomlFile

IMAP_PORTS = {"tls": 993, "starttls": 143, "tanpa": 143}
SMTP_PORTS = {"tls": 465, "starttls": 587, "tanpa": 25}
_CLOUD = ("outlook.office365.com", "outlook.office.com")


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
    authentication: str = "sandi"
    """sandi or oauth2; for Exchange ntlm or basic."""
    maildir: Path | None = None

    @property
    def account(self) -> str:
        """Exchange: what the mailbox is called, in words and in the ledger."""
        return f"{self.mailbox} di {self.host}"

    @property
    def by_token(self) -> bool:
        """Whether the login is a token of `[oauth2]` instead of a password."""
        return self.authentication == "oauth2"


@dataclass(frozen=True, slots=True)
class Watched:
    """One folder that is watched for mail, and the server it is on."""

    server: Server
    folder: str
    begins: datetime | None = None
    """Mail received before is listed, not acted on; None: the section does not say."""


def read_watched(toml: TomlFile) -> tuple[Watched, ...]:
    """The official mailbox, and one more for each `[[kotak_surat_lain]]`."""
    others = toml.content.get("kotak_surat_lain", [])
    if not isinstance(others, list) or not all(isinstance(other, dict) for other in others):
        toml.problems.append(f"{toml.path.name}: tulis [[kotak_surat_lain]] dengan dua kurung siku")
        others = []
    official = toml.section("kotak_surat")
    found = [_watched(toml, "kotak_surat")]
    for other in others:
        found.append(_watched(toml.with_section("kotak_surat_lain", _completed(other, official)), "kotak_surat_lain"))
    if len({(one.server, one.folder) for one in found}) < len(found):
        toml.problems.append(f"{toml.path.name}: [[kotak_surat_lain]] menyebut folder yang sama dua kali")
    return tuple(found)


def read_sending(toml: TomlFile) -> Server:
    """SMTP, or Exchange: what [pengiriman] leaves out is then as in [kotak_surat]."""
    if toml.one_of("pengiriman", "jenis") == "smtp":
        return _server(toml, "pengiriman", SMTP_PORTS)
    own = toml.section("pengiriman")
    return _exchange(toml.with_section("pengiriman", {**_lent(own, toml.section("kotak_surat")), **own}), "pengiriman")


def _completed(own: Mapping[str, Any], official: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a further mailbox leaves out is as in the official one, as long as both are of one kind.

    A mailbox of another kind stands elsewhere: nothing that is said of the official one holds for it.
    """
    usual = str(official.get("jenis", KINDS[0]))
    kind = own.get("jenis") or next((kind for key, kind in TELLS.items() if key in own), usual)
    return {**_lent(own, official), **own, "jenis": kind} if kind == usual else {**own, "jenis": kind}


def _lent(own: Mapping[str, Any], lender: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a section may take over from another: not a login that it has replaced by a password of its own, and not
    when its mail begins to count.
    """
    replaced = {"mulai"}
    if "sandi" in own or "sandi_env" in own:
        replaced |= {"sandi", "sandi_env"} | ({"otentikasi"} if lender.get("otentikasi") == "oauth2" else set())
    return {key: value for key, value in lender.items() if key not in replaced}


def _watched(toml: TomlFile, section: str) -> Watched:
    kind = toml.one_of(section, "jenis")
    folder, begins = toml.text(section, "folder"), toml.moment(section, "mulai")
    if kind == "exchange":
        return Watched(_exchange(toml, section), folder, begins)
    if kind == "maildir":
        toml.text(section, "maildir", needed=True)
        place = toml.file(section, "maildir")
        return Watched(Server("", 0, "tanpa", maildir=place), folder, begins)
    return Watched(_server(toml, section, IMAP_PORTS), folder, begins)


def _exchange(toml: TomlFile, section: str) -> Server:
    endpoint = toml.text(section, "ews", needed=True)
    host = urlsplit(endpoint).hostname or ""
    if endpoint and (not host or not endpoint.startswith(("https://", "http://"))):
        toml.problem(section, "ews", "harus alamat lengkap, misalnya https://mail.contoh.go.id/EWS/Exchange.asmx")
    if host in _CLOUD:
        toml.problem(section, "ews", "Exchange Online menutup EWS; untuk Microsoft 365 pakailah IMAP dan SMTP")
    return Server(
        host=host,
        port=443,
        security="tls",
        user=toml.text(section, "nama", needed=True),
        password=_password(toml, section),
        ca_file=toml.certificate(section),
        endpoint=endpoint,
        mailbox=toml.text(section, "alamat", "") or toml.text(section, "nama"),
        authentication=toml.one_of(section, "otentikasi", EXCHANGE_LOGINS),
    )


def _server(toml: TomlFile, section: str, ports: Mapping[str, int]) -> Server:
    security = toml.one_of(section, "keamanan")
    host = toml.text(section, "server", needed=True)
    by_token = toml.one_of(section, "otentikasi") == "oauth2"
    if by_token and security == "tanpa" and not is_loopback(host):
        toml.problem(section, "keamanan", "harus tls atau starttls: token OAuth2 tidak boleh lewat tanpa TLS")
    user = toml.text(section, "nama", needed=by_token)
    if by_token and not user.isascii():
        toml.problem(section, "nama", "server surat hanya mengenal huruf dan tanda ASCII dalam nama login")
    return Server(
        host=host,
        port=toml.whole(section, "port", ports[security]),
        security=security,
        user=user,
        password="" if by_token else _password(toml, section),
        ca_file=toml.certificate(section),
        authentication="oauth2" if by_token else "sandi",
    )


def _password(toml: TomlFile, section: str) -> str:
    password = toml.secret(section, "sandi")
    if not password.isascii():
        toml.problem(section, "sandi", "server surat hanya mengenal huruf dan tanda ASCII dalam kata sandi")
    return password
