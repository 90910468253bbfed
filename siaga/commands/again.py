"""Trying a new version on what has happened: replay."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from siaga.commands.common import NOT_WHOLE, config_option, json_option, opened
from sop.replay import Difference
from templates import phrasing

FACTS = {
    "Opened": "laporan masuk",
    "FollowedUp": "surat susulan pelapor",
    "CardCorrected": "koreksi kartu",
    "ReadAgain": "lampiran dibaca ulang",
    "ContinuedAs": "dilanjutkan di insiden lain",
    "AnswerGiven": "jawaban",
    "AnswerProposed": "jawaban yang belum pasti",
    "AnswerUnclear": "jawaban yang tidak jelas",
    "AnswerUntrusted": "jawaban yang tidak sah",
    "AnswerWithdrawn": "ralat",
    "Objected": "jawaban yang diragukan penulisnya",
    "OrderAdded": "arahan tambahan",
    "Delegated": "pelimpahan",
    "Reassigned": "pengalihan tim",
    "Remarked": "keterangan",
    "AwayNow": "balasan otomatis",
    "Undelivered": "surel tidak sampai",
    "PeopleChanged": "daftar pejabat berubah",
    "LinkedTo": "digabung",
    "TookIn": "menerima gabungan",
    "Unlinked": "dipisahkan",
    "LetGo": "melepas gabungan",
    "EndedWith": "berakhir bersama induknya",
    "TimePassed": "waktu berlalu",
}
"""How an admin reads what happened."""
UNSEEN = (
    "Tidak diperiksa: fakta yang dahulu tidak menimbulkan peristiwa, saat anak tangga jatuh tempo, dan pejabat yang "
    "tidak disebut peristiwa mana pun (jurnal tidak menyimpan daftar pejabat)."
)


@click.command(
    help="Memutuskan ulang isi jurnal dengan versi ini dan menyebut yang akan berbeda; tidak mengubah apa pun."
)
@click.argument("nomor", nargs=-1)
@config_option
@json_option
def replay(config: Path, nomor: tuple[str, ...], as_json: bool) -> None:
    """Decide again what reached the incidents, and list what would follow now that did not follow then."""
    from handlers.care.replay import replay_journal

    with opened(config) as office:
        done = replay_journal(office, [number.upper() for number in nomor])
    if as_json:
        differences = [asdict(one) | {"at": one.at.isoformat()} for one in done.differences]
        said = {"incidents": done.incidents, "facts": done.facts, "differences": differences}
        click.echo(json.dumps(said | {"unreadable": done.unreadable}, ensure_ascii=False))
    else:
        for line in (*(line for one in done.differences for line in _lines(one)), *done.unreadable):
            click.echo(line)
        same = f"{len(done.differences)} perbedaan." if done.differences else "Tidak ada perbedaan."
        click.echo(f"{done.incidents} insiden dengan {done.facts} fakta diputuskan ulang. {same}")
        click.echo(UNSEEN)
    sys.exit(1 if done.differences else NOT_WHOLE if done.unreadable else 0)


def _lines(one: Difference) -> list[str]:
    what = FACTS.get(one.fact, "fakta yang tidak dikenal")
    head = f"{one.incident} peristiwa {one.seq}, {phrasing.moment(one.at)}: {what}"
    return [head, *(f"  dahulu: {line}" for line in one.recorded), *(f"  kini:   {line}" for line in one.now)]
