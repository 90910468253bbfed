"""What people are told is said in whole sentences: with its hour and day, how to answer, and that there is more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from parsers.mails.message import Mail
from templates import phrasing
from tests import cast
from tests.cast import DINKES, HELPDESK, KABID, KOORDINATOR
from tests.town import Town

LONG = "Utamakan jalur pelaporan kewaspadaan dini dan kabari pelapor setiap setengah jam sampai pulih. " * 6


def flat(mail: Mail) -> str:
    return " ".join(mail.plain.split())


@pytest.mark.parametrize(
    ("today", "bracketed", "said"),
    [
        (date(2026, 11, 24), False, "00.04 WIB"),
        (date(2026, 11, 24), True, "00.04 WIB"),
        (date(2026, 11, 23), False, "00.04 WIB (24 Nov)"),
        (date(2026, 11, 23), True, "00.04 WIB, 24 Nov"),
        (date(2027, 1, 1), False, "00.04 WIB (24 Nov 2026)"),
        (None, False, "00.04 WIB (24 Nov)"),
    ],
)
def test_an_hour_of_another_day_ends_with_the_date(today: date | None, *, bracketed: bool, said: str) -> None:
    at = datetime(2026, 11, 23, 17, 4, tzinfo=UTC)
    assert phrasing.clock_wib(at, today, bracketed=bracketed) == said


def test_over_midnight_every_mail_says_the_hour_then_the_day(place: Town) -> None:
    place.clock.time += timedelta(hours=14, minutes=59)  # 23.59 WIB
    place.to_stage("penerusan_analisis")
    asked = place.last(KOORDINATOR, "Mohon diteruskan")
    assert "sebelum 00.0" in asked.subject
    place.work(30)
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI LAYANAN: listrik")
    place.work(1)
    mails = [mail for who in (DINKES, HELPDESK, KOORDINATOR, KABID) for mail in place.inbox(who)]
    told = [f"{mail.subject} {flat(mail)}" for mail in mails]
    assert not [text for text in told if "Nov) WIB" in text]
    assert any("00.3" in text and "WIB, 24 Nov)" in text for text in told), "the correction, within brackets"


def test_no_opened_bracket_stands_within_another(place: Town) -> None:
    place.to_stage("disposisi")
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI LAYANAN: listrik")
    place.work(1)
    told = flat(place.last(KABID, "Kartu insiden dikoreksi"))
    assert "(dikoreksi Dedi Kurniadi, A.Md., Petugas Helpdesk, pukul 09.0" in told


def test_kabid_reads_where_no_leads_to(place: Town) -> None:
    place.to_stage("disposisi")
    assert "TIDAK diikuti alasannya; Helpdesk diminta menganalisis ulang" in flat(place.last(KABID, "Mohon disposisi"))
    assert "menganalisis ulang" not in flat(place.last(HELPDESK, "Mohon analisis"))
    place.reply(KABID, "Mohon disposisi", "TIDAK\n\nAnalisis belum lengkap.")
    place.work(1)
    current = place.incident().current
    assert current is not None and current.stage == "analisis"


@pytest.mark.parametrize(("words", "more"), [(LONG, True), ("Segera tangani.", False)])
def test_an_instruction_that_is_cut_says_where_the_rest_is(place: Town, words: str, *, more: bool) -> None:
    place.to_stage("disposisi")
    place.reply(KABID, "Mohon disposisi", f"DISPOSISI\n\n{words}")
    place.work(1)
    asked = place.last(KOORDINATOR, "Mohon penugasan")
    assert ("(selengkapnya pada Lembar Disposisi terlampir)" in flat(asked)) is more
    assert [part for part in asked.attachments if part.filename.startswith("Lembar-Disposisi")]


def test_a_receipt_speaks_of_the_letter_that_the_reporter_enclosed(place: Town) -> None:
    place.letter()
    place.work()
    receipt = place.last(DINKES, "Laporan diterima")
    assert "kami baca dari surat yang Saudara lampirkan, kecuali" in flat(receipt)
    assert "terlampir" not in flat(receipt) and not receipt.attachments


def test_what_went_on_by_itself_is_a_sentence_also_for_whoever_is_late(place: Town) -> None:
    place.to_stage("penerusan_analisis")
    place.work(7)
    notice = place.last(KOORDINATOR, "otomatis, batas waktu terlampaui")
    said = "langkah “Penerusan ke Kabid” untuk DKL-2026-0001 diselesaikan oleh sistem: diteruskan otomatis."
    assert said in flat(notice)
    place.reply(KOORDINATOR, "Mohon diteruskan", "TERUSKAN")
    place.work(1)
    late = flat(place.last(KOORDINATOR, "Sudah diputuskan"))
    assert "Langkah “Penerusan ke Kabid” untuk DKL-2026-0001 sudah diselesaikan oleh sistem pukul 09." in late
    assert "karena batas waktu terlampaui (diteruskan otomatis). Surel Saudara dicatat." in late


def test_helpdesk_reads_how_to_correct_what_the_reporter_said_otherwise(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI LOKASI: Gedung B, lantai 2")
    place.work(1)
    place.reply(DINKES, "Laporan diterima", "Tambahan keterangan.\nLokasi: Gedung C, lantai 1")
    place.work(1)
    told = flat(place.last(HELPDESK, "Kabar dari pelapor"))
    assert "balas surel ini, misalnya KOREKSI LOKASI: diikuti isian yang benar." in told
    place.reply(HELPDESK, "Kabar dari pelapor", "KOREKSI LOKASI: Gedung C, lantai 1")
    place.work(1)
    assert place.incident().report.lokasi == "Gedung C, lantai 1"


def test_orders_beside_an_answer_are_told_with_its_step(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA\n\nGenset diuji tiap bulan.")
    place.work(1)
    told = flat(place.last(KOORDINATOR, "Arahan dari"))
    assert "menyertai jawabannya pada langkah “Kadis menerima laporan” (laporan diterima):" in told
