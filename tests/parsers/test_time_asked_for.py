"""Spans of time, pleas for more time, and terms: exact, or asked back; never in the past."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from parsers.replies.answer import read_answer
from parsers.replies.deadlines import deadline
from parsers.replies.handling_report import read_report
from parsers.replies.more_time import HOURLESS, TOO_LONG, UNSAID, more_time
from parsers.words.dates import WIB
from parsers.words.spans import spans

SENT = datetime(2026, 11, 23, 9, 3, tzinfo=WIB)  # a Monday
HANDLING, DISPOSISI = ("laporan", "progres", "minta_waktu"), ("disposisi", "tidak", "kembalikan")


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=WIB)


PLAIN = {
    "30 menit": 30,
    "30menit": 30,
    "90 mnt": 90,
    "1,5 jam": 90,
    "1.5 jam": 90,
    "1,25 jam": 75,
    "1½ jam": 90,
    "1 1/2 jam": 90,
    "3/4 jam": 45,
    "satu setengah jam": 90,
    "sejam setengah": 90,
    "dua setengah jam": 150,
    "2 jam setengah": 150,
    "2 jam 30 menit": 150,
    "2 jam dan 30 menit": 150,
    "2 jam lebih 15 menit": 135,
    "satu jam empat puluh lima menit": 105,
    "dua jam lagi": 120,
    "seperempat jam": 15,
    "tiga perempat jam": 45,
    "setengah jam": 30,
    "sejam": 60,
    "sehari": 1440,
    "1 hari": 1440,
    "setengah hari": 720,
    "2x24 jam": 2880,
    "3 hari": 4320,
    "lima belas menit": 15,
    "seratus dua puluh menit": 120,
    "seratus dan dua puluh menit": 120,
    "sekitar 2 jam": 120,
    "maksimal 2 jam": 120,
    "duo jam": 120,
    "tigo puluah menit": 30,
    "duo jam satangah": 150,
    "two hours": 120,
    "half an hour": 30,
    "an hour and a half": 90,
    "twenty-five minutes": 25,
    "one hundred and twenty minutes": 120,
    "sampai pukul 11.00": 117,
    "sampai jam 11": 117,
    "sampai jam 3 sore": 357,
    "sampai jam tiga sore": 357,
    "s.d. 14.00": 297,
    "sd 14.00": 297,
    "s/d pukul 14.00 WIB": 297,
    "hingga 14.00": 297,
    "sampai pukul 11.30 WITA": 87,
    "sampai besok pukul 08.00": 1377,
    "sampai Jumat pukul 10.00": 4 * 1440 + 57,
    "30 menit, sampai pukul 09.33": 30,
    "dari 60 menit menjadi 90 menit": 90,
    "2 jam lagi, sudah 1 jam kami kerjakan": 120,
    "30 menit karena splicer baru tiba 10 menit lagi": 30,
    "30 menit\n\nAlasan: splicer\n2 jam perjalanan dari Solok": 30,
}
DOUBTFUL = {
    "": UNSAID,
    "\n\nAlasan: splicer masih di Solok": UNSAID,
    "sebentar": UNSAID,
    "secukupnya": UNSAID,
    "beberapa jam": UNSAID,
    "1-2 jam": UNSAID,
    "1 s.d. 2 jam": UNSAID,
    "setengah sampai satu jam": UNSAID,
    "lebih dari 2 jam": UNSAID,
    "minimal 2 jam": UNSAID,
    "2 jam lebih": UNSAID,
    "2 jam 15": UNSAID,
    "2.30 jam": UNSAID,
    "2 hari kerja": UNSAID,
    "30 menit atau 1 jam": UNSAID,
    "1 jam, paling lama 3 jam": UNSAID,
    "sampai selesai": UNSAID,
    "sampai pukul 08.30": UNSAID,
    "sampai besok pagi": HOURLESS,
    "sampai sore": HOURLESS,
    "hingga Jumat": HOURLESS,
    "300 hari": TOO_LONG,
}


@pytest.mark.parametrize(("said", "minutes"), PLAIN.items())
def test_a_plain_plea_gets_just_its_minutes(said: str, minutes: int) -> None:
    answer = read_answer(f"MINTA WAKTU {said}", HANDLING, SENT)
    assert (answer.decision, answer.details.minutes) == ("minta_waktu", minutes)


@pytest.mark.parametrize(("said", "understood"), DOUBTFUL.items())
def test_a_plea_without_a_plain_length_decides_nothing_and_says_what_is_missing(said: str, understood: str) -> None:
    answer = read_answer(f"MINTA WAKTU {said}", HANDLING, SENT)
    assert (answer.decision, answer.understood) == ("", understood)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("Karena splicer baru tiba, mohon tambahan waktu 2 jam.", 120),
        ("Mohon perpanjangan waktu sampai pukul 11.00, kabel masih ditarik.", 117),
        ("Kami butuh waktu satu setengah jam lagi untuk penyambungan", 90),
        ("Mohon tambahan waktu dua jam karena alat masih di Solok, perjalanan 1 jam", 120),
    ],
)
def test_a_plea_in_everyday_words(said: str, minutes: int) -> None:
    assert read_answer(said, HANDLING, SENT).details.minutes == minutes


def _in_words(number: int) -> str:
    ones = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
    if number < 12:
        return ones[number]
    if number < 20:
        return f"{ones[number - 10]} belas"
    if number < 100:
        return f"{ones[number // 10]} puluh" + (f" {ones[number % 10]}" if number % 10 else "")
    return "seratus" + (f" {_in_words(number - 100)}" if number > 100 else "")


@pytest.mark.parametrize("number", range(1, 200))
def test_every_number_word_is_its_number(number: int) -> None:
    (span,) = spans(f"butuh {_in_words(number)} menit lagi")
    assert (span.minutes, span.exact) == (number, True)


@pytest.mark.parametrize("minute", range(0, 24 * 60, 11))
def test_until_an_hour_is_exact_at_every_minute_of_the_day(minute: int) -> None:
    base = at("2026-11-23 00:00") + timedelta(minutes=minute)
    for ahead in (1, 29, 60, 300):
        end = base + timedelta(minutes=ahead)
        asked = more_time(f"MINTA WAKTU sampai pukul {end:%H.%M}", base)
        assert (asked.minutes, asked.until) == (ahead, end)


TERMS = [
    ("2026-11-23 09:03", "Segera tangani, jangan tunggu besok.", ""),
    ("2026-11-23 09:03", "Segera tangani, jangan sampai sore.", ""),
    ("2026-11-23 09:03", "Jangan ditunda sampai besok.", ""),
    ("2026-11-23 09:03", "Tangani segera tanpa menunggu besok pagi.", ""),
    ("2026-11-23 09:03", "Tangani segera, tidak usah menunggu sampai besok.", ""),
    ("2026-11-23 09:03", "Tangani hari ini, jangan tunggu besok.", "2026-11-23"),
    ("2026-11-23 09:03", "Jangan tunggu besok selesaikan hari ini.", "2026-11-23"),
    ("2026-11-23 09:03", "Jangan menunggu sore, lapor pukul 12.00.", "2026-11-23T12:00"),
    ("2026-11-23 09:03", "Jangan sampai lewat pukul 12.00.", "2026-11-23T12:00"),
    ("2026-11-23 09:03", "Selesaikan, jangan lebih dari 2 jam.", "2026-11-23T11:03"),
    ("2026-11-23 09:03", "Tangani. Jangan lupa lapor sebelum pukul 12.00.", "2026-11-23T12:00"),
    ("2026-11-23 09:03", "Jangan matikan server sebelum pukul 12.00.", ""),
    ("2026-11-23 09:03", "Segera tangani karena besok ada kunjungan Menteri.", ""),
    ("2026-11-23 09:03", "Segera tangani, besok ada rapat Gubernur.", ""),
    ("2026-11-23 09:03", "Siapkan cadangan untuk rapat besok pukul 10.00.", ""),
    ("2026-11-23 09:03", "Tangani segera agar rapat besok lancar.", ""),
    ("2026-11-23 09:03", "Tangani segera. Rapat pukul 10.00 tetap jalan.", ""),
    ("2026-11-23 09:03", "Tangani, besok saya ke Jakarta.", ""),
    ("2026-11-23 09:03", "Tangani segera agar besok pagi sudah normal.", "2026-11-24"),
    ("2026-11-23 09:03", "Lapor sebelum rapat pukul 10.00.", "2026-11-23T10:00"),
    ("2026-11-23 09:03", "Selesaikan sebelum rapat besok.", "2026-11-24"),
    ("2026-11-23 09:03", "Segera tangani, paling lambat pukul 12.00.", "2026-11-23T12:00"),
    ("2026-11-23 09:03", "Selesaikan sebelum Jumat.", "2026-11-27"),
    ("2026-11-27 09:00", "Selesaikan sebelum Jumat.", "2026-12-04"),
    ("2026-11-27 09:00", "Selesaikan Senin depan.", "2026-11-30"),
    ("2026-11-23 09:03", "Selesaikan dalam 1,5 jam.", "2026-11-23T10:33"),
    ("2026-11-23 09:03", "Lapor 2 jam 30 menit lagi.", "2026-11-23T11:33"),
    ("2026-11-23 09:03", "Selesaikan dalam 2x24 jam.", "2026-11-25T09:03"),
    ("2026-11-23 09:03", "Selesaikan maksimal 2 hari.", "2026-11-25"),
    ("2026-11-23 09:03", "Lapor besok jam 2.", "2026-11-24T14:00"),
    ("2026-11-23 09:03", "Selesaikan paling lambat pukul 24.00 hari ini.", "2026-11-24T00:00"),
    ("2026-11-23 09:03", "Lapor sebelum pukul 14.00 WITA.", "2026-11-23T13:00"),
    ("2026-11-23 23:50", "Lapor sebelum pukul 00.30.", "2026-11-24T00:30"),
    ("2026-11-23 12:10", "Lapor sebelum pukul 12.00.", ""),
    ("2026-12-31 22:00", "Selesaikan sebelum 2 Januari.", "2027-01-02"),
    ("2026-12-31 22:00", "Selesaikan besok pukul 08.00.", "2027-01-01T08:00"),
]


@pytest.mark.parametrize(("sent", "words", "until"), TERMS)
def test_until_when(sent: str, words: str, until: str) -> None:
    assert deadline(words, at(sent)) == (f"{until}:00+07:00" if "T" in until else until)


@pytest.mark.parametrize(
    "phrase",
    [
        "sebelum pukul {h:02}.{m:02}",
        "paling lambat jam {h}.{m:02}",
        "hari ini pukul {h:02}.{m:02}",
        "besok jam {h}.{m:02}",
        "sebelum Senin pukul {h:02}.{m:02}",
        "sampai pukul {h:02}.{m:02} WIT",
    ],
)
def test_of_no_minute_of_the_day_a_term_is_over(phrase: str) -> None:
    for minute in range(24 * 60):
        base = at("2026-11-23 00:00") + timedelta(minutes=(minute * 7) % 1440)
        said = phrase.format(h=minute // 60, m=minute % 60)
        if found := deadline(f"Selesaikan {said}.", base):
            moment = datetime.fromisoformat(found)
            assert moment > base, (said, base)
            assert moment.minute == minute % 60, said


@pytest.mark.parametrize(
    ("sent", "words", "started", "finished"),
    [
        ("2026-11-23 11:00", "Hasil: normal, selesai pukul 10.40", "", "2026-11-23T10:40"),
        ("2026-11-23 10:30", "Hasil: normal, selesai pukul 10.40", "", "2026-11-23T10:40"),
        ("2026-11-24 00:20", "Hasil: normal, selesai pukul 23.50", "", "2026-11-23T23:50"),
        ("2027-01-01 00:20", "Hasil: normal, selesai pukul 23.50", "", "2026-12-31T23:50"),
        ("2027-01-01 08:00", "Hasil: normal, selesai 31 Desember pukul 23.50", "", "2026-12-31T23:50"),
        ("2026-11-24 00:50", "Mulai pukul 23.50 s.d. 00.40, normal", "2026-11-23T23:50", "2026-11-24T00:40"),
        ("2026-11-24 08:00", "Pukul 23.50 s/d 00.40. Hasil normal", "2026-11-23T23:50", "2026-11-24T00:40"),
        ("2026-11-24 00:50", "Mulai: 23.50\nSelesai: 00.40\nHasil: normal", "2026-11-23T23:50", "2026-11-24T00:40"),
        ("2026-11-25 08:00", "23 November 2026 pukul 23.50 s.d. 00.40, normal", "2026-11-23T23:50", "2026-11-24T00:40"),
        (
            "2026-11-23 11:00",
            "Mulai pukul 08.10, selesai dalam 2 jam 30 menit.",
            "2026-11-23T08:10",
            "2026-11-23T10:40",
        ),
        ("2026-11-23 11:00", "Selesai pukul 10.40, selama 2 jam 30 menit.", "2026-11-23T08:10", "2026-11-23T10:40"),
        ("2026-11-23 11:00", "Hasil: normal. Selesai dalam 2 jam 30 menit", "", ""),
        ("2026-11-23 11:00", "Selesai kemarin pukul 16.00. Hasil normal", "", "2026-11-22T16:00"),
        ("2026-11-23 15:00", "Hasil: normal kembali jam 2 kurang 10", "", "2026-11-23T13:50"),
        ("2026-11-23 11:00", "Normal, selesai pukul 10.40. Rapat pukul 13.00 normal", "", "2026-11-23T10:40"),
        ("2026-11-23 11:00", "Hasil: normal, selesai pukul 11.40 WITA", "", "2026-11-23T10:40"),
        ("2026-11-24 00:30", "Hasil: normal\nSelesai pukul: 24.00", "", "2026-11-24T00:00"),
    ],
)
def test_when_the_work_was_done(sent: str, words: str, started: str, finished: str) -> None:
    report = read_report(f"Penyebab: FO putus\nTindakan: disambung\n{words}", at(sent))
    assert (report.started_at[:16], report.finished_at[:16]) == (started, finished)
