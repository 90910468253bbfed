"""Mail that no official and no office means for the house: machines, lists, rubbish, and people who pretend.

Machines that answer a mail of ours are told what they answer in an `Ours`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from tests.year.witness import Kind
from tests.year.world.calendar import WIB
from tests.year.world.mails import AUTHENTICATES, OFFICE, header_text
from tests.year.world.offices import OFFICES
from tests.year.world.outages import day_in_words
from tests.year.world.signatures import odd
from tests.year.world.written import Written

_DAEMON = "MAILER-DAEMON@contoh.example"


@dataclass(frozen=True, slots=True)
class Ours:
    """A mail of ours that something comes back of.

    Attributes:
        recipient: to whom it was addressed.
        message_id: without angle brackets.
        raw: its bytes, where whoever sends it back has them; b"" else.
    """

    recipient: str
    subject: str
    message_id: str
    raw: bytes = b""


# Bounces and receipts ------------------------------------------------------------------------------------------------

_REASONS = (
    ("5.2.2", "552 5.2.2 mailbox full"),
    ("5.1.1", "550 5.1.1 User unknown in virtual mailbox table"),
    ("5.7.1", "554 5.7.1 message rejected by content filter"),
    ("5.4.4", "host or domain name not found"),
)


def bounce(rng: Random, ours: Ours) -> Written:
    """A delivery report (RFC 3464) or an old-style notice."""
    return rng.choice((dsn, dsn, old_bounce, bounce_in_indonesian))(rng, ours)


def dsn(rng: Random, ours: Ours) -> Written:
    """Postfix's report: for people, for machines, and the header of our mail."""
    status, said = rng.choice(_REASONS)
    words = (
        f"This is the mail system at host mx.contoh.example.\r\n\r\nI'm sorry to have to inform you that your message could not\r\n"
        f"be delivered to one or more recipients.\r\n\r\n<{ours.recipient}>: host mail.contoh.example said:\r\n    {said}\r\n"
    )
    report = (
        f"Reporting-MTA: dns; mx.contoh.example\r\n\r\nFinal-Recipient: rfc822; {ours.recipient}\r\nOriginal-Recipient: rfc822;"
        f"{ours.recipient}\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {said}\r\n"
    )
    return _report(rng, ours, Kind.BOUNCE, "delivery-status", ("Undelivered Mail Returned to Sender", words, report))


def delayed(rng: Random, ours: Ours) -> Written:
    """The server is still trying: not yet a failure."""
    words = f"Your message could not be delivered for 4 hours. It will be retried until it is 5 days old.\r\n\r\n<{ours.recipient}>: connection timed out\r\n"
    report = (
        f"Reporting-MTA: dns; mx.contoh.example\r\n\r\nFinal-Recipient: rfc822; {ours.recipient}\r\nAction: delayed\r\n"
        "Status: 4.4.1\r\n"
    )
    return _report(rng, ours, Kind.BOUNCE, "delivery-status", ("Delayed Mail (still being retried)", words, report))


def old_bounce(rng: Random, ours: Ours) -> Written:
    """In plain words, as qmail and small servers do."""
    _, said = rng.choice(_REASONS)
    words = (
        f"Hi. This is the qmail-send program at contoh.example.\nI'm afraid I wasn't able to deliver your message to the following "
        f"addresses.\n\n<{ours.recipient}>:\n{said}\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <{ours.message_id}>\n"
        f"To: {ours.recipient}\nSubject: {header_text(ours.subject)}\n"
    )
    body = b"\r\n" + words.replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii", "replace")
    return Written(
        Kind.BOUNCE, "failure notice", words=words, sender=_DAEMON, headers=(("Return-Path", "<>"),), raw_body=body
    )


def bounce_in_indonesian(rng: Random, ours: Ours) -> Written:
    _, said = rng.choice(_REASONS)
    words = f"Surel Anda tidak terkirim.\n\nPenerima: <{ours.recipient}>\nAlasan: {said}\nMessage-ID: <{ours.message_id}>\nSubjek: {ours.subject}\n"
    return Written(
        Kind.BOUNCE,
        "Surel tidak terkirim: " + ours.subject,
        words=words,
        text=words,
        sender="postmaster@contoh.example",
        headers=(("Auto-Submitted", "auto-replied"),),
    )


