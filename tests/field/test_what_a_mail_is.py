"""What a mail is, is decided by its top level and its outer words; never by what is attached, a header or a footer."""

from __future__ import annotations

import pytest

from outbox import queue
from register import ledger
from tests.field import answer_field, deliver_field, names
from tests.town import Town

WROTE = "samsat@contoh.example"
UNANSWERED = {
    "07-lewat-grup-gmail-pribadi-kaki": "rina.marlina88@surat.example",
    "19-formulir-web-auto": "",
    "19-penerusan-otomatis": "",
    "19-precedence-bulk": "",
    "33-dari-kosong": "",
    "33-dari-postmaster-opd": "",
}
"""Who is written to instead of the address above; "": nobody (RFC 3834)."""


def written_to(place: Town, number: str) -> set[str]:
    """Whom of outside the office we wrote to in this incident."""
    own = {address for person in place.office.directory().people for address in person.addresses}
    with place.office.database.reading() as tx:
        return {row.recipient for row in queue.of_incident(tx, number)} - own


@pytest.mark.parametrize("name", names("06", "07", "19", "33", "34"))
def test_who_reports_an_outage_is_heard_whatever_else_the_mail_carries(place: Town, name: str) -> None:
    became = deliver_field(place, name)
    assert became.opened and place.numbers() == ["DKL-2026-0001"]
    assert became.incident is not None and became.incident.current is not None
    person = UNANSWERED.get(name, WROTE)
    assert written_to(place, "DKL-2026-0001") == ({person} if person else set())


@pytest.mark.parametrize("name", names("39"))
def test_an_officials_answer_counts_whatever_is_attached(place: Town, name: str) -> None:
    became, visit = answer_field(place, name)
    assert became.mail.became == "jawaban"
    assert visit.answer is not None and visit.answer.decision == "disposisi"


def test_a_mere_invitation_opens_nothing_and_stands_in_the_morning_list(place: Town) -> None:
    from tests.handlers.test_no_silence import calendar

    place.post(WROTE, calendar("Rapat evaluasi SPBE", "Mengundang Bapak/Ibu hadir pada rapat evaluasi SPBE."))
    place.work()
    assert place.numbers() == []
    with place.office.database.reading() as tx:
        (mail,) = ledger.received(tx)
    assert (mail.became, mail.state) == ("calendar", ledger.State.SET_APART)
