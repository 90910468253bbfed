"""One leaf of a mail's MIME tree, and its bytes as text."""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass

from parsers.words.charsets import to_text

_QUOTED = re.compile(rb"=(?:[0-9A-F]{2}|\r?\n)")
_SURELY_QUOTED = re.compile(rb"=20\r?$|=\r?\n|=(?:C2=A0|E2=80=[0-9A-F]{2}|C3=[89AB][0-9A-F])", re.MULTILINE)
"""A blank before the line's end, a line that goes on, letters in UTF-8: nobody types those."""
_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]{0,80}\n(?:[A-Za-z]{1,20}:[^\n]{0,200}\n){0,10}[ \t]{0,80}\n", re.M
)
NARROWEST = 40
"""Characters: clients break lines near 72; the blank behind a shorter one was left there by a thumb."""
_SIGNATURE = ("-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----")


@dataclass(frozen=True, slots=True)
class Part:
    """Attributes:
    filename: a bare, safe name, or "".
    attached: a file by its own word: attached, or with a name.
    disposition: "inline", "attachment" … or "" where nothing is said (RFC 2183).
    alternative: which multipart/alternative it is one form of, counted from 1; 0 for none.
    flow: "flowed" or "delsp" for lines that a client broke (RFC 3676), else "".
    shown: a picture that belongs into the text: a logo, a signature's ornament.
    """

    mime_type: str
    filename: str
    content: bytes
    charset: str
    attached: bool
    content_id: str
    disposition: str = ""
    alternative: int = 0
    flow: str = ""
    shown: bool = False


def text_of(part: Part) -> str:
    """The text of a part, lines as its author broke them, with plain line ends."""
    text = to_text(part.content, part.charset).replace("\r\n", "\n").replace("\r", "\n")
    if part.mime_type == "text/html":
        return text
    return _without_pgp(_flowing(text, delsp=part.flow == "delsp") if part.flow else text)


def unquoted(content: bytes) -> bytes:
    """Text that is quoted-printable though its header does not say so (RFC 2045 §6.7), decoded; any other as it is."""
    if not _SURELY_QUOTED.search(content) or content.count(b"=") != len(_QUOTED.findall(content)):
        return content
    return quopri.decodestring(content)


def _flowing(text: str, *, delsp: bool) -> str:
    """RFC 3676: a line that ends in a blank goes on in the next of the same depth of quoting."""
    lines: list[str] = []
    goes_on, depth = False, 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        deep = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        soft = bare.endswith(" ") and bare != "-- " and len(line) >= NARROWEST
        kept = bare[:-1] if soft and delsp else bare
        if goes_on and deep == depth and bare != "-- ":
            lines[-1] += kept
        else:
            lines.append(f"{'>' * deep} {kept}" if deep else kept)
        goes_on, depth = soft, deep
    return "\n".join(lines)


def _without_pgp(text: str) -> str:
    """Clear words that somebody signed with PGP, without the armour around them (RFC 9580 §7)."""
    head = _SIGNED.search(text)
    if head is None:
        return text
    before, rest = text[: head.start()], text[head.end() :]
    said, _, signature = rest.partition(_SIGNATURE[0])
    said = re.sub(r"(?m)^- ", "", said)
    return before + said + signature.partition(_SIGNATURE[1])[2]
