"""What years have found, each with the life that found it. Each has a test of its own, too, named here: a world that is
changed lives other lives from the same seeds.
"""

from __future__ import annotations

import logging

import pytest

from tests.year.plan import Plan
from tests.year.run import live

FOUND = [
    pytest.param(
        4,
        Plan(days=0.5, letters=4.0, storms=0, strays=20.0, floods=0, edits=20.0, silent=("kabid",)),
        # tests/report/test_officials.py, tests/handlers/test_papers_drawn_again.py
        id="papers named whoever holds an office now as signatories of what their forerunner had done",
    ),
    pytest.param(
        8,
        Plan(days=0.5, storms=0, storm_letters=8, strays=8.0, floods=0, edits=7.0, crash_every=500, silent=("kabid",)),
        # tests/handlers/test_officials.py
        id="a desk that died while pejabat.yaml was broken did not open again",
    ),
    pytest.param(
        28,
        Plan(
            days=0.4,
            letters=4.0,
            storms=0,
            strays=20.0,
            floods=0,
            edits=2.0,
            crash_every=0,
            desks=2,
            new_procedure=True,
        ),
        # tests/office/test_desk_lock.py
        id="a desk that was closed while the journal was away ended with an error",
    ),
]


@pytest.mark.parametrize(("seed", "plan"), FOUND)
def test_it_holds_now(seed: int, plan: Plan) -> None:
    logging.disable(logging.WARNING)
    try:
        lived = live(seed, plan)
    finally:
        logging.disable(logging.NOTSET)
    assert not lived.broken, f"{lived.line()}\n{lived.again()}\n{lived.story}"
