"""Who reads what: over every template and every kind of event, nothing internal reaches whoever reported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from office.settings import SettingsError
from office.who_reads_file import TABLE, parse_who_reads
from office.words_file import read_words
from outbox.compose import Composer
from outbox.matter import Matter, Reader
from parsers.mails.message import read_mail
from sop.addressee import Addressee
from sop.codec import Json
from sop.event_codec import data_of, event_of
from sop.events import KINDS, Event, Extended, Recorded, TookIn
from sop.fold import fold
from sop.mail_key import MailKey
from sop.report import Report
from sop.standing import Standing
from sop.verdict import Outgoing
from sop.who_reads import TABLED, Audience, Share
from templates import FOLDER
from tests.histories.store import read, stored
from tests.register.test_journal_of_before import PROCEDURE, by_incident

WORDS = read_words()
COMPOSER = Composer(FOLDER, WORDS, "darurat@contoh.example", "Kantor", b"rahasia")
STRUCTURE = {
    *("stage", "visit", "decision", "capacity", "action", "role", "outcome", "channel", "procedure", "key", "mail"),
    *("person", "incident", "to", "letter", "continues", "with_incident", "held", "via", "how"),
    *("received", "at", "until", "started_at", "finished_at", "deadline"),
}
"""What an event says that is nobody's words. `via`: how it came."""
MEANT_FOR_THEM = (
    ("asked", "title"),
    ("recorded", "title"),
    ("recorded", "text"),
    ("answered", "text"),
    ("answered", "cause"),
    ("answered", "actions"),
    ("answered", "result"),
)
"""What they may read, where the table says so: which team works, what it tells them, and why or with what it ended."""


def marked(event: Event) -> Event:
    """The event with a marker in place of all that somebody said in it, but for the letter's own fields."""
    data = _marked(event, data_of(event))
    return event_of(event.seq, event.at, event.kind, json.dumps(data))


