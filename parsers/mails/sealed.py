"""Words in a wrapping: what S/MIME only signed is taken out, what S/MIME or PGP encrypted is a file that nobody can read."""

from __future__ import annotations

import re

from parsers.documents.cms import is_encrypted, signed_content
from parsers.mails.parts import Part

MAX_WRAPPINGS = 4
_WRAPPED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
SEALED_TEXT = "pesan.asc"
"""The name of what stood encrypted in the text."""
_BEGINS, _ENDS = "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----"


def unwrapped(part: Part, depth: int) -> bytes | None:
    """The mail inside an opaque S/MIME signature (RFC 8551 §3.5.2); None for anything else. Whether it holds is not asked."""
    named = part.filename.lower().endswith(".p7m") and "." not in part.filename[:-4]
    if part.mime_type not in _WRAPPED and not (named and part.mime_type == "application/octet-stream"):
        return None
    inside = signed_content(part.content) if depth < MAX_WRAPPINGS else None
    return inside if inside and re.match(rb"\s*(?:[\w-]+:|\r?\n)", inside) else None


def with_sealed_text(text: str) -> tuple[str, list[Part]]:
    """The text without what is encrypted with PGP in it, and that as a file."""
    before, found, rest = text.partition(_BEGINS)
    if not found:
        return text, []
    sealed, _, after = rest.partition(_ENDS)
    content = f"{_BEGINS}{sealed}{_ENDS}\n".encode("utf-8", "replace")
    return f"{before.rstrip()}\n{after.lstrip()}".strip(), [
        Part("application/octet-stream", SEALED_TEXT, content, "", attached=True, content_id="")
    ]


def is_sealed(part: Part) -> bool:
    """Whether only somebody else's key or service opens a file."""
    return (
        part.content.startswith(_BEGINS.encode())
        or part.mime_type in (*_WRAPPED, "application/x-microsoft-rpmsg-message")  # what was only signed is no part
        or (part.content[:1] in (b"0", b"-", b"M") and is_encrypted(part.content))
    )
