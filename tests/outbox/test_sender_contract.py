"""The `Sender` port's promises: on real SMTP servers with and without TLS and login, by password and by token, and on an
imitated Exchange."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from office.access_tokens import AccessTokens
from office.exchange_account import connect
from outbox.exchange import ExchangeSender
from outbox.sender import Envelope, InDoubt, Permanent, Retryable, ServerAway
from outbox.smtp import SmtpSender
from tests.doubles import exchange_server
from tests.proxy import Proxy
from tests.servers import DOMAIN, HOST, PASSWORD, free_port
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.takers import ExchangeTaker, HouseTaker, PostfixTaker, Taker
from tests.servers.token_house import TokenHouse
from tests.servers.trace import without_trace
from tests.town import until

OFFICE, NOBODY = f"darurat@{DOMAIN}", f"tidak.ada@{DOMAIN}"
READERS = [f"pembaca{number}@{DOMAIN}" for number in range(200)]
OPEN = ["house", "postfix"]
LOGIN = ["house login", "postfix starttls login", "postfix tls login", "postfix starttls login token"]
SMTP = [*OPEN, *LOGIN]
HEAD = (
    f"From: Siaga <{OFFICE}>\r\nTo: <READER>\r\nSubject: Mohon analisis\r\n"
    f"Date: Mon, 23 Nov 2026 09:00:00 +0700\r\nMessage-ID: <1@{DOMAIN}>\r\n\r\n"
).encode()
BODIES = {
    "dots": b".\r\n..\r\n.titik\r\nakhir.\r\n.\r\n",
    "bytes": bytes(range(1, 10)) + bytes(range(14, 256)) + b"\r\n",
    "an open last line": b"satu\r\ndua",
    "long lines": b"x" * 998 + b"\r\n." + b"x" * 997 + b"\r\n",
    "empty lines": b"\r\n\r\n.\r\n\r\n",
    "nothing": b"",
}


@dataclass(frozen=True)
class Line:
    """A server, a user to log in with, and two mailboxes nobody else uses."""

    taker: Taker
    user: str
    reader: str
    archive: str
    token: Callable[[str], str] | None = None
    """When given, logins are by token; a wrong password is then a token that nobody gave."""

    def sender(self, password: str = PASSWORD, port: int = 0) -> SmtpSender:
        security, tls = self.taker.security, self.taker.tls
        token = (self.token if password == PASSWORD else lambda _refused: password) if self.token else None
        return SmtpSender(
            HOST, port or self.taker.port, self.user, password, security=security, tls=tls, access_token=token
        )

    def envelope(self, body: bytes = b"isi\r\n", *, reader: str = "") -> Envelope:
        reader = reader or self.reader
        return Envelope(f"1@{DOMAIN}", OFFICE, reader, self.archive, self.head(reader) + body)

    def head(self, reader: str) -> bytes:
        return HEAD.replace(b"READER", reader.encode())

    def as_it_arrives(self, body: bytes) -> bytes:
        """SMTP ends every line."""
        return body if body.endswith(b"\r\n") or not body else body + b"\r\n"

    def bodies(self, address: str) -> list[bytes]:
        """What arrived, in no order: a server may deliver two mails at once."""
        return sorted(without_trace(raw).removeprefix(self.head(self.reader)) for raw in self.taker.inbox(address))

    def arrives(self, *bodies: bytes) -> None:
        """Reader and archive get exactly these."""
        for address in (self.reader, self.archive):
            arrived = list[bytes]()

            def look(address: str = address, arrived: list[bytes] = arrived) -> bool:
                arrived[:] = self.bodies(address)
                return len(arrived) >= len(bodies)

            until(look, f"mail to {address} arrives")
            assert arrived == sorted(bodies)


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenHouse]:
    with TokenHouse() as started:
        yield started


@pytest.fixture(scope="module")
def dovecot(tokens: TokenHouse) -> Iterator[Dovecot]:
    with Dovecot([OFFICE, *READERS], introspection_url=tokens.introspection_url) as started:
        yield started


@pytest.fixture(scope="module")
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    with Postfix(dovecot) as started:
        yield started


@pytest.fixture(scope="module")
def newcomers() -> Iterator[str]:
    """Every test takes the next two: nobody finds another test's mail."""
    return iter(READERS)


