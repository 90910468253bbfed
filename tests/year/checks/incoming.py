"""What came in: every mail has a record and a visible end, and none ends in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from itertools import islice

from handlers.letter_arrived import NOT_OVER
from handlers.no_emergency import ONE_BY_ONE
from handlers.order_arrived import ORDERED
from handlers.reply_arrived import COURTESY, GOES_ON
from handlers.too_often.flood import FLOOD
from handlers.too_often.repeated import REPEATED
from parsers.letters.values import MailKind
from register.ledger import COPY, MAY_BE_URGENT, OWN_COPY, State
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.rows import UNDONE, MailIn, MailOut
from tests.year.checks.second_reading import rules
from tests.year.witness import Kind, Said

IN_THE_STORY = frozenset(
    {"insiden", "susulan", "belum pulih", "jawaban", "jawaban belum jelas", "jawaban ditanyakan"}
    | {"jawaban tidak sah", "tanpa jawaban", "ralat", "pelimpahan", "pengalihan tim", "gabung", "pisahkan"}
    | {"jawaban diragukan"}
)
"""What a mail became that an event must tell of."""
QUIET = frozenset({COPY, OWN_COPY, COURTESY, ORDERED})
"""What needs no word to anybody: copies, thanks for what only informed, orders that were carried out."""
LISTED_WITHIN = timedelta(hours=26)
TAKEN_WITHIN = timedelta(minutes=75)
"""In the year a desk at rest looks each hour, and a mailbox that was away is looked at again then."""
LIST = "karantina"
MAY_BE_LISTED = frozenset({MAY_BE_URGENT, FLOOD, REPEATED, *(str(kind) for kind in MailKind if kind.from_machine)})
"""What a list is enough for, many in one line; of anything else only where it was seen to be set apart."""
_FAILURE = re.compile(r"^[A-Z]\w*(?:Error|Exception|Conflict|Warning): ")
"""How a note begins that a handler's failure left."""