def receipt(rng: Random, ours: Ours) -> Written:
    """A read receipt (RFC 8098), or Outlook's in words."""
    if rng.random() < 0.3:
        words = f"Pesan Anda\n\n  Kepada: {ours.recipient}\n  Subjek: {ours.subject}\n\ntelah dibaca.\n"
        return Written(
            Kind.RECEIPT,
            f"Dibaca: {ours.subject}",
            words=words,
            text=words,
            sender=ours.recipient,
            headers=(("Auto-Submitted", "auto-replied"), ("X-MS-Exchange-Organization-AuthAs", "Internal")),
        )
    words = f"Pesan yang dikirim ke {ours.recipient} telah ditampilkan.\r\nIni bukan jaminan bahwa isinya telah dipahami.\r\n"
    report = (
        f"Reporting-UA: contoh.example; Thunderbird\r\nFinal-Recipient: rfc822;{ours.recipient}\r\nOriginal-Message-ID: "
        f"<{ours.message_id}>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n"
    )
    parts = (f"Tanda terima baca: {ours.subject}", words, report)
    return replace(_report(rng, ours, Kind.RECEIPT, "disposition-notification", parts), sender=ours.recipient)


def _report(rng: Random, ours: Ours, kind: Kind, of: str, parts: tuple[str, str, str]) -> Written:
    """A multipart/report of (subject, words, fields for machines)."""
    subject, words, fields = parts
    boundary = f"=_{rng.getrandbits(96):024x}"
    head = f"Message-ID: <{ours.message_id}>\r\nFrom: {OFFICE}\r\nTo: {ours.recipient}\r\nSubject: {header_text(ours.subject)}\r\n"
    body = (
        f"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n--{boundary}\r\nContent-Type: message/{of}\r\n\r\n"
        f"{fields}\r\n--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n--{boundary}--\r\n"
    )
    kept = (
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/report; report-type={of};\r\n boundary="{boundary}"'),
        ("Auto-Submitted", "auto-replied"),
    )
    return Written(kind, subject, words=words, sender=_DAEMON, headers=kept, raw_body=b"\r\n" + body.encode())


# Lists, news, rubbish ------------------------------------------------------------------------------------------------

_LISTS = (
    (
        "[forum-tik] Diskusi penamaan kelas jabatan",
        "Rekan-rekan, adakah yang punya contoh SOP pengelolaan domain? Mohon dibagi ya.",
    ),
    (
        "[forum-tik] Re: server down di provinsi tetangga",
        "Kata teman di provinsi tetangga server mereka down dua hari. Semoga kita aman.",
    ),
    (
        "Buletin Keamanan Mingguan",
        "Kerentanan baru ditemukan pada router. Perbarui firmware Anda. Baca selengkapnya di laman kami.",
    ),
    ("Warta Korpri edisi ke-12", "Selamat membaca. Edisi ini memuat kisah ASN teladan dari Sumatera Barat."),
    (
        "Pengumuman pemeliharaan terjadwal penyedia",
        "Pelanggan yth., pemeliharaan terjadwal dilakukan Sabtu pukul 00.00-04.00. Terima kasih.",
    ),
)
_SPAM = (
    (
        "Selamat! Anda pemenang undian",
        "Klik tautan http://hadiah.menang.example untuk klaim Rp 100 juta sekarang juga.",
    ),
    (
        "Kotak surat Anda penuh",
        "Kuota surel Anda habis. Verifikasi kata sandi di http://kuota.palsu.example atau akun dinonaktifkan.",
    ),
    (
        "Penawaran lisensi murah",
        "Kami menawarkan lisensi asli harga termurah, diskon 70% khusus bulan ini. Balas YA untuk pesan.",
    ),
    ("Invoice overdue #88213", "Please find the attached invoice. Pay now to avoid suspension."),
    ("slot gacor hari ini", "Deposit 10 ribu menang jutaan, daftar di http://gacor.judi.example"),
    ("Loan approved", "Dear beneficiary, your loan of $50,000 has been approved. Send your details."),
)


def mailing_list(rng: Random) -> Written:
    """Of a list or a newsletter."""
    subject, words = rng.choice(_LISTS)
    return Written(
        Kind.LIST,
        subject,
        words=words,
        text=f"{words}\n\n--\nUntuk berhenti berlangganan: http://milis.contoh.example/keluar\n",
        sender="forum-tik@milis.contoh.example",
        name="Forum TIK",
        headers=(
            ("List-Id", "<forum-tik.milis.contoh.example>"),
            ("List-Unsubscribe", "<http://milis.contoh.example/keluar>"),
            ("Precedence", rng.choice(("list", "bulk"))),
        ),
    )


