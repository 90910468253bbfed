"""What servers and signatures add below a mail: disclaimers, footers against printing, marks of virus scanners, slogans.

Their "tidak", "apabila" and "mohon" are nobody's answer. A paragraph is only dropped for words that no answer has.
"""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]")
_FOOTER = re.compile(
    r"^\W*(?:(?:mohon|harap|please) (?:per)?(?:timbangkan|consider)\b.{0,40}\b(?:lingkungan|environment)\b|.{0,60}\b(?:mencetak|print(?:ing)?) (?:surel|email|e-mail|pesan|this|ini)\b.{0,60}$|"
    r"(?:save|hemat) (?:paper|kertas|a tree)\b|(?:bebas virus|virus[- ]free)\b.{0,60}$|(?:scanned|dipindai) (?:by|oleh)\b|(?:please )?excuse (?:any |my )?(?:typos|brevity)|"
    r"(?:this|the) (?:e-?mail|message)(?: and any\b| is\b| may\b| contains?\b| has been scanned)|(?:surel|e-?mail|pesan) ini(?: beserta| dan| termasuk| bersifat| (?:di)?kirim\w* dari ponsel))",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\b(?:confidential|intended recipient|unauthorized|privileged|bersifat rahasia|penerima yang (?:dimaksud|dituju|tidak)|bukan penerima|ditujukan (?:hanya )?(?:kepada|untuk|bagi)|"
    r"menyebarluaskan|pemberitahuan kerahasiaan|disclaimer)\b",
    re.IGNORECASE,
)
_OPENS_DISCLAIMER = re.compile(
    r"^\W*(?:perhatian|peringatan|disclaimer|penafian|catatan|notice|confidential\w*|kerahasiaan|pemberitahuan|important|this |the |surel|e-?mail|pesan|informasi|isi |if you|apabila anda|jika anda)",
    re.IGNORECASE,
)
_SLOGAN = re.compile(
    r"^[^\w#\"“”'‘*]*+(?:#+\w[\s#\w]*|asn ber-?akhlak\W*|[\"“”'‘*_]{1,3}[^\"“”]{8,90}[\"“”'’*_]\W*)$", re.IGNORECASE
)


def without_boilerplate(lines: list[str]) -> list[str]:
    """The lines without disclaimers and footers; invisible characters are taken out of the rest."""
    lines = [_INVISIBLE.sub("", line) for line in lines]
    kept: list[str] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        if not _is_boilerplate(" ".join(paragraph)):
            kept += [one for one in paragraph if not _FOOTER.match(one)]
        kept.append(line)
        paragraph = []
    return kept[:-1]


def is_slogan(line: str) -> bool:
    """A motto or hashtags, as they stand below a name; an answer in quotation marks ("YA") is too short for one."""
    return _SLOGAN.match(line) is not None


def _is_boilerplate(paragraph: str) -> bool:
    return bool(_OPENS_DISCLAIMER.match(paragraph) and _DISCLAIMER.search(paragraph))
