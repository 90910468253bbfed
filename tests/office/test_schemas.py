"""The JSON Schemas that editors complete by say what the readers read: the same keys, and nothing refused that is taken."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from office.people import PeopleError, read_people
from office.settings import SettingsError, read_settings
from office.settings_keys import SECTIONS
from scripts.schemas import FOLDER, SCHEMAS, drawn
from siaga.cli import siaga
from siaga.demo.cast import PEOPLE
from siaga.demo.posts import KINDS
from siaga.demo.run import write_settings
from sop.declared import Key, Keys
from sop.load import BUILTIN, ProcedureError, load_procedure, parse_procedure
from sop.procedure import Effect, RungAction
from sop.procedure_keys import ACTIONS, EFFECTS
from tests.office.test_documented_settings import FRAGMENTS, settings_of
from tests.office.test_settings_and_people import BY_TOKEN, settings_file

SOP = Path(__file__).parents[1] / "sop"
ROLES = dict(load_procedure().roles)
VALIDATORS = {name.partition(".")[0]: Draft7Validator(json.loads(drawn(name))) for name in SCHEMAS}
Changes = tuple[tuple[str, str], ...]
ODD: tuple[Any, ...] = ([["x"]], {"asing": "x"}, "", None, -1, "x y", True)

EVERY_PROCEDURE_KEY = """
kode: kecil
nama: Kecil
versi: 1
dasar: contoh
awalan: KCL
satukan_pengingat: 1 menit
arahan: [kabid]
pelaksana: {helpdesk: Helpdesk, kabid: Kabid}
langkah:
  - nomor: 1
    kegiatan: Melapor
    singkat: Lapor
    pelaksana: [pelapor]
    kelengkapan: [Surat]
    waktu: 3 menit
    output: Laporan
    surat: [{isi: tanda_terima, untuk: [pelapor]}]
    tahap:
      - nama: analisis
        sebutan: Analisis
        tunggu: helpdesk
        penugasan: ya
        tembusan: [kabid]
        surat: minta_analisis
        lampiran: [surat_asli]
        saat_mulai: [{isi: penanganan_dimulai, untuk: [pelapor]}]
        waktu: 5 menit
        jawaban:
          ya: {lanjut: analisis}
          tidak: {tutup: selesai}
          ulang: {kembali: analisis}
          progres: {catat: [kabid]}
          minta_waktu: {perpanjang: [kabid]}
        tangga:
          - {setelah: 2 menit, ingatkan: pejabat}
          - {setelah: 3 menit, alihkan: wakil}
          - {setelah: 4 menit, kabari: [kabid], ulangi: 3 menit}
      - nama: akhir
        tunggu: kabid
        surat: minta_analisis
        jawaban: {ya: {tutup: selesai}, kembali: {kembali: analisis}}
        tangga:
          - {setelah: 6 menit, otomatis: {tutup: selesai}}
hasil:
  selesai:
    sebutan: Selesai
    surat: [{isi: penutupan, untuk: [pelapor]}]
    menyusul: [{tahap: akhir, jawaban: ya, menjadi: selesai}]
belum_pulih: {dalam: 24 jam, setelah: [selesai], kabari: [kabid]}
""".replace("ya: {lanjut: analisis}", "ya: {lanjut: akhir}")

EVERY_PEOPLE_KEY = f"""{PEOPLE}
piket: [{{peran: kadis, petugas: kadis, mulai: "2026-11-23 16.00", sampai: "2026-11-24 07.30"}}]
jam_tenang: {{kadis: 21.00-05.00}}
kepercayaan: {{kadis: strict}}
""".replace("jabatan: Kepala Dinas,", "jabatan: Kepala Dinas, ajudan: [ajudan@contoh.example],").replace(
    "    sebutan: Plh\n", "    sebutan: Plh\n    unit: jaringan\n    ajudan: staf@contoh.example\n"
)


def plain(value: Any) -> Any:
    """As an editor sees it: a day is a text like any other."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, date) else value


def wrong(schema: str, content: Any) -> list[str]:
    return [error.message for error in VALIDATORS[schema].iter_errors(plain(content))]


def yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything that stands in a file."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(item, (*path, key))


