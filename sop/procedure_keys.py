"""What may stand in a procedure file, key by key: `sop.load` reads by it, editors complete by its JSON Schema."""

from __future__ import annotations

from sop.declared import Json, Key, Keys, Schema, listed, mapping, named, one_of_required, or_nothing, whole_text
from sop.procedure import Effect, RungAction
from sop.yaml_lines import DURATION, FLAG, TEXT, WHOLE, WORDS

NAME = r"[a-z][a-z0-9_]*"
PREFIX = r"[A-Z]{2,5}"
_WHOM = "peran di `pelaksana`, atau pelapor"

NOTIFICATION: Keys = {
    "isi": Key("Nama templat surel di templates/mail, tanpa akhiran.", TEXT, needed=True),
    "untuk": Key(f"Penerimanya: {_WHOM}.", WORDS),
}
_LETTERS = or_nothing(listed(mapping(NOTIFICATION)))

EFFECTS: dict[Effect, Key] = {
    Effect.ADVANCE: Key("Melanjutkan ke tahap ini.", TEXT),
    Effect.CLOSE: Key("Menutup insiden dengan hasil ini (salah satu dari `hasil`).", TEXT),
    Effect.RETURN: Key("Mengembalikan ke tahap ini untuk perbaikan.", TEXT),
    Effect.RECORD: Key(f"Hanya dicatat, dan dikabarkan kepada: {_WHOM}.", WORDS),
    Effect.EXTEND: Key(f"Meminta tambahan waktu; dikabarkan kepada: {_WHOM}.", WORDS),
}
REPLY = mapping({effect.value: key for effect, key in EFFECTS.items()}, minProperties=1, maxProperties=1)

