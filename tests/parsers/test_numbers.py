"""Which numbers are ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parsers.replies.answer import read_answer
from parsers.replies.helpdesk_order import read_order
from parsers.words.numbers import Numbers

SENT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TWO = Numbers(("DKL", "KTR"))


def test_only_our_prefixes_are_found_once_each_as_we_write_them() -> None:
    said = "dkl-2026-0001, KTR-2026-0002, DKL-2026-0001; TLK-2026-00123, XDKL-2026-0001, DKL-26-1, ADKL-2026-0003"
    assert TWO.within(said) == ("DKL-2026-0001", "KTR-2026-0002")
    assert Numbers().within(said) == ()


def test_the_number_asked_about_shows_the_form() -> None:
    assert Numbers.like("DKL-2026-0001") == Numbers(("DKL",))
    assert Numbers.like("") == Numbers()


@pytest.mark.parametrize("ticket", ["TLK-2026-00123", "INC-2026-0042"])
def test_a_providers_ticket_in_an_answer_is_no_other_incident(ticket: str) -> None:
    assert read_answer(f"TERUSKAN\n\nTiket penyedia {ticket}.", ("teruskan",), SENT, "DKL-2026-0001").decision
    order = read_order(f"GABUNG DKL-2026-0002 (tiket {ticket})", TWO)
    assert order is not None and order.numbers == ("DKL-2026-0002",)


@pytest.mark.parametrize("other", ["DKL-2026-0002", "KTR-2026-0001"])
def test_another_incident_of_ours_in_an_answer_decides_nothing(other: str) -> None:
    answer = read_answer(f"TERUSKAN\n\nUntuk {other}.", ("teruskan",), SENT, "DKL-2026-0001", TWO)
    assert not answer.decision
