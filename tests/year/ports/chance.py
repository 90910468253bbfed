"""Chance of which everything is known beforehand."""

from __future__ import annotations

import random


class Dice:
    """Fulfils `office.chance.Chance`. One for all lives of an office: a name is not given twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def key(self) -> bytes:
        return self._rng.randbytes(32)

    def name(self) -> str:
        return self._rng.randbytes(16).hex()

    def validity(self) -> int:
        return self._rng.randrange(1, 2**31)

    def spread(self, seconds: float) -> float:
        return seconds * self._rng.uniform(0.7, 1.3)
