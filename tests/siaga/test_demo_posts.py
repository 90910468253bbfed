"""On every kind of mailbox that the demonstration knows: the office reads and sends where the simulated officials do."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.rounds.whole_round import work_once
from office.build import Office, build_office
from office.outside import Outside
from office.settings import read_settings
from register import journal
from siaga.commands.setup import demo
from siaga.demo import cast
from siaga.demo.letters import DINKES, network_letter
from siaga.demo.officials import Habit, Official, gmail
from siaga.demo.posts import KINDS
from siaga.demo.run import write_settings
from tests.town import ObedientClock, until

SAYS_YES = Habit("Mohon analisis", ("YA\n\nKabel FO putus.",), after=timedelta())


def test_every_kind_can_be_asked_for() -> None:
    [option] = [parameter for parameter in demo.params if parameter.name == "mailbox"]
    assert set(option.type.choices) == set(KINDS) and option.default == "imap"  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_an_answer_and_the_next_request_go_through_it(tmp_path: Path, kind: str) -> None:
    clock, came, officials = ObedientClock(), list[str](), dict[str, Official]()

    def delivered(recipient: str, raw: bytes) -> None:
        came.append(recipient)
        if recipient in officials:
            officials[recipient].ring()

    with ExitStack() as stack:
        post = stack.enter_context(KINDS[kind](tmp_path, delivered, clock.now))
        office = build_office(read_settings(write_settings(tmp_path, post)), Outside(clock))
        stack.callback(office.close)
        reads, sends = post.mailbox(cast.HELPDESK), post.sender(cast.HELPDESK)
        helpdesk = Official(reads, sends, cast.HELPDESK, "Dedi", [SAYS_YES], gmail, clock)
        officials[cast.HELPDESK] = helpdesk
        helpdesk.start()
        stack.callback(helpdesk.stop)
        post.send(DINKES, network_letter(cast.OFFICE, clock.now()))
        until(lambda: worked(office) == "penerusan_analisis", "Helpdesk answers and the procedure goes on")
        until(lambda: cast.KOORDINATOR in came, "the next official is asked")
        assert came.count(DINKES) == 1, "the receipt"


def worked(office: Office) -> str:
    """One round; the stage that the incident is at then."""
    work_once(office)
    with office.database.reading() as tx:
        current = journal.read_incident(tx, "DKL-2026-0001").current
    return current.stage if current else ""
