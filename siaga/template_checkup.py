"""Draws every mail and paper once, of an invented incident: what is wrong with an office's own template must not show
itself in an emergency.

Whatever fails is named with its file and line. The desk works on meanwhile with what is built in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from jinja2 import TemplateSyntaxError

import templates
from office.settings import Settings
from office.words_file import office_words
from outbox.compose import Attachment, Composer, Matter, Reader
from outbox.letter_text import LetterPart, MailShown
from outbox.mail_templates import HTML_LAYOUT, LAID_OUT, LETTER_TEXT, TEXT_LAYOUT, fault_of
from report.model import OfficeFace
from report.papers import TITLES, Papers
from siaga.finding import Finding
from sop import events
from sop.addressee import Addressee
from sop.fold import fold
from sop.mail_key import MailKey
from sop.people import Directory
from sop.procedure import Procedure
from sop.report import Report, Urgency
from sop.standing import Standing
from sop.verdict import ListedMail, Outgoing, Said

NUMBER, START = "DKL-2026-0001", datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PERSON, ADDRESS = "contoh", "pejabat@contoh.example"
MEANWHILE = "sementara dipakai bawaan"
REPORT = Report(
    opd="Dinas Kesehatan",
    email="dinkes@contoh.example",
    pengirim="dr. Yeni Marlina",
    nomor="800/417/Dinkes/2026",
    tanggal="2026-11-23",
    hal="Gangguan jaringan",
    layanan=("jaringan",),
    lokasi="Gedung utama",
    waktu_kejadian="2026-11-23T08:00:00+07:00",
    ringkasan="Jaringan di gedung utama putus sejak pukul 08.00 WIB.",
    kegentingan=Urgency("tinggi", ("pelayanan berhenti",)),
    lampiran_bermasalah=(("foto.zip", "terkunci sandi"),),
)
LISTS: Mapping[str, Said] = {
    "daftar": (ListedMail("1a2b3c4d", "orang@contoh.example", "Gangguan", "03.12", "spam"),),
    "dilengkapi": ("lokasi",),
    "jumlah": 2,
    "dari_pelapor": True,
    "segera": False,
    "terakhir_dikabarkan": True,
}
"""What a mail may say besides its incident, where that is no text."""
LETTER = LetterPart(
    "laporan", NUMBER, surel=(MailShown("dinkes@contoh.example", START, "Gangguan", "Jaringan putus."),)
)


def template_findings(settings: Settings, procedure: Procedure) -> Iterator[Finding]:
    """What is wrong with the words, mails and papers of the office, or that nothing is. Raises: SettingsError."""
    folder = settings.templates or templates.FOLDER
    if not folder.is_dir():
        yield Finding("templat", False, f"folder {folder} tidak ada; {MEANWHILE}")
    words, problems = office_words(settings.templates)
    composer = Composer(folder, words, settings.address, settings.office, b"")
    face = OfficeFace(settings.letterhead or (settings.office,), settings.office, settings.unit, settings.place)
    missing = sorted(procedure.templates() - composer.templates())
    if missing:
        yield Finding("templat", False, f"belum ada di {folder / 'mail'}: {', '.join(missing)}")
    standing = sample(procedure)
    problems += mail_problems(composer, standing)
    problems += paper_problems(Papers(folder, face, words), standing)
    yield from (Finding("templat", False, f"{problem}; {MEANWHILE}") for problem in dict.fromkeys(problems))
    if folder.is_dir() and not missing and not problems:
        drawn = f"{len(composer.templates())} surel dan {len(TITLES)} naskah digambar dengan contoh"
        yield Finding("templat", True, f"{folder}: {drawn}")


def mail_problems(composer: Composer, standing: Standing) -> list[str]:
    """What is wrong with the mails, one line for each fault."""
    reader = Reader(Addressee(PERSON), "Contoh Pejabat", "Jabatan", ADDRESS)
    matter = Matter(standing, reader, START, [Attachment("contoh.pdf", "application/pdf", b"")], whole=True)
    stages = {stage.template: stage.name for stage in standing.procedure.stages()}
    known, found = frozenset[str](), list[str]()
    for name in sorted(composer.templates()):
        stage = stages.get(name, standing.procedure.first_stage().name)
        key = MailKey(f"{NUMBER}/contoh/{name}")
        letter = Outgoing(key, name, reader.addressee, stage, 1, asks=name in stages)
        known = known or composer.known(letter, matter)
        said = _said(composer, f"{name}.j2", known)
        unknown = _unknown(composer, f"{name}.j2", known | set(said))
        fault = composer.compose(replace(letter, extra={**LISTS, **said}), matter).fault
        found += unknown or ([fault] if fault else [])
    for layout in (TEXT_LAYOUT, HTML_LAYOUT):
        found += _unknown(composer, layout, known | set(LAID_OUT))
    try:
        composer.layers[0].letter_text({"insiden": NUMBER, "daftar": [LETTER]})
    except Exception as error:  # noqa: BLE001  whatever staff wrote into a template
        found.append(fault_of(error, LETTER_TEXT))
    return found


def _said(composer: Composer, file: str, known: frozenset[str]) -> dict[str, Said]:
    """What a mail may say besides what its incident says: the template that is built in speaks of it."""
    return {one: LISTS.get(one, "contoh") for one in sorted(composer.layers[-1].speaks_of(file) - known)}


def _unknown(composer: Composer, file: str, known: Set[str]) -> list[str]:
    """What a template speaks of that nobody fills in, in whatever branch."""
    layer = composer.layers[0]
    try:
        unknown = sorted(layer.speaks_of(file) - known)
    except TemplateSyntaxError as error:
        return [fault_of(error, file)]
    return [f"{file}:{layer.line_of(file, one)}: `{one}` tidak dikenal" for one in unknown]


def paper_problems(papers: Papers, standing: Standing) -> list[str]:
    """What is wrong with the papers, one line for each fault."""
    faults = (papers.make(name, standing, Directory(())).fault for name in TITLES)
    return [fault for fault in faults if fault]


def sample(procedure: Procedure) -> Standing:
    """An invented incident that has gone once through every stage of `procedure`, and ended."""
    told: list[events.Data] = [
        events.Reported("surat", START, REPORT, procedure.code, procedure.version),
        events.FollowedUp("", "dinkes@contoh.example", "Gedung B juga putus."),
    ]
    official = (PERSON, "Contoh Pejabat", "Jabatan")
    for stage in procedure.stages():
        told.append(events.StageStarted(stage.name, 1, ""))
        told.append(events.Asked(stage.name, 1, *official, stage.role, "pejabat", ""))
        said = (stage.name, 1, "Contoh jawaban.", stage.replies[0].decision, "pejabat")
        told.append(events.Answered(*said, person=PERSON, name=official[1], title=official[2]))
    told.append(events.Closed(procedure.outcomes[0].name))
    dated = [events.Event(seq, START + timedelta(minutes=seq), data) for seq, data in enumerate(told, start=1)]
    return Standing(procedure, fold(NUMBER, dated), tuple(dated))