def spam(rng: Random) -> Written:
    subject, words = rng.choice(_SPAM)
    sender = f"promo{int(rng.random() * 900)}@{rng.choice(('hadiah', 'lisensi', 'promo'))}.lain.example"
    html = (
        f"<html><body><b>{words}</b><br><a href='http://lain.example'>KLIK</a></body></html>"
        if rng.random() < 0.5
        else ""
    )
    return Written(Kind.SPAM, subject, words=words, text="" if html else words, html=html, sender=sender)


def invitation(rng: Random, now: datetime) -> Written:
    """An invitation of a calendar."""
    start = (
        (now + timedelta(days=1 + int(rng.random() * 9)))
        .astimezone(WIB)
        .replace(hour=9, minute=0, second=0, microsecond=0)
    )
    subject = rng.choice(("Rapat koordinasi mingguan", "Vicon evaluasi SPBE", "Rapat teknis jaringan"))
    organizer = rng.choice(OFFICES).address
    boundary = f"=_{rng.getrandbits(96):024x}"
    ics = (
        f"BEGIN:VCALENDAR\r\nPRODID:-//Contoh//ID\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:{rng.getrandbits(64):x}\r\n"
        f"DTSTAMP:{start:%Y%m%d}T000000Z\r\nDTSTART:{start:%Y%m%d}T020000Z\r\nDTEND:{start:%Y%m%d}T030000Z\r\nSUMMARY:{subject}\r\n"
        f"ORGANIZER:mailto:{organizer}\r\nATTENDEE:mailto:{OFFICE}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    body = (
        f"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{subject}, {day_in_words(start)} pukul 09.00 WIB.\r\n--{boundary}\r\n"
        f"Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\n{ics}\r\n--{boundary}--\r\n"
    )
    headers = (("MIME-Version", "1.0"), ("Content-Type", f'multipart/alternative; boundary="{boundary}"'))
    return Written(
        Kind.ROUTINE,
        f"Undangan: {subject}",
        words=subject,
        sender=organizer,
        headers=headers,
        raw_body=b"\r\n" + body.encode(),
    )


# Loops and floods ----------------------------------------------------------------------------------------------------


def own_mail_back(rng: Random, ours: Ours) -> bytes:
    """Our own mail, sent on to us by somebody's rule: the same bytes, under what servers put on top."""
    top = f"Received: from {ours.recipient.partition('@')[2]} by {AUTHENTICATES}; id {rng.getrandbits(40):x}\r\nDelivered-To: {OFFICE}\r\n"
    return top.encode() + ours.raw


def robot(rng: Random, ours: Ours) -> Written:
    """A machine that answers whatever comes, machines too: now and then without saying that it is one."""
    subject, words = rng.choice(
        (
            (f"Re: {ours.subject}", "Surel Anda telah kami terima dan akan diproses. Mohon tidak membalas surel ini."),
            (
                f"[Tiket #{int(rng.random() * 90000)}] {ours.subject}",
                "Your ticket has been created. Our team will contact you.",
            ),
            ("Terima kasih telah menghubungi kami", "Pesan Anda penting bagi kami. Jam layanan Senin-Jumat."),
        )
    )
    headers = (("Auto-Submitted", "auto-replied"),) if rng.random() < 0.8 else (("X-Mailer", "HelpdeskBot 2"),)
    return Written(Kind.LOOP, subject, words=words, text=f"{words}\n", sender=ours.recipient, headers=headers)


def flood(rng: Random, sender: str, serial: int) -> Written:
    """One of very many of one sender: a monitor that reports each minute, say."""
    host = f"node-{serial % 40:02d}"
    subject, words = rng.choice(
        (
            (f"PROBLEM: {host} ping loss {20 + serial % 80}%", f"Host {host} DOWN. Serial {serial}."),
            (f"Alarm {serial}", f"Suhu rak {serial % 6}: {30 + serial % 20} C. Ini pesan otomatis."),
            (f"tes kirim {serial}", f"tes {serial}"),
        )
    )
    return Written(Kind.FLOOD, subject, words=words, text=f"{words}\n", sender=sender)


# Broken mails --------------------------------------------------------------------------------------------------------


def broken(rng: Random, written: Written) -> Written:
    """The same letter, as a broken client sends it. Where nobody can read it any more, all that must come of it is that a
    human sees it, as of ROUTINE.
    """
    text = (written.text or written.words).replace("\n", "\r\n").encode("utf-8", "surrogatepass")
    readable, wreck = rng.choice(_BROKEN)
    headers, body = wreck(text)
    kind, about = (written.kind, written.about) if readable and written.text else (Kind.ROUTINE, None)
    return replace(
        written,
        kind=kind,
        about=about,
        text="",
        html="",
        attached=(),
        headers=(*written.headers, *headers),
        raw_body=b"\r\n" + body,
    )


