"""How the incident numbers of this office look. Tickets of providers and papers of others are numbered alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Numbers:
    """The form of our numbers, such as "DKL-2026-0001". Whether there is an incident of that number, the journal knows.

    Attributes:
        prefixes: of the procedures that incidents follow or have followed; none: no number is ours.
    """

    prefixes: tuple[str, ...] = ()

    @classmethod
    def like(cls, number: str) -> Numbers:
        """Those of the procedure that gave `number`; of "" none."""
        prefix = number.partition("-")[0].upper()
        return cls((prefix,)) if prefix else cls()

    def within(self, text: str) -> tuple[str, ...]:
        """Our numbers in `text`, each once, in order, as we write them."""
        if not self.prefixes:
            return ()
        return tuple(dict.fromkeys(match.group(0).upper() for match in _form(self.prefixes).finditer(text)))


@lru_cache(maxsize=64)
def _form(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, prefixes))})-20\d\d-\d{{3,6}}\b", re.IGNORECASE)
