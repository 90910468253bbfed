"""Urgency hints, pasted chats, numbers that look like dates, and foreign mail that is no incident."""

from __future__ import annotations

import pytest

from office.offices_file import DEFAULT, read_offices
from parsers.letter import read_letter
from parsers.services import has_symptom
from parsers.signature import phones
from parsers.values import Letter, MailKind
from parsers.whatsapp import read_chat


def letter(subject: str, body: str) -> Letter:
    raw = f"From: A B <ab@dinsos.example>\nDate: Wed, 4 Feb 2026 09:00:00 +0700\nSubject: {subject}\n\n{body}\n"
    return read_letter(raw.encode(), read_offices(DEFAULT))


@pytest.mark.parametrize(
    "chat",
    [
        "03/02/26 09.15 - +62 812-3456-7890: internet mati\nsejak subuh",
        "3/2/2026, 09:15 - +62 812-3456-7890: internet mati\nsejak subuh",
        "\u200e[03/02/26 09.15.12] \u202a+62 812-3456-7890\u202c: internet mati\nsejak subuh",
        "3/2/2026, 9:15 AM - +62 812-3456-7890: internet mati\nsejak subuh",
    ],
)
def test_a_chat_is_read_in_every_export(chat: str) -> None:
    noise = "\n03/02/26 09.16 - Budi ditambahkan\n03/02/26 09.17 - Budi: <Media tidak disertakan>"
    (said,) = read_chat(chat + noise).messages
    assert (said.phone, said.text, said.at.isoformat()) == (
        "081234567890",
        "internet mati\nsejak subuh",
        "2026-02-03T09:15:00+07:00",
    )


@pytest.mark.parametrize("text", ["", "Dengan hormat,\nrapat pukul 09.15", "99/99/26 09.15 - Budi: halo"])
def test_what_is_no_chat_is_empty(text: str) -> None:
    assert not read_chat(text)


def test_a_number_with_a_year_in_it_is_a_number_and_a_date_is_not() -> None:
    assert [digits for digits, _ in phones("HP 0881 2026 4410, tanggal 03-02-2026 09.15")] == ["088120264410"]


@pytest.mark.parametrize("word", ["kerusakan", "pemadaman", "melambat", "kegagalan", "gangguan", "terputus"])
def test_symptoms_are_known_with_their_prefixes(word: str) -> None:
    assert has_symptom(f"terjadi {word} jaringan")


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Die Hasen und die Frösche", "Ein Hase sass am Abhang in seinem Lager und er fing an zu klagen."),
        ("Meeting notes", "We found an error in the draft of the minutes, please see the list."),
    ],
)
def test_foreign_mail_is_no_incident(subject: str, body: str) -> None:
    raw = f"From: A <a@firma.example>\nSubject: {subject}\n\n{body}\n"
    assert read_letter(raw.encode(), read_offices(DEFAULT)).kind is MailKind.OTHER


def test_urgency_says_why_and_is_stored_with_the_origin_of_each_field() -> None:
    grave = letter("Server SIMRS mati", "Server SIMRS kami mati sejak pukul 07.00, IGD tidak dapat melayani pasien.")
    assert grave.kind is MailKind.INCIDENT
    report = grave.as_report(with_origins=True)
    assert report["kegentingan"] == "tinggi"
    assert "menyangkut keselamatan" in report["alasan_kegentingan"]  # type: ignore[operator]
    assert report["asal"]["opd"] == ["alamat pengirim", 0.85]  # type: ignore[index]


def test_an_ordinary_disturbance_is_ordinary() -> None:
    assert letter("Wifi lambat", "Wifi di ruang rapat kami lambat sejak kemarin.").kegentingan == "biasa"
