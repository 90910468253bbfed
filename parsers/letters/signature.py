"""Who signed, and whom to call back: signature block, contact person, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.letters.persons import (
    HONORIFIC,
    LONGEST_LINE,
    PHONE,
    ROLE,
    ROLE_WORD,
    UNIT,
    Signed,
    is_name,
    signature_line,
)
from parsers.letters.symptoms import NO_ABBREVIATION

_NIP = re.compile(
    r"NIP\W{0,4}((?:19|20)\d\d[\s.]?(?:\s?\d){4}[\s.]{0,2}(?:\d\s?){6}[\s.]{0,2}[12][\s.]{0,2}(?:\d\s?){3})",
    re.IGNORECASE,
)
_RANK = re.compile(r"^\W*(?:juru|pengatur|penata|pembina)\b.*$|^\(?[IV]{1,3}\s*/\s*[a-e]\)?$", re.IGNORECASE)
_SIGNED = re.compile(
    r"^(?:\W*+(?:ttd|t\.t\.d|d\.?t\.?o|dto|tte|ditandatangani(?: secara)? elektronik.*)|[^\w#$]*+(?:#(?>.*#)|\$\{(?>.*\})))"
    r"\W*+(?:oleh\W*+)?$|"
    r"ditandatangani secara elektronik",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(r"^\W*(?:a\.?\s?n\.?|u\.?\s?b\.?|an|ub)[.\s]", re.IGNORECASE)
_TITLE = re.compile(
    r"^\W*+(?:plt\.?\s*+|plh\.?\s*+)?(?:kepala|sekretaris|direktur|inspektur|kasub|kasi|kabid|koordinator|ketua|asisten|camat|"
    r"staf|pengelola|operator|pranata|analis|admin(?:istrator)?|petugas|pejabat|pengadministrasi|wakil|it\b)",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?:[,.\s](?:S\.?|M\.?|A\.?)\s?[A-Z]|\b(?:Ir|Drs|Dra|Dr|dr|H|Hj)\.|,\s*(?:MM|MT|ME|SH|SE|ST|M\.?Si))"
)
_CLOSING = re.compile(
    r"^\W*(?:terima\s?kasih|tks|trims|makasih|salam|hormat kami|wassalam\w*|best regards|regards|thanks|demikian|atas )",
    re.IGNORECASE,
)
LONG_LINE = 60
_TAIL = re.compile(rf"{NO_ABBREVIATION}[.!?]\s+")
_SENT_FROM = re.compile(
    r"^\W*(?:dikirim dari|sent from|unduh outlook|dapatkan outlook|get outlook)\b|^--+$", re.IGNORECASE
)
_PERSON_WORD = r"(?:[A-Z][a-zA-Z.'’]+|[A-Z]{2,})"
_PERSON = re.compile(
    rf"^(?:(?:Ir|Drs|Dra|Dr|dr|H|Hj|Ns|drg|drh)\.\s?)*{_PERSON_WORD}(?:\s{_PERSON_WORD}){{0,4}}(?:,.*)?$"
)
_DATE_LIKE = re.compile(r"0\d[\s.-](?:0[1-9]|1[0-2])[\s.-](?:19|20)\d\d(?!\d)")
"""03-02-2026 and a clock after it; a number such as 0881 2026 4410 is none."""
_CONTACT = re.compile(
    r"(?:narahubung kami tugaskan|narahubung(?: sebagai)?|kontak(?: person| teknis| kami| lapangan)?|contact(?: person)?|\bmenghubungi\b|\bCP\b|\bPIC\b|"
    r"\bhub(?:ungi)?\b\.?|petugas yang dapat dihubungi|yang (?:dapat|bisa) dihubungi|(?:ber)?koordinasi(?: teknis| lebih lanjut)? (?:dapat |bisa )?"
    r"(?:dilakukan )?(?:dengan|ke|melalui)|kami tugaskan|konfirmasi (?:ke|kepada)|penanggung ?jawab(?: teknis)?|(?:menugaskan|menunjuk|tugaskan))"
    r"[\s:]*+(?:(?:adalah|ialah|kami|yaitu|dengan|di lapangan|a\.?n\.?)[\s:]*+)?(?:sdri?|saudari?|bpk|bapak|ibu|pak|bu|uda|uni)?\.?\s*+"
    r"((?:(?:Ir|Drs|Dra|dr|H|Hj)\.\s{0,9})*[A-Z][\w.'’]{0,40}(?:\s{1,40}[A-Z][\w.'’]{0,40}){0,4}?)"
    r"(?=\s{0,40}[,(–—:;/-]|\s{1,40}(?:\(|HP|WA|no\b|nomor|\+?\d)|[^\S\n]*+$|\s{1,40}di\b|\.\s)",
    re.IGNORECASE | re.MULTILINE,
)
_WITH_NUMBER = re.compile(
    r"\b(?:[Ss]dri?|[Ss]audari?|[Pp]ak|[Bb]apak|[Bb]pk|[Bb]u|[Ii]bu|[Uu]da|[Uu]ni)\b\.?\s{1,40}([A-Z][\w'’]{1,40}(?:\s{1,40}[A-Z][\w.'’]{1,40}){0,3})\b(?:[^.;\n]|\.(?=\w)|(?<=HP)\.|(?<=WA)\.|(?<=No)\.){0,70}?"
    r"(?:\+62|\b0)8[\d\s-]{7,}"
)
"""Somebody with a number of their own, in a letter that somebody else signs."""
_NOT_A_NAME = re.compile(
    r"^(?:saya|kami|awak|nomor|no|hp|wa|bapak|ibu|pihak|tim|untuk|di|segera|helpdesk|yang|langsung|kembali|via)\b",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    r"^[^\w\n]*+(?:nama\s{1,9})?(?:pelapor|penelepon|penelpon|penelfon|pemanggil|pengirim (?:sms|pesan|wa)|dilaporkan oleh|yang (?:melapor|menelepon|menelpon)|nama)\s{0,40}"
    r"[:=]\s*+(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_INTRO = re.compile(
    r"\b(?:[Nn]ama [Ss]aya|[Ss]aya|[Ss]y|[Aa]mbo|[Aa]wak|SAYA|[Pp]erkenalkan|[Ii]ni)\s+((?:[A-Z][\w'’]+)(?:\s+[A-Z][\w'’]+){0,3})"
    rf"(?:(?:\s*[,(]\s*([^.,()\n]{{4,60}}?)\s*\)?)?,?\s+(?:di|dari|pada)\s+|,?\s+(?=(?i:{ROLE_WORD})\b)([^.,()\n]{{4,60}}))"
)
_CALLED = re.compile(
    r"\b(?:di(?:telepon|telpon|hubungi|laporkan|sampaikan)|(?:telepon|telp|tlp|telpon|sms|laporan|info\w*|panggilan) dari)(?: oleh)?\s+"
    r"((?:[Pp]ak|[Bb]apak|[Bb]pk|[Bb]u|[Ii]bu|[Ss]dri?|[Uu]da|[Uu]ni)\.?\s+[A-Z][^\n.:;]{2,80})"
)
_DUTY = re.compile(
    r"^[^\w\n]*+((?:piket|petugas|operator|teknisi|jaga|analis|koordinator|komandan|satpam)[\w ]{0,25}?)[ ]*:[ ]*((?-i:[A-Z][\w.'’]+(?:[ ]+[A-Z][\w.'’]+){0,3}))[ ]*(?:[-–(,/+\d].*)?$",
    re.I | re.M,
)


@dataclass(frozen=True, slots=True)
class Signatory:
    """The author of a letter."""

    name: str = ""
    title: str = ""
    nip: str = ""


def signatory(text: str, sender_name: str, *, official: bool) -> Signatory:
    """Who signed: above the last NIP, or the closing lines of an informal mail, or the way they introduce themselves."""
    body = _before_copies(text)
    nips = list(_NIP.finditer(body))
    if nips:
        return _above_nip(body[: nips[-1].start()], "".join(re.findall(r"\d", nips[-1][1])))
    for found in (reporter(body), _from_duty(body), _from_introduction(body), _from_closing(body, sender_name)):
        if found.name:
            return _with_full_name(found, sender_name)
    return Signatory() if official else Signatory(name=_person_of(sender_name))


def _before_copies(text: str) -> str:
    """Up to the list of those who get a copy; a Nota Dinas names them in its head, where nothing has been said yet."""
    lists = [match.start() for match in re.finditer(r"^[^\w\n]*+tembusan\b", text, re.IGNORECASE | re.MULTILINE)]
    return text[: lists[-1]] if lists and lists[-1] > len(text) * 0.4 else text


def contact_person(text: str) -> tuple[str, str]:
    """Name of the contact person, and the text from there on, where their number stands; ("", "") if none."""
    for match in _CONTACT.finditer(text):
        name = " ".join(match[1].split()).strip(" ,.")
        upper = name.isupper() or all(word[:1].isupper() for word in name.split() if word[:1].isalpha())
        if upper and not _NOT_A_NAME.match(name) and not UNIT.search(name) and not ROLE.match(name):
            return (name.title() if name.isupper() else name), text[match.start() : match.start() + 260]
    numbered = _WITH_NUMBER.search(text)
    return (numbered[1], numbered.group(0)) if numbered else ("", "")


def phones(text: str) -> Iterator[tuple[str, str]]:
    """Telephone numbers as digits with a leading 0, each with the text around it."""
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group(0))
        if digits.startswith("62"):
            digits = "0" + digits[2:]
        if 9 <= len(digits) <= 14 and not _DATE_LIKE.match(match.group(0)):
            yield digits, text[max(0, match.start() - 30) : match.end() + 20]


def callback_number(text: str, contact: str) -> str:
    """The number to call back: the contact person's, else the author's own. Mobile before office."""
    for region in (contact, text):
        found = list(phones(region))
        mobile = [digits for digits, around in found if digits.startswith("08") and "kantor" not in around[30:].lower()]
        mobile = mobile or [digits for digits, _ in found if digits.startswith("08")]
        if mobile:
            return mobile[0] if region is contact else mobile[-1]
        if found:
            return found[0][0]
    return ""


def _above_nip(text: str, nip: str) -> Signatory:
    lines = [" ".join(line.split("\t")[-1].split()) for line in text.rstrip().split("\n")]
    upward = [line for line in reversed(lines[-16:]) if _says_something(line)]
    if not upward:
        return Signatory(nip=nip)
    name, above = upward[0], [line for line in upward[1:] if line.strip(" ,") and line != upward[0]]
    if _is_title(name, above[0] if above else ""):  # the name itself could not be read
        name, above = "", upward
    title: list[str] = []
    for line in above[:6]:
        if not title and not (_TITLE.match(line) or _ON_BEHALF.match(line) or line.endswith(",")):
            break
        if title and (_ON_BEHALF.match(line) or not _joins(line, title[-1])):
            break
        title.append(line)
        if _TITLE.match(line):
            break
    joined = " ".join(reversed(title)).strip(" ,")
    joined = re.sub(r"\sPROVINSI SUMATERA BARAT$", "", joined, flags=re.IGNORECASE).rstrip()
    return Signatory(_proper(name), _proper(_ON_BEHALF.sub("", joined).strip()), nip)


def _says_something(line: str) -> bool:
    return re.search(r"[A-Za-z]{2}", line) is not None and not _RANK.match(line) and not _SIGNED.search(line)


def _is_title(line: str, above: str) -> bool:
    """A title, or its second line; nobody's name."""
    return not _DEGREE.search(line) and bool(_TITLE.match(line) or (line.endswith(",") and _joins(above, line)))


