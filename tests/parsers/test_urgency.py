"""The hint how pressing a report is; and the origin and sureness of what was read."""

from __future__ import annotations

import pytest

from handlers.meaning.letter_report import report_of
from parsers.letters.urgency import Level, urgency_hint
from parsers.letters.values import Field, Letter
from sop.codec import object_of


@pytest.mark.parametrize(
    ("sifat", "text", "level"),
    [
        ("Sangat Segera", "Aplikasi lambat.", Level.HIGH),
        ("", "Pelayanan pajak terhenti, antrean panjang.", Level.HIGH),
        ("", "Situs kami diretas dan menampilkan judi online.", Level.HIGH),
        ("Segera", "Surel tidak terkirim.", Level.MIDDLE),
        ("Biasa", "Satu komputer tidak bisa mencetak.", Level.USUAL),
        ("", "Pelayanan tidak lumpuh, hanya lambat.", Level.USUAL),
        ("", "Wifi lambat, dikhawatirkan pelayanan terhenti.", Level.USUAL),
    ],
)
def test_words_and_sifat_give_a_level(sifat: str, text: str, level: Level) -> None:
    hint = urgency_hint(sifat, text)
    assert hint.level is level and bool(hint.reasons) is (level is not Level.USUAL)


def test_several_offices_with_the_same_outage_are_pressing() -> None:
    assert urgency_hint("", "Internet mati.", also_hit=2).reasons == ("3 perangkat daerah melaporkan gangguan serupa",)


def test_a_report_says_where_each_field_was_read_and_how_sure() -> None:
    letter = Letter(nomor=Field("1/2/2026", "surat terlampir", 0.95), lokasi=Field("Gedung A", "badan surat", 0.6))
    report = object_of(report_of(letter))
    assert report["asal"] == {"nomor": ["surat terlampir", 0.95], "lokasi": ["badan surat", 0.6]}
