"""Words that reach us, but were meant for somebody else, decide nothing before their author says that they are the answer."""

from __future__ import annotations

import pytest

from tests import cast
from tests.attacks import answered, subjects, waiting
from tests.town import Town


@pytest.mark.parametrize(
    ("to", "fields", "text"),
    [
        (cast.KOORDINATOR, {"Cc": cast.OFFICE}, "DISPOSISI"),
        (cast.KOORDINATOR, {}, "Ya, silakan ditindaklanjuti."),  # we are in Bcc
        ("undisclosed-recipients:;", {}, "DISPOSISI"),
        (f"Siaga <darurat@lain.example>, {cast.KOORDINATOR}", {"Cc": f"Siaga <{cast.OFFICE}>"}, "Setuju, lanjutkan."),
        (cast.OFFICE, {"Subject": "Fwd: [DKL-2026-0001] Mohon disposisi: Dinas Kesehatan"}, "Silakan ditindaklanjuti."),
        (cast.OFFICE, {"Subject": "FW: [DKL-2026-0001] Mohon disposisi"}, "DISPOSISI"),
        (cast.OFFICE, {}, "Pak Andi, silakan didisposisi dan segera ditindaklanjuti."),
        (cast.OFFICE, {"Cc": cast.KOORDINATOR}, "Bu Fitria: disposisi, segera tugaskan tim."),
        (cast.OFFICE, {}, "@Fitria lanjutkan, disposisi ke tim jaringan"),
        (cast.OFFICE, {}, "Baik Pak Dedi, silakan dilanjutkan."),
    ],
)
def test_what_was_meant_for_a_colleague_is_asked_first(place: Town, to: str, fields: dict[str, str], text: str) -> None:
    place.to_stage("disposisi")
    answered(place, place.last(cast.KABID, "Mohon disposisi"), cast.KABID, text, to=to, **fields)
    assert waiting(place).stage == "disposisi"
    asked = [s for s in subjects(place, cast.KABID) if "Apakah ini jawaban" in s or "Mohon ditegaskan" in s]
    assert asked, "its author is told what it would take"


@pytest.mark.parametrize(
    ("to", "fields", "text"),
    [
        (f"Siaga <{cast.OFFICE.upper()}>", {"Cc": cast.KOORDINATOR}, "DISPOSISI"),
        (f"{cast.KOORDINATOR}, {cast.OFFICE}", {}, "DISPOSISI\n\nPak Andi, segera tangani."),
        (cast.OFFICE, {}, "Yth. Helpdesk,\n\nDISPOSISI"),
        (cast.OFFICE, {}, "Ibu Kadis sudah setuju.\nDISPOSISI"),
        (cast.OFFICE.replace("@", "+dkl@"), {}, "DISPOSISI"),
    ],
)
def test_what_was_meant_for_us_counts(place: Town, to: str, fields: dict[str, str], text: str) -> None:
    place.to_stage("disposisi")
    answered(place, place.last(cast.KABID, "Mohon disposisi"), cast.KABID, text, to=to, **fields)
    assert waiting(place).stage == "penugasan"


def test_an_official_who_writes_as_a_reporter_decides_nothing_by_that(place: Town) -> None:
    place.write(
        cast.KABID, "Jaringan Bidang Aplikasi putus", "Jaringan di ruang bidang kami putus total sejak pukul 08.00."
    )
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "YA")
    place.work(0.1)
    place.reply(cast.KOORDINATOR, "Mohon diteruskan", "TERUSKAN")
    place.work(0.1)
    assert waiting(place).stage == "disposisi"
    receipt = next(mail for mail in place.inbox(cast.KABID) if "Mohon" not in mail.subject)
    for text in ("Ya, silakan ditindaklanjuti.", "DISPOSISI", "Masih putus, mohon segera."):
        answered(place, receipt, cast.KABID, text)
    assert waiting(place).stage == "disposisi"
