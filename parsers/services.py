"""Which services are reported as failing: a category's noun and a symptom in the same clause."""

from __future__ import annotations

import re

CATEGORIES: dict[str, str] = {
    "jaringan": r"internet|intranet|inet|jaringan|koneksi|wi-?fi|lan|vpn|fo|fib(?:er|re)(?: optik)?|bandwidth|switch|"
    r"router|metro|isp|packet loss|network",
    "aplikasi": r"aplikasi|apps?|sistem informasi|sistem antrean|portal (?:layanan|perizinan)|sipd\w*|simrs|simda\w*|"
    r"srikandi|siks\S*|e-?(?:office|kinerja|absen\w*|sakip|samsat|budget\w*|planning)",
    "pusat_data": r"servers?|vm|hypervisor|storage|hosting|colocation|data ?cent(?:er|re)|pusat data|rak server|"
    r"ac presisi|suhu ruang",
    "surel": r"surel|e-?mail|webmail|mailbox|smtp",
    "vicon": r"zoom|webex|vicon|video ?con\w*|konferensi video|streaming|mcu|teams",
    "keamanan_siber": r"deface\w*|diretas|peretasan|ransomware|malware|virus|phishing|judi(?: online)?|dibobol|"
    r"kebocoran|bocor|ddos|diambil alih|hacker|hack",
    "listrik": r"ups|genset|pln|listrik|ats|mcb|padam listrik",
    "situs_web": r"situs|website|web|laman|subdomain|portal",
    "lainnya": r"cctv|telepon kantor|pabx|videotron|running text|printer",
}
_NOUNS = {name: re.compile(rf"(?<![\w@.-])(?:{words})(?![\w@])", re.IGNORECASE) for name, words in CATEGORIES.items()}
_SYMPTOM = re.compile(
    r"(?<![^\W\d_])(?:memper|meng|mem|men|me|pem|peng|per|pe|ke|ter|ber|di|nge)?(?:gang+u+an|terganggu|\bmati|\bdown\b|padam|pemadaman|putus|terputus|error|eror|rusak|lambat|lelet|hang\b|terhenti|gagal|kendala|"
    r"(?:tidak|tdk|tak|ndak|indak|gak|nggak|ga|belum)\s+(?:\w+\s+){0,2}(?:dapat|bisa|bs|dibuka|diakses|terhubung|konek|"
    r"merespons?|berfungsi|jalan|terkirim|masuk|stabil)|tidak dapat|deface|diretas|peretasan|ransomware|virus|malware|"
    r"bocor|dibobol|not accessible|unreachable|time ?d? ?out|(?:error|http|kode|status|code|muncul)\W{1,3}50[0234]\b|\b50[0234] (?:internal|bad|service|gateway)|packet loss|bermasalah|alarm|perbaikan|"
    r"overheat|terbakar|hilang|judi|diambil alih)",
    re.IGNORECASE,
)
_WORKING = re.compile(
    r"\bnormal\b|berfungsi baik|\blancar|\baman\b|menyala|masih (?:bisa|dapat|diterima|aktif|jalan|berfungsi)|"
    r"tidak (?:ada )?(?:masalah|kendala|terpengaruh|terdampak)|sudah (?:pulih|bisa|up|normal)|\bkecuali\b|"
    r"scanned (?:for|by)|virus[- ]free|bebas (?:dari )?virus|tidak (?:mengandung|ditemukan) virus",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"\b(?:kalau|jika|apabila|bila|(?:agar|supaya) (?:[^.;,]{1,40} )?tidak|dikhawatirkan)\b", re.IGNORECASE
)
_IMPACT = re.compile(
    r"\b(?:akibatnya|sehingga|maka|menghambat|dampak(?:nya)?|impact|mengakibatkan|so that|imbasnya|jadi|untuk)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\bakan\s+(?:\w+\s+)?(?:pemadaman|pemeliharaan|perbaikan|maintenance|pemindahan)|"
    r"(?:pemadaman|pemeliharaan|maintenance)\s+(?:\w+\s+)?(?:terjadwal|rutin|berkala)",
    re.IGNORECASE,
)
_REACHED_FOR = re.compile(
    r"\b(?:vpn|jaringan|internet|koneksi|link|fo|akses)\b[^.,;]{0,40}?\bke (?:server|pusat data|data center|dc)\b",
    re.IGNORECASE,
)
"""A line to the data centre is down: the centre is what it leads to."""
_CAUSE = re.compile(r"\b(?:karena|krn|dikarenakan|akibat|disebabkan|due to|because)\b", re.IGNORECASE)
_HOSTED = re.compile(
    r"yang (?:ditempatkan|dititipkan|berada|berjalan) (?:pada|di) [^.,;]*|"
    r"(?:pada|di|dari) (?:server|pusat data|data center)[^.,;]*(?:kominfo\w*|diskominfo\w*)[^.,;]*",
    re.IGNORECASE,
)
_POWER_OF = re.compile(
    r"\b((?:aliran )?listrik|daya|genset|ups|panel)\s+(?:(?:di|pada|untuk)\s+)?(?:ruang(?:an)? server|server room|pusat data|data center)",
    re.IGNORECASE,
)
"""The power of the server room is power: the room itself is only where it failed."""
_QUOTED = re.compile(r"[\"“”'‘][^\"“”'’\n]{3,120}[\"“”'’]")
_SERVER_OF = re.compile(
    rf"(?<!\w)server\s+(?:lokal\s+)?(?:{CATEGORIES['aplikasi']}|{CATEGORIES['surel']})", re.IGNORECASE
)


