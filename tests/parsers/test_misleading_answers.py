"""Answers written to mislead: none is decided wrongly, and few that a careful person finds clear stay unclear."""

from __future__ import annotations

import pytest

from parsers.replies.answer import read_answer
from tests.parsers.answer_tables import ACCEPTED, SENT, answers


@pytest.mark.parametrize("asked", ACCEPTED)
def test_no_answer_to_the_question_is_decided_wrongly(asked: str) -> None:
    read = [(read_answer(words, ACCEPTED[asked], SENT).decision, meant, words) for meant, words in answers(asked)]
    assert [one for one in read if one[0] and one[0] != one[1].rstrip("?")] == []


def test_few_clear_answers_stay_unclear() -> None:
    """An answer that is no decision, such as one that hands it on, is clear when its kind is understood."""
    unclear, clear = [], 0
    for asked in ACCEPTED:
        for meant, words in answers(asked):
            if meant == "-" or meant.endswith("?"):
                continue
            clear += 1
            answer = read_answer(words, ACCEPTED[asked], SENT)
            if not answer.decision and answer.kind != meant:
                unclear.append((asked, meant, words))
    assert len(unclear) <= clear * 0.02, unclear
