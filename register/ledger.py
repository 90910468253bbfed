"""The ledger of incoming mail: what was seen where, what is still to be done, and what became of each.

What is asked for each mail is built once, when the module is loaded: building a statement costs more than running it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, Row, Table, bindparam, exists, insert, select, union_all, update

from register.database import insert_or
from register.schema import mails, passed_over, sightings, watermarks
from sop.decide import CLOCKS_MAY_DIFFER

NEVER = datetime.min.replace(tzinfo=UTC)
AT_ONCE = 5_000
OWN_COPY = "salinan sendiri"
"""What became of a mail that is the archive copy of something we sent."""
ABSENT = "sedang tidak di tempat"
"""What became of a machine's word that an official is away."""


MAY_BE_URGENT = "mungkin darurat"
"""What became of a mail that was not acted on and may be an emergency: Helpdesk is shown a list of these at once."""
COPY = "salinan"
"""What became of a mail that has come before by another way."""


class State(StrEnum):
    """Where a mail stands."""

    NEW = "baru"
    DONE = "selesai"
    UNREADABLE = "tidak terbaca"
    SET_APART = "karantina"
    """Spam, phishing, newsletters: acted on, and to be listed for Helpdesk."""
    PUT_OFF = "menunggu dibaca"
    """Its meaning is in a picture: whoever reads slowly acts on it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail stands in a mailbox (RFC 9051 §2.3.1)."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class CollectedMail:
    """A mail in the ledger. `id` identifies the mail, `sha256` its bytes in the archive, `author` is the address in its
    From field. `collected_at` is when we took it, `received` when its server did (both aware).
    """

    id: str
    sha256: str
    collected_at: datetime
    state: State
    attempts: int
    became: str = ""
    incident: str = ""
    note: str = ""
    received: datetime = NEVER
    author: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What was taken of a folder: every UID up to `upto`, and those of `beyond`."""

    upto: int = 0
    beyond: frozenset[int] = frozenset()


LOOK_AT_ALL_EVERY = timedelta(days=1)
"""UIDs only ever grow; but replicated servers have been seen to slip a lower one in later."""


def _in_folder(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.account == bindparam("account"),
        table.c.folder == bindparam("folder"),
        table.c.uidvalidity == bindparam("uidvalidity"),
    )


_MARK = select(watermarks.c.upto, watermarks.c.whole_at).where(*_in_folder(watermarks))
_BEYOND = union_all(
    *(select(one.c.uid).where(*_in_folder(one), one.c.uid > bindparam("upto")) for one in (sightings, passed_over))
)


def known_uids(tx: Connection, account: str, folder: str, uidvalidity: int, now: datetime) -> Known:
    """UIDs already taken. A server that says UIDVALIDITY 0 promises nothing, so nothing counts as known then."""
    if uidvalidity == 0:
        return Known()
    here = {"account": account, "folder": folder, "uidvalidity": uidvalidity}
    mark = tx.execute(_MARK, here).one_or_none()
    # A look that lies ahead was noted by a clock that has been set back since.
    upto = mark.upto if mark and abs(now - mark.whole_at) < LOOK_AT_ALL_EVERY else 0
    return Known(upto, frozenset(tx.execute(_BEYOND, {**here, "upto": upto}).scalars()))


_RAISE = update(watermarks).where(
    watermarks.c.account == bindparam("of"),
    watermarks.c.folder == bindparam("within"),
    watermarks.c.uidvalidity == bindparam("since"),
)


def took_all(
    tx: Connection, account: str, folder: str, uidvalidity: int, known: Known, newest: int, now: datetime
) -> None:
    """Every mail that the folder held beyond `known`, up to UID `newest`, has been taken: ask for later ones only."""
    if uidvalidity == 0 or newest <= known.upto:
        return
    new = {"upto": newest} if known.upto else {"upto": newest, "whole_at": now}
    if tx.execute(_RAISE, {"of": account, "within": folder, "since": uidvalidity, **new}).rowcount:
        return
    key = {"account": account, "folder": folder, "uidvalidity": uidvalidity}
    row = insert_or(tx.dialect.name, watermarks).values(**key, upto=newest, whole_at=now)
    tx.execute(row.on_conflict_do_update(index_elements=list(key), set_=new))


