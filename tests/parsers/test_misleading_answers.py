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
    unclear, clear = dict[str, list[tuple[str, str]]](), dict[str, int]()
    for asked in ACCEPTED:
        read = [(meant, words) for meant, words in answers(asked) if meant != "-" and not meant.endswith("?")]
        said = [(meant, words, read_answer(words, ACCEPTED[asked], SENT)) for meant, words in read]
        unclear[asked] = [(meant, words) for meant, words, how in said if not how.decision and how.kind != meant]
        clear[asked] = len(read)
    assert sum(map(len, unclear.values())) <= sum(clear.values()) * 0.02, unclear
    assert {asked: few for asked, few in unclear.items() if len(few) > clear[asked] * 0.07} == {}
