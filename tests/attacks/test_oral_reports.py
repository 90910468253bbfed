"""Oral reports and oral answers as a way to make the office write to anybody, or to speak in somebody's name unheard."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from handlers.admin_answered import record_oral_answer
from handlers.oral_report import OralReport, enter_oral_report
from outbox import queue
from parsers.mails.message import Mail
from siaga.cli import siaga
from sop.load import load_procedure
from tests import cast
from tests.attacks import some
from tests.cast import DINKES, DISDIK
from tests.town import JOURNEY, Town, know

WORDS = "Internet kantor mati sejak pukul 08.00, antrean panjang."
OPD = "Dinas Pendidikan,Disdik"
STAGES = {
    "analisis": ("ya", ""),
    "penerusan_analisis": ("teruskan", ""),
    "disposisi": ("disposisi", "segera"),
    "penugasan": ("tugaskan", "Tim Jaringan"),
    "penanganan": ("laporan", "Hasil: normal"),
    "pengiriman_laporan": ("kirim", ""),
    "pelaporan_koordinator": ("teruskan", ""),
    "pelaporan_kabid": ("teruskan", ""),
    "penerimaan": ("diterima", ""),
}


def called(place: Town, email: str = "", **more: str) -> str:
    """Somebody telephones; returns the number of the incident."""
    return enter_oral_report(place.office, OralReport("telepon", "Disdik", WORDS, email=email, **more))


def written_to(place: Town) -> set[str]:
    with place.office.database.reading() as tx:
        return {mail.recipient for mail in queue.everything(tx)}


def echoes(place: Town) -> list[str]:
    return [flat(mail) for mail in place.inbox(cast.HELPDESK) if mail.subject.startswith("Laporan lisan dicatat")]


def flat(mail: Mail) -> str:
    """What a mail says, wherever its lines are broken."""
    return " ".join(mail.plain.split())


def lead_to_the_work(place: Town, number: str) -> None:
    """Up to where Tim Teknis begins, which the reporter is told."""
    for _, address, subject, text in JOURNEY[:4]:
        place.work(1)
        place.reply(address, subject, text)
    place.work(1)
    current = place.incident(number).current
    assert current is not None and current.stage == "penanganan"


@pytest.mark.parametrize(
    "typed",
    some(
        [
            "korban@lain.example",
            "KORBAN@Lain.Example",
            "disdik@jahat.example",  # sounds like an OPD
            "disdik@contoh.example.jahat.example",
            "kadis@contoh-example.jahat.example",
            "korban@dinkes.contoh.example",  # beside the domain that is known
        ],
        4,
    ),
)
def test_an_address_that_nobody_knows_is_not_written_to_and_helpdesk_is_told(place: Town, typed: str) -> None:
    know(place, f"{OPD},{DISDIK}; @disdik.contoh.example")
    number = called(place, typed)
    place.work()
    assert place.incident(number).current is not None, "the report counts all the same"
    assert written_to(place) <= set(cast.ADDRESSES) - {DISDIK}
    [echo] = echoes(place)
    assert "belum dikenal" in echo and "opd.csv" in echo and number in echo
    request = flat(place.last(cast.HELPDESK, "Mohon analisis"))
    assert "belum dikenal" in request, "whoever works on it must know that the reporter hears nothing"


@pytest.mark.parametrize(
    "typed",
    [
        f"Disdik <{DISDIK}>",
        f"{DISDIK}, korban@lain.example",
        f"{DISDIK}\nBcc: korban@lain.example",
        "disdik.contoh.example",
        "disdik@contoh",
        "disdik@@contoh.example",
        "tidak ada",
        "0812-3456-7890",
    ],
)
def test_what_is_no_address_is_refused_and_whoever_typed_it_is_told(place: Town, typed: str) -> None:
    know(place, f"{OPD},{DISDIK}; @disdik.contoh.example")
    with pytest.raises(ValueError, match="bukan satu alamat surel"):
        called(place, typed)
    place.work()
    assert place.numbers() == [] and not written_to(place) & {DISDIK, "korban@lain.example"}


def test_such_a_reporter_hears_nothing_from_the_receipt_to_the_end(place: Town) -> None:
    number = called(place, DISDIK)
    place.work()
    for _, address, subject, text in JOURNEY:
        place.reply(address, subject, text)
        place.work(1)
    assert place.incident(number).outcome == "selesai"
    assert place.inbox(DISDIK) == [] and DISDIK not in written_to(place)


@pytest.mark.parametrize("typed", [cast.OFFICE, "no-reply@contoh.example", "MAILER-DAEMON@contoh.example"])
def test_an_address_that_no_person_reads_is_not_written_to_even_if_it_is_listed(place: Town, typed: str) -> None:
    know(place, f"{OPD},@contoh.example")
    called(place, typed)
    place.work()
    assert typed.lower() not in written_to(place)


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        (DISDIK, f"{OPD},{DISDIK}"),
        (DISDIK.upper(), f"{OPD},lain@contoh.example; {DISDIK.title()}"),
        (f" {DISDIK} ", f"{OPD},@contoh.example"),
        (cast.KADIS, OPD),  # the directory knows them
        (cast.SEKRETARIS, OPD),
    ],
)
def test_an_address_that_the_directory_or_the_list_knows_is_written_to(place: Town, typed: str, row: str) -> None:
    know(place, row)
    called(place, typed)
    place.work()
    address = typed.strip().lower()
    assert any("Laporan diterima" in mail.subject for mail in place.inbox(address))
    [echo] = echoes(place)
    assert "belum dikenal" not in echo


def test_whoever_reported_by_mail_before_is_known(place: Town) -> None:
    place.letter()
    place.work()
    before = len(place.inbox(DINKES))
    called(place, DINKES)
    place.work()
    assert len(place.inbox(DINKES)) == before + 1


def test_what_others_reported_in_a_name_makes_it_no_better_known(place: Town) -> None:
    know(place, f"{OPD},{DISDIK}")
    called(place, DISDIK)
    place.work()
    assert len(place.inbox(DISDIK)) == 1
    know(place, OPD)
    called(place, DISDIK)
    place.work()
    assert len(place.inbox(DISDIK)) == 1


def test_one_mail_of_the_reporters_own_is_the_way_out(place: Town) -> None:
    number = called(place, DISDIK)
    place.work()
    place.write(cast.SAMSAT, f"[{number}] alamat Disdik benar", f"Nomor {number}: mohon Disdik disurati.")
    place.work()
    assert not place.incident(number).report.surel_dipastikan, "nobody else can say so"
    place.write(DISDIK, f"[{number}] kabar", f"Nomor {number}: internet di kantor kami masih mati.")
    place.work()
    assert place.incident(number).report.surel_dipastikan
    lead_to_the_work(place, number)
    assert any("dimulai" in mail.subject or "ditangani" in mail.plain for mail in place.inbox(DISDIK))


def test_a_line_in_the_list_of_opd_is_the_other(place: Town) -> None:
    number = called(place, DISDIK)
    place.work()
    assert place.inbox(DISDIK) == []
    know(place, f"{OPD},{DISDIK}")
    lead_to_the_work(place, number)
    assert place.inbox(DISDIK)


@pytest.mark.parametrize("row", [f"{OPD},contoh.example", f"{OPD},a b@contoh.example", f"{OPD},@example"])
def test_a_line_in_the_list_that_is_no_address_is_told(place: Town, row: str) -> None:
    with pytest.raises(ValueError, match=r"opd.csv:2: kolom `surel`"):
        know(place, row)


# Nothing is entered unheard -----------------------------------------------------------------------------------------


def test_helpdesk_hears_of_every_oral_report_once_with_its_words(place: Town) -> None:
    said = OralReport("wag", "Disdik", WORDS, reporter="Yusuf", entered_by="formulir Prefect", reference="run-1")
    number = enter_oral_report(place.office, said)
    assert enter_oral_report(place.office, said) == number
    place.work()
    [echo] = echoes(place)
    for part in (number, "WhatsApp", "Dinas Pendidikan", "Yusuf", WORDS, "formulir Prefect"):
        assert part in echo, part


def test_a_report_from_the_command_line_says_whose_account_it_was(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "pengelola")
    arguments = ["report", "telepon", "--opd", "Disdik", "--uraian", WORDS, "--config", str(place.settings_file)]
    done = CliRunner().invoke(siaga, arguments)
    assert done.exit_code == 0, done.output
    place.work()
    [echo] = echoes(place)
    assert "pengelola" in echo and done.output.strip() in echo


@pytest.mark.parametrize("stage", some(STAGES, 3))
def test_an_oral_answer_is_told_to_whom_it_was_put_in_the_mouth_of(place: Town, stage: str) -> None:
    place.to_stage(stage)
    decision, text = STAGES[stage]
    address = next(address for name, address, *_ in JOURNEY if name == stage)
    before = len(place.inbox(address))
    record_oral_answer(place.office, "DKL-2026-0001", decision, text, "", "Admin Budi")
    place.work()
    [told] = [flat(mail) for mail in place.inbox(address)[before:] if "dicatat Admin Budi" in flat(mail)]
    assert decision.upper() in told and text in told and "tidak pernah menyampaikannya" in told


@pytest.mark.parametrize("said", [("progres", "separuh jalan"), ("minta_waktu", "minta 30 menit")])
def test_every_progress_that_was_told_orally_is_told_to_its_author(place: Town, said: tuple[str, str]) -> None:
    place.to_stage("penanganan")
    for _ in range(2):
        record_oral_answer(place.office, "DKL-2026-0001", *said, "", "Admin Budi")
        place.work(1)
    assert sum("lisan, dicatat Admin Budi" in flat(mail) for mail in place.inbox(cast.JARINGAN)) == 2


def test_no_stage_of_the_procedure_is_left_out_here() -> None:
    assert set(STAGES) == {stage.name for stage in load_procedure().stages()}
