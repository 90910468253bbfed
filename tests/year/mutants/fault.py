"""A fault, as text that is put in the place of other text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault. None is the same program in other words: each changes what an office gets to see.

    Attributes:
        name: what goes wrong.
        why: what an office suffers from it.
        file: which file it is planted in, from the root of the project.
        old: stands in that file exactly once.
        new: stands there instead.
    """

    name: str
    why: str
    file: str
    old: str
    new: str

    def into(self, text: str) -> str:
        """`text` of the file with the fault in it. Raises: ValueError when `old` does not stand in it exactly once."""
        count = text.count(self.old)
        if count != 1:
            raise ValueError(f"{self.name}: stands {count} times in {self.file}: {self.old!r}")
        return text.replace(self.old, self.new)
