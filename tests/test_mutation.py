"""What `make mutation` says of itself is so, as far as that can be seen without the tool that it installs."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.mutation import LONGEST, TESTS, Reach
from scripts.mutations import PROBE, Mutation, sample, with_probes

ROOT = Path(__file__).parents[1]
SOURCE = """
def first(value: int) -> int:
    return value + 1


class Room:
    @property
    def second(self) -> int:
        return first(1)
"""


def change(function: int) -> Mutation:
    return Mutation("sop/room.py", "NumberReplacer", 0, function + 1, function)


@pytest.mark.parametrize("place", TESTS)
def test_the_tests_that_it_runs_are_there(place: str) -> None:
    assert (ROOT / place).exists()


def test_a_function_with_a_probe_says_that_it_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, int]] = []
    monkeypatch.setattr("builtins." + PROBE, called.append, raising=False)
    names: dict[str, object] = {}
    exec(with_probes(SOURCE, "sop/room.py"), names)
    room = names["Room"]
    assert isinstance(room, type)
    assert room().second == 2
    assert called == [("sop/room.py", 7), ("sop/room.py", 2)]


def test_a_function_with_a_probe_runs_where_nobody_notes_it() -> None:
    names: dict[str, object] = {}
    exec(with_probes(SOURCE, "sop/room.py"), names)
    first = names["first"]
    assert callable(first)
    assert first(1) == 2


def test_the_tests_of_a_change_are_those_that_call_its_function_the_quickest_first() -> None:
    reach = Reach({"slow": 3.0, "quick": 0.1, "other": 0.0}, {("sop/room.py", 2): ["slow", "quick"]})
    assert reach.of(change(2)) == ["quick", "slow"]
    assert reach.of(change(7)) == []
    assert reach.of(change(0)) == ["other", "quick", "slow"]


def test_the_tests_of_a_change_take_no_longer_than_said_but_there_is_always_one() -> None:
    reach = Reach({"one": LONGEST + 1, "two": LONGEST + 2}, {("sop/room.py", 2): ["one", "two"]})
    assert reach.of(change(2)) == ["one"]


def test_the_same_seed_gives_the_same_sample() -> None:
    everything = [change(number) for number in range(100)]
    assert sample(everything, 10, 1) == sample(everything, 10, 1)
    assert sample(everything, 10, 1) == sample(everything, 20, 1)[:10]
    assert sample(everything, 10, 1) != sample(everything, 10, 2)