class ExchangeLine(Line):
    """The same over EWS."""

    def sender(self, password: str = PASSWORD, port: int = 0) -> ExchangeSender:  # type: ignore[override]
        endpoint = f"http://{HOST}:{port or self.taker.port}/EWS/Exchange.asmx"
        server = exchange_server(endpoint, OFFICE, password)
        return ExchangeSender(lambda: connect(server), account=OFFICE, address=OFFICE)

    def as_it_arrives(self, body: bytes) -> bytes:
        return body


@pytest.fixture(params=[*SMTP, "exchange"])
def line(request: pytest.FixtureRequest, newcomers: Iterator[str], tmp_path: Path) -> Iterator[Line]:
    server, *words = request.param.split()
    user = OFFICE if "login" in words else ""
    reader, archive = next(newcomers), next(newcomers)
    if server == "house":
        with HouseTaker([OFFICE, reader, archive]) as house:
            yield Line(house, user, reader, archive)
        return
    if server == "exchange":
        with ExchangeTaker([OFFICE, reader, archive]) as exchange:
            yield ExchangeLine(exchange, OFFICE, reader, archive)
        return
    postfix, dovecot = request.getfixturevalue("postfix"), request.getfixturevalue("dovecot")
    token = None
    if "token" in words:
        token = AccessTokens(request.getfixturevalue("tokens").login(user), tmp_path, lambda: datetime.now(UTC))
    yield Line(PostfixTaker(postfix, dovecot, words[0] if words else "tanpa"), user, reader, archive, token)


@pytest.fixture
def sender(line: Line) -> Iterator[SmtpSender]:
    opened = line.sender()
    yield opened
    opened.close()


def nothing() -> None:
    """Nobody needs to know that the dot is near."""


@pytest.mark.parametrize("name", BODIES)
def test_reader_and_archive_get_exactly_the_bytes(line: Line, sender: SmtpSender, name: str) -> None:
    body = BODIES[name]
    sender.send(line.envelope(body), nothing)
    line.arrives(line.as_it_arrives(body))


