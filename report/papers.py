"""Makes the papers with Typst: no system packages, and the letter's words can never become commands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typst

from report.model import OfficeFace, paper_model
from sop.events import Event
from sop.people import Directory
from sop.procedure import Procedure
from templates import words

TITLES = {
    "laporan_analisis": "Laporan Analisis",
    "lembar_disposisi": "Lembar Disposisi",
    "laporan_hasil": "Laporan Hasil Penanganan",
    "laporan_akhir": "Laporan Akhir",
    "berita_acara": "Berita Acara",
}


class PaperError(RuntimeError):
    """A paper's template is broken; the message says which and where."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One finished PDF."""

    filename: str
    content: bytes


class Papers:
    """Makes any paper of an incident from its events."""

    def __init__(self, templates: Path, office: OfficeFace) -> None:
        """`templates` is the templates folder; its `papers` folder holds one file a paper."""
        self.folder, self.office = templates / "papers", office
        # Only the fonts that come with the wheel: the same paper on every machine.
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)

    def make(
        self, name: str, number: str, events: tuple[Event, ...], procedure: Procedure, directory: Directory
    ) -> Paper:
        """The paper called `name` as it stands after `events`; the same events give the same bytes.

        Raises: KeyError for a paper that does not exist, PaperError for a broken template.
        """
        title = TITLES[name]
        model = paper_model(number, events, procedure, directory, self.office, words())
        at = events[-1].at.astimezone(UTC)
        data = {
            "data": json.dumps(model, ensure_ascii=False),
            "tahun": str(at.year),
            "bulan": str(at.month),
            "hari": str(at.day),
        }
        try:
            content = typst.Compiler(root=self.folder, font_paths=self._fonts, ignore_system_fonts=True).compile(
                self.folder / f"{name}.typ",
                format="pdf",
                sys_inputs=data,
                pdf_standards=["a-3a", "ua-1"],
                timestamp=datetime(at.year, at.month, at.day, at.hour, at.minute, at.second, tzinfo=UTC),
            )
        except typst.TypstError as error:
            raise PaperError(f"templat {name}.typ: {error}") from error
        assert isinstance(content, bytes)
        return Paper(f"{title} {number}.pdf".replace(" ", "-"), content)