_BY_ID = select(mails).where(mails.c.id == bindparam("this"))
_ENTER, _SIGHT = insert(mails), insert(sightings)
_KNOWN_HERE = select(
    exists().where(mails.c.id == bindparam("this")).label("entered"),
    exists().where(*_in_folder(sightings), sightings.c.uid == bindparam("uid")).label("sighted"),
)
_NOWHERE = Place("", "", 0, 0)


def enter(
    tx: Connection,
    place: Place | None,
    *,
    mail_id: str,
    sha256: str,
    message_id: str,
    size: int,
    now: datetime,
    received: datetime | None = None,
    author: str = "",
    became: str = "",
) -> bool:
    """Enter a mail whose bytes are archived. Returns whether it is new: a second copy is only sighted.

    `place` is None for a record that was never in a mailbox: Helpdesk's note of a telephone call. Without `received` it
    counts as received now. `became`: what a new one is settled as at once; "" for one that waits to be acted on.
    """
    here = asdict(place or _NOWHERE)
    entered, sighted = tx.execute(_KNOWN_HERE, {"this": mail_id, **here}).one()
    if not entered:
        row = {
            "id": mail_id,
            "sha256": sha256,
            "message_id": message_id[:500],
            "size": size,
            "collected_at": now,
            "received": received or now,
            "author": author[:320],
            "state": (State.DONE if became else State.NEW).value,
            "became": became,
        }
        tx.execute(_ENTER, row)
    if place is not None and not sighted:
        tx.execute(_SIGHT, {**here, "mail": mail_id})
    return not entered


def came_again(tx: Connection, mail_id: str, sha256: str) -> None:
    """A mail whose archived bytes were lost has come once more, by whatever way: these are its bytes now."""
    here = mails.c.id == mail_id
    tx.execute(update(mails).where(here).values(sha256=sha256))
    # Of many that nobody could read the later ones were only listed, as nobody's.
    only_listed = (mails.c.became == MAY_BE_URGENT) & (mails.c.note == "") & (mails.c.incident == "")
    unread = (mails.c.state == State.UNREADABLE.value) | only_listed
    tx.execute(update(mails).where(here, unread).values(state=State.NEW.value, attempts=0, became="", note=""))


_IN_STATE = select(mails).where(mails.c.state == bindparam("state")).order_by(mails.c.arrival)
_SOME_IN_STATE = _IN_STATE.limit(bindparam("most"))


def waiting(tx: Connection, limit: int = 100) -> list[CollectedMail]:
    """Mails nobody has acted on yet, oldest first."""
    return [_mail(row) for row in tx.execute(_SOME_IN_STATE, {"state": State.NEW.value, "most": limit})]


def collected_mail(tx: Connection, mail_id: str) -> CollectedMail | None:
    row = tx.execute(_BY_ID, {"this": mail_id}).one_or_none()
    return _mail(row) if row else None


def settle(tx: Connection, mail_id: str, became: str, incident: str = "", note: str = "") -> bool:
    """Say what became of a mail. Returns False when somebody else has settled it meanwhile: then do nothing."""
    values = {"state": State.DONE.value, "became": became, "incident": incident, "note": note[:2000]}
    return _still_new(tx, mail_id, **values)


def set_apart(tx: Connection, mail_id: str, kind: str, note: str = "") -> bool:
    """Put a mail into quarantine. False: somebody else has settled it meanwhile."""
    return _still_new(tx, mail_id, state=State.SET_APART.value, became=kind, note=note[:2000])


