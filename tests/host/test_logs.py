"""Whatever is logged while something is worked on says what that is, however deep it is logged."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from io import StringIO

import pytest

from host.logs import Lines, about, also_about
from outbox.smtp import SmtpSender
from register import ledger
from tests import cast
from tests.doubles import HOST
from tests.servers import free_port
from tests.town import Town

NUMBER, MAIL = "DKL-2026-0001", "0123456789abcdef" * 4
log = logging.getLogger("deep.inside")


@pytest.fixture
def lines() -> Iterator[StringIO]:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Lines("%(levelname)s %(name)s: %(about)s%(message)s"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def told(lines: StringIO) -> list[str]:
    return [line for line in lines.getvalue().splitlines() if line.startswith(("WARNING", "ERROR"))]


def test_a_line_says_what_it_is_about_once(lines: StringIO) -> None:
    log.warning("nothing")
    with about(MAIL):
        log.warning("a mail")
        also_about(NUMBER, "")
        log.warning("a mail of an incident")
        log.warning("%s: said already, of %s", NUMBER, MAIL)
        with about(f"{NUMBER}/4/disposisi"):
            log.warning("a mail that goes out")
        log.warning("%s", 'and "100 %" is no matter')
    log.warning("nothing again")
    assert told(lines) == [
        "WARNING deep.inside: nothing",
        "WARNING deep.inside: [0123456789ab] a mail",
        f"WARNING deep.inside: [0123456789ab] [{NUMBER}] a mail of an incident",
        f"WARNING deep.inside: {NUMBER}: said already, of {MAIL}",
        f"WARNING deep.inside: [0123456789ab] [{NUMBER}/4/disposisi] a mail that goes out",
        f'WARNING deep.inside: [0123456789ab] [{NUMBER}] and "100 %" is no matter',
        "WARNING deep.inside: nothing again",
    ]


def test_each_thread_says_what_it_works_on_itself(lines: StringIO) -> None:
    def other() -> None:
        log.warning("other")
        with about("DKL-2026-0002"):
            log.warning("other")

    with about(NUMBER):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        log.warning("mine")
    assert [line.partition(": ")[2] for line in told(lines)] == ["other", "[DKL-2026-0002] other", f"[{NUMBER}] mine"]


def test_what_is_logged_while_a_mail_is_composed_carries_the_incidents_number(place: Town, lines: StringIO) -> None:
    """The lost original is met deep in composing, where nothing but the mail's id is known."""
    place.letter()
    place.work()
    with place.office.database.reading() as tx:
        row = ledger.collected_mail(tx, place.incident(NUMBER).mail)
    assert row is not None
    place.office.archive.path(row.sha256).unlink()
    place.work(40)
    (line, *_) = [line for line in told(lines) if "tidak dapat dilampirkan" in line]
    assert f": [{NUMBER}] surat asli {row.id[:12]} " in line


def test_what_is_logged_while_a_mail_is_read_carries_its_id(
    place: Town, lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = place.office.readers.open

    def grumbling(*arguments: object, **options: object) -> object:
        log.warning("a reader grumbles")
        return opened(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(place.office.readers, "open", grumbling)
    place.letter()
    place.work()
    with place.office.database.reading() as tx:
        row = ledger.collected_mail(tx, place.incident(NUMBER).mail)
    assert row is not None
    assert f"WARNING deep.inside: [{row.id[:12]}] a reader grumbles" in told(lines)


def test_what_the_sending_server_says_is_told_with_the_mail_it_was_said_to(place: Town, lines: StringIO) -> None:
    place.letter()
    place.office.postman.sender = SmtpSender(HOST, free_port(), cast.OFFICE, cast.PASSWORD, security="tanpa")
    place.work()
    (line,) = [line for line in told(lines) if "server pengirim belum dapat dipakai" in line]
    assert f": [{NUMBER}/" in line


def test_papers_that_cannot_be_written_are_told_with_their_incident(
    place: Town, lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = place.office.papers.make

    def grumbling(*arguments: object) -> object:
        log.warning("a paper grumbles")
        return make(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(place.office.papers, "make", grumbling)
    place.letter()
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya satu komputer.")
    place.work(1)
    assert f"WARNING deep.inside: [{NUMBER}] a paper grumbles" in told(lines)
