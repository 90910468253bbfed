"""Where it happens: a labelled place, else one that is named beside what fails, else any that is named."""

from __future__ import annotations

import re

from parsers.letters.symptoms import MOST_SAID, SENTENCE_END, failure, first_failure, half_sentences

_LABEL = re.compile(
    r"^[^\w\n]*+(?:lokasi(?: host| kejadian| gangguan)?|tempat(?: kejadian)?|titik(?: lokasi| gangguan)?)\s{0,40}[:\t=]\s*+(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_NOUN = (
    r"gedung|kantor|ruang(?:an)?(?! lingkup| publik)|kompleks|komplek|stasiun|aula|istana|uptd?|area|lantai|lt\.|badan|balai(?! besar sertifikasi)|gudang|posko|"
    r"pusdalops(?:-pb)?|instalasi|terminal|mako|markas|simpang|lab(?:or)?(?:atorium)?\b|sekolah|sma[nk]?\b|smk[n]?\b|slb[n]?\b|sman|smkn|puskesmas|rsud|"
    r"rumah sakit|poli\w*|igd|ugd|icu|cabang dinas|cabdin\w*|rumah dinas|rumah jabatan|auditorium|hall|studio|asrama|mess|gor|museum|pasar|tower|menara|rack|rak|"
    r"bidang|bagian|seksi|sub\s?bag(?:ian)?|sekretariat|lobi|lobby|mpp|mal pelayanan publik|samsat|pelabuhan|bandara|pos|kampus|perpustakaan|biro|inspektorat|dinas|kph\w*|blk|panti|pustu|poskeswan|plafon|atap"
)
_TEXT = r"(?:[^.;\n!?]|\.(?=\w)|(?<=\b\w)\.|(?<=\b\w\w)\.)*"
_PREPOSED = re.compile(
    rf"\b(?:pada|di|at|dari|ke)\s+((?:(?:seluruh|semua|sekitar|sekretariat|lingkungan)\s+)?(?:{_NOUN}|loket|komputer di)\b{_TEXT}(?:\n{_TEXT})?)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b((?:ruang(?:an)?(?! lingkup)|gedung|kompleks|istana|uptd?|balai(?! besar sertifikasi)|terminal|posko|pusdalops|stasiun|instalasi|aula|gudang|mako|"
    r"sma[nk]?|smkn?|slbn?|puskesmas|lab|kph\w*|blk|panti|pustu|poskeswan|kantor(?! kami| gubernur sumatera)|cabang dinas|samsat|rsud|laboratorium|rack|simpang|mpp)\b(?:[^.,;:()\n]|\.(?=\w)|(?<=\b\w)\.)*)",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:area|badan|loket|dinas|bidang|bagian|biro|pos)\b|(?:kantor|gedung|ruang\w*|sekolah) (?:kami|ini|saya)?$|kantor\s*$|ruang(?:an)?\s*$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s(?:mengalami|terkena|kena|alarm|tidak|tdk|gak|ndak|belum|sejak|semenjak|mulai|is|terjadi|sudah|telah|yang|yg|untuk|agar|dalam|karena|krn|dari|sehingga|akan|kami|pukul|jam|"
    r"pkl|tadi|kemarin|semalam|hari|pagi|siang|saat|sebab|akibat|menyebabkan|ketika|setelah|dengan|ke server|ter\w{4,}|(?:ini|itu) )\b.*$|"
    r"[,;]\s*(?:sehingga|karena|sejak|mohon|tolong).*$|,.*\b(?:mohon|tolong|sehingga|tidak|kami)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
MOST_WORDS = 14


def place(text: str) -> str:
    """Where it happens, or ""."""
    labelled = _LABEL.search(text)
    if labelled:
        return labelled[1].strip(" .")
    flowing = re.sub(r"(?<![.:;!?\n])\n(?=\S)(?!\w[\w ]{0,20}\s{0,20}[:=])", " ", text)
    told = [part for line in flowing.split("\n") for part in SENTENCE_END.split(line) if failure(part)]
    parts = [half for part in told for half in half_sentences(part) if failure(half) == "strong"]
    near, anywhere = _candidates("\n".join((*parts, *told))), _candidates(text)
    everywhere = (*near, *anywhere)
    named = {where for where in everywhere if " " in where or where.isupper()} or set(everywhere)
    known = [where for where in everywhere if where in named]
    return next((where for where in known if not _VAGUE.match(where)), next(iter(known), ""))


def _candidates(text: str) -> list[str]:
    said = _places(_PREPOSED, text)
    named = [
        where
        for where in _places(_BARE, text)
        if len(where.split()) > 1 or where.lower() == "pusdalops" or where.isupper()
    ]
    return said + named


def _places(pattern: re.Pattern[str], text: str) -> list[str]:
    found = []
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        if re.search(r"(?:yth|kepada|tembusan)[^\n]*$", before, re.IGNORECASE):
            continue
        where = " ".join(match[1][:MOST_SAID].split())
        where = _ENDS.sub("", where[: first_failure(where)])
        where = re.sub(r"\W{0,9}\bjl\W{0,9}$", "", where, flags=re.IGNORECASE).strip(" ,.(-")
        if len(where) > 4 or (where.isupper() and len(where) > 2):
            found.append(" ".join(where.split()[:MOST_WORDS])[:160])
    return found
