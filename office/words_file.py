"""The short texts that officials read: `kata.yaml`. A key that is missing or misspelt is told with its line.

An office's own file stands above the one that is built in, key by key: what it says counts, what it lacks or says wrong
stays as it was.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from string import Formatter

import templates
from office.toml_file import SettingsError
from office.who_reads_file import read_who_reads
from parsers.documents.document import Reason
from parsers.letters.service_nouns import CATEGORIES
from sop.who_reads import Audience, Share, WhoReads
from sop.yaml_lines import Node, Problems, read_yaml
from templates.words import AnswerWords, Words

log = logging.getLogger(__name__)
KATA = templates.FOLDER / "kata.yaml"
_TEXTS = (
    *("dibaca", "surel_sederhana", "belum_dikenal", "tidak_dibalas", "perlu_dicek", "dikoreksi", "ketukan"),
    *("selengkapnya", "tanpa_opd", "tanpa_opd_subjek", "ketukan_percobaan", "kutipan_kami"),
)
_ANSWER = ("tombol", "kata", "dicatat", "isi", "petunjuk")
_ANSWERS = (
    *("ya", "tidak", "teruskan", "disposisi", "tugaskan", "tugaskan_tim", "laporan", "progres", "minta_waktu", "kirim"),
    *(
        "tidak.analisis",
        "perbaiki",
        "kembalikan",
        "diterima",
        "benar",
        "ralat",
        "ralat_menjadi",
        "batal",
        "belum",
        "gabung",
        "darurat",
        "abaikan",
    ),
)
"""What the procedure that is shipped and the rules offer; a procedure of the office's own may have more."""
_FIELDS = (
    *("jenis", "nomor", "tanggal", "sifat", "hal", "pengirim", "nip", "jabatan", "telepon", "email"),
    *("surel_dipastikan", "narahubung", "opd", "layanan", "lokasi", "waktu_kejadian", "ringkasan", "rujukan"),
)
_PARTS: dict[str, tuple[str, ...]] = {
    "saluran": ("surat", "nota_dinas", "email", "wag", "telepon"),
    "peristiwa": (
        *("reported", "reported_oleh", "reported_lanjutan", "reported_tertunda", "followed_up", "enriched"),
        *("corrected", "corrected_formulir", "corrected_belum", "corrected_sama"),
        *("asked_pejabat", "asked_wakil", "asked_pelimpahan", "asked_atasan", "released"),
        *("ladder_ingatkan", "ladder_kabari", "answered", "recorded", "extended", "proposed", "reassigned", "remarked"),
        *("objected", "order_added", "answered_after_end", "answered_after_end_bersama"),
        *("unclear", "withdrawn", "delegated", "away", "continued", "continued_oleh", "late", "untrusted"),
        *("system_acted", "linked", "unlinked", "took_in", "let_go", "clock_set_back", "undelivered", "closed"),
        *("ladder_ingatkan.jam_tenang", "ladder_ingatkan.bersama_lain", "ladder_ingatkan.tidak_ada"),
        "ladder_kabari.tidak_ada",
    ),
    "otomatis": ("dijawab", "tutup", "lanjut"),
    "peristiwa_pelapor": (
        *("reported", "reported_oleh", "reported_lanjutan", "reported_tertunda", "followed_up", "asked_pejabat.tim"),
        *("answered.analisis.ya", "answered.analisis.tidak", "answered.penanganan.laporan", "recorded.untuk_pelapor"),
        *("extended.untuk_pelapor", "linked", "unlinked", "continued", "continued_oleh", "closed"),
        "closed.tanpa_tanda_terima",
    ),
    "hasil_bagi_pelapor": ("penyebab", "tindakan", "hasil"),
    "dibuka_lagi": ("belum", "darurat", "ralat"),
    "kartu": (
        *("nomor_insiden", "opd", "opd_lain", "nomor", "tanggal", "sifat", "hal", "layanan", "lokasi"),
        *("waktu_kejadian", "pengirim", "tanpa_balasan", "narahubung", "telepon", "diterima", "dibuka_lagi"),
        "ringkasan",
    ),
    "layanan": tuple(CATEGORIES),
    "tidak_dibalas_karena": ("tidak asli",),
    "sebab_lampiran": (Reason.LOCKED, Reason.BROKEN, Reason.SEALED, Reason.ELSEWHERE),
    "isian": _FIELDS,
}
"""The keys that each of these has: all of them, and no others."""
_FILLED_IN: dict[str, tuple[str, ...]] = {
    "peristiwa": (
        *("diterima", "nama", "jabatan", "peran", "keputusan", "tahap", "alasan", "oleh", "dibuka", "ditulis", "lain"),
        *("menit", "hasil", "saluran", "lisan", "otomatis", "perubahan"),
    ),
    "otomatis": ("keputusan",),
    "peristiwa_pelapor": ("diterima", "tim", "lain", "menit", "hasil", "saluran"),
    "tidak_dibalas_karena": ("alamat",),
    "tidak_dibalas": ("alamat",),
    "belum_dikenal": ("alamat",),
    "dibaca": ("diterima", "dibaca"),
    "dikoreksi": ("jabatan", "nama", "jam"),
}
"""What may stand in {braces} there. Elsewhere braces are text, apart from an answer's {nomor}."""

