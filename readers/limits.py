"""What one mail may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one whole mail may use.

    Attributes:
        wall_seconds: for everything that is asked about the mail, of the clock.
        document_seconds: for one document of it; what takes longer is left unopened, and the rest of the mail is read.
        cpu_seconds: of one process that reads it.
        memory: bytes of one process that reads it.
    """

    wall_seconds: float
    document_seconds: float
    cpu_seconds: int
    memory: int


QUICK = Limits(3.0, 1.5, 5, 1 << 30)
"""While mail waits to be taken in: without OCR."""
SLOW = Limits(180.0, 90.0, 120, 2 << 30)
"""With OCR: a page takes one or two seconds of CPU, on a busy machine many of the clock."""
