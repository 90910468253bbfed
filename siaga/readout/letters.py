"""A letter, as `siaga read letters` writes it."""

from __future__ import annotations

from pathlib import Path

from parsers.letters.letter import read_letter
from parsers.letters.values import Field
from parsers.words.numbers import Numbers
from readers.pool import Reading
from siaga.readout.beside import came_in, offices
from sop.load import load_procedure


def letter_row(reading: Reading, folder: Path, case: str) -> dict[str, object]:
    """The fields of the letter; of the folder only its offices count. Raises: as `Reading.ask`."""
    numbers = Numbers((load_procedure().prefix,))
    letter = reading.ask(
        read_letter,
        reading.raw,
        offices(folder),
        received=came_in(reading.raw),
        opener=reading.opener,
        numbers=numbers,
    )

    def value(field: Field) -> str | None:
        return field.value or None

    return {
        "kind": str(letter.kind),
        "jenis": value(letter.jenis),
        "nomor": value(letter.nomor),
        "tanggal": value(letter.tanggal),
        "sifat": value(letter.sifat),
        "hal": value(letter.hal),
        "pengirim": {
            "nama": value(letter.pengirim),
            "nip": value(letter.nip),
            "jabatan": value(letter.jabatan),
            "telepon": value(letter.telepon),
            "email": value(letter.email),
        },
        "narahubung": value(letter.narahubung),
        "opd": value(letter.opd),
        "layanan": list(letter.layanan),
        "lokasi": value(letter.lokasi),
        "waktu_kejadian": value(letter.waktu_kejadian),
        "ringkasan": letter.ringkasan,
        "attachments": letter.attachments,
        "rujukan": value(letter.rujukan),
    }
