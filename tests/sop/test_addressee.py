"""An addressee is kept as text, and read back as what it was."""

from __future__ import annotations

import pytest

from sop.addressee import Addressee

ONE = "DKL-2026-0001"


@pytest.mark.parametrize(
    ("addressee", "text", "is_reporter"),
    [
        (Addressee("kabid"), "kabid", False),
        (Addressee("asing"), "asing", False),
        (Addressee("tim:a"), "tim:a", False),
        (Addressee.reporter(), "pelapor", True),
        (Addressee.reporter(ONE), f"pelapor:{ONE}", True),
    ],
)
def test_as_text_and_back(addressee: Addressee, text: str, is_reporter: bool) -> None:
    assert str(addressee) == text and Addressee.parse(text) == addressee
    assert addressee.is_reporter is is_reporter
