"""A later mail in an old thread: what is new is a new report with its own letter, what is not is a word on the old one."""

from __future__ import annotations

import pytest

from register import ledger
from tests import cast
from tests.cast import DINKES
from tests.field import deliver, raw, take_over_token
from tests.town import Town

ONE, TWO, THREE = "DKL-2026-0001", "DKL-2026-0002", "DKL-2026-0003"
NEW = "Mohon bantuan, aplikasi SIMRS tidak bisa dibuka sejak pukul 07.15 WIB, pendaftaran pasien berhenti total."


def closed(place: Town) -> Town:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")
    place.work(1)
    assert place.incident().outcome == "selesai"
    return place


def writes(
    place: Town, text: str, *, about: str = "Penanganan selesai", subject: str = "", sender: str = DINKES
) -> None:
    """The reporter answers our mail about that, and quotes it; under a subject of their own if there is one."""
    asked = place.last(DINKES, about)
    quoted = "\n".join(f"> {line}" for line in asked.plain.split("\n"))
    body = f"{text}\n\nArif Munandar\n0812-6700-1145\n\nPada Sen, 23 Nov 2026 pukul 10.00 Kominfo <{asked.sender}>\nmenulis:\n\n{quoted}\n"
    refers = {"In_Reply_To": f"<{asked.message_id}>", "References": f"<{asked.message_id}>"}
    place.write(sender, subject or f"Re: {asked.subject}", body, **refers)
    place.work(1)


# The real ones -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "days", "opens"),
    [
        ("21-tutup-3-hari-sama", 3, True),
        ("21-tutup-30-hari-lain", 30, True),
        ("21-tutup-30-hari-terima-kasih", 30, False),
        ("21-hanya-token-di-subjek", 30, True),
    ],
)
def test_a_real_mail_in_the_thread_of_an_ended_incident(place: Town, name: str, days: int, opens: bool) -> None:
    closed(place)
    content = raw(name)
    if b"In-Reply-To" in content:
        take_over_token(place, content, DINKES)
    place.clock.forward(days=days)
    became = deliver(place, content)
    assert became.opened is opens
    if not opens:
        assert place.numbers() == [ONE] and "Terima kasih" in place.last(cast.HELPDESK, "Kabar dari pelapor").plain
        return
    assert place.numbers() == [ONE, TWO] and became.incident is not None
    assert became.incident.report.layanan == (("jaringan",) if "sama" in name else ("aplikasi",))
    assert became.incident.mail == became.mail.id, "it is opened with somebody else's letter"
    assert ONE in place.last(cast.HELPDESK, f"{TWO}] Mohon analisis").plain


def test_a_real_report_of_something_else_while_the_first_is_worked(place: Town) -> None:
    place.to_stage("penanganan")
    content = raw("21-berjalan-lain-subjek-baru")
    take_over_token(place, content, DINKES)
    became = deliver(place, content)
    assert became.opened and became.incident is not None and became.incident.report.layanan == ("aplikasi",)
    assert became.incident.report.hal == "SIMRS tidak bisa dibuka"
    assert became.incident.report.opd == "Dinas Kesehatan"
    assert f"GABUNG%20{ONE}" in place.last(cast.HELPDESK, f"{TWO}] Mohon analisis").html
    assert "Laporan diterima" in place.last(DINKES, f"{TWO}] Laporan diterima").subject
    assert place.incident(ONE).current is not None


# Our own variations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "subject"), [(0, ""), (30, "SIMRS tidak bisa dibuka")])
def test_another_matter_after_the_end_is_a_new_report_whenever_and_under_whatever_subject(
    place: Town, days: int, subject: str
) -> None:
    closed(place)
    place.clock.forward(days=days, hours=2)
    writes(place, NEW, subject=subject)
    assert place.numbers() == [ONE, TWO]
    assert place.incident(TWO).report.layanan == ("aplikasi",) and not place.incident(TWO).continues


@pytest.mark.parametrize("text", ["Masih mati.", "Terima kasih atas bantuannya, tetapi sekarang internet mati lagi."])
def test_the_same_matter_days_after_the_end_is_a_new_report_with_a_hint(place: Town, text: str) -> None:
    closed(place)
    place.clock.forward(days=3)
    writes(place, text)
    assert place.numbers() == [ONE, TWO] and not place.incident(TWO).continues
    asked = " ".join(place.last(cast.HELPDESK, f"{TWO}] Mohon analisis").plain.split())
    assert f"dalam percakapan {ONE}" in asked and "yang sudah ditutup" in asked


