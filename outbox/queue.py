"""The durable queue of outgoing mail. Bytes, Message-ID and Date are frozen when a mail is queued.

A mail is queued in the transaction that decided it, and its key says what it is for, so nothing is queued twice.
What is asked for each mail is built once, when the module is loaded: building a statement costs more than running it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from operator import itemgetter

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from outbox.lanes import lane
from register.schema import OPEN_STATES, incidents, outbox
from sop.addressee import Addressee
from sop.decide import CLOCKS_MAY_DIFFER
from sop.mail_key import MailKey
from sop.mails import MailTemplate


class State(StrEnum):
    """Where an outgoing mail stands."""

    QUEUED = "antre"
    SENDING = "dikirim"
    DOT = "ragu"
    """The final dot may have been sent, and no answer was recorded: in doubt until the archive copy is found. Without a
    `dot_at` it may have been sent in a life that was restored away: no copy is still on its way."""
    SENT = "terkirim"
    FAILED = "gagal"
    """Refused for good; nobody has been told yet."""
    TOLD = "gagal, dikabarkan"


LEASE = timedelta(minutes=2)
"""After that the owner of a claim is taken for dead. Whoever is only slow finds out before the final dot, and stops."""
LONGEST_WAIT = timedelta(minutes=20)
MINUTE = timedelta(minutes=1)
ASK_AGAIN = (MailTemplate.REMINDER, MailTemplate.ASK_BACK, MailTemplate.QUESTION_PASSED_ON)
"""Templates that ask for what a request has asked for already."""

OPEN: tuple[ColumnElement[str], ...] = tuple(literal_column(f"'{state}'") for state in OPEN_STATES)
"""Written into the statements: as a parameter no state would be known to be one of the index's."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail to be queued. `stage`, `visit` and `person` say what an answer to it would answer."""

    key: MailKey
    incident: str
    stage: str
    visit: int
    person: Addressee
    template: str
    asks: bool
    sender: str
    recipient: str
    subject: str
    message_id: str
    token: str
    sha256: str


@dataclass(frozen=True, slots=True)
class QueuedMail(Draft):
    """One row of the queue."""

    id: int
    state: State
    attempts: int
    queued_at: datetime
    not_before: datetime
    dot_at: datetime | None
    sent_at: datetime | None
    reply: str


_KEY = select(outbox.c.id).where(outbox.c.key == bindparam("key"))


def is_queued(tx: Connection, key: MailKey) -> bool:
    return tx.execute(_KEY, {"key": str(key)}).first() is not None


def count_of(tx: Connection, prefix: str) -> int:
    """How many mails have been queued whose keys begin with `prefix`."""
    here = outbox.c.key.startswith(prefix, autoescape=True)
    return tx.execute(select(func.count()).select_from(outbox).where(here)).scalar_one()


_QUEUE = insert(outbox)
_GO_BEFORE = update(outbox).where(
    outbox.c.incident == bindparam("of"),
    outbox.c.recipient == bindparam("reader"),
    outbox.c.lane > bindparam("urgency"),
    outbox.c.state.in_(OPEN),
)
_DRAFT = tuple(field.name for field in fields(Draft))


def put(tx: Connection, draft: Draft, now: datetime, *, doubtful: bool = False) -> None:
    """Queue a mail whose bytes are archived. A second mail with the same key is a Conflict at commit.

    `doubtful`: it may have been sent already, in a life that was restored away; it is looked up before it is sent.
    """
    values: dict[str, object] = {name: getattr(draft, name) for name in _DRAFT}
    values |= {"key": str(draft.key), "person": str(draft.person), "template": str(draft.template)}
    values["lane"] = urgency = lane(draft.template, draft.person, asks=draft.asks)
    if draft.incident:  # what its reader must have before it goes with it
        before = {"of": draft.incident, "reader": draft.recipient, "urgency": urgency}
        tx.execute(_GO_BEFORE, {**before, "lane": urgency})
    state = State.DOT if doubtful else State.QUEUED
    tx.execute(_QUEUE, {**values, "state": state.value, "queued_at": now, "not_before": now})


