"""`siaga replay`: an office's own journal, decided again. Nothing differs, or each difference is a few clear lines."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from register.schema import events, outbox
from siaga.cli import siaga
from siaga.commands.again import FACTS
from sop import facts
from sop.decide import HAPPENS
from sop.draft import Draft
from tests import cast
from tests.town import JOURNEY, Town


def replay(place: Town, *arguments: str) -> Result:
    return CliRunner().invoke(siaga, ["replay", *arguments, "--config", str(place.settings_file)])


def whole_sop(place: Town) -> None:
    """One incident to its end, with an answer that is not clear, one that is late and a word of the reporter's."""
    place.letter()
    place.work()
    for stage, address, subject, text in JOURNEY:
        place.reply(address, subject, text)
        place.work(1)
        if stage == "analisis":
            place.reply(cast.KOORDINATOR, "Mohon diteruskan", "Tunggu dulu, ya?")
            place.work(1)
        if stage == "disposisi":
            place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK")
            place.work(3)  # the ladder is climbed


def test_what_this_version_wrote_it_would_write_again_and_nothing_is_changed(place: Town) -> None:
    whole_sop(place)
    with place.office.database.reading() as tx:
        before = tx.execute(select(events)).all(), tx.execute(select(outbox)).all()
    done = replay(place)
    assert done.exit_code == 0, done.output
    assert "1 insiden dengan" in done.output and "Tidak ada perbedaan." in done.output
    assert "jurnal tidak menyimpan daftar pejabat" in done.output
    with place.office.database.reading() as tx:
        assert before == (tx.execute(select(events)).all(), tx.execute(select(outbox)).all())


def test_a_rule_that_is_another_now_is_listed_for_every_fact_it_decides(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_sop(place)
    said = json.loads(replay(place, "--json").output)
    assert (said["incidents"], said["differences"], said["unreadable"]) == (1, [], [])

    def forgotten(_draft: Draft, _fact: facts.AnswerUnclear) -> None:
        pass

    monkeypatch.setitem(HAPPENS, facts.AnswerUnclear, forgotten)
    done = replay(place, "dkl-2026-0001")
    assert done.exit_code == 1
    assert "jawaban yang tidak jelas" in done.output and "  dahulu: " in done.output and "unclear" in done.output
    assert "1 perbedaan." in done.output
    (difference,) = json.loads(replay(place, "--json").output)["differences"]
    assert (difference["incident"], difference["fact"], difference["now"]) == ("DKL-2026-0001", "AnswerUnclear", [])
    assert any(line.startswith("surat DKL-2026-0001/") for line in difference["recorded"])


def test_an_incident_that_cannot_be_read_is_said_and_holds_up_no_other(place: Town) -> None:
    place.to_stage("disposisi")
    first = (events.c.incident == "DKL-2026-0001") & (events.c.seq == 2)
    with place.office.database.writing() as tx:
        tx.execute(update(events).where(first).values(kind="dari masa depan"))
    done = replay(place)
    assert done.exit_code == 3
    assert "DKL-2026-0001: peristiwa atau prosedurnya tidak terbaca" in done.output
    assert replay(place, "DKL-2026-0009").exit_code == 1


def test_every_kind_of_fact_has_a_name_for_the_admin() -> None:
    assert set(FACTS) == {kind.__name__ for kind in HAPPENS}
