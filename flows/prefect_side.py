"""The desk's Prefect side: flows that admins can see, the case files, and what admins start in the UI.

Importing this costs seconds; a desk does it in the background and works without it until then.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx

from flows.case_file import DEPLOYMENT, Case, CaseFiles
from flows.compile_report import compile_report
from flows.deliver_outbox import deliver_outbox
from flows.deployments import register_deployments
from flows.knocking import Answer, knock
from flows.poll_mailbox import poll_mailbox
from flows.rest import PrefectApi
from flows.watch_deadlines import watch_deadlines
from flows.worker import WarmWorker, quick_flows
from host.logs import about
from office.build import Office
from register import faces, journal
from register.database import JournalUnavailable
from register.faces import Face

log = logging.getLogger(__name__)
RECHECK_SECONDS = 15.0
CASE_FILE = "berkas kasus"
SPOILT = "yang diubah di UI"

ROUNDS: dict[str, Callable[[], Any]] = {"poll": poll_mailbox, "watch": watch_deadlines, "deliver": deliver_outbox}


class PrefectSide:
    """One desk's dealings with one Prefect server. `changed` hears when an admin's doing changed something."""

    def __init__(
        self, office: Office, api_url: str, changed: Callable[[], None], lives: Callable[[], bool] = lambda: True
    ) -> None:
        """`lives`: whether a server of our own is there; where it is not, our login is told to nobody in its place."""
        self.office, self.api_url, self.changed, self._lives = office, api_url, changed, lives
        self.api = PrefectApi(api_url)
        self._refused = False
        # Desks that share a server share its case files; a server of our own is drawn on by nobody else.
        self._face = faces.at(faces.CASE_FILE, office.settings.prefect_url or office.desk)
        self._cases: CaseFiles | None = None
        self._worker: WarmWorker | None = None
        self._rechecked = 0.0

    def ran(self, round_: str) -> bool:
        """Do one of `ROUNDS` as a flow run that Prefect shows; False: Prefect could not, so do it without."""
        return self._ran(ROUNDS[round_])

    def _ran(self, flow: Callable[[], Any]) -> bool:
        if not self._welcome():
            return False
        try:
            with quick_flows():
                flow()
        except Exception as error:  # noqa: BLE001  Prefect in trouble must never stop the mail; ours is met again without it
            log.warning("dikerjakan tanpa Prefect: %s", error)
            return False
        return True

    def compile(self, number: str) -> bool:
        """Compile the papers of an incident as a flow run."""
        return self._ran(lambda: compile_report(number))

    def paint(self, *, look: bool = True) -> bool:
        """Bring the case files up to date and start what admins scheduled; False when the server is away."""
        if not self._welcome():
            return False
        try:
            cases = self._connected()
            with self.office.database.reading() as tx:
                behind = faces.behind(tx, self._face)
            self._alone(SPOILT, lambda: behind.extend(self._spoilt()))
            for number in dict.fromkeys(behind):
                self._alone(number, partial(self._draw, cases, number))
            if look and self._worker is not None:
                self._worker.look()
        except httpx.HTTPError as error:
            log.warning("berkas kasus belum digambar: %s", error)
            return False
        return True

    def close(self) -> None:
        """Wait for what is running, and let go."""
        if self._worker is not None:
            self._worker.close()
        self.api.close()

    def _welcome(self) -> bool:
        """Whether the server takes our login. That it does not is said once, and the desk goes on without it."""
        if not self._lives():
            return False
        answer = knock(self.api_url, self.api.login)
        refused = answer is Answer.REFUSES
        if refused and not self._refused:
            log.error(
                "server Prefect di %s menolak login meja ini; periksa [prefect] nama dan sandi (siaga doctor). "
                "Surat tetap diproses tanpa Prefect",
                self.api_url,
            )
        self._refused = refused
        return answer is Answer.WELCOMES

    def _connected(self) -> CaseFiles:
        if self._cases is None:
            if not self.api.login:
                log.warning("server Prefect di %s terbuka tanpa login; lihat: siaga doctor", self.api_url)
            ids = register_deployments(self.api)
            self._cases = CaseFiles(self.api, ids[DEPLOYMENT], self.office.new_name)
            self._worker = WarmWorker(self.api, self.office.postman.owner, self._finished)
        return self._cases

    def _alone(self, number: str, act: Callable[[], None]) -> None:
        """One case file in trouble stops only itself. Raises: httpx.HTTPError when it is the server that is."""
        troubles = self.office.troubles
        if troubles.rests(CASE_FILE, number):
            return
        try:
            with about(number):
                act()
            troubles.over(CASE_FILE, number)
        except (httpx.TransportError, JournalUnavailable):
            raise
        except Exception as error:
            if isinstance(error, httpx.HTTPStatusError) and not self._welcome():
                raise
            troubles.met(CASE_FILE, number, error)

    def _draw(self, cases: CaseFiles, number: str) -> None:
        with self.office.database.reading() as tx:
            standing = journal.read_standing(tx, number)
            drawn = faces.read_face(tx, self._face, number)
        case = Case(number, standing.events, standing.procedure, self.office.directory(), self.office.words)
        try:
            fresh = cases.draw(case, drawn)
        except httpx.HTTPStatusError as error:
            if error.response.status_code not in (404, 409) or not drawn.ref:
                raise
            fresh = cases.draw(case, Face(number))  # somebody deleted it there
        with self.office.database.writing() as tx:
            faces.mark_drawn(tx, self._face, fresh)

    def _spoilt(self) -> list[str]:
        """Open incidents whose run somebody cancelled or finished in the UI: an incident ends in the journal only."""
        if time.monotonic() - self._rechecked < RECHECK_SECONDS:
            return []
        self._rechecked = time.monotonic()
        with self.office.database.reading() as tx:
            open_ = [summary.number for summary in journal.all_incidents(tx) if not summary.outcome]
            numbers = {faces.read_face(tx, self._face, number).ref: number for number in open_}
        ended = {"type": {"any_": ["CANCELLED", "CANCELLING", "CRASHED", "FAILED", "COMPLETED"]}}
        wanted = {"flow_runs": {"id": {"any_": [ref for ref in numbers if ref]}, "state": ended}}
        return [numbers[row["id"]] for row in self.api.post("/flow_runs/filter", wanted)] if any(numbers) else []

    def _finished(self, parameters: dict[str, Any]) -> None:
        """A run that an admin started is over: its case is drawn once more, over the state the run left."""
        number = str(parameters.get("nomor", ""))
        if number:
            with self.office.database.writing() as tx:
                face = faces.read_face(tx, self._face, number)
                if face.ref:
                    faces.mark_drawn(tx, self._face, Face(number, 0, face.ref, face.memo))
        self.changed()
