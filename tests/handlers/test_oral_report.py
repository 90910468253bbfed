"""Somebody telephoned: Helpdesk enters it."""

from __future__ import annotations

from dataclasses import replace

from handlers.oral_report import OralReport, enter_oral_report
from register import ledger
from siaga.demo.letters import DINKES
from tests.town import Town


def test_the_same_oral_report_twice_is_one_incident(place: Town) -> None:
    said = OralReport("telepon", "Dinkes", "Internet kantor mati sejak pukul 08.00.", email=DINKES, reference="run-1")
    assert enter_oral_report(place.office, said) == enter_oral_report(place.office, said) == "DKL-2026-0001"
    enter_oral_report(place.office, replace(said, reference="run-2"))
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]
    place.work()
    assert len(place.inbox(DINKES)) == 2
    with place.office.database.reading() as tx:
        assert {mail.became for mail in ledger.received(tx)} == {"insiden"}, "the note of the call is not archived"
