"""Who wrote a reply, by a folder's directory of officials: addresses count, names never do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.trust.authenticity import failed_authentication
from parsers.mails.auth_results import read_results
from parsers.mails.message import Mail

_PUBLIC = {f"{kind}.id" for kind in ("go", "co", "or", "ac", "sch", "web", "my", "desa", "mil", "net", "biz", "ponpes")}
"""Below these anybody may register, so no such name makes a host ours."""
_GENERIC = {"kepala", "dinas", "bidang", "tim", "teknis", "petugas", "pak", "bapak", "ibu", "kom", "informasi"}
_SHORT = {
    "kadis": "kepala dinas",
    "kabid": "kepala bidang aplikasi informatika",
    "sekdis": "sekretaris dinas",
    "sekre": "sekretaris dinas",
    "aptika": "aplikasi informatika",
    "koord": "koordinator helpdesk",
    "server": "pusat data",
    "csirt": "keamanan informasi",
}


@dataclass(frozen=True, slots=True)
class Official:
    """One official of the directory, all addresses in lower case."""

    role: str
    title: str
    name: str
    address: str
    alias: tuple[str, ...]
    staff: tuple[str, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        return (self.address, *self.alias)

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Official:
        alias, staff = (tuple(str(one).lower() for one in row.get(key) or ()) for key in ("alias", "staff"))
        return cls(row["role"], row["jabatan"], row["nama"], row["email"].lower(), alias, staff)


def sender_status(mail: Mail, officials: tuple[Official, ...]) -> str:
    """official, alias, staff, unknown, or failed_auth when our own server says that a known address was forged."""
    known = [
        *((one.address, "official") for one in officials),
        *((address, "alias") for one in officials for address in one.alias),
        *((address, "staff") for one in officials for address in one.staff),
    ]
    status = next((status for address, status in known if address == mail.sender), "unknown")
    return "failed_auth" if status != "unknown" and failed_authentication(mail, own_server(mail, officials)) else status


def own_server(mail: Mail, officials: tuple[Official, ...]) -> str:
    """The name under which the office's own server judged this mail; "" where it did not.

    The receiving server puts its field on top and takes away what came in under its own name (RFC 8601, section 5), so
    the topmost field with DMARC of a host in the officials' own domain is its, whatever the host is called. What lies
    beneath, or bears another domain's name, was written by others.
    """
    domains = _own_domains(officials)
    for field in map(read_results, mail.undecoded.get("authentication-results", ())):
        judged = any(result.method == "dmarc" for result in field.results)
        if judged and any(field.server == domain or field.server.endswith(f".{domain}") for domain in domains):
            return field.server
    return ""


def _own_domains(officials: tuple[Official, ...]) -> set[str]:
    """The domains of the registered addresses and, of an OPD's subdomain, the one above it ("x.sumbarprov.go.id")."""
    domains = {official.address.partition("@")[2] for official in officials} - {""}
    above = {domain.partition(".")[2] for domain in domains}
    return domains | {domain for domain in above if "." in domain and domain not in _PUBLIC}


def staff_of(address: str, officials: tuple[Official, ...]) -> Official | None:
    """The official for whom `address` is a registered staff member's."""
    return next((one for one in officials if address in one.staff), None)


def mentioned_role(phrase: str, officials: tuple[Official, ...], asked_role: str) -> str:
    """The role that a phrase such as "Plh. Kabid (Sekretaris)" names: brackets first; never the author's own."""
    bracketed = re.search(r"\(([^)]*)\)", phrase)
    for part in filter(None, (bracketed and bracketed[1], re.sub(r"\([^)]*\)", " ", phrase))):
        found = _best(part.lower(), [one for one in officials if one.role != asked_role])
        if found:
            return found
    return ""


def _best(phrase: str, officials: list[Official]) -> str:
    for short, full in _SHORT.items():
        phrase = re.sub(rf"\b{short}\b", full, phrase)
    spoken = set(re.findall(r"[a-z]{3,}", phrase))
    best, role = 0.0, ""
    for one in officials:
        title, name = (set(re.findall(r"[a-z]{3,}", text.lower())) for text in (one.title, one.name))
        score = (
            len(spoken & (title - _GENERIC)) * 2 + len(spoken & name) * 2 + 0.5 * (title <= spoken | {"informatika"})
        )
        if one.role == "kadis" and {"kepala", "dinas"} <= spoken and "bidang" not in spoken:
            score += 2
        if score > best:
            best, role = score, one.role
    return role if best >= 2 else ""
