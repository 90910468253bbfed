"""Programs of the system that read what no library reads. Run in a reading child: they inherit its limits."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from parsers.documents.programs import NotInstalled, ProgramFailed

LANGUAGES = "ind+eng"
"""English too: Indonesian alone reads the slash of a letter number as "!"."""


@dataclass(frozen=True, slots=True)
class SystemPrograms:
    """catdoc and Tesseract, as they are found in the PATH."""

    def can_read_scans(self) -> bool:
        """Whether Tesseract and the libraries of the extra "ocr" are there."""
        return shutil.which("tesseract") is not None and find_spec("cv2") is not None and find_spec("numpy") is not None

    def doc_text(self, content: bytes) -> str:
        """What catdoc makes of a Word .doc, as it prints it. Raises: NotInstalled, ProgramFailed."""
        program = shutil.which("catdoc")
        if program is None:
            raise NotInstalled("catdoc")
        with _leave_to_write(), tempfile.NamedTemporaryFile(suffix=".doc") as file:  # catdoc seeks
            file.write(content)
            file.flush()
            return _said([program, "-w", "-d", "utf-8", file.name])

    def page_words(self, page: bytes) -> str:
        """What Tesseract reads on a page, as its table. Raises: ProgramFailed: a language is missing, or memory."""
        command = ["tesseract", "stdin", "stdout", "--dpi", "300", "--psm", "4", "-l", LANGUAGES, "tsv"]
        # With more threads than one Tesseract is twenty times as slow on a busy machine.
        return _said(command, page, {**os.environ, "OMP_THREAD_LIMIT": "1"})


def _said(command: list[str], given: bytes = b"", env: dict[str, str] | None = None) -> str:
    told = subprocess.run(command, input=given, capture_output=True, check=False, env=env)
    if told.returncode != 0:
        raise ProgramFailed(command[0])
    return told.stdout.decode("utf-8", "replace")


@contextlib.contextmanager
def _leave_to_write() -> Iterator[None]:
    """For as long as a program is asked that wants a temporary file: a quick child may write none."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
