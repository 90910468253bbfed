"""Draws every mail that Siaga can write, from the templates: a page and a text each, into `build/pratinjau`.

What a reader of the repository needs is kept in `docs/pratinjau`: the list of all mails with three in full, and the
sums of all that is drawn, by which no byte of any changes unseen. The mails are not filled in by hand: an invented
incident is led through whatever brings them about.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import templates
from office.people import read_people
from office.words_file import read_words
from outbox.compose import Composed, Composer
from outbox.matter import AlsoWaiting, Attachment, Matter, Reader, as_reader
from parsers.mails.message import read_mail
from siaga.demo import cast
from siaga.mail_samples import GENERAL
from sop.addressee import Addressee
from sop.codec import from_data
from sop.decide import decide
from sop.details import Details
from sop.facts import (
    AnswerGiven,
    AnswerProposed,
    AnswerUnclear,
    AnswerUntrusted,
    AnswerWithdrawn,
    CardCorrected,
    Delegated,
    Fact,
    FollowedUp,
    LinkedTo,
    Objected,
    Opened,
    ReadAgain,
    Reassigned,
    Remarked,
    Reopening,
    TimePassed,
    TookIn,
    Undelivered,
    Unlinked,
)
from sop.incident import Incident
from sop.likeness import Similar
from sop.load import load_procedure
from sop.mail_key import MailKey
from sop.mails import Enclosure, MailTemplate
from sop.people import Directory, Person
from sop.report import NotApplied, Origin, Report, Urgency
from sop.standing import Standing, of_none
from sop.verdict import Outgoing
from templates import phrasing

ROOT = Path(__file__).parents[1]
DRAWN, KEPT = ROOT / "build/pratinjau", ROOT / "docs/pratinjau"
IN_FULL = ("tanda_terima", "minta_disposisi", "penutupan")
HEAD = """\
# Pratinjau surel

Semua surel yang dapat ditulis Siaga, dengan insiden rekaan; tiga di antaranya lengkap di bawah. `make previews`
menggambar semuanya dari `templates/mail` ke `build/pratinjau` dan menulis halaman ini; jangan disunting di sini.
`pratinjau.sha256` memuat sidik setiap gambar, sehingga tidak ada yang berubah tanpa terlihat.

