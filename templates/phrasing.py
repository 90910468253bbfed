"""How the office writes dates, times and spans: Indonesian, WIB."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from num2words import num2words

from sop.events import Corrected
from sop.facts import Reopening
from sop.incident import Correction, Incident
from sop.procedure import Procedure
from sop.report import Origin, Report
from sop.story import changed
from sop.who_reads import Audience
from templates.words import Words

WIB = ZoneInfo("Asia/Jakarta")


def clock(at: datetime, today: date | None) -> str:
    """ "10.04"; "10.04 (24 Nov)" where it is not of `today`, the day (WIB) that whoever reads it thinks of.

    `today`: None where there is no such day.
    """
    date_of_it = _day_unless(at, today)
    return f"{_local(at):%H.%M} ({date_of_it})" if date_of_it else f"{_local(at):%H.%M}"


def clock_wib(at: datetime, today: date | None, *, bracketed: bool = False) -> str:
    """As `clock`, with its zone: "10.04 WIB", "10.04 WIB (24 Nov)"; "10.04 WIB, 24 Nov" inside brackets."""
    hour, date_of_it = f"{_local(at):%H.%M} WIB", _day_unless(at, today)
    if not date_of_it:
        return hour
    return f"{hour}, {date_of_it}" if bracketed else f"{hour} ({date_of_it})"


def _day_unless(at: datetime, today: date | None) -> str:
    """ "24 Nov", "24 Nov 2025"; "" where it is of `today`."""
    local = _local(at).date()
    if local == today:
        return ""
    return format_date(local, "d MMM" if today is None or local.year == today.year else "d MMM y", locale="id")


def common_day(moments: Iterable[datetime]) -> date | None:
    """The day (WIB) of all these; None where they are of several: then each must bear its own."""
    days = {_local(moment).date() for moment in moments}
    return days.pop() if len(days) == 1 else None


def office_day(at: datetime) -> date:
    """The day on which it is in the office."""
    return _local(at).date()


def day(at: date | datetime) -> str:
    """ "23 November 2026" """
    return format_date(_local_day(at), "d MMMM y", locale="id")


def weekday(at: date | datetime) -> str:
    """ "Senin" """
    return format_date(_local_day(at), "EEEE", locale="id")


def moment(at: datetime) -> str:
    """ "Senin, 23 November 2026 pukul 10.04 WIB" """
    return format_datetime(_local(at), "EEEE, d MMMM y 'pukul' HH.mm 'WIB'", locale="id")


def witness(about: str, at: datetime, fingerprint: str) -> str:
    """ "Sidik register 31, 23-11-2026 07.00: abcdefg-…": one line in a mail's foot, read back by `siaga verify`."""
    return f"Sidik {about}, {_local(at):%d-%m-%Y %H.%M}: {fingerprint}"


def span(length: timedelta) -> str:
    """ "3 menit", "1 jam 20 menit", "40 detik" """
    seconds = int(length.total_seconds())
    if seconds < 60:
        return f"{max(seconds, 0)} detik"
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(part for part in (f"{hours} jam" if hours else "", f"{minutes} menit" if minutes else "") if part)


def in_words(number: int) -> str:
    """ "dua puluh tiga": Berita Acara write their dates in words."""
    return str(num2words(number, lang="id"))


def written_moment(iso: str) -> str:
    """A date or a date with time as a letter gave it (ISO 8601), the way it is read aloud; other text as it is."""
    try:
        if len(iso) == 10:
            return day(date.fromisoformat(iso))
        return moment(datetime.fromisoformat(iso))
    except ValueError:
        return iso


