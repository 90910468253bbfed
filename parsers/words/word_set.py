"""Words that belong together, written one beside the other as they are read."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of `words`, which blanks keep apart."""
    return frozenset(words.split())
