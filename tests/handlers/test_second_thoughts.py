"""Taking back is easy: what is written in answer to "Dicatat" takes back, is asked, or is told; thanks are thanks."""

from __future__ import annotations

import pytest

from sop.events import Late, Objected, Untrusted, Withdrawn
from tests import cast
from tests.handlers.test_late_words import events, told
from tests.town import Town

NUMBER = "DKL-2026-0001"


def stage_of(place: Town) -> str:
    current = place.incident().current
    return current.stage if current else place.incident().outcome


def answered_yes(place: Town) -> None:
    """Helpdesk has said YA, and the Koordinator is asked to forward it."""
    place.to_stage("penerusan_analisis")


def tap(place: Town, address: str, subject: str, button: str, body: str = "") -> None:
    """Somebody taps a button of the newest mail about `subject`: a new mail, whose subject bears its code."""
    asked = place.last(address, subject)
    code = asked.plain.rpartition("Kode surel: ")[2].split()[0]
    place.write(address, f"[{NUMBER}] {button} ({code})", body or f"{button}\n")


def test_the_note_of_an_answer_names_ralat_and_batal_and_has_a_button_for_each(place: Town) -> None:
    answered_yes(place)
    note = place.last(cast.HELPDESK, "Dicatat")
    text = " ".join(note.plain.split())
    assert "dengan RALAT diikuti jawaban yang benar, atau BATAL" in text
    assert note.html.count("mailto:") == 2 and "RALAT%20%28" in note.html and "BATAL%20%28" in note.html


def test_a_tap_on_batal_asks_the_same_official_anew_with_the_clock_running_on(place: Town) -> None:
    answered_yes(place)
    began = place.incident().step_clocks(place.office.procedure())[1].started
    tap(place, cast.HELPDESK, "Dicatat", "BATAL")
    place.work(0.5)
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "analisis"
    assert incident.current.may_answer("helpdesk") and len(told(place, cast.HELPDESK, "Mohon analisis")) == 2
    assert "ditarik" in place.last(cast.KOORDINATOR, "Tidak perlu dijawab lagi").plain
    clock = incident.step_clocks(place.office.procedure())[1]
    assert clock.started == began and clock.answered is None


OPPOSED = (
    "Maaf saya keliru, seharusnya TIDAK",
    "eh salah",
    "tunggu dulu jangan diteruskan",
    "kayaknya bukan darurat deh",
    "sebentar, saya cek lagi",
    "TIDAK",
    "Hmm, ternyata cuma satu komputer yang mati.",
    "Kok sudah dicatat?",
    "👎",
)


@pytest.mark.parametrize("text", OPPOSED)
def test_a_doubt_of_what_was_recorded_is_asked_before_the_next_has_answered(place: Town, text: str) -> None:
    answered_yes(place)
    place.reply(cast.HELPDESK, "Dicatat", text)
    place.work(0.5)
    incident = place.incident()
    assert stage_of(place) == "penerusan_analisis", "a doubt decided something"
    assert isinstance(events(place)[-1].data, Objected) and incident.objections == (("helpdesk", "analisis", 1),)
    asked = place.last(cast.HELPDESK, "Benar dibatalkan?")
    assert "salah satu jawaban di bawah bila jawaban semula keliru" in " ".join(asked.plain.split())
    assert "hanya dapat dilakukan selama pejabat berikutnya belum bertindak" in " ".join(asked.plain.split())
    assert "RALAT%20TIDAK" in asked.html and "BATAL%20%28" in asked.html
    assert [text in mail for mail in told(place, cast.KOORDINATOR, "Keterangan dari")] == [True]


@pytest.mark.parametrize("text", ["batalkan", "Batal dulu ya", "RALAT", "Mohon jawaban saya tadi dibatalkan."])
def test_what_plainly_takes_back_is_not_asked_first(place: Town, text: str) -> None:
    answered_yes(place)
    place.reply(cast.HELPDESK, "Dicatat", text)
    place.work(0.5)
    assert stage_of(place) == "analisis" or told(place, cast.HELPDESK, "Benar dibatalkan?")


@pytest.mark.parametrize("text", ["Terima kasih", "Ok", "Siap, baik", "Ya", "Betul", "YA", "👍"])
def test_thanks_and_a_yes_to_the_note_are_nothing_to_do(place: Town, text: str) -> None:
    answered_yes(place)
    before = len(events(place))
    place.reply(cast.HELPDESK, "Dicatat", text)
    place.work(0.5)
    assert len(events(place)) == before and not told(place, cast.HELPDESK, "Benar dibatalkan?")
    assert not told(place, cast.KOORDINATOR, "Keterangan dari")


YES = {"by a tap on the other answer": "RALAT: TIDAK\n\nAlasan: hanya satu komputer", "in words": "RALAT TIDAK"}


