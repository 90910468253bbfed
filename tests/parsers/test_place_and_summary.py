"""Where it happens and what happens, in the words of people who never saw a form."""

from __future__ import annotations

import pytest

from parsers.letters.place import place
from parsers.letters.summary import summary


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Lokasi : Gedung B lantai 3", "Gedung B lantai 3"),
        ("Jaringan di kantor Camat Koto Tangah terputus sejak pagi.", "kantor Camat Koto Tangah"),
        ("AC ruang server lantai 2 mati, PLN padam di area Tabing dan sekitarnya.", "ruang server lantai 2"),
        ("PLN padam di area Tabing sejak subuh.", "area Tabing"),
        ("Jabatan : Kasubag TU, UPTD Pelabuhan Bungus\nUraian : VPN putus", "UPTD Pelabuhan Bungus"),
        ("Internet pusdalops mati lagi dari jam 1", "pusdalops"),
        ("Kepada Yth. Kepala di kantor Gubernur\nWifi mati.", ""),
        ("Sertifikat diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE), BSSN.", ""),
        ("Ruang lingkup pekerjaan terlampir.", ""),
    ],
)
def test_the_place_is_what_stands_nearest_to_the_outage(text: str, where: str) -> None:
    assert place(text) == where


def test_the_summary_keeps_what_stands_in_the_line_of_the_salutation() -> None:
    said = summary(
        "", "Yth. Kadis\n\nDengan hormat, kami laporkan bahwa aplikasi perizinan tidak dapat dibuka.\nTerima kasih."
    )
    assert said == "kami laporkan bahwa aplikasi perizinan tidak dapat dibuka."
