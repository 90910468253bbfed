"""What Helpdesk orders about a letter, beyond answering the question of a step: DARURAT, GABUNG, PISAHKAN, ABAIKAN.

Only the exact word at the beginning of the answer counts: whatever else stands there is asked back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from parsers.words.numbers import Numbers

_GREETING = re.compile(r"^(?:\W*(?:siap|baik|pak|bu|bapak|ibu|yth\S*|mohon|tolong|silakan)\b[,.!\s]*)+", re.IGNORECASE)
_REF = re.compile(r"\b[0-9a-f]{8}\b")
_DOUBT = re.compile(
    r"\?|\b(?:kalau|jika|apabila|bila|mungkin|sepertinya|nanti|dulu|jangan|batal|tidak jadi)\b", re.IGNORECASE
)


class Word(StrEnum):
    """What is ordered."""

    URGENT = "darurat"
    MERGE = "gabung"
    PART = "pisahkan"
    IGNORE = "abaikan"


_WORDS = {
    Word.URGENT: r"(?:ini\s+)?darurat",
    Word.MERGE: r"(?:di)?gabung(?:kan)?",
    Word.PART: r"(?:di)?pisah(?:kan)?",
    Word.IGNORE: r"(?:di)?abaikan|bukan\s+(?:keadaan\s+)?darurat",
}


@dataclass(frozen=True, slots=True)
class Order:
    """An order as written. `numbers`: incident numbers named with it; `refs`: short codes of quarantined mails."""

    word: Word
    numbers: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


def read_order(text: str, numbers: Numbers) -> Order | None:
    """The order that `text` (own words only) begins with; None when there is none beyond doubt."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    bare = _GREETING.sub("", first)
    for word, pattern in _WORDS.items():
        if re.match(rf"^\W*(?:{pattern})\b", bare, re.IGNORECASE):
            if _DOUBT.search(first):
                return None
            return Order(word, numbers.within(text), tuple(dict.fromkeys(_REF.findall(text.lower()))))
    return None
