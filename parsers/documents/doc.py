"""Word's .doc, by the program catdoc of the system. Runs in a reading child only; the program inherits its limits."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile

from parsers.documents.a_file import with_a_file
from parsers.documents.document import Document, Reason, unread

NO_CATDOC = "berkas .doc belum dapat dibaca: catdoc tidak terpasang"
_CELL = "\x07"


def read_doc(content: bytes) -> Document:
    """Read a .doc; cells of a table row stand on one line, with tabs between them. Never raises."""
    program = shutil.which("catdoc")
    if program is None:
        return unread(Reason.NOT_READ, NO_CATDOC)
    with with_a_file(), tempfile.NamedTemporaryFile(suffix=".doc") as file:  # catdoc seeks
        file.write(content)
        file.flush()
        told = subprocess.run(
            [program, "-w", "-d", "utf-8", file.name], capture_output=True, check=False, stdin=subprocess.DEVNULL
        )
    if told.returncode != 0:
        return unread(Reason.BROKEN, "DOC rusak atau tidak lengkap")
    text = told.stdout.decode("utf-8", "replace").replace("\r\n", "\n").replace(_CELL, "\t")
    text = re.sub(r"[\x00\x08\x0b\x0c\x0e-\x1f]", "", text)
    return Document(text) if text.strip() else unread(Reason.EMPTY, "DOC tanpa teks")