def has_symptom(text: str) -> bool:
    """Whether `text` says, of now and without an if, that something does not work."""
    return any(
        _SYMPTOM.search(_PLANNED.sub(" ", clause)) and not _CONDITIONAL.search(clause) and not _WORKING.search(clause)
        for clause in clauses(text)
    )


def failing_services(subject: str, body: str, labelled: str = "") -> tuple[str, ...]:
    """The categories reported as failing, in the order of `CATEGORIES`.

    `labelled` is what a form says under "Layanan": there each item counts by itself.
    """
    if labelled:
        items = re.split(r"[+,;/]|\bdan\b|\bserta\b", labelled)
        return _ordered(
            {name for item in items for name in _named(re.split(r"\b(?:ke|di|pada)\b", item, maxsplit=1)[0])}
        )
    title = _named(subject) if _SYMPTOM.search(subject) else set()
    first_hand: set[str] = set()
    for clause in clauses(body):
        if not _SYMPTOM.search(clause) or _WORKING.search(clause) or _CONDITIONAL.search(clause):
            continue
        if _IMPACT.match(clause.strip()):
            continue
        cause = _CAUSE.split(clause, maxsplit=1)
        reported = cause[1] if len(cause) > 1 and _named(cause[1]) & {"jaringan", "listrik"} else cause[0]
        first_hand |= _named(reported)
    found = title | first_hand
    if title & {"jaringan", "listrik"} and "aplikasi" in found - title:
        found.discard("aplikasi")  # an access layer is down: what cannot be reached through it is impact
    return _ordered(found)


def named_services(text: str) -> tuple[str, ...]:
    """The categories that are spoken of at all: what a request is about."""
    return _ordered(_named(text))


def clauses(text: str) -> list[str]:
    """Sentences and half sentences: one statement each."""
    flowing = re.sub(r"(?<![.:;!?\n])\n(?=[a-z])", " ", text)
    return [
        part
        for part in re.split(
            r"[;!?\n]|\.(?=\s|$)|,(?=\s)(?![^()]*\))|(?=\b(?:namun|tetapi|tapi|sedangkan|sehingga|akibatnya|maka)\b)",
            flowing,
        )
        if part.strip()
    ]


def _named(text: str) -> set[str]:
    text = _POWER_OF.sub(r"\1", _QUOTED.sub(" ", _HOSTED.sub(" ", text)))
    found = {name for name, pattern in _NOUNS.items() if pattern.search(text)}
    if _SERVER_OF.search(text):  # the head noun decides: a mail server is mail, another system's server is a server
        found -= {"pusat_data"} if "surel" in found else {"aplikasi", "situs_web"}
    if "surel" in found:
        found -= {"situs_web"}
    if _REACHED_FOR.search(text):
        found -= {"pusat_data"}
    if re.search(r"\bportal\b", text, re.IGNORECASE) and "aplikasi" not in found and "layanan" in text.lower():
        found.add("aplikasi")
    return found - {"lainnya"} or found


def _ordered(found: set[str]) -> tuple[str, ...]:
    kept = found - {"lainnya"} or found
    return tuple(name for name in CATEGORIES if name in kept)