| templat | subjek |
|---|---|
"""
OFFICE = "Dinas Komunikasi, Informatika dan Statistik"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
REPORT = Report(
    opd="Dinas Kesehatan",
    email="dinkes@contoh.example",
    pengirim="dr. Yeni Marlina",
    jabatan="Sekretaris",
    nomor="800/417/Dinkes/2026",
    tanggal="2026-11-23",
    sifat="Segera",
    hal="Permohonan Bantuan Penanganan Gangguan Jaringan",
    layanan=("jaringan",),
    lokasi="Gedung utama, Jalan Perintis Kemerdekaan",
    waktu_kejadian="2026-11-23T08:00:00+07:00",
    ringkasan="Jaringan di gedung utama putus sejak pukul 08.00 WIB; pelaporan SKDR terhenti.",
    kegentingan=Urgency("tinggi", ("sifat surat: Segera", "pelayanan berhenti")),
    asal={"nomor": Origin("surat terlampir", 0.98), "lokasi": Origin("surat terlampir", 0.7)},
    lampiran_bermasalah=(("foto-rak.zip", "terkunci sandi"),),
)
FILES = {
    Enclosure.ORIGINAL: "surat-417.pdf",
    Enclosure.WORD: "Isi-Surel-DKL-2026-0001.txt",
    Enclosure.ANALYSIS: "laporan-analisis-DKL-2026-0001.pdf",
    Enclosure.DISPOSISI: "lembar-disposisi-DKL-2026-0001.pdf",
    Enclosure.HANDLING: "laporan-hasil-DKL-2026-0001.pdf",
    Enclosure.FINAL: "laporan-akhir-DKL-2026-0001.pdf",
    Enclosure.BERITA_ACARA: "berita-acara-DKL-2026-0001.pdf",
}
CLOSING, MORNING = (MailTemplate.CLOSING, MailTemplate.NO_EMERGENCY), (MailTemplate.QUARANTINE, MailTemplate.HEAD)
WITNESS = phrasing.witness("register 31", START, "a2b3c4d-e5f6g7h-i2j3k4-l5m6n7")
TO_WRITERS = (
    MailTemplate.ORDINARY_LETTER,
    MailTemplate.ALREADY_KNOWN,
    MailTemplate.STRANGERS_ANSWER,
    MailTemplate.STATUS_OF_REPORT,
)
OFFERS: Mapping[str, tuple[str, ...]] = {
    MailTemplate.OTHER_LETTER: ("darurat", "abaikan"),
    MailTemplate.ASK_BACK_ABOUT_LETTER: ("darurat", "abaikan"),
}


class Tale:
    """One incident, and the mails that its facts bring about."""

    def __init__(self, number: str, directory: Directory, *, continues: str = "") -> None:
        self.directory, self.now = directory, START
        self.standing = Standing(load_procedure(), Incident(number))
        self.letters: list[tuple[Outgoing, Standing, datetime]] = []
        like = (Similar("DKL-2026-0007", "Dinas Pendidikan", "Jaringan lambat"),)
        said = "BELUM, SIMRS masih tidak bisa dibuka."
        by = Reopening("belum", REPORT.pengirim or "", START, REPORT.jabatan or "", said) if continues else None
        self.hear(Opened("surat", START, REPORT, "surat-1", like, continues, by))

    def hear(self, fact: Fact, minutes: float = 1) -> None:
        self.now += timedelta(minutes=minutes)
        verdict = decide(self.standing.procedure, self.incident, fact, self.directory, self.now)
        self.standing = self.standing.after(verdict)
        self.letters += [(letter, self.standing, self.now) for letter in verdict.mails]

    @property
    def incident(self) -> Incident:
        return self.standing.incident

    def who(self, person: str) -> Person:
        found = self.directory.person(person)
        assert found is not None, person
        return found

    def answer(self, decision: str, person: str, text: str = "", **details: Any) -> None:
        visit = self.incident.visits[-1]
        mail = f"m{self.incident.seq}"
        self.hear(
            AnswerGiven(visit.stage, visit.number, decision, self.who(person), text, from_data(Details, details), mail)
        )

    def here(self) -> tuple[str, int]:
        visit = self.incident.visits[-1]
        return visit.stage, visit.number


def tales(directory: Directory) -> Iterator[Tale]:
    """Incidents that between them bring about every mail about an incident."""
    whole = Tale("DKL-2026-0001", directory)
    whole.hear(
        FollowedUp("dinkes@contoh.example", "Tambahan: gedung B juga putus.", "f", Report(telepon="0751-410001"))
    )
    whole.hear(ReadAgain(Report(narahubung="Hendra")))
    whole.answer("ya", "helpdesk", "Kabel FO ke gedung utama diduga putus.")
    whole.hear(TimePassed(), 2)
    whole.answer("teruskan", "koordinator", "Mohon arahan.")
    stage, visit = whole.here()
    kabid = whole.who("kabid")
    whole.hear(AnswerUnclear(stage, visit, kabid, "Ya, tapi tunggu dulu", "permintaan untuk menunggu", "u"))
    asks = "Sudah koordinasi dengan PLN belum?"
    whole.hear(AnswerUnclear(stage, visit, kabid, asks, "sebuah pertanyaan", "q", question=True))
    whole.hear(AnswerUnclear(stage, visit, kabid, "Hm", "jawaban yang belum pasti", "u2"))
    whole.hear(AnswerUntrusted(stage, "orang@luar.example", "alamat pengirimnya tidak terdaftar", "YA", "x", "kabid"))
    said = AnswerGiven(stage, visit, "disposisi", kabid, "Setuju, segera ditangani.", mail="w")
    whole.hear(AnswerProposed(said, "surelnya tidak memuat kode surat permintaan kami"))
    whole.hear(Remarked(whole.who("tim_jaringan"), "Kabel di tiang depan gedung tampak putus.", "k"))
    request = MailKey("DKL-2026-0001/4/disposisi-1/kabid")
    came_back = Undelivered(
        request, "kabid@contoh.example", "550 5.1.1 kotak penuh", "b", MailTemplate.DISPOSISI_ASKED, Addressee("kabid")
    )
    whole.hear(replace(came_back, stage=stage, visit=visit, asks=True))
    whole.hear(Delegated(stage, visit, kabid, ("plh_kabid",), "Plh. Kabid", "mohon diputuskan Plh", "d"))
    whole.answer("disposisi", "kabid", "Segera tangani, laporkan setiap perkembangan.")
    whole.answer("tugaskan", "koordinator", "Tim Jaringan", people=["tim_jaringan"])
    whole.answer("progres", "tim_jaringan", "Kabel sedang disambung.")
    whole.hear(TimePassed(), 65)
    stage, visit = whole.here()
    whole.hear(Reassigned(stage, visit, kabid, ("tim_aplikasi",), "Tim Aplikasi", "TUGASKAN Tim Aplikasi", "t"))
    facts = {"cause": "Kabel FO putus", "actions": "Penyambungan ulang", "result": "Normal", "status": "selesai"}
    whole.answer("laporan", "tim_aplikasi", "Kabel FO putus terkena galian; disambung ulang; normal 09.55.", **facts)
    whole.hear(TimePassed(), 7)
    whole.answer("teruskan", "koordinator")
    whole.answer("teruskan", "kabid")
    whole.answer("diterima", "kadis", "Terima kasih.")
    whole.hear(FollowedUp("dinkes@contoh.example", "Masih putus.", "f2", not_over=True))
    yield whole
    early = Tale("DKL-2026-0002", directory)
    early.answer("ya", "helpdesk", "Putus total.")
    early.hear(AnswerWithdrawn("analisis", 1, early.who("helpdesk"), "RALAT: TIDAK", "r"))
    early.answer("tidak", "helpdesk", "Hanya satu komputer; dibantu lewat telepon.")
    yield early
    yield Tale("DKL-2026-0003", directory, continues="DKL-2026-0001")
    linked, main = Tale("DKL-2026-0004", directory), Tale("DKL-2026-0005", directory)
    helpdesk = linked.who("helpdesk")
    linked.hear(LinkedTo("DKL-2026-0005", "Dinas Pendidikan", helpdesk, "GABUNG DKL-2026-0005", "g"))
    main.hear(TookIn("DKL-2026-0004", REPORT, "surat-1", helpdesk, "g"))
    linked.hear(Unlinked(helpdesk, "PISAHKAN", "p"))
    yield from (linked, main)
    yield _second_thoughts(directory)
    yield _mended(directory)


def _second_thoughts(directory: Directory) -> Tale:
    """An answer is doubted before and after the next has acted; an order comes with the receipt, after the end."""
    tale = Tale("DKL-2026-0006", directory)
    tale.answer("ya", "helpdesk", "Putus total.")
    doubt = "Maaf saya keliru, seharusnya TIDAK"
    tale.hear(Objected("analisis", 1, tale.who("helpdesk"), doubt, "o1"))
    tale.answer("teruskan", "koordinator")
    tale.hear(Objected("analisis", 1, tale.who("helpdesk"), doubt, "o2"))
    for decision, person in (("disposisi", "kabid"), ("tugaskan", "koordinator"), ("laporan", "tim_jaringan")):
        tale.answer(decision, person, "Segera.", **({"people": ["tim_jaringan"]} if decision == "tugaskan" else {}))
    for decision, person in (("kirim", "helpdesk"), ("teruskan", "koordinator"), ("teruskan", "kabid")):
        tale.answer(decision, person)
    tale.hear(TimePassed(), 7)
    order = "Genset cadangan diuji tiap bulan."
    tale.answer("diterima", "kadis", order, directions=order)
    return tale


def _mended(directory: Directory) -> Tale:
    """One whose card was misread, and is corrected."""
    mended = Tale("DKL-2026-0008", directory)
    mended.answer("ya", "helpdesk", "Kabel FO ke gedung utama diduga putus.")
    wrong = NotApplied("KOREKSI MULAI: besok", "“besok” tidak dapat dibaca sebagai waktu yang sudah lewat")
    right = Report(opd="Dinas Sosial", layanan=("listrik",), nomor=REPORT.nomor)
    like = (Similar("DKL-2026-0007", "Dinas Pendidikan", "Listrik padam"),)
    mended.hear(CardCorrected(mended.who("helpdesk"), right, (wrong,), "k", like=like))
    return mended


def written() -> dict[str, bytes]:
    """Template to the bytes of one mail from it, for all that can be written."""
    composer = Composer(templates.FOLDER, read_words(), cast.OFFICE, OFFICE, b"pratinjau")
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder) / "pejabat.yaml"
        people.write_text(cast.PEOPLE, encoding="utf-8")
        directory = read_people(people, dict(load_procedure().roles))
    found: dict[str, bytes] = {}
    for tale in tales(directory):
        for letter, standing, now in tale.letters:
            if letter.template not in found:
                reader = _reporter() if letter.person.is_reporter else as_reader(tale.who(letter.person.name))
                files = [Attachment(FILES[name], "application/pdf", b"") for name in letter.attachments]
                whole = Enclosure.ORIGINAL in letter.attachments
                files += [Attachment(FILES[Enclosure.WORD], "text/plain", b"")] if whole else []
                lines = (WITNESS,) if letter.template in CLOSING else ()
                matter = Matter(standing, reader, now, files, witness=lines, whole=whole)
                found[letter.template] = _whole(composer.compose(letter, matter))
    helpdesk = directory.holders("helpdesk")[0]
    for template, extra in GENERAL.items():
        offers = OFFERS.get(template, ())
        letter = Outgoing(
            MailKey(f"umum/pratinjau/{template}"), template, Addressee(helpdesk.id), extra=extra, offers=offers
        )
        reader = _reporter() if template in TO_WRITERS else as_reader(helpdesk)
        lines = (WITNESS,) if template in MORNING else ()
        also = _waiting(composer) if template == MailTemplate.STATUS else ()
        matter = Matter(of_none(load_procedure()), reader, START, witness=lines, also=also)
        found[template] = _whole(composer.compose(letter, matter))
    missing = composer.templates() - set(found)
    assert not missing, f"no tale brings about {', '.join(sorted(missing))}"
    return found


def _waiting(composer: Composer) -> tuple[AlsoWaiting, ...]:
    offered = composer.choices(("ya", "tidak"), "DKL-2026-0001", "abcde-fghij-klmn")
    until = START + timedelta(minutes=3)
    stage = load_procedure().first_stage().label
    return (AlsoWaiting("DKL-2026-0001", stage, "Dinas Kesehatan", "Jaringan putus", until, offered),)


def _reporter() -> Reader:
    return Reader(Addressee.reporter(), REPORT.pengirim or "", REPORT.jabatan or "", REPORT.email or "")


def _whole(composed: Composed) -> bytes:
    assert not composed.fault, composed.fault
    return composed.raw


def drawn() -> dict[str, str]:
    """File name to content, of all of `build/pratinjau`: each mail as a page, and as its text below its subject."""
    found = {}
    for name, raw in sorted(written().items()):
        mail = read_mail(raw, ours=True)
        found[f"{name}.html"] = mail.html.replace("\r\n", "\n")
        found[f"{name}.txt"] = f"Subjek: {mail.subject}\n\n{mail.plain}".replace("\r\n", "\n")
    return found


def kept(drawn: Mapping[str, str]) -> dict[str, str]:
    """File name to content, of all of `docs/pratinjau`."""
    sums = "".join(f"{sha256(content.encode()).hexdigest()}  {name}\n" for name, content in drawn.items())
    texts = {name.removesuffix(".txt"): content for name, content in drawn.items() if name.endswith(".txt")}
    subjects = {name: text.splitlines()[0].removeprefix("Subjek: ") for name, text in texts.items()}
    rows = "\n".join(f"| {name} | {subject} |" for name, subject in subjects.items())
    whole = "\n".join(f"## {name}\n\n```text\n{texts[name].rstrip()}\n```\n" for name in IN_FULL)
    return {"README.md": f"{HEAD}{rows}\n\n{whole}", "pratinjau.sha256": sums}


def main() -> None:
    files = drawn()
    for folder, contents in ((DRAWN, files), (KEPT, kept(files))):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in contents.items():
            (folder / name).write_text(content, encoding="utf-8")
        print(f"{len(contents)} berkas di {folder.relative_to(ROOT)}")  # noqa: T201


if __name__ == "__main__":
    main()
