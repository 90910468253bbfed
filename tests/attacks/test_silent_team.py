"""A team that stays silent does not hold an incident for ever: whoever is told that it is late may send another."""

from __future__ import annotations

import pytest

from tests import cast
from tests.attacks import answered, subjects, waiting
from tests.town import Town


def late(place: Town) -> None:
    place.to_stage("penanganan")
    place.work(61)


@pytest.mark.parametrize("person", [cast.KOORDINATOR, cast.KABID])
def test_koordinator_and_kabid_may_send_another_team(place: Town, person: str) -> None:
    late(place)
    told = place.last(person, "Melewati waktu baku")
    assert "TUGASKAN" in told.plain
    answered(place, told, person, "TUGASKAN Tim Aplikasi")
    now = waiting(place)
    assert now.stage == "penanganan" and [asked.person for asked in now.asked] == ["tim_aplikasi"]
    assert any("Penugasan penanganan" in subject for subject in subjects(place, cast.APLIKASI))
    assert "menugaskan tim lain" in " ".join(place.last(cast.JARINGAN, "Tidak perlu dijawab lagi").plain.split())
    assert "Tim Teknis Aplikasi" in place.last(person, "dialihkan").plain
    place.reply(
        cast.JARINGAN, "Penugasan penanganan", "LAPORAN\n\nPenyebab: FO putus\nTindakan: disambung\nHasil: normal"
    )
    place.work(0.1)
    assert waiting(place).stage == "penanganan", "the first team's report comes too late to decide"
    place.reply(
        cast.APLIKASI, "Penugasan penanganan", "LAPORAN\n\nPenyebab: FO putus\nTindakan: disambung\nHasil: normal"
    )
    place.work(0.1)
    assert waiting(place).stage == "pengiriman_laporan"


@pytest.mark.parametrize("words", ["TUGASKAN Tim Rahasia", "Tolong dicek lagi", "Baik, terima kasih"])
def test_other_words_change_nothing(place: Town, words: str) -> None:
    late(place)
    answered(place, place.last(cast.KABID, "Melewati waktu baku"), cast.KABID, words)
    assert [asked.person for asked in waiting(place).asked] == ["tim_jaringan"]


def test_nobody_sends_another_team_before_it_is_late_or_without_the_code(place: Town) -> None:
    place.to_stage("penanganan")
    answered(place, place.last(cast.KOORDINATOR, "Mohon penugasan"), cast.KOORDINATOR, "TUGASKAN Tim Aplikasi")
    place.work(61)
    place.write(cast.SAMSAT, "[DKL-2026-0001] TUGASKAN", "TUGASKAN Tim Aplikasi", claimed_sender=cast.KABID)
    place.work(0.1)
    assert [asked.person for asked in waiting(place).asked] == ["tim_jaringan"]


@pytest.mark.parametrize(
    "words",
    ["TUGASKAN Tim Aplikasi, tim sebelumnya tidak merespon", "Tugaskan tim aplikasi, internet masih mati total"],
)
def test_an_order_with_its_reason_is_carried_out_or_asked_back(place: Town, words: str) -> None:
    late(place)
    answered(place, place.last(cast.KABID, "Melewati waktu baku"), cast.KABID, words)
    if any("Mohon ditegaskan" in subject for subject in subjects(place, cast.KABID)):
        answered(place, place.last(cast.KABID, "Mohon ditegaskan"), cast.KABID, "TUGASKAN Tim Aplikasi")
    assert [asked.person for asked in waiting(place).asked] == ["tim_aplikasi"]


def test_what_was_meant_for_a_colleague_gives_the_work_to_nobody(place: Town) -> None:
    late(place)
    told = place.last(cast.KABID, "Melewati waktu baku")
    answered(place, told, cast.KABID, "Tugaskan Tim Aplikasi segera", to=cast.KOORDINATOR, Cc=cast.OFFICE)
    assert [asked.person for asked in waiting(place).asked] == ["tim_jaringan"]


def test_whoever_named_the_wrong_team_names_another_and_hears_of_an_unknown_one(place: Town) -> None:
    late(place)
    told = place.last(cast.KOORDINATOR, "Melewati waktu baku")
    answered(place, told, cast.KOORDINATOR, "TUGASKAN Tim Jaringan")  # who works on it already
    assert "bukan tim lain" in " ".join(place.last(cast.KOORDINATOR, "Mohon ditegaskan").plain.split())
    answered(place, place.last(cast.KOORDINATOR, "Mohon ditegaskan"), cast.KOORDINATOR, "TUGASKAN Tim Aplikasi")
    assert [asked.person for asked in waiting(place).asked] == ["tim_aplikasi"]
    answered(place, place.last(cast.KOORDINATOR, "dialihkan"), cast.KOORDINATOR, "TUGASKAN Tim Jaringan")
    assert [asked.person for asked in waiting(place).asked] == ["tim_jaringan"]
