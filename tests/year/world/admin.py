"""The office's admin at the Prefect UI and on the telephone: reports and answers that never were a mail."""

from __future__ import annotations

from random import Random

from handlers.admin_answered import NotWaiting, record_oral_answer
from handlers.oral_report import OralReport, enter_oral_report
from office.build import Office
from register import journal
from tests.year.world.offices import REPORTERS

ANSWERS = {
    "analisis": "ya",
    "penerusan_analisis": "teruskan",
    "disposisi": "disposisi",
    "penugasan": "tugaskan",
    "penanganan": "progres",
    "pengiriman_laporan": "kirim",
    "pelaporan_koordinator": "teruskan",
    "pelaporan_kabid": "teruskan",
    "penerimaan": "diterima",
}
_SAID = (
    "Jaringan di kantor kami putus sejak pagi, loket tidak bisa melayani.",
    "Aplikasi perizinan tidak bisa dibuka, antrean sudah panjang.\nTolong segera.",
    "Server absensi mati total sejak pukul 07.10 🙏",
)


def telephones(rng: Random, office: Office, serial: int) -> str:
    """Somebody telephones, or writes in the WhatsApp group, and it is entered. Returns the number."""
    caller = rng.choice(REPORTERS)
    said = OralReport(
        rng.choice(("telepon", "wag")),
        caller.name,
        rng.choice(_SAID),
        reporter=caller.pic,
        phone=caller.phone,
        email=rng.choice((caller.address, "", "siapa@luar.example")),
        entered_by="admin",
        reference=f"panggilan-{serial}",
    )
    return enter_oral_report(office, said)


def answers_orally(rng: Random, office: Office) -> str:
    """An official has said it on the telephone, and the admin notes it. Returns the number, "" where nobody waits."""
    with office.database.reading() as tx:
        waiting = [row for row in journal.all_incidents(tx) if row.stage and not row.outcome]
    if not waiting:
        return ""
    row = rng.choice(waiting)
    text = "Tim Jaringan" if row.stage == "penugasan" else "Sesuai telepon."
    try:
        record_oral_answer(office, row.number, ANSWERS[row.stage], text, "", "admin")
    except NotWaiting:
        return ""
    return row.number
