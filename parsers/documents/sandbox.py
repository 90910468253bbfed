"""Opens untrusted documents in a child process with memory and CPU limits (DESIGN: decision 11).

A document that is refused, broken or too greedy comes back as a `problem`; the letter goes on to a human with the
original attached.
"""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
from pathlib import Path

from parsers.documents.document import Document

MEMORY = 1 << 30
CPU_SECONDS = 5
WALL_SECONDS = 20
MAX_BYTES = 40_000_000
_ROOT = Path(__file__).resolve().parents[2]

READABLE = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
}
_BY_EXTENSION = {".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".rtf": "rtf"}
_TNEF_SIGNATURE = b"\x78\x9f\x3e\x22"


def document_format(mime_type: str, filename: str, content: bytes) -> str:
    """Which reader a file is for ("pdf", "docx", "tnef" …), by its bytes first, since names and types often lie; "" if none."""
    if content[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if content.startswith(b"PK") and b"word/document.xml" in content:
        return "docx"
    if content.startswith(_TNEF_SIGNATURE):
        return "tnef"
    if content.startswith(b"PK") and b"application/vnd.oasis.opendocument.text" in content[:200]:
        return "odt"
    if content.startswith(b"{\\rtf"):
        return "rtf"
    return READABLE.get(mime_type) or _BY_EXTENSION.get(Path(filename.lower()).suffix, "")


def open_document(content: bytes, format_name: str) -> Document:
    """Read a document in a child process. Never raises for what the document is."""
    if len(content) > MAX_BYTES:
        return Document(problem="berkas terlalu besar untuk dibaca otomatis")
    command = [sys.executable, "-I", "-c", _CHILD, str(_ROOT), format_name]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=WALL_SECONDS, check=False)
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return Document(problem="berkas terlalu lama dibaca")
    except (json.JSONDecodeError, OSError):
        return Document(problem="berkas tidak dapat dibuka dengan aman")
    return Document(said["text"], tuple((label, value) for label, value in said["labels"]), said["problem"])


_CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from parsers.documents.sandbox import serve
serve(sys.argv[2])
"""


def serve(format_name: str) -> None:
    """The child's whole life: limit itself, read the document from stdin, answer in JSON."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    document = _read(format_name, sys.stdin.buffer.read())
    answer = {"text": document.text, "labels": document.labels, "problem": document.problem}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _read(format_name: str, content: bytes) -> Document:
    """Imports only what this one document needs: the child starts for each."""
    if format_name == "pdf":
        from parsers.documents.pdf import read_pdf

        return read_pdf(content)
    if format_name == "docx":
        from parsers.documents.docx import read_docx

        return read_docx(content)
    if format_name == "odt":
        from parsers.documents.odt import read_odt

        return read_odt(content)
    if format_name == "rtf":
        from parsers.documents.rtf import read_rtf

        return read_rtf(content)
    from parsers.documents.tnef import read_tnef

    return read_tnef(content, _read_inner)


def _read_inner(filename: str, content: bytes) -> Document | None:
    """A file inside an envelope; an envelope inside an envelope is not opened."""
    format_name = document_format("", filename, content)
    return _read(format_name, content) if format_name not in ("", "tnef") else None
