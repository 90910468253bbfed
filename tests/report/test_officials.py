"""Who stands on a paper is who it was at the time, whatever has become of them since."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from report.model import paper_model
from report.papers import TITLES
from sop.facts import PeopleChanged
from sop.people import Directory, Person
from tests.report.test_papers import PAPERS
from tests.sop.test_decide import PEOPLE, Journey

THEN = replace(PEOPLE, people=tuple(replace(one, nip=f"1980-{one.id}") for one in PEOPLE.people))
NEW = {"nip", "mandate", "holders"}
NOBODY = {"nama": "", "nip": "", "surat_perintah": ""}


def newcomer(one: Person) -> Person:
    return replace(one, id=f"{one.id}_baru", name=f"Pendatang {one.id}", nip="2000", mandate=one.mandate and "900/9")


REPLACED = replace(THEN, people=tuple(newcomer(one) for one in THEN.people))
"""Everybody left, and somebody else has each place."""
EDITED = replace(
    THEN,
    people=tuple(
        replace(one, name="Pendatang", title="Jabatan Lain", nip="2000", acting="", mandate="") for one in THEN.people
    ),
)
"""The same ids, with other words behind all of them."""
WITHOUT_THE_PLH = replace(THEN, people=tuple(one for one in THEN.people if one.id != "plh"))


def handled() -> Journey:
    """A Plh gave the disposisi; two were given the work, and one of them reported."""
    journey = Journey(people=THEN).to("disposisi")
    journey.wait(3)
    journey.answer("disposisi", "plh")
    journey.answer("tugaskan", "koordinator", details={"people": ["jaringan", "aplikasi"]})
    journey.answer("laporan", "jaringan", 30, {"cause": "FO putus", "actions": "disambung", "result": "normal"})
    return journey


def ended() -> Journey:
    journey = handled()
    for decision, who in (
        ("kirim", "helpdesk"),
        ("teruskan", "koordinator"),
        ("teruskan", "kabid"),
        ("diterima", "kadis"),
    ):
        journey.answer(decision, who)
    return journey


def model(journey: Journey, people: Directory) -> dict[str, Any]:
    return paper_model(journey.standing, people, PAPERS.office, PAPERS.words)


def signs(journey: Journey, people: Directory, whose: str) -> dict[str, str]:
    found: dict[str, str] = model(journey, people)["pejabat"][whose]
    return found


def change(journey: Journey, people: Directory) -> None:
    journey.people = people
    journey.fact(PeopleChanged(), 1)


@pytest.mark.parametrize("name", sorted(TITLES))
@pytest.mark.parametrize("since", [REPLACED, EDITED, WITHOUT_THE_PLH, Directory(())])
def test_a_paper_is_the_same_whoever_serves_when_it_is_drawn(name: str, since: Directory) -> None:
    journey = ended()
    drawn = PAPERS.make(name, journey.standing, since)
    assert drawn == PAPERS.make(name, journey.standing, THEN) and not drawn.fault
    assert "Pendatang" not in str(model(journey, since))


def test_every_official_stands_there_with_nip_and_mandate() -> None:
    journey = ended()
    plh = {"nama": "Kabid", "jabatan": "Plh. kabid", "nip": "1980-plh", "surat_perintah": "800/1"}
    assert signs(journey, REPLACED, "tahap_disposisi") == plh
    kabid = {"nama": "Kabid", "jabatan": "kabid", "nip": "1980-kabid", "surat_perintah": ""}
    assert signs(journey, REPLACED, "kabid") == signs(journey, REPLACED, "tahap_pelaporan_kabid") == kabid
    assert signs(journey, REPLACED, "tim_teknis")["nip"] == "1980-jaringan"


def test_the_team_stays_whole_when_a_member_has_left() -> None:
    assert model(ended(), REPLACED)["petugas"] == [["Tim_Teknis", "tim_teknis"]] * 2


def test_whoever_came_during_the_incident_signs_what_they_did_and_nothing_else() -> None:
    journey = ended_by_the_new_kabid()
    now = journey.people
    assert signs(journey, now, "kabid")["nama"] == signs(journey, now, "tahap_pelaporan_kabid")["nama"] == "Desi"
    assert signs(journey, now, "tahap_disposisi")["jabatan"] == "Plh. kabid"
    assert model(journey, now) == model(journey, REPLACED)


def ended_by_the_new_kabid() -> Journey:
    journey = handled()
    journey.answer("kirim", "helpdesk")
    journey.answer("teruskan", "koordinator")
    new = replace(newcomer(THEN.people[2]), name="Desi")
    change(journey, Directory(tuple(new if one.id == "kabid" else one for one in THEN.people if one.id != "plh")))
    journey.answer("teruskan", new.id)
    journey.answer("diterima", "kadis")
    return journey


def test_whoever_was_asked_signs_where_nobody_answered() -> None:
    journey = Journey(people=THEN).to("disposisi")
    journey.wait(3)
    assert signs(journey, REPLACED, "kabid")["jabatan"] == "kabid", "the Plh is asked too, and stands in only by acting"
    change(journey, REPLACED)
    assert signs(journey, THEN, "kabid") == signs(journey, REPLACED, "kabid")
    assert signs(journey, THEN, "kabid")["nama"] == "Pendatang kabid", "asked in the place of who has left"


def test_what_the_system_did_is_signed_by_whoever_was_asked() -> None:
    journey = ended_by_itself()
    asked = {"nama": "Kadis", "jabatan": "kadis", "nip": "1980-kadis", "surat_perintah": ""}
    assert signs(journey, REPLACED, "kadis") == signs(journey, REPLACED, "tahap_penerimaan") == asked


def ended_by_itself() -> Journey:
    journey = Journey(people=THEN).to("penerimaan")
    for _ in range(10):
        journey.wait(5)
    assert journey.incident.outcome == "tanpa_tanda_terima"
    return journey


def no_emergency() -> Journey:
    journey = Journey(people=THEN)
    journey.answer("tidak", "helpdesk")
    return journey


@pytest.mark.parametrize("since", [REPLACED, EDITED, Directory(())])
def test_of_what_ended_early_whoever_held_a_role_at_its_end_signs(since: Directory) -> None:
    journey = no_emergency()
    kabid = {"nama": "Kabid", "jabatan": "kabid", "nip": "1980-kabid", "surat_perintah": ""}
    assert signs(journey, since, "kabid") == signs(journey, since, "tahap_disposisi") == kabid
    assert signs(journey, since, "tahap_analisis")["nama"] == "Helpdesk", "who was asked, and answered"
    assert model(journey, since) == model(journey, THEN)
    drawn = PAPERS.make("laporan_akhir", journey.standing, since)
    assert drawn == PAPERS.make("laporan_akhir", journey.standing, THEN) and not drawn.fault


def test_while_it_is_open_the_present_holder_signs_in_a_role_in_which_nobody_was_asked() -> None:
    journey = Journey(people=THEN)
    assert signs(journey, THEN, "kabid")["nip"] == "1980-kabid"
    assert signs(journey, REPLACED, "kabid")["nama"] == "Pendatang kabid"
    assert signs(journey, Directory(()), "kabid") == NOBODY | {"jabatan": journey.procedure.role_label("kabid")}


def of_before(journey: Journey) -> Journey:
    """As a journal has it that says nobody's NIP and mandate, and not who held a role when it ended."""
    rows = json.loads(journey.saved)
    for row in rows:
        row["data"] = {name: said for name, said in row["data"].items() if name not in NEW}
    journey.saved = json.dumps(rows)
    return journey


def test_of_a_journal_of_before_nip_and_mandate_are_looked_up_and_no_name() -> None:
    journey, old = ended(), of_before(ended())
    assert model(old, THEN) == model(journey, THEN)
    gone = signs(old, REPLACED, "tahap_disposisi")
    assert gone == {"nama": "Kabid", "jabatan": "Plh. kabid", "nip": "", "surat_perintah": ""}


def test_of_a_journal_of_before_a_role_in_which_nobody_was_asked_is_its_present_holders() -> None:
    assert model(of_before(no_emergency()), THEN) == model(no_emergency(), THEN)
    assert signs(of_before(no_emergency()), REPLACED, "kabid")["nama"] == "Pendatang kabid"


def test_no_mandate_is_looked_up_for_what_somebody_did_in_a_place_of_their_own() -> None:
    journey = of_before(ended())
    deputy = tuple(replace(one, acting="Plt.", mandate="900/9") if one.id == "kabid" else one for one in THEN.people)
    assert signs(journey, Directory(deputy), "kabid")["surat_perintah"] == ""
    assert signs(journey, Directory(deputy), "kabid")["nip"] == "1980-kabid"