def put_off(tx: Connection, mail_id: str) -> bool:
    """Leave a mail to whoever reads slowly. False: somebody else has settled it meanwhile."""
    return _still_new(tx, mail_id, state=State.PUT_OFF.value)


def to_read_slowly(tx: Connection) -> list[CollectedMail]:
    """Mails that were put off, oldest first."""
    return [_mail(row) for row in tx.execute(_IN_STATE, {"state": State.PUT_OFF.value})]


_QUARANTINED = _IN_STATE.where(
    (mails.c.collected_at < bindparam("until")) | (mails.c.collected_at > bindparam("ahead"))
)
_SET_APART_AS = _IN_STATE.where(mails.c.became == bindparam("kind"))


def quarantined(tx: Connection, until: datetime, now: datetime) -> list[CollectedMail]:
    """Mails in quarantine that came before `until` and have not been listed, oldest first.

    What lies ahead of `now` was taken by a clock that has been set back since: it is listed too, and does not wait.
    """
    values = {"state": State.SET_APART.value, "until": until, "ahead": now + CLOCKS_MAY_DIFFER}
    return [_mail(row) for row in tx.execute(_QUARANTINED, values)]


def set_apart_as(tx: Connection, kind: str) -> list[CollectedMail]:
    """Mails in quarantine that were set apart as `kind` and have not been listed, oldest first."""
    return [_mail(row) for row in tx.execute(_SET_APART_AS, {"state": State.SET_APART.value, "kind": kind})]


def listed(tx: Connection, mail_ids: Collection[str]) -> int:
    """Helpdesk is being told of these. Returns how many nobody had listed before."""
    count, wanted = 0, list(mail_ids)
    for start in range(0, len(wanted), AT_ONCE):  # databases allow so many values in one statement, and no more
        here = (mails.c.id.in_(wanted[start : start + AT_ONCE]), mails.c.state == State.SET_APART.value)
        count += tx.execute(update(mails).where(*here).values(state=State.DONE.value)).rowcount
    return count


def give_incident(tx: Connection, mail_id: str, incident: str) -> bool:
    """A mail that was settled without an incident belongs to one after all. False: it has one already."""
    here = (mails.c.id == mail_id, mails.c.incident == "")
    values = {"state": State.DONE.value, "became": "insiden", "incident": incident}
    return tx.execute(update(mails).where(*here).values(**values)).rowcount == 1


def move_to_incident(tx: Connection, mail_id: str, before: str, incident: str) -> bool:
    """A mail that was a word on incident `before` is one of its own. False: it belongs to another already."""
    here = (mails.c.id == mail_id, mails.c.incident == before)
    return tx.execute(update(mails).where(*here).values(became="insiden", incident=incident)).rowcount == 1


def by_prefix(tx: Connection, prefix: str) -> CollectedMail | None:
    """The one mail whose id begins like this (at least eight letters); None when there is none, or more than one."""
    if len(prefix) < 8:
        return None
    found = tx.execute(select(mails).where(mails.c.id.startswith(prefix, autoescape=True)).limit(2)).all()
    return _mail(found[0]) if len(found) == 1 else None


_BEGIN = (
    update(mails)
    .where(mails.c.id == bindparam("this"))
    .values(attempts=mails.c.attempts + 1)
    .returning(mails.c.attempts)
)


def begin(tx: Connection, mail_id: str) -> int:
    """Count an attempt, before it is made. Returns how many that makes."""
    return int(tx.execute(_BEGIN, {"this": mail_id}).scalar_one())


def take_back(tx: Connection, mail_id: str) -> None:
    """The last attempt does not count: it came to nothing for reasons that are not the mail's."""
    here = (mails.c.id == mail_id, mails.c.attempts > 0)
    tx.execute(update(mails).where(*here).values(attempts=mails.c.attempts - 1))