def test_a_large_mail_goes_through(line: Line, sender: SmtpSender) -> None:
    row = b"." + BODIES["bytes"]
    large = row * (25_000_000 // len(row))
    sender.send(line.envelope(large), nothing)
    line.arrives(large)


def test_the_dot_is_announced_once_when_nobody_has_the_mail(line: Line, sender: SmtpSender) -> None:
    told: list[list[bytes]] = []
    sender.send(line.envelope(), lambda: told.append(line.bodies(line.reader) + line.bodies(line.archive)))
    assert told == [[]]
    line.arrives(b"isi\r\n")


@pytest.mark.parametrize("line", SMTP, indirect=True)
def test_cut_when_the_dot_is_announced_and_the_mail_does_not_exist(line: Line, sender: SmtpSender) -> None:
    with Proxy(line.taker.port) as proxy:
        cut_off = line.sender(port=proxy.port)
        with pytest.raises(InDoubt):
            cut_off.send(line.envelope(b"pertama\r\n"), proxy.cut)
        cut_off.close()
    sender.send(line.envelope(b"kedua\r\n"), nothing)
    line.arrives(b"kedua\r\n")


def test_an_unknown_reader_is_refused_for_good_and_the_archive_gets_nothing(line: Line, sender: SmtpSender) -> None:
    told: list[str] = []
    with pytest.raises(Permanent, match=r"550|ErrorInvalidRecipients"):
        sender.send(line.envelope(b"tersesat\r\n", reader=NOBODY), lambda: told.append("dot"))
    assert told == [] or isinstance(line, ExchangeLine), "EWS looks at the reader only when it sends"
    sender.send(line.envelope(b"sampai\r\n"), nothing)
    line.arrives(b"sampai\r\n")


@pytest.mark.parametrize("line", SMTP, indirect=True)
def test_a_reader_whose_domain_is_not_ascii_is_written_to(line: Line, sender: SmtpSender) -> None:
    with pytest.raises(Permanent, match="huruf"):
        sender.send(line.envelope(reader=f"pembáca@{DOMAIN}"), nothing)
    with pytest.raises(Permanent, match=r"^5\d\d"):  # the server heard the address, and does not know it
        sender.send(line.envelope(reader="puskesmas@contöh.example"), nothing)
    sender.send(line.envelope(), nothing)
    line.arrives(b"isi\r\n")


@pytest.mark.parametrize("line", LOGIN, indirect=True)
def test_a_wrong_password_is_no_mails_fault(line: Line, sender: SmtpSender) -> None:
    with pytest.raises(ServerAway, match="535") as fault:
        line.sender(password="salah").send(line.envelope(b"tak boleh\r\n"), nothing)
    assert fault.value.refused
    with pytest.raises(Permanent, match="535"):
        line.sender(password="salah").check()
    sender.send(line.envelope(b"boleh\r\n"), nothing)
    line.arrives(b"boleh\r\n")


@pytest.mark.parametrize("line", LOGIN[1:], indirect=True)
def test_a_server_that_will_not_have_us_refuses_no_mail_in_particular(line: Line) -> None:
    stranger = SmtpSender(HOST, line.taker.port, security=line.taker.security, tls=line.taker.tls)
    with pytest.raises(ServerAway) as fault:
        stranger.send(line.envelope(), nothing)
    assert fault.value.refused


@pytest.mark.parametrize("line", LOGIN[1:], indirect=True)
def test_a_server_nobody_vouches_for_is_told_nothing(line: Line, sender: SmtpSender) -> None:
    doubtful = SmtpSender(
        HOST, line.taker.port, line.user, PASSWORD, security=line.taker.security, tls=ssl.create_default_context()
    )
    with pytest.raises(Retryable, match="sertifikat"):
        doubtful.send(line.envelope(b"rahasia\r\n"), nothing)
    sender.send(line.envelope(), nothing)
    line.arrives(b"isi\r\n")


@pytest.mark.parametrize("security", ["tanpa", "starttls", "tls"])
def test_nobody_listening_is_not_now(security: str) -> None:
    envelope = Envelope("", OFFICE, NOBODY, "", HEAD)
    with pytest.raises(Retryable):
        SmtpSender(HOST, free_port(), security=security).send(envelope, nothing)


@pytest.mark.parametrize("line", SMTP, indirect=True)
def test_one_connection_carries_many_mails(line: Line, sender: SmtpSender) -> None:
    bodies = [f"surat {number}\r\n".encode() for number in range(5)]
    connections = set()
    for body in bodies:
        sender.send(line.envelope(body), nothing)
        connections.add(sender._connection)
    assert len(connections) == 1
    line.arrives(*bodies)


def test_a_restarted_server_costs_one_more_try_at_most(line: Line, sender: SmtpSender) -> None:
    sender.send(line.envelope(b"sebelum\r\n"), nothing)
    line.arrives(b"sebelum\r\n")
    line.taker.restart()
    if isinstance(sender, SmtpSender):
        sender.port = line.taker.port
    try:
        sender.send(line.envelope(b"sesudah\r\n"), nothing)
    except Retryable:
        sender.send(line.envelope(b"sesudah\r\n"), nothing)
    for address in (line.reader, line.archive):
        # Which of the two Postfix had noted as delivered when it was killed is its own affair.
        until(lambda address=address: b"sesudah\r\n" in line.bodies(address), f"the second mail to {address} arrives")
        assert set(line.bodies(address)) == {b"sebelum\r\n", b"sesudah\r\n"}
