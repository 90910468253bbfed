"""The flow behind the form for an oral report (telephone, WhatsApp group)."""

from __future__ import annotations

from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.here import office_here
from handlers.oral_report import OralReport, enter_oral_report
from handlers.send_mail import send_due_mail


@flow(name="Catat laporan lisan", flow_run_name="Laporan {saluran}: {perangkat_daerah}")
def report_orally(
    saluran: Literal["telepon", "wag"],
    perangkat_daerah: str,
    uraian: str,
    pelapor: str = "",
    telepon: str = "",
    surel: str = "",
    lokasi: str = "",
    jabatan: str = "",
    sejak: str = "",
    waktu_lapor: str = "",
) -> State[Any]:
    """Catat laporan yang masuk melalui telepon atau grup WhatsApp; nomor insidennya menjadi nama keadaan.

    Args:
        saluran: telepon atau wag
        perangkat_daerah: nama atau singkatan OPD
        uraian: apa yang terganggu, sejak kapan, dampaknya
        pelapor: nama pelapor
        telepon: nomor yang dapat dihubungi
        surel: alamat surel pelapor, bila ada; hanya alamat yang dikenal yang disurati
        lokasi: tempat gangguan
        jabatan: jabatan pelapor
        sejak: sejak kapan terganggu menurut pelapor, misalnya 07.30 atau 23-11-2026 pukul 07.30
        waktu_lapor: kapan pelapor menghubungi, bila bukan baru saja, misalnya 08.05
    """
    # The run's id is the reference: "Retry" on a finished run must not report the same outage again.
    said = OralReport(
        saluran,
        perangkat_daerah,
        uraian,
        reporter=pelapor,
        title=jabatan,
        phone=telepon,
        email=surel,
        place=lokasi,
        entered_by="formulir laporan-lisan di Prefect",
        reference=str(flow_run.id or ""),
        called=waktu_lapor,
        since=sejak,
    )
    try:
        number = enter_oral_report(office_here(), said)
    except ValueError as error:  # whoever filled in the form is told what to mend, without a traceback
        return Failed(name="Tidak dicatat", message=f"Laporan tidak dicatat: {error}")
    send_due_mail(office_here())
    return Completed(name=f"Dicatat {number}", message=f"Dicatat sebagai {number}")