_Wreck = tuple[tuple[tuple[str, str], ...], bytes]


def _unknown_charset(text: bytes) -> _Wreck:
    return (("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=x-unknown-9")), text


def _wrong_charset(text: bytes) -> _Wreck:
    """UTF-16 that says it is UTF-8."""
    return (("Content-Type", "text/plain; charset=utf-8"),), text.decode("utf-8", "replace").encode("utf-16")


def _raw_bytes(text: bytes) -> _Wreck:
    """Eight-bit rubbish after the words, without any header about it."""
    return (), text + b"\r\n\xff\xfe\x80\x81\x00\x9d\r\n"


def _no_boundary(text: bytes) -> _Wreck:
    return (("MIME-Version", "1.0"), ("Content-Type", "multipart/mixed")), text


def _never_closed(text: bytes) -> _Wreck:
    head = (("MIME-Version", "1.0"), ("Content-Type", 'multipart/mixed; boundary="xx"'))
    return head, b"--xx\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text


def _bad_base64(text: bytes) -> _Wreck:
    head = (("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "base64"))
    return head, text


def _nested(text: bytes) -> _Wreck:
    """Thirty multiparts in one another."""
    deep = 30
    head = "".join(f'--b{at}\r\nContent-Type: multipart/mixed; boundary="b{at + 1}"\r\n\r\n' for at in range(deep))
    tail = "".join(f"--b{at}--\r\n" for at in range(deep, -1, -1))
    inner = f"--b{deep}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n".encode() + text + b"\r\n"
    return (("Content-Type", 'multipart/mixed; boundary="b0"'),), head.encode() + inner + tail.encode()


_BROKEN: tuple[tuple[bool, Callable[[bytes], _Wreck]], ...] = (
    (True, _unknown_charset),
    (False, _wrong_charset),
    (True, _raw_bytes),
    (True, _no_boundary),
    (True, _never_closed),
    (False, _bad_base64),
    (True, _nested),
)
"""Whether a person could still read it, and what is done to it."""


def empty(rng: Random) -> Written:
    """Nothing in it, or next to nothing."""
    text, subject = rng.choice(("", "\n\n\n", " \u200b ", ".")), rng.choice(("", "", "Re:", "(tanpa subjek)"))
    return Written(Kind.ROUTINE, subject, words=text.strip(), text=text)


def huge_subject(rng: Random, written: Written) -> Written:
    """The same with a subject of many thousand characters."""
    filling = rng.choice(("mohon segera ", "!" * 40, "darurat " * 4, odd(rng)))
    return replace(written, subject=(written.subject + " " + filling * 400)[:9000])


# People who pretend --------------------------------------------------------------------------------------------------


def forged(rng: Random, words: str) -> Written:
    """In an official's name, of somebody else. The caller says whose address; the mail must not be `genuine`."""
    said = rng.choice((words, words, f"{words}\n\nSegera kirim kredensial admin ke saya untuk pengecekan."))
    return Written(Kind.FORGED, "", words=said, text=f"{said}\n")


def stranger(rng: Random, words: str, number: str, token: str = "") -> Written:
    """Somebody nobody here knows, with a number or a token that is not theirs."""
    subject = rng.choice(
        (
            f"[{number}] {words[:40]} ({token})" if token else f"Re: [{number}]",
            f"Re: [{number}] Mohon analisis",
            f"{number}",
        )
    )
    return Written(
        Kind.STRANGER,
        " ".join(subject.split()),
        words=words,
        text=f"{words}\n\nKode: {token}\n" if token else f"{words}\n",
        sender=f"orang{int(rng.random() * 60)}@lain.example",
    )


def forwarded_request(rng: Random, ours_text: str, words: str) -> Written:
    """An official's request, sent on to us by somebody who was not asked, with their own opinion above it."""
    above = rng.choice((f"{words}\n", f"Menurut saya: {words}\n", "Ini punya siapa ya?\n"))
    head = f"---------- Forwarded message ---------\nDari: Siaga <{OFFICE}>\nSubject: Fwd\n\n"
    return Written(Kind.FORWARDED, "Fwd:", words=above.strip(), text=f"{above}\n{head}{ours_text}")
