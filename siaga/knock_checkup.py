"""The part of `siaga doctor` that looks at `[ketuk]`, and knocks where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from office.knocker import is_understood, tell
from office.settings import Settings
from siaga.finding import Finding
from sop.people import Directory


def knock_findings(settings: Settings, directory: Directory, words: str, *, try_them: bool) -> Iterator[Finding]:
    """One finding an address; none where there is none. `words` are said at each if it is to `try_them`."""
    known = {name for person in directory.people for name in (person.id, person.role)}
    for address in settings.knocks:
        whom = ", ".join(address.names) or "semua pejabat"
        unknown = [name for name in address.names if name not in known]
        if not is_understood(address):
            say = f"{address} tidak dikenal atau tidak lengkap; lihat daftar layanan apprise"
        elif unknown:
            say = f"{address}: {', '.join(unknown)} bukan kode pejabat atau peran di pejabat.yaml"
        elif try_them and not tell(address, words):
            say = f"{address} tidak menerima ketukan percobaan"
        else:
            yield Finding("ketuk", True, f"{address} untuk {whom}{'; ketukan percobaan diterima' if try_them else ''}")
            continue
        yield Finding("ketuk", False, say)
