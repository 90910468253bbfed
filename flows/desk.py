"""The desk: rings when mail comes, watches the deadlines, sends, and keeps the faces up to date, until it is stopped.

Threads: a doorbell listens to each watched mailbox. The clerk acts: mail, deadlines, outbox, one thing after the other.
The painter draws the workbook, the papers and the case files. The reader reads what takes time (scans). The clerk waits
for neither of them, nor for Prefect.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from flows.here import work_for
from handlers.faces.compile_papers import compile_papers
from handlers.read_again import read_what_is_unread
from handlers.rounds.turns import STUCK, TROUBLE, Painter, clerks_turn, do_and_send, went_well
from inbox.mailbox import Mailbox, MailboxRefused, MailboxUnavailable
from office.build import Office

if TYPE_CHECKING:
    from flows.prefect_side import PrefectSide

log = logging.getLogger(__name__)
SWEEP_SECONDS = 20.0
"""How long the doorbell may stay silent before the mailbox is looked at all the same."""
REFUSED_SECONDS = 60.0
"""How long to leave a mailbox alone that refused our password: hammering would lock the account."""
PAINT_SECONDS = 2.0
READ_SECONDS = 3.0


class Desk:
    """One desk of one office. `api` is the Prefect API's address, "" for a desk without Prefect."""

    def __init__(
        self,
        office: Office,
        api: str = "",
        *,
        sweep_seconds: float = SWEEP_SECONDS,
        revive: Callable[[], None] = lambda: None,
        lives: Callable[[], bool] = lambda: True,
    ) -> None:
        """`revive` is called when the Prefect server does not answer: it starts one of our own again. `lives`: whether
        one of our own is there.
        """
        self.revive, self.lives = revive, lives
        self.office, self.api_url, self.sweep_seconds = office, api, sweep_seconds
        self.stop = threading.Event()
        self._mail_rang = threading.Event()
        self._wake = threading.Event()
        self._changed = threading.Event()
        self._bells = office.new_mailboxes()
        self._prefect: PrefectSide | None = None
        self._prefect_fault = ""
        self._painter = Painter(office)

    def run(self) -> None:
        """Work until `stop` is set; then finish what has been begun."""
        work_for(self.office)
        self._mail_rang.set()  # whatever stood in the mailbox before the desk opened
        turns = [("clerk", self._act), ("painter", self._paint), ("reader", self._read)]
        turns += [(f"doorbell of {bell.account}", partial(self._listen, bell)) for bell in self._bells]
        threads = [threading.Thread(target=self._turn_by_turn, args=(turn, name), name=name) for name, turn in turns]
        for thread in threads:
            thread.start()
        self.stop.wait()
        self.office.readers.interrupt()  # no mail holds up the closing
        for bell in self._bells:
            bell.close()  # wakes the doorbell out of its IDLE
        for event in (self._wake, self._mail_rang, self._changed):
            event.set()
        for thread in threads:
            thread.join()
        try:
            self._painter.draw_workbook(at_once=True)
        except Exception:
            log.exception("register belum digambar; digambar ketika meja dibuka lagi")
        if self._prefect is not None:
            self._prefect.paint(look=False)
            self._prefect.close()
        work_for(None)

    # The doorbell ----------------------------------------------------------------------------------------------------

    def _listen(self, bell: Mailbox) -> None:
        failures = 0
        while not self.stop.is_set():
            try:
                bell.wait(self.sweep_seconds)
                failures = 0
                self._ring()
            except MailboxRefused as error:
                log.error("%s; dicoba lagi %d detik lagi", error, REFUSED_SECONDS)
                self.stop.wait(REFUSED_SECONDS)
            except MailboxUnavailable as error:
                if self.stop.is_set():
                    break
                failures += 1
                pause = self.office.chance.spread(min(60.0, 0.5 * 2 ** min(failures - 1, 7)))
                log.warning("%s; dicoba lagi %.1f detik lagi", error, pause)
                self.stop.wait(pause)
                self._ring()
        bell.close()

    def _ring(self) -> None:
        self._mail_rang.set()
        self._wake.set()

    # The clerk -------------------------------------------------------------------------------------------------------

    def _act(self) -> None:
        """One turn, and the wait for the next."""
        rang = self._mail_rang.is_set()
        self._mail_rang.clear()
        span = clerks_turn(self.office, rang=rang, do=self._do)
        self._wake.wait(self._seconds(span))
        self._wake.clear()

    def _do(self, flow: str, plain: Callable[[], object]) -> None:
        """One round, as a flow run where Prefect can see it, else without; either way its mails are sent."""
        prefect = self._prefect
        if prefect is None or not prefect.ran(flow):
            do_and_send(self.office, plain)
        self._changed.set()

    def _seconds(self, span: timedelta | None) -> float:
        """Real seconds until something is due, which is in `span` of office time; at most one sweep."""
        if span is None:
            return self.sweep_seconds
        if not span:  # due, although everything due has just been done: something holds it up
            return STUCK.total_seconds()
        return min(self.sweep_seconds, max(0.02, self.office.clock.real_seconds(span)))

    # The painter -----------------------------------------------------------------------------------------------------

    def _paint(self) -> None:
        if self.api_url and self._prefect is None:
            from flows.prefect_side import PrefectSide

            self._prefect = PrefectSide(self.office, self.api_url, self._something_changed, self.lives)
        self._painter.turn(self._compile)
        if self._prefect is not None and not self._prefect.paint():
            self._call_prefect_back()
            self.stop.wait(PAINT_SECONDS)
        self._changed.wait(PAINT_SECONDS)
        self._changed.clear()

    def _call_prefect_back(self) -> None:
        """Whatever keeps it away, such as a stranger at its port, is said once, not at every try."""
        try:
            self.revive()
        except OSError as error:
            if str(error) != self._prefect_fault:
                log.error("%s; surat tetap diproses tanpa Prefect", error)
            self._prefect_fault = str(error)

    def _compile(self, number: str) -> None:
        if self._prefect is None or not self._prefect.compile(number):
            compile_papers(self.office, self.office.papers_folder, number)

    def _something_changed(self) -> None:
        self._wake.set()
        self._changed.set()

    # The reader ------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if read_what_is_unread(self.office):
            self._something_changed()
        self.stop.wait(READ_SECONDS)

    # All -------------------------------------------------------------------------------------------------------------

    def _turn_by_turn(self, turn: Callable[[], None], name: str) -> None:
        """A thread that died silently would be a desk that looks open and is not."""
        while not self.stop.is_set():
            if not went_well(turn, name):
                self._mail_rang.set()  # the clerk may have heard it, and not done it
                self.stop.wait(TROUBLE.total_seconds())
