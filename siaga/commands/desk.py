"""Running the desk: up."""

from __future__ import annotations

import logging
import signal
import sys
import time
from pathlib import Path

import click

from host.logs import write_lines
from inbox.mailbox import MailboxError, MailboxUnavailable
from office.build import Office
from outbox import queue
from outbox.sender import Permanent, Retryable
from register import journal
from siaga.commands.common import config_option, opened


@click.command(help="Membuka meja: membaca kotak surat, memimpin SOP, mengirim, menggambar register dan Prefect.")
@config_option
@click.option("--once", is_flag=True, help="Ambil yang ada di kotak surat, tindak lanjuti, kirim, lalu selesai (cron).")
@click.option("--no-prefect", is_flag=True, help="Tanpa Prefect.")
@click.option("--verbose", "-v", is_flag=True, help="Catatan lebih rinci.")
def up(config: Path, once: bool, no_prefect: bool, verbose: bool) -> None:
    """Run the desk until SIGTERM or Ctrl-C."""
    write_lines(sys.stderr, logging.INFO if verbose else logging.WARNING)
    with opened(config) as office, office.opened_as_desk():
        if once:
            _first_contact(office)
            _once(office)
        else:
            try:
                _first_contact(office)
            except (MailboxError, Permanent, Retryable) as error:
                # After a power cut the mail server may come up later than we do; and where incidents run, deadlines and
                # the other mailboxes must go on even if a password has expired.
                if not isinstance(error, (MailboxUnavailable, Retryable)) and not _incidents_run(office):
                    raise
                click.echo(f"siaga: {error}; meja tetap dibuka dan mencoba lagi", err=True)
            _serve(office, config, no_prefect)


def _incidents_run(office: Office) -> bool:
    with office.database.reading() as tx:
        return any(not summary.outcome for summary in journal.all_incidents(tx))


def _first_contact(office: Office) -> None:
    """A wrong password should be told at once, not in a log. Raises: MailboxError, Permanent, Retryable."""
    for mailbox in office.new_mailboxes():
        try:
            mailbox.wait(0.01)
        finally:
            mailbox.close()
    office.servers.sender().check()


def _once(office: Office) -> None:
    from handlers.rounds.whole_round import send_all_due, work_once

    done = work_once(office)
    sent, unsent = done.sent, done.unsent
    while (pause := _until_more_may_go(office)) is not None:  # the limit of [pengiriman] per_menit, nothing else
        time.sleep(pause)
        sent += send_all_due(office)
        with office.database.reading() as tx:
            unsent = queue.unsent(tx)
    click.echo(f"{done.collected} surat baru, {len(done.acted)} ditindaklanjuti, {sent} terkirim")
    if done.faults:
        raise done.faults[0]
    if unsent.count:
        reason = unsent.reason or "menunggu surat sebelumnya terkirim"
        raise Retryable(f"{unsent.count} surel belum terkirim ({reason}); jalankan lagi: siaga up --once")


def _until_more_may_go(office: Office) -> float | None:
    """Real seconds until the limit of mails a minute lets the next one go; None when it holds back nothing."""
    now = office.now()
    with office.database.reading() as tx:
        full, due = queue.full_until(tx, now, office.settings.per_minute), office.postman.next_due(tx)
    return office.clock.real_seconds(full - now) if full and due == full else None


def _serve(office: Office, config: Path, no_prefect: bool) -> None:
    from flows.desk import Desk
    from office.prefect_environment import point_prefect_at
    from office.prefect_login import login_file

    settings, home = office.settings, office.settings.data / "prefect"
    api, login, server = settings.prefect_url, settings.prefect_login, None
    if not no_prefect and not api:
        from flows.prefect_server import PrefectServer

        server = PrefectServer(home, settings.prefect_port)
        try:
            api, login = server.api, server.login
        except OSError as error:  # a server without a login is none of ours
            click.echo(f"siaga: login Prefect tidak dapat disimpan ({error}); meja dibuka tanpa Prefect", err=True)
            server, no_prefect = None, True
    point_prefect_at("" if no_prefect else api, home, config.resolve(), login=login)
    if server is not None:
        click.echo("Menyalakan server Prefect; surat sudah diproses sambil menunggu …")
        try:
            server.start()
        except OSError as error:  # the mail goes on without it
            click.echo(f"siaga: {error}", err=True)
    revive, lives = (server.revive, server.lives) if server else (lambda: None, lambda: True)
    desk = Desk(office, "" if no_prefect else api, revive=revive, lives=lives)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: desk.stop.set())
    where = f"; Prefect: {api.removesuffix('/api')}" if not no_prefect else ""
    click.echo(f"Meja dibuka untuk {office.address}{where}")
    if server is not None:
        click.echo(f"Masuk dahulu di {server.ui}/login: tempelkan isi berkas {login_file(home)}")
    try:
        desk.run()
    finally:
        if server is not None:
            server.stop()
    click.echo("Meja ditutup.")
