"""Which reader a file is for. Bytes come first: names and types often lie."""

from __future__ import annotations

from pathlib import Path

READABLE = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    **dict.fromkeys(("image/jpeg", "image/pjpeg", "image/jpg", "image/png", "image/gif", "image/webp"), "image"),
    **dict.fromkeys(("image/tiff", "image/bmp", "image/x-ms-bmp"), "image"),
}
_BY_EXTENSION = {".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".rtf": "rtf"}
_BY_EXTENSION |= dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp"), "image")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*")
_TNEF_SIGNATURE = b"\x78\x9f\x3e\x22"


def document_format(mime_type: str, filename: str, content: bytes) -> str:
    """Which reader a file is for ("pdf", "docx", "tnef", "image" …), or "" if none can read it."""
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
    if content.startswith(_PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return "image"
    return READABLE.get(mime_type) or _BY_EXTENSION.get(Path(filename.lower()).suffix, "")
