"""What people in the world know of the house: what stands in the mails they hold. Read from the journal for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy

from handlers.telling.reminders import named_by_reminder
from outbox import queue
from outbox.queue import QueuedMail
from register import journal
from register.database import Database
from sop.fold import fold
from sop.people import Directory, Person
from tests.year.house import House
from tests.year.world.answers import GROUP_OF_STAGE
from tests.year.world.together import OneAsked


class Files:
    """`directory`: the one in force now."""

    def __init__(self, house: House, directory: Callable[[], Directory]) -> None:
        self.directory = directory
        self._database: Database = house.database()

    def mail(self, message_id: str) -> QueuedMail | None:
        """The mail of ours with this Message-ID."""
        with self._database.reading() as tx:
            found = queue.by_message_ids(tx, [message_id])
        return found[0] if found else None

    def lately(self, since: datetime, most: int) -> list[QueuedMail]:
        """The last mails that went out after `since` (aware), the newest first."""
        with self._database.reading() as tx:
            return queue.sent_lately(tx, since, most)

    def waits_for(self, mail: QueuedMail) -> bool:
        """Whether what a mail asks for is still waited for."""
        with self._database.reading() as tx:
            current = journal.read_incident(tx, mail.incident).current
        return current is not None and (current.stage, current.number) == (mail.stage, mail.visit)

    def asked_together(self, mail: QueuedMail) -> list[OneAsked]:
        """What a reminder names, its own incident first, as far as it is still waited for; [] where that is one alone."""
        found = list[OneAsked]()
        with self._database.reading() as tx:
            named = named_by_reminder(tx, mail)
            for number in (mail.incident, *named):
                current = journal.read_incident(tx, number).current
                then = (mail.stage, mail.visit)
                if number in named:
                    known = [event for event in journal.read_events(tx, number) if event.seq <= named[number]]
                    asked = fold(number, known).current
                    then = (asked.stage, asked.number) if asked else ("", 0)
                if current is not None and (current.stage, current.number) == then and then[0] in GROUP_OF_STAGE:
                    found.append(OneAsked(number, *then, GROUP_OF_STAGE[then[0]]))
        return found if len(found) > 1 and found[0].number == mail.incident else []

    def waits_at(self, number: str) -> str:
        """The stage at which an incident waits; "" where it waits for nobody."""
        with self._database.reading() as tx:
            current = journal.read_incident(tx, number).current
        return current.stage if current is not None else ""

    def waiting_requests(self) -> list[QueuedMail]:
        """Mails that went out and ask for what is still waited for."""
        with self._database.reading() as tx:
            open_ = [one.number for one in journal.all_incidents(tx) if not one.outcome]
            asked = [mail for number in open_ for mail in queue.of_incident(tx, number) if mail.asks and mail.sent_at]
        return [mail for mail in asked if self._person(mail.recipient) and self.waits_for(mail)]

    def likely_same(self, number: str) -> list[str]:
        """Numbers of incidents that Helpdesk is told may be the same."""
        with self._database.reading() as tx:
            return [like.nomor for like in journal.read_incident(tx, number).like]

    def linked_with(self, number: str) -> str:
        """An incident that has been linked to this one; "" for none."""
        if not number:
            return ""
        with self._database.reading() as tx:
            joined = journal.read_incident(tx, number).joined
        return joined[0].incident if joined else ""

    def code_of(self, address: str) -> str:
        person = self._person(address)
        return person.id if person else ""

    def role_of(self, address: str) -> str:
        person = self._person(address)
        return person.role if person else ""

    def aide_of(self, address: str) -> str:
        person = self._person(address)
        return person.aides[0] if person and person.aides else ""

    def text_of(self, raw: bytes) -> str:
        """The first lines of a mail of ours, as a client would quote them."""
        body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
        return str(body.get_content()) if body else ""

    def _person(self, address: str) -> Person | None:
        return next((one for one in self.directory().people if address in one.addresses), None)
