"""Ticks on a scanned Lembar Disposisi are judged by their ink; whatever is in doubt decides nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
import pytest
import typst

from parsers.documents.document import Document
from parsers.replies.filled_sheet import FilledSheet, sheet_of
from readers.programs import SystemPrograms
from tests.parsers.scans import png
from tests.reading import open_scan

pytestmark = pytest.mark.skipif(not SystemPrograms().can_read_scans(), reason="no Tesseract here")
FORM = """
#set page(width: 210mm, height: 297mm, margin: 20mm)
#set text(size: 12pt)
#let box_of(label) = [#box(width: 11pt, height: 11pt, stroke: 0.8pt, baseline: 2pt) #h(4pt) #label]
#align(center)[*LEMBAR DISPOSISI*]
Surat dari : Dinas Kesehatan Provinsi \\
No. Agenda : DKL-2026-0044 \\
Hal : Laporan gangguan layanan rumah sakit
#v(6mm)
Diteruskan kepada: \\
#box_of[Tim Teknis Jaringan] \\
#box_of[Tim Teknis Pusat Data]
#v(6mm)
Dengan hormat harap: \\
#box_of[Tanggapan dan saran] \\
#box_of[Proses lebih lanjut] \\
#box_of[Ditolak]
#v(6mm)
Catatan: NOTE
#v(40mm)
Kepala Bidang Aplikasi Informatika, \\
Yuliandri Putra
"""
PEN = (150, 60, 30)
"""Blue ink, as OpenCV orders colours."""


@cache
def form(note: str) -> Any:
    source = FORM.replace("NOTE", note).encode()
    return cv2.imdecode(np.frombuffer(typst.compile(source, format="png", ppi=150), np.uint8), cv2.IMREAD_COLOR)


def boxes(page: Any) -> list[tuple[int, int, int]]:
    """Left, top and side of the form's boxes from top to bottom."""
    dark = (page.min(axis=2) < 128).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    return sorted(
        (
            (left, top, width)
            for left, top, width, height, area in stats[1:].tolist()
            if abs(width - height) < 3 and 18 < width < 40 and area < 0.4 * width * height
        ),
        key=lambda one: one[1],
    )


def ticked(*which: int, note: str = "") -> Document:
    page = form(note).copy()
    for left, top, side in [boxes(page)[index] for index in which]:
        points = np.array([[left + 3, top + side // 2], [left + side // 2, top + side - 3], [left + side + 6, top - 6]])
        cv2.polylines(page, [points], False, PEN, 3, cv2.LINE_AA)
    return open_scan(png(page), "image")


def read(document: Document) -> FilledSheet | None:
    return sheet_of(document.text, document.marks, scanned=document.scanned)


def test_filled_and_empty_boxes_are_told_apart() -> None:
    assert len(boxes(form(""))) == 5
    document = ticked(1, 3)
    assert {label: state for state, label in document.marks} == {
        "Tim Teknis Jaringan": "kosong",
        "Tim Teknis Pusat Data": "isi",
        "Tanggapan dan saran": "kosong",
        "Proses lebih lanjut": "isi",
        "Ditolak": "kosong",
    }
    assert read(document) == FilledSheet("Setuju, laksanakan.", "Tim Teknis Pusat Data")


def test_a_refusal_ticked_is_one_and_both_are_none() -> None:
    assert read(ticked(4)) == FilledSheet("Tidak disetujui.")
    assert read(ticked(3, 4)) == FilledSheet()


def test_what_was_written_and_not_read_leaves_the_sheet_unclear() -> None:
    page = form("").copy()
    left, top, side = boxes(page)[4]
    scrawl = np.array([[left + 150 + 25 * step, top + 130 + (30 if step % 2 else 0)] for step in range(9)])
    cv2.polylines(page, [scrawl], False, PEN, 4, cv2.LINE_AA)
    point = boxes(page)[3]
    cv2.line(page, (point[0], point[1]), (point[0] + side, point[1] + side), PEN, 3)
    document = open_scan(png(page), "image")
    assert ("ragu", "catatan") in document.marks
    assert read(document) == FilledSheet()


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ((), ""),
        ((("ragu", "Proses lebih lanjut"),), ""),
        ((("isi", "Proses lebih lanjut"), ("ragu", "Ditolak")), ""),
        ((("isi", "Proses lebih lanjut"), ("kosong", "Ditolak")), "Setuju, laksanakan."),
    ],
)
def test_of_a_scan_the_letters_of_a_tick_say_nothing(marks: tuple[tuple[str, str], ...], words: str) -> None:
    sheet = sheet_of("LEMBAR DISPOSISI\n[X] Proses lebih lanjut\n[ ] Ditolak\n", marks, scanned=True)
    assert sheet is not None and sheet.words == words


def test_a_form_to_strike_out_decides_nothing() -> None:
    sheet = sheet_of("LEMBAR DISPOSISI\n[X] Setuju / Tidak setuju *) coret yang tidak perlu\nCatatan: acc\n")
    assert sheet == FilledSheet()