@pytest.mark.parametrize("way", YES)
def test_the_question_if_it_shall_be_taken_back_is_answered(place: Town, way: str) -> None:
    answered_yes(place)
    place.reply(cast.HELPDESK, "Dicatat", "Maaf saya keliru, seharusnya TIDAK")
    place.work(0.5)
    tap(place, cast.HELPDESK, "Benar dibatalkan?", "RALAT TIDAK", YES[way])
    place.work(0.5)
    assert place.incident().outcome == "bukan_darurat"


@pytest.mark.parametrize(("text", "stage"), [("Ya", "analisis"), ("Benar", "analisis"), ("BATAL", "analisis")])
def test_a_yes_to_the_question_takes_back_and_asks_anew(place: Town, text: str, stage: str) -> None:
    answered_yes(place)
    place.reply(cast.HELPDESK, "Dicatat", "eh salah")
    place.work(0.5)
    place.reply(cast.HELPDESK, "Benar dibatalkan?", text)
    place.work(0.5)
    assert stage_of(place) == stage and any(isinstance(event.data, Withdrawn) for event in events(place))


def test_a_no_to_the_question_or_what_may_be_one_changes_nothing(place: Town) -> None:
    answered_yes(place)
    place.reply(cast.HELPDESK, "Dicatat", "eh salah")
    place.work(0.2)
    for text in (
        "Ok, terima kasih",
        "Ok",
        "👍",
        "Tidak",
        "tidak jadi",
        "Terima kasih",
        "biarkan saja",
        "tetap ya",
        "sudah, lanjut",
    ):
        place.reply(cast.HELPDESK, "Benar dibatalkan?", text)
        place.work(0.1)
    assert stage_of(place) == "penerusan_analisis"
    assert len(told(place, cast.HELPDESK, "Benar dibatalkan?")) <= 3, "asked without end"


AFTERWARDS = (
    "Maaf saya keliru, seharusnya TIDAK",
    "RALAT: TIDAK",
    "BATAL",
    "tunggu dulu jangan diteruskan",
    "eh salah",
)


@pytest.mark.parametrize("text", AFTERWARDS)
def test_once_the_next_has_answered_a_doubt_is_told_to_whoever_holds_the_incident(place: Town, text: str) -> None:
    place.to_stage("disposisi")
    place.reply(cast.HELPDESK, "Dicatat", text)
    place.work(0.5)
    assert stage_of(place) == "disposisi" and isinstance(events(place)[-1].data, Late | Objected)
    assert [text in mail for mail in told(place, cast.KABID, "Keterangan dari")] == [True]
    said = " ".join(place.last(cast.HELPDESK, "Diteruskan; jawaban tetap berlaku").plain.split())
    assert "telah diteruskan kepada Kepala Bidang Aplikasi Informatika" in said
    assert not told(place, cast.HELPDESK, "Benar dibatalkan?")


def test_a_doubt_of_the_answer_that_ended_it_is_asked_and_ralat_opens_it_again(place: Town) -> None:
    place.letter()
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nBukan darurat.")
    place.work(1)
    place.reply(cast.HELPDESK, "Dicatat", "Maaf saya keliru, seharusnya YA")
    place.work(0.5)
    assert "RALAT YA" in " ".join(place.last(cast.HELPDESK, "Benar dibatalkan?").plain.split())
    tap(place, cast.HELPDESK, "Benar dibatalkan?", "RALAT YA", "RALAT: YA\n\nAlasan: seluruh kantor")
    place.work(0.5)
    assert place.incident().continued_as == "DKL-2026-0002"


def test_ralat_twice_answers_the_second_time_what_is_asked_anew(place: Town) -> None:
    answered_yes(place)
    place.reply(cast.HELPDESK, "Dicatat", "BATAL")
    place.work(0.2)
    place.reply(cast.HELPDESK, "Dicatat", "Batal saja ya")
    place.work(0.2)
    assert stage_of(place) == "analisis" and "sudah ditarik" in place.last(cast.HELPDESK, "Mohon ditegaskan").plain
    place.reply(cast.HELPDESK, "Dicatat", "RALAT: TIDAK\n\nHanya satu komputer.")
    place.work(0.2)
    assert place.incident().outcome == "bukan_darurat"


def test_a_deputy_who_takes_back_is_waited_for_and_so_is_whom_they_stand_in_for(place: Town) -> None:
    place.to_stage("disposisi")
    place.work(3)
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.5)
    place.reply(cast.SEKRETARIS, "Dicatat", "BATAL")
    place.work(0.5)
    current = place.incident().current
    assert current is not None and current.stage == "disposisi"
    assert current.may_answer("kabid") and current.may_answer("plh_kabid")
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "KEMBALIKAN\n\nAnalisis belum lengkap.")
    place.work(0.5)
    assert stage_of(place) == "analisis"


def test_nobody_takes_back_what_a_colleague_answered(place: Town) -> None:
    place.to_stage("disposisi")
    place.work(3)
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.5)
    place.reply(cast.KABID, "Sudah diputuskan", "RALAT: KEMBALIKAN\n\nAnalisis belum lengkap.")
    place.work(0.5)
    assert stage_of(place) == "penugasan"
    assert ["Analisis belum lengkap" in mail for mail in told(place, cast.KOORDINATOR, "Keterangan dari")] == [True]


