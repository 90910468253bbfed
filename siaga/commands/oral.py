"""Entering an oral report: report."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import click

from siaga.commands.common import config_option, opened


@click.command(help="Mencatat laporan lisan: telepon atau grup WhatsApp.")
@click.argument("saluran", type=click.Choice(["telepon", "wag"]))
@click.option("--opd", required=True, help="Nama atau singkatan perangkat daerah.")
@click.option("--uraian", required=True, help="Apa yang terganggu, sejak kapan, dampaknya.")
@click.option("--pelapor", default="", help="Nama pelapor.")
@click.option("--jabatan", default="", help="Jabatan pelapor.")
@click.option("--telepon", default="", help="Nomor yang dapat dihubungi.")
@click.option("--surel", default="", help="Alamat surel pelapor.")
@click.option("--lokasi", default="", help="Tempat gangguan.")
@click.option("--sejak", default="", help="Sejak kapan terganggu, misalnya 07.30.")
@click.option("--waktu-lapor", default="", help="Kapan pelapor menghubungi, bila bukan baru saja.")
@config_option
def report(
    config: Path,
    saluran: str,
    opd: str,
    uraian: str,
    pelapor: str,
    jabatan: str,
    telepon: str,
    surel: str,
    lokasi: str,
    sejak: str,
    waktu_lapor: str,
) -> None:
    """Open an incident from an oral report. The running desk sends what follows."""
    from handlers.oral_report import OralReport, enter_oral_report

    by = f"siaga report oleh {_account()}"
    said = OralReport(
        saluran,
        opd,
        uraian,
        pelapor,
        jabatan,
        telepon,
        surel,
        lokasi,
        entered_by=by,
        called=waktu_lapor,
        since=sejak,
    )
    with opened(config) as office:
        click.echo(enter_oral_report(office, said))


def _account() -> str:
    """Who works at this machine; a number where the account has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"akun {os.getuid()}"
