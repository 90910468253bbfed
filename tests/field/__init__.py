"""Real-world mails on which desks have failed (`../shared/field`), brought in as their servers would hand them over.

Most letters stand by themselves. A mail that answers was made upon a request of another in-process office: here our own
request takes over the token and the Message-ID of that one, so that the mail's bytes stay as they are.
"""

from __future__ import annotations

import email
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from handlers.collect_mail import collect_mail
from handlers.rounds.whole_round import work_once
from inbox.identity import mail_identity
from inbox.mailbox import FoundMail, Seen
from register import journal, ledger
from register.ledger import CollectedMail
from register.schema import outbox
from sop.incident import Incident, Visit
from tests import cast
from tests.conftest import SHARED
from tests.town import JOURNEY, Town

FIELD = SHARED / "field"
_REFERS = re.compile(rb"(?im)^In-Reply-To:\s*<?dkl-2026-0001\.([a-z2-7]{5}-[a-z2-7]{5}-[a-z2-7]{4})@")
_UIDS = itertools.count(1000)
_STAGES = {subject: (stage, address) for stage, address, subject, _ in reversed(JOURNEY)}


_REQUESTS, _TOKEN_THEN = Path(__file__).parent / "requests", b"aaaaa-aaaaa-aaaa"


def names(*groups: str) -> Sequence[str]:
    """The mails of these groups ("10c", "13-banner"), by name without ".eml". Empty where shared/ is absent."""
    if not FIELD.exists():
        return ()
    return sorted(
        path.stem for path in FIELD.glob("*.eml") if any(path.stem.startswith(f"{group}-") for group in groups)
    )


def raw(name: str) -> bytes:
    """The mail's bytes; skips the test where shared/ is absent."""
    if not FIELD.exists():
        pytest.skip("no shared field mails beside the checkout (../shared/field)")
    return (FIELD / f"{name}.eml").read_bytes()


@dataclass
class HandedOver:
    """A mailbox in which one mail stands, whatever bytes it has."""

    content: bytes
    received: datetime | None
    uid: int
    account: str = "uji"
    folder: str = "INBOX"
    uidvalidity: int = 1

    def sweep(self, seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        if self.uid not in seen(self.uidvalidity):
            yield FoundMail(self.account, self.folder, self.uidvalidity, self.uid, self.received, self.content)

    def wait(self, seconds: float) -> bool:
        return True

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class Became:
    """What became of a mail: its row in the ledger, and the incident it belongs to, if any."""

    mail: CollectedMail
    incident: Incident | None

    @property
    def opened(self) -> bool:
        """Whether it is a report that opened an incident."""
        return self.mail.became == "insiden" and self.incident is not None


def deliver(place: Town, content: bytes, *, received: datetime | None = None) -> Became:
    """Bring in a mail as it stands, at the town's time, and let the office do one round."""
    with place.office.database.reading() as tx:
        before = {row.id: row.attempts for row in ledger.everything(tx)}
    mailbox = HandedOver(content, received or place.clock.now(), next(_UIDS))
    collect_mail(place.office, mailbox)
    work_once(place.office)
    with place.office.database.reading() as tx:
        new = [row for row in ledger.everything(tx) if row.id not in before and row.became != ledger.OWN_COPY]
        if not new:  # the same mail was here already
            found = ledger.collected_mail(tx, mail_identity(content, mailbox.received))
            assert found is not None
            new = [found]
        incident = journal.read_incident(tx, new[0].incident) if new[0].incident else None
    return Became(new[0], incident)


def deliver_field(place: Town, name: str) -> Became:
    """Bring in a mail of `../shared/field` that stands by itself."""
    return deliver(place, raw(name))


def answer_field(place: Town, name: str) -> tuple[Became, Visit]:
    """Lead an incident to the request that the mail answers, and bring the mail in.

    Returns what became of it, and the wait it answered, as it stands afterwards.
    """
    content = raw(name)
    subject = str(email.message_from_bytes(content)["subject"])
    stage, address = next(where for said, where in _STAGES.items() if said in _decoded(subject))
    place.to_stage(stage)
    take_over_token(place, content, address, stage)
    place.clock.forward(minutes=1)
    became = deliver(place, content)
    incident = place.incident()
    visit = next(visit for visit in incident.visits if visit.stage == stage)
    return became, visit


def take_over_token(place: Town, content: bytes, address: str, stage: str = "") -> None:
    """Our newest mail to `address` gets the token and the Message-ID that the mail refers to. Where it asked at `stage`
    it says what it said when the mails of the field were written: `requests` keeps it as it was then, without its files.
    """
    found = _REFERS.search(content)
    assert found, "the mail answers none of our requests"
    theirs = found[1].decode()
    with place.office.database.writing() as tx:
        query = select(outbox).where(outbox.c.recipient == address, outbox.c.incident == "DKL-2026-0001")
        ours = tx.execute(query.order_by(outbox.c.id.desc())).first()
        assert ours is not None
        if stage:
            sent = (_REQUESTS / f"{stage}.eml").read_bytes().replace(_TOKEN_THEN, theirs.encode())
        else:
            sent = place.office.archive.get(ours.sha256).replace(ours.token.encode(), theirs.encode())
        values = {
            "token": theirs,
            "message_id": ours.message_id.replace(ours.token, theirs),
            "sha256": place.office.archive.put(sent),
        }
        tx.execute(update(outbox).where(outbox.c.id == ours.id).values(**values))


def _decoded(subject: str) -> str:
    from parsers.fields.encoded_words import decode_words

    return " ".join(decode_words(subject).split())


def at_nine(day: int = 23) -> datetime:
    """Nine in the morning (WIB) of a day of November 2026."""
    return datetime(2026, 11, day, 2, 0, tzinfo=UTC)


__all__ = ["Became", "HandedOver", "answer_field", "at_nine", "cast", "deliver", "deliver_field", "names", "raw"]