def changed(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The same with another value in one place."""
    whole = inner = deepcopy(content)
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return whole


def unwritten(schema: Any, values: list[Any], path: str = "") -> Iterator[str]:
    """The keys of a schema that a file does not have."""
    for name, inner in schema.get("properties", {}).items():
        found = [value[name] for value in values if isinstance(value, dict) and name in value]
        if not found:
            yield f"{path}.{name}"
        yield from unwritten(inner, found, f"{path}.{name}")
    if "items" in schema:
        yield from unwritten(
            schema["items"], [one for value in values if isinstance(value, list) for one in value], path
        )
    if isinstance(schema.get("additionalProperties"), dict):
        yield from unwritten(schema["additionalProperties"], [one for value in values for one in value.values()], path)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_schemas_are_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == drawn(name), "make schemas"
    Draft7Validator.check_schema(json.loads(drawn(name)))


def test_the_files_to_start_from_name_the_schemas_that_stand_beside_them_and_fit(tmp_path: Path) -> None:
    (tmp_path / "prosedur.schema.json").write_text("{}", encoding="utf-8")
    assert CliRunner().invoke(siaga, ["init", str(tmp_path)]).exit_code == 0
    for name, modeline in (("siaga.toml", "#:schema "), ("pejabat.yaml", "# yaml-language-server: $schema=")):
        text = (tmp_path / name).read_text(encoding="utf-8")
        schema = (tmp_path / text.splitlines()[0].removeprefix(modeline)).read_text(encoding="utf-8")
        content = tomllib.loads(text) if name.endswith("toml") else yaml(text)
        assert not [error.message for error in Draft7Validator(json.loads(schema)).iter_errors(plain(content))]
    assert json.loads((tmp_path / "prosedur.schema.json").read_text(encoding="utf-8"))["title"], "schemas are renewed"


def test_every_line_to_uncomment_fits_the_schema() -> None:
    seen, section = set(), ""
    for line in (FOLDER / "siaga.toml").read_text(encoding="utf-8").splitlines():
        heading = re.match(r"(?:# )?\[\[?(\w+)\]", line)
        setting = re.match(r"(?:# )?(\w+ = .*)", line)
        section = heading[1] if heading else section
        if setting and not heading:
            [(key, value)] = tomllib.loads(setting[1]).items()
            seen.add(section)
            assert not list(Draft7Validator(SECTIONS[section][key].schema()).iter_errors(value)), line
    assert seen == set(SECTIONS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_files_of_the_demonstration_fit_the_schemas(tmp_path: Path, kind: str) -> None:
    with KINDS[kind](tmp_path, lambda *_: None, lambda: datetime.now(UTC)) as post:
        settings = write_settings(tmp_path, post)
    assert not wrong("siaga", tomllib.loads(settings.read_text(encoding="utf-8")))
    assert not wrong("pejabat", yaml((tmp_path / "pejabat.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [BUILTIN, SOP / "second_procedure.yaml"], ids=lambda path: path.stem)
def test_procedures_that_are_followed_fit_the_schema(path: Path) -> None:
    assert not wrong("prosedur", yaml(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_documented_settings_fit_the_schema(fragment: str) -> None:
    assert not wrong("siaga", tomllib.loads(f'[kantor]\nnama = "Dinas"\n{fragment}'))


SEEN_BY_THE_READER_ONLY = {
    "arahan_peran_tidak_ada",
    "hasil_tidak_ada",
    "menyusul_bukan_jawaban",
    "menyusul_tanpa_hasil",
    "nomor_meloncat",
    "otomatis_bukan_jawaban",
    "peran_tidak_ada",
    "tahap_tidak_ada",
    "tangga_berhenti",
    "tangga_tidak_urut",
    "tanpa_jalan_ke_hasil",
    "bukan_yaml",
}
"""Names that must exist elsewhere, and the order of things; and what no parser takes."""


@pytest.mark.parametrize("path", sorted((SOP / "invalid").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_procedure_that_is_wrong_in_one_place_is_refused_by_the_schema(path: Path) -> None:
    if path.stem == "bukan_yaml":
        return
    content = yaml(path.read_text(encoding="utf-8"))
    assert bool(wrong("prosedur", content)) is (path.stem not in SEEN_BY_THE_READER_ONLY)


def test_every_effect_and_action_is_declared() -> None:
    assert set(EFFECTS) == set(Effect) and set(ACTIONS) == set(RungAction)


def _refused_procedure(content: Any, _folder: Path) -> list[str]:
    try:
        parse_procedure(_written(content), "prosedur.yaml")
    except ProcedureError as error:
        return error.problems
    return []


def _refused_people(content: Any, folder: Path) -> list[str]:
    (folder / "pejabat.yaml").write_text(_written(content), encoding="utf-8")
    try:
        read_people(folder / "pejabat.yaml", ROLES)
    except PeopleError as error:
        return error.problems
    return []


def _written(content: Any) -> str:
    stream = StringIO()
    YAML(typ="safe").dump(content, stream)
    return stream.getvalue()


FILES = {"prosedur": (EVERY_PROCEDURE_KEY, _refused_procedure), "pejabat": (EVERY_PEOPLE_KEY, _refused_people)}
NOT_LOOKED_AT = {"nip", "unit", "penugasan"}
"""The reader takes anything for them; the schema marks what is no text, neither ya nor tidak."""


@pytest.mark.parametrize("name", FILES)
def test_the_schema_and_the_reader_have_the_same_keys(tmp_path: Path, name: str) -> None:
    """A file with every key of the schema is taken, and no mapping takes another."""
    text, refused = FILES[name]
    content = yaml(text)
    assert not list(unwritten(VALIDATORS[name].schema, [plain(content)]))
    assert not wrong(name, content) and not refused(content, tmp_path)
    for path in [(), *places(content)]:
        inner = content
        for key in path:
            inner = inner[key]
        if isinstance(inner, dict):
            strange = changed(content, (*path, "asing"), ["x"])
            assert wrong(name, strange) and refused(strange, tmp_path), path


@pytest.mark.parametrize("name", FILES)
def test_the_schema_refuses_nothing_that_the_reader_takes(tmp_path: Path, name: str) -> None:
    text, refused = FILES[name]
    content = yaml(text)
    marked = 0
    alike = {
        (*(key for key in path if isinstance(key, str)), isinstance(path[-1], int)): path for path in places(content)
    }
    for path in alike.values():
        for odd in ODD:
            strange = changed(content, path, odd)
            if path[-1] not in NOT_LOOKED_AT and wrong(name, strange):
                marked += 1
                assert refused(strange, tmp_path), (path, odd)
        without = deepcopy(content)
        inner = without
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]
        assert refused(without, tmp_path) or not wrong(name, without), path
    assert marked > 100


class Asked(dict[str, Key]):
    """Remembers which keys the reader asks for."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(keys)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Key:
        self.asked.add(key)
        return super().__getitem__(key)


def test_the_schema_of_the_settings_has_the_keys_that_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An undeclared key cannot be read at all (`TomlFile.value`); here: none is declared in vain."""
    sections = {name: Asked(keys) for name, keys in SECTIONS.items()}
    monkeypatch.setattr("office.toml_file.SECTIONS", sections)
    for fragment in FRAGMENTS:
        settings_of(fragment, tmp_path, monkeypatch)
    more = '[[kotak_surat_lain]]\nmaildir = "Maildir"\n[[kotak_surat_lain]]\news = "https://a.example/"\nnama = "x"\n'
    read_settings(settings_file(tmp_path, ("[pengiriman]", f"{more}[pengiriman]")))
    user = (('alur = "klien"', 'alur = "penyegar"\ntoken_penyegar = "x"'),)
    read_settings(settings_file(tmp_path, *BY_TOKEN, *user))
    assert {name: set(keys) - keys.asked for name, keys in sections.items()} == {name: set() for name in SECTIONS}


@pytest.mark.parametrize("changes", [(), BY_TOKEN])
def test_what_the_schema_of_the_settings_refuses_is_refused_or_not_read(tmp_path: Path, changes: Changes) -> None:
    """What stands in no section that is known to the reader is not read; the schema marks it."""
    content = tomllib.loads(settings_file(tmp_path, *changes).read_text(encoding="utf-8"))
    assert not wrong("siaga", content)
    marked = 0
    for section, key in [path for path in places(content) if len(path) == 2]:
        for odd in (odd for odd in ODD if odd is not None and not isinstance(odd, dict)):
            strange = changed(content, (section, key), odd)
            if key == "kop" or not wrong("siaga", strange):  # of the letterhead's lines anything is printed
                continue
            marked += 1
            path = tmp_path / "siaga.toml"
            lines = (
                f"[{name}]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in keys.items())
                for name, keys in strange.items()
            )
            path.write_text("".join(lines), encoding="utf-8")
            with pytest.raises(SettingsError):
                read_settings(path)
    assert marked > 50


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('keamanan = "tls" ', 'keamanan = "ssl" '),
        ('alamat = "darurat@contoh.example"', 'alamat = "darurat"'),
        ('server = "mail.contoh.example"', ""),
        ("port = 4200", "port = 70000"),
        ('jenis = "imap"', 'jenis = "pop3"'),
        ('jenis = "imap"', 'jenis = "exchange"'),
        ('jenis = "imap"', 'jenis = "maildir"'),
        ("# periksa_dkim = false", 'periksa_dkim = "true"'),
        ("# periksa_dkim = false", 'arc_tepercaya = ["@Google.com"]'),
        ('# mulai = "2026-11-26 08.00"', 'mulai = "kemarin"'),
        ('alur = "klien"', 'alur = "penyegar"'),
        ('rahasia = "rahasia-klien"', ""),
        ('cakupan = ["https://surat.contoh.example/.default"]', ""),
        ("[prefect]", "[prefek]"),
        ("folder =", "foldr ="),
    ],
)
def test_a_wrong_setting_is_marked(tmp_path: Path, old: str, new: str) -> None:
    path = settings_file(tmp_path, *BY_TOKEN, (old, new))
    assert wrong("siaga", tomllib.loads(path.read_text(encoding="utf-8")))