MORE = "…"
"""Ends a summary of a letter that says more (`parsers/letters/summary.py`)."""
GIST = 220
"""Characters of a summary that stand above the answers: with them the first one is seen without scrolling."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Headline:
    """What burns, in few words, to stand above the answers; the names are those that templates know."""

    hal: str = ""
    ringkasan: str = ""


def headline(card: Mapping[str, str], report: Report, *, brief: bool = False) -> Headline:
    """`card`: as `card_values` gives it. `brief`: without the summary, which takes room."""
    said, hal = card.get("ringkasan", ""), card.get("hal", "")
    if brief or not said or report.ringkasan == report.hal:
        return Headline(hal)
    return Headline(hal, said if len(said) <= GIST else _gist(report.ringkasan or ""))


def _gist(text: str) -> str:
    """The first sentences, as far as there is room for them; of a longer one the first words."""
    gist = ""
    for sentence in _SENTENCES.split(text):
        if len(gist) + len(sentence) > GIST:
            break
        gist = f"{gist} {sentence}".strip()
    return f"{(gist or text[:GIST].rpartition(' ')[0] or text[:GIST]).removesuffix(MORE).rstrip()} {MORE}"


def card(incident: Incident, words: Words, audience: Audience) -> list[tuple[str, str]]:
    """The incident card: label and value of everything that is known and for `audience`, in the order of the form."""
    return [(words.card[name], value) for name, value in card_values(incident, words, audience).items()]


def card_values(
    incident: Incident, words: Words, audience: Audience, *, origins: bool = False, enclosed: bool = False
) -> dict[str, str]:
    """The card by the names of its fields, in the order of the form; those that are known and for `audience`.

    All but the reporter read beside each value that was corrected by whom, and when: that is the office's own matter.

    `origins`: say with each value where it was read, and which ones somebody should look at twice. `enclosed`: the
    whole letter goes with it, which a summary that was shortened then says.
    """
    report = incident.report
    sender = ", ".join(part for part in (report.pengirim, report.jabatan) if part)
    values = {
        "nomor_insiden": incident.number,
        "opd": report.opd or "",
        "opd_lain": ", ".join(incident.also_hit),
        "nomor": report.nomor or "",
        "tanggal": written_moment(report.tanggal or ""),
        "sifat": report.sifat or "",
        "hal": report.hal or "",
        "layanan": services(report, words),
        "lokasi": report.lokasi or "",
        "waktu_kejadian": written_moment(report.waktu_kejadian or ""),
        "pengirim": sender or report.email or "",
        "tanpa_balasan": _not_answered(report, words),
        "narahubung": report.narahubung or "",
        "telepon": report.telepon or "",
        "diterima": received_and_read(incident.received, incident.opened, words),
        "dibuka_lagi": reopening(incident.reopened, words),
        "ringkasan": _summary(report, words, enclosed=enclosed),
    }
    read, usual = (report.asal or {}, usual_origin(report)) if origins else ({}, "")
    notes = {name: _origin(origin, usual, words) for name, origin in read.items()}
    if audience is not Audience.REPORTER:
        notes |= {name: f" ({_corrected(one, incident, words)})" for name, one in _by_label(incident).items()}
    return {
        name: f"{value}{notes.get(name, '')}"
        for name, value in values.items()
        if value and words.who_reads.shows(name, audience)
    }


def _by_label(incident: Incident) -> dict[str, Correction]:
    """By row of the card, who corrected it last; the reporter's name and title are one row."""
    return {name if name != "jabatan" else "pengirim": one for name, one in incident.corrected.items()}


def _corrected(correction: Correction, incident: Incident, words: Words) -> str:
    """ "dikoreksi Dedi Kurniadi, Petugas Helpdesk, pukul 09.12 WIB"; with the day where it is not the report's."""
    hour = clock_wib(correction.at, office_day(incident.received) if incident.received else None, bracketed=True)
    return words.corrected.format(jabatan=correction.title, nama=correction.name, jam=hour)


@dataclass(frozen=True, slots=True)
class CorrectedField:
    """A field that was corrected, as templates speak of it: what stands there now and what stood there before."""

    isian: str
    semula: str
    menjadi: str


def corrections(correction: Corrected | None, words: Words) -> tuple[CorrectedField, ...]:
    """What a correction changed."""
    if correction is None:
        return ()
    before, after = correction.before, correction.report
    return tuple(
        CorrectedField(words.fields.get(name, name), _value(before, name, words), _value(after, name, words))
        for name in changed(correction)
    )


def already_so(correction: Corrected | None, words: Words) -> tuple[CorrectedField, ...]:
    """What was said of a card that stood there already."""
    if correction is None:
        return ()
    said, new = correction.report, changed(correction)
    same = [(words.fields.get(name, name), _value(said, name, words)) for name in said.said() if name not in new]
    return tuple(CorrectedField(label, value, value) for label, value in same)


def _value(report: Report, name: str, words: Words) -> str:
    value = getattr(report, name)
    if name == "layanan":
        return services(report, words)
    return written_moment(value or "") if name in ("waktu_kejadian", "tanggal") else str(value or "")


def _summary(report: Report, words: Words, *, enclosed: bool) -> str:
    said = report.ringkasan or ""
    return f"{said} ({words.more_enclosed})" if enclosed and said.endswith(MORE) else said


