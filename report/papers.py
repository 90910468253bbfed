"""Makes the papers with Typst: no system packages, and the letter's words can never become commands.

A paper never stands in the way of what was decided: whatever is wrong with a template of the office's own, the one
that is built in takes its place; whatever is wrong with that, a font or a value, a plain paper with the same facts.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

import templates
from report.legible import FONTS, Legible
from report.model import OfficeFace, paper_model, without_links
from report.plain_paper import plain_paper
from sop.events import Event
from sop.mails import Enclosure
from sop.people import Directory
from sop.standing import Standing
from sop.story import names_of
from sop.who_reads import Audience, Share
from templates.words import Words

log = logging.getLogger(__name__)
TITLES: dict[str, str] = {
    Enclosure.ANALYSIS: "Laporan Analisis",
    Enclosure.DISPOSISI: "Lembar Disposisi",
    Enclosure.HANDLING: "Laporan Hasil Penanganan",
    Enclosure.FINAL: "Laporan Akhir",
    Enclosure.BERITA_ACARA: "Berita Acara",
}
FIRST_FONTS = ("Libertinus Serif", "Noto Emoji")
"""What they have is printed with them; then the other families are looked through."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One finished PDF.

    Attributes:
        fault: why it is made by a template that is built in, or is only a plain one; "" for a paper as it should be.
    """

    filename: str
    content: bytes
    fault: str = ""


class Papers:
    """Makes any paper of an incident."""

    def __init__(self, folder: Path, office: OfficeFace, words: Words, builtin: Path = templates.FOLDER) -> None:
        """`folder`: the office's templates, above those that are `builtin`; `papers` in it holds one file a paper."""
        self.folder, self.office, self.words = folder / "papers", office, words
        self._logged: set[str] = set()
        self._folders = tuple(dict.fromkeys((self.folder, builtin / "papers")))
        self.legible = Legible(FONTS)
        # Only our own fonts: the same paper on every machine, and we know what they have.
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
        others = sorted(set(self._fonts.families()) - set(FIRST_FONTS))
        # All are named: what Typst picks by itself need not have the whole of a character with its accents.
        self._families = [*FIRST_FONTS, *others]

    def make(self, name: str, standing: Standing, directory: Directory) -> Paper:
        """The paper called `name` of an incident as it stands; the same events give the same bytes.

        Raises: KeyError for a paper that does not exist.
        """
        title, number, events = TITLES[name], standing.number, standing.events
        filename = f"{title} {number}.pdf".replace(" ", "-")
        model: dict[str, Any] = {}
        fault = ""
        for folder in self._folders:
            if not (folder / f"{name}.typ").is_file() and folder != self._folders[-1]:
                continue  # the office has none of its own
            try:
                model = model or without_links(paper_model(standing, directory, self.office, self.words))
                return Paper(filename, self.print_model(name, model, events[-1].at.astimezone(UTC), folder), fault)
            except BaseException as error:  # Typst's panics are no Exceptions
                if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
                    raise
                fault = fault or _fault(error)
                if fault not in self._logged:
                    self._logged.add(fault)
                    log.error("naskah %s %s hanya dapat dibuat dengan templat lain: %s", title, number, fault)
        return Paper(filename, plain_paper(title, number, model, self._for_paper(standing)), fault)

    def _for_paper(self, standing: Standing) -> list[Event]:
        """The events that may be told on paper."""
        names = ((event, names_of(event, standing.procedure)) for event in standing.events)
        shares = self.words.who_reads.share
        return [event for event, known in names if shares(known, Audience.PAPER) is not Share.NOTHING]

    def edition(self) -> str:
        """Changes whenever a paper could come out otherwise: with the templates, and with Typst."""
        digest = hashlib.sha256(version("typst").encode())
        for folder in self._folders:
            for path in sorted(folder.glob("*.typ")):
                digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()[:16]

    def print_model(self, name: str, model: dict[str, Any], at: datetime, folder: Path | None = None) -> bytes:
        """The paper called `name`, by the template in `folder`. Raises: whatever is wrong with it."""
        folder = folder or self.folder
        shown = self.legible(model)
        content = typst.Compiler(root=folder, font_paths=self._fonts, ignore_system_fonts=True).compile(
            folder / f"{name}.typ",
            format="pdf",
            sys_inputs={
                "data": json.dumps(shown | {"huruf": self._families, "diganti": "[U+" in json.dumps(shown)}),
                "tahun": str(at.year),
                "bulan": str(at.month),
                "hari": str(at.day),
            },
            pdf_standards=["a-3a", "ua-1"],
            timestamp=at.replace(microsecond=0),
        )
        assert isinstance(content, bytes)
        return content


def _fault(error: BaseException) -> str:
    """What is wrong and where, in one line: "_dasar.typ:3:14: unclosed delimiter"."""
    place = re.search(r"┌─ ([^\n]{1,300}):(\d+:\d+)", getattr(error, "diagnostic", "") or "")
    said = f"{error or type(error).__name__}"
    where = f"{Path(place[1]).name}:{place[2]}: " if place else ""
    return " ".join(f"{where}{said}".split())[:300]
