"""What may stand in `pejabat.yaml`, key by key: `office.people` reads by it, editors complete by its JSON Schema."""

from __future__ import annotations

from sop.declared import Key, Keys, Schema, listed, mapping, named, or_nothing, whole_text
from sop.people import Policy
from sop.yaml_lines import TEXT

ADDRESS = r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+"
HOURS = r"([01]\d|2[0-3])[.:]([0-5]\d)\s*-\s*([01]\d|2[0-3])[.:]([0-5]\d)"
_ADDRESSES: Schema = {
    **whole_text(ADDRESS),
    "type": ["string", "array"],
    "items": whole_text(ADDRESS),
    "minItems": 1,
}
_ACTING: Schema = {**whole_text(r"[. ]*[Pp][Ll][HhTt][. ]*"), "examples": ["Plh", "Plt"]}
_DAY = whole_text(r"\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?")
_MOMENT = whole_text(r"\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}[.:]\d{1,2}")
_ROLE = Key(
    "Peran: salah satu kunci `pelaksana` pada berkas prosedur, misalnya helpdesk atau kabid.", TEXT, needed=True
)

PERSON: Keys = {
    "kode": Key(
        "Nama pendek yang tetap; tercatat dalam jurnal, jangan dipakai lagi untuk orang lain.", TEXT, needed=True
    ),
    "peran": _ROLE,
    "nama": Key("Nama lengkap dengan gelar.", TEXT, needed=True),
    "nip": Key("NIP, di antara tanda kutip.", {"type": ["string", "number", "null"]}),
    "jabatan": Key("Jabatan seperti tertulis pada naskah dinas.", TEXT, needed=True),
    "surel": Key(
        "Satu alamat, atau daftar; surat dikirim ke yang pertama, jawaban sah dari semuanya.", _ADDRESSES, needed=True
    ),
    "unit": Key("Untuk Tim Teknis: nama tim yang disebut dalam penugasan.", {"type": ["string", "number", "null"]}),
    "ajudan": Key("Alamat staf yang boleh menjawab atas nama pejabat ini; pejabatnya selalu dikabari.", _ADDRESSES),
}
DEPUTY: Keys = {
    **PERSON,
    "sebutan": Key("Plh atau Plt.", _ACTING, needed=True),
    "surat_perintah": Key("Nomor surat perintahnya.", TEXT, needed=True),
    "mulai": Key("Hari pertama berlaku, misalnya 2026-11-23, tanpa tanda kutip.", _DAY, needed=True),
    "sampai": Key("Hari terakhir berlaku, misalnya 2026-12-31, tanpa tanda kutip.", _DAY, needed=True),
}
DUTY: Keys = {
    "peran": _ROLE,
    "petugas": Key("`kode` pejabat yang bertugas.", TEXT, needed=True),
    "mulai": Key('Hari dan jam WIB di antara tanda kutip: "2026-11-23 16.00".', _MOMENT, needed=True),
    "sampai": Key('Hari dan jam WIB di antara tanda kutip: "2026-11-24 07.30".', _MOMENT, needed=True),
}
PEOPLE: Keys = {
    "pejabat": Key("Pejabat yang menjalankan prosedur.", listed(mapping(PERSON)), needed=True),
    "wakil": Key(
        "Pelaksana harian atau pelaksana tugas; hanya berlaku dari `mulai` sampai `sampai`.",
        or_nothing(listed(mapping(DEPUTY))),
    ),
    "piket": Key(
        "Petugas piket: selama itu hanya mereka yang ditanya untuk perannya.", or_nothing(listed(mapping(DUTY)))
    ),
    "jam_tenang": Key(
        "Peran dan jamnya (WIB), misalnya kadis: 21.00-05.00. Selama itu peran ini tidak diingatkan.",
        or_nothing(named(whole_text(HOURS))),
    ),
    "kepercayaan": Key(
        "Peran dan syarat jawabannya. strict: keaslian pengirim harus terbukti; warn (bila tidak ditulis): yang belum "
        "terbukti diterima, dan pejabatnya diberi tahu.",
        or_nothing(named({"enum": list(Policy)})),
    ),
}
SCHEMA: Schema = mapping(PEOPLE)
