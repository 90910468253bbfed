"""Officials as they are: silent, late, unclear, twice, or somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.admin_answered import NotWaiting, record_oral_answer
from register import journal
from sop.events import Late
from tests import cast
from tests.cast import DINKES
from tests.town import Town


def test_silence_is_reminded_and_then_the_deputy_answers(place: Town) -> None:
    place.to_stage("disposisi")
    place.work(2)
    assert "Pengingat" in place.last(cast.KABID, "Pengingat").subject
    place.work(1)
    asked = place.last(cast.SEKRETARIS, "Mohon disposisi")
    assert "batas waktu terlampaui" in asked.plain
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "Setuju. Segera tangani.")
    place.work(1)
    incident = place.incident()
    disposisi = incident.last_answer("disposisi")
    assert disposisi is not None
    assert (disposisi.capacity, disposisi.title) == ("wakil", "Plh. Kepala Bidang Aplikasi Informatika")
    assert "Sudah diputuskan" in place.last(cast.KABID, "Sudah diputuskan").subject
    step = incident.step_clocks(place.office.procedure())[3]
    assert step.started is not None and step.answered is None  # the Koordinator still has to name a team


def test_a_forwarding_step_goes_on_by_itself_and_says_so(place: Town) -> None:
    place.to_stage("penerusan_analisis")
    place.work(7)
    incident = place.incident()
    answer = incident.visits[1].answer
    assert answer is not None and not answer.person
    assert incident.current is not None and incident.current.stage == "disposisi"
    assert "Diteruskan otomatis" in place.last(cast.KOORDINATOR, "Diteruskan otomatis").subject


def test_a_deciding_step_is_never_decided_by_the_machine(place: Town) -> None:
    place.to_stage("analisis")
    for _ in range(12):
        place.work(30)
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "analisis"
    assert place.last(cast.KOORDINATOR, "Mohon analisis")  # the next superior was asked


def test_time_asked_for_by_word_of_mouth_needs_a_length_too(place: Town) -> None:
    place.to_stage("penanganan")
    with pytest.raises(NotWaiting, match="lamanya"):
        record_oral_answer(place.office, "DKL-2026-0001", "minta_waktu", "butuh waktu sebentar", "", "admin")
    record_oral_answer(place.office, "DKL-2026-0001", "minta_waktu", "satu setengah jam lagi", "", "admin")
    current = place.incident().current
    assert current is not None and current.extension == timedelta(minutes=90)


def test_the_team_reports_progress_and_asks_for_time(place: Town) -> None:
    place.to_stage("penanganan")
    place.reply(cast.JARINGAN, "Penugasan penanganan", "PROGRES\n\nKabel sedang disambung.")
    place.work(5)
    place.reply(cast.JARINGAN, "Penugasan penanganan", "MINTA WAKTU 45 menit\n\nMenunggu alat.")
    place.work(5)
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "penanganan"
    assert [answer.decision for answer in incident.current.recorded] == ["progres", "minta_waktu"]
    assert incident.step_clocks(place.office.procedure())[4].standard.total_seconds() == 105 * 60
    assert "Kabel sedang disambung" in place.inbox(DINKES)[-2].plain


def test_an_unclear_answer_is_asked_back_and_decides_nothing(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "Ya, tapi ini bukan darurat menurut saya")
    place.work(1)
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "analisis"
    back = place.last(cast.HELPDESK, "Mohon ditegaskan")
    assert "bukan darurat menurut saya" in back.plain
    place.reply(cast.HELPDESK, "Mohon ditegaskan", "YA, darurat")
    place.work(1)
    assert place.incident().visits[0].answer is not None


def test_a_stranger_who_quotes_the_number_decides_nothing_and_helpdesk_is_told(place: Town) -> None:
    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    place.write(cast.SAMSAT, f"Re: {asked.subject}", "DISPOSISI\n\nTutup saja.", In_Reply_To=f"<{asked.message_id}>")
    place.work(1)
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "disposisi"
    assert "tidak terdaftar" in place.last(cast.HELPDESK, "Jawaban tidak diterima").plain


def test_the_same_answer_twice_counts_once(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "YA")
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK")
    place.work(1)
    incident = place.incident()
    assert incident.visits[0].answer is not None and incident.visits[0].answer.decision == "ya"
    assert incident.current is not None and incident.current.stage == "penerusan_analisis"
    with place.office.database.reading() as tx:
        kinds = [event.kind for event in journal.read_events(tx, incident.number)]
    assert kinds.count(Late.kind) == 1


def test_a_returned_report_goes_back_and_comes_again(place: Town) -> None:
    place.to_stage("pelaporan_kabid")
    place.reply(cast.KABID, "Mohon laporan hasil diteruskan", "KEMBALIKAN\n\nLengkapi penyebabnya.")
    place.work(1)
    incident = place.incident()
    assert incident.current is not None
    assert (incident.current.stage, incident.current.number) == ("pengiriman_laporan", 2)
    assert "Lengkapi penyebabnya" in place.last(cast.HELPDESK, "Mohon periksa dan kirim").plain


def test_an_edited_directory_is_followed_by_a_desk_that_runs(place: Town) -> None:
    """The request that waits goes to whoever holds the role now; whoever left is not waited for any more."""
    place.to_stage("disposisi")
    people = place.folder / "pejabat.yaml"
    successor = cast.PEOPLE.replace("kode: kabid,", "kode: kabid_baru,").replace(
        "Yuliandri Putra, S.Kom., M.T.", "Silvia"
    )
    people.write_text(successor.replace(f"surel: {cast.KABID}", f"surel: {cast.SAMSAT}"), encoding="utf-8")
    place.work(0.2)
    assert "daftar pejabat diperbarui" in place.last(cast.SAMSAT, "Mohon disposisi").plain
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nTangani.")
    place.work(0.2)
    assert place.incident().last_answer("disposisi") is None, "whoever left decided"
    place.reply(cast.SAMSAT, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.2)
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and answer.name == "Silvia"


def test_a_broken_directory_stops_nobody_and_changes_nothing(place: Town) -> None:
    place.to_stage("disposisi")
    (place.folder / "pejabat.yaml").write_text("pejabat: [", encoding="utf-8")
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.2)
    assert place.incident().last_answer("disposisi") is not None


@pytest.mark.parametrize("broken", [True, False], ids=["broken", "gone"])
def test_an_office_that_is_opened_while_the_directory_is_broken_works_by_the_last_good_one(
    place: Town, caplog: pytest.LogCaptureFixture, broken: bool
) -> None:
    """Crash, reboot or update in the hour in which somebody is editing the file."""
    place.to_stage("disposisi")
    people = place.folder / "pejabat.yaml"
    if broken:
        people.write_text("pejabat: [", encoding="utf-8")
    else:
        people.unlink()
    place.restart()
    assert "tetap berlaku versi baik terakhir" in caplog.text
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.2)
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and answer.name == "Yuliandri Putra, S.Kom., M.T."
    place.letter(serial=418)
    place.work(0.2)
    assert "DKL-2026-0002" in place.last(cast.HELPDESK, "Mohon analisis").subject
    place.restart()
    place.reply(cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Jaringan")
    place.work(0.2)
    assert "Penugasan" in place.last(cast.JARINGAN, "Penugasan penanganan").subject
    successor = cast.PEOPLE.replace("kode: helpdesk,", "kode: helpdesk_baru,").replace(cast.HELPDESK, cast.SAMSAT)
    people.write_text(successor, encoding="utf-8")
    place.work(0.2)
    assert "daftar pejabat diperbarui" in place.last(cast.SAMSAT, "Mohon analisis").plain, "mended, and not followed"


def test_a_question_is_relayed_to_helpdesk_and_the_deadline_stays(place: Town) -> None:
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "Ini sudah koordinasi dengan PLN belum?")
    place.work(0.5)
    assert "PLN" in place.last(cast.HELPDESK, "Mohon dijawab: pertanyaan").plain
    answer = place.last(cast.KABID, "Pertanyaan diteruskan")
    assert "Batas waktu tetap berjalan" in answer.plain and "DISPOSISI" in answer.plain


def test_thanks_for_a_notice_are_noted_and_start_no_conversation(place: Town) -> None:
    place.to_stage("penerusan_analisis")
    before = len(place.inbox(cast.HELPDESK))
    place.reply(cast.HELPDESK, "Dicatat", "Baik, terima kasih 🙏")
    place.work(0.1)
    assert len(place.inbox(cast.HELPDESK)) == before
    assert place.incident().late == () and place.incident().refused == ()


def test_an_assignment_to_somebody_unknown_is_asked_back_and_sends_nobody(place: Town) -> None:
    place.to_stage("penugasan")
    place.reply(cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Satelit")
    place.work(0.2)
    assert place.incident().last_answer("penugasan") is None
    assert "tidak tercatat" in " ".join(place.last(cast.KOORDINATOR, "Mohon ditegaskan").plain.split())
    place.reply(cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Aplikasi")
    place.work(0.2)
    current = place.incident().current
    assert current is not None and {asked.person for asked in current.asked} == {"tim_aplikasi"}
