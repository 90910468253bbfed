"""What a desk does in one turn. Nothing here waits, and nothing knows of threads: whoever keeps the desk says when a
turn comes. The clerk acts on mail, deadlines and what is due to be sent; the painter draws workbook and papers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from handlers.deadline_passed import act_on_deadlines
from handlers.directory_changed import who_serves
from handlers.faces.compile_papers import compile_due_papers
from handlers.faces.draw_register import draw_register
from handlers.rounds.intake import act_on_waiting_mail, collect_waiting_mail
from handlers.rounds.whole_round import OncePorts
from handlers.send_mail import SendingPorts, send_due_mail
from readers.pool import Interrupted
from register import journal, ledger
from register.database import JournalUnavailable
from register.workbook import WorkbookBusy

log = logging.getLogger(__name__)
TROUBLE = timedelta(seconds=2)
"""How long a desk in trouble rests before its next turn."""
STUCK = timedelta(seconds=0.5)
"""Until what was due, and has just been tried, is tried again: something holds it up."""
MAX_DRAW_PAUSE = timedelta(minutes=1)
Do = Callable[[str, Callable[[], object]], None]
"""Does a round: its name as `flows.prefect_side.ROUNDS` has it, and what to do where Prefect does not. Whatever comes
of it, what is due goes out (`do_and_send`).
"""


class Pace(Protocol):
    """How time passes."""

    def running(self) -> timedelta:
        """How long this process has been running, whatever becomes of the clock."""


class TurnPorts(OncePorts, Protocol):
    """What the turns of a desk need."""

    @property
    def clock(self) -> Pace:
        """How time passes here."""


def clerks_turn(ports: TurnPorts, *, rang: bool, do: Do) -> timedelta | None:
    """Act: on mail when the doorbell `rang`, on a deadline that is due, on mail that is due to go out.

    Returns what `until_next` says after it. Raises: JournalUnavailable, Interrupted, OSError.
    """
    if rang:
        _take_mail(ports, do)
    now = ports.now()
    deadline, sending = _next(ports, now)
    if (deadline is not None and deadline <= now) or ports.followed != who_serves(ports):
        do("watch", lambda: act_on_deadlines(ports))
    elif sending is not None and sending <= now:
        do("deliver", lambda: None)
    else:
        return _until(now, deadline, sending)
    return until_next(ports)


def until_next(ports: SendingPorts) -> timedelta | None:
    """How much office time passes until a deadline or a postponed mail is due; None where there is none."""
    now = ports.now()
    return _until(now, *_next(ports, now))


def _next(ports: SendingPorts, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When the next deadline is due, and the next mail."""
    with ports.database.reading() as tx:
        return journal.next_moment(tx, now), ports.postman.next_due(tx)


def _until(now: datetime, *moments: datetime | None) -> timedelta | None:
    ahead = [at for at in moments if at is not None]
    return max(min(ahead) - now, timedelta()) if ahead else None


def do_and_send(ports: SendingPorts, plain: Callable[[], object]) -> None:
    """One round without Prefect: whatever is wrong in it, what is due goes out."""
    try:
        plain()
    finally:
        send_due_mail(ports)


def went_well(turn: Callable[[], object], whose: str) -> bool:
    """Take a turn. False: it broke off, which is told; nothing is lost, and after `TROUBLE` it is to be taken again."""
    try:
        turn()
    except Interrupted:
        return True  # the desk is closing; whatever has not been read is read when it opens again
    except (JournalUnavailable, OSError) as error:
        log.error("%s; %s mencoba lagi sebentar lagi, tidak ada yang hilang", error, whose)
        return False
    except Exception:
        log.exception("%s terhenti, dimulai lagi", whose)
        return False
    return True


class Painter:
    """Draws workbook and papers, turn by turn."""

    def __init__(self, ports: TurnPorts) -> None:
        self.ports = ports
        self._draw_again = timedelta()

    def turn(self, compile_: Callable[[str], object]) -> None:
        """`compile_` writes the papers of an incident. Raises: JournalUnavailable."""
        self.draw_workbook()
        compile_due_papers(self.ports, self.ports.papers_folder, compile_)

    def draw_workbook(self, *, at_once: bool = False) -> None:
        """A big register takes seconds to draw: it is drawn the less often the longer it takes."""
        began = self.ports.clock.running()
        if began < self._draw_again and not at_once:
            return
        try:
            draw_register(self.ports, self.ports.register_folder)
        except WorkbookBusy as busy:
            log.info("%s; digambar nanti", busy)
        except JournalUnavailable:
            raise
        except Exception:  # papers and case files do not wait for it
            log.exception("register belum dapat digambar")
        drawn = self.ports.clock.running()
        self._draw_again = drawn + min(MAX_DRAW_PAUSE, 4 * (drawn - began))


def _take_mail(ports: TurnPorts, do: Do) -> None:
    try:
        collect_waiting_mail(ports)
    except OSError as error:
        log.error("surat belum dapat diarsipkan: %s; surat tetap di kotak surat dan dicoba lagi", error)
    with ports.database.reading() as tx:
        waits = bool(ledger.waiting(tx, limit=1))
    if waits:
        do("poll", lambda: act_on_waiting_mail(ports))
