"""The flow behind the form for an oral report (telephone, WhatsApp group)."""

from __future__ import annotations

from typing import Literal

from prefect import flow

from flows.here import office_here
from handlers.oral_report import OralReport, enter_oral_report


@flow(name="Catat laporan lisan")
def report_orally(
    saluran: Literal["telepon", "wag"],
    perangkat_daerah: str,
    uraian: str,
    pelapor: str = "",
    telepon: str = "",
    surel: str = "",
    lokasi: str = "",
) -> str:
    """Catat laporan yang masuk melalui telepon atau grup WhatsApp; nomor insidennya menjadi hasil.

    Args:
        saluran: telepon atau wag
        perangkat_daerah: nama atau singkatan OPD
        uraian: apa yang terganggu, sejak kapan, dampaknya
        pelapor: nama pelapor
        telepon: nomor yang dapat dihubungi
        surel: alamat surel pelapor, bila ada
        lokasi: tempat gangguan
    """
    said = OralReport(saluran, perangkat_daerah, uraian, reporter=pelapor, phone=telepon, email=surel, place=lokasi)
    number = enter_oral_report(office_here(), said)
    office_here().postman.deliver_due()
    return number
