"""Ticket systems, task boards and read receipts answer in words that look like an official's, with or without headers."""

from __future__ import annotations

import pytest

from tests import cast
from tests.attacks import OUTSIDER, answered, waiting
from tests.town import JOURNEY, Town

CASES = [
    ("penerimaan", "Email Anda telah diterima dan diteruskan ke bagian terkait."),
    ("penerimaan", "Your message has been received. A member of our team will respond shortly."),
    ("penerimaan", "Telah dibaca oleh Rinaldo Firmandes pada 23 November 2026 10.03."),
    ("penerimaan", "Laporan Anda sudah diterima sistem dengan nomor tiket #4711."),
    ("pelaporan_kabid", "Permintaan Anda telah diteruskan kepada Kepala Dinas."),
    ("penugasan", "Tugas baru telah ditugaskan kepada Tim Jaringan"),
    ("penugasan", "Tiket #88213 telah ditugaskan ke Tim Jaringan."),
    ("penanganan", "LAPORAN\n\nPenyebab: \nTindakan: \nHasil: \nSelesai pukul: "),
    ("penanganan", "LAPORAN\n\nPenyebab: -\nTindakan: -\nHasil: -\nSelesai pukul: -"),
    ("penanganan", "Tiket Anda telah diselesaikan dan ditutup."),
    ("analisis", "Ya, surel Anda telah kami terima. Ini adalah pesan otomatis."),
]
PEOPLE = {stage: (address, subject) for stage, address, subject, _ in JOURNEY}


@pytest.mark.parametrize(("stage", "words"), CASES)
def test_a_machine_without_any_header_decides_nothing(place: Town, stage: str, words: str) -> None:
    place.to_stage(stage)
    address, subject = PEOPLE[stage]
    before = waiting(place)
    answered(place, place.last(address, subject), address, words)
    assert not place.incident().outcome and waiting(place).stage == stage and waiting(place).number == before.number


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("penerimaan", "Laporan sudah saya terima, terima kasih."),
        ("penerimaan", "Laporan diterima."),
        ("penugasan", "Tugaskan Tim Jaringan"),
        ("pelaporan_kabid", "Sudah saya teruskan ke Kadis."),
    ],
)
def test_people_who_say_the_same_are_heard(place: Town, stage: str, words: str) -> None:
    place.to_stage(stage)
    address, subject = PEOPLE[stage]
    answered(place, place.last(address, subject), address, words)
    assert place.incident().last_answer(stage) is not None


def test_an_absence_or_a_bounce_that_anybody_could_write_moves_nobody_on(place: Town) -> None:
    """With the number and the address, which are no secret, but without the code of the request."""
    place.to_stage("disposisi")
    place.write(
        OUTSIDER,
        "Automatic reply: [DKL-2026-0001] Mohon disposisi",
        "Saya sedang cuti sampai 30 November; selama itu digantikan oleh Dra. Elmiwati Sikumbang.",
        claimed_sender=cast.KABID,
        Auto_Submitted="auto-replied",
    )
    place.write(
        OUTSIDER,
        "Undelivered Mail Returned to Sender",
        f"This is the mail system at host mx.contoh.example.\n\n<{cast.KABID}>: host mx said: 550 5.1.1 unknown user",
        claimed_sender="MAILER-DAEMON@contoh.example",
    )
    place.work(0.1)
    assert [asked.person for asked in waiting(place).asked] == ["kabid"]
