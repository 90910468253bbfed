"""What networks and servers do to a mailbox, and that nothing is lost by it. On pymap and on Dovecot,
behind a proxy."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from handlers.collect_mail import collect_mail
from inbox.imap import ImapMailbox
from inbox.mailbox import MailboxError, MailboxUnavailable, nothing_seen
from register import ledger
from tests import cast
from tests.doubles import HOST
from tests.proxy import Proxy
from tests.servers.real_house import RealHouse
from tests.town import Town, town


@pytest.fixture(params=["pymap", "dovecot"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    with ExitStack() as stack:
        house = stack.enter_context(RealHouse(cast.ADDRESSES)) if request.param == "dovecot" else None
        yield stack.enter_context(town(tmp_path / "kantor", house=house))


@pytest.fixture
def proxy(place: Town) -> Iterator[Proxy]:
    with Proxy(place.house.imap_port) as built:
        yield built


def mailbox_behind(proxy: Proxy) -> ImapMailbox:
    return ImapMailbox(HOST, proxy.port, cast.OFFICE, cast.PASSWORD, security="tanpa", read_seconds=1.0)


def test_cut_in_the_middle_of_mails_and_every_mail_is_kept_once(place: Town, proxy: Proxy) -> None:
    for number in range(6):
        place.write(cast.SAMSAT, f"Surat {number}", "isi\n" * 2000)
    mailbox, chance = mailbox_behind(proxy), random.Random(4)
    for _ in range(12):
        proxy.cut_after = chance.randrange(50, 20_000)
        try:
            collect_mail(place.office, mailbox)
        except MailboxError:
            continue
    proxy.cut_after = None
    with suppress(MailboxError):  # the line may still be the one that was cut last
        collect_mail(place.office, mailbox)
    collect_mail(place.office, mailbox)
    mailbox.close()
    with place.office.database.reading() as tx:
        kept = ledger.waiting(tx)
    assert len(kept) == 6
    assert all(place.office.archive.get(mail.sha256).rstrip().endswith(b"isi") for mail in kept)


def test_cut_while_listening_is_noticed_and_mended(place: Town, proxy: Proxy) -> None:
    mailbox = mailbox_behind(proxy)
    list(mailbox.sweep(nothing_seen))
    threading.Timer(0.3, proxy.cut).start()
    with pytest.raises(MailboxUnavailable):
        mailbox.wait(60)
    place.letter()
    assert len(list(mailbox.sweep(nothing_seen))) == 1
    mailbox.close()


def test_a_line_that_is_dead_but_not_closed_is_found_out(place: Town, proxy: Proxy) -> None:
    mailbox = mailbox_behind(proxy)
    list(mailbox.sweep(nothing_seen))
    proxy.silent.set()
    with pytest.raises(MailboxUnavailable):
        mailbox.wait(0.2)
    proxy.silent.clear()
    place.letter()
    assert len(list(mailbox.sweep(nothing_seen))) == 1
    mailbox.close()
