"""No mail ends in silence: it stands in an incident, in a mail to Helpdesk, or in the list of the morning."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.collect_mail import collect_mail
from handlers.rounds.intake import act_on_waiting_mail
from register import ledger
from register.ledger import CollectedMail, State
from register.schema import outbox
from tests import cast
from tests.cast import DINKES, DISDIK
from tests.field import HandedOver, names, raw
from tests.town import Town

REPORT = "Jaringan internet di kantor kami putus total sejak pukul 08.00 WIB. Mohon bantuan segera."
ITIP = "BEGIN:VCALENDAR\r\nMETHOD:{}\r\nBEGIN:VEVENT\r\nSUMMARY:Rapat\r\nEND:VEVENT\r\nEND:VCALENDAR"
DSN = "Reporting-MTA: dns; surel.example\r\n\r\nFinal-Recipient: rfc822; {}\r\nAction: {}\r\nStatus: 5.1.1"
MDN = "Final-Recipient: rfc822; {}\r\nDisposition: manual-action/MDN-sent-manually; displayed"


def plain(subject: str, text: str, sender: str = cast.SAMSAT, head: str = "") -> bytes:
    return (
        f"From: {sender}\r\nTo: {cast.OFFICE}\r\nSubject: {subject}\r\n{head}"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()


def parts(
    top: str, *bodies: tuple[str, str], subject: str = "Surel", sender: str = cast.SAMSAT, head: str = ""
) -> bytes:
    """A mail of the multipart type `top` with (content type, text) for each part."""
    inner = "".join(f"--b\r\nContent-Type: {kind}\r\n\r\n{text}\r\n" for kind, text in bodies)
    return (
        f"From: {sender}\r\nTo: {cast.OFFICE}\r\nSubject: {subject}\r\n{head}"
        f"MIME-Version: 1.0\r\nContent-Type: {top}; boundary=b\r\n\r\n{inner}--b--\r\n"
    ).encode()


def calendar(subject: str, text: str, method: str = "REQUEST") -> bytes:
    return parts(
        "multipart/alternative",
        ("text/plain; charset=utf-8", text),
        (f"text/calendar; method={method}", ITIP.format(method)),
        subject=subject,
    )


def dsn(recipient: str, action: str = "failed", sender: str = "MAILER-DAEMON@surel.example") -> bytes:
    return parts(
        "multipart/report; report-type=delivery-status",
        ("text/plain", "This is the mail system. Your message could not be delivered."),
        ("message/delivery-status", DSN.format(recipient, action)),
        subject="Undelivered Mail Returned to Sender",
        sender=sender,
    )


def mdn(sender: str) -> bytes:
    return parts(
        "multipart/report; report-type=disposition-notification",
        ("text/plain", "Pesan telah dibaca."),
        ("message/disposition-notification", MDN.format(sender)),
        subject="Dibaca: Mohon disposisi",
        sender=sender,
    )


REPLIED, GENERATED = "Auto-Submitted: auto-replied\r\n", "Auto-Submitted: auto-generated\r\n"
LIST = "List-Id: <forum.contoh.example>\r\nPrecedence: list\r\n"
INCIDENT, SHOWN, LISTED = "insiden", "ditunjukkan", "daftar pagi"
KINDS: dict[str, tuple[str, bytes]] = {
    "report": (INCIDENT, plain("Internet mati", REPORT)),
    "report with a calendar file": (
        INCIDENT,
        parts("multipart/mixed", ("text/plain", REPORT), ('text/calendar; name="r.ics"', ITIP.format("REQUEST"))),
    ),
    "report by way of an invitation": (INCIDENT, calendar("Rapat darurat", f"{REPORT} Mari bahas di rapat ini.")),
    "invitation": (LISTED, calendar("Rapat bulanan", "Mengundang Bapak/Ibu hadir.")),
    "invitation that speaks of trouble": (SHOWN, calendar("Rapat", "The server of the office is down.")),
    "invitation and report in one breath": (SHOWN, calendar("Rapat", "Server mati total mohon hadir di rapat.")),
    "calendar that tells of trouble": (
        SHOWN,
        plain("Rapat", ITIP.format("REQUEST").replace("Rapat", "server simpeg mati")).replace(b"/plain", b"/calendar"),
    ),
    "accepted invitation": (LISTED, calendar("Diterima: Rapat bulanan", "", "REPLY")),
    "nothing but a calendar": (
        LISTED,
        plain("Rapat", ITIP.format("REQUEST")).replace(b"text/plain", b"text/calendar"),
    ),
    "bounce of nothing we know": (LISTED, dsn("siapa@jauh.example")),
    "delay": (LISTED, dsn("siapa@jauh.example", "delayed", "MAILER-DAEMON@lain.example")),
    "bounce in words of its own": (
        LISTED,
        plain("failure notice", "<siapa@jauh.example>:\r\nno mailbox here (#5.1.1)", "MAILER-DAEMON@kuno.example"),
    ),
    "report that shows a bounce": (
        INCIDENT,
        plain("Surel tidak terkirim", f"{REPORT}\r\n\r\n<budi@lain.example>: 550 5.1.1 User unknown"),
    ),
    "report of a postmaster": (INCIDENT, plain("Undelivered Mail", REPORT, "postmaster@samsat.contoh.example")),
    "report with an empty return path": (INCIDENT, plain("Internet mati", REPORT, head="Return-Path: <>\r\n")),
    "report of nobody": (INCIDENT, plain("Internet mati", REPORT, "")),
    "read receipt": (LISTED, mdn(cast.KABID)),
    "read receipt of a stranger": (LISTED, mdn("orang@jauh.example")),
    "absence": (LISTED, plain("Balasan otomatis: Laporan", "Saya sedang cuti sampai Jumat.", DINKES, REPLIED)),
    "absence with trouble": (
        SHOWN,
        plain("Balasan otomatis: Laporan", "Saya sedang cuti. Server SIMRS mati sejak pagi.", DISDIK, REPLIED),
    ),
    "acknowledgement": (
        LISTED,
        plain("Tiket", "Terima kasih telah menghubungi kami. Pesan akan diproses.", "cs@isp.example", REPLIED),
    ),
    "monitor": (INCIDENT, plain("DOWN: server simpeg", "Server simpeg down sejak pukul 08.12 WIB", head=GENERATED)),
    "web form": (INCIDENT, plain("Dari formulir", f"Nama: Budi\r\nIsi: {REPORT}", head=GENERATED)),
    "backup job": (LISTED, plain("Pencadangan selesai", "Pukul 02.00 selesai.", "cadangan@srv.example", GENERATED)),
    "letter through a list": (INCIDENT, plain("Internet mati", REPORT, head=LIST)),
    "newsletter": (LISTED, plain("Kabar bulanan", "Unduh majalah kami.", "kabar@penerbit.example", LIST)),
    "bare complaint through a list": (SHOWN, plain("forum", "wifi putus", "orang@jauh.example", LIST)),
    "spam": (
        LISTED,
        plain("Kuota penuh", "Klik tautan http://x.example untuk verifikasi akun dalam 24 jam.", "x@penipu.example"),
    ),
    "request": (SHOWN, plain("Permohonan akun", "Mohon dibuatkan akun surel dinas bagi dua pegawai baru.")),
    "general": (SHOWN, plain("Undangan rapat", "Mengundang Bapak/Ibu hadir pada rapat besok.")),
    "test": (SHOWN, plain("Tes", "tes kirim email")),
    "thanks": (SHOWN, plain("Terima kasih", "Terima kasih atas bantuannya, sudah normal kembali.")),
    "nothing at all": (SHOWN, b"\r\n"),
    "number of a provider": (INCIDENT, plain("Internet mati", f"{REPORT} Tiket penyedia: TLK-2026-00123.")),
    "mistyped number of ours": (INCIDENT, plain("[DKL-2026-9999] Internet mati", REPORT)),
}


def bring_in(place: Town, mails: list[bytes]) -> dict[bytes, CollectedMail]:
    """What became of mails that stand in a mailbox together; nothing is sent yet."""
    for uid, content in enumerate(mails, 5000):
        collect_mail(place.office, HandedOver(content, place.clock.now() + timedelta(seconds=uid), uid))
    for _ in range(3):  # what breaks us is set aside after so many attempts
        act_on_waiting_mail(place.office)
    with place.office.database.reading() as tx:
        return {place.office.archive.get(row.sha256): row for row in ledger.everything(tx)}


def stands(place: Town, mail: CollectedMail) -> str:
    """Where a person finds a mail; "" for nowhere."""
    with place.office.database.reading() as tx:
        about = outbox.c.key.startswith(f"umum/{mail.id[:16]}/") & (outbox.c.person == "helpdesk")
        if tx.execute(select(outbox.c.key).where(about)).first():
            return SHOWN
    if mail.incident:
        return INCIDENT
    return LISTED if mail.state is State.SET_APART else ""


def test_every_kind_of_mail_stands_where_a_person_finds_it(place: Town) -> None:
    became = bring_in(place, [content for _, content in KINDS.values()])
    found = {kind: stands(place, became[content]) for kind, (_, content) in KINDS.items()}
    assert found == {kind: right for kind, (right, _) in KINDS.items()}


@pytest.mark.parametrize("half", [0, 1])
def test_no_field_mail_ends_in_silence(place: Town, half: int) -> None:
    groups = sorted({name.partition("-")[0] for name in names(*[f"{n:02d}" for n in range(1, 40)], "10c")})
    mails = [raw(name) for name in names(*groups)][half::2] or [raw("07-kaki-saja-tanpa-tajuk")]
    became = bring_in(place, mails)
    silent = [mail for mail in became.values() if not stands(place, mail) and mail.state is not State.PUT_OFF]
    assert not silent


def test_three_hundred_read_receipts_are_one_line(place: Town) -> None:
    receipts = [mdn(sender) + f"\r\n{n}\r\n".encode() for sender in (cast.KABID, cast.KADIS) for n in range(20)]
    jobs = [plain(f"Pencadangan {n} selesai", "Selesai.", "cadangan@srv.example", GENERATED) for n in range(20)]
    bring_in(place, [*receipts, *jobs, plain("Kabar", "Majalah.", "kabar@penerbit.example", LIST)])
    place.work(60 * 24)
    listed = place.last(cast.HELPDESK, "Daftar karantina: 61 surat")
    said = " ".join(listed.plain.split())
    assert said.count("para pejabat") == 1 and "40 surel" in said
    assert said.count("cadangan@srv.example") == 1 and "20 surel" in said
    assert cast.KABID not in said
