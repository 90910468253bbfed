"""The office is switched on beside years of mail: only what is received from then on is acted on, and counts from then."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from click.testing import CliRunner

from handlers.collect_mail import collect_mail
from handlers.old_mail_taken_up import take_up
from handlers.rounds.whole_round import work_once
from inbox.mailbox import MailboxUnavailable
from office.words_file import read_words
from register import before, ledger
from register.before import PassedOver
from siaga.cli import siaga
from templates import phrasing
from tests import cast
from tests.field import HandedOver, deliver
from tests.town import START, Town

OLD = datetime(2024, 3, 5, 1, 0, tzinfo=UTC)


def report(number: int = 1, at: datetime = START) -> bytes:
    return (
        f"From: Rudi <samsat{number}@opd.example>\r\nTo: {cast.OFFICE}\r\nSubject: Internet loket {number} mati\r\n"
        f"Date: {format_datetime(at)}\r\nMessage-ID: <{number}@opd.example>\r\n\r\n"
        f"Internet di loket {number} mati total sejak pagi, pelayanan berhenti. Mohon segera ditangani.\r\n\r\nRudi\r\n"
    ).encode()


@pytest.fixture
def fresh(place: Town) -> Town:
    """An office that has not been opened yet, and whose settings do not say from when on mail counts."""
    return without_start(place)


def without_start(place: Town, start: str = "") -> Town:
    text = place.settings_file.read_text(encoding="utf-8").replace('mulai = "2020-01-01"\n', start)
    place.settings_file.write_text(text, encoding="utf-8")
    place.restart()
    return place


def passed(place: Town) -> list[PassedOver]:
    with place.office.database.reading() as tx:
        return before.passed(tx, 100)


def old_mail(place: Town, *received: datetime) -> None:
    """Years of mail in the office's mailbox, before anybody opens the office."""
    now = place.clock.time
    for number, at in enumerate(received, start=1):
        place.clock.time = at
        place.post(cast.SAMSAT, report(number, at))
    place.clock.time = now


def test_years_of_mail_become_no_incidents_and_nobody_gets_a_receipt(fresh: Town) -> None:
    old_mail(fresh, OLD, OLD + timedelta(days=200), START - timedelta(minutes=5))
    fresh.work()
    assert fresh.numbers() == [] and not fresh.inbox(cast.SAMSAT) and not fresh.inbox(cast.HELPDESK)
    assert [mail.received for mail in passed(fresh)] == [
        START - timedelta(minutes=5),
        OLD + timedelta(days=200),
        OLD,
    ]
    assert passed(fresh)[-1].sender == "samsat1@opd.example" and passed(fresh)[-1].subject == "Internet loket 1 mati"


def test_what_comes_from_then_on_is_acted_on_and_a_restart_does_not_move_the_beginning(fresh: Town) -> None:
    old_mail(fresh, OLD)
    fresh.work()
    fresh.post(cast.SAMSAT, report(2))
    fresh.clock.forward(hours=30)  # the desk is down for more than a day
    fresh.restart()
    fresh.work()
    assert fresh.numbers() == ["DKL-2026-0001"] and len(passed(fresh)) == 1


def test_the_settings_may_name_an_earlier_beginning(place: Town) -> None:
    without_start(place, 'mulai = "2026-11-20 08.00"\n')
    friday = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    old_mail(place, OLD, friday - timedelta(minutes=1), friday, START - timedelta(hours=1))
    place.work()
    assert len(place.numbers()) == 2 and len(passed(place)) == 2


def test_the_bodies_of_old_mail_are_left_where_they_are(fresh: Town) -> None:
    old_mail(fresh, *(OLD + timedelta(days=day) for day in range(5)))
    mailbox = fresh.office.new_mailboxes()[0]
    assert collect_mail(fresh.office, mailbox) == 0
    mailbox.close()
    with fresh.office.database.reading() as tx:
        assert ledger.everything(tx) == []
    assert not list(fresh.office.archive.folder.rglob("*.eml"))
    fresh.work(60 * 25)  # the whole folder is looked at again
    assert fresh.numbers() == [] and len(passed(fresh)) == 5


@pytest.mark.parametrize(
    ("received", "head", "counts"),
    [
        (None, f"Received: by mx.contoh.example; {format_datetime(OLD)}\r\n", False),
        (None, f"Received: by mx.contoh.example; {format_datetime(START)}\r\n", True),
        (None, "", True),
        (START, f"Received: by mx.contoh.example; {format_datetime(OLD)}\r\n", True),
        (START + timedelta(days=400), "", True),
        (datetime(1970, 1, 1, tzinfo=UTC), f"Received: by mx.contoh.example; {format_datetime(START)}\r\n", True),
    ],
)
def test_what_the_server_says_counts_then_its_trace_then_the_senders_date(
    fresh: Town, received: datetime | None, head: str, counts: bool
) -> None:
    mailbox = HandedOver(head.encode() + report(), received, 7)
    collect_mail(fresh.office, mailbox)
    work_once(fresh.office)
    assert (fresh.numbers() == ["DKL-2026-0001"]) is counts and len(passed(fresh)) == (0 if counts else 1)


def test_an_office_that_was_at_work_before_goes_on_with_all_of_its_mail(place: Town) -> None:
    place.letter()
    place.work()
    without_start(place)
    place.clock.forward(days=2)
    place.work()  # the whole folder
    place.post(cast.SAMSAT, report(2))
    place.work(1)
    assert len(place.numbers()) == 2 and passed(place) == []


