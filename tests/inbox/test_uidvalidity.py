"""A mailbox that was restored or moved numbers its mails anew. On Dovecot and Postfix: no mail is acted on twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from handlers.collect_mail import collect_mail
from inbox.imap import ImapMailbox
from inbox.mailbox import MailboxUnavailable, nothing_seen
from register import ledger
from tests import cast
from tests.servers import HOST, PASSWORD
from tests.servers.real_house import RealHouse
from tests.town import Town, town


@pytest.fixture
def house() -> Iterator[RealHouse]:
    with RealHouse(cast.ADDRESSES) as built:
        yield built


@pytest.fixture
def place(tmp_path: Path, house: RealHouse) -> Iterator[Town]:
    with town(tmp_path / "kantor", house=house) as built:
        yield built


def test_after_a_new_uidvalidity_no_mail_is_acted_on_twice_and_none_is_missed(place: Town, house: RealHouse) -> None:
    place.to_stage("penerusan_analisis")
    mailbox = ImapMailbox(HOST, house.imap_port, cast.OFFICE, PASSWORD, security="tanpa")
    collect_mail(place.office, mailbox)
    before, sent = looked_at(mailbox), {address: len(place.inbox(address)) for address in cast.ADDRESSES}
    waiting = place.incident().current

    house.dovecot.renumber(cast.OFFICE)
    with suppress(MailboxUnavailable):  # the line was cut with the old numbers
        collect_mail(place.office, mailbox)
    assert collect_mail(place.office, mailbox) == 0
    after = looked_at(mailbox)
    assert {uidvalidity for uidvalidity, _ in before}.isdisjoint(uidvalidity for uidvalidity, _ in after)
    assert len(after) == len(before)

    place.work()
    assert place.numbers() == ["DKL-2026-0001"] and place.incident().current == waiting
    assert {address: len(place.inbox(address)) for address in cast.ADDRESSES} == sent

    place.reply(cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN")
    place.work(1)
    current = place.incident().current
    assert current is not None and current.stage == "disposisi"
    mailbox.close()


def test_a_new_mail_that_bears_an_old_number_is_a_new_mail(place: Town, house: RealHouse) -> None:
    mailbox = ImapMailbox(HOST, house.imap_port, cast.OFFICE, PASSWORD, security="tanpa")
    place.letter()
    assert collect_mail(place.office, mailbox) == 1
    old = looked_at(mailbox)
    mailbox.close()

    house.dovecot.renumber(cast.OFFICE, emptied=True)
    place.write(cast.SAMSAT, "Jaringan mati", "Mohon dibantu.")
    assert collect_mail(place.office, mailbox) == 1
    new = looked_at(mailbox)
    assert [uid for _, uid in new] == [uid for _, uid in old] and new != old
    with place.office.database.reading() as tx:
        assert len(ledger.waiting(tx)) == 2
    mailbox.close()


def looked_at(mailbox: ImapMailbox) -> list[tuple[int, int]]:
    """What a mailbox shows to somebody who knows nothing: UIDVALIDITY and UID of each mail."""
    return [(found.uidvalidity, found.uid) for found in mailbox.sweep(nothing_seen)]
