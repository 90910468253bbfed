"""A storm: letters pour in while desk, Dovecot and Postfix are killed again and again. `make chaos` makes it a big one."""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Select, func, select

from handlers.care.verify import examine
from handlers.faces.draw_register import years_behind
from office.build import Office, build_office
from office.settings import read_settings
from outbox import queue
from outbox.queue import State
from register import journal, ledger
from register.schema import incidents, mails, outbox
from sop.load import BUILTIN
from tests import cast
from tests.servers.real_house import RealHouse
from tests.storm.copies import Copies, count_copies
from tests.storm.desk import DeskProcess
from tests.storm.letters import StormLetter, addresses, letters
from tests.storm.post import Post
from tests.storm.spool import waiting_in_postfix
from tests.town import until, write_settings

LETTERS = int(os.environ.get("STORM_LETTERS", "40"))
KILLS = int(os.environ.get("STORM_KILLS", "4"))
SEED = int(os.environ.get("STORM_SEED", "20261124"))
LIMIT = 1800.0
"""Seconds after which a storm that does not end is given up."""
OFFICIALS = (cast.HELPDESK, cast.KOORDINATOR, cast.KABID, cast.SEKRETARIS, cast.KADIS, cast.JARINGAN, cast.APLIKASI)
MAILS = ("tanda_terima", "minta_analisis", "tembusan", "tembusan")
"""What a new incident sends: the receipt, the request to Helpdesk, a copy to each of the two technical teams."""
OUTGOING = len(MAILS) * LETTERS


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: every pytest that starts closes that one to the users Postfix and Dovecot run as.

    A storm that failed leaves it behind, for its logs.
    """
    made = Path(tempfile.mkdtemp(prefix="storm-"))
    yield made
    if (made / "over").exists():
        shutil.rmtree(made, ignore_errors=True)


def test_letters_under_a_storm_of_kills_become_one_incident_one_receipt_and_one_request_each(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(SEED)
    reporters, began = addresses(LETTERS), time.monotonic()
    house = RealHouse([*cast.ADDRESSES, *reporters], puts_aside_what_comes_twice=True)
    with house, _office(folder / "kantor", house) as office:
        posted = list(letters(LETTERS, dice))
        desk = DeskProcess(folder / "kantor" / "siaga.toml", folder / "meja.log")
        try:
            post = Post(house, posted, lambda: _opened(office), random.Random(dice.random()))
            post.start()
            kills = _storm(house, desk, office, dice)
            until(lambda: not post.is_alive(), "all letters are posted", seconds=LIMIT)
            until(lambda: _idle(office, house), "the desk has nothing left to do", seconds=LIMIT)
        finally:
            ended = desk.close()
        seconds = time.monotonic() - began
        readers = [*OFFICIALS, *reporters]
        copies = count_copies(lambda who: _everything(house, who), readers, _outbox(office))
        seen_twice = count_copies(house.dovecot.mailbox, readers, _outbox(office)).doubled_by_server
        with capsys.disabled():
            print(f"\n  {LETTERS} letters in {seconds:.0f} s, seed {SEED}, killed: {dict(kills)}")
            print(f"  posted again after a cut {post.repeated}, desk did not start {desk.ended_itself}")
            print(f"  lost {len(copies.lost)}, doubled {len(copies.doubled)}, ", end="")
            print(f"delivered twice by the server {len(copies.doubled_by_server)}, seen twice {len(seen_twice)}")
            for line in copies.doubled_by_server[:5]:
                print(f"    {line}")
        assert ended == 0 and sum(kills.values()) == KILLS
        _assert_each_letter_is_one_incident(office, posted)
        _assert_each_mail_stands_in_its_readers_mailbox_once(office, posted, copies)
        assert examine(office).damage == ()
        assert _numbers_in_workbook(office) == _numbers(office)
    log = (folder / "meja.log").read_text(encoding="utf-8")
    assert "Traceback" not in log, log[-4000:]
    (folder / "over").touch()


@contextmanager
def _office(folder: Path, house: RealHouse) -> Iterator[Office]:
    """An office whose officials have days: nobody answers here, and nobody shall be reminded."""
    folder.mkdir()
    patient = re.sub(r"setelah: (\d+) menit", r"setelah: \g<1>0000 menit", BUILTIN.read_text(encoding="utf-8"))
    (folder / "sop.yaml").write_text(patient, encoding="utf-8")
    path = write_settings(folder, house)
    # Longer than a server is away: what Postfix took shortly before it died is delivered after its restart.
    settings = path.read_text(encoding="utf-8").replace("tunggu_salinan = 2\n", "tunggu_salinan = 20\nper_menit = 0\n")
    path.write_text(f'{settings}[prosedur]\nberkas = "sop.yaml"\n', encoding="utf-8")
    office = build_office(read_settings(path))
    try:
        yield office
    finally:
        office.close()


def _storm(house: RealHouse, desk: DeskProcess, office: Office, dice: random.Random) -> Counter[str]:
    """Kill when so many mails have been sent, at moments spread at random over the whole work."""
    moments = sorted(dice.randrange(OUTGOING) for _ in range(KILLS))
    kills: Counter[str] = Counter()
    for number, moment in enumerate(moments):
        until(lambda moment=moment: _sent(office) >= moment, f"{moment} mails are sent", seconds=LIMIT)  # type: ignore[misc]
        time.sleep(dice.uniform(0, 0.3))
        victim = (
            ("desk", "dovecot", "postfix")[number % 3] if number < 3 else dice.choice(("desk", "dovecot", "postfix"))
        )
        kills[victim] += 1
        if victim == "desk":
            desk.kill()
        elif victim == "dovecot":
            house.dovecot.kill()
            house.dovecot.start()
        else:
            house.postfix.kill()
            house.postfix.start()
    return kills


# What can be seen from outside the desk -------------------------------------------------------------------------------


def _opened(office: Office) -> int:
    return _count(office, select(func.count()).select_from(incidents))


def _sent(office: Office) -> int:
    return _count(office, select(func.count()).where(outbox.c.state == State.SENT.value))


def _collected(office: Office) -> int:
    return _count(office, select(func.count()).select_from(mails))


def _count(office: Office, query: Select[tuple[int]]) -> int:
    with office.database.reading() as tx:
        return tx.execute(query).scalar_one()


def _idle(office: Office, house: RealHouse) -> bool:
    """All letters are incidents, all mails are sent, and the archive copy of each has come back and was recognised."""
    if _opened(office) < LETTERS or _sent(office) < OUTGOING or _collected(office) < LETTERS + OUTGOING:
        return False
    with office.database.reading() as tx:
        if ledger.waiting(tx, limit=1) or office.postman.next_due(tx):
            return False
    return not years_behind(office, office.register_folder) and not waiting_in_postfix(house)


def _everything(house: RealHouse, address: str) -> list[bytes]:
    """What came for a reader: what they see, and what their server put aside because it had come before."""
    return house.dovecot.mailbox(address) + house.dovecot.came_twice(address)


def _outbox(office: Office) -> list[queue.QueuedMail]:
    with office.database.reading() as tx:
        return queue.everything(tx)


def _numbers(office: Office) -> list[str]:
    with office.database.reading() as tx:
        return [summary.number for summary in journal.all_incidents(tx)]


def _numbers_in_workbook(office: Office) -> list[str]:
    (path,) = office.register_folder.glob("register-*.xlsx")
    book = load_workbook(path, read_only=True)
    try:
        return [str(row[0]) for row in book["Register"].iter_rows(min_row=3, max_col=1, values_only=True)]
    finally:
        book.close()


# What must be true at the end -----------------------------------------------------------------------------------------


def _assert_each_letter_is_one_incident(office: Office, posted: list[StormLetter]) -> None:
    numbers = _numbers(office)
    year = numbers[0].split("-")[1]
    assert sorted(numbers) == [f"DKL-{year}-{number:04d}" for number in range(1, len(posted) + 1)]
    with office.database.reading() as tx:
        received = ledger.received(tx)
        copies = [mail for mail in ledger.everything(tx) if mail.became == ledger.OWN_COPY]
        writers = {number: journal.read_incident(tx, number).report.email for number in numbers}
    assert {mail.became for mail in received} == {"insiden"} and len(copies) == OUTGOING
    assert sorted(mail.incident for mail in received) == sorted(numbers)
    assert sorted(writers.values()) == sorted(letter.sender for letter in posted)


def _assert_each_mail_stands_in_its_readers_mailbox_once(
    office: Office, posted: list[StormLetter], copies: Copies
) -> None:
    sent = _outbox(office)
    assert {mail.state for mail in sent} == {State.SENT}
    per_incident: dict[str, list[str]] = {}
    for mail in sent:
        per_incident.setdefault(mail.incident, []).append(mail.template)
    assert {tuple(sorted(templates)) for templates in per_incident.values()} == {tuple(sorted(MAILS))}
    receipts = [mail.recipient for mail in sent if mail.template == "tanda_terima"]
    assert sorted(receipts) == sorted(letter.sender for letter in posted)
    requests = {mail.recipient for mail in sent if mail.template == "minta_analisis"}
    assert requests == {cast.HELPDESK}
    assert (copies.lost, copies.doubled, copies.strange) == ([], [], [])
