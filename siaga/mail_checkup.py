"""The part of `siaga doctor` that contacts the mail servers: token first, then each mailbox, copies, sending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from urllib.parse import urlsplit

from inbox.mailbox import MailboxError
from office.build import Office
from office.settings import Server, Settings, SettingsError, Watched
from office.token_faults import TokenError
from outbox.sender import Permanent, Retryable
from siaga.finding import Finding
from sop.people import Directory, Policy

_CLOUDS = {
    "Microsoft 365": ("office365.com", "outlook.com", "office.com"),
    "Google Workspace": ("gmail.com", "googlemail.com"),
}
"""Whose servers take no password for a mailbox, and how their names end."""


def mail_findings(office: Office) -> Iterator[Finding]:
    """The findings in the order in which a first set-up meets them."""
    settings = office.settings
    yield from passwords_for_a_cloud(settings)
    have_token = True
    if office.servers.tokens is not None:
        token = _attempt("oauth2", f"{_token_host(settings)} memberi token", office.servers.tokens.anew)
        have_token = token.ok
        yield token
    for watched in settings.watched:
        yield _waiting("kotak surat") if watched.server.by_token and not have_token else _mailbox(office, watched)
    yield _copies(settings)
    yield _waiting("pengiriman") if settings.smtp.by_token and not have_token else _sending(office)
    yield from _signatures(office)


def passwords_for_a_cloud(settings: Settings) -> Iterator[Finding]:
    """One finding for each server of a cloud that we would offer a password."""
    servers = [("kotak surat", watched.server) for watched in settings.watched] + [("pengiriman", settings.smtp)]
    for what, host in dict.fromkeys((what, server.host.lower()) for what, server in servers if _by_password(server)):
        for cloud, domains in _CLOUDS.items():
            if any(host == domain or host.endswith(f".{domain}") for domain in domains):
                say = f'{host} ({cloud}) menolak kata sandi biasa; pakailah otentikasi = "oauth2" dan isi [oauth2]'
                yield Finding(what, False, say, needed=False)


def provable(settings: Settings, directory: Directory, roles: Mapping[str, str]) -> Iterator[Finding]:
    """What the answers of each role must prove, and whether these settings can prove it: one line a role.

    `roles`: role to what people call it.
    """
    by = [f"DMARC menurut {settings.authserv_id}"] if settings.authserv_id else []
    by += ["tanda tangan DKIM"] if settings.sealers is not None else []
    proof = " atau ".join(by)
    for role, label in roles.items():
        strict = directory.policy(role) is Policy.STRICT
        if by:
            wanted = "pengirimnya harus terbukti asli" if strict else "keaslian pengirimnya diperiksa"
            say = f"{label}: jawaban berlaku dengan kode surat permintaan, dan {wanted} ({proof})"
        elif strict:
            say = f"{label}: strict, tetapi keaslian pengirim tidak dapat dibuktikan sehingga jawabannya tidak berlaku"
        else:
            say = f"{label}: jawaban berlaku dengan kode surat permintaan saja; keaslian pengirimnya tidak diperiksa"
        way_out = "" if by else " (isi [kotak_surat] authserv_id, atau nyalakan periksa_dkim)"
        yield Finding("kepercayaan", bool(by) or not strict, f"{say}{way_out}", needed=False)


def _by_password(server: Server) -> bool:
    return server.maildir is None and not server.endpoint and not server.by_token


def _token_host(settings: Settings) -> str:
    return urlsplit(settings.oauth.token_url).netloc if settings.oauth is not None else ""


def _mailbox(office: Office, watched: Watched) -> Finding:
    try:
        mailbox = office.servers.mailbox(watched)
    except SettingsError as error:
        return Finding("kotak surat", False, str(error))
    try:
        good = f"{mailbox.account}, {mailbox.folder} dapat dibaca"
        return _attempt("kotak surat", good, partial(mailbox.wait, 0.1))
    finally:
        mailbox.close()


def _copies(settings: Settings) -> Finding:
    """After a crash, doubt is settled by the copy of what we sent: it must arrive where we look."""
    if settings.smtp.endpoint:
        return Finding("salinan", True, f"dicari di Sent Items {settings.smtp.mailbox}")
    archive = settings.archive_address.lower()
    watched = {(one.server.mailbox or one.server.user).lower() for one in settings.watched}
    if archive in watched or archive == settings.address.lower():
        return Finding("salinan", True, f"surel keluar disalin ke {archive}")
    say = (
        f"{archive} tidak dipantau: tambahkan sebagai [[kotak_surat_lain]], agar surel yang ragu tidak dikirim dua kali"
    )
    return Finding("salinan", False, say, needed=False)


def _sending(office: Office) -> Finding:
    server, sender = office.settings.smtp, office.servers.sender()
    place = f"{server.mailbox} di {server.endpoint}" if server.endpoint else f"{server.host}:{server.port}"
    return _attempt("pengiriman", f"{place} menerima kita", sender.check)


def _signatures(office: Office) -> Iterator[Finding]:
    """Keys are in the DNS: without it no signature proves anything, and strict officials are refused."""
    if office.signatures is None:
        return
    domain = office.settings.address.rpartition("@")[2]
    if office.signatures.keys.answers(domain, office.signatures.patience):
        yield Finding("dkim", True, "DNS menjawab; tanda tangan surel dapat diperiksa")
    else:
        say = "DNS tidak menjawab: tanda tangan surel tidak dapat diperiksa, jawaban pejabat strict tidak akan berlaku"
        yield Finding("dkim", False, say, needed=False)


def _waiting(what: str) -> Finding:
    return Finding(what, False, "belum diperiksa: token belum diperoleh, lihat oauth2 di atas")


def _attempt(what: str, good: str, action: Callable[[], object]) -> Finding:
    try:
        action()
    except (MailboxError, TokenError, Permanent, Retryable, OSError) as error:
        return Finding(what, False, " ".join(str(error).split()))
    return Finding(what, True, good)
