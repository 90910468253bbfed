"""What has been said lately, and by whom: who says the same again and again is a machine."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT = timedelta(days=1)
MOST_NAMES = 10_000
MOST_OF_ONE = 50
"""Mails of one sender whose words are kept, the newest: more of them are a flood anyway."""
NEARLY = 0.8
"""So much of all that two mails say is said by both. Machines date and number what they write; people say it anew."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says: its words without those that hold a digit (`said`), and with them (`exact`)."""

    said: frozenset[str]
    exact: frozenset[str]


def digest(words: frozenset[str]) -> str:
    """Short for `words`, such as "3f9a01bc"."""
    return hashlib.sha256("\n".join(sorted(words)).encode(errors="replace")).hexdigest()[:8]


def words_in(text: str, enclosed: Iterable[bytes] = ()) -> Words:
    """The words of `text`, and as one word each what is enclosed."""
    files = {f"\x00{hashlib.sha256(content).hexdigest()}" for content in enclosed}
    exact = frozenset(re.findall(r"\w+", text.lower()))
    return Words(frozenset(word for word in exact if not re.search(r"\d", word)) | files, exact | files)


class RecentWords:
    """Kept in memory: after a restart a machine is heard out once more, and nothing is lost by that."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, OrderedDict[str, tuple[datetime, frozenset[str]]]] = {}

    def alike(self, name: str, ref: str, words: Words, at: datetime, within: timedelta) -> int:
        """Note that `name` said `words` at `at` (aware) in the mail `ref`.

        Returns how many mails of theirs back to `within` said nearly that, in whatever numbers, this one too.
        """
        with self._lock:
            known = self._known.setdefault(name, OrderedDict())
            known[ref] = (at, words.said)
            while len(known) > MOST_OF_ONE:
                known.popitem(last=False)
            if len(self._known) > MOST_NAMES:
                self._forget(at)
            said = list(known.values())
        return sum(when >= at - within and _near(old, words.said) for when, old in said)

    def _forget(self, now: datetime) -> None:
        lately = {
            name: known for name, known in self._known.items() if max(when for when, _ in known.values()) >= now - KEPT
        }
        self._known = lately if len(lately) <= MOST_NAMES else {}


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= NEARLY * len(one | other)