def _joins(upper: str, lower: str) -> bool:
    """Whether two lines are one title that wrapped: "KEPALA DINAS KEHUTANAN" / "PROVINSI SUMATERA BARAT,"."""
    if _TITLE.match(upper) and not upper.endswith((",", ".")) and not _TITLE.match(lower):
        return True
    return re.match(
        r"\W*(?:provinsi|prov\.|kabupaten|kota|dan|pada|wilayah)\b", lower, re.IGNORECASE
    ) is not None and bool(upper)


def reporter(text: str) -> Signatory:
    """Who reports by word of mouth, as whoever took it down wrote: "Pelapor : …", "Penelepon : …"."""
    match = _REPORTER.search(text) or _CALLED.search(text)
    if not match:
        return Signatory()
    said = signature_line(match[1])
    labelled = re.search(r"^[^\w\n]*+jabatan\s{0,40}[:=]\s*+(.+)$", text, re.IGNORECASE | re.MULTILINE)
    return Signatory(said.name, labelled[1].strip() if labelled else said.title)


def _from_duty(text: str) -> Signatory:
    match = _DUTY.search(text)
    return Signatory(match[2].strip(), match[1].strip()) if match else Signatory()


def _from_introduction(text: str) -> Signatory:
    match = _INTRO.search(" ".join(text.split()))
    if not match or not is_name(match[1]):
        return Signatory()
    return Signatory(match[1], (match[2] or match[3] or "").strip())


