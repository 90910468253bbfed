"""Keeping what has happened: verify, backup, restore."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from siaga.commands.common import NOT_WHOLE, config_option, json_option, opened


@click.command(help="Membuktikan jurnal dan arsip utuh; dengan --saksi juga terhadap surel yang sudah keluar.")
@click.option(
    "--saksi",
    multiple=True,
    metavar="SAKSI",
    help="Surel dari Siaga yang disimpan orang lain: berkas .eml, mbox, teks, folder (Maildir), atau kotak_surat.",
)
@click.argument("saksi_lain", nargs=-1, metavar="[SAKSI]...")
@config_option
@json_option
def verify(config: Path, saksi: tuple[str, ...], saksi_lain: tuple[str, ...], as_json: bool) -> None:
    """Prove that the chain of events and the archived mails are whole, and agree with mails that stand elsewhere."""
    from handlers.care.verify import examine
    from siaga.witness_files import witness_files

    if saksi_lain and not saksi:
        raise click.UsageError("tulis --saksi di depan saksi yang pertama")
    witnesses = (*saksi, *saksi_lain)
    with opened(config) as office:
        found = examine(office, witness_files(office, witnesses))
    unprovable = list(found.unprovable)
    if witnesses and not (found.agreed or found.damage or unprovable):
        unprovable.append("pada saksi yang disebut tidak ada baris “Sidik …” dari kantor ini")
    if as_json:
        said = {"damage": found.damage, "unprovable": unprovable, "asides": found.asides, "agreed": found.agreed}
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        for line in (*found.damage, *unprovable, *found.asides):
            click.echo(line)
        agreed = f" {found.agreed} sidik saksi cocok." if witnesses else ""
        whole = "Jurnal dan arsip utuh." if not unprovable else "Tidak ada kerusakan, tetapi tidak semua terbukti."
        click.echo((f"{len(found.damage)} kerusakan ditemukan." if found.damage else whole) + agreed)
    sys.exit(1 if found.damage else NOT_WHOLE if unprovable else 0)


@click.command(help="Menyalin jurnal dan arsip ke BERKAS (.tar), selagi meja bekerja.")
@click.argument("berkas", type=click.Path(path_type=Path, dir_okay=False))
@config_option
def backup(config: Path, berkas: Path) -> None:
    """Write a consistent backup."""
    from handlers.care.back_up import back_up

    with opened(config) as office:
        extra = {
            "siaga.toml": config,
            "pejabat.yaml": office.settings.people_file,
            office.people.last_good.path.name: office.people.last_good.path,  # the other one may be broken just now
            "opd.csv": office.settings.offices_file,
        }
        saved = back_up(office, berkas, extra)
    click.echo(f"{berkas} dibuat: jurnal dan {saved.mails} surel")
    _tell_missing(saved.missing, "tidak dapat ikut disalin")


@click.command(help="Memulihkan cadangan BERKAS ke jurnal yang masih kosong.")
@click.argument("berkas", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@config_option
def restore(config: Path, berkas: Path) -> None:
    """Restore a backup onto an empty machine."""
    from handlers.care.back_up import restore as put_back

    with opened(config, restoring=True) as office, office.opened_as_desk():
        done = put_back(office, berkas)
    click.echo(f"{done.rows} baris jurnal dipulihkan. Jalankan: siaga verify, lalu siaga up")
    _tell_missing(done.missing, "sudah hilang ketika cadangan ini dibuat")


def _tell_missing(missing: tuple[str, ...], what: str) -> None:
    if missing:
        click.echo(f"siaga: {len(missing)} surel {what}: {'; '.join(missing[:5])}; lihat: siaga verify", err=True)
        sys.exit(NOT_WHOLE)
