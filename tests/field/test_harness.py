"""The mails are brought in as they stand, and answer our own requests."""

from __future__ import annotations

from tests.field import answer_field, deliver_field
from tests.town import Town


def test_a_plain_report_opens_an_incident(place: Town) -> None:
    assert deliver_field(place, "33-bcc-saja").opened


def test_an_answer_reaches_the_request_it_was_made_for(place: Town) -> None:
    became, visit = answer_field(place, "25-kontrol")
    assert became.mail.incident == "DKL-2026-0001"
    assert visit.answer is not None and visit.answer.decision == "disposisi"
