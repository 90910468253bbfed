"""The flow that compiles the papers of an incident that has ended."""

from __future__ import annotations

from prefect import flow

from flows.here import office_here
from handlers.faces.compile_papers import compile_papers


@flow(name="Susun laporan", flow_run_name="Laporan {nomor}")
def compile_report(nomor: str) -> str:
    """Menyusun naskah satu insiden; nama berkasnya menjadi hasil.

    Args:
        nomor: nomor insiden, misalnya DKL-2026-0001
    """
    office = office_here()
    try:
        return ", ".join(path.name for path in compile_papers(office, office.papers_folder, nomor))
    except KeyError as error:
        raise ValueError(f"insiden {nomor} tidak ada") from error
