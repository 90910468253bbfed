"""The desk: rings when mail comes, watches the deadlines, sends, and keeps the faces up to date, until it is stopped.

Three threads. The doorbell listens to the mailbox. The clerk acts: mail, deadlines, outbox, one thing after the other.
The painter draws the workbook, the papers and the case files. The clerk never waits for the painter or for Prefect.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from flows.case_file import DEPLOYMENT, Case, CaseFiles
from flows.compile_report import compile_report
from flows.deliver_outbox import deliver_outbox
from flows.deployments import register_deployments
from flows.here import work_for
from flows.poll_mailbox import poll_mailbox
from flows.prefect_server import healthy
from flows.rest import PrefectApi
from flows.watch_deadlines import watch_deadlines
from flows.worker import WarmWorker, quick_flows
from handlers.collect_mail import collect_mail
from handlers.compile_papers import compile_papers, papers_due
from handlers.deadline_passed import act_on_deadlines
from handlers.draw_register import draw_register
from handlers.rounds import act_on_waiting_mail
from inbox.mailbox import MailboxError, MailboxRefused, MailboxUnavailable
from office.build import Office
from outbox import queue
from register import faces, journal, ledger
from register.faces import Face
from register.workbook import WorkbookBusy

log = logging.getLogger(__name__)
SWEEP_SECONDS = 20.0
"""How long the doorbell may stay silent before the mailbox is looked at all the same."""
REFUSED_SECONDS = 60.0
"""How long to leave a mailbox alone that refused our password: hammering would lock the account."""


class Desk:
    """One desk of one office. `api` is the Prefect API's address, "" for a desk without Prefect."""

    def __init__(self, office: Office, api: str = "", *, sweep_seconds: float = SWEEP_SECONDS) -> None:
        self.office, self.api_url, self.sweep_seconds = office, api, sweep_seconds
        self.stop = threading.Event()
        self.mail_rang = threading.Event()
        self.wake = threading.Event()
        self.changed = threading.Event()
        self.fatal: str = ""
        self._api: PrefectApi | None = None
        self._cases: CaseFiles | None = None
        self._worker: WarmWorker | None = None
        self._bell = office.new_mailbox()

    def run(self) -> None:
        """Work until `stop` is set; then finish what has been begun."""
        work_for(self.office)
        threads = [
            threading.Thread(target=self._guarded, args=(work, name), name=name)
            for name, work in (("doorbell", self._listen), ("clerk", self._act), ("painter", self._paint))
        ]
        for thread in threads:
            thread.start()
        self.stop.wait()
        self._bell.close()  # wakes the doorbell out of its IDLE
        for event in (self.wake, self.mail_rang, self.changed):
            event.set()
        for thread in threads:
            thread.join()
        if self._worker is not None:
            self._worker.close()
        self._paint_once()
        if self._api is not None:
            self._api.close()
        work_for(None)

    # The doorbell ----------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        failures = 0
        while not self.stop.is_set():
            try:
                self._bell.wait(self.sweep_seconds)
                failures = 0
                self._ring()
            except MailboxRefused as error:
                log.error("%s; dicoba lagi %d detik lagi", error, REFUSED_SECONDS)
                self.stop.wait(REFUSED_SECONDS)
            except MailboxUnavailable as error:
                if self.stop.is_set():
                    break
                failures += 1
                pause = min(60.0, 0.5 * 2 ** min(failures - 1, 7)) * random.uniform(0.7, 1.3)
                log.warning("%s; dicoba lagi %.1f detik lagi", error, pause)
                self.stop.wait(pause)
                self._ring()
        self._bell.close()

    def _ring(self) -> None:
        self.mail_rang.set()
        self.wake.set()

    # The clerk -------------------------------------------------------------------------------------------------------

    def _act(self) -> None:
        self.mail_rang.set()  # whatever stood in the mailbox before the desk opened
        while not self.stop.is_set():
            self.wake.wait(self._seconds_to_next())
            self.wake.clear()
            if self.mail_rang.is_set():
                self.mail_rang.clear()
                self._take_mail()
            self._act_on_time()

    def _take_mail(self) -> None:
        try:
            self._collect()
        except MailboxError as error:
            log.warning("%s", error)
        except OSError as error:
            log.error("surat belum dapat diarsipkan: %s; surat tetap di kotak surat dan dicoba lagi", error)
        with self.office.database.reading() as tx:
            waits = bool(ledger.waiting(tx, limit=1))
        if waits:
            self._run(poll_mailbox, self._poll_without_prefect)
            self.changed.set()

    def _act_on_time(self) -> None:
        now = self.office.now()
        with self.office.database.reading() as tx:
            deadline, sending = journal.earliest_deadline(tx), queue.next_due(tx)
        if deadline is not None and deadline <= now:
            self._run(watch_deadlines, self._watch_without_prefect)
            self.changed.set()
        elif sending is not None and sending <= now:
            self._run(deliver_outbox, self.office.postman.deliver_due)
            self.changed.set()

    def _seconds_to_next(self) -> float:
        """Real seconds until a deadline or a postponed mail is due; at most one sweep."""
        with self.office.database.reading() as tx:
            moments = [at for at in (journal.earliest_deadline(tx), queue.next_due(tx)) if at is not None]
        if not moments:
            return self.sweep_seconds
        span = max(min(moments) - self.office.now(), timedelta())
        return min(self.sweep_seconds, max(0.02, self.office.clock.real_seconds(span)))

    def _collect(self) -> None:
        with self.office.collecting() as mailbox:
            collect_mail(self.office, mailbox)

    def _poll_without_prefect(self) -> None:
        act_on_waiting_mail(self.office)
        self.office.postman.deliver_due()

    def _watch_without_prefect(self) -> None:
        act_on_deadlines(self.office)
        self.office.postman.deliver_due()

    def _run(self, flow: Callable[[], Any], plain: Callable[[], Any]) -> None:
        """Run a flow where Prefect can see it; when it is away, do the same without it. Both are safe to repeat."""
        if self.api_url and healthy(self.api_url):
            try:
                with quick_flows():
                    flow()
                return
            except (MailboxError, OSError) as error:
                log.warning("%s", error)
                return
            except Exception as error:  # noqa: BLE001  Prefect in trouble must never stop the mail
                log.warning("dikerjakan tanpa Prefect: %s", error)
        plain()

    # The painter -----------------------------------------------------------------------------------------------------

    def _paint(self) -> None:
        while not self.stop.is_set():
            self._paint_once()
            self.changed.wait(2.0)
            self.changed.clear()

    def _paint_once(self) -> None:
        self._draw_workbook()
        for number in papers_due(self.office):
            self._compile(number)
        if self.api_url and not self._paint_case_files():
            self.stop.wait(2.0)

    def _draw_workbook(self) -> None:
        try:
            draw_register(self.office, self.office.register_folder)
        except WorkbookBusy as busy:
            log.info("%s; digambar nanti", busy)

    def _compile(self, number: str) -> None:
        try:
            self._run(
                lambda: compile_report(number), lambda: compile_papers(self.office, self.office.papers_folder, number)
            )
        except OSError as error:
            log.error("naskah %s belum dapat ditulis: %s", number, error)

    def _paint_case_files(self) -> bool:
        """Bring the case files up to date; False when the Prefect server is away."""
        try:
            cases = self._connected()
            with self.office.database.reading() as tx:
                behind = faces.behind(tx, faces.CASE_FILE)
            for number in behind:
                self._draw_case(cases, number)
            if self._worker is not None and not self.stop.is_set():
                self._worker.look()
        except httpx.HTTPError as error:
            log.warning("berkas kasus belum digambar: %s", error)
            return False
        return True

    def _connected(self) -> CaseFiles:
        if self._cases is None or self._api is None:
            self._api = self._api or PrefectApi(self.api_url)
            ids = register_deployments(self._api)
            self._cases = CaseFiles(self._api, ids[DEPLOYMENT])
            self._worker = WarmWorker(self._api, self.office.postman.owner, self._finished)
        return self._cases

    def _draw_case(self, cases: CaseFiles, number: str) -> None:
        with self.office.database.reading() as tx:
            events = journal.read_events(tx, number)
            incident = journal.read_incident(tx, number)
            procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
            drawn = faces.read_face(tx, faces.CASE_FILE, number)
        try:
            fresh = cases.draw(Case(number, events, procedure, self.office.directory()), drawn)
        except httpx.HTTPStatusError as error:
            if error.response.status_code not in (404, 409) or not drawn.ref:
                raise
            fresh = cases.draw(Case(number, events, procedure, self.office.directory()), Face(number))  # deleted there
        with self.office.database.writing() as tx:
            faces.mark_drawn(tx, faces.CASE_FILE, fresh)

    def _finished(self, parameters: dict[str, Any]) -> None:
        """A run that an admin started is over: whatever it changed is drawn anew."""
        number = str(parameters.get("nomor", ""))
        if number:
            with self.office.database.writing() as tx:
                face = faces.read_face(tx, faces.CASE_FILE, number)
                faces.mark_drawn(tx, faces.CASE_FILE, Face(number, max(face.seq - 1, 0), face.ref, face.memo))
        self.wake.set()
        self.changed.set()

    # Both ------------------------------------------------------------------------------------------------------------

    def _guarded(self, work: Callable[[], None], name: str) -> None:
        """A thread that dies silently would be a desk that looks open and is not: stop, and say why."""
        while not self.stop.is_set():
            try:
                work()
            except Exception as error:
                log.exception("%s terhenti, dimulai lagi", name)
                self.fatal = f"{name}: {error}"
                self.stop.wait(2.0)
