"""Letters that a pattern takes for each other."""

from __future__ import annotations


def folded(word: str) -> str:
    """`word` as a vocabulary writes it, where `re.IGNORECASE` found it: it takes ı and İ for i, ſ for s, the kelvin for k."""
    return word.casefold().replace("ı", "i").replace("\N{COMBINING DOT ABOVE}", "")
