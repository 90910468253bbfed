"""A mail that was forwarded inline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.mails.header_block import FORWARDED, SEPARATOR, header_block, is_field, is_of_a_mail, sender_of


@dataclass(frozen=True, slots=True)
class Original:
    """A mail that was forwarded inline."""

    sender: str
    sender_name: str
    subject: str
    text: str
    preamble: str


def forwarded_original(text: str, *, handed_on: bool = False) -> Original | None:
    """The mail that was forwarded inline, if any: its header fields and its text.

    `handed_on` says that the mail as a whole is a forward: then the header fields of a mail open it, as in Outlook.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    for index, line in enumerate(lines):
        said = SEPARATOR.match(line) and (handed_on or FORWARDED.search(line))
        if not said and not (handed_on and is_field(line)):
            continue
        fields, end = header_block(lines, index + 1 if said else index)
        if not fields or not (said or is_of_a_mail(fields)):
            continue
        origin = sender_of(fields)
        address = re.search(r"[\w.+-]{1,100}@[\w.-]{0,150}\w", origin[:1000])
        name = re.sub(r"[<(\[].*$", "", origin).strip(" \"'")
        subject = next((fields[key] for key in ("subjek", "subject", "perihal", "judul", "hal") if key in fields), "")
        return Original(
            address.group(0).lower() if address else "",
            "" if "@" in name else name,
            subject,
            "\n".join(lines[end:]).strip(),
            "\n".join(lines[:index]).strip(),
        )
    return None
