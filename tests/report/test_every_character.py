"""Any character in any value: each paper comes out, as valid as ever, and shows it or says that it cannot."""

from __future__ import annotations

import random
import re
import shutil
import unicodedata
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

import templates
from parsers.mails.message import read_mail
from report.legible import FONTS, characters_of
from report.model import OfficeFace, paper_model
from report.papers import TITLES, Papers
from report.plain_paper import plain_paper
from sop.facts import AnswerGiven
from tests.characters import EVERY, ODD, filled, in_parts
from tests.doubles import network_letter
from tests.report.test_papers import PAPERS, ended
from tests.sop.test_decide import PEOPLE, START, Journey

_STANDS_FOR = re.compile(r"\[U\+[0-9A-F]{4,6}(?: U\+[0-9A-F]{4,6})*\]")


@pytest.fixture(scope="module")
def shown() -> list[str]:
    """Every character that papers show as itself; accents on a circle."""
    whole = {sign for path in FONTS.glob("*.ttf") for sign in map(chr, characters_of(path.read_bytes()))}
    return sorted({PAPERS.legible(sign) for sign in whole if PAPERS.legible(sign)[-1:] == sign})


def model() -> dict[str, Any]:
    journey = ended()
    found = paper_model(journey.standing, PEOPLE, PAPERS.office, PAPERS.words)
    found["langkah"], found["cerita"] = found["langkah"][:1], found["cerita"][:1]  # every row is printed alike
    return found


def text_of(content: bytes) -> str:
    pdf = pdfium.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    return " ".join(text.split())


def with_disposisi(text: str) -> Journey:
    journey = Journey().to("disposisi")
    current, kabid = journey.incident.current, PEOPLE.person("kabid")
    assert current and kabid
    journey.fact(AnswerGiven(current.stage, current.number, "disposisi", kabid, text), 1)
    return journey


def lembar(text: str, papers: Papers = PAPERS) -> str:
    journey = with_disposisi(text)
    paper = papers.make("lembar_disposisi", journey.standing, PEOPLE)
    assert paper.fault == ""
    return text_of(paper.content)


def test_every_character_is_shown_as_itself_or_by_its_code_or_has_no_form(shown: list[str]) -> None:
    known = {*"".join(shown), *" \n\u200c\u200d\ufe0f🏻🏼🏽🏾🏿"}
    for first in range(0, len(EVERY), 0x1000):
        left = PAPERS.legible(" ".join(EVERY[first : first + 0x1000]))
        assert set(_STANDS_FOR.sub("", left)) <= known, f"U+{first:04X}"


@pytest.mark.parametrize("name", sorted(TITLES))
def test_every_paper_prints_every_character_it_shows(name: str, shown: list[str]) -> None:
    start = sorted(TITLES).index(name) * 5000  # in each paper other characters meet other fields
    values = filled(model(), in_parts([*shown[start:], *shown[:start]], 60))
    assert PAPERS.print_model(name, values, START).startswith(b"%PDF")


@pytest.mark.parametrize("name", sorted(TITLES))
def test_what_has_ever_been_a_trouble_is_none_in_any_field(name: str) -> None:
    assert PAPERS.print_model(name, filled(model(), cycle([ODD])), START).startswith(b"%PDF")


def test_characters_in_any_company_are_printed(shown: list[str]) -> None:
    chance = random.Random(20261123)
    accents = [sign[-1] for sign in shown if unicodedata.category(sign[-1])[0] == "M"]
    joined = [*map(chr, range(0x1F1E6, 0x1F200)), *map(chr, range(0x1F300, 0x1F700, 3)), *"\u200d\ufe0f\u20e3🏽🏿" * 60]
    kinds = [shown, accents, joined, [*" \n1a\u200c\u200b\xad"], EVERY[::97]]
    lines = ["".join(chance.choice(chance.choice(kinds)) for _ in range(40)) for _ in range(120)]
    values = filled(model(), cycle(["\n".join(lines[part::10]) for part in range(10)]))
    assert PAPERS.print_model("lembar_disposisi", values, START).startswith(b"%PDF")


