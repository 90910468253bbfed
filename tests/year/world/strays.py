"""Mail that is for nobody here: lists, rubbish, invitations, floods; and people who pretend."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from tests.year.witness import Kind
from tests.year.world.calendar import WIB
from tests.year.world.mails import OFFICE
from tests.year.world.offices import OFFICES
from tests.year.world.outages import day_in_words
from tests.year.world.written import Written

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
