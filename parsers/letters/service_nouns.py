"""The nouns of each service category, and which of them a statement is about."""

from __future__ import annotations

import re

from parsers.letters.symptoms import MOST_SAID

CATEGORIES: dict[str, str] = {
    "jaringan": r"(?<!di )internet(?!\s*banking)|intranet|inet|jaringan|koneksi|koneksitas|konektivitas|wi-?fi|hot ?spot|lan|wan|vpn|fo|"
    r"fib(?:er|re)(?:[ -]opti[ck])?|serat optik|kabel optik|bandwidth|switch(?: hub)?|router|modem|mikrotik|access point|ap|metro|"
    r"isp|backbone|packet loss|network|sinyal|(?:internet|fiber|backup|radio|data) link|link(?= (?:internet|fo|metro|isp|utama|backup|data|kami|kantor|ke))|dns(?: server)?|ip publik|firewall|radio link|starlink|astinet|ont|olt",
    "aplikasi": r"aplikasi(?:nya)?|apps?|sistem informasi|sistem antrean|portal (?:layanan|perizinan)|sipd\w*|simrs\w*|sim-rs|simda\w*|"
    r"srikandi|siks\S*|simpeg|sapk|sicantik|oss|spse|lpse|sirup|siskeudes|siak|dapodik|emonev|sakti|cbt|bpjs|v-?claim|p-?care|rme|"
    r"e-?(?:office|kinerja|absen\w*|presensi|sakip|samsat|budget\w*|planning|sign|arsip|surat|formasi|katalog|monev|ktp|court|retribusi|"
    r"tiket\w*|rekam medis|resep|pajak|perizinan|lapor|reporting|learning|proposal|hibah|musrenbang)|dashboard|database aplikasi|"
    r"tanda ?tangan (?:elektronik|digital)|penandatanganan elektronik|tte|bsre|absen(?:si)? (?:online|elektronik|digital)|"
    r"ujian (?:online|daring)|lms|perizinan (?:online|daring)|izin online|samsat online|rekam medis elektronik",
    "pusat_data": r"(?:file )?servers?(?:nya)?|ruang(?:an)? server|vm|vps|virtual machine|hypervisor|esxi|proxmox|vmware|storage|"
    r"hosting|colocation|kolokasi|data ?cent(?:er|re)|pusat data|dc|rak server|rak|rack|basis data|database|nas|san|raid|"
    r"hard ?disk|hdd|ac presisi|ac (?:ruang|server)\w*|pendingin(?: ruang\w*)?|suhu ruang\w*|cloud|ruang noc",
    "surel": r"surel|e-?mail(?:nya)?|webmail|mailbox|smtp|imap|zimbra|mail server|kotak masuk|inbox",
    "vicon": r"zoom|webex|vicon|v-?con|video ?con\w*|konferensi video|tele ?conference|streaming|live stream\w*|siaran langsung|mcu|"
    r"teams|g-?meet|google meet|polycom|rapat (?:daring|virtual|online)|video ?call",
    "keamanan_siber": r"\w*deface\w*|diretas|peretasan|meretas|ransom ?ware|malware|virus|trojan|phishing|judi(?: online)?|judol|"
    r"dibobol|pembobolan|kebocoran(?! (?:atap|pipa|air|ac\b))|data bocor|bocor(?:nya)? data|data[\w ,()/.-]{0,80}(?:bocor|diperjualbelikan|tersebar|beredar|dijual)|"
    r"ddos|diambil alih|dibajak|pembajakan|hacker|(?:di-?)?hack|hacked|hacking|peretas|serangan siber|serangan cyber|ter-?enkripsi|"
    r"ter-?encrypt\w*|tebusan|backdoor|web ?shell|disusupi|brute force|akses (?:ilegal|tidak sah)|slot gacor|keylogger|mengatasnamakan|(?:e-?mail|surel|pesan|aktivitas|login|file|tautan|link) (?:mencurigakan|palsu)|tautan palsu|ter?lanjur (?:meng)?klik",
    "listrik": r"ups|genset|pln|listrik|ats|mcb|padam listrik|arus|tegangan|korsleti?n?g?|konslet\w*|trafo|panel listrik|stabilizer|mati lampu|"
    r"lampu padam|power supply",
    "situs_web": r"situs(?:nya)?|website(?:nya)?|web(?:nya)?|laman|subdomain|domain|portal|home ?page|halaman (?:depan|resmi|utama)|ssl|https",
    "lainnya": r"cctv|kamera (?:pengawas|cctv|pemantau)|nvr|dvr|telepon(?: kantor| ip)?|ip phone|pabx|ekstensi|videotron|running text|printer|finger ?print|mesin absen\w*|"
    r"sirine|ews|sound system|repeater|radio|ht|scanner",
}
_NOUNS = {name: re.compile(rf"(?<![\w@.-])(?:{words})(?![\w@])", re.IGNORECASE) for name, words in CATEGORIES.items()}
NAMED = ("aplikasi", "situs_web", "lainnya")
"""Of these an office has many: two of one category are two matters."""
_NO_SYSTEM = re.compile(
    r"(?:aplikasi(?:nya)?|apps?|sistem informasi|sistem antrean|dashboard|database aplikasi|situs(?:nya)?|website(?:nya)?|web(?:nya)?|laman|"
    r"subdomain|domain|portal(?: .*)?|home ?page|halaman .*|ssl|https)",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b(?i:aplikasi|sistem|situs|website|web|portal|server) ((?=[a-z-]{0,20}[A-Z])[\w-]{2,30})")
"""A name that only this office knows: "aplikasi SiPandai"."""
_GENERIC = {
    "aplikasi": re.compile(
        r"(?<!\w)(?:sistem(?:nya)?(?! kelistrikan| listrik| pendingin| keamanan| antena)|login|logout|loading|(?:men|nye|di)?(?:cetak|tak) (?:skpd|sppt|surat|kartu|sk)|user|absen(?:si)?|presensi|qris|(?:mem)?bayar\w*|pembayaran|transaksi|katalog|opac|barcode|upload|unggah|input(?: data)?|(?-i:SI[A-Z]{2,}\w*|E-[A-Z]\w+|[Ee]-[a-z]{4,}))\b",
        re.IGNORECASE,
    ),
    "jaringan": re.compile(r"switch|router|\bicmp\b|\bping\b|gateway", re.IGNORECASE),
    "pusat_data": re.compile(r"\bsuhu\b", re.IGNORECASE),
    "keamanan_siber": re.compile(r"\b(?:mencurigakan|penipuan|otp)\b", re.IGNORECASE),
    "lainnya": re.compile(r"\b(?:komputer|pc|laptop|telp|telpon)\b", re.IGNORECASE),
}
"""Words that say little: they count where no other noun stands."""
_NO_NAME = re.compile(
    r"\b(?:SIFAT|SIANG|SIAP|SIAGA|SITUS|SISTEM|SISWA|SIARAN|SINYAL|SILA\w*|SISA|SIBER|SIAPA|SISI|SINGK\w*|SIMPANG|SIJUNJUNG|E-MAIL|e-mail)\b"
)
_ADDRESS = re.compile(
    r"(?<![@\w.])(?:https?://|www\.)?(?:[a-z0-9-]{1,63}\.){1,5}(?:go\.id|example|id|com|net|org)\b(?![\w@])", re.I
)
_REACHED_FOR = re.compile(
    r"\b(?:vpn|jaringan|internet|koneksi|link|fo|akses|(?:meng)?kirim|data)\b[^.,;]{0,40}?\bke (?:server|pusat data|data center|dc)\b",
    re.IGNORECASE,
)
"""A line to the data centre is down: the centre is what it leads to."""
_HOSTED = re.compile(
    r"yang (?:ditempatkan|dititipkan|berada|berjalan) (?:pada|di) [^.,;]*|"
    r"(?:pada|di|dari) (?:server|pusat data|data center)[^.,;]*(?:kominfo\w*|diskominfo\w*)[^.,;]*",
    re.IGNORECASE,
)
_POWER_OF = re.compile(
    r"\b((?:aliran )?listrik|daya|genset|ups|panel|arus|pdu(?: \w)?)\s+(?:(?:di|pada|untuk)\s+)?(?:ruang(?:an)? server|server room|pusat data|data center|rak(?: \d+)?(?: \w+)?)",
    re.IGNORECASE,
)
"""The power of the server room is power: the room itself is only where it failed."""
_LINE_TO = re.compile(
    rf"\b(koneksi|jaringan|vpn|link)\s+(?:(?:ke|untuk|menuju)\s+)?(?:aplikasi\s+)?(?:{CATEGORIES['aplikasi']}|(?-i:SI[A-Z]{{2,}}\w*))(?!\w)",
    re.IGNORECASE,
)
"""The line to an application is a line."""
_QUOTED = re.compile(
    r"[\"“”'‘][^\"“”'’\n]{3,120}[\"“”'’]|\((?:pesan|error|muncul|tulisan|keterangan)\b[^)]*\)|\b(?:pesan|tulisan|error)\s*:[^.;\n]*",
    re.IGNORECASE,
)
"""What a screen says is no noun of the writer's."""
_SERVER_OF = re.compile(
    rf"(?<!\w)server\s+(?:lokal\s+)?(?:{CATEGORIES['aplikasi']}|{CATEGORIES['surel']}|(?-i:SI[A-Z]{{2,}}\w*))",
    re.IGNORECASE,
)


def hinted(statement: str) -> set[str]:
    """The categories that words of little meaning point to ("sistem", "login", "komputer")."""
    bare = _NO_NAME.sub(" ", _QUOTED.sub(" ", statement[:MOST_SAID]))
    return {name for name, pattern in _GENERIC.items() if pattern.search(bare)}


def named(statement: str) -> set[str]:
    """The categories whose nouns `statement` has; the head noun decides where one belongs to another."""
    text = _LINE_TO.sub(r"\1", _POWER_OF.sub(r"\1", _QUOTED.sub(" ", _HOSTED.sub(" ", statement[:MOST_SAID]))))
    found = {name for name, pattern in _NOUNS.items() if pattern.search(text)}
    if _ADDRESS.search(text) and not found & {"surel", "jaringan"}:
        found.add("situs_web")
    if _SERVER_OF.search(text):  # a mail server is mail, another system's server is a server
        found -= {"pusat_data"} if "surel" in found else {"aplikasi", "situs_web"}
    if "surel" in found:
        found -= {"situs_web"}
    if _REACHED_FOR.search(text):
        found -= {"pusat_data"}
    if re.search(r"\bportal\b", text, re.IGNORECASE) and "aplikasi" not in found and "layanan" in text.lower():
        found.add("aplikasi")
    return found - {"lainnya"} or found


def system_names(text: str) -> frozenset[str]:
    """The systems that `text` calls by name, in lower case: "simrs", "dinkes.contoh.example", "cctv"."""
    found = {match.group(0) for name in NAMED for match in _NOUNS[name].finditer(text)}
    found = {name for name in found if not _NO_SYSTEM.fullmatch(name)}
    found |= {match[1] for match in _CALLED.finditer(text)} | {match.group(0) for match in _ADDRESS.finditer(text)}
    return frozenset(name.lower() for name in found)