def test_what_the_fonts_have_stands_in_the_paper() -> None:
    said = "Segera 🙏 ✅ 👍 华为 日本語 한국어 ไทย ꦗꦮ ᯅᯖᯂ ＡＢ ㈱ 𝗦𝗘𝗚 → ≥ ½"
    text = lembar(said)
    for word in said.split():
        assert word in text, word
    assert "[U+" not in text


def test_words_private_bullets_are_read_as_a_clerk_would() -> None:
    text = lembar("\uf0b7 Segera\n\uf0a7 periksa\n\uf0d8 catat\n\uf0fc lapor \x93hari ini\x94")
    for line in ("• Segera", "▪ periksa", "➢ catat", "✓ lapor “hari ini”"):
        assert line in text


def test_what_no_font_has_stands_there_as_its_code_and_the_paper_says_what_that_is() -> None:
    text = lembar("Segera ሰላም \ue000 tangani")
    assert "Segera [U+1230 U+120B U+121D] [U+E000] tangani" in text
    assert "tidak tersedia pada naskah ini" in text
    assert "tidak tersedia pada naskah ini" not in lembar("Segera tangani")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("laporan\u202efdp.exe\u202c", "laporanfdp.exe"),  # nothing turns round what stands there
        ("Segera\x07 tan\x00gani\x1fkini", "Segera tangani kini"),
        ("satu\u2028dua\x0btiga\r\nempat", "satu\ndua\ntiga\nempat"),
        ("\ud83d\ude4f \ud83d", "🙏 \ufffd"),
        ("Bayu\u200b\ufeff\xad", "Bayu"),
        ("e\u0301", "é"),
        ("\u0301", "◌\u0301"),
        ("华\u0e31", "华[U+0E31]"),
        ("👨‍👩‍👧 1️⃣", "👨‍👩‍👧 1️⃣"),
    ],
)
def test_characters_without_a_form_and_those_that_belong_together(written: str, read: str) -> None:
    assert PAPERS.legible(written) == read


def test_papers_are_made_in_any_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "Segera" in lembar("Segera")
    assert read_mail(network_letter("a@contoh.example", START, 1)).attachments


def test_a_broken_template_gives_a_plain_paper_with_the_facts_that_says_where(tmp_path: Path) -> None:
    shutil.copytree(templates.FOLDER / "papers", tmp_path / "papers")
    face = OfficeFace(("PEMERINTAH",), "Dinas", "Bidang", "Padang")
    papers = Papers(tmp_path, face, PAPERS.words, builtin=tmp_path)
    before = papers.edition()
    broken = tmp_path / "papers/lembar_disposisi.typ"
    broken.write_text(broken.read_text(encoding="utf-8") + '\n#panic("rusak")', encoding="utf-8")
    assert papers.edition() != before
    journey = with_disposisi("Segera tangani 🙏 (jangan ditunda) \\ selesai")
    paper = papers.make("lembar_disposisi", journey.standing, PEOPLE)
    assert paper.fault.startswith("lembar_disposisi.typ:") and "rusak" in paper.fault
    assert paper == papers.make("lembar_disposisi", journey.standing, PEOPLE)
    text = text_of(paper.content)
    assert "LEMBAR DISPOSISI" in text and "disusun sederhana" in text and "Dinas Kesehatan" in text
    assert "Segera tangani [U+1F64F] (jangan ditunda) \\ selesai" in text
    assert papers.make("laporan_analisis", journey.standing, PEOPLE).fault == ""


def test_a_plain_paper_takes_every_character_and_needs_no_model() -> None:
    journey = with_disposisi("Segera")
    for values in ({}, filled(model(), in_parts(EVERY[::11], 40)), filled(model(), cycle([ODD, ""]))):
        assert "Nomor" in text_of(plain_paper("Lembar Disposisi", "DKL-2026-0001", values, journey.events))
    assert "Dinas Kesehatan" in text_of(plain_paper("Laporan Akhir", "DKL-2026-0001", {}, journey.events))
