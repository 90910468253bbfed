"""A paper that cannot be written stops only itself; a disk that is full is said to be."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from report.papers import Paper
from sop.people import Directory
from sop.standing import Standing
from tests import cast
from tests.town import Town

NUMBERS = [f"DKL-2026-000{serial}" for serial in (1, 2, 3)]


def three_ended(place: Town) -> None:
    for serial in (417, 418, 419):
        place.letter(serial)
    place.work()
    for number in NUMBERS:
        place.reply(cast.HELPDESK, f"[{number}] Mohon analisis", "TIDAK\n\nHanya satu komputer.")


def written(place: Town) -> list[str]:
    folder = place.office.papers_folder
    return [number for number in NUMBERS if (folder / number).is_dir() and [*(folder / number).glob("*.pdf")]]


def in_the_way(place: Town) -> None:
    """Somebody has put a file where the folder of the papers belongs."""
    place.office.papers_folder.mkdir(parents=True, exist_ok=True)
    (place.office.papers_folder / NUMBERS[0]).write_text("catatan", encoding="utf-8")
    assert (place.office.papers_folder / NUMBERS[0]).exists()


def out_of_the_way(place: Town) -> None:
    (place.office.papers_folder / NUMBERS[0]).unlink()


def test_a_paper_that_cannot_be_written_stops_no_other_is_told_once_and_written_at_last(
    place: Town, caplog: pytest.LogCaptureFixture
) -> None:
    three_ended(place)
    in_the_way(place)
    place.work(1)
    assert written(place) == NUMBERS[1:]
    for _ in range(4):
        place.work(1)
    told = [record for record in caplog.records if NUMBERS[0] in record.getMessage() and record.levelname == "ERROR"]
    assert len(told) == 1
    out_of_the_way(place)
    place.work(2)
    assert written(place) == NUMBERS


def test_papers_that_break_the_compiler_stop_no_others(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    real = place.office.papers.make

    def make(name: str, standing: Standing, directory: Directory) -> Paper:
        if standing.number == NUMBERS[0]:
            raise RecursionError("racun")
        return real(name, standing, directory)

    monkeypatch.setattr(place.office.papers, "make", make)
    three_ended(place)
    place.work(1)
    assert written(place) == NUMBERS[1:]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_said_to_be_one_after_everything_else_is_done(
    place: Town, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    three_ended(place)
    replace = Path.replace

    def full(draft: Path, path: Path) -> Path:
        if place.office.papers_folder in path.parents:
            raise OSError(code, "disk")
        return replace(draft, path)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="disk"):
        place.work(1)
    assert all(place.incident(number).outcome for number in NUMBERS)
    monkeypatch.undo()
    shutil.rmtree(place.office.papers_folder)
    place.work(2)
    assert written(place) == NUMBERS
