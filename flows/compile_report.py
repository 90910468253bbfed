"""The flow that compiles the papers of an incident that has ended."""

from __future__ import annotations

from prefect import flow

from flows.here import office_here
from handlers.compile_papers import compile_papers


@flow(name="Susun laporan")
def compile_report(nomor: str) -> str:
    """Compile the papers of incident `nomor`. Returns their file names."""
    office = office_here()
    return ", ".join(path.name for path in compile_papers(office, office.papers_folder, nomor))
