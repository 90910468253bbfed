"""What the parsers understand, as JSON lines: read letters, replies, mails."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from office.clock import SystemClock
from readers.pool import Readers, Reading
from readers.programs import SystemPrograms
from siaga.readout.letters import letter_row
from siaga.readout.mails import mail_row
from siaga.readout.replies import reply_row

RowOf = Callable[[Reading, Path, str], dict[str, object]]
"""Of one mail: the reading, the folder in which it was found, and its case."""
KINDS: dict[str, RowOf] = {"letters": letter_row, "replies": reply_row, "mails": mail_row}


@click.command(help="Menulis apa yang dipahami dari surel, satu baris JSON untuk tiap berkas .eml.")
@click.argument("kind", metavar="{letters|replies|mails}", type=click.Choice(sorted(KINDS)))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Berkas hasil.")
@click.option("--no-ocr", is_flag=True, help="Hasil pindai dan foto tidak dibaca (jauh lebih cepat).")
def read(kind: str, paths: tuple[Path, ...], out: Path, no_ocr: bool) -> None:
    """Read mails and write one row a line (`siaga/readout/`); one bad mail is one line with `error`."""
    readers, clock, count = Readers(), SystemClock(), 0
    slow = kind != "mails" and SystemPrograms().can_read_scans() and not no_ocr
    with out.open("w", encoding="utf-8") as file:
        for case, path, root in _cases(paths):
            began = clock.running()
            try:
                with readers.open(path.read_bytes(), slow=slow) as reading:
                    row = KINDS[kind](reading, root, case)
            except Exception as error:  # noqa: BLE001  one bad mail is one line, never the end of the run
                row = {"error": f"{type(error).__name__}: {error}"}
            row = {"case": case, **row, "seconds": round((clock.running() - began).total_seconds(), 4)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    readers.close()
    click.echo(f"{count} surel dibaca, hasil di {out}")


def _cases(paths: tuple[Path, ...]) -> Iterator[tuple[str, Path, Path]]:
    for path in paths:
        if path.is_dir():
            for mail in sorted(path.rglob("*.eml")):
                yield mail.relative_to(path).with_suffix("").as_posix(), mail, path
        else:
            yield path.stem, path, path.parent