def _marked(event: Event, data: dict[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, value in data.items():
        if isinstance(value, dict) and name not in ("juga_diingatkan", "report"):
            found[name] = _marked(event, value)
        elif isinstance(value, str) and name not in STRUCTURE:
            found[name] = mark(event, name)
        else:
            found[name] = value
    return found


def mark(event: Event, field: str) -> str:
    return f"RAHASIA_{event.kind}_{event.seq}_{field}_SELESAI"


def marks(text: str) -> set[tuple[str, str]]:
    """Kind and field of all markers in a text."""
    return set(re.findall(r"RAHASIA_([a-z_]+?)_\d+_([a-z_]+?)_SELESAI", text))


@cache
def standings() -> tuple[Standing, ...]:
    """Incidents in which between them every kind of event happened, as they stood after each event."""
    found = []
    for number, happened in by_incident().items():
        events = tuple(marked(event) for event in happened)
        for last in range(1, len(events) + 1):
            found.append(Standing(PROCEDURE, fold(number, events[:last]), events[:last]))
    missing = set(KINDS) - {event.kind for standing in found for event in standing.events}
    for life in read(stored()):
        for history in life.histories if missing else ():
            new = [event.seq for event in history.events if event.kind in missing]
            if new:
                events = tuple(marked(event) for event in history.events)
                whole = [events[:last] for last in (*new, len(events))]
                found += [Standing(history.procedure, fold(history.number, part), part) for part in whole]
                missing -= {event.kind for event in events}
    return tuple(found)


def readers(standing: Standing) -> Iterator[Reader]:
    """Whoever reported, and somebody whose report was linked to theirs."""
    joined = [other.incident for other in standing.incident.joined] or [""]
    for incident in dict.fromkeys(("", *joined)):
        yield Reader(Addressee.reporter(incident), "Pelapor", "Sekretaris", "opd@contoh.example")


def written(template: str, standing: Standing, reader: Reader) -> str:
    """All of a mail that its reader can see."""
    visit = standing.incident.visits[-1] if standing.incident.visits else None
    letter = Outgoing(
        MailKey(f"umum/x/{template}/pelapor"),
        template,
        reader.addressee,
        stage=visit.stage if visit else "",
        visit=visit.number if visit else 0,
        extra={"induk": "DKL-2026-0009", "opd_induk": "Dinas", "dari": "Tim", "keputusan": "progres"},
    )
    mail = read_mail(COMPOSER.compose(letter, Matter(standing, reader, standing.events[-1].at)).raw, ours=True)
    return "\n".join((mail.subject, mail.plain, mail.html, *(file.filename for file in mail.attachments)))


def test_every_kind_of_event_is_among_them() -> None:
    assert {event.kind for standing in standings() for event in standing.events} == set(KINDS)


@pytest.mark.parametrize("template", sorted(COMPOSER.templates()))
def test_no_template_tells_a_reporter_what_is_not_meant_for_them(
    template: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL")  # many are never written to reporters, and come out plain
    newest = [standing for standing in standings() if standing.incident.seq % 3 == 0 or standing.incident.outcome]
    for standing in newest:
        for reader in readers(standing):
            found = marks(written(template, standing, reader))
            assert found <= set(MEANT_FOR_THEM), (standing.number, standing.incident.seq)


def test_officials_read_the_same_that_reporters_do_not() -> None:
    whole = max(standings(), key=lambda standing: len(standing.events))
    official = Reader(Addressee("kadis"), "Kadis", "Kepala Dinas", "kadis@contoh.example")
    seen = marks(written("minta_penerimaan", whole, official))
    assert {("answered", "text"), ("answered", "name"), ("withdrawn", "name")} & seen
    assert not {kind for kind, _ in seen} & {"untrusted", "unclear", "proposed", "undelivered", "remarked"}


def test_a_team_is_quoted_to_a_reporter_with_its_progress_and_not_with_its_reason_for_more_time() -> None:
    reader = Reader(Addressee.reporter(), "Pelapor", "", "opd@contoh.example")
    for kind, quoted in ((Recorded, True), (Extended, False)):
        standing = next(one for one in standings() if isinstance(one.events[-1].data, kind))
        said = "Vendor belum membayar teknisi."
        letter = Outgoing(
            MailKey("umum/x/kabar/pelapor"),
            "kabar_penanganan",
            Addressee.reporter(),
            stage="penanganan",
            visit=1,
            extra={"teks": said, "dari": "Tim", "keputusan": "minta_waktu" if kind is Extended else "progres"},
        )
        raw = COMPOSER.compose(letter, Matter(standing, reader, standing.events[-1].at)).raw
        assert (said in read_mail(raw, ours=True).plain) is quoted


def test_whoever_reported_the_same_reads_their_own_card_and_nothing_of_the_first_reporter() -> None:
    standing = next(one for one in standings() if one.number == "DKL-2026-0001" and one.incident.report.telepon)
    incident, at = standing.incident, standing.events[-1].at + timedelta(minutes=1)
    theirs = TookIn("DKL-2026-0002", Report(opd="Dinas Pendidikan", hal="Internet mati", email="d@contoh.example"))
    events = (*standing.events, Event(incident.seq + 1, at, theirs))
    joined = replace(standing, incident=fold(standing.number, events), events=events)
    text = written("penutupan", joined, next(one for one in readers(joined) if one.addressee.incident))
    assert "Dinas Pendidikan" in text and "Internet mati" in text
    first = incident.report
    assert not [value for value in (first.telepon, first.opd, first.email, first.pengirim) if value and value in text]


def test_the_table_names_whatever_can_be_told_and_every_row_of_the_card() -> None:
    table = WORDS.who_reads
    unnamed = [name for name in WORDS.sentences if not {name, name.partition(".")[0]} & set(table.lines)]
    assert not unnamed, "say in siapa_membaca.yaml who reads it"
    assert set(table.card) == set(WORDS.card)
    told = {name for name, shares in table.lines.items() if shares[Audience.REPORTER] is not Share.NOTHING}
    assert told <= set(WORDS.reporter_sentences), "a reporter has words of their own for all they are told"
    known = {name.partition(".")[0] for name in WORDS.sentences}
    assert {name.partition(".")[0] for name in table.lines} <= known


def test_what_the_table_does_not_name_is_for_the_journal_alone() -> None:
    assert [WORDS.who_reads.share(("ramalan",), audience) for audience in TABLED] == [Share.NOTHING] * 3
    assert WORDS.who_reads.share(("ramalan",), Audience.ADMIN) is Share.WORDS


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[baris,  isi,     isi]", "[baris,  isi]", "`reported` harus memuat 3 kata (pelapor, pejabat, naskah)"),
        ("[baris,  isi,     isi]", "[baris,  ya,     isi]", "masing-masing tidak, baris, isi"),
        ("\nkartu:", "\nkarta:", "kunci `karta` tidak dikenal"),
    ],
)
def test_what_is_wrong_with_the_table_is_told_with_its_line(old: str, new: str, told: str) -> None:
    text = TABLE.read_text(encoding="utf-8")
    with pytest.raises(SettingsError) as wrong:
        parse_who_reads(text.replace(old, new, 1), "siapa_membaca.yaml")
    assert any(told in line and re.match(r"siapa_membaca\.yaml:\d+", line) for line in wrong.value.problems)
