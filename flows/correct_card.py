"""The flow behind the form by which an admin corrects what was misread on an incident's card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.here import office_here
from handlers import card_corrected
from handlers.send_mail import send_due_mail


@flow(name="Koreksi kartu", flow_run_name="Koreksi {nomor} oleh {pencatat}")
def correct_card(
    nomor: str,
    pencatat: str,
    perangkat_daerah: str = "",
    layanan: str = "",
    lokasi: str = "",
    mulai_terganggu: str = "",
    pelapor: str = "",
    jabatan: str = "",
    telepon: str = "",
    narahubung: str = "",
    nomor_surat: str = "",
    tanggal_surat: str = "",
    sifat: str = "",
    hal: str = "",
    ringkasan: str = "",
) -> State[Any]:
    """Perbaiki isian kartu yang salah dibaca; hanya isian yang ditulis yang berubah, semuanya atau tidak sama sekali.

    Args:
        nomor: nomor insiden, misalnya DKL-2026-0001
        pencatat: nama yang mengoreksi; tercantum pada kartu dan jejak insiden
        perangkat_daerah: nama atau singkatan OPD; alamat surel pelapor tidak berubah
        layanan: misalnya jaringan, atau jaringan dan listrik
        lokasi: tempat gangguan
        mulai_terganggu: misalnya 23-11-2026 pukul 07.30
        pelapor: nama pelapor
        jabatan: jabatan pelapor
        telepon: nomor yang dapat dihubungi
        narahubung: nama narahubung
        nomor_surat: nomor surat
        tanggal_surat: misalnya 23 November 2026
        sifat: sifat surat
        hal: hal surat
        ringkasan: ringkasan laporan
    """
    values = {
        "opd": perangkat_daerah,
        "layanan": layanan,
        "lokasi": lokasi,
        "waktu_kejadian": mulai_terganggu,
        "pengirim": pelapor,
        "jabatan": jabatan,
        "telepon": telepon,
        "narahubung": narahubung,
        "nomor": nomor_surat,
        "tanggal": tanggal_surat,
        "sifat": sifat,
        "hal": hal,
        "ringkasan": ringkasan,
    }
    return _correct(nomor.strip().upper(), values, pencatat)


def _correct(number: str, values: Mapping[str, str], by: str) -> State[Any]:
    try:
        changed = card_corrected.correct_card(office_here(), number, values, by)
    except card_corrected.CannotCorrect as error:
        return Failed(name="Tidak dikoreksi", message=f"Kartu tidak berubah: {error}")
    send_due_mail(office_here())
    if not changed:
        return Completed(name="Sudah demikian", message=f"Isian itu sudah demikian pada kartu {number}")
    words = office_here().words.fields
    told = ", ".join(words.get(name, name) for name in changed)
    return Completed(name=f"Dikoreksi {number}", message=f"Kartu {number} dikoreksi: {told}")
