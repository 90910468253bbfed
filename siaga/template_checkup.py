"""Draws every mail and paper once, of an invented incident: what is wrong with an office's own template must not show
itself in an emergency.

Whatever fails is named with its file and line. The desk works on meanwhile with what is built in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import templates
from office.settings import Settings
from office.words_file import office_words, own_reporter_keys
from outbox.compose import Composer
from outbox.letter_text import LetterPart, MailShown
from outbox.mail_templates import HTML_LAYOUT, LETTER_TEXT, TEXT_LAYOUT, fault_of
from outbox.matter import AlsoWaiting, Attachment, Matter, Reader
from report.model import OfficeFace
from report.papers import TITLES, Papers
from siaga.finding import Finding
from siaga.mail_samples import NUMBER, START, said
from siaga.template_folder import ignored_files
from sop import events
from sop.addressee import Addressee
from sop.fold import fold
from sop.likeness import Similar
from sop.mail_key import MailKey
from sop.people import Directory
from sop.procedure import Procedure
from sop.report import Report, Urgency
from sop.standing import Standing
from sop.verdict import Outgoing
from templates.words import Words

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
LIKE = (Similar("DKL-2026-0007", "Dinas Pendidikan"), Similar("DKL-2026-0005", "Dinas Sosial", selesai="ya"))
LETTER = LetterPart(
    "laporan",
    NUMBER,
    surel=(MailShown("dinkes@contoh.example", START, "Gangguan", "Jaringan putus."),),
    tidak_disertakan=(("foto.exe", "dapat dijalankan"),),
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
    if folder.is_dir() and folder != templates.FOLDER:
        files = {f"{name}.j2" for name in _wanted(composer, procedure)} | {TEXT_LAYOUT, HTML_LAYOUT, LETTER_TEXT}
        problems += ignored_files(folder, files | composer.layers[0].read_by_others())
    problems += _word_problems(words, procedure)
    problems += mail_problems(composer, standing)
    problems += paper_problems(Papers(folder, face, words), standing)
    yield from (Finding("templat", False, f"{problem}; {MEANWHILE}") for problem in dict.fromkeys(problems))
    if folder.is_dir() and not missing and not problems:
        drawn = f"{len(composer.templates())} surel dan {len(TITLES)} naskah digambar dengan contoh"
        yield Finding("templat", True, f"{folder}: {drawn}")


def _word_problems(words: Words, procedure: Procedure) -> list[str]:
    """Sentences for reporters about what cannot happen in `procedure`."""
    known = {f"answered.{stage.name}.{reply.decision}" for stage in procedure.stages() for reply in stage.replies}
    known |= {f"closed.{outcome.name}" for outcome in procedure.outcomes}
    return [
        f"kata.yaml: peristiwa_pelapor: `{key}` tidak ada dalam prosedur {procedure.code}"
        for key in own_reporter_keys(words)
        if key not in known
    ]


def mail_problems(composer: Composer, standing: Standing) -> list[str]:
    """What is wrong with the mails, one line for each fault."""
    matter = _matter(composer, standing)
    stages = {stage.template: stage.name for stage in standing.procedure.stages()}
    found = list[str]()
    for name in sorted(composer.templates() & _wanted(composer, standing.procedure)):
        stage = stages.get(name, standing.procedure.first_stage().name)
        key = MailKey(f"{NUMBER}/contoh/{name}")
        letter = Outgoing(key, name, matter.reader.addressee, stage, 1, asks=name in stages)
        known = composer.known(letter, matter) | composer.layers[-1].speaks_of(f"{name}.j2")
        letter = replace(letter, extra={one: value for one, value in said(name).items() if one in known})
        unknown = composer.unknown(letter, matter)
        fault = composer.compose(letter, matter).fault
        found += unknown or ([fault] if fault else [])
    return [*found, *_layout_problems(composer, matter), *_letter_text_problems(composer)]


def _layout_problems(composer: Composer, matter: Matter) -> list[str]:
    stage = matter.standing.procedure.first_stage()
    letter = Outgoing(MailKey(f"{NUMBER}/contoh/tata"), stage.template, matter.reader.addressee, stage.name, 1)
    return composer.unknown(letter, matter, TEXT_LAYOUT, HTML_LAYOUT)


def _letter_text_problems(composer: Composer) -> list[str]:
    values = {"insiden": NUMBER, "daftar": [LETTER]}
    unknown = composer.layers[0].unknown(LETTER_TEXT, values)
    try:
        composer.layers[0].letter_text(values)
    except Exception as error:  # noqa: BLE001  whatever staff wrote into a template
        return unknown or [fault_of(error, LETTER_TEXT)]
    return unknown


def _matter(composer: Composer, standing: Standing) -> Matter:
    """Everything that a mail may show stands in it once."""
    reader = Reader(Addressee(PERSON), "Contoh Pejabat", "Jabatan", ADDRESS)
    stage = standing.procedure.first_stage()
    offered = composer.choices([reply.decision for reply in stage.replies], NUMBER, "abcde-fghij-klmn")
    also = AlsoWaiting(NUMBER, stage.label, "Dinas Kesehatan", "Jaringan putus", START, offered)
    files = [Attachment("contoh.pdf", "application/pdf", b"")]
    return Matter(standing, reader, START, files, witness=("sidik",), also=(also,), more=1, whole=True)


def _wanted(composer: Composer, procedure: Procedure) -> set[str]:
    """The mails that are ever written: those that are built in, and those of the procedure."""
    return composer.layers[-1].names() | procedure.templates()


def paper_problems(papers: Papers, standing: Standing) -> list[str]:
    """What is wrong with the papers, one line for each fault."""
    faults = (papers.make(name, standing, Directory(())).fault for name in TITLES)
    return [fault for fault in faults if fault]


def sample(procedure: Procedure) -> Standing:
    """An invented incident that has gone once through every stage of `procedure`, and ended."""
    told: list[events.Data] = [
        events.Reported("surat", START, REPORT, procedure.code, procedure.version, like=LIKE),
        events.FollowedUp("", "dinkes@contoh.example", "Gedung B juga putus."),
    ]
    official = (PERSON, "Contoh Pejabat", "Jabatan")
    for stage in procedure.stages():
        told.append(events.StageStarted(stage.name, 1, ""))
        told.append(events.Asked(stage.name, 1, *official, stage.role, "pejabat", ""))
        given = (stage.name, 1, "Contoh jawaban.", stage.replies[0].decision, "pejabat")
        told.append(events.Answered(*given, person=PERSON, name=official[1], title=official[2]))
    told.append(events.Closed(procedure.outcomes[0].name))
    dated = [events.Event(seq, START + timedelta(minutes=seq), data) for seq, data in enumerate(told, start=1)]
    return Standing(procedure, fold(NUMBER, dated), tuple(dated))
