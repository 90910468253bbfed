"""Sixty answers to merged reminders by somebody who had not seen the rules: what is decided is right, or it is asked.

`merged_exam/cases.jsonl`: the incidents that a reminder listed with what each asked, the answer as it was typed, and what
a careful secretary would do of each: the decision, "ask", or "none" where nothing was said of it.
"""

from __future__ import annotations

import json
from pathlib import Path

from sop.load import load_procedure
from tests.merged_answers import Waiting, decided

CASES = [json.loads(line) for line in (Path(__file__).parent / "merged_exam" / "cases.jsonl").read_text().splitlines()]
STAGES = {stage.name: tuple(reply.decision for reply in stage.replies) for stage in load_procedure().stages()}
RIGHT_AT_FIRST_SIGHT = 76


def test_nothing_is_decided_otherwise_than_a_careful_secretary_would() -> None:
    wrong, right = list[str](), 0
    for case in CASES:
        waiting = [Waiting(one["number"], one["opd"], one["hal"], STAGES[one["stage"]]) for one in case["listed"]]
        for number, decision in decided(waiting, case["answer"]).items():
            expected = case["expected"][number]
            right += (decision or ("ask" if decision == "" else "none")) == expected
            if decision and decision != expected:
                wrong.append(f"{case['id']} {number}: {decision}, not {expected}")
    assert len(CASES) == 60 and not wrong
    assert right >= RIGHT_AT_FIRST_SIGHT
