"""Chance as a port: what nobody may guess, what no two may choose alike, and what shall not happen all at once."""

from __future__ import annotations

import random
import secrets
from typing import Protocol


class Chance(Protocol):
    """Whatever an office leaves to chance on a mail's way comes from here: one seed, and it can be lived again."""

    def key(self) -> bytes:
        """32 bytes that nobody can guess."""

    def name(self) -> str:
        """32 hexadecimal digits that nothing else is called."""

    def validity(self) -> int:
        """A number from 1 to 2**31 - 1, hardly one of those chosen before: as servers choose their UIDVALIDITY."""

    def spread(self, seconds: float) -> float:
        """A wait of about so long, up to three tenths less or more: so many do not come back at once."""


class SystemChance:
    """Chance as the operating system has it."""

    def key(self) -> bytes:
        return secrets.token_bytes(32)

    def name(self) -> str:
        return secrets.token_hex(16)

    def validity(self) -> int:
        return secrets.randbelow(2**31 - 1) + 1

    def spread(self, seconds: float) -> float:
        return seconds * random.uniform(0.7, 1.3)
