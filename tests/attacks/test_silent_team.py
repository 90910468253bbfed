"""A team that stays silent does not hold an incident for ever: whoever is told that it is late may send another."""

from __future__ import annotations

import pytest

from siaga.demo import cast
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
