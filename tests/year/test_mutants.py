"""The list of faults keeps up with the code: each can be planted, and none is told by its mere looks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.year.mutants.fault import Planted
from tests.year.mutants.planted import PLANTED
from tests.year.mutants.report import Fate, Tried, table

ROOT = Path(__file__).parent.parent.parent


def test_there_are_fifty_faults_each_with_a_name_of_its_own() -> None:
    assert len(PLANTED) == 50
    assert {name for name, count in Counter(fault.name for fault in PLANTED).items() if count > 1} == set()


@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.name)
def test_a_fault_can_be_planted_and_the_file_is_still_a_program(fault: Planted) -> None:
    text = (ROOT / fault.file).read_text(encoding="utf-8")
    planted = fault.into(text)
    assert planted != text
    compile(planted, fault.file, "exec")


def test_a_fault_whose_place_is_gone_says_so() -> None:
    with pytest.raises(ValueError, match="stands 0 times"):
        PLANTED[0].into("")


def test_the_table_names_what_noticed_a_fault_and_what_nothing_noticed() -> None:
    tried = [
        (1, Tried(PLANTED[0], Fate.KILLED, "decided what does not wait", "3", 12.4)),
        (2, Tried(PLANTED[1], Fate.SURVIVED, "", "", 60.0)),
    ]
    written = table(tried, control=61.0)
    assert f"| 1 | {PLANTED[0].name} | killed | decided what does not wait | 3 | 12 |" in written
    assert f"| 2 | {PLANTED[1].name} | **survived** |  |  | 60 |" in written
    assert "1 of 2" in written
