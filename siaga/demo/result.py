"""What came of the demonstration: a summary, what did not happen, and where everything is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from office.build import Office
from office.prefect_login import login_file
from outbox import queue
from parsers.mails.message import read_mail
from register import faces, journal, ledger
from siaga.demo.view import View

if TYPE_CHECKING:
    from flows.prefect_server import PrefectServer


@dataclass(slots=True)
class Result:
    """How the demonstration ended: what did not happen (nothing, if all went well), and where everything is."""

    missing: list[str]
    summary: dict[str, Any]


def write_result(office: Office, server: PrefectServer, out: Path) -> Result:
    """Write `summary.json` and the mails under readable names into `out`."""
    summary = _summary(office, server)
    _export_mails(office, out / "surat")
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return Result(_missing(summary), summary)


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
        "prefect_login": str(login_file(server.home)),
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
        who = address or read_mail(content, ours=True).sender
        (folder / f"{index:03d}-{direction}-{who.partition('@')[0]}.eml").write_bytes(content)


def tell(view: View, result: Result, out: Path) -> None:
    """Say where everything is, and what did not happen."""
    summary = result.summary
    view.say("")
    view.say("[bold]Hasil[/]")
    view.say(f"  Register        {summary['workbook']}")
    for path in summary["papers"]:
        view.say(f"  Naskah          {path}")
    view.say(f"  Surel           {out / 'surat'} ({summary['mails_out']} keluar, {summary['mails_in']} masuk)")
    view.say(f"  Arsip           {summary['archive']}")
    view.say(f"  Ringkasan       {out / 'summary.json'}")
    view.say(f"  Prefect         masuk dahulu di {summary['prefect_url']}/login: isi berkas {summary['prefect_login']}")
    for number, run in summary["runs"].items():
        view.say(f"  Prefect         {summary['prefect_url']}/runs/flow-run/{run}  ({number})")
    for problem in result.missing:
        view.say(f"[red]  Tidak terjadi   {problem}[/]")
    if not result.missing:
        view.say("[green]  Semua langkah terjadi.[/]")
