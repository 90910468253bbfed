"""What is random, or belongs to this machine, under names that are the same in every run: `<kode-1>`, `<sidik-2>`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

SHORTENED = (8, 12, 16, 24, 32)
"""So many letters of a hash are shown where the whole of it would be too long."""
_RANDOM = re.compile(
    # ties an answer to our mail; in a link it stands behind a quoted bracket
    r"(?P<kode>(?:(?<![0-9A-Za-z])|(?<=%28))[a-z2-7]{5}-[a-z2-7]{5}-[a-z2-7]{4}(?![0-9A-Za-z]))"
    r"|(?P<saksi>\b[a-z2-7]{7}-[a-z2-7]{7}-[a-z2-7]{6}-[a-z2-7]{6}\b)"  # a hash as mails bear witness to it
    r"|(?P<surel>\b\d{9,}\.\d+\.\d+(?=@))"  # of a Message-ID that Python made
    r"|(?P<batas>={15}\d+==)"  # between the parts of a mail
    r"|(?P<sidik>(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z]))"
    r"|(?P<pendek>(?<![0-9A-Za-z])[0-9a-f]{8,32}(?![0-9A-Za-z]))"
)


class Names:
    """Gives names in the order in which it meets what is random: whoever asks must do so in a stable order."""

    def __init__(self, hashes: Iterable[str], replaced: Mapping[str, str]) -> None:
        """`hashes`: those that may be shown shortened. `replaced`: what is known beforehand, and its name."""
        self._whole = {full[:length]: full for full in hashes for length in SHORTENED}
        self._replaced = dict(sorted(replaced.items(), key=lambda pair: -len(pair[0])))
        self._given: dict[tuple[str, str], str] = {}
        self._count: dict[str, int] = {}

    def stable(self, text: str) -> str:
        """`text` without anything random."""
        for found, name in self._replaced.items():
            text = text.replace(found, name)
        return _RANDOM.sub(self._named, text)

    def name(self, kind: str, value: str) -> str:
        """Such as "sidik-2", for the second value of this kind that was met."""
        if (kind, value) not in self._given:
            self._count[kind] = self._count.get(kind, 0) + 1
            self._given[kind, value] = f"{kind}-{self._count[kind]}"
        return self._given[kind, value]

    def _named(self, match: re.Match[str]) -> str:
        kind, value = str(match.lastgroup), match[0]
        if kind != "pendek":
            return f"<{self.name(kind, value)}>"
        full = self._whole.get(value)
        return f"<{self.name('sidik', full)}:{len(value)}>" if full else value
