"""The letter that a mail is, and what it makes known of an incident."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from handlers.ports import Ports
from parsers.letters.kind import Look
from parsers.letters.letter import NONE_OURS, letter_of
from parsers.letters.urgency import Hint
from parsers.letters.values import Field, Letter
from parsers.words.numbers import Numbers
from readers.pool import Reading
from sop.report import Origin, Report, Urgency


def letter_in(
    ports: Ports, reading: Reading, received: datetime, look: Look | None = None, numbers: Numbers = NONE_OURS
) -> Letter:
    """The mail that is read as a letter. `look`: what has been seen of it; `numbers`: what counts as one of ours."""
    mail, opener, own = reading.mail, reading.opener, ports.address
    return reading.ask(letter_of, mail, ports.offices, look, opener=opener, received=received, numbers=numbers, own=own)


def report_of(letter: Letter) -> Report:
    """The report that a letter makes; nothing is said of what it does not hold."""
    read = {part.name: field for part in fields(letter) if isinstance(field := getattr(letter, part.name), Field)}
    return Report(
        jenis=_said(letter.jenis),
        nomor=_said(letter.nomor),
        tanggal=_said(letter.tanggal),
        sifat=_said(letter.sifat),
        hal=_said(letter.hal),
        pengirim=_said(letter.pengirim),
        nip=_said(letter.nip),
        jabatan=_said(letter.jabatan),
        telepon=_said(letter.telepon),
        email=_said(letter.email),
        narahubung=_said(letter.narahubung),
        opd=_said(letter.opd),
        lokasi=_said(letter.lokasi),
        waktu_kejadian=_said(letter.waktu_kejadian),
        rujukan=_said(letter.rujukan),
        asal={name: Origin(field.source, field.sure) for name, field in read.items() if field},
        kegentingan=urgency_of(letter.urgency),
        layanan=letter.layanan,
        ringkasan=letter.ringkasan,
        lampiran_bermasalah=letter.to_ask_for or None,
    )


def urgency_of(hint: Hint) -> Urgency:
    return Urgency(str(hint.level), tuple(hint.reasons))


def _said(field: Field) -> str | None:
    return field.value or None
