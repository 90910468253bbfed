"""Why a reply cannot be read as an answer, whatever it means: it is encrypted, kept elsewhere, or only a sign."""

from __future__ import annotations

import re

from parsers.mails.enclosed import is_file
from parsers.mails.html import html_to_text
from parsers.mails.message import Mail
from parsers.mails.notices import reaction
from parsers.mails.pointers import kept_elsewhere, points_elsewhere, without_links
from parsers.mails.sealed import SEALED_TEXT, is_sealed


def why_unreadable(mail: Mail, text: str) -> str:
    """A noun phrase that a corrective mail can quote; "" for a reply that can be read. `text`: its author's own words."""
    if sign := reaction(mail):
        return f"reaksi {sign}, yang belum merupakan jawaban"
    words = re.search(r"\w", text) is not None
    if any(
        is_sealed(part) and (not words or part.filename == SEALED_TEXT) for part in filter(is_file, mail.attachments)
    ):
        return (
            "jawaban yang disandikan (S/MIME atau PGP), sehingga tidak dapat kami baca; mohon dijawab tanpa penyandian"
        )
    whole = mail.plain if mail.plain.strip() else html_to_text(mail.html)
    host = kept_elsewhere(text or whole[:4000])
    if not host and not re.search(r"\w", without_links(text)):
        host = points_elsewhere(text or whole[:4000])
    if host:
        return f"jawaban yang hanya dapat dibuka melalui {host}; mohon dijawab langsung di dalam surel"
    return ""
