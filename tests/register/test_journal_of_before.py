"""A journal of before events had types of their own: every kind of event, as it was stored then, still means the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from office.people import read_people
from office.words_file import read_words
from register import journal
from register.database import Database
from register.schema import events, incidents
from sop.codec import object_of
from sop.event_codec import canonical, event_of
from sop.events import KINDS, Event
from sop.fold import fold
from sop.load import load_procedure
from sop.replay import History, replay
from sop.report import Report
from sop.served import Served
from sop.story import story
from sop.who_reads import Audience
from tests import cast

FOLDER = Path(__file__).parent
PROCEDURE = load_procedure()
PROCEDURE_THEN = replace(PROCEDURE, version=2)
"""By which its incidents were worked; nothing in them is decided otherwise by the version of today."""
SINCE = {"answered_after_end", "corrected", "objected", "order_added"}
"""Kinds of events that did not exist then."""
Row = dict[str, object]


def rows() -> list[Row]:
    """The rows of the table `events`."""
    lines = (FOLDER / "journal_of_before.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) | {"at": datetime.fromisoformat(json.loads(line)["at"])} for line in lines]


def read(row: Row) -> Event:
    return event_of(row["seq"], row["at"], row["kind"], row["data"])  # type: ignore[arg-type]


def by_incident() -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for row in rows():
        found.setdefault(str(row["incident"]), []).append(read(row))
    return found


def told() -> Iterator[str]:
    for number, happened in by_incident().items():
        for line in story(happened, PROCEDURE, read_words(), Audience.ADMIN):
            said = [number, line.at.isoformat(), line.step, line.what, line.text]
            yield json.dumps(said, ensure_ascii=False)


def test_every_kind_of_event_is_in_it() -> None:
    assert {row["kind"] for row in rows()} == set(KINDS) - SINCE


def test_each_row_is_written_again_as_it_was() -> None:
    for row in rows():
        event = read(row)
        assert canonical(event) == row["data"] and event.kind == row["kind"]
        assert not event.data.others, "this version has a name for all of it"


def test_its_incidents_stand_where_they_stood_and_tell_the_same_story() -> None:
    stood = {number: fold(number, happened) for number, happened in by_incident().items()}
    assert {number: incident.outcome for number, incident in stood.items()} == {
        "DKL-2026-0001": "selesai",
        "DKL-2026-0002": "bukan_darurat",
        "DKL-2026-0004": "bukan_darurat",
        "DKL-2026-0005": "bukan_darurat",
        "DKL-2026-0006": "",
        "DKL-2026-0008": "",
    }
    first, oral = stood["DKL-2026-0001"].report, stood["DKL-2026-0004"].report
    assert (first.telepon, first.hal, first.layanan) == ("0751-410001", "Jaringan putus", ("jaringan", "aplikasi"))
    assert (oral.lokasi, oral.sifat, oral.surel_dipastikan) == ("", None, True)
    assert list(told()) == (FOLDER / "journal_of_before.story.txt").read_text(encoding="utf-8").splitlines()


def test_its_chain_holds_and_names_the_mails_it_caused(database: Database) -> None:
    stood = {number: fold(number, happened) for number, happened in by_incident().items()}
    with database.writing() as tx:
        journal.pin_procedure(tx, PROCEDURE)
        for number, incident in stood.items():
            head = next(row["hash"] for row in reversed(rows()) if row["incident"] == number)
            opening = {"number": number, "procedure": incident.procedure, "version": incident.version}
            state = {"opened_at": incident.opened, "seq": incident.seq, "head": head, "stage": "", "outcome": ""}
            tx.execute(insert(incidents).values(**opening, **state))
        tx.execute(insert(events), rows())
    with database.reading() as tx:
        for number, happened in by_incident().items():
            chain = journal.chain_of(tx, number)
            assert (chain.fault, journal.read_events(tx, number)) == ("", tuple(happened))
            assert chain.mails == tuple(key for event in happened for key in event.mails) and chain.mails


def test_the_same_follows_from_what_reached_its_incidents(tmp_path: Path) -> None:
    people = tmp_path / "pejabat.yaml"
    people.write_text(cast.PEOPLE, encoding="utf-8")
    histories = [History(number, PROCEDURE_THEN, tuple(happened)) for number, happened in by_incident().items()]
    today = read_people(people, dict(PROCEDURE.roles))
    assert replay(histories, Served(histories, today).serving) == []


AT = datetime.fromisoformat("2026-11-23T02:00:00+00:00")
NEWER = (
    '{"incident":"DKL-2026-0002","letter":"m","mail":"","name":"","person":"","report":{"opd":"Dinas","warna":["biru"]},'
    '"setelah":{"a":[1,null]},"title":""}'
)


def test_what_a_newer_version_wrote_is_kept_and_written_again() -> None:
    event = event_of(1, AT, "took_in", NEWER)
    assert canonical(event) == NEWER
    known = fold("DKL-2026-0001", [event]).joined[0].report
    assert known.knows("warna") and not known.knows("hal")
    assert object_of(known.updated(Report(hal="Listrik"))) == {"opd": "Dinas", "hal": "Listrik", "warna": ["biru"]}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("undelivered", '{"key":"k","mail":"","reason":"550","to":"a@b.example"}'),
        ("continued", '{"incident":"DKL-2026-0002","mail":"m"}'),
        ("closed", '{"outcome":"selesai"}'),
        ("followed_up", '{"mail":"m","sender":"a@b.example","text":"Masih mati."}'),
        (
            "reported",
            '{"channel":"surat","procedure":"darurat","received":"2026-11-23T02:00:00+00:00","report":{},"version":1}',
        ),
    ],
)
def test_what_was_not_noted_in_older_journals_is_nothing(kind: str, data: str) -> None:
    event = event_of(1, AT, kind, data)
    after = fold("DKL-2026-0001", [event])
    assert after.seq == 1 and after.reopened is None and after.report == Report()
    assert json.loads(data).items() <= json.loads(canonical(event)).items()
    assert len(story([event], PROCEDURE, read_words(), Audience.ADMIN)) == 1
