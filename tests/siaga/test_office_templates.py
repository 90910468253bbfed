"""An office's own words, mails and papers: they count key by key and file by file, and what is wrong with them is named
while the desk works on with what is built in.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import templates
from office.words_file import office_words, read_words
from outbox.compose import Composer
from outbox.matter import Matter
from parsers.mails.message import Mail
from siaga.checkup import checkup
from siaga.template_checkup import LETTER, mail_problems, sample
from sop.addressee import Addressee
from sop.load import load_procedure
from sop.mail_key import MailKey
from sop.story import story
from sop.verdict import Outgoing
from sop.who_reads import Audience
from tests import cast
from tests.outbox.test_compose import NOW, READER
from tests.report.test_every_character import text_of
from tests.sop.test_decide import Journey
from tests.town import JOURNEY, Town

ANALYSIS = (
    "{% block subjek %}Mohon analisis ala kantor: {{ pokok }}{% endblock %}\n{% block isi %}\nHalo.\n{% endblock %}\n"
)


def own(place: Town, **files: str) -> Path:
    """The office opens anew with these files in its own folder; "__" stands for "/", and the last "_" for a dot."""
    folder = put(place.folder / "templat", **files)
    settings = place.settings_file.read_text(encoding="utf-8")
    if "templat =" not in settings:
        settings = settings.replace("[berkas]\n", '[berkas]\ntemplat = "templat"\n')
        place.settings_file.write_text(settings, encoding="utf-8")
    place.restart()
    place.may_begin_later = False
    return folder


def put(folder: Path, **files: str) -> Path:
    """As `own`, and nothing is opened."""
    for name, text in files.items():
        path = folder / ".".join(name.replace("__", "/").rsplit("_", 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def examined(place: Town) -> list[str]:
    return [finding.say for finding in checkup(place.settings_file) if finding.what == "templat" and not finding.ok]


def asked(place: Town) -> Mail:
    place.letter()
    place.work()
    return place.last(cast.HELPDESK, "Mohon analisis")


def test_an_offices_own_words_and_mails_count_and_what_they_lack_stays_built_in(place: Town) -> None:
    own(place, kata_yaml="keputusan:\n  ya:\n    tombol: YA, ini darurat\n", mail__minta_analisis_j2=ANALYSIS)
    mail = asked(place)
    assert "Mohon analisis ala kantor: Dinas Kesehatan" in mail.subject and "Halo." in mail.plain
    assert ">YA, ini darurat<" in mail.html and ">TIDAK<" in mail.html and "KARTU INSIDEN" in mail.plain
    place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nKabel putus.")
    place.work(1)
    assert place.last(cast.KOORDINATOR, "Mohon diteruskan ke Kabid")
    assert examined(place) == []


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("kata_yaml", "keputusan: [\n", "kata.yaml:2: bukan YAML yang sah"),
        ("kata_yaml", "keputusan:\n  ya:\n    tombl: YA\n", "kata.yaml:3: keputusan ya: kunci `tombl` tidak dikenal"),
        ("kata_yaml", "perlu_dicek:\n", "kata.yaml:1: `perlu_dicek` harus diisi dengan teks"),
        ("kata_yaml", "peristiwa:\n  closed: '{hasl}'\n", "kata.yaml:2: peristiwa: `closed`: {hasl} tidak dikenal"),
        ("kata_yaml", "keputusan:\n  tolak:\n    kata: T\n", "kata.yaml:2: keputusan: `tolak` harus memuat tombol"),
        ("mail__minta_analisis_j2", f"{ANALYSIS}{{{{ x", "minta_analisis.j2:5: bukan templat yang sah"),
        (
            "mail__minta_analisis_j2",
            ANALYSIS.replace("Halo.", "{{ opdd }}"),
            "minta_analisis.j2:3: `opdd` tidak dikenal",
        ),
        (
            "mail__minta_analisis_j2",
            ANALYSIS.replace("Halo.", "Halo.{% if lanjutan %}{{ opdd }}{% endif %}"),
            "minta_analisis.j2:3: `opdd` tidak dikenal",
        ),
        (
            "mail__minta_analisis_j2",
            ANALYSIS.replace("Halo.", "Halo.{% if lanjutan %}{{ penerima.nama }}{% endif %}"),
            "minta_analisis.j2:3: `nama` tidak dikenal",
        ),
        (
            "mail__minta_analisis_j2",
            ANALYSIS.replace("Halo.", "Halo.{% if lanjutan %}{% for m in mirip %}{{ m.opdd }}{% endfor %}{% endif %}"),
            "minta_analisis.j2:3: `opdd` tidak dikenal",
        ),
        ("mail__minta_analisis_j2", "Halo.", "minta_analisis.j2: blok `subjek` tidak ada"),
        ("mail__minta_analisis_j2", ANALYSIS.replace("isi", "badan"), "minta_analisis.j2: blok `isi` tidak ada"),
        ("mail__minta_analisis_j2", ANALYSIS.replace("Halo.", ""), "minta_analisis.j2: blok `isi` kosong"),
        (
            "mail__minta_analisis_j2",
            ANALYSIS.replace("Halo.", "{{ tenggat | jamm }}"),
            "minta_analisis.j2:3: bukan templat yang sah (saringan `jamm` tidak dikenal)",
        ),
        (
            "mail__minta_analisis_j2",
            ANALYSIS.replace("Halo.", "{{ penerima.namaa }}"),
            "minta_analisis.j2:3: `namaa` tidak dikenal",
        ),
        ("mail___tata_letak.html_j2", "{% for %}", "_tata_letak.html.j2:1: bukan templat yang sah"),
        ("mail___tata_letak.txt_j2", "{{ paragaf }}", "_tata_letak.txt.j2:1: `paragaf` tidak dikenal"),
        ("mail___isi_surel.txt_j2", "{% block isi %}\n{{ x }}{% endblock %}", "_isi_surel.txt.j2:2: `x` tidak dikenal"),
        ("mail___isi_surel.txt_j2", "{% block isi %}x{% endblock %}", "_isi_surel.txt.j2: blok `nama` tidak ada"),
        (
            "mail___isi_surel.txt_j2",
            "{% block isi %}{% for b in daftar %}{% if b.teks %}{{ b.dari }}{% endif %}{% endfor %}{% endblock %}",
            "_isi_surel.txt.j2:1: `dari` tidak dikenal",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_mail_is_written_as_it_is_built_in(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    put(tmp_path, **{file: text})
    words, problems = office_words(tmp_path)
    composer = Composer(tmp_path, words, cast.OFFICE, "Kantor", b"rahasia")
    problems += mail_problems(composer, sample(load_procedure()))
    assert any(line.startswith(said) for line in problems), problems
    standing = Journey().standing
    letter = Outgoing(MailKey("x/minta_analisis"), "minta_analisis", Addressee("kabid"), "analisis", 1, asks=True)
    letter = replace(letter, extra={"alasan": "", "catatan": ""})
    built_in = Composer(templates.FOLDER, words, cast.OFFICE, "Kantor", b"rahasia")
    texts = [one.compose(letter, Matter(standing, READER, NOW)) for one in (composer, built_in)]
    fails = file.startswith("mail") and "lanjutan" not in text and "isi_surel" not in file
    assert bool(texts[0].fault) is fails and (texts[0].raw == texts[1].raw) is (fails or "lanjutan" not in text)
    assert composer.letter_text("DKL-2026-0001", [LETTER]) == built_in.letter_text("DKL-2026-0001", [LETTER])


def test_nothing_is_wrong_with_the_templates_that_are_built_in(tmp_path: Path) -> None:
    """Neither as they are, nor in a copy that lies in the office's own folder."""
    words, problems = office_words(None)
    copy = Path(shutil.copytree(templates.FOLDER / "mail", tmp_path / "mail")).parent
    for folder in (templates.FOLDER, copy):
        problems += mail_problems(Composer(folder, words, cast.OFFICE, "Kantor", b""), sample(load_procedure()))
    assert problems == []


