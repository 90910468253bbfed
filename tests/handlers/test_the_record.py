"""The record is what happened: nothing was sent that was not, nobody is late who was not, and each time has its day."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from flows.case_card import Case, card_markdown
from register import journal
from siaga.cli import siaga
from sop.standing import Standing
from sop.story import story
from sop.who_reads import Audience
from tests import cast
from tests.cast import DINKES
from tests.town import JOURNEY, START, Town

ONE = "DKL-2026-0001"


@pytest.fixture
def place_(place: Town) -> Town:
    """A town of which nothing was lived before."""
    place.may_begin_later = False
    return place


def standing(place: Town, number: str = ONE) -> Standing:
    with place.office.database.reading() as tx:
        return journal.read_standing(tx, number)


def told(place: Town, audience: Audience = Audience.ADMIN, number: str = ONE) -> str:
    found = standing(place, number)
    lines = story(found.events, found.procedure, place.office.words, audience)
    return "\n".join(f"{line.what}: {line.text}" for line in lines)


def final_report(place: Town) -> str:
    """What the final report says, in one line."""
    pdf = pdfium.PdfDocument(place.office.papers_folder / ONE / f"Laporan-Akhir-{ONE}.pdf")
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    return " ".join(text.split())


def steps(place: Town) -> list[dict[str, object]]:
    """The rows of the sheet "Waktu Langkah", by heading."""
    path = next(place.office.register_folder.glob("register-*.xlsx"))
    head, *rows = load_workbook(path)["Waktu Langkah"].iter_rows(values_only=True)
    return [dict(zip((str(name) for name in head), row, strict=True)) for row in rows]


def go_on(place: Town, since: str, minutes: float = 1) -> None:
    """From the wait called `since` to the end; each official answers after `minutes`."""
    names = [name for name, *_ in JOURNEY]
    for _, address, subject, text in JOURNEY[names.index(since) :]:
        place.clock.forward(minutes=minutes)
        place.reply(address, subject, text)
        place.work(0.2)


def sleeps_well(place: Town, role: str) -> None:
    """A role has quiet hours all day."""
    path = place.folder / "pejabat.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\njam_tenang: {{{role}: 00.00-23.59}}\n", encoding="utf-8")
    place.restart()


def test_a_reminder_that_quiet_hours_withheld_is_nowhere_said_to_have_been_sent(place_: Town) -> None:
    sleeps_well(place_, "kabid")
    place_.to_stage("disposisi")
    place_.work(2.5)
    assert not [mail for mail in place_.inbox(cast.KABID) if "Pengingat" in mail.subject]
    assert "Disposisi Kabid: belum dijawab; tidak diingatkan karena jam tenang" in told(place_)
    go_on(place_, "disposisi")
    said = final_report(place_)
    assert "tidak diingatkan karena jam tenang" in said and "Disposisi Kabid: pengingat dikirim" not in said


def test_a_reminder_that_was_sent_is_said_to_have_been_sent(place_: Town) -> None:
    place_.to_stage("disposisi")
    place_.work(2.5)
    assert place_.last(cast.KABID, "Pengingat")
    assert "Disposisi Kabid: pengingat dikirim" in told(place_)


def test_an_incident_that_a_reminder_of_another_one_named_says_so(place_: Town) -> None:
    place_.letter(417)
    place_.work(0.5)
    place_.letter(418)
    place_.work(0.4)
    place_.work(2.2)
    reminders = [mail for mail in place_.inbox(cast.HELPDESK) if "Pengingat" in mail.subject]
    assert len(reminders) == 1
    both = [told(place_, number=number) for number in place_.numbers()]
    assert sorted("pengingat dikirim" in one for one in both) == [False, True]
    assert sorted("sudah diingatkan bersama insiden lain" in one for one in both) == [False, True]


def test_a_step_of_two_officials_is_in_time_when_both_were(place_: Town) -> None:
    place_.to_stage("disposisi")
    go_on(place_, "disposisi", minutes=2.5)
    incident = place_.incident()
    four, seven = (incident.step_clocks(place_.office.procedure())[step - 1] for step in (4, 7))
    assert (four.on_time, seven.on_time) == (True, True) and (four.minutes or 0) > 3 and (seven.minutes or 0) > 3
    assert "terlambat" not in final_report(place_)
    rows = [row for row in steps(place_) if row["Langkah"] in (4, 7)]
    assert [(row["Tahap"], row["Baku (menit)"], row["Tepat waktu"]) for row in rows] == [
        ("Disposisi Kabid", 3, "Ya"),
        ("Penugasan Tim Teknis", 3, "Ya"),
        ("Pelaporan ke Kabid", 3, "Ya"),
        ("Pelaporan ke Kadis", 3, "Ya"),
    ]
    assert {(row["Baku langkah (menit)"], row["Langkah tepat waktu"]) for row in rows} == {(6, "Ya")}


def test_the_deputy_who_stepped_in_is_not_late_by_the_minutes_of_whoever_was_silent(place_: Town) -> None:
    place_.to_stage("disposisi")
    place_.work(2)
    place_.work(1.2)
    place_.clock.forward(minutes=2)
    place_.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place_.work(0.2)
    go_on(place_, "penugasan")
    rows = {row["Oleh"]: row for row in steps(place_) if row["Tahap"] == "Disposisi Kabid"}
    kept = {str(name).partition(" ")[0].rstrip(","): row["Tepat waktu"] for name, row in rows.items()}
    assert kept == {"Yuliandri": "Tidak menjawab", "Dra.": "Ya"}
    assert "tidak menjawab" in final_report(place_)


def test_an_answer_that_came_in_time_is_in_time_however_long_the_desk_was_down(place_: Town) -> None:
    place_.to_stage("disposisi")
    place_.clock.forward(minutes=1.5)
    place_.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place_.restart()
    place_.work(20)
    go_on(place_, "penugasan")
    row = next(row for row in steps(place_) if row["Tahap"] == "Disposisi Kabid")
    assert (row["Menit"], row["Tepat waktu"], row["Langkah tepat waktu"]) == (1.5, "Ya", "Ya")


def test_what_ended_by_itself_is_not_called_forwarded(place_: Town) -> None:
    place_.to_stage("penerimaan")
    place_.work(7)
    assert place_.incident().outcome == "tanpa_tanda_terima"
    said = told(place_)
    assert "Kadis menerima laporan: ditutup otomatis tanpa jawaban, batas waktu terlampaui" in said
    notice = place_.last(cast.KADIS, "otomatis")
    assert notice.subject.endswith("Ditutup otomatis tanpa jawaban, batas waktu terlampaui: Kadis menerima laporan")
    shown = [said, final_report(place_), notice.plain, str(steps(place_)[-1])]
    assert not [text for text in shown if "diteruskan otomatis" in text]
    assert steps(place_)[-1]["Keputusan"] == "ditutup otomatis tanpa jawaban"


@pytest.mark.parametrize(
    ("stage", "said"),
    [("penerusan_analisis", "diteruskan otomatis"), ("pengiriman_laporan", "laporan dikirim otomatis")],
)
def test_what_went_on_by_itself_is_called_by_what_was_done(place_: Town, stage: str, said: str) -> None:
    place_.to_stage(stage)
    place_.work(7)
    assert f"{said}, batas waktu terlampaui" in told(place_)
    address = cast.KOORDINATOR if stage == "penerusan_analisis" else cast.HELPDESK
    assert said in " ".join(place_.last(address, "otomatis, batas waktu terlampaui").plain.split())


def test_times_over_midnight_bear_their_day(place_: Town) -> None:
    place_.clock.time = START + timedelta(hours=14, minutes=58)  # 23.58 WIB
    place_.letter()
    place_.work(0.1)
    asked = place_.last(cast.HELPDESK, "Mohon analisis")
    assert "sebelum 00.01 WIB (24 Nov)" in asked.subject
    assert " 23.58  Laporan diterima" in asked.plain, "of the day of the mail: no date"
    place_.clock.forward(minutes=2.5)
    go_on(place_, "analisis")
    closing = place_.last(DINKES, "Penanganan selesai").plain
    assert "23.58 (23 Nov)  Laporan diterima" in closing and "(24 Nov)" not in closing
    said = final_report(place_)
    assert "23.58 (23 Nov)" in said and "(24 Nov)" in said, "of a record of two days every time has its own"
    shown = CliRunner().invoke(siaga, ["show", ONE, "--config", str(place_.settings_file)]).output
    assert "23.58 (23 Nov)  Laporan diterima" in shown
    found = standing(place_)
    directory, words = place_.office.directory(), place_.office.words
    card = card_markdown(Case(ONE, found.events, found.procedure, directory, words), found.incident)
    assert "**23.58 (23 Nov)** Laporan diterima" in card


def test_what_was_forged_or_misread_stands_in_the_journal_and_in_no_report(place_: Town) -> None:
    place_.to_stage("disposisi")
    place_.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nBayar dulu tiang 7109.", sender=cast.SAMSAT)
    place_.work(0.3)
    place_.reply(cast.KABID, "Mohon disposisi", "Hm, mungkin nanti saja tiang 7108")
    place_.work(0.3)
    go_on(place_, "disposisi")
    whole, on_paper, in_mails = told(place_), final_report(place_), told(place_, Audience.OFFICIAL)
    for trace in ("7109", "7108", "belum jelas", "tidak diterima"):
        assert trace in whole and trace not in on_paper and trace not in in_mails, trace
