"""An emergency is not dropped in silence because of who wrote it, in which thread, or through which system."""

from __future__ import annotations

import pytest

from tests import cast
from tests.attacks import answered, subjects
from tests.cast import DISDIK
from tests.town import Town

TROUBLE = "Server SIMPEG mati total sejak pukul 08.00, seluruh pegawai tidak dapat absen. Mohon segera ditangani."


def ended(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya satu komputer.")
    place.work(0.1)
    assert place.incident().outcome


@pytest.mark.parametrize(
    "subject",
    [
        "[DKL-2026-0001] SIMPEG mati",
        "Re: [DKL-2026-0001] Mohon disposisi: Dinas Kesehatan",
        "Lapor darurat, lanjutan DKL-2026-0001",
    ],
)
@pytest.mark.parametrize("person", [cast.KABID, cast.HELPDESK, cast.JARINGAN])
def test_an_officials_own_report_that_bears_an_old_number_is_a_report(place: Town, subject: str, person: str) -> None:
    ended(place)
    place.write(person, subject, TROUBLE)
    place.work(0.1)
    told = [s for s in subjects(place, cast.HELPDESK) if "Kabar dari" in s]
    assert len(place.numbers()) == 2 or told, "opened, or shown to Helpdesk with DARURAT at hand"


def test_an_official_who_reports_in_the_thread_of_an_old_request_is_heard(place: Town) -> None:
    place.to_stage("penanganan")
    asked = place.last(cast.KABID, "Mohon disposisi")
    answered(place, asked, cast.KABID, TROUBLE)
    told = place.last(cast.HELPDESK, "Kabar dari")
    assert "SIMPEG" in told.plain and "DARURAT" in told.plain
    assert not any("Sudah diputuskan" in subject for subject in subjects(place, cast.KABID))


@pytest.mark.parametrize(
    ("subject", "text", "fields"),
    [
        ("Laporan Gangguan Jaringan", TROUBLE, {"Auto-Submitted": "auto-generated", "Reply-To": DISDIK}),
        ("Surat Masuk: Laporan Gangguan", TROUBLE, {"Auto-Submitted": "auto-generated"}),
        ("Di luar kantor, server mati", TROUBLE, {}),
        ("Di luar kantor: server mati", "Server kami mati sejak pagi, mohon bantuan.", {}),
        (
            "Email dinas tidak terkirim",
            "Sejak pagi surel dinas kami tidak dapat mengirim, selalu muncul galat berikut:\n\n"
            "550 5.7.1 Message rejected\nDelivery to the following recipient failed permanently.\n\nMohon segera ditangani.",
            {},
        ),
        (
            "Undeliverable: semua surel dinas",
            "Semua surel dari kantor kami kembali dengan pesan ini sejak tadi. Server surel mati?",
            {},
        ),
    ],
)
def test_a_report_that_looks_like_a_machines_is_not_dropped(
    place: Town, subject: str, text: str, fields: dict[str, str]
) -> None:
    place.write(DISDIK, subject, text, **fields)
    place.work()
    shown = [s for s in subjects(place, cast.HELPDESK) if s]
    assert place.numbers() or shown, "opened as an incident, or shown to Helpdesk at once"
