"""What a sending server may do to us: refuse, postpone, hang up; and what the sender makes of it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from outbox.sender import Envelope, InDoubt, Permanent, Retryable
from outbox.smtp import SmtpSender
from register.database import JournalUnavailable

ENVELOPE = Envelope(
    "1@contoh.example",
    "darurat@contoh.example",
    "kabid@contoh.example",
    "arsip@contoh.example",
    b"Subject: x\r\n\r\n.isi\r\n",
)
GOOD = {
    "EHLO": "250-mx\r\n250 SIZE 60000000",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 taken",
    "QUIT": "221 bye",
}
CUT = "cut"
SILENCE = "silence"
SLOW = "slowly "
PARTLY = "partly "


@contextmanager
def server(**script: str) -> Iterator[tuple[int, list[bytes]]]:
    """A server that answers by script; `CUT` hangs up instead, `SILENCE` lets the client wait,
    `SLOW` answers late, `PARTLY` hangs up in the middle of an answer. `COPY` is the RCPT of the archive. Yields its port and the mails it took.
    """
    answers = {**GOOD, **{key.replace("dot", "."): value for key, value in script.items()}}
    taken: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                _talk(connection, answers, taken)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], taken
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _talk(connection: socket.socket, answers: dict[str, str], taken: list[bytes]) -> None:
    lines = connection.makefile("rb")
    if answers.get("HELLO") != SILENCE:
        connection.sendall(f"{answers.get('HELLO', '220 mx')}\r\n".encode())
    body: list[bytes] | None = None
    try:
        for line in lines:
            if body is not None and line != b".\r\n":
                body.append(line)
                continue
            word = "." if body is not None else line.split()[0].decode().upper()
            if word == ".":
                taken.append(b"".join(body or []))
                body = None
            word = "COPY" if word == "RCPT" and b"arsip@" in line else word
            answer = answers.get(word, "250 ok")
            if answer == SILENCE:
                continue
            if answer.startswith(SLOW):
                time.sleep(0.8)
                answer = answer.removeprefix(SLOW)
            if answer == CUT or answer.startswith(PARTLY):
                connection.sendall(answer.removeprefix(PARTLY).removeprefix(CUT).encode())
                connection.shutdown(socket.SHUT_RDWR)
                return
            connection.sendall(f"{answer}\r\n".encode())
            if word == "DATA" and answer.startswith("354"):
                body = []
    except OSError:
        return
    finally:
        lines.close()


def send(port: int) -> tuple[str, list[str]]:
    """What the sender answers, or the fault it names; and whether it said that the dot is near."""
    told: list[str] = []
    sender = SmtpSender("127.0.0.1", port, security="tanpa", seconds=0.5, dot_seconds=0.5)
    try:
        return sender.send(ENVELOPE, before_dot=lambda: told.append("dot")), told
    except (Retryable, Permanent, InDoubt) as fault:
        return type(fault).__name__, told
    finally:
        sender.close()


@pytest.mark.parametrize(
    ("script", "verdict", "dotted"),
    [
        ({}, "250 taken", True),
        ({"MAIL": "421 shutting down"}, "ServerAway", False),
        ({"MAIL": "550 not allowed to send"}, "ServerAway", False),
        ({"MAIL": "452 queue is full"}, "ServerAway", False),
        ({"RCPT": "553 5.7.1 sender rejected", "COPY": "553 5.7.1 sender rejected"}, "ServerAway", False),
        ({"RCPT": "554 5.7.1 you may not write to them"}, "Permanent", False),
        ({"RCPT": "451 try again later"}, "Retryable", False),
        ({"RCPT": "550 no such user"}, "Permanent", False),
        ({"MAIL": "552 too big"}, "Permanent", False),
        ({"DATA": "451 not now"}, "Retryable", False),
        ({"dot": "451 disk full"}, "Retryable", True),
        ({"dot": "554 refused"}, "Permanent", True),
        ({"HELLO": "421 busy"}, "ServerAway", False),
        ({"DATA": "421 shutting down"}, "Retryable", False),
        ({"COPY": "452 archive is full"}, "250 taken (tanpa salinan arsip: 452 archive is full)", True),
        ({"COPY": "550 no archive here"}, "250 taken (tanpa salinan arsip: 550 no archive here)", True),
        ({"COPY": "421 shutting down"}, "Retryable", False),
        ({"RCPT": PARTLY + "4"}, "Retryable", False),
        ({"dot": PARTLY + "2"}, "InDoubt", True),
        ({"dot": PARTLY + "45"}, "InDoubt", True),
        ({"MAIL": CUT}, "Retryable", False),
        ({"DATA": CUT}, "Retryable", False),
        ({"dot": CUT}, "InDoubt", True),
        ({"MAIL": SILENCE}, "Retryable", False),
        ({"HELLO": SILENCE}, "ServerAway", False),
        ({"dot": SILENCE}, "InDoubt", True),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_answer_has_its_meaning(script: dict[str, str], verdict: str, dotted: bool) -> None:
    with server(**script) as (port, _):
        assert send(port) == (verdict, ["dot"] if dotted else [])


def test_nobody_listening_is_not_now() -> None:
    assert send(1) == ("ServerAway", [])


def test_a_server_that_takes_its_time_is_waited_for() -> None:
    with server(dot=SLOW + "250 taken") as (port, taken):
        sender = SmtpSender("127.0.0.1", port, security="tanpa", seconds=0.4, dot_seconds=30)
        for _ in range(2):
            assert sender.send(ENVELOPE, before_dot=lambda: None) == "250 taken"
        sender.close()
    assert len(taken) == 2


def test_what_was_begun_when_the_journal_fails_is_never_finished() -> None:
    def full() -> None:
        raise OSError(28, "no space left on device")

    def gone() -> None:
        raise JournalUnavailable("the database is away")

    with server() as (port, taken):
        sender = SmtpSender("127.0.0.1", port, security="tanpa")
        with pytest.raises(Retryable):
            sender.send(ENVELOPE, before_dot=full)
        with pytest.raises(JournalUnavailable):
            sender.send(ENVELOPE, before_dot=gone)
        assert sender.send(ENVELOPE, before_dot=lambda: None) == "250 taken"
        sender.close()
    assert len(taken) == 1


def test_lines_that_begin_with_a_dot_arrive_as_they_are() -> None:
    with server() as (port, taken):
        send(port)
    assert taken == [b"Subject: x\r\n\r\n..isi\r\n"]


def test_one_connection_serves_many_mails_and_a_broken_one_is_replaced() -> None:
    with server() as (port, taken):
        sender = SmtpSender("127.0.0.1", port, security="tanpa")
        sender.send(ENVELOPE, before_dot=lambda: None)
        first = sender._connection
        sender.send(ENVELOPE, before_dot=lambda: None)
        assert sender._connection is first and first is not None and first.sock is not None
        first.sock.shutdown(socket.SHUT_RDWR)
        sender.send(ENVELOPE, before_dot=lambda: None)
        sender.close()
    assert len(taken) == 3