@dataclass(slots=True)
class Incoming:
    """The ledger, held against what was truly written."""

    told: Chronicle
    _spoken: set[str] = field(default_factory=set)
    _shown: set[str] = field(default_factory=set)
    """What the keys of mails about no incident refer to: beginnings of identities."""
    _lists: list[MailOut] = field(default_factory=list)
    _codes: set[str] = field(default_factory=set)
    _awaited: dict[str, datetime] = field(default_factory=dict)
    """Mails that came in and are not in the ledger yet: since when (the true clock)."""
    _came: int = 0
    _disturbed: datetime | None = None
    """When something last kept the house from its work."""
    _apart: set[str] = field(default_factory=set)
    """Identities of what has been seen set apart."""

    def after_turn(self, *, whole: bool) -> None:
        for story in self.told.touched.values():
            self._spoken |= story.spoken
        for mail in self.told.rows.queued:
            if mail.template == LIST:
                self._lists.append(mail)
            elif not mail.incident:
                self._shown.update(mail.key.split("/")[1:3])
        for record in self.told.rows.settled:
            self._settled(record)
        self._await_records(whole)
        unread = [mail for mail in self.told.rows.undone if self.told.rows.mails[mail].state == State.NEW]
        if whole and unread and not self.told.scene.mail_waits():
            broken(Invariant.STAYS_UNREAD, f"{unread[:3]}: {self.told.truth.said.get(unread[0])}")

    def at_the_end(self) -> None:
        self.after_turn(whole=True)
        self._codes = {code for mail in self._lists for code in self._codes_in(mail)}
        known = {mail.id: mail for mail in self.told.rows.all_mails()}
        for identity, said in self.told.truth.said.items():
            if said.arrived and identity not in known:
                broken(Invariant.NO_RECORD, f"{said}")
        for number, story in self.told.stories.items():
            if story.letter in known and not known[story.letter].incident:
                broken(Invariant.NOT_TOLD_OF, f"{number} began with a mail that knows of no incident")
        for mail in known.values():
            self._ended(mail)

    def _await_records(self, whole: bool) -> None:
        now, said, known = self.told.scene.true_now(), self.told.truth.said, self.told.rows.mails
        new = list(islice(said, self._came, None))
        self._came += len(new)
        self._awaited |= dict.fromkeys(new, now)
        self._awaited = {one: since for one, since in self._awaited.items() if one not in known}
        self._disturbed = now if not whole or self._disturbed is None else self._disturbed
        late = [one for one, since in self._awaited.items() if now - max(since, self._disturbed) > TAKEN_WITHIN]
        if late:
            broken(Invariant.NO_RECORD, f"since {self._awaited[late[0]]}: {said[late[0]]}")

    def _settled(self, mail: MailIn) -> None:
        """Somebody has acted on it."""
        said = self.told.truth.said.get(mail.id)
        if said is None and mail.became != OWN_COPY and not mail.message_id.startswith("lisan."):
            broken(Invariant.RECORD_OF_NOTHING, f"{mail}")
        if _FAILURE.match(mail.note):
            broken(Invariant.BROKE_READING, f"{mail.note}: {said}")
        if mail.state == State.SET_APART:
            self._apart.add(mail.id)
            if said is not None and said.kind is Kind.BOUNCE and said.incident and mail.became == MailKind.BOUNCE:
                broken(Invariant.NOT_TOLD_OF, f"{mail.became} of {said.incident}: {said}")
        if mail.state == State.UNREADABLE:
            self.told.notes.note("unreadable", f"{mail.note}: {said}")
        self._not_over(mail, said)
        self._told_of(mail)

    def _not_over(self, mail: MailIn, said: Said | None) -> None:
        """Only of the word that was offered, alone on its line: the rest is Helpdesk's to judge."""
        story = self.told.stories.get(said.incident) if said is not None and said.kind is Kind.NOT_OVER else None
        if said is None or story is None or story.ended_at is None or said.words.split("\n")[0] != "BELUM":
            return
        in_time = timedelta(0) <= mail.received - story.ended_at < rules().not_over_within
        alone = not (story.continued_as or story.with_incident or story.joined or story.set_back)
        if in_time and alone and story.outcome in rules().not_over_after and mail.became != NOT_OVER:
            broken(Invariant.NOT_OVER_UNHEARD, f"{story.number} became {mail.became}: {said}")

    def _told_of(self, mail: MailIn) -> None:
        carried_out = mail.became == GOES_ON or (mail.became == ORDERED and mail.incident)
        if carried_out and mail.incident not in self.told.stories:
            broken(Invariant.NOT_TOLD_OF, f"{mail.became} in {mail.incident}: {self.told.truth.said.get(mail.id)}")
        if mail.became in IN_THE_STORY and mail.id not in self._spoken:
            broken(Invariant.NOT_TOLD_OF, f"{mail.became} in {mail.incident}: {self.told.truth.said.get(mail.id)}")

    def _ended(self, mail: MailIn) -> None:
        """What its end is."""
        said = self.told.truth.said.get(mail.id)
        if mail.state in UNDONE or (not mail.became and mail.state != State.UNREADABLE):
            broken(Invariant.NO_END, f"{mail}: {said}")
        if mail.state == State.SET_APART and self.told.scene.now() - mail.received > LISTED_WITHIN:
            broken(Invariant.NEVER_LISTED, f"{mail}: {said}")
        self._told_of(mail)
        if (
            mail.state != State.SET_APART
            and not mail.incident
            and mail.became not in QUIET
            and not self._was_shown(mail)
        ):
            broken(Invariant.SILENT_END, f"{mail}: {said}")
        if said is not None and said.kind is Kind.LETTER and not mail.incident and mail.became != MAY_BE_URGENT:
            if mail.id[:16] not in self._shown:
                broken(Invariant.EMERGENCY_LOST, f"became {mail.became}: {said}")
            self.told.notes.note("an emergency was only shown to Helpdesk", f"became {mail.became}: {said}")

    def _was_shown(self, mail: MailIn) -> bool:
        """By itself, in answer to it, or in a list: with a code of its own where a letter may hide in it."""
        if mail.id[:16] in self._shown or f"perjelas-{mail.id[:12]}" in self._shown:
            return True
        if mail.became in ONE_BY_ONE:
            return mail.id[:8] in self._codes
        return (mail.became in MAY_BE_LISTED or mail.id in self._apart) and self._listed_since(mail.received)

    def _listed_since(self, moment: datetime) -> bool:
        jumped = self.told.truth.set_back or self.told.truth.set_forward
        return any(mail.queued_at >= moment or jumped for mail in self._lists)

    def _codes_in(self, mail: MailOut) -> list[str]:
        message = message_from_bytes(self.told.scene.archived(mail.sha256), policy=policy.default)
        body = message.get_body(("plain",))
        return re.findall(r"\b[0-9a-f]{8}\b", body.get_content() if body is not None else "")
