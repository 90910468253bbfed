"""Runs the demonstration: a mail house, a Prefect server, a desk, simulated officials, three incidents."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handlers.compile_papers import papers_due
from handlers.draw_register import years_behind
from handlers.oral_report import OralReport, enter_oral_report
from office.build import Office, build_office
from office.clock import HurriedClock
from office.prefect_environment import point_prefect_at
from office.settings import read_settings
from outbox import queue
from outbox.sender import Envelope
from outbox.smtp import SmtpSender
from parsers.message import read_mail
from register import faces, journal, ledger
from register.workbook import standing
from siaga.demo import cast
from siaga.demo.house import HOST, MailHouse
from siaga.demo.letters import DINKES, DISDIK, network_letter, printer_letter
from siaga.demo.officials import Official
from siaga.demo.view import View
from templates import phrasing

if TYPE_CHECKING:
    from flows.prefect_server import PrefectServer

DEFAULT_PACE = 4.0
"""Real seconds that one minute of the SOP takes."""
INCIDENTS = 3


@dataclass(slots=True)
class Result:
    """How the demonstration ended: what did not happen (nothing, if all went well), and where everything is."""

    missing: list[str]
    summary: dict[str, Any]


def run_demo(out: Path, pace: float, *, headless: bool) -> Result:
    """Run everything into `out`. Without `headless` it stays up until Ctrl-C."""
    out.mkdir(parents=True, exist_ok=True)
    clock = HurriedClock(60 / pace)
    with ExitStack() as stack:
        officials: dict[str, Official] = {}
        view = View(8, live=not headless)

        def delivered(recipient: str, raw: bytes) -> None:
            mail = read_mail(raw)
            ours = mail.sender == cast.OFFICE
            if not (ours and recipient == cast.OFFICE):  # our own archive copies are no news
                view.mail(phrasing.clock(clock.now()), mail, recipient, ours)
            if recipient in officials:
                officials[recipient].ring()

        house = stack.enter_context(MailHouse(dict.fromkeys(cast.ADDRESSES, cast.PASSWORD), delivered))
        office = build_office(read_settings(_write_settings(out, house)), clock)
        stack.callback(office.close)
        server = _start_prefect(stack, out, view)
        for address, (name, quoting, habits) in cast.CAST.items():
            official = Official(house, address, name, habits, quoting, clock.now, clock.real_seconds)
            officials[address] = official
            official.start()
            stack.callback(official.stop)
        stack.enter_context(view)
        stack.enter_context(_desk(office, server.api))
        _send(house, DINKES, network_letter(cast.OFFICE, clock.now()))
        time.sleep(clock.real_seconds(timedelta(minutes=1)))
        _send(house, DISDIK, printer_letter(cast.OFFICE, clock.now()))
        time.sleep(clock.real_seconds(timedelta(minutes=1)))
        _telephone(office, view)
        _watch(office, view, clock)
        summary = _summary(office, server)
        _export_mails(office, out / "surat")
        (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        result = Result(_missing(summary), summary)
        _tell(view, result, out)
        if not headless:
            _stay(view)
    return result


def _write_settings(out: Path, house: MailHouse) -> Path:
    (out / "pejabat.yaml").write_text(cast.PEOPLE, encoding="utf-8")
    server = f'server = "{HOST}"\nkeamanan = "tanpa"\nnama = "{cast.OFFICE}"\nsandi = "{cast.PASSWORD}"\n'
    text = (
        '[kantor]\nnama = "Dinas Komunikasi, Informatika dan Statistik"\nunit = "Bidang Aplikasi Informatika"\n'
        'kop = ["PEMERINTAH PROVINSI SUMATERA BARAT", "DINAS KOMUNIKASI, INFORMATIKA DAN STATISTIK"]\n'
        f'[kotak_surat]\nalamat = "{cast.OFFICE}"\n{server}port = {house.imap_port}\n'
        f"[pengiriman]\n{server}port = {house.smtp_port}\n"
        '[berkas]\ndata = "data"\n'
    )
    path = out / "siaga.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _start_prefect(stack: ExitStack, out: Path, view: View) -> PrefectServer:
    from flows.prefect_server import PrefectServer, free_port

    port = free_port()
    point_prefect_at(f"http://{HOST}:{port}/api", out / "prefect", out / "siaga.toml")
    server = PrefectServer(out / "prefect", port)
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


def _send(house: MailHouse, sender: str, raw: bytes) -> None:
    smtp = SmtpSender(HOST, house.smtp_port, sender, cast.PASSWORD, security="tanpa")
    smtp.send(Envelope("", sender, cast.OFFICE, "", raw), before_dot=lambda: None)
    smtp.close()


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
    )
    number = enter_oral_report(office, said)
    view.say(
        f"[dim]{phrasing.clock(office.now())}[/] [magenta]☎ telepon      [/] {said.reporter} melapor, dicatat sebagai {number}"
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
            view.step(incident.number, done, standing(incident, office.procedure()))
        ended = sum(bool(incident.outcome) for incident in incidents)
        if ended == INCIDENTS and not undrawn and sending is None:
            return
        time.sleep(0.3)


def _summary(office: Office, server: PrefectServer) -> dict[str, Any]:
    procedure = office.procedure()
    with office.database.reading() as tx:
        numbers = [summary.number for summary in journal.all_incidents(tx)]
        incidents = [journal.read_incident(tx, number) for number in numbers]
        case_files = faces.at(faces.CASE_FILE, office.desk)
        runs = {number: faces.read_face(tx, case_files, number).ref for number in numbers}
        mails = queue.everything(tx)
        received = ledger.received(tx)
    rows = []
    for incident in incidents:
        steps = [
            {
                "step": clock.step,
                "standard_s": clock.standard.total_seconds(),
                "started": clock.started.isoformat() if clock.started else None,
                "answered": clock.answered.isoformat() if clock.answered else None,
                "by": list(clock.by),
                "on_time": clock.on_time,
            }
            for clock in incident.step_clocks(procedure)
        ]
        rows.append(
            {"number": incident.number, "channel": incident.channel, "outcome": incident.outcome, "steps": steps}
        )
    return {
        "incidents": rows,
        "mails_out": sum(mail.state is queue.State.SENT for mail in mails),
        "mails_in": len(received),
        "workbook": str(next(iter(sorted(office.register_folder.glob("register-*.xlsx"))), "")),
        "papers": [str(path) for path in sorted(office.papers_folder.rglob("*.pdf"))],
        "archive": str(office.archive.folder),
        "prefect_url": server.ui,
        "runs": runs,
    }


def _missing(summary: dict[str, Any]) -> list[str]:
    """What should have happened and did not."""
    missing = []
    outcomes = [row["outcome"] for row in summary["incidents"]]
    for wanted, count in (("selesai", 2), ("bukan_darurat", 1)):
        if outcomes.count(wanted) != count:
            missing.append(f"{count} insiden berakhir `{wanted}`, yang terjadi {outcomes.count(wanted)}")
    for row in summary["incidents"]:
        expected = 8 if row["outcome"] != "bukan_darurat" else 2
        done = sum(step["answered"] is not None for step in row["steps"])
        if done < expected:
            missing.append(f"{row['number']}: baru {done} dari {expected} langkah")
        if not summary["runs"].get(row["number"]):
            missing.append(f"{row['number']}: berkas Prefect belum ada")
    first = summary["incidents"][0]["steps"][3]["by"] if summary["incidents"] else []
    if not any("Elmiwati" in name for name in first):
        missing.append("langkah 4 insiden pertama tidak dijawab oleh Plh.")
    for paper in ("Laporan-Akhir", "Lembar-Disposisi", "Berita-Acara"):
        if not any(paper in path for path in summary["papers"]):
            missing.append(f"naskah {paper} belum ada")
    if not summary["workbook"]:
        missing.append("register belum ada")
    return missing


def _export_mails(office: Office, folder: Path) -> None:
    """The archived mails once more, under names a person can read."""
    with office.database.reading() as tx:
        sent = [
            ("keluar", m.queued_at, m.recipient, m.sha256) for m in queue.everything(tx) if m.state is queue.State.SENT
        ]
        came = [("masuk", m.collected_at, "", m.sha256) for m in ledger.received(tx)]
    folder.mkdir(parents=True, exist_ok=True)
    for index, (direction, _, address, sha256) in enumerate(sorted(sent + came, key=lambda row: row[1]), start=1):
        content = office.archive.get(sha256)
        who = address or read_mail(content).sender
        (folder / f"{index:03d}-{direction}-{who.partition('@')[0]}.eml").write_bytes(content)


def _tell(view: View, result: Result, out: Path) -> None:
    summary = result.summary
    view.say("")
    view.say("[bold]Hasil[/]")
    view.say(f"  Register        {summary['workbook']}")
    for path in summary["papers"]:
        view.say(f"  Naskah          {path}")
    view.say(f"  Surel           {out / 'surat'} ({summary['mails_out']} keluar, {summary['mails_in']} masuk)")
    view.say(f"  Arsip           {summary['archive']}")
    view.say(f"  Ringkasan       {out / 'summary.json'}")
    for number, run in summary["runs"].items():
        view.say(f"  Prefect         {summary['prefect_url']}/runs/flow-run/{run}  ({number})")
    for problem in result.missing:
        view.say(f"[red]  Tidak terjadi   {problem}[/]")
    if not result.missing:
        view.say("[green]  Semua langkah terjadi.[/]")


def _stay(view: View) -> None:
    view.say("\nSiaga tetap menyala untuk dilihat; Ctrl-C untuk selesai.")
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
    view.say("Menutup meja …")
