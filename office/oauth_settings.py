"""The table `[oauth2]`: how a token for mail is got, for mailboxes in a cloud that take no password (RFC 6749)."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from office.toml_file import TomlFile

SECTION = "oauth2"


@dataclass(frozen=True, slots=True)
class OAuth:
    """How to ask for a token.

    `flow` is klien (client credentials: the application itself is let in) or penyegar (a refresh token of a user's).
    """

    flow: str
    token_url: str
    client_id: str
    secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    """As the administrator wrote it; the server may have given us newer ones since."""
    scopes: tuple[str, ...] = ()
    ca_file: str = ""


def read_oauth(toml: TomlFile) -> OAuth:
    """Everything `[oauth2]` says; what is wrong with it is added to the file's problems."""
    flow = toml.one_of(SECTION, "alur")
    scopes = _scopes(toml)
    if flow == "klien" and not scopes and "cakupan" not in toml.section(SECTION):
        toml.problem(SECTION, "cakupan", "harus diisi, misalnya https://outlook.office365.com/.default")
    return OAuth(
        flow=flow,
        token_url=_token_url(toml),
        client_id=toml.text(SECTION, "id_klien"),
        secret=toml.secret(SECTION, "rahasia", needed=flow == "klien"),
        refresh_token=toml.secret(SECTION, "token_penyegar", needed=True) if flow == "penyegar" else "",
        scopes=scopes,
        ca_file=toml.certificate(SECTION),
    )


def is_loopback(host: str) -> bool:
    """Whether what is said to this host stays on this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _token_url(toml: TomlFile) -> str:
    url = toml.text(SECTION, "alamat_token")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("https", "http"):
        example = "https://login.microsoftonline.com/ID-TENANT/oauth2/v2.0/token"
        toml.problem(SECTION, "alamat_token", f"harus alamat lengkap, misalnya {example}")
    elif parts.scheme == "http" and not is_loopback(host):
        toml.problem(SECTION, "alamat_token", "harus https: rahasia tidak boleh lewat tanpa TLS")
    elif parts.username or parts.password:
        toml.problem(SECTION, "alamat_token", "jangan memuat nama atau sandi; isikan id_klien dan rahasia")
    return url


def _scopes(toml: TomlFile) -> tuple[str, ...]:
    value = toml.value(SECTION, "cakupan")
    if isinstance(value, str):
        value = value.split()
    if not isinstance(value, list | tuple) or not all(isinstance(scope, str) for scope in value):
        toml.problem(SECTION, "cakupan", "harus teks atau daftar teks")
        return ()
    return tuple(word for scope in value for word in scope.split())