_OF_A_PROCEDURE = re.compile(r"answered\.\w{1,80}\.\w{1,80}|closed\.\w{1,80}")
"""What reporters may be told besides: of an answer or an outcome that only a procedure of the office's own has."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """What a file says, by the keys that it has."""

    answers: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, str]
    asked_for: Mapping[str, str]

    def words(self) -> Words:
        return Words(
            answers={
                decision: AnswerWords(said["tombol"], said["kata"], said["isi"], said["petunjuk"])
                for decision, said in self.answers.items()
            },
            recorded={decision: said["dicatat"] for decision, said in self.answers.items()},
            channels=self.parts["saluran"],
            sentences=self.parts["peristiwa"],
            reporter_sentences=self.parts["peristiwa_pelapor"],
            by_itself=self.parts["otomatis"],
            result_labels=self.parts["hasil_bagi_pelapor"],
            reopenings=self.parts["dibuka_lagi"],
            card=self.parts["kartu"],
            read_later=self.texts["dibaca"],
            services=self.parts["layanan"],
            plain_mail=self.texts["surel_sederhana"],
            knock=self.texts["ketukan"],
            our_quote=self.texts["kutipan_kami"],
            knock_trial=self.texts["ketukan_percobaan"],
            unknown_sender=self.texts["belum_dikenal"],
            no_reply=self.texts["tidak_dibalas"],
            no_reply_because=self.parts["tidak_dibalas_karena"],
            uncertain=self.texts["perlu_dicek"],
            corrected=self.texts["dikoreksi"],
            attachment_faults=self.parts["sebab_lampiran"],
            no_office=self.texts["tanpa_opd"],
            no_office_subject=self.texts["tanpa_opd_subjek"],
            more_enclosed=self.texts["selengkapnya"],
            fields=self.parts["isian"],
            asked_for=self.asked_for,
        )


def read_words(folder: Path | None = None) -> Words:
    """The words that are built in, under those of the office's own `folder`; what is wrong there is logged.

    Raises: SettingsError, where the file that is built in is not good.
    """
    words, problems = office_words(folder)
    for problem in problems:
        log.error("%s; dipakai kata bawaan", problem)
    return words


def office_words(folder: Path | None) -> tuple[Words, list[str]]:
    """As `read_words`, and what is wrong with the office's own file: one line each. Raises: SettingsError."""
    texts, problems = _office_texts(folder)
    words = texts.words()
    return replace(words, who_reads=_with_what_is_worded(read_who_reads(), words)), problems


def own_reporter_keys(words: Words) -> list[str]:
    """Of which answers and outcomes the office tells reporters besides what is built in."""
    return sorted(set(words.reporter_sentences) - set(_PARTS["peristiwa_pelapor"]))


def _with_what_is_worded(table: WhoReads, words: Words) -> WhoReads:
    """An answer for which the office has a sentence for reporters is told to them by it, and nobody is quoted."""
    others = table.lines.get("answered", {})
    own = [key for key in own_reporter_keys(words) if key.startswith("answered.") and key not in table.lines]
    return replace(table, lines={**table.lines, **{key: {**others, Audience.REPORTER: Share.LINE} for key in own}})


def _office_texts(folder: Path | None) -> tuple[_Texts, list[str]]:
    builtin = _builtin()
    own = folder / KATA.name if folder else KATA
    if own == KATA or not own.exists():
        return builtin, []
    try:
        text = own.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return builtin, [f"{own} tidak dapat dibaca: {error}"]
    problems = Problems(own.name)
    return _above(builtin, read_yaml(text, problems)), problems.lines