def test_a_mailbox_that_is_added_years_later_brings_no_old_letters_but_those_of_the_week(fresh: Town) -> None:
    fresh.letter()
    fresh.work()
    added = HandedOver(report(5, OLD), OLD, 1, account="lama")
    collect_mail(fresh.office, added)
    moved = HandedOver(report(6), START - timedelta(days=2), 2, account="lama")
    collect_mail(fresh.office, moved)
    fresh.work()
    assert len(fresh.numbers()) == 2 and [mail.subject for mail in passed(fresh)] == ["Internet loket 5 mati"]


def test_one_of_them_is_called_for_and_counts_as_if_it_had_come_now(fresh: Town) -> None:
    old_mail(fresh, OLD, OLD + timedelta(days=1))
    fresh.work()
    code = passed(fresh)[1].id[: before.CODE]
    with fresh.office.collecting() as mailboxes:
        take_up(fresh.office, mailboxes, code)
        with pytest.raises(ValueError, match="tidak ada surat dengan kode"):
            take_up(fresh.office, mailboxes, code)
    fresh.work(1)
    assert fresh.numbers() == ["DKL-2026-0001"] and fresh.incident().received == START
    assert fresh.incident().report.hal == "Internet loket 1 mati" and len(passed(fresh)) == 1


def test_the_command_lists_them_and_calls_for_one(fresh: Town) -> None:
    old_mail(fresh, OLD)
    fresh.work()
    rows = json.loads(surat(fresh, "--sebelum", "--json"))
    assert rows[0]["sender"] == "samsat1@opd.example" and rows[0]["received"].startswith("2024-03-05")
    assert "1 surat diterima sebelum Siaga mulai" in surat(fresh, "--sebelum")
    assert "diambil" in surat(fresh, "--proses", rows[0]["code"])
    assert "Tidak ada surat" in surat(fresh, "--sebelum") and "samsat1@opd.example  baru" in surat(fresh)


def surat(place: Town, *options: str) -> str:
    result = CliRunner().invoke(siaga, ["surat", *options, "--config", str(place.settings_file)])
    assert result.exit_code == 0, result.output
    return result.output


def test_after_the_server_counts_anew_the_old_mail_is_still_old_and_listed_once(fresh: Town) -> None:
    for uidvalidity in (1, 2):
        mailbox = HandedOver(report(1, OLD), OLD, 3)
        mailbox.uidvalidity = uidvalidity
        collect_mail(fresh.office, mailbox)
    assert fresh.numbers() == [] and len(passed(fresh)) == 1


# When a letter was received ------------------------------------------------------------------------------------------


def test_a_letter_that_waited_for_the_desk_says_so_and_no_official_is_late_for_it(place: Town) -> None:
    place.work()
    became = deliver(place, report(), received=START - timedelta(hours=2))
    incident = became.incident
    assert incident is not None and incident.received == START - timedelta(hours=2) and incident.opened == START
    asked = " ".join(place.last(cast.HELPDESK, "Mohon analisis").plain.split())
    assert "Senin, 23 November 2026 pukul 07.00 WIB, baru dibaca 09.00" in asked
    visit = incident.current
    assert visit is not None and visit.started == START, "the official is late for the desk"
    waited, analysis = incident.step_clocks(place.office.procedure())[:2]
    assert waited.minutes == 120 and waited.on_time is False and waited.by == ("Siaga (otomatis)",)
    assert analysis.started == START
    told = " ".join(place.last(cast.KOORDINATOR, "").plain.split()) if place.inbox(cast.KOORDINATOR) else asked
    assert "07.00" in told


@pytest.mark.parametrize("seconds", [0, 20, 100])
def test_a_letter_that_was_read_at_once_says_nothing_of_it(place: Town, seconds: int) -> None:
    became = deliver(place, report(), received=START - timedelta(seconds=seconds))
    assert became.opened and "baru dibaca" not in place.last(cast.HELPDESK, "Mohon analisis").plain


def test_a_server_clock_that_is_ahead_moves_nothing_into_the_future(place: Town) -> None:
    became = deliver(place, report(), received=START + timedelta(days=3))
    assert became.incident is not None and became.incident.received == START


def test_the_mail_of_a_morning_that_waited_for_the_desk_is_no_flood(place: Town) -> None:
    place.work()
    for number in range(35):
        at = START - timedelta(minutes=10 * (34 - number))
        raw = report(number, at).replace(f"samsat{number}@".encode(), b"samsat@")
        collect_mail(place.office, HandedOver(raw, at, 100 + number))
    work_once(place.office)
    with place.office.database.reading() as tx:
        assert not [mail for mail in ledger.everything(tx) if mail.became == "banjir"]


def test_a_card_says_the_day_where_the_letter_waited_over_night() -> None:
    said = phrasing.received_and_read(START - timedelta(days=1), START, read_words())
    assert "Minggu, 22 November 2026" in said and "baru dibaca Senin, 23 November 2026 pukul 09.00" in said


def test_a_mailbox_that_breaks_while_old_mail_is_listed_keeps_what_it_listed(fresh: Town) -> None:
    class Breaks(HandedOver):
        def sweep(self, seen):  # type: ignore[no-untyped-def]
            yield from super().sweep(seen)
            raise MailboxUnavailable("terputus")

    with pytest.raises(MailboxUnavailable):
        collect_mail(fresh.office, Breaks(report(1, OLD), OLD, 4))
    assert len(passed(fresh)) == 1