def _from_closing(text: str, sender_name: str) -> Signatory:
    """The first of the last lines that holds a name and nothing but what belongs to a signature."""
    whole = [line.strip() for line in text.rstrip().split("\n") if line.strip() and not _SENT_FROM.match(line)]
    # Many sign in the line they write in: "… Terima kasih. Dessy - TU Biro Umum".
    lines = [*whole[:-1], *(_TAIL.split(line)[-1] if len(line) > LONG_LINE else line for line in whole[-1:])]
    for index in range(max(0, len(lines) - 8), len(lines)):
        line = lines[index]
        if len(line) > LONGEST_LINE or (_CLOSING.match(line) and line.endswith(",")):
            continue
        said = signature_line(line)
        above = next((upper for upper in reversed(lines[:index]) if not _SIGNED.search(upper)), "")
        closes = index > 0 and (above != lines[index - 1] or (_CLOSING.match(above) and len(above) < 80))
        if not said.name or said.other or not (closes or index >= len(lines) - 5):
            continue
        known = said.name.split()[0].lower() in sender_name.lower()
        below = signature_line(lines[index + 1]) if index + 1 < len(lines) else Signed()
        marks = (closes, said.title, said.unit, known, below.title, _CLOSING.match(line), PHONE.search(line))
        signed = any(marks)
        if not signed and not (_like_a_name(said.name) and _only_signature(lines[index + 1 :])):
            continue
        near = [said, *(signature_line(near) for near in lines[index + 1 : index + 3])]
        title = next((part.title for part in near if part.title), "")
        if not title and ROLE.match(above) and not signature_line(above).other:
            title = above.rstrip(", ")
        return Signatory(said.name if not said.name.islower() else said.name.title(), title)
    return Signatory()