def test_what_a_template_itself_asks_after_or_sets_is_no_fault(tmp_path: Path) -> None:
    body = """{% if penerima.nama is defined %}{{ penerima.nama }}{% endif %}{{ penerima.title | default("-") }}
        {% set penerima_lain = "Kabid" %}{{ penerima_lain }}{% for label, nilai in kartu %}{{ label }}{% endfor %}
        {% for baris in cerita if lanjutan %}{{ baris.text }}{% endfor %}{{ jawaban_tahap.get("lain") }}"""
    put(tmp_path, mail__minta_analisis_j2=ANALYSIS.replace("Halo.", f"Halo. {body}"))
    words, _ = office_words(None)
    assert mail_problems(Composer(tmp_path, words, cast.OFFICE, "K", b""), sample(load_procedure())) == []


def test_a_file_that_is_never_read_is_named(place: Town) -> None:
    folder = own(
        place,
        siapa_membaca_yaml="",
        kata_yml="",
        mail__minta_analysis_j2=ANALYSIS,
        mail__minta_analisis_j2='{% import "kop.j2" as kop %}' + ANALYSIS,
        mail__kop_j2="{% macro kop() %}{% endmacro %}",
        papers__lambang_png="",
        papers__tanda_tangan_png="",
    )
    (folder / ".DS_Store").write_bytes(b"\x00")
    sheet = (templates.FOLDER / "papers/lembar_disposisi.typ").read_text(encoding="utf-8")
    for name in ("_dasar.typ", "_hasil.typ"):
        (folder / "papers" / name).write_text((templates.FOLDER / "papers" / name).read_text(encoding="utf-8"))
    (folder / "papers/lembar_disposisi.typ").write_text(f"// lambang.png\n{sheet}", encoding="utf-8")
    named = [line.removesuffix("; sementara dipakai bawaan") for line in examined(place)]
    assert named == [
        "kata.yml: tidak dibaca; mungkin maksudnya kata.yaml",
        "mail/minta_analysis.j2: tidak dibaca; mungkin maksudnya mail/minta_analisis.j2",
        "papers/_hasil.typ: tidak dibaca",
        "papers/tanda_tangan.png: tidak dibaca",
        "siapa_membaca.yaml: tidak dibaca",
    ]


