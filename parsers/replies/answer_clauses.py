"""A short answer as plain clauses: what surrounds the words that count is taken away."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.replies.hesitation import doubt

_PEOPLE = (
    r"(?:bapak|ibu|bpk|pak|bu|buk|mas|mbak|bang|uda|uni|kadis|kabid|koordinator|sekretaris|helpdesk|admin|siaga|rekan|"
    r"tim|semua|sdr\.?i?|bg|bro|mas)"
)
_GREETING = re.compile(
    rf"^(?:\W*(?:selamat (?:pagi|siang|sore|malam)|(?:ass|wass)\w*(?:['’]?\s*alaikum)?(?:\s+wa?r\w*\.?(?:\s*wa?b\w*\.?)?)?|salam|di[ -]?tempat|yth\S*[^,\n.]{{0,60}}|"
    rf"kepada yth\S*(?:(?:bpk|sdri?|dr|ir|hj?|drs|plt|plh)\.|[^,\n.]){{0,60}}|dear\b[^,\n]{{0,40}}|halo|hai|mohon izin|izin|terima kasih(?: banyak)?|(?:mohon )?maaf"
    rf"(?=\W+(?:pak|bu|bapak|ibu)?\W)|{_PEOPLE}(?:\s+{_PEOPLE}){{0,2}})\b[,.!:\s]*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s,.]{0,9}(?:\b(?:terima ?kasih(?: banyak)?|trims|tks|makasih|thanks?|regards|salam|wass\w*(?:['’]?\s*alaikum)?(?:\s+wr\.?\s*wb\.?)?|demikian"
    r"(?: disampaikan)?|hormat (?:saya|kami)|(?:mohon )?maaf lahir batin)\b(?:\s+(?:pak|bu|bapak|ibu|atas \w+))?[\s.!,]*+)+$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:yth|dear)\b", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:belum|tidak|tdk|bukan|jangan|batal)\b", re.IGNORECASE)
LONGEST_CLOSING = 400
"""Characters at the end of an answer among which its closing is looked for."""
_LABEL = re.compile(
    r"^\W*(?:(?:jawaban|jawab|jawabannya|keputusan|hasil analisis|analisis|hasil|balasan|tanggapan|status|disposisi)"
    r"(?:\s+(?:saya|kami|kabid|koordinator|helpdesk))?)\s*[:=]\s*",
    re.IGNORECASE,
)
_DECORATION = re.compile(r"[*_\"“”'‘’`«»]|^[^\S\n]*+(?:>|[-–•·]|\d{1,2}[.)])\s+", re.MULTILINE)
_LABEL_WITHIN = re.compile(
    r"(?<=[a-z0-9)]) (?=(?:alasan|catatan|instruksi|petugas|pelaksana|sifat|batas waktu|tenggat)\s*:)"
)
_SHORT_FORMS = (
    (r"\b(?:tdk|gak|ga|nggak|enggak|ngga|ndak|indak|tak|kagak|ora)\b", "tidak"),
    (r"\b(?:bkn)\b", "bukan"),
    (r"\b(?:blm|alun)\b", "belum"),
    (r"\b(?:sdh|udah|udh|alah)\b", "sudah"),
    (r"\b(?:tp|tpi)\b", "tapi"),
    (r"\b(?:jgn|jan)\b", "jangan"),
    (r"\b(?:klo|kalo|klu|kok(?=\s+alun))\b", "kalau"),
    (r"\b(?:krn|dek|dek karano|karano)\b", "karena"),
    (r"\b(?:yg|nan)\b", "yang"),
    (r"\b(?:sgr|capek(?=\s+(?:tangani|karajoan|pelok))|capek-capek)\b", "segera"),
    (r"\b(?:dgn|jo)\b", "dengan"),
    (r"\b(?:utk|untuak)\b", "untuk"),
    (r"\bsetujui\b(?<!disetujui)", "setuju"),
    (r"\bsy\b", "saya"),
    (r"\btlg\b", "tolong"),
    (r"\bkoord\b\.?", "koordinator"),
    (r"\b(?:silahkan|silaken|monggo)\b", "silakan"),
    (r"\bparalu\b", "perlu"),
    (r"\b(?:tidakk+|gk|gag|ngak|nda|ndk|kaga|gaada)\b", "tidak"),
    (r"\b(?:aja|aj|ae|sajo|sjo|se(?=\W*$))\b", "saja"),
    (r"\b(?:bener|bnr|batua)\b", "benar"),
    (r"\b(?:skrg|skrang|skg|kini|skr)\b", "sekarang"),
    (r"\b(?:msh|masi)\b", "masih"),
    (r"\b(?:mhn|mohn)\b", "mohon"),
    (r"\b(?:dr)\b(?! \w+, s)", "dari"),
    (r"\b(?:bs|bsa)\b", "bisa"),
    (r"\b(?:dpt)\b", "dapat"),
    (r"\b(?:hrs)\b", "harus"),
    (r"\b(?:sblm)\b", "sebelum"),
    (r"\b(?:stlh|abis|habis(?= itu))\b", "setelah"),
    (r"\b(?:kmrn|kemaren|kamari)\b", "kemarin"),
    (r"\b(?:bsk|bsok|bisuak)\b", "besok"),
    (r"\b(?:dg|dng|dengn)\b", "dengan"),
    (r"\b(?:dl|dlu|dolo|dulunyo|daulu)\b", "dulu"),
    (r"\b(?:smua|smw|sadonyo|kasadonyo)\b", "semua"),
    (r"\b(?:emg|emang|mmg)\b", "memang"),
    (r"\b(?:cm|cuman|cumo|cma)\b", "cuma"),
    (r"\b(?:kl|klw|kalo|kalu|jikok)\b", "kalau"),
    (r"\b(?:ntar|entar|ntr|beko)\b", "nanti"),
    (r"\b(?:gpp|gapapa|gakpapa|nggakpapa)\b", "tidak apa-apa"),
    (r"\b(?:okeh|okee+|okk+|okay|okey)\b", "oke"),
    (r"\b(?:iyaa+|iyah|iy|iyaps?|yaps?)\b", "iya"),
    (r"\b(?:jg|jgo|juo)\b", "juga"),
    (r"\b(?:lgsg|lgsung)\b", "langsung"),
    (r"\b(?:gmn|gimana|baa)\b", "bagaimana"),
    (r"\b(?:knp|napa|manga)\b", "kenapa"),
    (r"\b(?:mksh|mksih|makasi|trimakasih|terimakasih)\b", "terima kasih"),
    (r"\b(?:sampein|sampaiin)\b", "sampaikan"),
    (r"\b(terus|kirim|tugas|lanjut)in\b", r"\1kan"),
    (r"\b(?:kerjain)\b", "kerjakan"),
    (r"\b(?:td)\b", "tadi"),
    (r"\bdaruratt+\b", "darurat"),
    (r"\b(?:setujuu+|satuju)\b", "setuju"),
    (r"\b(?:jd)\b", "jadi"),
    (r"\b(lanjut|terus|laksana|kerja|setuju)ken\b", r"\1kan"),
    (r"\bdibukak\b", "dibuka"),
    (r"\bbiaso\b", "biasa"),
    (r"\biduik\b", "hidup"),
    (r"\b(?:gaskeun|gaskan|gasken|gass+)\b", "gas"),
    (r"\bsamo sakali\b", "sama sekali"),
    (r"\b(?:bana|bana-bana)(?= (?:pak|buk?)\b|,)", "benar"),
    (r"\bpakk+\b", "pak"),
    (r"\bboss\b", "bos"),
    (r"\b([a-z]{3,})2\b", r"\1-\1"),
    (r"\b(?:lap)\b\.?(?= hasil)", "laporan"),
    (r"\b(sdr|sdri|yth|bpk|plt|plh|koord|pkl|tgl|jl|dr)\.(?=\s)", r"\1"),
    (
        r"\bkalau (?:dari|menurut|melihat|berdasarkan) (?=hasil|pengecekan|pemeriksaan|analisis|kami|saya|hemat)",
        "menurut ",
    ),
    (r"\b(?:lg|lai(?= (?:mati|karajo)))\b", "lagi"),
    (r"\b(?:ttp)\b", "tetap"),
    (r"\b(?:bgt|banget)\b", "sekali"),
    (r"\bbaliak\b", "kembali"),
)
_SPELT_OUT = tuple((re.compile(short), full) for short, full in _SHORT_FORMS)


def said_in_greeting(text: str) -> str:
    """What stands behind "Yth." or "Dear" where an answer opens with it: a name and an office, or more than that."""
    greeting = _GREETING.match(plain_words(text))
    named = _NAMED.search(greeting[0]) if greeting else None
    return greeting[0][named.end() :] if greeting and named else ""


def without_greeting(text: str) -> str:
    """`text` without the greeting that opens it. "Yth. Kabid kalau PLN sudah nyala." greets, and says something: it stays."""
    greeting = _GREETING.match(text)
    if greeting is None:
        return text
    said = greeting[0].lower()
    return text if _NAMED.search(said) and (doubt(said) or _DENIES.search(said)) else text[greeting.end() :]


@lru_cache(maxsize=8)  # each judge of an answer asks for the same words
def plain_words(text: str) -> str:
    """One line in lower case: short forms spelt out, decoration gone, a line end is a full stop."""
    flat = _DECORATION.sub(" ", text.strip())
    flat = re.sub(r"[^\S\n]+", " ", flat)  # long runs of blanks would cost the next line their square
    flat = re.sub(r" ?(?:\n ?)+", "\n", flat)
    flat = re.sub(r"([^.!?;:,\n])\n", r"\1 . ", flat).replace("\n", " ")
    flat = " ".join(flat.lower().split())
    flat = re.sub(r"(?<=[\w:.,;]) \d{1,2}\) (?=[a-z])", " . ", flat)
    flat = _LABEL_WITHIN.sub(r" . ", flat)
    for short, full in _SPELT_OUT:
        flat = short.sub(full, flat)
    return flat


def bare_words(text: str) -> str:
    """`plain_words` without greeting, closing and a label such as "Jawaban:"."""
    flat = plain_words(text)
    inner = without_greeting(flat)
    body, end = inner[:-LONGEST_CLOSING], inner[-LONGEST_CLOSING:]
    closed = body + _CLOSING.sub("", end)
    inner = closed if closed.strip(" .,") else inner
    inner = _LABEL.sub("", inner)
    return (inner if re.search(r"\w", inner) else flat).strip()
