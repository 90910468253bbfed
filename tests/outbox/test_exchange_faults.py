"""What can go wrong while Exchange takes a mail, and that nobody gets it twice for that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from office.exchange_account import connect
from outbox.exchange import ExchangeSender
from outbox.sender import Envelope, InDoubt, Permanent, Retryable, ServerAway
from tests.doubles import ExchangeHouse, cut_after, cut_before, exchange_server, throttled, unavailable_after
from tests.servers import HOST, PASSWORD, free_port

OFFICE, READER, OTHER = (f"{name}@contoh.example" for name in ("darurat", "kabid", "lain"))


def envelope(to: str = READER) -> Envelope:
    raw = f"From: <{OFFICE}>\r\nTo: =?utf-8?q?Kabid?=\r\n <{to}>\r\nMessage-ID: <1@x>\r\n\r\nisi\r\n".encode()
    return Envelope("1@x", OFFICE, READER, OFFICE, raw)


def nothing() -> None:
    """Nobody needs to know that the dot is near."""


@pytest.fixture
def house() -> Iterator[ExchangeHouse]:
    with ExchangeHouse(dict.fromkeys([OFFICE, READER, OTHER], PASSWORD)) as built:
        yield built


def sender_for(house: ExchangeHouse, password: str = PASSWORD, endpoint: str = "") -> ExchangeSender:
    server = exchange_server(endpoint or house.endpoint, OFFICE, password)
    return ExchangeSender(lambda: connect(server), account=OFFICE, address=OFFICE)


@pytest.mark.parametrize("fault", [unavailable_after, cut_after])
def test_taken_but_not_answered_is_doubt_and_sent_items_settle_it(house: ExchangeHouse, fault: object) -> None:
    sender = sender_for(house)
    house.faults["CreateItem"] = [fault]  # type: ignore[list-item]
    with pytest.raises(InDoubt):
        sender.send(envelope(), nothing)
    assert sender.was_sent("1@x") and not sender.was_sent("2@x")
    assert house.inbox(READER) == [envelope().raw] and house.calls["CreateItem"] == 1, "sent again by the library"


def test_cut_before_it_was_taken_is_doubt_and_sent_items_deny_it(house: ExchangeHouse) -> None:
    sender = sender_for(house)
    house.faults["CreateItem"] = [cut_before]
    with pytest.raises(InDoubt):
        sender.send(envelope(), nothing)
    assert not sender.was_sent("1@x")
    sender.send(envelope(), nothing)
    assert sender.was_sent("1@x") and house.inbox(READER) == [envelope().raw] == house.sent(OFFICE)


def test_a_throttled_mail_was_not_sent_and_the_server_is_left_alone(house: ExchangeHouse) -> None:
    sender = sender_for(house)
    house.faults["CreateItem"] = [throttled(60_000)]
    with pytest.raises(ServerAway, match="sibuk"):
        sender.send(envelope(), nothing)
    calls = house.calls.total()
    with pytest.raises(ServerAway, match="ditunggu"):
        sender.send(envelope(), nothing)
    assert house.calls.total() == calls and house.inbox(READER) == []


def test_a_mail_that_names_other_readers_is_never_handed_over(house: ExchangeHouse) -> None:
    told: list[str] = []
    with pytest.raises(Permanent, match="penerima lain"):
        sender_for(house).send(envelope(OTHER), lambda: told.append("dot"))
    assert told == [] and house.inbox(OTHER) == []


def test_a_wrong_password_is_no_mails_fault(house: ExchangeHouse) -> None:
    with pytest.raises(ServerAway) as fault:
        sender_for(house, "salah").send(envelope(), nothing)
    assert fault.value.refused
    with pytest.raises(Permanent):
        sender_for(house, "salah").check()


def test_nobody_listening_is_not_now_and_no_proof_either(house: ExchangeHouse) -> None:
    nobody = sender_for(house, endpoint=f"http://{HOST}:{free_port()}/EWS/Exchange.asmx")
    with pytest.raises(ServerAway) as fault:
        nobody.send(envelope(), nothing)
    assert not fault.value.refused
    with pytest.raises(Retryable):
        nobody.was_sent("1@x")