def reopening(by: Reopening | None, words: Words, longest: int = 600) -> str:
    """Who had the work on an ended incident begin again, when, and in which words; "" where nobody did."""
    if by is None:
        return ""
    who = f"{by.name} ({by.title})" if by.title else by.name
    told = f"{who} {words.reopenings.get(by.how, '')}, {moment(by.at)}"
    text = " ".join(by.text.split())
    return f"{told}: “{text[:longest]}{'…' if len(text) > longest else ''}”" if text else told


def how_it_ended(incident: Incident, procedure: Procedure, words: Words) -> str:
    """ "Selesai", or where that became so only afterwards "Selesai (laporan diterima oleh Kepala Dinas, Senin, …)"; ""
    of an incident that goes on.
    """
    label = next((one.label for one in procedure.outcomes if one.name == incident.outcome), "")
    receipt = incident.receipt
    if not label or receipt is None:
        return label
    said = words.recorded.get(receipt.decision, receipt.decision)
    return f"{label} ({said} oleh {receipt.title or receipt.name}, {moment(receipt.at)})"


def directions(incident: Incident, longest: int = 2000) -> list[str]:
    """What was ordered besides the answers: "Kepala Dinas, Senin, … pukul 10.04 WIB: …", oldest first."""
    return [
        f"{said.title or said.name}, {moment(said.at)}: {(said.details.directions or '')[:longest]}"
        for said in incident.directions
    ]


def received_and_read(received: datetime | None, read_at: datetime | None, words: Words) -> str:
    """When a report came, and when it was read where it had to wait for that."""
    if received is None:
        return ""
    if read_at is None or read_at - received < WAITED:
        return moment(received)
    same_day = office_day(received) == office_day(read_at)
    read = clock(read_at, office_day(read_at)) if same_day else moment(read_at)
    return words.read_later.format(diterima=moment(received), dibaca=read)


def _not_answered(report: Report, words: Words) -> str:
    """Whoever works on it must know that its reporter hears nothing by mail."""
    if report.belum_dikenal and not report.surel_dipastikan:
        return words.unknown_sender.format(alamat=report.email)
    address = report.tanpa_balasan
    why = words.no_reply_because.get(report.tanpa_balasan_karena or "", words.no_reply)
    return why.format(alamat=address) if address else ""


WAITED = timedelta(minutes=2)
"""A letter that is read later than this had to wait for the desk."""
LISTED_AS = {
    "auto_reply": "surel otomatis",
    "bounce": "surel kembali",
    "delay": "pengiriman tertunda",
    "read_receipt": "tanda terima baca",
    "calendar": "undangan kalender",
    "recall": "penarikan surel",
    "reaction": "reaksi",
    "other": "surat umum",
    "request": "permohonan",
    "follow_up": "susulan",
    "berulang": "berulang kali sama",
}
"""What became of a mail that was not acted on, in the list of the morning."""
SURE = 0.8
"""Below that a value is marked to be looked at."""


def usual_origin(report: Report) -> str:
    """Where most of a report was read, such as "surat terlampir": said once, and not behind every value."""
    sources = [source for source, _ in (report.asal or {}).values() if source]
    return max(sources, key=sources.count) if sources else ""


def _origin(read: Origin | None, usual: str, words: Words) -> str:
    """ " (kop; perlu dicek)": where a value was read, unless it is the usual place, and whether to look twice."""
    if not read:
        return ""
    said = [read.source] if read.source != usual else []
    said += [words.uncertain] if read.sure < SURE else []
    return f" ({'; '.join(said)})" if said else ""


def subject_matter(report: Report, words: Words, *, short: bool = False) -> str:
    """What a subject says it is about: the office and, unless it is to be `short`, its service."""
    service = "" if short else services(report, words)
    if report.opd:
        return ", ".join(filter(None, (report.opd, service)))
    about = " ".join((report.hal or services(report, words)).split())
    about = about if len(about) <= LONGEST_HAL else f"{about[:LONGEST_HAL].rstrip()}…"
    return f"{about} ({words.no_office_subject})" if about else words.no_office_subject


LONGEST_HAL = 80
"""Characters of a letter's subject that ours repeats."""


def services(report: Report, words: Words) -> str:
    """ "aplikasi, jaringan" """
    return ", ".join(words.services.get(name, name) for name in report.layanan or ())


def _local_day(at: date | datetime) -> date:
    return _local(at).date() if isinstance(at, datetime) else at


def _local(at: datetime) -> datetime:
    try:
        return at.astimezone(WIB)
    except OverflowError:  # a letter may name the last night of the year 9999
        return at
