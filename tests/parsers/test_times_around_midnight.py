"""When it began: as a clerk notes it who knows when the mail was sent. No start ever lies ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from parsers.letters.occurrence import began_at
from parsers.replies.deadlines import deadline
from parsers.words.dates import CLOCKS_DIFFER, WIB, contradicts_itself, short_dates, times

TUESDAY = "2026-11-24"


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=WIB)


@pytest.mark.parametrize("sign", ["", *"'’‘ʼ`´′"])
def test_friday_has_the_apostrophe_of_any_keyboard(sign: str) -> None:
    monday, friday = at("2026-11-30 09:00"), f"Jum{sign}at"
    assert began_at(f"Internet mati sejak hari {friday} pukul 10.00", monday)[:16] == "2026-11-27T10:00"
    assert began_at(f"internet mati sejak {friday.lower()} malam pukul 22.00", monday)[:16] == "2026-11-27T22:00"
    assert contradicts_itself(f"{friday.upper()}, 26 November 2026")
    assert not contradicts_itself(f"{friday}, 27 November 2026")
    assert deadline(f"Selesaikan paling lambat {friday} pukul 10.00", monday)[:16] == "2026-12-04T10:00"


@pytest.mark.parametrize(
    ("base", "words", "nearest"),
    [
        ("2026-01-31", "tgl 2", "2026-02-02"),
        ("2026-03-01", "tgl 28", "2026-02-28"),
        ("2026-03-01", "tgl 2", "2026-03-02"),
        ("2026-12-31", "tanggal 1", "2027-01-01"),
        ("2027-01-01", "tgl 31", "2026-12-31"),
        ("2026-05-31", "tgl 1", "2026-06-01"),
    ],
)
def test_a_day_alone_is_the_nearest_at_the_end_of_any_month(base: str, words: str, nearest: str) -> None:
    assert [found.isoformat() for found, _, _ in short_dates(words, date.fromisoformat(base))] == [nearest]


CASES = [
    # In the small hours.
    (f"{TUESDAY} 00:40", "Internet mati sejak pukul 00.15.", f"{TUESDAY}T00:15"),
    (f"{TUESDAY} 00:40", "Internet mati sejak jam 12 malam lewat 10", f"{TUESDAY}T00:10"),
    (f"{TUESDAY} 00:40", "Internet mati sejak jam 12 lewat sepuluh malam", f"{TUESDAY}T00:10"),
    (f"{TUESDAY} 00:40", "Internet mati sejak tengah malam tadi", f"{TUESDAY}T00:00"),
    (f"{TUESDAY} 00:40", "Internet mati sejak jam 12 tadi malam", f"{TUESDAY}T00:00"),
    (f"{TUESDAY} 00:40", "Internet mati sejak jam 12", f"{TUESDAY}T00:00"),
    (f"{TUESDAY} 00:40", "Internet mati sejak pukul 12.10 dini hari", f"{TUESDAY}T00:10"),
    (f"{TUESDAY} 00:40", "Internet mati sejak jam setengah satu malam", f"{TUESDAY}T00:30"),
    (f"{TUESDAY} 00:20", "Internet mati sejak pukul 23.50", "2026-11-23T23:50"),
    (f"{TUESDAY} 00:20", "Internet mati sejak jam 11", "2026-11-23T23:00"),
    (f"{TUESDAY} 00:20", "Internet mati sejak jam 12 malam kurang 10", "2026-11-23T23:50"),
    (f"{TUESDAY} 00:20", "Tadi pukul 23.50 internet kami mati", "2026-11-23T23:50"),
    (f"{TUESDAY} 00:20", "pukul 23.50 internet kami mati", "2026-11-23T23:50"),
    (f"{TUESDAY} 00:20", "Internet mati sejak tadi sore pukul 16.00", "2026-11-23T16:00"),
    (f"{TUESDAY} 00:20", "Internet mati sejak tadi sore", "2026-11-23"),
    (f"{TUESDAY} 00:20", "Internet mati sejak kemarin sore jam 4", "2026-11-23T16:00"),
    (f"{TUESDAY} 00:20", "Internet mati sejak semalam jam 11", "2026-11-23T23:00"),
    (f"{TUESDAY} 00:45", "Aplikasi SIMRS error dari jam 12.15 tadi", f"{TUESDAY}T00:15"),
    (f"{TUESDAY} 13:45", "Aplikasi SIMRS error dari jam 12.15 tadi", f"{TUESDAY}T12:15"),
    (f"{TUESDAY} 00:30", "Waktu kejadian : Senin malam, pukul 23.50 WIB", "2026-11-23T23:50"),
    (f"{TUESDAY} 00:30", "jaringan mati dr jam 11 mlm td", "2026-11-23T23:00"),
    # The night that is over.
    (f"{TUESDAY} 08:00", "Internet mati sejak semalam pukul 00.30", f"{TUESDAY}T00:30"),
    (f"{TUESDAY} 08:00", "Internet mati sejak semalam jam 1", f"{TUESDAY}T01:00"),
    (f"{TUESDAY} 08:00", "Internet mati sejak tadi malam jam 10", "2026-11-23T22:00"),
    (f"{TUESDAY} 08:00", "Internet mati sejak kemarin malam jam 1", f"{TUESDAY}T01:00"),
    (f"{TUESDAY} 08:00", "Internet mati sejak Senin malam pukul 00.30", f"{TUESDAY}T00:30"),
    (f"{TUESDAY} 08:00", "Internet mati sejak dini hari pukul 02.00", f"{TUESDAY}T02:00"),
    (f"{TUESDAY} 08:00", "Internet mati sejak pukul 24.00 tadi malam", f"{TUESDAY}T00:00"),
    (f"{TUESDAY} 08:00", "Internet mati sejak subuh tadi", TUESDAY),
    (f"{TUESDAY} 08:00", "Internet mati sejak dini hari", TUESDAY),
    (f"{TUESDAY} 08:00", "Inet kami mati sajak patang sore", "2026-11-23"),
    (f"{TUESDAY} 08:00", "Inet kami mati sejak patang sore jam 5", "2026-11-23T17:00"),
    (f"{TUESDAY} 08:00", "Inet kami mati sejak jam satangah 8", f"{TUESDAY}T07:30"),
    (f"{TUESDAY} 08:00", "Server error sejak jam delapan kurang seperempat", f"{TUESDAY}T07:45"),
    (f"{TUESDAY} 14:00", "Inet kami mati sejak jam 1 kurang 10", f"{TUESDAY}T12:50"),
    (f"{TUESDAY} 14:00", "Internet mati sejak kemarin jam 2", "2026-11-23T14:00"),
    # A meeting's hour, a term.
    ("2026-11-23 09:00", "Internet mati sejak tadi pagi pukul 07.30, padahal rapat pukul 10.00", "2026-11-23T07:30"),
    ("2026-11-23 11:00", "Rapat pukul 10.00 terganggu karena internet mati sejak pukul 08.30", "2026-11-23T08:30"),
    ("2026-11-23 09:00", "Internet mati sejak pukul 08.30, sidang jam 13.00, batas pukul 12.00", "2026-11-23T08:30"),
    ("2026-11-23 11:00", "Internet mati, padahal rapat pukul 10.00 sudah dimulai", ""),
    ("2026-11-23 10:00", "Server error, sidang jam 13.00 terancam batal", ""),
    ("2026-11-23 10:00", "Sejak pagi internet mati, padahal ada rapat pukul 13.00", "2026-11-23"),
    ("2026-11-23 10:00", "Server mati. Vicon jam 2 siang nanti, mohon cepat. Mulai tadi jam 9.15", "2026-11-23T09:15"),
    ("2026-11-23 10:00", "Kegiatan pelayanan sejak pukul 08.00 lumpuh", "2026-11-23T08:00"),
    # Weekdays, the turn of the year, dates without year.
    ("2026-11-23 08:00", "Internet mati sejak Jumat sore", "2026-11-20"),
    ("2026-11-23 08:00", "Internet mati sejak Jumat sore jam 4", "2026-11-20T16:00"),
    ("2026-11-23 08:00", "Internet mati sejak Senin pukul 22.00", "2026-11-16T22:00"),
    ("2027-01-01 07:00", "Internet mati sejak 31 Desember pukul 22.00", "2026-12-31T22:00"),
    ("2027-01-01 07:00", "Internet mati sejak kemarin pukul 22.00", "2026-12-31T22:00"),
    ("2027-01-01 07:00", "Internet mati sejak kemarin", "2026-12-31"),
    ("2027-01-01 07:00", "Internet mati sejak 30/12 pukul 22.00", "2026-12-30T22:00"),
    ("2027-01-01 07:00", "Internet mati sejak tgl 31 jam 10 malam", "2026-12-31T22:00"),
    ("2027-01-01 00:20", "Internet mati sejak pukul 23.50", "2026-12-31T23:50"),
    ("2026-12-20 10:00", "Server mati sejak 5 Januari", ""),
    # Zones.
    ("2026-11-23 08:00", "Internet mati sejak pukul 08.30 WITA", "2026-11-23T07:30"),
    ("2026-11-23 08:00", "Internet mati sejak pukul 09.30 WIT", "2026-11-23T07:30"),
    ("2026-11-23 08:00", "Link is down since 00:15 UTC", "2026-11-23T07:15"),
    # What has not come yet is no start.
    ("2026-11-23 08:00", "Listrik akan padam besok pukul 09", ""),
    ("2026-11-23 08:00", "Besok pukul 09.00 listrik akan padam", ""),
    ("2026-11-23 08:00", "Mulai pukul 13.00 akan ada pemadaman listrik", ""),
    ("2026-11-23 08:00", "Mulai Rabu pukul 08.00 akan dilakukan pemadaman", ""),
    ("2026-11-23 08:00", "Pemadaman tanggal 25 November 2026 pukul 09.00, server mati", ""),
    ("2026-11-23 08:00", "Server mati sejak 23 November 2099 pukul 07.30", ""),
    ("2026-11-23 10:00", "Internet putus sejak pukul 07.30 dan akan mengganggu pelayanan", "2026-11-23T07:30"),
    # How long ago.
    ("2026-11-23 10:00", "Internet mati sudah 1,5 jam", "2026-11-23T08:30"),
    ("2026-11-23 10:00", "Internet mati satu setengah jam yang lalu", "2026-11-23T08:30"),
    ("2026-11-23 10:00", "Internet mati sejak 90 menit lalu", "2026-11-23T08:30"),
    ("2026-11-23 10:00", "Internet mati sejak 2 hari lalu", "2026-11-21"),
    ("2026-11-24 00:20", "Internet mati setengah jam yang lalu", "2026-11-23T23:50"),
    ("2026-11-24 10:00", "Sejak dua hari yang lalu pukul 10 pagi server mati", "2026-11-22T10:00"),
    ("2026-11-24 10:00", "server down from 9.40 PM last night", "2026-11-23T21:40"),
    ("2026-11-24 10:00", "Batas kirim pukul 09.30 terlewat karena internet mati sejak pukul 08.00", "2026-11-24T08:00"),
    ("2026-11-24 14:00", "Ujian CAT pukul 13.00 terhenti karena server mati pukul 13.25", "2026-11-24T13:25"),
    ("2026-11-24 14:00", "PLN akan melakukan pemadaman Rabu 25 November 2026 pukul 09.00 s.d. 15.00 WIB", ""),
]


@pytest.mark.parametrize(("sent", "words", "began"), CASES)
def test_when_it_began(sent: str, words: str, began: str) -> None:
    assert began_at(words, at(sent)) == (f"{began}:00+07:00" if "T" in began else began)


PHRASES = (
    "pukul {h:02}.{m:02}",
    "tadi pukul {h:02}.{m:02} WIB",
    "jam {h}.{m:02}",
    "kemarin jam {h}.{m:02}",
    "semalam pukul {h:02}.{m:02}",
    "hari ini pukul {h:02}.{m:02}",
    "Senin pukul {h:02}.{m:02}",
    "24 November pukul {h:02}.{m:02}",
    "24 November 2026 pukul {h:02}.{m:02}",
    "pukul {h:02}.{m:02} WITA",
)


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("turn", range(4))
def test_of_no_minute_of_the_day_a_start_lies_ahead(phrase: str, turn: int) -> None:
    base = at(("2026-11-24 00:20", "2026-11-24 09:00", "2026-11-24 23:59", "2026-11-23 12:00")[turn])
    for minute in range(turn, 24 * 60, 4):  # the four together: every minute
        said = phrase.format(h=minute // 60, m=minute % 60)
        began = began_at(f"Internet kantor kami mati sejak {said}, mohon bantuan.", base)
        if began:
            moment = datetime.fromisoformat(began)
            assert moment <= base + CLOCKS_DIFFER, said
            assert base - moment <= timedelta(days=9), said
            assert moment.minute == minute % 60, said


@pytest.mark.parametrize("minute", range(0, 24 * 60, 7))
def test_an_hour_that_has_just_been_is_found_at_every_minute_of_the_day(minute: int) -> None:
    base = at("2026-11-24 00:00") + timedelta(minutes=minute)
    began = base - timedelta(minutes=15)
    text = f"Internet mati sejak pukul {began:%H.%M} WIB, rapat pukul {base + timedelta(hours=2):%H.%M}."
    assert began_at(text, base) == began.isoformat()


@pytest.mark.parametrize(
    ("words", "clock", "certain"),
    [
        ("jam 12 siang", "12:00", True),
        ("jam 12 malam", "00:00", True),
        ("jam 2 siang", "14:00", True),
        ("jam 9 malam", "21:00", True),
        ("jam 1 malam", "01:00", True),
        ("jam 7", "07:00", False),
        ("jam 15", "15:00", True),
        ("pukul 12.00 sampai malam", "12:00", True),
        ("tengah malam pukul 01.00", "01:00", True),
        ("tengah hari", "12:00", True),
        ("8 pm", "20:00", True),
        ("jam tujuh lewat lima belas", "07:15", False),
        ("jam 7 lebih 20 pegawai tidak bisa absen", "07:00", False),
    ],
)
def test_an_hour_in_its_part_of_the_day(words: str, clock: str, certain: bool) -> None:
    found = next(times(words))
    assert (f"{found.value:%H:%M}", found.certain) == (clock, certain)
