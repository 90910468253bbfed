"""A real Postfix refuses, postpones, closes, or is cut off after the final dot; and what a desk's queue makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from outbox import queue
from outbox.queue import State
from outbox.sender import Envelope
from outbox.sent_copies import CopyPlace, SentCopies
from outbox.smtp import SmtpSender
from register.database import Database
from tests.outbox.test_deliver import PostRoom
from tests.proxy import Proxy
from tests.servers import DOMAIN, HOST, PASSWORD
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.postfix_conf import TROUBLE
from tests.town import until

OFFICE, READER = f"darurat@{DOMAIN}", f"kabid@{DOMAIN}"


class House:
    """Postfix and Dovecot, as `PostRoom` wants to see them."""

    def __init__(self, dovecot: Dovecot, postfix: Postfix) -> None:
        self.dovecot, self.postfix = dovecot, postfix
        self.smtp_port, self.imap_port = postfix.ports.plain, dovecot.imap_port

    def copies(self, user: str) -> int:
        return len(self.dovecot.mailbox(user))


class CutAfterTheDot:
    """The line is cut in the answer to the dot."""

    def __init__(self, real: SmtpSender, proxy: Proxy) -> None:
        self.real, self.proxy = real, proxy

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> str:
        def announced() -> None:
            before_dot()
            self.proxy.cut_after = 1

        return self.real.send(envelope, announced)

    def close(self) -> None:
        self.real.close()


@pytest.fixture
def house() -> Iterator[House]:
    with Dovecot([OFFICE, READER, *(f"{name}@{DOMAIN}" for name in TROUBLE)]) as dovecot, Postfix(dovecot) as postfix:
        yield House(dovecot, postfix)


@pytest.fixture
def desk(database: Database, tmp_path: Path, house: House) -> Iterator[PostRoom]:
    built = PostRoom(database, tmp_path / "arsip", house)  # type: ignore[arg-type]
    built.sender.real = SmtpSender(HOST, house.smtp_port, security="tanpa")
    built.postman.proof = SentCopies([CopyPlace(HOST, house.imap_port, OFFICE, PASSWORD, security="tanpa")])
    yield built
    built.postman.sender.close()


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("sibuk", State.QUEUED),
        ("tunggu", State.QUEUED),
        ("penuh", State.QUEUED),
        ("gemuk", State.FAILED),
        ("tutup", State.FAILED),
    ],
)
def test_a_refused_reader_costs_nobody_else_a_mail(desk: PostRoom, house: House, name: str, state: State) -> None:
    desk.put("satu", recipient=f"{name}@{DOMAIN}")
    desk.put("dua")
    desk.postman.deliver_due()
    desk.clock.forward(seconds=20)
    desk.postman.deliver_due()
    with desk.database.reading() as tx:
        refused, good = queue.everything(tx)
    assert refused.state is state and TROUBLE[name] in refused.reply
    assert good.state is State.SENT


def test_cut_after_the_dot_the_archive_copy_says_that_it_was_taken(desk: PostRoom, house: House) -> None:
    with Proxy(house.smtp_port) as proxy:
        desk.sender.real = CutAfterTheDot(SmtpSender(HOST, proxy.port, security="tanpa"), proxy)
        desk.put()
        desk.postman.deliver_due()
        assert desk.states() == [State.DOT], "the answer came through"
        until(lambda: house.copies(OFFICE) == 1, "the archive copy is delivered")
        desk.clock.forward(seconds=20)
        desk.postman.deliver_due()
    assert desk.states() == [State.SENT]
    assert (house.copies(READER), house.copies(OFFICE)) == (1, 1)
