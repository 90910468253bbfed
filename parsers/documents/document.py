"""What a document says, and who can open which."""

from __future__ import annotations

from dataclasses import dataclass

NOT_YET = "hasil pindai, belum dibaca"
"""The problem of a picture that OCR may still read (`sandbox.open_scan`)."""
NO_OCR = "hasil pindai; OCR tidak terpasang"


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, and its label block ("Nomor", "Hal" …) where geometry gave it away.

    Attributes:
        text: all text, lines in reading order.
        labels: lower-case label to value, wrapped values joined.
        problem: why it could not be read, in words for a person; "" when it could.
    """

    text: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    problem: str = ""
