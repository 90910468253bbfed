"""An ended incident is worked on again: everybody who looks at it sees who wanted that, when, and in which words."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from office.words_file import read_words
from register import journal
from register.workbook import standing
from report.model import paper_model
from siaga.cli import siaga
from sop.event_codec import data_of, event_of
from sop.facts import Opened
from sop.fold import fold
from sop.report import Report
from sop.story import story
from sop.who_reads import Audience
from templates import phrasing
from tests import cast
from tests.cast import DINKES
from tests.handlers.test_after_the_end import closed
from tests.sop.test_decide import Journey
from tests.town import START, Town

ONE, TWO = "DKL-2026-0001", "DKL-2026-0002"


def belum(place: Town) -> str:
    closed(place)
    place.work(60)
    place.reply(DINKES, "Penanganan selesai", "BELUM, SIMRS masih tidak bisa dibuka.")
    place.work()
    return str(place.incident().report.pengirim)


def darurat(place: Town) -> str:
    """Helpdesk answers what shows them a later word of the reporter."""
    closed(place)
    place.work(3 * 24 * 60)
    place.reply(DINKES, "Penanganan selesai", "Mohon ditinjau kembali, hasilnya kurang memuaskan.")
    place.work()
    place.reply(cast.HELPDESK, "Kabar dari pelapor", "DARURAT\n\nSIMRS masih tidak bisa dibuka.")
    place.work()
    return "Dedi Kurniadi, A.Md."


def darurat_by_itself(place: Town) -> str:
    """Helpdesk takes any mail about it that is at hand."""
    closed(place)
    place.work(60)
    place.reply(cast.HELPDESK, "Mohon periksa dan kirim", "DARURAT\n\nSIMRS masih tidak bisa dibuka.")
    place.work()
    return "Dedi Kurniadi, A.Md."


def ralat(place: Town) -> str:
    place.letter()
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nBukan darurat.")
    place.work(1)
    place.reply(cast.HELPDESK, "Dicatat", "Ralat: YA\n\nSIMRS masih tidak bisa dibuka.")
    place.work()
    return "Dedi Kurniadi, A.Md."


WAYS = {
    belum: "menyatakan layanannya belum pulih",
    darurat: "meminta pekerjaannya dilanjutkan (DARURAT)",
    darurat_by_itself: "meminta pekerjaannya dilanjutkan (DARURAT)",
    ralat: "meralat jawabannya (RALAT)",
}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_looks_sees_by_whom_when_and_in_which_words(place: Town, way: Callable[[Town], str]) -> None:
    name, did = way(place), WAYS[way]
    when, office = phrasing.clock(place.clock.now(), phrasing.office_day(place.clock.now())), place.office
    assert place.numbers() == [ONE, TWO] and place.incident(TWO).continues == ONE
    with office.database.reading() as tx:
        found = {number: journal.read_standing(tx, number) for number in (ONE, TWO)}
    paper = paper_model(found[TWO], office.directory(), office.papers.office, office.words)
    shown = {
        "mail to the Koordinator": place.last(cast.KOORDINATOR, "dibuka lagi").plain,
        "mail to whoever analyses it": place.last(cast.HELPDESK, "Mohon analisis").plain,
        "register": standing(place.incident(TWO), office.procedure(), office.words),
        "register, the ended one": standing(place.incident(ONE), office.procedure(), office.words),
        "papers": str(paper["kartu"]),
        "command": CliRunner().invoke(siaga, ["show", TWO, "--config", str(place.settings_file)]).output,
    }
    for number in (ONE, TWO):
        lines = story(found[number].events, office.procedure(), office.words, Audience.OFFICIAL)
        shown[f"story of {number}"] = "\n".join(f"{line.what}: {line.text}" for line in lines if did in line.what)
    for where, said in shown.items():
        text = " ".join(said.split())
        assert name in text and did in text and when in text, where
        assert "SIMRS masih tidak bisa dibuka" in text, where
    assert "menurut pelapor" not in shown["mail to whoever analyses it"]


def test_a_receipt_says_your_words_only_to_whoever_said_them(place: Town) -> None:
    darurat_by_itself(place)
    assert "menurut Saudara" not in place.last(DINKES, "Laporan diterima").plain


def test_journals_of_before_this_was_noted_are_told_as_they_are() -> None:
    journey = Journey()
    opened = Opened("surat", START, Report(opd="Dinas Kesehatan"), "m", continues=ONE)
    assert opened.reopened is None
    first = journey.events[0]
    said = json.dumps(data_of(first) | {"continues": ONE})
    old = [event_of(1, START, "reported", said)]
    ended = [event_of(1, START, "continued", json.dumps({"incident": TWO, "mail": "m"}))]
    assert fold(TWO, old).reopened is None and fold(ONE, ended).continued_by is None
    told = story([*old, *ended], journey.procedure, read_words(), Audience.OFFICIAL)
    assert [ONE in told[0].what, TWO in told[1].what] == [True, True]
    assert standing(fold(TWO, old), journey.procedure, read_words()) == f"Diterima; lanjutan {ONE}"