_AUTOMATIC: list[Json] = [{"type": "string"}, REPLY]
ACTIONS: dict[RungAction, Key] = {
    RungAction.REMIND: Key("Mengingatkan yang ditunggu; tulis: pejabat.", WORDS),
    RungAction.ESCALATE: Key("Mengalihkan kepada wakil (Plh/Plt yang ditunggu), atau peran lain.", WORDS),
    RungAction.INFORM: Key("Mengabari peran ini; yang ditunggu tetap sama.", WORDS),
    RungAction.AUTOMATIC: Key(
        "Dijawab oleh sistem: kata di `jawaban` yang melanjutkan atau menutup, atau akibatnya: {tutup: nama_hasil}.",
        {"anyOf": _AUTOMATIC},
    ),
}
RUNG: Keys = {
    "setelah": Key("Lama sejak tahap dimulai, misalnya 3 menit; anak tangga urut menurut ini.", DURATION, needed=True),
    **{action.value: key for action, key in ACTIONS.items()},
    "ulangi": Key("Hanya di anak tangga terakhir: diulangi setiap kali selama ini berlalu.", DURATION),
}
STAGE: Keys = {
    "nama": Key("Nama tahap: huruf kecil, angka dan garis bawah.", whole_text(NAME), needed=True),
    "sebutan": Key("Sebutan tahap di surel dan register; bila tidak ditulis: `singkat` langkahnya.", TEXT),
    "tunggu": Key("Peran yang ditunggu jawabannya.", TEXT, needed=True),
    "penugasan": Key("ya: yang ditunggu hanya tim yang ditugaskan.", FLAG, "tidak"),
    "tembusan": Key("Peran yang diberi tembusan permintaannya.", WORDS),
    "surat": Key("Nama templat surel permintaan di templates/mail, tanpa akhiran.", TEXT, needed=True),
    "lampiran": Key("Lampiran permintaan: surat_asli, laporan_analisis, lembar_disposisi, laporan_hasil, …", WORDS),
    "saat_mulai": Key("Surel pemberitahuan saat tahap dimulai.", _LETTERS),
    "waktu": Key(
        "Janji kepada pejabat tahap ini; bila tidak ditulis: `waktu` langkahnya. Baku langkah: jumlahnya.",
        DURATION,
    ),
    "jawaban": Key(
        "Kata keputusan yang sah, dan satu akibat masing-masing.", named(REPLY, minProperties=1), needed=True
    ),
    "tangga": Key(
        "Yang terjadi selama belum dijawab; anak tangga terakhir `otomatis` atau punya `ulangi`.",
        listed(mapping(RUNG, oneOf=one_of_required(RungAction)), minItems=1),
        needed=True,
    ),
}
STEP: Keys = {
    "nomor": Key("Nomor langkah menurut SOP: 1, 2, 3, … berurutan.", WHOLE, needed=True),
    "kegiatan": Key("Kegiatan menurut naskah SOP.", TEXT, needed=True),
    "singkat": Key("Sebutan singkat langkah; bila tidak ditulis: `kegiatan`.", TEXT),
    "pelaksana": Key(f"Pelaksana langkah menurut SOP: {_WHOM}.", WORDS),
    "kelengkapan": Key("Kelengkapan menurut SOP.", WORDS),
    "waktu": Key("Waktu baku menurut SOP, misalnya 3 menit.", DURATION, needed=True),
    "output": Key("Output menurut SOP.", TEXT, needed=True),
    "tahap": Key("Penantian di dalam langkah, satu demi satu.", or_nothing(listed(mapping(STAGE)))),
    "surat": Key("Surel pemberitahuan pada langkah ini.", _LETTERS),
}
AFTERWARDS: Keys = {
    "tahap": Key("Tahap yang jawabannya masih sah sesudah insiden berakhir demikian.", TEXT, needed=True),
    "jawaban": Key("Kata keputusan di `jawaban` tahap itu.", TEXT, needed=True),
    "menjadi": Key("Hasil insiden karenanya (salah satu dari `hasil`).", TEXT, needed=True),
}
OUTCOME: Keys = {
    "sebutan": Key("Sebutan hasil di surel dan register.", TEXT, needed=True),
    "surat": Key("Surel penutup.", _LETTERS),
    "menyusul": Key("Jawaban yang masih sah sesudahnya, dan akibatnya.", or_nothing(listed(mapping(AFTERWARDS)))),
}
NOT_BACK: Keys = {
    "dalam": Key("Selama ini sejak penutupan, BELUM dari pelapor membuka pekerjaan lagi.", DURATION, needed=True),
    "setelah": Key("Hanya sesudah hasil-hasil ini.", WORDS),
    "kabari": Key("Peran yang dikabari bahwa layanan belum pulih.", WORDS),
}
PROCEDURE: Keys = {
    "kode": Key("Kode prosedur yang tetap; tercatat dalam jurnal.", TEXT, needed=True),
    "nama": Key("Nama SOP.", TEXT, needed=True),
    "versi": Key("Naikkan bila berkas diubah; insiden yang berjalan memakai versi lamanya.", WHOLE, needed=True),
    "dasar": Key("Nomor dan tanggal naskah SOP.", TEXT, needed=True),
    "awalan": Key("Awal nomor insiden: 2 sampai 5 huruf kapital, misalnya DKL.", whole_text(PREFIX), needed=True),
    "pelaksana": Key("Peran dan sebutannya.", named(TEXT), needed=True),
    "langkah": Key("Langkah-langkah SOP.", listed(mapping(STEP)), needed=True),
    "hasil": Key("Cara insiden berakhir.", named(mapping(OUTCOME)), needed=True),
    "belum_pulih": Key("Kata akhir pelapor sesudah penutupan.", mapping(NOT_BACK)),
    "arahan": Key("Peran yang segera dikabari arahan pejabat di samping jawabannya.", WORDS),
    "satukan_pengingat": Key("Pengingat kepada orang yang sama dalam jangka ini menjadi satu surel.", DURATION),
}
SCHEMA: Schema = mapping(PROCEDURE)
