"""What stands in the office's own folder of templates and does not count: nobody would miss it before an emergency."""

from __future__ import annotations

from collections.abc import Set
from difflib import get_close_matches
from pathlib import Path

from office.words_file import KATA
from outbox.mail_templates import MAIL_TEMPLATES
from report.papers import TITLES

PAPERS = Path("papers")


def ignored_files(folder: Path, mails: Set[str]) -> list[str]:
    """The files that are never read, one line each, with the name that may have been meant. `mails`: the files of
    `mail` that are read. Hidden files are the machine's, and pass.
    """
    papers = {f"{name}.typ" for name in TITLES}
    read = {KATA.name, *(str(MAIL_TEMPLATES / name) for name in mails), *(str(PAPERS / name) for name in papers)}
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    found = [path for path in paths if not any(part.startswith(".") for part in path.parts)]
    reached = {folder / PAPERS / name for name in papers}
    read |= {str(path.relative_to(folder)) for path in _with_what_they_name(reached, folder / PAPERS)}
    return [f"{path}: tidak dibaca{_meant(str(path), read)}" for path in found if str(path) not in read]


def _with_what_they_name(papers: Set[Path], folder: Path) -> set[Path]:
    """Papers, and the files beside them whose names stand in one of them, or in one that is named so."""
    reached, others = (
        {path for path in papers if path.is_file()},
        {path for path in folder.rglob("*") if path.is_file()},
    )
    while True:
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in reached if path.suffix == ".typ"]
        named = {path for path in others - reached if any(path.name in text for text in texts)}
        if not named:
            return reached
        reached |= named


def _meant(path: str, read: Set[str]) -> str:
    close = get_close_matches(path, sorted(read), n=1, cutoff=0.9)
    return f"; mungkin maksudnya {close[0]}" if close else ""
