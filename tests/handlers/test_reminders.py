"""Reminders of several incidents in one mail: whoever is waited for is told of each in time, whatever the clock does."""

from __future__ import annotations

import random
import re
from datetime import timedelta

import pytest

import handlers.telling.reminders
from outbox import queue
from outbox.queue import QueuedMail
from parsers.mails.message import read_mail
from register import journal
from sop.events import Asked, Event, LadderClimbed
from sop.procedure import RungAction
from tests import cast
from tests.town import Town

A_MINUTE = timedelta(minutes=1)
NUMBERS = [f"DKL-2026-{serial:04d}" for serial in range(1, 10)]


def reminders(place: Town, person: str = "helpdesk") -> list[tuple[QueuedMail, str]]:
    """The reminders to somebody and what each says, oldest first."""
    with place.office.database.reading() as tx:
        rows = [row for row in queue.everything(tx) if (row.template, str(row.person)) == ("pengingat", person)]
    return [(row, read_mail(place.office.archive.get(row.sha256), ours=True).plain) for row in rows]


def named(row: QueuedMail, text: str) -> set[str]:
    """Which incidents a reminder is about: its own, and each in its list."""
    return {row.incident, *re.findall(r"(?m)^  \d+\. (DKL-2026-\d{4}), ", text)}


def naming(place: Town, number: str) -> int:
    return sum(number in named(row, text) for row, text in reminders(place))


def reminds(event: Event) -> bool:
    return isinstance(event.data, LadderClimbed) and event.data.action == RungAction.REMIND


def rounds(place: Town, number: str) -> int:
    """How often the ladder of an incident has come to a reminder."""
    with place.office.database.reading() as tx:
        events = journal.read_events(tx, number)
    return sum(reminds(event) for event in events)


def test_more_incidents_than_a_reminder_names_are_all_reminded_of_in_the_same_round(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.telling.reminders, "MOST", 2)
    for serial in range(417, 424):
        place.letter(serial)
    place.work()
    place.work(2)
    said = reminders(place)
    assert [naming(place, number) for number in NUMBERS[:7]] == [1] * 7
    assert len(said) == 3, "each names what none has named, so that there are no more than needed"
    (first, text), (_, last) = said[0], said[-1]
    assert "dan 6 lainnya" in first.subject and "2 tercantum di bawah, 4 selebihnya" in " ".join(text.split())
    assert "selebihnya" not in last


def test_stale_requests_take_no_place_in_a_reminder(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Helpdesk's requests in incidents that came back to the analysis stand before those of the others."""
    monkeypatch.setattr(handlers.telling.reminders, "MOST", 2)
    place.to_stage("disposisi")
    for _ in range(3):
        place.reply(cast.KABID, "Mohon disposisi", "KEMBALIKAN\n\nMohon dianalisis kembali.")
        place.work(0.1)
        place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nMemang darurat.")
        place.work(0.1)
        place.reply(cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN")
        place.work(0.1)
    place.reply(cast.KABID, "Mohon disposisi", "KEMBALIKAN\n\nMohon dianalisis kembali.")
    for serial in (418, 419):
        place.letter(serial)
    place.work(0.1)
    before = len(reminders(place))
    place.work(2.1)
    new = reminders(place)[before:]
    assert [named(*said) for said in new] == [set(NUMBERS[:3])]


@pytest.mark.parametrize("seed", range(3))
def test_after_every_round_each_incident_has_been_named_to_whoever_is_asked(
    place: Town, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Letters come and the desk looks when they like: whenever a ladder reminds, a mail of that minute says so."""
    chance = random.Random(seed)
    monkeypatch.setattr(handlers.telling.reminders, "MOST", chance.choice([1, 2, 3]))
    for serial in range(417, 436):
        if chance.random() < 0.6:
            place.letter(serial)
        place.work(chance.choice([0.2, 0.5, 1, 2]))
    reminded = 0
    mails = {person.id: reminders(place, person.id) for person in place.office.directory().people}
    with place.office.database.reading() as tx:
        events = {number: journal.read_events(tx, number) for number in place.numbers()}
    for number, happened in events.items():
        asked = set[str]()
        for event in happened:
            if isinstance(event.data, Asked):
                asked.add(event.data.person)
            for person in asked if reminds(event) else ():
                lately = [mail for mail in mails[person] if abs(mail[0].queued_at - event.at) <= A_MINUTE]
                assert any(number in named(*mail) for mail in lately), (number, person, event.at)
                reminded += 1
    assert reminded >= 5


@pytest.mark.parametrize("hours", [1, 2, 24])
def test_whoever_was_reminded_before_the_clock_was_set_back_is_reminded_again(place: Town, hours: int) -> None:
    place.letter(417)
    place.work()
    place.work(2.1)
    place.clock.forward(hours=-hours)
    place.work()
    place.letter(418)
    place.work()
    place.work(2.1)
    assert naming(place, NUMBERS[1]) == 1


def test_while_the_clock_catches_up_every_incident_is_reminded_of_as_if_it_had_never_been_wrong(place: Town) -> None:
    """A reminder of the hour that comes a second time is none of this minute, although its time is."""
    for serial in (417, 418):
        place.letter(serial)
    place.work()
    for _ in range(13):  # an hour of reminders, which then lies ahead
        place.work(5)
    place.clock.forward(hours=-1)
    place.work()
    before = [rounds(place, number) for number in NUMBERS[:2]], [naming(place, number) for number in NUMBERS[:2]]
    for _ in range(12):
        place.work(5)
    after = [rounds(place, number) for number in NUMBERS[:2]], [naming(place, number) for number in NUMBERS[:2]]
    for at in range(2):
        due, named = after[0][at] - before[0][at], after[1][at] - before[1][at]
        assert due >= 5 and named >= due, f"{NUMBERS[at]} was due {due} times, and named {named} times"


def test_a_clock_that_is_set_forward_reminds_of_everything(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers.telling.reminders, "MOST", 1)
    for serial in range(417, 422):
        place.letter(serial)
    place.work()
    place.work(60 * 24)
    assert min(naming(place, number) for number in NUMBERS[:5]) >= 1


def test_several_incidents_of_one_official_are_reminded_in_one_mail(place: Town) -> None:
    for serial in (417, 418, 419):
        place.letter(serial)
    place.work()
    assert len(place.numbers()) == 3
    before = len(place.inbox(cast.HELPDESK))
    place.work(2)
    new = place.inbox(cast.HELPDESK)[before:]
    assert len(new) == 1 and "dan 2 lainnya" in new[0].subject
    assert all(number in new[0].plain for number in place.numbers())
    assert new[0].html.count("mailto:") >= 3 * 2, "an incident in the list cannot be answered by a tap"
    with place.office.database.reading() as tx:
        for number in place.numbers():
            assert LadderClimbed.kind in {event.kind for event in journal.read_events(tx, number)}
