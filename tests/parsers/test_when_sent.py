"""When a mail was sent: Date fields in every notation, clocks that cannot be right, lines as they were before a client wrapped them."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import parsers
from office.offices_file import DEFAULT, read_offices
from parsers.letters.letter import read_letter
from parsers.mails.date_field import read_date, sent_at
from parsers.mails.message import read_mail
from parsers.replies.answer import read_answer
from parsers.replies.particulars import Particulars
from parsers.words.dates import WIB
from parsers.words.wrapped import unwrapped
from tests.reading import HERE

RECEIVED = datetime(2026, 11, 23, 9, 0, tzinfo=WIB)
SENT = "2026-11-23T08:58:00+07:00"


@pytest.mark.parametrize(
    "field",
    [
        "Mon, 23 Nov 2026 08:58:00 +0700",
        "Mon, 23 Nov 2026 01:58:00 -0000",
        "Mon, 23 Nov 2026 01:58:00 GMT",
        "Mon, 23 Nov 2026 08:58:00 WIB",
        "Mon, 23 Nov 2026 09:58:00 WITA",
        "Mon, 23 Nov 2026 10:58:00 WIT",
        "Mon, 23 Nov 2026 08:58:00 GMT+7",
        "Sen, 23 Nov 2026 08:58:00 +0700",
        "23 Nop 2026 08:58:00 +0700",
        "Senin, 23 November 2026 08.58 WIB",
        "Senin, 23-Nopember-2026 pukul 08.58.00 WIB",
        "2026-11-23T08:58:00+07:00",
        "2026-11-23 08:58:00+0700",
        "2026-11-23T01:58:00Z",
        "2026-11-23T08:58:00.123+07:00",
        "23/11/2026 08:58 +07:00",
        "23/11/2026 8:58 AM +0700",
        "Mon Nov 23 08:58:00 WIB 2026",
        "Mon Nov 23 08:58:00 +0700 2026",
    ],
)
def test_a_date_field_is_read_in_every_notation(field: str) -> None:
    moment = read_date(field)
    assert moment is not None and moment.astimezone(WIB).isoformat(timespec="seconds") == SENT


@pytest.mark.parametrize(
    "field",
    [
        "",
        "x",
        "Mon, 23 Nov 2026 08:58:00",
        "Mon Nov 23 08:58:00 2026",
        "2026-11-23",
        "31 Feb 2026 08:58:00 WIB",
    ],
)
def test_without_date_hour_or_zone_there_is_no_moment(field: str) -> None:
    assert read_date(field) is None


@pytest.mark.parametrize(
    ("minutes", "believed"), [(-2, True), (-60 * 24, True), (-60 * 73, False), (5, False), (60 * 7, False)]
)
def test_a_sender_clock_is_believed_where_the_server_agrees(minutes: int, believed: bool) -> None:
    date = RECEIVED + timedelta(minutes=minutes)
    assert sent_at(date, RECEIVED) == (date if believed else RECEIVED)


@pytest.mark.parametrize("year", [1, 1448, 1970, 2015, 2099, 9999])
def test_a_wrong_year_and_no_date_are_the_servers_time(year: int) -> None:
    assert sent_at(datetime(year, 11, 23, 8, 58, tzinfo=UTC), RECEIVED) == sent_at(None, RECEIVED) == RECEIVED


LETTER = "From: A <a@contoh.example>\nSubject: Internet\n{date}\n\nInternet kami mati sejak tadi pagi pukul 07.30.\n"


@pytest.mark.parametrize(
    "date",
    [
        "Date: Mon, 23 Nov 1448 08:58:00 +0700",
        "Date: Tue, 24 Nov 2015 08:58:00 +0700",
        "Date:",
        "X-A: b",
        "Date: 23 Nov 2099 08:58 WIB",
    ],
)
def test_no_sender_clock_brings_its_year_onto_the_card(date: str) -> None:
    letter = read_letter(LETTER.format(date=date).encode(), read_offices(DEFAULT), opener=HERE, received=RECEIVED)
    assert letter.waktu_kejadian.value == "2026-11-23T07:30:00+07:00"


def test_a_letter_dated_ahead_counts_from_when_it_was_sent() -> None:
    raw = LETTER.format(date="Date: Mon, 23 Nov 2026 08:58:00 +0700").replace(
        "\n\nInternet", "\n\nTanggal : 23 November 2062\nHal : Internet\n\nInternet"
    )
    assert read_letter(
        raw.encode(), read_offices(DEFAULT), opener=HERE, received=RECEIVED
    ).waktu_kejadian.value.startswith("2026-11-23")


def test_the_wall_clock_does_not_enter_the_parsers() -> None:
    """Whoever calls gives the time; `monotonic`, which only measures, is nobody's clock."""
    clocks = {"now", "utcnow", "today", "time", "localtime", "gmtime", "ctime", "time_ns"}
    found = []
    for path in Path(str(parsers.__file__)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks:
                owner = ast.unparse(node.func.value)
                found += (
                    [f"{path.name}: {owner}.{node.func.attr}"]
                    if owner.rpartition(".")[2] in ("datetime", "date", "time")
                    else []
                )
            if isinstance(node, ast.ImportFrom) and node.module == "time":
                found += [f"{path.name}: from time import {name.name}" for name in node.names if name.name in clocks]
    assert not found


ORDER = "Segera tangani, utamakan jalur pelaporan SKDR dan laporkan hasilnya kepada saya dan Pak Rudi di ruang Sekretaris sebelum pukul 12.00 WIB hari ini."


def _wrapped(width: int) -> str:
    lines, line = [], ""
    for word in ORDER.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


@pytest.mark.parametrize("width", range(66, 90))
def test_an_order_is_whole_wherever_a_client_wrapped_it(width: int) -> None:
    assert unwrapped(_wrapped(width)) == ORDER
    answer = read_answer(f"DISPOSISI\n\n{_wrapped(width)}", ("disposisi",), RECEIVED)
    assert answer.details == Particulars(instructions=ORDER, deadline="2026-11-23T12:00:00+07:00")


@pytest.mark.parametrize("width", range(50, 79))
@pytest.mark.parametrize("delsp", ["", "; delsp=yes"])
def test_flowed_text_is_whole(width: int, delsp: str) -> None:
    flowed = _wrapped(width).replace("\n", "  \n" if delsp else " \n")
    raw = f"From: a@contoh.example\nContent-Type: text/plain; charset=utf-8; format=flowed{delsp}\n\nDISPOSISI\n\n{flowed}\n-- \nKabid\n"
    assert read_mail(raw.encode()).plain == f"DISPOSISI\n\n{ORDER}\n-- \nKabid\n"


def test_a_word_broken_by_delsp_is_whole_and_quotes_stay_apart() -> None:
    raw = (
        "From: a@contoh.example\nContent-Type: text/plain; format=flowed; delsp=yes\n\n"
        "Segera tangani, utamakan jalur pelaporan SKDR dan laporkan hasilnya kepa \nda saya.\n"
        ">> Mohon disposisi Saudara atas laporan dari Dinas Kesehatan yang  \n> bukan ini\n"
    )
    lines = read_mail(raw.encode()).plain.splitlines()
    assert lines[0].endswith("kepada saya.") and lines[1:] == [
        ">> Mohon disposisi Saudara atas laporan dari Dinas Kesehatan yang ",
        "> bukan ini",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "YA\nKabel putus",
        "YA \nKabel putus",
        "Tangani segera gangguan jaringan di Dinas Kesehatan sampai selesai semua\n\nTerima kasih",
        "Tangani segera gangguan jaringan di Dinas Kesehatan sampai selesai semua\n- cek kabel",
        "Tangani segera gangguan jaringan di Dinas Kesehatan sampai selesai semua\n2. cek kabel",
        "Tangani segera gangguan jaringan di Dinas Kesehatan sampai selesai semua\nPetugas: Ilham",
        "Tangani segera gangguan jaringan di Dinas Kesehatan sampai selesai semua\n> kutipan",
        "Nomor : 1\nHal : Gangguan",
    ],
)
def test_a_line_end_that_was_meant_stays(text: str) -> None:
    assert unwrapped(text) == text
    flowed = f"From: a@contoh.example\nContent-Type: text/plain; format=flowed\n\n{text}"
    assert read_mail(flowed.encode()).plain.replace(" \n", "\n") == text.replace(" \n", "\n")