def _moment() -> ColumnElement[datetime]:
    """When a mail may be claimed; `_times` says what it is reckoned from.

    A wait longer than any that is ever given was begun by a clock that has been set back since, and so was a mail that
    was queued later than now: neither is waited for.
    """
    moment = outbox.c.queued_at.type
    now, longest = bindparam("now", type_=moment), bindparam("longest_wait", type_=moment)
    fresh = (outbox.c.attempts == 0) & (outbox.c.queued_at > now)  # once tried, its own wait counts
    unreal = fresh | (outbox.c.not_before > longest)
    not_before = case((unreal, now), else_=outbox.c.not_before)
    leased = outbox.c.lease_until.is_not(None) & (outbox.c.lease_until <= bindparam("longest_lease", type_=moment))
    return case((leased & (outbox.c.lease_until > not_before), outbox.c.lease_until), else_=not_before)


def _times(now: datetime) -> dict[str, datetime]:
    return {"now": now, "longest_wait": now + LONGEST_WAIT, "longest_lease": now + LEASE + CLOCKS_MAY_DIFFER}


_earlier = outbox.alias("earlier")
_HELD_BACK = exists().where(
    _earlier.c.incident == outbox.c.incident,
    _earlier.c.incident != "",
    _earlier.c.recipient == outbox.c.recipient,
    _earlier.c.id < outbox.c.id,
    _earlier.c.state.in_(OPEN),
)
"""Whether an earlier mail of the same incident to the same reader is still open."""
_claimable = _moment()
_NEXT_DUE = select(func.min(_claimable)).where(outbox.c.state.in_(OPEN), ~_HELD_BACK)


def next_due(tx: Connection, now: datetime) -> datetime | None:
    """When the next mail may be claimed: what somebody else is sending is due when their lease ends."""
    moment: datetime | None = tx.execute(_NEXT_DUE, _times(now)).scalar()
    return moment


_done, _lately = outbox.alias("done"), outbox.alias("lately")


def _dotted_ahead(mails: FromClause) -> ColumnElement[bool]:
    """Mails that are done with, whose dot was noted by a clock that has been set back since."""
    return and_(mails.c.dot_at > bindparam("ahead", type_=outbox.c.dot_at.type), mails.c.state.not_in(OPEN))


_BLOCKING = (
    select(_lately.c.dot_at)
    .where(
        _lately.c.dot_at > bindparam("since"),
        _lately.c.dot_at <= bindparam("until"),
        ~exists().where(_dotted_ahead(_done)),
    )
    .order_by(_lately.c.dot_at.desc())
    .offset(bindparam("fewer"))
    .limit(1)
)
"""The mail whose minute must be over before one more may go out."""
_FORGET_AHEAD = update(outbox).where(_dotted_ahead(outbox)).values(dot_at=None)


def full_until(tx: Connection, now: datetime, per_minute: int) -> datetime | None:
    """Until when no more may go out, if at most `per_minute` may in a minute (0: no limit); None: one may go now.

    As long as dots lie ahead the clock has been set back, and nobody knows which are of this minute: `claim` forgets
    them.
    """
    if not per_minute:
        return None
    blocking: datetime | None = tx.execute(_BLOCKING, _within_a_minute(now, per_minute)).scalar()
    return blocking + MINUTE if blocking else None


def _within_a_minute(now: datetime, per_minute: int) -> dict[str, object]:
    return {"since": now - MINUTE, "until": now, "ahead": now + CLOCKS_MAY_DIFFER, "fewer": per_minute - 1}


