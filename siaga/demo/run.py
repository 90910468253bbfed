"""Runs the demonstration: a mail house of any kind, a Prefect server, a desk, simulated officials, three incidents."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.faces.compile_papers import papers_due
from handlers.faces.draw_register import years_behind
from handlers.oral_report import OralReport, enter_oral_report
from office.build import Office, build_office
from office.clock import HurriedClock
from office.offices_file import DEFAULT
from office.outside import Outside
from office.prefect_environment import point_prefect_at
from office.prefect_login import login_file
from office.settings import read_settings
from parsers.mails.message import read_mail
from register import faces, journal
from register.workbook import standing
from siaga.demo import cast
from siaga.demo.letters import DINKES, DISDIK, network_letter, printer_letter
from siaga.demo.officials import Official
from siaga.demo.posts import KINDS, Post
from siaga.demo.result import Result, tell, write_result
from siaga.demo.view import View
from templates import phrasing

if TYPE_CHECKING:
    from flows.prefect_server import PrefectServer

INCIDENTS = 3
_OFFICE = """\
[kantor]
nama = "Dinas Komunikasi, Informatika dan Statistik"
unit = "Bidang Aplikasi Informatika"
kop = ["PEMERINTAH PROVINSI SUMATERA BARAT", "DINAS KOMUNIKASI, INFORMATIKA DAN STATISTIK"]
"""


def run_demo(out: Path, pace: float, *, headless: bool, mailbox: str = "imap") -> Result:
    """Run everything into `out`, on mailboxes of the kind `mailbox`. Without `headless` it stays up until Ctrl-C.

    `pace`: real seconds that one minute of the SOP takes.
    """
    out.mkdir(parents=True, exist_ok=True)
    clock = HurriedClock(60 / pace)
    with ExitStack() as stack:
        officials: dict[str, Official] = {}
        view = View(8, live=not headless)

        def delivered(recipient: str, raw: bytes) -> None:
            mail = read_mail(raw, ours=True)
            ours = mail.sender == cast.OFFICE
            if not (ours and recipient == cast.OFFICE):  # our own archive copies are no news
                view.mail(phrasing.clock(clock.now(), phrasing.office_day(clock.now())), mail, recipient, ours)
            if recipient in officials:
                officials[recipient].ring()

        post = stack.enter_context(KINDS[mailbox](out, delivered, clock.now))
        office = build_office(read_settings(write_settings(out, post)), Outside(clock))
        stack.callback(office.close)
        server = _start_prefect(stack, out, view)
        for address, (name, quoting, habits) in cast.CAST.items():
            official = Official(post.mailbox(address), post.sender(address), address, name, habits, quoting, clock)
            officials[address] = official
            official.start()
            stack.callback(official.stop)
        stack.enter_context(view)
        stack.enter_context(_desk(office, server.api))
        post.send(DINKES, network_letter(cast.OFFICE, clock.now()))
        time.sleep(clock.real_seconds(timedelta(minutes=1)))
        post.send(DISDIK, printer_letter(cast.OFFICE, clock.now()))
        time.sleep(clock.real_seconds(timedelta(minutes=1)))
        _telephone(office, view)
        _watch(office, view, clock)
        result = write_result(office, server, out)
        tell(view, result, out)
        if not headless:
            _stay(view)
    return result


def write_settings(out: Path, post: Post) -> Path:
    """The office's `siaga.toml`, `pejabat.yaml` and `opd.csv` in `out`. Returns the path of the first."""
    (out / "pejabat.yaml").write_text(cast.PEOPLE, encoding="utf-8")
    offices = DEFAULT.read_text(encoding="utf-8").splitlines()
    known = [f"{line},{cast.SAMSAT}" if line.startswith(cast.SAMSAT_IS) else line for line in offices]
    (out / "opd.csv").write_text("\n".join(known) + "\n", encoding="utf-8")
    path = out / "siaga.toml"
    path.write_text(f'{_OFFICE}{post.settings}[berkas]\ndata = "data"\n', encoding="utf-8")
    return path


def _start_prefect(stack: ExitStack, out: Path, view: View) -> PrefectServer:
    from flows.prefect_server import PrefectServer, free_port

    server = PrefectServer(out / "prefect", free_port())
    point_prefect_at(server.api, server.home, out / "siaga.toml", login=server.login)
    view.say("Menyalakan server Prefect (pertama kali menyiapkan basis datanya, biasanya setengah menit) …")
    server.start()
    stack.callback(server.stop)
    told = [0.0]

    def waiting(seconds: float) -> None:
        if seconds - told[0] >= 5:
            told[0] = seconds
            view.say(f"[dim]  menunggu server Prefect, {seconds:.0f} detik …[/]")

    server.wait_until_ready(waiting)
    view.say(f"Prefect siap: {server.ui}")
    view.say(f"Masuk dahulu di {server.ui}/login: tempelkan isi berkas {login_file(server.home)}")
    return server


@contextmanager
def _desk(office: Office, api: str) -> Iterator[None]:
    from flows.desk import Desk  # imports Prefect: takes seconds, so only here

    desk = Desk(office, api, sweep_seconds=5.0)
    thread = threading.Thread(target=desk.run, name="desk")
    thread.start()
    try:
        yield
    finally:
        desk.stop.set()
        thread.join()


def _telephone(office: Office, view: View) -> None:
    said = OralReport(
        "telepon",
        "Bapenda",
        "VPN Samsat Bukittinggi putus sejak pukul 15.30, loket tidak bisa mencetak notice pajak, antrean 60 orang.",
        reporter="Yasril Effendi",
        title="Kasi Pelayanan UPTD Samsat Bukittinggi",
        phone="082388012277",
        email=cast.SAMSAT,
        place="UPTD Samsat Bukittinggi",
        entered_by="peragaan",
    )
    number = enter_oral_report(office, said)
    view.say(
        f"[dim]{phrasing.clock(office.now(), phrasing.office_day(office.now()))}[/] [magenta]☎ telepon      [/] {said.reporter} melapor, dicatat sebagai {number}"
    )


def _watch(office: Office, view: View, clock: HurriedClock) -> None:
    """Until everything has ended and been drawn; at most twice as long as the story should take."""
    limit = time.monotonic() + 90 + clock.real_seconds(timedelta(minutes=45))
    while time.monotonic() < limit:
        with office.database.reading() as tx:
            summaries = journal.all_incidents(tx)
            incidents = [journal.read_incident(tx, summary.number) for summary in summaries]
            undrawn: list[object] = [*faces.behind(tx, faces.at(faces.CASE_FILE, office.desk))]
            sending = office.postman.next_due(tx)
        undrawn += [*years_behind(office, office.register_folder), *papers_due(office, office.papers_folder)]
        for incident in incidents:
            clocks = incident.step_clocks(office.procedure())
            done = sum(clock.answered is not None for clock in clocks)
            view.step(incident.number, done, standing(incident, office.procedure(), office.words))
        ended = sum(bool(incident.outcome) for incident in incidents)
        if ended == INCIDENTS and not undrawn and sending is None:
            return
        time.sleep(0.3)


def _stay(view: View) -> None:
    view.say("\nSiaga tetap menyala untuk dilihat; Ctrl-C untuk selesai.")
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
    view.say("Menutup meja …")
