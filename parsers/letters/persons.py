"""What the parts of a signature line are: a name, a title, an office, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

DEGREE = (
    r"(?:S|M|A|B|D)\.?\s?[A-Z][A-Za-z]{0,6}\.?(?:\s?[A-Z][a-z]{0,4}\.?)?|SE|SH|ST|SIP|SKM|MM|MT|ME|MH|MARS|MPH|MBA|Ak|CA|QIA|Ph\.?\s?D\.?|"
    r"A\.?\s?Md\.?\s?\w{0,4}\.?|Amd\.?\w{0,4}|S\.?STP|Sp\.?\s?[A-Z]{1,3}\w{0,3}\.?(?:\([A-Z]\))?|Apt\.?|Ners|Dipl\.?\s?\w+|L[ct]\.?"
)
_DEGREE = re.compile(rf"^(?:{DEGREE})$")
_ABBREVIATED = (
    r"ka(?:dis|ban|bag|bid|ro|si|sie|cab|inst|upt|uptd|sek|puskes\w*|subbag|subag|subbid|subid|sub ?bag|sub ?bid|subdit|tu)|kasubbag\w*|kepsek|waka\w*|"
    r"wadir|sekdis|sekban|sesban|sekcam|sekpri|koord|plt|plh|pj|opr|jfu|jft|kkpm"
)
ROLE_WORD = (
    rf"(?:kepala|ka\.|(?:{_ABBREVIATED})\b|sekretaris|direktur|wakil|inspektur|auditor|koordinator|ketua|anggota|asisten|"
    r"camat|lurah|wali (?:nagari|kelas)|staf+|pengelola|operator|pranata|analis|admin(?:istrator)?|petugas|piket|pejabat|pengadministrasi|"
    r"penata(?! muda| tk| tingkat)|pengatur lalu|guru|dokter|perawat|bidan|apoteker|radiografer|arsiparis|pustakawan|program+er|teknisi|"
    r"bendahara|verifikator|fasilitator|surveyor|perencana|penyuluh|pengawas|penelaah|sandiman|statistisi|humas|protokol|ajudan|tenaga|it\b|"
    r"noc|jaga\b|regu|pelaksana|relawan|danton|engineer|manager|supervisor|security|satpam|danru|komandan|penyusun|penanggung ?jawab|widyaiswara|front office|resepsionis|"
    r"tim (?:it|tik|teknis)|web ?admin|network|system|sysadmin)"
)
ROLE = re.compile(rf"^\W*(?:(?:plt|plh|pj)\.?\s*)?{ROLE_WORD}", re.IGNORECASE)
UNIT = re.compile(
    r"\b(?:sub\s?bag(?:ian)?|bagian|bidang|dinas|badan|biro|tu|sekretariat|helpdesk|admin|piket|kantor|uptd?|rsud|rsj|rs|tim|seksi|unit|"
    r"instalasi|pusdalops|pusat|provinsi|prov|sumbar|sumatera|balai|posko|sma|smk|sman|smkn|slb|sekolah|puskesmas|samsat|inspektorat|cabang|cabdin|"
    r"dis[a-z]{2,}|kominfo\w*|bapp?e\w+|bkd|bpbd|bpkad|bpsdm|dpmd|dpmptsp|dp3a|dlh|esdm|satpol|setda|setwan|dprd|noc|csirt|pemprov|layanan|kesbangpol|"
    r"bmcktr|perindag|adpim|adpem|kesra|psda|sdabk|perkimtan|nakertrans\w*|bunpanhor|keswan|litbang|brida|orta|barjas|pbj|simrs|pol ?pp|telkom\w*|enterprise|pt|cv|cs|arpus|balitbang|banhub|rsam|rsmn|itda)\b",
    re.IGNORECASE,
)
_NEVER_IN_NAMES = re.compile(
    r"\b(?:dan|atau|yang|di|ke|dari|untuk|dengan|pada|mohon|tolong|segera|terima|terimakasih|kasih|makasih|trims|thanks|tks|thx|salam|hormat|kami|saya|anda|"
    r"pak|bapak|ibu|bu|min|assalamu\S*|wassalamu?\S*|selamat|pagi|siang|sore|malam|demikian|atas|perhatian\w*|bantuan\w*|kerja\s?sama\w*|yth|dear|best|kind|"
    r"regards?|sincerely|sent|dikirim|tidak|bisa|ada|sudah|belum|mati|down|error|internet|jaringan|server|aplikasi|web|terlampir|lampiran|surat|"
    r"nomor|hal|tanggal|tembusan|ttd|nip|hp|wa|telp|email|surel|urgent|darurat|penting|wib|minggu|senin|selasa|rabu|kamis|jumat|sabtu|januari|februari|"
    r"maret|april|mei|juni|juli|agustus|september|oktober|november|desember|padang|tempat|laporan|mengetahui|hormati|besar|ini|itu|semua|cepat|ditunggu|"
    r"iphone|android|outlook|yahoo|gmail|unduh|dapatkan|lapor|info|catatan|kabar|baik|siap|oke|ok|amin|please|help|asap|pengirim|penerima|dicatat|diterima|pelapor|penelepon|kontak|alamat|lokasi|waktu|jam|keterangan|isi|uraian|instansi|jabatan|user|"
    r"username|catat\w*|akun|mksh|mhn|dst|dll|customer|care|support|team|service|center|call|severity|host|problem|sehat|hangat|takzim|sukses|umum|program|keuangan|kepegawaian|perencanaan|tata|usaha|infrastruktur|bidang|seksi)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"^(?:(?:Ir|Drs|Dra|Dr|dr|H|Hj|Ns|drg|drh|Prof|apt|R)\.?\s+)*[A-Za-z][A-Za-z.'’`-]*(?:\s[A-Za-z][A-Za-z.'’`-]*){0,4}$"
)
PHONE = re.compile(r"(?<![\d/.])(?<!\d )(?:\+?62|0)(?:[\s().-]{0,2}\d){8,12}(?![\d/])")
_CONTACT_WORDS = re.compile(
    r"(?:\b(?:no\.?\s*)?(?:hp|wa|telp\.?(?:/wa)?|tlp|telepon|mobile|phone|cell|whatsapp|[mte](?=\s*:)|email|e-mail|surel|hub|kontak|contact)\b[\s.:/]*+)+$",
    re.IGNORECASE,
)
HONORIFIC = re.compile(
    r"^\W*(?:bpk|bapak|ibu|sdri?|saudari?|pak|bu|uda|uni|da|ni|buk|bang|kak|mas|mbak)\b\.?\s+", re.IGNORECASE
)
_SIGNED_BY = re.compile(
    r"^\W*(?:ttd|t\.t\.d|an|a\.n|dari|oleh|salam(?: hormat| hangat)?|hormat (?:kami|saya)|wassalam\S*|terima\s?kasih|makasih|trims|tks|thanks|thx|regards|"
    r"best regards|pelapor|nama|by)\b\s*[.,:–-]*\s+(?=\S)",
    re.IGNORECASE,
)


LONGEST_LINE = 120
"""Characters of a line in a signature."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What one line of a signature says; "" for what it does not. `other`: it holds something that belongs to none."""

    name: str = ""
    title: str = ""
    unit: str = ""
    other: bool = False


