"""Reading from Exchange and sending by SMTP: the copy of a mail in doubt is looked for in the watched folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from inbox.exchange import open_folder
from office.exchange_account import connect
from outbox.exchange_copies import ExchangeCopies
from outbox.sender import Retryable
from tests.doubles import ExchangeHouse, exchange_server
from tests.servers import PASSWORD

OFFICE = "darurat@contoh.example"


def mail(message_id: str) -> bytes:
    return f"From: {OFFICE}\r\nTo: x\r\nMessage-ID: <{message_id}>\r\n\r\nisi\r\n".encode()


@pytest.fixture
def exchange() -> Iterator[ExchangeHouse]:
    with ExchangeHouse({OFFICE: PASSWORD}) as house:
        yield house


@pytest.mark.parametrize(("folder", "which"), [("INBOX", "inbox"), ("Surat/Darurat", "own-2")])
def test_the_watched_folder_is_looked_into(exchange: ExchangeHouse, folder: str, which: str) -> None:
    server = exchange_server(exchange.endpoint, OFFICE, PASSWORD)
    copies = ExchangeCopies(lambda: open_folder(connect(server), folder), account=OFFICE)
    assert not copies.was_sent("1@x")
    exchange.deliver(OFFICE, mail("1@x"), which)
    assert copies.was_sent("1@x") and not copies.was_sent("2@x")
    exchange.stop()
    with pytest.raises(Retryable):
        copies.was_sent("1@x")
