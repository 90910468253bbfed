"""200 small histories of finished incidents, replayed through this version: the same must follow from the same facts."""

from __future__ import annotations

from functools import cache

from scripts.histories import LIVES, recorded_anew
from sop import events, facts
from sop.causes import fact_of, groups
from sop.decide import HAPPENS
from sop.events import KINDS
from sop.fold import fold
from sop.incident import Incident
from sop.replay import Difference, replay
from sop.served import Served
from tests.histories.store import Recorded, read, stored

HOW = "where that is meant: `make histories` lists it and records them anew"


@cache
def recorded() -> list[Recorded]:
    return read(stored())


def told(differences: list[Difference]) -> str:
    """Readable: which fact, and what follows from it now and did not then."""
    lines = [HOW]
    for one in differences[:20]:
        lines.append(f"{one.incident} from event {one.seq} on, after {one.fact or 'no known fact'}:")
        lines += [*(f"    then: {line}" for line in one.recorded), *(f"    now:  {line}" for line in one.now)]
    return "\n".join([*lines, f"{len(differences)} differences"])


def test_every_history_is_told_again_as_it_was() -> None:
    differences = [one for life in recorded() for one in replay(life.histories, life.serving)]
    assert not differences, told(differences)


def test_they_are_200_and_all_of_them_have_ended_in_every_way_there_is() -> None:
    assert len(recorded()) == LIVES == 200
    ends = [fold(one.number, one.events).outcome for life in recorded() for one in life.histories]
    procedure = recorded()[0].histories[0].procedure
    assert set(ends) == {outcome.name for outcome in procedure.outcomes}


def test_every_kind_of_event_and_every_way_of_being_asked_is_in_them() -> None:
    happened = [event.data for life in recorded() for one in life.histories for event in one.events]
    assert {data.kind for data in happened} == set(KINDS)
    capacities = {data.capacity for data in happened if isinstance(data, events.Asked)}
    assert capacities == {"pejabat", "wakil", "atasan", "pelimpahan"}
    assert any(data.via.startswith(facts.ORAL) for data in happened if isinstance(data, events.Answer))
    hows = {data.reopened.how for data in happened if isinstance(data, events.Reported) and data.reopened}
    assert hows == {"belum", "darurat", "ralat"}


def test_every_kind_of_fact_is_found_in_them() -> None:
    found = set[type[facts.Fact] | type[None]]()
    for life in recorded():
        for history in life.histories:
            incident = Incident(history.number)
            for group in groups(history.events):
                people = life.serving(incident, group)
                found.add(type(fact_of(history.procedure, incident, group, people, frozenset())))
                incident = fold(history.number, group, incident)
    assert found == set(HAPPENS)


def test_they_are_recorded_anew_as_they_are() -> None:
    """By the facts themselves, those after which nothing was recorded, too; from seeds alone, whatever the process."""
    assert recorded_anew() == stored(), HOW


def test_what_was_recorded_together_is_found_again() -> None:
    """But for a clock set back, after which nothing else followed: what followed next, in the same moment, is its own."""
    for life in recorded():
        for history in life.histories:
            found = {group[-1].seq for group in groups(history.events)}
            apart = [history.events[seq - 1].kind for seq in found ^ set(history.deadlines)]
            assert set(apart) <= {"clock_set_back"}, history.number


def test_without_its_directories_a_journal_is_told_again_but_for_roles_that_nobody_held() -> None:
    """A journal keeps none. Of a vacant role it shows nothing: that somebody is asked or told for it is listed."""
    count, differences = 0, list[Difference]()
    for life in recorded():
        count += sum(len(groups(history.events)) for history in life.histories)
        differences += replay(life.histories, Served(life.histories, life.directories[-1]).serving)
    assert len(differences) * 1000 < count, told(differences)
