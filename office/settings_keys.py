"""What may stand in `siaga.toml`, key by key: `TomlFile` reads by it, editors complete by its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sop.declared import Json, Key, Keys, Schema, listed, mapping, one_of_required

SECURITIES = ("tls", "starttls", "tanpa")
KINDS = ("imap", "exchange", "maildir")
WAYS = ("smtp", "exchange")
LOGINS = ("sandi", "oauth2")
EXCHANGE_LOGINS = ("ntlm", "basic")
FLOWS = ("klien", "penyegar")
TELLS = {"maildir": "maildir", "ews": "exchange", "server": "imap"}
"""What a section that names no `jenis` must be, by what else it names."""
DOMAIN = r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
MOMENT = r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2})[.:](\d{2})(?:[.:]00)?)?"
PORTS = range(1, 65536)


def _text(says: str, default: str | None = "", **further: Json) -> Key:
    return Key(says, {"type": "string", **further}, default)


def _needed(says: str, pattern: str = r"\S") -> Key:
    return Key(says, {"type": "string", "pattern": pattern}, needed=True)


def _chosen(says: str, *choices: str) -> Key:
    return Key(says, {"enum": choices}, choices[0], choices=choices)


def _whole(says: str, default: int | None, least: int = PORTS.start) -> Key:
    return Key(says, {"type": "integer", "minimum": least, "maximum": PORTS.stop - 1}, default, least=least)


def _secret(key: str, says: str) -> Keys:
    return {
        f"{key}_env": _text(f"Variabel lingkungan yang berisi {says}."),
        key: _text(f"Isi {says}; lebih aman lewat {key}_env."),
    }


_CA = _text("Berkas sertifikat CA yang menandatangani sertifikat server; bila kosong: yang dipercaya mesin ini.")
_SERVER: Keys = {
    "server": _text("Nama atau alamat server."),
    "port": _whole("Port server; bila tidak ditulis: yang lazim untuk `keamanan`.", None),
    "keamanan": _chosen("TLS; tanpa hanya untuk percobaan di mesin sendiri.", *SECURITIES),
    "ews": _text("Alamat EWS di server Exchange, misalnya https://mail.contoh.example/EWS/Exchange.asmx."),
    "nama": _text("Nama login."),
    "otentikasi": Key(
        "sandi (yang lazim) atau oauth2 (lihat [oauth2]); untuk Exchange: ntlm (yang lazim) atau basic.",
        {"enum": (*LOGINS, *EXCHANGE_LOGINS)},
        choices=LOGINS,
    ),
    **_secret("sandi", "kata sandi"),
    "sertifikat_ca": _CA,
}
_MAILBOX: Keys = {
    "jenis": _chosen("Jenis kotak surat.", *KINDS),
    "alamat": _text("Exchange: alamat kotak surat bersama; bila tidak ditulis: kotak surat `nama`."),
    **_SERVER,
    "maildir": _text("Folder Maildir yang diisi fetchmail atau getmail."),
    "folder": _text("Folder yang dipantau.", "INBOX"),
    "mulai": Key(
        'Hari dan jam WIB, misalnya "2026-11-26 08.00"; surat yang diterima server sebelumnya hanya dicatat.',
        {"type": "string", "pattern": rf"^\s*(?:{MOMENT})\s*$"},
    ),
}
SECTIONS: Mapping[str, Keys] = {
    "kantor": {
        "nama": _needed("Nama kantor, seperti di kop surat."),
        "unit": _text("Unit yang menjalankan prosedur."),
        "tempat": _text("Tempat pada tanggal naskah.", "Padang"),
        "kop": Key("Baris-baris kop naskah.", listed({"type": "string"}), ()),
    },
    "kotak_surat": {
        **_MAILBOX,
        "alamat": _needed("Alamat surel resmi kantor, misalnya darurat@contoh.go.id.", "@"),
        "authserv_id": _text(
            'Nama server penerima kita di Authentication-Results; "tanpa-nama" bila tidak disebutnya (Office 365).'
        ),
        "periksa_dkim": Key("true: tanda tangan DKIM diperiksa di sini.", {"type": "boolean"}, default=False),
        "arc_tepercaya": Key(
            'Domain penerus surat yang segel ARC-nya dipercaya, misalnya ["google.com"].',
            listed({"type": "string", "pattern": f"^{DOMAIN}$"}),
            (),
        ),
    },
    "kotak_surat_lain": _MAILBOX,
    "pengiriman": {
        "jenis": _chosen("exchange: mengirim lewat Exchange dari [kotak_surat].", *WAYS),
        **_SERVER,
        "alamat": _text("Exchange: alamat kotak surat pengirim; bila tidak ditulis: seperti di [kotak_surat]."),
        "arsip": _text("Penerima salinan semua surel keluar; bila tidak ditulis: alamat resmi.", None),
        "per_menit": _whole("Paling banyak surel keluar dalam satu menit; 0 = tanpa batas.", 120, least=0),
        "tunggu_salinan": _whole("Detik menunggu salinan surel yang diragukan sebelum dikirim ulang.", 600),
    },
    "oauth2": {
        "alur": _chosen("klien (aplikasi sendiri) atau penyegar (izin seorang pengguna).", *FLOWS),
        "alamat_token": _needed("Alamat server token; https."),
        "id_klien": _needed("ID klien aplikasi yang didaftarkan."),
        **_secret("rahasia", "rahasia klien"),
        **_secret("token_penyegar", "token penyegar"),
        "cakupan": Key(
            "Cakupan yang diminta, misalnya https://outlook.office365.com/.default.",
            {"type": ["string", "array"], "items": {"type": "string"}},
            (),
        ),
        "sertifikat_ca": _CA,
    },
    "berkas": {
        "data": _text("Folder jurnal, register dan laporan.", "data"),
        "arsip": _text("Folder arsip surel; bila kosong: di dalam data."),
        "pejabat": _text("Daftar pejabat.", "pejabat.yaml"),
        "opd": _text("Daftar OPD.", "opd.csv"),
        "templat": _text("Folder templat kantor (kata.yaml, mail, papers); yang tidak ada di situ tetap bawaan."),
    },
    "jurnal": {"url": _text("postgresql+psycopg://…; bila kosong: SQLite di folder data.")},
    "prosedur": {"berkas": _text("Berkas prosedur; bila kosong: SOP Darurat Kondisi Layanan.")},
    "prefect": {
        "url": _text("Server Prefect di tempat lain; bila kosong: Siaga menjalankannya sendiri."),
        "nama": _text("Nama login server di url.", "admin", pattern="^[^:]*$"),
        **_secret("sandi", "sandi server di url"),
        "port": _whole("Port server Prefect yang dijalankan Siaga.", 4200),
    },
    "ketuk": {
        "alamat": Key(
            'Alamat apprise, misalnya ["ntfys://ntfy.contoh.example/siaga"]; hanya untuk seorang: "kabid=...".',
            listed({"type": "string", "pattern": "://"}),
            (),
        ),
        "alamat_env": _text("Variabel lingkungan yang berisi alamat-alamat itu, dipisahkan spasi."),
    },
}


def _where(key: str, value: str, choices: tuple[str, ...], then: Schema) -> Schema:
    """`then` holds where `key` says `value`, or is not written and that is the usual."""
    said: Schema = {} if value == choices[0] else {"required": [key]}
    return {"if": {"properties": {key: {"const": value}}, **said}, "then": then}


def _login(*needed: str, by: tuple[str, ...]) -> Schema:
    return {"required": needed, "properties": {"otentikasi": {"enum": by}}}


_FURTHER: Mapping[str, Schema] = {
    "kotak_surat": {
        "allOf": [
            _where("jenis", "imap", KINDS, _login("server", by=LOGINS)),
            _where("jenis", "exchange", KINDS, _login("ews", "nama", by=EXCHANGE_LOGINS)),
            _where("jenis", "maildir", KINDS, {"required": ["maildir"]}),
        ]
    },
    "pengiriman": {
        "allOf": [
            _where("jenis", "smtp", WAYS, _login("server", by=LOGINS)),
            _where("jenis", "exchange", WAYS, _login(by=EXCHANGE_LOGINS)),
        ]
    },
    "oauth2": {
        "allOf": [
            _where("alur", "klien", FLOWS, {"required": ["cakupan"], "anyOf": one_of_required(_secret("rahasia", ""))}),
            _where("alur", "penyegar", FLOWS, {"anyOf": one_of_required(_secret("token_penyegar", ""))}),
        ]
    },
}
"""What is needed depends on what else is said."""
_SAYS = {
    "kantor": "Kantor yang tertulis di kop dan surel.",
    "kotak_surat": "Kotak surat resmi yang dibaca Siaga.",
    "kotak_surat_lain": "Kotak surat lain yang ikut dipantau; yang tidak ditulis sama dengan [kotak_surat].",
    "pengiriman": "Server pengirim.",
    "oauth2": 'Masuk dengan token, untuk server yang ber-otentikasi = "oauth2".',
    "berkas": "Berkas dan folder; relatif terhadap folder berkas ini.",
    "jurnal": "Jurnal.",
    "prosedur": "Prosedur yang dijalankan.",
    "prefect": "Server Prefect.",
    "ketuk": "Jalan kedua bila permintaan keputusan melewati batas waktu.",
}
_NEEDED = ("kantor", "kotak_surat", "pengiriman")


def _section(name: str) -> Schema:
    if name == "kotak_surat_lain":  # what is not written there is mostly as in [kotak_surat]
        return listed(mapping({key: replace(of, default=None) for key, of in SECTIONS[name].items()}))
    return mapping(SECTIONS[name], **_FURTHER.get(name, {}))


SCHEMA: Schema = mapping({name: Key(_SAYS[name], _section(name), needed=name in _NEEDED) for name in SECTIONS})
