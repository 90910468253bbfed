"""Killed again and again: at random I/O operations of every round, one desk, or either of two on one PostgreSQL journal."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.crashes.desk import ANYWHERE, Kill
from tests.crashes.ending import difference
from tests.crashes.life import ROUNDS, Life, Undisturbed, new_life, operations
from tests.town import two_desks

SEED = int(os.environ.get("CHAOS_SEED", "20261123"))
LIVES = int(os.environ.get("CHAOS_LIVES", "0"))
KILLS_A_ROUND = 8
SAMPLE = {"imap": (1, 8), "exchange": (1, 2), "maildir": (1, 2), "two desks": (1, 3)}
"""Lives, and kills in each round, when nobody says how many."""


@pytest.mark.parametrize(
    "kind", ["imap", "exchange", "maildir", pytest.param("exchange smtp", marks=pytest.mark.chaos)]
)
def test_killed_many_times_in_every_round_the_office_ends_as_if_nothing_had_happened(
    undisturbed: Undisturbed, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    ending, moments, _ = undisturbed  # on IMAP: on every kind it must end the same
    lives, kills_a_round = how_often(kind)
    chance, kills = random.Random(SEED), 0
    for number in range(lives):
        with new_life(tmp_path / str(number), kind) as life:
            kills += harassed(life, chance, operations(moments), kills_a_round)
            assert not (differs := difference(ending, life.ending())), f"life {number} of seed {SEED}: {differs}"
    with capsys.disabled():
        print(f"\n  {kind}, one desk: {kills} kills in {lives} lives, seed {SEED}: 0 lost, 0 doubled, same register")
    assert kills >= lives * ROUNDS, "hardly ever killed: this proves little"


def test_either_of_two_desks_killed_many_times_and_each_mail_goes_out_once(
    undisturbed: Undisturbed, tmp_path: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ending, moments, _ = undisturbed
    lives, kills_a_round = how_often("two desks")
    lives = max(1, lives // 3)
    chance, kills = random.Random(SEED), 0
    for number in range(lives):
        with two_desks(tmp_path / str(number), postgres_url) as towns:
            life = Life(list(towns))
            kills += harassed(life, chance, operations(moments), kills_a_round)
            assert not (differs := difference(ending, life.ending())), f"life {number} of seed {SEED}: {differs}"
    with capsys.disabled():
        print(f"\n  two desks: {kills} kills in {lives} lives, seed {SEED}: 0 lost, 0 doubled, same registers")
    assert kills >= lives * ROUNDS, "hardly ever killed: this proves little"


def test_the_readers_killed_while_they_read_change_nothing(
    undisturbed: Undisturbed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ending, _, _ = undisturbed
    chance, came_through = random.Random(SEED), 0
    lives, kills_a_round = (LIVES, KILLS_A_ROUND) if LIVES else (1, 1)
    for number in range(lives):
        with new_life(tmp_path / str(number)) as life:
            for round_number in range(ROUNDS):
                life.arrives(round_number)
                for _ in range(kills_a_round):
                    where = f"readers/wire.py:send socket write {chance.choice(('before', 'after'))}"
                    came_through += life.work(Kill(where, chance.randrange(1, 9), readers=True))
                life.work()
            assert not (differs := difference(ending, life.ending())), f"life {number} of seed {SEED}: {differs}"
    with capsys.disabled():
        print(f"\n  readers killed in {came_through} rounds, seed {SEED}: 0 lost, 0 doubled, same register")
    assert came_through == lives * ROUNDS * kills_a_round, "a desk died with its readers"


def how_often(what: str) -> tuple[int, int]:
    """Lives, and kills in each of their rounds."""
    return (LIVES, KILLS_A_ROUND) if LIVES else SAMPLE[what]


def harassed(life: Life, chance: random.Random, counts: list[int], kills_a_round: int) -> int:
    """Lead a life to its end; in every round one desk after the other dies somewhere. Returns how often one died."""
    kills = 0
    for number in range(ROUNDS):
        life.arrives(number)
        for _ in range(kills_a_round):
            doomed = chance.randrange(len(life.towns))
            # Earlier deaths are likelier: they leave more to be done, so that the later ones are met too.
            place = int(1 + counts[number] * chance.random() ** 2)
            orders: list[Kill | None] = [None] * len(life.towns)
            orders[doomed] = Kill(ANYWHERE, place)
            kills += len(life.towns) - life.work(*orders)
            life.pass_time(seconds=3)  # after which a doubt is decided
        life.work()
        life.work()
    return kills
