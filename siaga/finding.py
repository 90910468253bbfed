"""What `siaga doctor` says of one thing that it examined."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined. What is not `needed` only makes Siaga able to do more."""

    what: str
    ok: bool
    say: str
    needed: bool = True
