"""Trying Siaga, setting it up, and finding out what is wrong: demo, init, doctor."""

from __future__ import annotations

import logging
import signal
import sys
import tempfile
from pathlib import Path

import click

from host.logs import PLAIN, write_lines
from office.clock import SystemClock
from office.toml_file import read_moment
from siaga.commands.common import config_option, json_option
from templates.phrasing import WIB

BEGINS = '# mulai = "2026-11-26 08.00"'
"""The line of the settings to start from that says since when mail counts."""
DEFAULTS = ("siaga.toml", "pejabat.yaml", "opd.csv")
SCHEMAS = ("siaga.schema.json", "pejabat.schema.json", "prosedur.schema.json")
"""By these editors complete the files; they are the program's own, and are renewed."""


@click.command(help="Peragaan: seluruh SOP dijalankan dengan surel sungguhan dan pejabat tiruan.")
@click.option(
    "--pace",
    type=click.FloatRange(0.2, 60),
    default=4.0,
    show_default=True,
    help="Detik untuk satu menit SOP; 60 = waktu sebenarnya.",
)
@click.option(
    "--mailbox",
    type=click.Choice(["imap", "exchange", "maildir"]),
    default="imap",
    show_default=True,
    help="Jenis kotak surat yang diperagakan; Exchange-nya tiruan.",
)
@click.option("--headless", is_flag=True, help="Tanpa menunggu dilihat; keluar 0 bila semua langkah terjadi.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder untuk menyimpan semua hasil.")
def demo(pace: float, mailbox: str, headless: bool, out: Path | None) -> None:
    """Run the demonstration."""
    from siaga.demo.run import run_demo

    write_lines(sys.stderr, logging.WARNING, form=PLAIN)
    # Started from a script in the background, a shell hides Ctrl-C from us; and SIGTERM must end the server child too.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.default_int_handler)
    folder = (out or Path(tempfile.mkdtemp(prefix="siaga-demo-"))).resolve()
    if (folder / "data").exists():
        raise ValueError(f"{folder} sudah berisi peragaan; pilih folder lain dengan --out")
    try:
        result = run_demo(folder, pace, headless=headless, mailbox=mailbox)
    except KeyboardInterrupt:
        click.echo("Peragaan dihentikan.", err=True)
        sys.exit(1)
    sys.exit(1 if result.missing else 0)


@click.command(help="Membuat siaga.toml, pejabat.yaml dan opd.csv di FOLDER.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Write the commented files to start from, and their schemas; files that are there are left alone."""
    import office

    source = Path(office.__file__).with_name("defaults")
    folder.mkdir(parents=True, exist_ok=True)
    for name in DEFAULTS:
        target = folder / name
        if target.exists():
            click.echo(f"{target} sudah ada, tidak diubah")
            continue
        text = (source / name).read_text(encoding="utf-8")
        if name == "siaga.toml":
            text = text.replace(BEGINS, f'mulai = "{_begins()}"')
        target.write_text(text, encoding="utf-8")
        click.echo(f"{target} dibuat")
    for name in SCHEMAS:
        (folder / name).write_bytes((source / name).read_bytes())
    click.echo(f"Isi siaga.toml dan pejabat.yaml, lalu: siaga doctor --config {folder / 'siaga.toml'}")


def _begins() -> str:
    """From when on mail counts: asked where somebody can answer, else now."""
    now = f"{SystemClock().now().astimezone(WIB):%Y-%m-%d %H.%M}"
    if not _can_ask():
        return now
    asked = "Tindak lanjuti surat yang diterima sejak (tahun-bulan-tanggal jam.menit WIB)"
    return str(click.prompt(asked, default=now, value_proc=_moment))


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _moment(said: str) -> str:
    if read_moment(said) is None:
        raise click.BadParameter('tulis misalnya "2026-11-26 08.00"')
    return said.strip()


@click.command(help="Memeriksa semuanya dan mengatakan apa yang perlu dilakukan.")
@config_option
@json_option
@click.option("--ketuk", "knock", is_flag=True, help="Mengetuk setiap alamat di [ketuk] satu kali, sebagai percobaan.")
def doctor(config: Path, as_json: bool, knock: bool) -> None:
    """Check everything a desk needs."""
    import json

    from siaga.checkup import checkup

    findings = checkup(config, knock=knock)
    if as_json:
        click.echo(
            json.dumps(
                [{"what": f.what, "ok": f.ok, "say": f.say, "needed": f.needed} for f in findings], ensure_ascii=False
            )
        )
    else:
        for finding in findings:
            sign = "baik " if finding.ok else ("GAGAL" if finding.needed else "lewat")
            click.echo(f"{sign}  {finding.what:<16} {finding.say}")
    sys.exit(1 if any(not finding.ok and finding.needed for finding in findings) else 0)
