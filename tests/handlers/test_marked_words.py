"""An answer that its author's client marked like a quote, or a word of ours left standing as one."""

from __future__ import annotations

import pytest

from tests import cast
from tests.town import Town


@pytest.mark.parametrize("words", ["> YA", "> TIDAK\n\nYA"])
def test_words_behind_a_mark_decide_nothing_and_are_shown_to_their_author(place: Town, words: str) -> None:
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", words)
    place.work(1)
    current = place.incident().current
    assert current is not None and current.stage == "analisis" and current.answer is None
    said = " ".join(place.last(cast.HELPDESK, "Mohon ditegaskan").plain.split())
    assert f"Yang kami baca: “{' '.join(words.split())}”" in said and "di belakang tanda kutip" in said
    place.reply(cast.HELPDESK, "Mohon ditegaskan", "YA")
    place.work(1)
    answer = place.incident().last_answer("analisis")
    assert answer is not None and answer.decision == "ya"


def test_words_that_begin_like_a_header_field_are_heard_whole(place: Town) -> None:
    place.letter()
    place.work()
    words = "Tanggal salah, seharusnya 24. Dari tadi sudah normal, TIDAK darurat"
    place.reply(cast.HELPDESK, "Mohon analisis", words)
    place.work(1)
    answer = place.incident().last_answer("analisis")
    assert answer is None or answer.text == words
    if answer is None:
        assert words in " ".join(place.last(cast.HELPDESK, "Mohon ditegaskan").plain.split())
