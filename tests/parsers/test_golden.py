"""The letters in `tests/golden` are read as a careful clerk would register them (`make golden` shows the differences)."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.golden import cases, understood, wanted


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["case"])
def test_a_letter_is_read_as_a_clerk_reads_it(case: dict[str, Any]) -> None:
    assert understood(case) == wanted(case)