_DUE = (
    select(outbox.c.id)
    .where(outbox.c.state.in_(OPEN), _claimable <= bindparam("now"), ~_HELD_BACK)
    .order_by(outbox.c.lane, outbox.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .correlate(None)
)


def _claim(due: Select[tuple[int]]) -> ReturningUpdate[tuple[object, ...]]:
    mail = update(outbox).where(outbox.c.id == due.scalar_subquery())
    return mail.values(attempts=outbox.c.attempts + 1).returning(outbox)


_CLAIM = _claim(_DUE)
_CLAIM_WITHIN_THE_RATE = _claim(_DUE.where(~_BLOCKING.exists(), ~exists().where(_dotted_ahead(_done))))


def claim(tx: Connection, owner: str, now: datetime, per_minute: int = 0) -> QueuedMail | None:
    """Take the next mail that is due, for one `LEASE`. Nobody else gets it until then. None also while `full_until`.

    Requests go first, then receipts, then the rest (`outbox/lanes.py`); within a lane whatever was queued first.
    A reader gets the mails of one incident in their order: what must wait holds back what follows it, for that reader
    only. Somebody else's full mailbox delays nobody.
    """
    values: dict[str, object] = {**_times(now), "owner": owner, "lease_until": now + LEASE}
    if not per_minute:
        row = tx.execute(_CLAIM, values).one_or_none()
        return _mail(row) if row else None
    lately = _within_a_minute(now, per_minute)
    row = tx.execute(_CLAIM_WITHIN_THE_RATE, {**values, **lately}).one_or_none()
    # What went out at a moment that lies ahead must not count again when a clock that was set back comes there.
    if row is None and tx.execute(_FORGET_AHEAD, {"ahead": lately["ahead"]}).rowcount:
        row = tx.execute(_CLAIM_WITHIN_THE_RATE, {**values, **lately}).one_or_none()
    return _mail(row) if row else None


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many mails have not gone out, and what the server said of most of those that it was asked about ("")."""

    count: int = 0
    reason: str = ""


def unsent(tx: Connection) -> Unsent:
    """What is still to be sent, now or later."""
    query = select(outbox.c.reply, func.count()).where(outbox.c.state.in_(OPEN)).group_by(outbox.c.reply)
    said: dict[str, int] = {row[0]: row[1] for row in tx.execute(query)}
    reason = max((reply for reply in said if reply), key=lambda reply: said[reply], default="")
    return Unsent(sum(said.values()), reason)


_CLAIMED = update(outbox).where(outbox.c.id == bindparam("mail"), outbox.c.owner == bindparam("by"))


def mark(tx: Connection, mail: QueuedMail, owner: str, state: State, **values: object) -> bool:
    """Note where a claimed mail stands now. False: the lease ran out and somebody else has it."""
    return tx.execute(_CLAIMED, {"mail": mail.id, "by": owner, "state": state.value, **values}).rowcount == 1


def dot(tx: Connection, mail: QueuedMail, owner: str, now: datetime) -> bool:
    """The final dot is next. False: the lease ran out and somebody else has the mail."""
    return mark(tx, mail, owner, State.DOT, dot_at=now, lease_until=now + LEASE)


def release(tx: Connection, owner_prefix: str) -> None:
    """Take back what desks that are known to be gone had claimed."""
    theirs = outbox.c.owner.startswith(owner_prefix, autoescape=True) & outbox.c.lease_until.is_not(None)
    tx.execute(update(outbox).where(theirs).values(lease_until=None))


_REFUSED = select(outbox).where(outbox.c.state == literal_column(f"'{State.FAILED}'")).order_by(outbox.c.id)


def refused_untold(tx: Connection) -> list[QueuedMail]:
    """Mails that were refused for good and of which nobody has been told."""
    return [_mail(row) for row in tx.execute(_REFUSED)]


def mark_told(tx: Connection, mail: QueuedMail) -> bool:
    """Helpdesk is being told in this transaction. False: somebody else has done it."""
    here = (outbox.c.id == mail.id, outbox.c.state == State.FAILED.value)
    return tx.execute(update(outbox).where(*here).values(state=State.TOLD.value)).rowcount == 1


def doubt_everything(tx: Connection, now: datetime) -> None:
    """After a restore nobody knows what went out meanwhile: whatever is open is looked up before it is sent."""
    values = {"state": State.DOT.value, "dot_at": None, "not_before": now, "lease_until": None}
    tx.execute(update(outbox).where(outbox.c.state.in_(OPEN)).values(**values))


_BY_ID = select(outbox).where(outbox.c.id == bindparam("mail"))
_BY_MESSAGE_IDS = select(outbox).where(outbox.c.message_id.in_(bindparam("wanted")))
_BY_TOKEN = select(outbox).where(outbox.c.token == bindparam("token"))


def by_id(tx: Connection, mail_id: int) -> QueuedMail:
    return _mail(tx.execute(_BY_ID, {"mail": mail_id}).one())


def by_message_ids(tx: Connection, message_ids: Collection[str]) -> list[QueuedMail]:
    """Mails of ours among `message_ids` (no angle brackets), compared without case: some clients change it."""
    wanted = [message_id.lower() for message_id in message_ids]
    return [_mail(row) for row in tx.execute(_BY_MESSAGE_IDS, {"wanted": wanted})]


def by_token(tx: Connection, token: str) -> QueuedMail | None:
    row = tx.execute(_BY_TOKEN, {"token": token}).one_or_none()
    return _mail(row) if row else None


def sent_to(tx: Connection, addresses: Collection[str], since: datetime) -> list[QueuedMail]:
    """Mails sent to one of `addresses` (lower case) after `since`, the newest first."""
    here = (func.lower(outbox.c.recipient).in_(list(addresses)), outbox.c.sent_at > since)
    return [_mail(row) for row in tx.execute(select(outbox).where(*here).order_by(outbox.c.id.desc()).limit(20))]


def sent_lately(tx: Connection, since: datetime, limit: int) -> list[QueuedMail]:
    """The mails that went out after `since`, the newest first."""
    query = select(outbox).where(outbox.c.dot_at > since).order_by(outbox.c.dot_at.desc())
    return [_mail(row) for row in tx.execute(query.limit(limit))]


def of_incident(tx: Connection, incident: str) -> list[QueuedMail]:
    query = select(outbox).where(outbox.c.incident == incident).order_by(outbox.c.id)
    return [_mail(row) for row in tx.execute(query)]


_WRITTEN_TO = (
    select(outbox)
    .where(outbox.c.incident == bindparam("incident"), func.lower(outbox.c.recipient) == bindparam("reader"))
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)


def written_to(tx: Connection, incident: str, recipient: str, limit: int) -> list[QueuedMail]:
    """The newest mails of an incident to one address (any case), newest first."""
    values = {"incident": incident, "reader": recipient.lower(), "most": limit}
    return [_mail(row) for row in tx.execute(_WRITTEN_TO, values)]


_REQUESTS_TO = (
    select(outbox)
    .join(incidents, and_(incidents.c.number == outbox.c.incident, incidents.c.stage == outbox.c.stage))
    .where(
        outbox.c.person == bindparam("reader"),
        outbox.c.asks,
        outbox.c.template.not_in([again.value for again in ASK_AGAIN]),
        incidents.c.outcome == "",
    )
    .order_by(outbox.c.id)
)


def requests_to(tx: Connection, person: str) -> list[QueuedMail]:
    """The requests to `person` in stages where their incidents still stand, oldest first; reminders are none."""
    return [_mail(row) for row in tx.execute(_REQUESTS_TO, {"reader": person})]


_QUEUED_BETWEEN = (
    select(outbox)
    .where(
        outbox.c.template == bindparam("of"),
        outbox.c.person == bindparam("reader"),
        outbox.c.queued_at > bindparam("since"),
        outbox.c.queued_at <= bindparam("until"),
    )
    .order_by(outbox.c.id)
)


def queued_between(tx: Connection, template: str, person: str, since: datetime, until: datetime) -> list[QueuedMail]:
    """Mails of one template to one person that were queued after `since` and not after `until`, oldest first."""
    values = {"of": str(template), "reader": person, "since": since, "until": until}
    return [_mail(row) for row in tx.execute(_QUEUED_BETWEEN, values)]


def everything(tx: Connection) -> list[QueuedMail]:
    return [_mail(row) for row in tx.execute(select(outbox).order_by(outbox.c.id))]


_QUEUED = [field.name for field in fields(QueuedMail)]
_NAMED = itemgetter(*(outbox.c.keys().index(name) for name in _QUEUED))
"""What a row of the whole table says of each field: looked up by name for each row, that costs more than the query."""
_KEY_AT, _PERSON_AT, _STATE_AT = (_QUEUED.index(name) for name in ("key", "person", "state"))


def _mail(row: Row[tuple[object, ...]]) -> QueuedMail:
    """Of a row that has all columns, in their order."""
    values = list(_NAMED(row))
    values[_KEY_AT] = MailKey(values[_KEY_AT])
    values[_PERSON_AT] = Addressee.parse(values[_PERSON_AT])
    values[_STATE_AT] = State(values[_STATE_AT])
    return QueuedMail(*values)