def _builtin() -> _Texts:
    try:
        text = KATA.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([f"{KATA} tidak dapat dibaca: {error}"]) from error
    return _whole(text, KATA.name)


def parse_words(text: str, file: str) -> Words:
    """The words in the text of a file called `file`, which must have all keys. Raises: SettingsError."""
    return _whole(text, file).words()


@lru_cache(maxsize=2)
def _whole(text: str, file: str) -> _Texts:
    """The same text is read only once. Raises: SettingsError."""
    problems = Problems(file)
    root = read_yaml(text, problems)
    if problems.lines:
        raise SettingsError(problems.lines)
    root.only("keputusan", "yang_kurang", *_PARTS, *_TEXTS)
    answers = _answers(root.child("keputusan"))
    parts = {part: _part(root.child(part), keys, _FILLED_IN.get(part)) for part, keys in _PARTS.items()}
    texts = {key: _written(root, key, _FILLED_IN.get(key)) for key in _TEXTS}
    asked_for = root.child("yang_kurang")
    asked_for.only(*_FIELDS)
    found = _Texts(answers, parts, texts, {field: _written(asked_for, field) for field in asked_for.items})
    if problems.lines:
        raise SettingsError(problems.lines)
    return found


def _above(builtin: _Texts, root: Node) -> _Texts:
    """What is good in an office's own file, above what is built in."""
    root.only("keputusan", "yang_kurang", *_PARTS, *_TEXTS)
    answers, said = dict(builtin.answers), root.child("keputusan")
    for decision in said.items:
        good = _good(said.child(decision), _ANSWER)
        if decision in answers:
            answers[decision] = {**answers[decision], **good}
        elif set(_ANSWER) <= set(good):
            answers[decision] = good
        else:
            said.problem(f"`{decision}` harus memuat {', '.join(_ANSWER)}", decision)
    parts = {
        part: {**builtin.parts[part], **_good(root.child(part), _with_own(root, part, keys), _FILLED_IN.get(part))}
        for part, keys in _PARTS.items()
    }
    texts = {key: _good(root, (key,), _FILLED_IN.get(key), alone=False).get(key, builtin.texts[key]) for key in _TEXTS}
    asked_for = {**builtin.asked_for, **_good(root.child("yang_kurang"), _FIELDS)}
    return _Texts(answers, parts, texts, asked_for)


def _with_own(root: Node, part: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    if part != "peristiwa_pelapor":
        return keys
    own = (key for key in root.child(part).items if key not in keys and _OF_A_PROCEDURE.fullmatch(key))
    return (*keys, *own)


def _good(
    node: Node, keys: tuple[str, ...], filled_in: tuple[str, ...] | None = None, *, alone: bool = True
) -> dict[str, str]:
    """Those of `keys` that stand there and are good; `alone`: no others may."""
    if alone:
        node.only(*keys)
    found = dict[str, str]()
    for key in (key for key in keys if key in node.items):
        before = len(node.problems.lines)
        text = _written(node, key, filled_in)
        if len(node.problems.lines) == before:
            found[key] = text
    return found


def _answers(node: Node) -> dict[str, dict[str, str]]:
    """By decision, what `_ANSWER` names."""
    for decision in _ANSWERS:
        if decision not in node.items:
            node.problem(f"`{decision}` harus diisi")
    return {decision: _part(node.child(decision), _ANSWER) for decision in node.items}


def _part(node: Node, keys: tuple[str, ...], filled_in: tuple[str, ...] | None = None) -> dict[str, str]:
    node.only(*keys)
    return {key: _written(node, key, filled_in) for key in keys}


def _written(node: Node, key: str, filled_in: tuple[str, ...] | None = None) -> str:
    """The text as it stands there: an answer's body ends with the space that its writer goes on after."""
    node.text(key)
    text = str(node.items.get(key, ""))
    if filled_in is not None:
        try:
            unknown = [name for _, name, _, _ in Formatter().parse(text) if name is not None and name not in filled_in]
        except ValueError:
            node.problem(f"`{key}`: kurung {{ dan }} tidak berpasangan", key)
        else:
            for name in unknown:
                node.problem(f"`{key}`: {{{name}}} tidak dikenal; yang dikenal: {', '.join(filled_in)}", key)
    return text
