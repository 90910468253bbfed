"""Where a mail's closing and signature begin: "Terima kasih", "Salam,", then name, title, NIP, address, telephone.

Nobody but a mail client writes "-- "; officials end with their name and title, often under nothing at all.
"""

from __future__ import annotations

import re

from parsers.mails.boilerplate import is_slogan, without_boilerplate
from parsers.words.word_set import word_set

_PRODUCT = (
    r"(?:[A-Z0-9][\w.+-]{0,30}|i(?:Phone|Pad|OS)|saya|my|mi|untuk|for|on|di|the|ponsel|hp|perangkat|seluler|mobile|phone|device|"
    r"smartphone|tablet|cerdas|pintar|aplikasi|app|ku|using|melalui)"
)
_CLIENT_LINE = re.compile(
    rf"^[\s*_–-]{{0,20}}(?:(?:[Dd]i?kirim|[Tt]erkirim|[Ss]ent|Diirim) (?:dari|from|melalui|via|dengan|using|with|menggunakan)(?: {_PRODUCT}){{1,8}}|"
    r"(?:Get|Unduh|Dapatkan) (?:Outlook|BlueMail|Yahoo Mail) (?:for|untuk) [\w ]{2,20}|Yahoo Mail ?: ?[A-Z]\w+, [A-Z]\w+, [A-Z]\w+|"
    r"(?:This|Surel|Email) (?:email |ini )?(?:has been|telah) (?:checked|dipindai).{0,60})"
    r"(?:\. (?:Please excuse|Excuse|Maaf|Mohon maaf)\b[^.!?]{0,60})?[\s.*_]{0,10}(?:[<(\[]?https?://[^\s<>]{1,300}[>)\]]?)?\s*$"
)
"""What a client or a telephone adds; a sentence that begins so goes on in small letters."""
_DASHES = re.compile(r"^\s*(?:--+ ?|—+|–{2,}|_{3,}|={5,}|\*{5,})\s*$")
_CLOSING = re.compile(
    r"^\W*(?:(?:demikian|atas (?:perhatian|kerja ?sama)\w*).{0,120}|salam(?: hormat| hangat)?|t\.?t\.?d\.?|d\.?t\.?o\.?|hormat (?:saya|kami)|wass?alam\w*.{0,40}|regards|best regards|kind regards|"
    r"warm regards|sincerely|hormat)\W*$",
    re.IGNORECASE,
)
_COURTEOUS = word_set(
    "demikian demikianlah atas perhatian perhatiannya kerja sama kerjasama kerjasamanya samanya dan serta bantuan "
    "bantuannya kami saya kita sampaikan disampaikan ucapkan diucapkan mengucapkan haturkan terima kasih terimakasih "
    "banyak bapak ibu bpk sdr saudara sekalian pak bu untuk agar menjadi maklum dimaklumi periksa dapat dipergunakan "
    "digunakan sebagaimana mestinya seperlunya perlunya laporan informasi surat ini yang baik dengan hormat "
    "waalaikumsalam wassalam wassalamualaikum wassalamu alaikum assalamualaikum warahmatullahi wabarakatuh wr wb "
    "salam sejahtera kepada hal tersebut itu dari"
)
"""All that a closing says: a condition in its shape ("Demikian, tetapi besok saja") is an answer."""
_SMALL = word_set("dan di pada of the for prov kab kota bidang bid seksi tim dinas and & selaku sub bagian")
_NO_NAMES = word_set("kom msi helpdesk tim kabid kadis siaga koordinator")
"""What a display name may hold beside the name."""
_SAYS = re.compile(
    r"(?:me[lmnrwy]|di[^s\W]|ber|ter)\w{4,}|minta|mohon|tolong|keberatan|ragu|belum|jangan|tunggu|tahan|tunda|batal\w{0,4}",
    re.IGNORECASE,
)
_BY_HAND = re.compile(r"^\W*(?:t\.?t\.?d|d\.?t\.?o)\W*$", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(r"^\W*[A-Z][a-z]+(?: [A-Z][a-z]+)?, \d{1,2} \w+ 20\d\d\W*$")
_TITLE = re.compile(
    r"^\W*(?:(?:plt|plh|pj|an|a\.n|ub|u\.b)\.?\s+)?(?:kepala|kabid|kadis|kasi|kasubag|kasubbag|sekretaris|sekdis|koordinator|koord\.|ketua|staf|petugas|tim teknis|tim\b|"
    r"admin(?:istrator)?|helpdesk|pranata|analis|teknisi|fungsional|subkoordinator|sub koordinator|bidang|dinas|diskominfo\w*|biro|badan|seksi|upt\w*|pemerintah|pemprov|"
    r"provinsi|kota|head of|manager|engineer|noc|csirt|pembina|penata|pengatur|ahli)\b.{0,70}$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"^\W*(?:nip|nrp|nik|hp|hp/wa|wa|telp?|telepon|tlp|phone|mobile|fax|faks|email|e-mail|surel|web|website|laman|alamat|kantor|ext|kode pos)\b\.?\s*(?::|[+(]?\d|\S+@)|"
    r"^\W*(?:jl|jln|jalan)\b\.? ?\S+.{0,50}\d|"
    r"^\W*(?:\+?62|0\d{2,3})[\d\s().-]{6,}$|^\W*[\w.+-]+@[\w.-]+\W*$|^\W*(?:https?://|www\.)\S+$|^\W*\d{8}\s?\d{6}\s?\d\s?\d{3}\W*$|^\W*[A-Z][a-z]+(?: [A-Z][a-z]+){0,2} \d{5}\W*$",
    re.IGNORECASE,
)
_DEGREE = re.compile(r",\s*(?:S|M|A|D|Dr|Ph|B|Ir|Dra?|ST|MT|MM|MSi|SE|SH|SKom|MKom|AMd)\.?\s?[A-Za-z.]+", re.IGNORECASE)
_NAME = re.compile(
    r"^\W*(?:(?:H|Hj|Ir|Dr|Drs|Dra|Prof|dr)\.\s+)*[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4}(?:\s*,\s*[A-Z][A-Za-z.]*(?:[ ,]+[A-Z][A-Za-z.]*)*)?\W*$"
)
_ANSWERS = re.compile(
    r"\b(?:ya|iya|tidak|tdk|setuju|acc|ok|oke|lanjut\w*|tolak|darurat|teruskan|kirim|diterima|disposisi|laporan|progres|tugaskan|selesai|normal|siap|baik|"
    r"terima kasih|segera|mohon|tolong|batal|ralat|kembalikan|perbaiki|silakan|proses|jangan|belum|sudah|y|n|noted|nanti|tunggu|agar|tangani|tim jaringan segera)\b",
    re.IGNORECASE,
)


def without_signature(lines: list[str], author: str = "", *, said_above: bool = False) -> str:
    """The lines above closing and signature. `author` is the sender's display name, when known: it is a signature's surest
    line. `said_above`: these lines stand below a quote, and the author has answered above it.
    """
    lines = without_boilerplate(lines)
    lines = [line for line in lines if not _CLIENT_LINE.match(line)]
    for index, line in enumerate(lines):
        if _DASHES.match(line) and (
            said_above or any(map(str.strip, lines[:index])) or _all_signature(lines[index + 1 :], author)
        ):
            lines = lines[:index]
            break
    lines = _trimmed(lines)
    cut = min(_block_start(lines, author), _block_start(_without_slogans(lines), author, proven=3))
    kept = _trimmed(lines[:cut])
    return "" if all(_DASHES.match(line) for line in kept if line.strip()) else "\n".join(kept).strip()


def _without_slogans(lines: list[str]) -> list[str]:
    kept = _trimmed(lines)
    while len(kept) > 1 and (not kept[-1].strip() or is_slogan(kept[-1])):
        kept.pop()
    return kept


def _block_start(lines: list[str], author: str, proven: int = 2) -> int:
    """From the end upwards as long as lines are a signature's; counts only if name, title, closing or NIP proves it."""
    start, proof = len(lines), 0
    index = len(lines) - 1
    while index >= 0 and len(lines) - index <= 14:
        line = lines[index].strip()
        if not line:
            index -= 1
            continue
        weight = _weight(line, author)
        if weight == 0:
            break
        proof += weight
        start = index
        if _is_closing(line) and not _BY_HAND.match(line):
            break
        index -= 1
    above = next((line for line in reversed(lines[:start]) if line.strip()), "")
    if _is_bare_name(lines[start:], author) and not above.rstrip().endswith(":"):
        return start
    if proof < proven or above.rstrip().endswith(":"):
        return len(lines)
    if (
        start
        and lines[start - 1].strip()
        and not _is_closing(lines[start])
        and proof < 3
        and not _ends_sentence(lines[start - 1])
    ):
        return len(lines)  # "Petugas: / Rahmat / Tim Jaringan": a list, no signature
    return start


def _is_bare_name(lines: list[str], author: str) -> bool:
    """Nothing but the sender's own name, or a part of it, on the last line."""
    said = [line for line in lines if line.strip()]
    words = re.findall(r"[a-z]+", said[0].lower()) if len(said) == 1 else []
    names = re.findall(r"[A-Z]", re.sub(r",.*", "", author))
    initials = "".join(names)[:4]
    return bool(words) and (
        set(words) <= set(re.findall(r"[a-z]{3,}", author.lower()))
        or (len(initials) > 1 and re.sub(r"\W", "", said[0]) == initials)
    )


def _weight(line: str, author: str) -> int:
    """How much a line looks like a signature's: 0 not at all, 2 beyond doubt."""
    if len(line) > 110 or line.endswith("?"):
        return 0
    if _is_closing(line) or re.match(r"^\W*nip\b", line, re.IGNORECASE) or _is_author(line, author):
        return 2
    if _CONTACT.match(line):
        return 2
    if _PLACE_AND_DATE.match(line):
        return 1
    if re.match(r"^\W*(?:a\.?n|u\.?b)\.\s", line, re.IGNORECASE):
        return 1
    if _ANSWERS.search(line) or line.endswith((":", ";", "!")):
        return 0
    if _NAME.match(line) and _DEGREE.search(line):
        return 2
    if _is_title(line):
        return 1
    return 1 if _NAME.match(line) and len(line.split()) <= 5 and not line.endswith(".") else 0


def _is_author(line: str, author: str) -> bool:
    spoken = set(re.findall(r"[a-z]{3,}", line.lower()))
    known = set(re.findall(r"[a-z]{3,}", author.lower())) - _NO_NAMES
    return bool(spoken & known) and len(line.split()) <= 7 and not _ANSWERS.search(line)


def _is_closing(line: str) -> bool:
    """Whether a line is a closing and says nothing else."""
    if not _CLOSING.match(line):
        return False
    long = re.match(r"\W*(?:demikian|atas|wass?alam)", line, re.IGNORECASE)
    return not long or all(word in _COURTEOUS for word in re.findall(r"[^\W\d_]+", line.lower()))


def _is_title(line: str) -> bool:
    """Whether a line names an office and nothing else: "Kabid minta ditahan" says something."""
    if not _TITLE.match(line) or re.search(r"[.!]$|\b(?:yang|akan|sudah|ke|untuk|dari)\b", line):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", line)[1:] if word not in _SMALL]
    capital = line.lstrip()[:1].isupper()
    return not any(word.islower() and (capital or _SAYS.fullmatch(word)) for word in words)


def _all_signature(lines: list[str], author: str) -> bool:
    said = [line.strip() for line in lines if line.strip()]
    return bool(said) and all(_weight(line, author) for line in said)


def _ends_sentence(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?", ",", ";"))


def _trimmed(lines: list[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
