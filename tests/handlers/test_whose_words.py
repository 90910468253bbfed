"""The mails that a reply may quote are compared with it: our own words decide nothing."""

from __future__ import annotations

from tests import cast
from tests.cast import DINKES
from tests.quoting import STYLES, reply
from tests.town import Town


def answer(place: Town, address: str, subject: str, text: str, style: str) -> None:
    asked = place.last(address, subject)
    body = reply(STYLES[style], asked, text, gap="\n")
    place.write(address, f"Re: {asked.subject}", body, In_Reply_To=f"<{asked.message_id}>")
    place.work(1)


def test_an_answer_above_a_quote_without_marks_is_kept_as_it_was_written(place: Town) -> None:
    place.to_stage("disposisi")
    answer(place, cast.KABID, "Mohon disposisi", "DISPOSISI\nSegera tangani, utamakan SKDR.", "groupwise")
    said = place.incident().last_answer("disposisi")
    assert said is not None and said.text == "Segera tangani, utamakan SKDR."


def test_a_reporter_who_thanks_above_our_question_whether_it_is_over_does_not_say_that_it_is_not(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")
    place.work(1)
    assert place.incident().outcome
    answer(place, DINKES, "Penanganan selesai", "Terima kasih, semua sudah normal.", "nothing at all")
    assert place.numbers() == ["DKL-2026-0001"]
    answer(place, DINKES, "Penanganan selesai", "BELUM, gedung B masih mati sejak 09.10", "outlook de")
    assert len(place.numbers()) == 2
