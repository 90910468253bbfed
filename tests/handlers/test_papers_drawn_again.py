"""Papers that are drawn again, from the journal, say what they said: who serves by then stands nowhere in them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests import cast
from tests.town import Town

NAMES = ("Dedi Kurniadi", "Fitria Anggraini", "Yuliandri Putra", "Rahmat Febrian", "Elmiwati Sikumbang")


def papers(place: Town) -> dict[str, bytes]:
    folder = place.office.papers_folder
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.pdf"))}


def everybody_is_replaced(people: Path) -> None:
    text = people.read_text(encoding="utf-8")
    for name in NAMES:
        assert name in text
        text = text.replace(name, "Pendatang Baru")
    people.write_text(text.replace("kode: ", "kode: baru_").replace('"19', '"20'), encoding="utf-8")


def to_the_end(place: Town) -> None:
    """With a disposisi by the Plh."""
    place.to_stage("disposisi")
    place.work(2)
    place.work(1.5)
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nTangani.")
    place.work(1)
    place.reply(cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Rahmat Febrian")
    place.work(1)
    place.reply(cast.JARINGAN, "Penugasan", "LAPORAN\n\nPenyebab: FO putus\nTindakan: disambung\nHasil: normal")
    place.work(1)
    place.reply(cast.HELPDESK, "Mohon periksa dan kirim", "KIRIM")
    place.work(1)
    place.reply(cast.KOORDINATOR, "laporan hasil diteruskan", "TERUSKAN")
    place.work(1)
    place.reply(cast.KABID, "laporan hasil diteruskan", "TERUSKAN")
    place.work(1)
    place.reply(cast.KADIS, "untuk diterima", "DITERIMA")
    place.work(1)


def test_papers_are_the_same_bytes_when_everybody_has_been_replaced_since(place: Town) -> None:
    to_the_end(place)
    place.letter(418)
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya satu komputer.")
    place.work(1)
    assert [place.incident(number).outcome for number in place.numbers()] == ["selesai", "bukan_darurat"]
    before = papers(place)
    assert len(before) == 7
    everybody_is_replaced(place.folder / "pejabat.yaml")
    shutil.rmtree(place.office.papers_folder)
    place.work(1)
    assert place.office.directory().person("kabid") is None
    assert papers(place) == before