def test_an_office_words_for_reporters_what_only_its_own_procedure_has(place: Town) -> None:
    """Nobody is quoted by it, and what the procedure does not have is named."""
    sentences = "  answered.disposisi.disposisi: Disetujui untuk ditangani\n  closed.selesai: Beres\n"
    own(place, kata_yaml=f"peristiwa_pelapor:\n{sentences}")
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")
    place.work(1)
    closing = place.last(cast.DINKES, "Penanganan selesai").plain
    assert "Disetujui untuk ditangani" in closing and "Beres" in closing and "Segera tangani" not in closing
    assert examined(place) == []
    put(place.folder / "templat", kata_yaml=f"peristiwa_pelapor:\n{sentences}  answered.analysis.ya: Darurat\n")
    (line,) = examined(place)
    assert line.startswith("kata.yaml: peristiwa_pelapor: `answered.analysis.ya` tidak ada dalam prosedur")
    put(place.folder / "templat", kata_yaml=f"peristiwa_pelapor:\n{sentences}  remarked: Kabar\n")
    (line,) = examined(place)
    assert line.startswith("kata.yaml:4: peristiwa_pelapor: kunci `remarked` tidak dikenal")


def test_a_template_that_fails_is_told_once_and_its_incident_goes_on(place: Town) -> None:
    own(place, mail__minta_penerusan_j2="{% block subjek %}{{ tiada }}{% endblock %}")
    place.to_stage("disposisi")
    told = [mail for mail in place.inbox(cast.HELPDESK) if "templat bawaan" in mail.subject]
    assert len(told) == 1 and "minta_penerusan.j2:1: `tiada` tidak dikenal" in " ".join(told[0].plain.split())


def test_a_paper_of_the_office_that_fails_is_printed_as_it_is_built_in(place: Town) -> None:
    folder = own(place, papers__lembar_disposisi_typ='#panic("rusak")')
    assert any(line.startswith("lembar_disposisi.typ:1") for line in examined(place))
    place.to_stage("penanganan")
    sheet = next(
        text_of(part.content)
        for part in place.last(cast.JARINGAN, "Penugasan penanganan").attachments
        if part.filename.startswith("Lembar-Disposisi")
    )
    assert "LEMBAR DISPOSISI" in sheet and "disusun sederhana" not in sheet
    for path in (templates.FOLDER / "papers").glob("*.typ"):
        text = path.read_text(encoding="utf-8").replace("LEMBAR DISPOSISI", "LEMBAR DISPOSISI KANTOR")
        (folder / "papers" / path.name).write_text(text, encoding="utf-8")
    assert examined(place) == []


def test_a_folder_that_is_not_there_is_named_and_mails_go_out(place: Town) -> None:
    own(place)
    assert any("templat tidak ada" in line for line in examined(place))
    assert "YA diikuti analisis" in asked(place).plain


def test_a_layout_from_before_there_were_particulars_loses_nothing(place: Town) -> None:
    own(place, **{"mail___tata_letak.txt_j2": "{{ paragraf | join(' ') }} {{ kartu | length }} {{ kode }}"})
    assert "Isi lengkap laporan dan berkas yang menyertainya terlampir." in asked(place).plain
    assert examined(place) == []


def test_the_sample_goes_through_every_stage() -> None:
    standing = sample(load_procedure())
    assert len(standing.incident.visits) == len(JOURNEY) and standing.incident.outcome
    assert len(story(standing.events, standing.procedure, read_words(), Audience.OFFICIAL)) > len(JOURNEY)
