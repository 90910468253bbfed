"""What reading asks of the programs of the system, where no library reads a format. `readers/` runs them."""

from __future__ import annotations

from typing import Protocol


class ProgramFailed(Exception):
    """The program ran and could not do it."""


class NotInstalled(Exception):
    """There is no such program here."""


class Programs(Protocol):
    """They are given a stranger's bytes, so they run in a reading child only, within its limits."""

    def can_read_scans(self) -> bool:
        """Whether Tesseract and the libraries of the extra "ocr" are there."""

    def doc_text(self, content: bytes) -> str:
        """What catdoc makes of a Word .doc, as it prints it. Raises: NotInstalled, ProgramFailed."""

    def page_words(self, page: bytes) -> str:
        """What Tesseract reads on a page (a BMP file, 300 dots per inch), as its table (TSV). Raises: ProgramFailed."""
