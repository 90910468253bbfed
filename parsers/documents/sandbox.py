"""Opens untrusted documents in a child process with memory and CPU limits (DESIGN: decision 11).

A document that is refused, broken or too greedy comes back as a `problem`; the letter goes on to a human with the
original attached.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.documents.document import NOT_YET, Document, Reason, unread

MAX_BYTES = 40_000_000
TOO_GREEDY = "berkas terlalu lama dibaca"
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use."""

    memory: int
    cpu_seconds: int
    wall_seconds: int


QUICK = Limits(1 << 30, 5, 20)
SLOW = Limits(2 << 30, 60, 90)
"""For OCR: a page takes one or two seconds of CPU, on a busy machine many of the clock."""
_FRUGAL = {"OPENCV_IO_MAX_IMAGE_PIXELS": "130000000", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
"""Libraries read these when they are imported: a picture of more pixels is refused, and none keeps a pool of threads."""


def open_document(content: bytes, format_name: str) -> Document:
    """Read a document in a child process, scans excepted. Never raises for what the document is."""
    return unread(Reason.NOT_READ, NOT_YET) if format_name == "image" else _opened(content, format_name, "", QUICK)


def open_scan(content: bytes, format_name: str) -> Document:
    """Read a document in a child process, pictures by OCR: seconds a page, so never while mail waits to be taken in."""
    return _opened(content, format_name, "ocr", SLOW)


def _opened(content: bytes, format_name: str, ocr: str, limits: Limits) -> Document:
    if len(content) > MAX_BYTES:
        return unread(Reason.TOO_LARGE, "berkas terlalu besar untuk dibaca otomatis")
    numbers = [str(number) for number in (limits.memory, limits.cpu_seconds)]
    command = [sys.executable, "-I", "-c", _CHILD, str(_ROOT), format_name, ocr, *numbers]
    try:
        return _heard(json.loads(_asked(command, content, limits.wall_seconds)))
    except subprocess.TimeoutExpired:
        return unread(Reason.TOO_LARGE, TOO_GREEDY)
    except (json.JSONDecodeError, OSError):  # the child was killed: a bomb, or bytes that break the library
        return unread(Reason.BROKEN, "berkas tidak dapat dibuka dengan aman")


def _asked(command: list[str], content: bytes, wall_seconds: int) -> bytes:
    """What the child says. Its group dies with it: OCR has children of its own."""
    pipe, env = subprocess.PIPE, {**os.environ, **_FRUGAL}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=quiet, env=env, start_new_session=True) as child:
        try:
            return child.communicate(content, timeout=wall_seconds)[0]
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)


_CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from parsers.documents.sandbox import serve
serve(sys.argv[2], sys.argv[3] == "ocr", int(sys.argv[4]), int(sys.argv[5]))
"""


def serve(format_name: str, ocr: bool, memory: int, cpu_seconds: int) -> None:
    """The child's whole life: limit itself, read the document from stdin, answer in JSON."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from parsers.documents.reader import read_document

    try:
        document = read_document(format_name, sys.stdin.buffer.read(), ocr=ocr)
    except MemoryError:
        document = unread(Reason.TOO_LARGE, TOO_GREEDY)
    sys.stdout.buffer.write(json.dumps(_told(document)).encode())


def _told(document: Document) -> dict[str, Any]:
    return {
        "text": document.text,
        "labels": document.labels,
        "problem": document.problem,
        "reason": document.reason,
        "data": document.data,
        "scanned": document.scanned,
        "marks": document.marks,
        "mail": base64.b64encode(document.mail).decode(),
        "inner": [(name, _told(inside)) for name, inside in document.inner],
    }


def _heard(told: dict[str, Any]) -> Document:
    return Document(
        text=told["text"],
        labels=tuple((label, value) for label, value in told["labels"]),
        problem=told["problem"],
        reason=Reason(told["reason"]) if told["reason"] else None,
        data=told["data"],
        scanned=told["scanned"],
        marks=tuple((state, label) for state, label in told["marks"]),
        mail=base64.b64decode(told["mail"]),
        inner=tuple((name, _heard(inside)) for name, inside in told["inner"]),
    )
