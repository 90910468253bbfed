"""How a request looks on a telephone, as Chromium draws it: what burns, then the first answer, without scrolling."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

import pytest

from outbox.matter import Attachment, Matter
from parsers.mails.message import Mail, read_mail
from siaga import mail_samples
from sop.addressee import Addressee
from sop.incident import Incident
from sop.load import load_procedure
from sop.mail_key import MailKey
from sop.report import Report
from sop.verdict import Outgoing, Said
from tests.outbox.test_compose import COMPOSER, READER
from tests.sop.test_decide import ROAD, Journey

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
WIDTH, HEIGHT = 380, 680
SENTENCE = "Server SIMRS di RSUD tidak dapat diakses sejak pukul 07.00 WIB dan pelayanan pasien terhenti."
REPORT = Report(
    opd="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    email="dinkes@contoh.example",
    nomor="800/417/Dinkes/2026",
    hal="Permohonan Bantuan Penanganan Gangguan Jaringan dan Aplikasi di Gedung Utama Kantor",
    layanan=("jaringan", "aplikasi"),
    ringkasan=f"{' '.join([SENTENCE] * 6)} …",
)
NOTHING_MORE: Mapping[str, Said] = {"alasan": "", "catatan": ""}
ASK = "disposisi dialihkan karena Kepala Bidang belum menjawab sampai batas waktunya"
MEASURE = """
const page = document.querySelector("iframe").contentDocument, say = (name, value) =>
  document.body.append(Object.assign(document.createElement("p"), {textContent: name + "=" + value}));
const link = page.querySelector("a[href^='mailto:']"), cell = link.closest("td"), box = cell.getBoundingClientRect();
say("bottom", Math.round(box.bottom));
say("wide", page.documentElement.scrollWidth);
const corners = [[3, 3], [box.width - 3, 3], [3, box.height - 3], [box.width - 3, box.height - 3]];
say("tapped", corners.filter(([x, y]) => page.elementFromPoint(box.left + x, box.top + y)?.closest("a")).length);
say("height", Math.round(box.height));
"""
_MEASURED = re.compile(r"<p>(\w+)=(\d+)</p>")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")


def asked(template: str, stage: str, report: Report = REPORT, said: Mapping[str, Said] = NOTHING_MORE) -> Mail:
    journey = Journey().to(stage)
    incident = replace(journey.standing.incident, report=report)
    key = MailKey(f"DKL-2026-0001/x/{template}")
    letter = Outgoing(key, template, Addressee("kabid"), stage, 1, asks=True, extra={**NOTHING_MORE, **said})
    text = Attachment("Isi-Surel-DKL-2026-0001.txt", "text/plain", b"", "utf-8")
    matter = Matter(replace(journey.standing, incident=incident), READER, journey.now, [text], whole=True)
    written = COMPOSER.compose(letter, matter)
    assert not written.fault
    return read_mail(written.raw, ours=True)


def measured(mail: Mail, folder: Path) -> dict[str, int]:
    page = folder / "surel.html"
    frame = f'<iframe style="border:0;width:{WIDTH}px;height:{HEIGHT}px" srcdoc="{escape(mail.html)}"></iframe>'
    page.write_text(f"<body style='margin:0'>{frame}<script>onload = () => {{{MEASURE}}}</script>", encoding="utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chromium'}", "--dump-dom")
    drawn = subprocess.run(
        [CHROMIUM, *flags, page.as_uri()], capture_output=True, check=True, timeout=120, text=True
    ).stdout
    found = {name: int(value) for name, value in _MEASURED.findall(unescape(drawn))}
    assert set(found) == {"bottom", "wide", "tapped", "height"}, drawn[-500:]
    return found


@needs_chromium
@pytest.mark.parametrize("why", ["", ASK])
@pytest.mark.parametrize("stage", [name for name, *_ in ROAD])
def test_the_first_answer_of_a_request_is_seen_without_scrolling_and_tapped_anywhere(
    stage: str, why: str, tmp_path: Path
) -> None:
    found = measured(asked(load_procedure().stage(stage).template, stage, said={"alasan": why}), tmp_path)
    assert found["bottom"] <= HEIGHT and found["wide"] <= WIDTH
    assert (found["tapped"], found["height"] >= 44) == (4, True), "the button is more than its words"


@needs_chromium
@pytest.mark.parametrize("template", ["mohon_perjelas", "pertanyaan_diteruskan", "pengingat"])
def test_what_asks_once_more_is_answered_without_scrolling_too(template: str, tmp_path: Path) -> None:
    words = "Setuju, tetapi mohon dipastikan dulu kepada PLN apakah listriknya padam atau tidak. " * 5
    said = {"teks": words, "dipahami": "permintaan untuk menunggu"} if template != "pengingat" else {}
    assert measured(asked(template, "disposisi", said=said), tmp_path)["bottom"] <= HEIGHT


@pytest.mark.parametrize("template", sorted(COMPOSER.templates()))
def test_what_burns_stands_above_the_small_print(template: str) -> None:
    journey = Journey().to("disposisi")
    standing = replace(journey.standing, incident=replace(journey.standing.incident, report=REPORT))
    said = Outgoing(MailKey(f"x/{template}"), template, Addressee("kabid"), "disposisi", 1)
    letter = replace(said, extra=mail_samples.said(template))
    mail = read_mail(COMPOSER.compose(letter, Matter(standing, READER, journey.now)).raw, ours=True)
    text = " ".join(mail.plain.split())
    card = text.index("KARTU INSIDEN")
    assert text.index(str(REPORT.hal)) < card and text.index(SENTENCE) < text.index("Nomor surat")
    assert mail.html.index(str(REPORT.hal)) < mail.html.index(">Nomor surat<")


@pytest.mark.parametrize(
    ("report", "subject"),
    [
        (REPORT, "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu, jaringan, aplikasi"),
        (Report(opd="Dinas Kesehatan"), "Dinas Kesehatan"),
        (Report(hal="Internet mati", layanan=("jaringan",)), "Internet mati (OPD belum diketahui)"),
        (Report(layanan=("jaringan",)), "jaringan (OPD belum diketahui)"),
        (Report(), "OPD belum diketahui"),
    ],
)
def test_a_subject_reads_well_whatever_is_known(report: Report, subject: str) -> None:
    said = asked("minta_disposisi", "disposisi", report)
    assert said.subject.endswith(f"WIB: {subject}")
    whose = report.opd or "perangkat daerah yang belum diketahui"
    assert f"keadaan darurat layanan pada {whose} terlampir" in " ".join(said.plain.split())


def test_a_card_without_a_letter_has_no_headline() -> None:
    assert "YANG DILAPORKAN" not in asked("minta_disposisi", "disposisi", Report()).plain
    assert Incident("x").report == Report()
