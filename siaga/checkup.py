"""The examination behind `siaga doctor`: each check stands alone, and each complaint says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from office.build import Office, build_office
from office.people import read_people
from office.private import open_to_others
from office.settings import Settings, SettingsError, read_settings
from outbox import queue
from readers.programs import SystemPrograms
from register import ledger
from register.database import JournalUnavailable
from siaga.finding import Finding
from siaga.knock_checkup import knock_findings
from siaga.mail_checkup import mail_findings, provable
from siaga.prefect_checkup import prefect_findings
from siaga.template_checkup import template_findings
from sop.load import BUILTIN, load_procedure
from sop.yaml_lines import Unusable

MANY = 0o007
"""Rights of those who are neither the owner nor in his group: a group is an admin's choice."""


def checkup(config: Path, *, knock: bool = False) -> list[Finding]:
    """Examine everything; the findings in the order in which a first set-up meets them.

    `knock`: each address of `[ketuk]` is knocked at once.
    """
    return list(_findings(config, knock=knock))


def _findings(config: Path, *, knock: bool) -> Iterator[Finding]:
    what = "pengaturan"
    try:  # each file is read by what the one before it says
        settings = read_settings(config)
        yield Finding(what, True, str(config))
        what = "prosedur"
        procedure = load_procedure(settings.procedure_file or BUILTIN)
        yield Finding(what, True, f"{procedure.name}, versi {procedure.version}, {len(procedure.steps)} langkah")
        what = "templat"
        yield from template_findings(settings, procedure)
        what = "pejabat"
        directory = read_people(settings.people_file, dict(procedure.roles))
        yield Finding(what, True, f"{len(directory.people)} orang")
    except Unusable as error:
        yield from (Finding(what, False, problem) for problem in error.problems)
        return
    yield from provable(settings, directory, dict(procedure.roles))
    yield from _open_to_others(config, settings)
    try:
        office = build_office(settings)
    except SettingsError as error:
        yield from (Finding("pengaturan", False, problem) for problem in error.problems)
        return
    except (JournalUnavailable, OSError, ValueError) as error:
        yield Finding("jurnal", False, str(error))
        return
    yield Finding("jurnal", True, settings.journal_url.partition("@")[2] or settings.journal_url)
    yield _set_aside(office)
    try:
        yield from mail_findings(office)
    finally:
        office.close()
    yield from prefect_findings(settings)
    yield from knock_findings(settings, directory, office.words.knock_trial, try_them=knock)
    yield _ocr()


def _open_to_others(config: Path, settings: Settings) -> Iterator[Finding]:
    """What other users of the machine may read. The data folder is closed when the office is opened; what the admin
    has put elsewhere is left as it is.
    """
    found = open_to_others(settings.data)
    if found:
        say = (
            f"{len(found)} berkas dan folder di {settings.data} terbuka bagi pengguna lain; izinnya dirapatkan sekarang"
        )
        yield Finding("izin", False, say, needed=False)
    elsewhere = [] if settings.archive.is_relative_to(settings.data) else [settings.archive]
    wide = [path for path in (config, *elsewhere) if path.exists() and path.stat().st_mode & MANY]
    for path in wide:
        mode = "700" if path.is_dir() else "600"
        say = f"{path} terbuka bagi semua pengguna mesin ini; rapatkan: chmod {mode} {path}"
        yield Finding("izin", False, say, needed=False)
    if not found and not wide:
        yield Finding("izin", True, "data dan pengaturan tertutup bagi pengguna lain")


def _set_aside(office: Office) -> Finding:
    """Mails that ended in nobody's hands but a human's."""
    with office.database.reading() as tx:
        unreadable = sum(mail.state is ledger.State.UNREADABLE for mail in ledger.everything(tx))
        refused = sum(mail.state in (queue.State.FAILED, queue.State.TOLD) for mail in queue.everything(tx))
    if not unreadable and not refused:
        return Finding("surat", True, "tidak ada yang disisihkan")
    say = (
        f"{unreadable} surat masuk tidak terbaca, {refused} surat keluar ditolak; semuanya telah dikabarkan ke Helpdesk"
    )
    return Finding("surat", False, say, needed=False)


def _ocr() -> Finding:
    found = shutil.which("tesseract")
    if not found:
        say = "tesseract tidak ada: hasil pindai diteruskan ke Helpdesk apa adanya (Debian: make system-deps)"
    elif not SystemPrograms().can_read_scans():
        say = "OpenCV tidak ada: hasil pindai diteruskan ke Helpdesk apa adanya (pip install 'siaga[ocr]')"
    else:
        return Finding("ocr", True, found)
    return Finding("ocr", False, say, needed=False)
