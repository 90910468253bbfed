"""Chats that were exported or pasted: who, when, what."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from office.offices_file import DEFAULT, read_offices
from parsers.letters.letter import read_letter
from parsers.letters.symptoms import has_symptom
from parsers.letters.whatsapp import Message, read_chat
from tests.reading import HERE

OFFICES = read_offices(Path(DEFAULT), own="Dinas Komunikasi, Informatika dan Statistik")
REPORT = "Assalamualaikum min, jaringan internet di Dinas Sosial mati"

CHATS = {
    "android": (
        "03/02/26 09.10 - Pesan dan panggilan terenkripsi secara end-to-end.\n"
        "03/02/26 09.12 - Rina Wati menambahkan Anda\n"
        f"03/02/26 09.15 - Rina Wati: {REPORT}\nsejak tadi pagi pukul 08.30\n"
        "03/02/26 09.16 - Rina Wati: <Media tidak disertakan>\n03/02/26 09.17 - Admin: kami cek"
    ),
    "ios": (
        "[03/02/26 09.14.02] \u200eRina Wati: \u200egambar tidak disertakan\n"
        f"[03/02/26 09.15.12] ~ Rina Wati: {REPORT}\nsejak tadi pagi pukul 08.30\n[03/02/26 09.17.00] Admin: kami cek"
    ),
    "web": f"[09.15, 3/2/2026] Rina Wati: {REPORT}\nsejak tadi pagi pukul 08.30\n[09.17, 3/2/2026] Admin: kami cek",
    "am and pm": f"2/3/26, 9:15\u202fAM - Rina Wati: {REPORT}\nsejak tadi pagi pukul 08.30".replace("2/3/26", "3/2/26"),
}


@pytest.mark.parametrize("form", CHATS)
def test_the_message_that_reports_is_found(form: str) -> None:
    said = read_chat(CHATS[form]).report(has_symptom)
    assert said is not None
    assert (said.name, said.at.isoformat()) == ("Rina Wati", "2026-02-03T09:15:00+07:00")
    assert said.text == f"{REPORT}\nsejak tadi pagi pukul 08.30"


@pytest.mark.parametrize("form", CHATS)
def test_a_mail_that_hands_on_a_chat_is_a_report_from_the_group(form: str) -> None:
    raw = (
        "From: helpdesk@kominfotik.example\r\nTo: darurat@kominfotik.example\r\nSubject: Laporan grup\r\n"
        f"Date: Tue, 3 Feb 2026 11:00:00 +0700\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{CHATS[form]}\r\n"
    )
    letter = read_letter(raw.encode(), OFFICES, opener=HERE)
    assert (letter.kind, letter.jenis.value, letter.pengirim.value) == ("incident", "wag", "Rina Wati")
    assert (letter.opd.value, letter.layanan) == ("Dinas Sosial", ("jaringan",))
    assert letter.waktu_kejadian.value == "2026-02-03T08:30:00+07:00"


def test_a_number_instead_of_a_name_is_the_number_to_call() -> None:
    (said,) = read_chat("3/2/2026, 21:05 - +62 881-2026-7890: server down").messages
    assert said == Message(datetime.fromisoformat("2026-02-03T21:05:00+07:00"), "", "088120267890", "server down")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rapat 03/02/26 09.15 - selesai",
        "[09.15, 45/45/2026] X: y",
        "a" * 100_000,
    ],
)
def test_what_is_no_chat_is_none(text: str) -> None:
    assert not read_chat(text)
