"""Looking: incidents, show, mails, register."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from office.build import Office
from siaga.commands.common import config_option, json_option, opened
from sop.incident import Incident, due
from sop.procedure import Procedure
from templates import phrasing


@click.command(help="Insiden yang sedang berjalan.")
@click.option("--all", "all_", is_flag=True, help="Juga yang sudah selesai.")
@config_option
@json_option
def incidents(config: Path, all_: bool, as_json: bool) -> None:
    """List incidents."""
    from register import journal
    from register.workbook import standing

    with opened(config) as office, office.database.reading() as tx:
        rows = []
        for summary in journal.all_incidents(tx):
            if summary.outcome and not all_:
                continue
            incident = journal.read_incident(tx, summary.number)
            procedure = journal.pinned_procedure(tx, incident.procedure, incident.version)
            opd = incident.report.opd or "-"
            rows.append((summary, opd, standing(incident, procedure, office.words)))
    if as_json:
        click.echo(
            json.dumps(
                [{"number": s.number, "opd": o, "standing": w, "opened": s.opened_at.isoformat()} for s, o, w in rows]
            )
        )
        return
    for summary, opd, where in rows:
        click.echo(f"{summary.number}  {phrasing.moment(summary.opened_at)}  {opd}  {where}")
    if not rows:
        click.echo("Tidak ada insiden yang sedang berjalan.")


@click.command(help="Seluruh cerita satu insiden.")
@click.argument("nomor")
@click.option("--why", is_flag=True, help="Siapa yang memegangnya, berapa lama, dan apa berikutnya.")
@config_option
@json_option
def show(config: Path, nomor: str, why: bool, as_json: bool) -> None:
    """Tell the story of one incident."""
    from register import journal
    from sop.story import story
    from sop.who_reads import Audience

    with opened(config) as office, office.database.reading() as tx:
        number = nomor.upper()
        if not journal.known(tx, [number]):
            raise ValueError(f"insiden {number} tidak ada; lihat: siaga incidents --all")
        standing = journal.read_standing(tx, number)
        incident, procedure, events = standing.incident, standing.procedure, standing.events
        if as_json:
            listed = [
                {"seq": row.seq, "at": row.at.isoformat(), "kind": row.kind, "data": json.loads(row.data)}
                for row in journal.stored_events(tx, number)
            ]
            click.echo(
                json.dumps({"number": number, "outcome": incident.outcome, "events": listed}, ensure_ascii=False)
            )
            return
        for label, value in phrasing.card(incident, office.words, Audience.ADMIN):
            click.echo(f"{label:<18} {value}")
        click.echo("")
        day = phrasing.common_day([event.at for event in events])
        for line in story(events, procedure, office.words, Audience.ADMIN):
            text = f": {line.text}" if line.text else ""
            click.echo(f"{phrasing.clock(line.at, day)}  {line.what}{text}")
        if why:
            click.echo("")
            for sentence in _why(office, incident, procedure):
                click.echo(sentence)


def _why(office: Office, incident: Incident, procedure: Procedure) -> list[str]:
    from sop.decide import next_deadline

    visit = incident.current
    if incident.linked_to:
        return [f"Digabung dengan {incident.linked_to}; dikerjakan di sana."]
    if visit is None:
        return ["Tidak menunggu siapa pun."]
    stage = procedure.stage(visit.stage)
    people = [office.directory().person(asked.person) for asked in visit.asked]
    names = (
        ", ".join(f"{person.name} ({person.signature_title})" for person in people if person)
        or "belum ada yang dapat ditanya"
    )
    now = office.now()
    today, length = phrasing.office_day(now), phrasing.span(now - visit.started)
    said = [
        f"Dipegang oleh {names}, sejak {phrasing.clock(visit.started, today)}, selama {length}.",
        f"Batas waktu {phrasing.moment(due(visit, stage))}.",
    ]
    at = next_deadline(procedure, incident)
    if at is not None:
        rung = stage.ladder[min(visit.rungs, len(stage.ladder) - 1)]
        what = f"{rung.action.value} {', '.join(rung.to)}".rstrip()
        said.append(f"Berikutnya pukul {phrasing.clock(at, today)}: {what}.")
    return said


@click.command(help="Surat yang masuk dan apa jadinya; juga yang diterima sebelum Siaga mulai.")
@click.option("--sebelum", "old", is_flag=True, help="Yang diterima sebelum `mulai`: dicatat, tidak ditindaklanjuti.")
@click.option("--salinan", "copies", is_flag=True, help="Hanya salinan surat yang sudah masuk lewat jalan lain.")
@click.option("--proses", "code", metavar="KODE", help="Tindak lanjuti satu surat dari --sebelum seperti baru masuk.")
@click.option("--banyak", "limit", type=click.IntRange(1), default=50, show_default=True, help="Paling banyak sekian.")
@config_option
@json_option
def surat(config: Path, old: bool, copies: bool, code: str, limit: int, as_json: bool) -> None:
    """List mails, or call for one from before the office began."""
    with opened(config) as office:
        if code:
            _take_up(office, code)
            return
        rows, more = _from_before(office, limit) if old else _mails(office, limit, copies)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        at = phrasing.moment(datetime.fromisoformat(row["received"]))
        click.echo(f"{row['code']}  {at}  {row['sender'] or 'tanpa pengirim'}  {row['what']}".rstrip())
    click.echo(more if rows else "Tidak ada surat.")


def _take_up(office: Office, code: str) -> None:
    from handlers.old_mail_taken_up import take_up

    with office.collecting() as mailboxes:
        mail = take_up(office, mailboxes, code)
    click.echo(
        f"Surat {code} dari {mail.sender or 'tanpa pengirim'} diambil; meja menindaklanjutinya seperti surat baru."
    )


def _from_before(office: Office, limit: int) -> tuple[list[dict[str, str]], str]:
    from parsers.fields.field_values import decoded
    from register import before

    with office.database.reading() as tx:
        found, count = before.passed(tx, limit), before.count(tx)
    rows = [
        {
            "code": mail.id[: before.CODE],
            "received": mail.received.isoformat(),
            "sender": mail.sender,
            "what": f"“{decoded(mail.subject)}”" if mail.subject else "",
        }
        for mail in found
    ]
    say = f"{count} surat diterima sebelum Siaga mulai. Untuk menindaklanjuti satu: siaga surat --proses KODE"
    return rows, say


def _mails(office: Office, limit: int, copies: bool) -> tuple[list[dict[str, str]], str]:
    from register import ledger

    with office.database.reading() as tx:
        found = ledger.latest(tx, limit, ledger.COPY if copies else "")
    rows = [
        {
            "code": mail.id[:8],
            "received": mail.received.isoformat(),
            "sender": mail.author,
            "what": " ".join(part for part in (mail.became or mail.state.value, mail.incident) if part),
        }
        for mail in found
    ]
    return rows, f"{len(rows)} surat terakhir."


@click.command(help="Menggambar ulang buku register dari jurnal.")
@config_option
def register(config: Path) -> None:
    """Redraw the workbooks."""
    from handlers.faces.draw_register import draw_register

    with opened(config) as office:
        for path in draw_register(office, office.register_folder, all_years=True):
            click.echo(str(path))