def fail(tx: Connection, mail: CollectedMail, error: str, give_up_after: int = 3) -> State:
    """Note a failed attempt; after the last one the mail is set aside as unreadable. DONE: somebody settled it."""
    attempts = tx.execute(select(mails.c.attempts).where(mails.c.id == mail.id)).scalar_one()
    state = State.UNREADABLE if attempts >= give_up_after else State.NEW
    counted = _still_new(tx, mail.id, state=state.value, note=error[:2000])
    return state if counted else State.DONE


_STILL_NEW = update(mails).where(
    mails.c.id == bindparam("this"), mails.c.state.in_([State.NEW.value, State.PUT_OFF.value])
)


def _still_new(tx: Connection, mail_id: str, **values: object) -> bool:
    return tx.execute(_STILL_NEW, {"this": mail_id, **values}).rowcount == 1


_BY_MESSAGE_IDS = select(mails).where(mails.c.message_id.in_(bindparam("wanted")))
_ARRIVAL = select(mails.c.arrival).where(mails.c.id == bindparam("this")).scalar_subquery()
_EARLIER_BY = (
    select(mails)
    .where(mails.c.author == bindparam("author"), mails.c.arrival < _ARRIVAL, mails.c.became.not_in([COPY, OWN_COPY]))
    .order_by(mails.c.arrival.desc())
    .limit(bindparam("most"))
)


def by_message_ids(tx: Connection, message_ids: Collection[str]) -> list[CollectedMail]:
    """Mails of ours known by their Message-ID: to find the matter a follow-up belongs to."""
    return [_mail(row) for row in tx.execute(_BY_MESSAGE_IDS, {"wanted": list(message_ids)})]


def earlier_by(tx: Connection, mail: CollectedMail, limit: int) -> list[CollectedMail]:
    """The last mails of the same author that came before `mail`, the newest first; copies are passed over."""
    if not mail.author:
        return []
    values = {"this": mail.id, "author": mail.author, "most": limit}
    return [_mail(row) for row in tx.execute(_EARLIER_BY, values)]


_LAST_BY = (
    select(mails)
    .where(mails.c.author.in_(bindparam("authors", expanding=True)), mails.c.became.not_in([COPY, OWN_COPY]))
    .order_by(mails.c.arrival.desc())
    .limit(1)
)


def last_by(tx: Connection, authors: Collection[str]) -> CollectedMail | None:
    """The last mail of one who writes from these addresses (lower case); copies are passed over."""
    row = tx.execute(_LAST_BY, {"authors": list(authors)}).one_or_none()
    return _mail(row) if row else None


_COLLECTED = [field.name for field in fields(CollectedMail)]
_NAMED = itemgetter(*(mails.c.keys().index(name) for name in _COLLECTED))
"""What a row of the whole table says of each field: looked up by name for each row, that costs more than the query."""
_STATE_AT = _COLLECTED.index("state")


def _mail(row: Row[tuple[object, ...]]) -> CollectedMail:
    """Of a row that has all columns, in their order."""
    values = list(_NAMED(row))
    values[_STATE_AT] = State(values[_STATE_AT])
    return CollectedMail(*values)


def received(tx: Connection) -> list[CollectedMail]:
    """Everything that came in, oldest first, without the archive copies of what we sent."""
    query = select(mails).where(mails.c.became != OWN_COPY).order_by(mails.c.arrival)
    return [_mail(row) for row in tx.execute(query)]


def everything(tx: Connection) -> list[CollectedMail]:
    """Every mail in the ledger, our own copies too."""
    return [_mail(row) for row in tx.execute(select(mails).order_by(mails.c.arrival))]


def latest(tx: Connection, limit: int, became: str = "") -> list[CollectedMail]:
    """The mails that came last, newest first, without the archive copies of what we sent; or those that became that."""
    here = mails.c.became == became if became else mails.c.became != OWN_COPY
    return [_mail(row) for row in tx.execute(select(mails).where(here).order_by(mails.c.arrival.desc()).limit(limit))]
