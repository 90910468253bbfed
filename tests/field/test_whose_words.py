"""Whose words they are: an hour above the attribution is the author's, a quote without marks is ours."""

from __future__ import annotations

import pytest

from handlers.meaning.what_it_decides import UNCLEAR
from sop.details import Details
from tests.field import answer_field, names
from tests.town import Town


@pytest.mark.parametrize("name", names("10c"))
def test_what_stands_directly_above_the_attribution_is_the_authors_and_turns_the_answer(place: Town, name: str) -> None:
    became, visit = answer_field(place, name)
    assert became.mail.became == UNCLEAR
    assert visit.answer is None and visit.unclear


def test_a_report_above_a_quote_without_marks_is_a_whole_report(place: Town) -> None:
    _, visit = answer_field(place, "12-laporan-tanpa-kata-zoho_id")
    assert visit.answer is not None and visit.answer.decision == "laporan"
    assert visit.answer.text == (
        "Kabel FO putus sudah kami sambung ulang, jaringan normal kembali pukul 10.40. Penyebab: tersangkut truk."
    )


def test_a_request_for_time_above_a_quote_without_marks_is_one(place: Town) -> None:
    _, visit = answer_field(place, "12-minta-2-jam-zoho_id")
    assert [said.decision for said in visit.recorded] == ["minta_waktu"]
    assert visit.recorded[0].details == Details(minutes=120)
    assert visit.recorded[0].text == "MINTA WAKTU 2 jam, menunggu kabel dari gudang."


def test_our_own_request_is_no_progress(place: Town) -> None:
    _, visit = answer_field(place, "12-tes-zoho_id")
    assert visit.answer is None and not visit.recorded and visit.unclear