@pytest.mark.parametrize("text", ["Jaringan putus lagi.", "BELUM. Internet masih mati."])
def test_the_same_matter_within_a_day_goes_on_and_the_reporters_words_are_shown(place: Town, text: str) -> None:
    closed(place)
    place.clock.forward(hours=5)
    writes(place, text)
    assert place.numbers() == [ONE, TWO] and place.incident(TWO).continues == ONE
    assert text in place.last(cast.HELPDESK, f"{TWO}] Mohon analisis").plain


@pytest.mark.parametrize(
    ("days", "text"), [(0, "Apa penyebab gangguan kemarin?"), (30, "Terima kasih atas bantuannya.")]
)
def test_thanks_and_questions_after_the_end_open_nothing_and_are_told(place: Town, days: int, text: str) -> None:
    closed(place)
    place.clock.forward(days=days, minutes=30)
    writes(place, text)
    assert place.numbers() == [ONE]
    assert text[:20] in place.last(cast.HELPDESK, "Kabar dari pelapor").plain


@pytest.mark.parametrize("text", ["Di gedung B juga putus.", "Sudah sampai mana penanganannya?"])
def test_while_it_runs_more_about_it_is_a_word_on_it(place: Town, text: str) -> None:
    place.to_stage("penanganan")
    writes(place, text, about="Laporan diterima")
    assert place.numbers() == [ONE]
    assert text[:20] in place.last(cast.HELPDESK, "Kabar dari pelapor").plain


def test_a_word_on_what_was_reported_apart_goes_there_though_written_in_the_older_thread(place: Town) -> None:
    place.to_stage("penanganan")
    writes(place, NEW, about="Laporan diterima")
    writes(place, "Aplikasi SIMRS masih belum bisa dibuka.", about=f"{ONE}] Laporan diterima")
    assert place.numbers() == [ONE, TWO]
    assert any("SIMRS masih belum" in text for text in place.incident(TWO).follow_ups)


def test_two_systems_of_one_category_are_two_matters(place: Town) -> None:
    place.to_stage("penanganan")
    writes(place, NEW, about="Laporan diterima")
    writes(place, "Sekarang SIPD juga error, tidak bisa login.", about=f"{TWO}] Laporan diterima")
    assert place.numbers() == [ONE, TWO, THREE]


def test_what_a_short_word_quotes_is_not_what_its_author_reports(place: Town) -> None:
    closed(place)
    place.clock.forward(days=30)
    writes(place, "SIMRS down")
    incident = place.incident(TWO)
    assert incident.report.layanan == ("aplikasi",) and incident.report.hal == "SIMRS down"
    assert "internet" not in str(incident.report.ringkasan).lower() and not incident.report.nomor


def test_helpdesk_may_still_open_a_word_with_its_own_letter(place: Town) -> None:
    closed(place)
    place.clock.forward(days=5)
    writes(place, "Mohon dicek kembali, aplikasi SIMRS terasa berat sekali hari ini.")
    assert place.numbers() == [ONE]
    order(place, "DARURAT")
    incident = place.incident(TWO)
    with place.office.database.reading() as tx:
        word = next(mail for mail in ledger.everything(tx) if mail.incident == TWO and mail.became == "insiden")
    assert incident.mail == word.id and "SIMRS" in str(incident.report.ringkasan)
    order(place, "DARURAT")
    assert place.numbers() == [ONE, TWO], "one mail is opened twice"


def test_helpdesk_may_open_a_word_on_a_running_incident_as_another_matter(place: Town) -> None:
    place.to_stage("penanganan")
    writes(place, "Di gedung B juga putus.", about="Laporan diterima")
    assert "DARURAT" in place.last(cast.HELPDESK, "Kabar dari pelapor").plain
    order(place, "DARURAT")
    assert place.numbers() == [ONE, TWO] and not place.incident(TWO).continues
    assert place.incident(ONE).current is not None, "the running incident was touched"


def order(place: Town, word: str) -> None:
    place.reply(cast.HELPDESK, "Kabar dari pelapor", word)
    place.work(1)


def test_an_official_beside_the_thread_reports_nothing_by_that(place: Town) -> None:
    place.to_stage("penanganan")
    letter = next(mail for mail in place.inbox(cast.OFFICE) if mail.sender == DINKES)
    refers = {"In_Reply_To": f"<{letter.message_id}>"}
    place.write(cast.SEKRETARIS, f"Re: {letter.subject}", "SIMRS juga tidak bisa dibuka.", **refers)
    place.work(1)
    assert place.numbers() == [ONE]