def signature_line(line: str) -> Signed:
    """The parts of one line, such as "Hendra Saputra, S.Kom - Staf ATCS, Dishub (0812 …)"."""
    name = title = unit = ""
    label = re.match(r"^\W*([A-Za-z][\w ./]{1,24}?)\s*:\s", line)
    if label and not (ROLE.match(label[1]) or UNIT.search(label[1]) or _SIGNED_BY.match(label[1] + " x")):
        return Signed(other=True)
    other = False
    for part in _parts(_SIGNED_BY.sub("", line[:LONGEST_LINE])):
        if ROLE.match(part):
            title = title or part
        elif place := UNIT.search(part):
            if not name and is_name(part[: place.start()]):  # "Yoga BMCKTR"
                name = part[: place.start()].strip()
            unit = unit or part
        elif not name and is_name(part.split(",", maxsplit=1)[0]):
            name = HONORIFIC.sub("", part)
        elif name and is_name(part):
            unit = unit or part
        else:
            other = other or len(part) > 2
    return Signed(name, title, unit, other)


def is_name(text: str) -> bool:
    """Whether `text` can be nothing but a person's name: one to five words, none of them an everyday word."""
    bare = HONORIFIC.sub("", text.strip(" .,*_"))
    return (
        2 < len(bare) <= 45
        and _NAME.match(bare) is not None
        and _evenly_written(bare)
        and not _NEVER_IN_NAMES.search(bare)
        and not ROLE.match(bare)
        and not UNIT.search(bare)
    )


def _evenly_written(name: str) -> bool:
    """Each word with a capital letter, or none: "Rina dari sini" is a sentence."""
    words = [
        word
        for word in name.split()
        if "." not in word and word.lower() not in ("dr", "drg", "bin", "binti", "van", "el", "al", "dt", "st")
    ]
    return all(word[:1].isupper() for word in words) or name.islower()


def _parts(line: str) -> list[str]:
    """Split at commas, dashes, brackets; degrees stay with their name, numbers and addresses go."""
    bare = PHONE.sub("|", re.sub(r"\bext\.?\s*\d+|<?\S+@\S+>?|https?://\S+|www\.\S+", "|", line))
    parts: list[str] = []
    for raw in re.split(
        r"\s+[-–—/]+\s*|\s*[-–—/]+\s+|[|;()\t:]|,\s*|\s{3,}|(?<=[a-z]{3})(?<![Dd]r[sahg])(?<!apt)\.\s+(?=[A-Z])", bare
    ):
        part = _CONTACT_WORDS.sub("", raw.strip(" *_-–—.,")).strip(" *_-–—,")
        if not part:
            continue
        if parts and not UNIT.search(part) and (_DEGREE.match(part) or _DEGREE.match(part + ".")):
            parts[-1] += f", {raw.strip()}"
        else:
            parts.append(part)
    return parts