def _like_a_name(name: str) -> bool:
    words = name.split(",", maxsplit=1)[0].split()
    return all(word[:1].isupper() for word in words) and (len(words) > 1 or "," in name)


def _only_signature(lines: list[str]) -> bool:
    """What stands below a name that no closing announces is title, office and numbers, or nothing."""
    return not any(len(line) > LONGEST_LINE or signature_line(line).other for line in lines)


def _with_full_name(found: Signatory, sender_name: str) -> Signatory:
    """ "Lidya M." under a mail from "Lidya Marcelina" is Lidya Marcelina."""
    full = _person_of(sender_name)
    if (
        full
        and re.fullmatch(r"\w+(?:\s+\w\.?)?", found.name)
        and full.lower().startswith(found.name.split()[0].lower())
    ):
        return Signatory(full, found.title, found.nip)
    return found


def _person_of(display_name: str) -> str:
    name = HONORIFIC.sub("", display_name.strip(" \"'"))
    return name if is_name(name) and _PERSON.match(name) and 2 <= len(name.split()) <= 4 else ""


def _proper(text: str) -> str:
    """Shouted names and titles in ordinary spelling; degrees and Roman numerals keep theirs."""
    bare, comma, degrees = text.partition(",")
    if any(word[1:].islower() for word in bare.split()):  # what is shouted among ordinary words is an abbreviation
        return text
    return " ".join(_spelt(word) for word in bare.split(" ")) + comma + degrees


def _spelt(word: str) -> str:
    if not word.isupper() or len(word) < 2 or "." in word or re.fullmatch(r"[IVX]+", word):
        return word
    return word.lower() if word in ("DAN", "DI") else word.title()
