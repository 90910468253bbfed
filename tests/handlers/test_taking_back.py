"""RALAT: an answer is taken back in answer to our note of it, and an incident that it had ended goes on."""

from __future__ import annotations

from tests import cast
from tests.town import Town


def test_ralat_is_read_from_the_answer_to_the_acknowledgement(place: Town) -> None:
    place.to_stage("penerusan_analisis")
    place.reply(cast.HELPDESK, "Dicatat", "RALAT: TIDAK\n\nTernyata hanya satu komputer.")
    place.work(0.5)
    assert place.incident().outcome == "bukan_darurat"
    answer = place.incident().last_answer("analisis")
    assert answer is not None and answer.text == "Ternyata hanya satu komputer."
    assert "ditarik" in place.last(cast.KOORDINATOR, "Tidak perlu dijawab lagi").plain


def test_ralat_after_the_incident_ended_by_that_answer_opens_it_again_under_a_number_of_its_own(place: Town) -> None:
    place.letter()
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nBukan darurat.")
    place.work(1)
    assert place.incident().outcome == "bukan_darurat"
    place.reply(cast.HELPDESK, "Dicatat", "Ralat: YA, darurat")
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]
    assert place.incident().continued_as == "DKL-2026-0002"
    again = place.incident("DKL-2026-0002")
    assert again.continues == "DKL-2026-0001" and again.current is not None
    assert "lanjutan dari DKL-2026-0001" in place.last(cast.HELPDESK, "Mohon analisis").plain