def test_a_doubt_that_names_another_incident_takes_nothing_back(place: Town) -> None:
    answered_yes(place)
    place.letter(418)
    place.work(0.2)
    place.reply(cast.HELPDESK, f"[{NUMBER}] Dicatat", "RALAT untuk DKL-2026-0002: TIDAK")
    place.work(0.2)
    assert stage_of(place) == "penerusan_analisis" and place.incident("DKL-2026-0002").current is not None
    assert told(place, cast.HELPDESK, "Benar dibatalkan?")


def test_the_note_that_is_answered_says_which_answer_is_taken_back(place: Town) -> None:
    place.to_stage("penanganan")  # the Koordinator has forwarded, and later named the team
    first = next(mail for mail in place.inbox(cast.KOORDINATOR) if mail.subject.startswith(f"[{NUMBER}] Dicatat"))
    place.write(cast.KOORDINATOR, f"Re: {first.subject}", "BATAL", In_Reply_To=f"<{first.message_id}>")
    place.work(0.5)
    assert stage_of(place) == "penanganan", "the newer answer was taken back"
    assert ["BATAL" in mail for mail in told(place, cast.JARINGAN, "Keterangan dari")] == [True]


def test_a_stranger_who_got_the_note_takes_nothing_back_and_is_asked_nothing(place: Town) -> None:
    answered_yes(place)
    for text in ("BATAL", "RALAT: TIDAK", "Maaf saya keliru, seharusnya TIDAK"):
        place.reply(cast.HELPDESK, "Dicatat", text, sender=cast.SAMSAT)
        place.work(0.2)
        assert isinstance(events(place)[-1].data, Untrusted)
    assert stage_of(place) == "penerusan_analisis" and not told(place, cast.KOORDINATOR, "Keterangan dari")
    assert not told(place, cast.HELPDESK, "Benar dibatalkan?")


def test_a_forged_doubt_with_number_and_name_only_is_refused(place: Town) -> None:
    answered_yes(place)
    place.write(cast.SAMSAT, f"Re: [{NUMBER}] Dicatat", "eh salah, batalkan", claimed_sender=cast.HELPDESK)
    place.work(0.2)
    assert stage_of(place) == "penerusan_analisis" and not told(place, cast.KOORDINATOR, "Keterangan dari")


def test_a_colleague_who_got_the_note_takes_nothing_back(place: Town) -> None:
    answered_yes(place)
    place.reply(cast.HELPDESK, "Dicatat", "BATAL", sender=cast.KOORDINATOR)
    place.work(0.2)
    assert stage_of(place) == "penerusan_analisis"


def test_doubts_without_end_are_told_no_more(place: Town) -> None:
    place.to_stage("disposisi")
    for number in range(12):
        place.reply(cast.HELPDESK, "Dicatat", f"eh salah {number}")
        place.work(0.05)
    assert len(told(place, cast.KABID, "Keterangan dari")) == 6
    assert len(told(place, cast.HELPDESK, "Diteruskan; jawaban tetap berlaku")) <= 8


SECOND = "LAPORAN\n\nPenyebab: FO putus di km 5\nTindakan: disambung ulang\nHasil: normal"


@pytest.mark.parametrize(
    "second",
    [
        SECOND,
        SECOND.replace("km 5", "km 7") + "\nTolong Helpdesk hubungi RSUD.",
        "LAPORAN\n\nPenyebab: FO putus\nTindakan: kabel diganti\nHasil: normal\nMohon Kabid meninjau ke lapangan.",
        "PROGRES\n\nKami masih merapikan kabel di km 5.",
        "LAPORAN\n\nPenyebab: listrik padam\nTindakan: genset dinyalakan\nHasil: normal",
    ],
)
def test_a_second_report_before_anybody_acted_is_not_told_as_too_late(place: Town, second: str) -> None:
    place.to_stage("pengiriman_laporan")
    place.reply(cast.JARINGAN, "Penugasan penanganan", second)
    place.work(0.1)
    assert stage_of(place) == "pengiriman_laporan" and not told(
        place, cast.JARINGAN, "Diteruskan; jawaban tetap berlaku"
    )
    asked = place.last(cast.JARINGAN, "Benar dibatalkan?")
    assert "RALAT diikuti jawaban yang benar" in " ".join(asked.plain.split())
    place.reply(cast.JARINGAN, "Benar dibatalkan?", f"RALAT {SECOND}")
    place.work(0.1)
    answer = place.incident().last_answer("penanganan")
    assert stage_of(place) == "pengiriman_laporan" and answer is not None and "km 5" in answer.text


def test_a_second_report_after_helpdesk_sent_the_first_is_told_as_too_late(place: Town) -> None:
    place.to_stage("pelaporan_kabid")
    place.reply(cast.JARINGAN, "Penugasan penanganan", SECOND)
    place.work(0.1)
    assert not told(place, cast.JARINGAN, "Benar dibatalkan?")
