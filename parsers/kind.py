"""What kind of mail is it? Machine mail by its headers (RFC 3464, RFC 3834, RFC 8098), the rest by its words."""

from __future__ import annotations

import re

from parsers.message import Mail
from parsers.services import failing_services, has_symptom
from parsers.values import MailKind

INCIDENT_NUMBER = re.compile(r"\b[A-Z]{2,5}-20\d\d-\d{3,6}\b")
_AUTO_SUBJECT = re.compile(
    r"^\s*(?:balasan otomatis|automatic reply|autoreply|auto-?reply|out of (?:the )?office|di luar kantor|jawaban otomatis)",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|system)|returned mail|"
    r"failure notice|tidak terkirim|gagal terkirim",
    re.IGNORECASE,
)
_LURE = re.compile(
    r"verifikasi (?:akun|ulang|data)|kuota (?:surel|e-?mail|penyimpanan)|dinonaktifkan|klik (?:tautan|link|di sini|disini)|"
    r"(?:verify|confirm) your (?:account|password)|menangkan|hadiah|transfer sekarang|dalam (?:waktu )?24 jam",
    re.IGNORECASE,
)
_BULK = re.compile(r"berhenti berlangganan|unsubscribe|lihat di (?:peramban|browser)", re.IGNORECASE)
_EARLIER_LETTER = re.compile(
    r"(?:menindaklanjuti|menyusuli|menyambung|susulan|terkait|perihal)\s+(?:dari\s+)?(?:surat|laporan) (?:kami|terdahulu|sebelumnya)"
    r"[^.\n]{0,40}\b(?:nomor|no)\b",
    re.IGNORECASE,
)
_OTHER_HEAD = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:undangan|surat edaran|edaran|pengumuman|terima kasih|ucapan|sosialisasi|bimtek|survei|newsletter|"
    r"pemberitahuan (?:kegiatan|libur|acara)|(?:pemberitahuan |jadwal |rencana )?(?:pemeliharaan|maintenance|pemadaman) (?:terjadwal|rutin|berkala)|"
    r"(?:pemberitahuan|jadwal|rencana) (?:pemadaman|pemeliharaan|maintenance))",
    re.IGNORECASE,
)
_NO_CONCERN = re.compile(
    r"^\W*(?:penawaran|promo|diskon|katalog|brosur)\b|"
    r"^\W*(?:penyampaian |pengiriman )?laporan (?:bulanan|triwulan\w*|semester\w*|tahunan|kinerja|realisasi|pelaksanaan)\b",
    re.IGNORECASE,
)
"""Offers and reports on a whole month may speak of outages; they report none."""
_INVITES = re.compile(r"mengundang (?:saudara|bapak|ibu)|dimohon kehadiran|mengharapkan kehadiran", re.IGNORECASE)
_THANKS = re.compile(r"(?:sudah|telah)\s+(?:\w+\s+){0,2}(?:normal|pulih)[^.]*", re.IGNORECASE)
_REQUEST = re.compile(
    r"(?:permohonan|permintaan) (?:fasilitasi|akun|pembuatan|subdomain|hosting|bandwidth|data|narasumber|pinjam\w*|penambahan|reset|"
    r"izin|akses|bantuan|dukungan|peminjaman|pemasangan|instalasi|integrasi|migrasi|server|vps|ip\b|jaringan baru|tenaga|rekomendasi)|"
    r"mohon (?:kiranya )?(?:untuk )?(?:dapat )?(?:disediakan|dibuatkan|difasilitasi|dipinjamkan|ditambahkan|diaktifkan|diberikan|dikirimkan|dipasang|"
    r"diizinkan|didampingi|dijadwalkan|direkomendasikan)|"
    r"bagaimana (?:prosedur|cara|syarat|mekanisme|alur)\w* (?:\w+ )?(?:pembuatan|pengajuan|permohonan|permintaan|pendaftaran|membuat|mengajukan|mendapatkan)|"
    r"reset (?:kata sandi|password)|penambahan (?:akun|bandwidth|kuota)",
    re.IGNORECASE,
)

_INDONESIAN = re.compile(
    r"\b(?:yang|dan|tidak|tdk|gak|nggak|ndak|indak|bisa|sejak|dari|kami|mohon|tolong|sudah|di|pada|kantor|dengan|pak|bu|min|"
    r"ambo|awak|saya|mati|gangguan|lagi|sampai|belum|untuk|ini)\b",
    re.IGNORECASE,
)


def machine_kind(mail: Mail) -> MailKind | None:
    """Bounce, auto-reply and the like; None for mail that a person wrote."""
    types = set(mail.part_types)
    if mail.report_type == "delivery-status" or "message/delivery-status" in types:
        return MailKind.DELAY if _is_delay(mail) else MailKind.BOUNCE
    if mail.bounce is not None:
        return MailKind.DELAY if mail.bounce.only_late else MailKind.BOUNCE
    if mail.report_type == "disposition-notification" or "message/disposition-notification" in types:
        return MailKind.READ_RECEIPT
    from_daemon = re.match(r"(?:mailer-daemon|postmaster)@", mail.sender) is not None
    if mail.header("x-failed-recipients") or (
        (from_daemon or mail.header("return-path") == "<>") and _BOUNCE_SUBJECT.search(mail.subject)
    ):
        return MailKind.BOUNCE
    if "text/calendar" in types:
        return MailKind.CALENDAR
    auto = mail.header("auto-submitted").lower().partition(";")[0].strip()
    if (auto and auto != "no") or _AUTO_SUBJECT.match(mail.subject):
        return MailKind.AUTO_REPLY
    if any(mail.header(name) for name in ("x-autoreply", "x-autorespond", "x-autoresponse")):
        return MailKind.AUTO_REPLY
    if mail.header("precedence").lower() == "auto_reply":
        return MailKind.AUTO_REPLY
    return None


def human_kind(mail: Mail, regarding: str, text: str, *, official: bool) -> MailKind:
    """What a person wants. `official` = a numbered letter or an own office's address.

    In doubt between an incident and anything else, an incident: Helpdesk can say no, nobody can say what was not shown.
    """
    if _looks_like_spam(mail, text) and not official:
        return MailKind.SPAM
    if _is_bulk(mail, text):
        return MailKind.OTHER
    if INCIDENT_NUMBER.search(mail.subject) or INCIDENT_NUMBER.search(text) or _EARLIER_LETTER.search(_flow(text)):
        return MailKind.FOLLOW_UP
    if _OTHER_HEAD.match(regarding) or _NO_CONCERN.match(regarding) or _INVITES.search(text):
        return MailKind.OTHER
    symptom = has_symptom(f"{regarding}\n{text}")
    if (
        _THANKS.search(text)
        and re.search(r"terima kasih", text, re.IGNORECASE)
        and not has_symptom(_after_thanks(text))
    ):
        return MailKind.OTHER
    if symptom and (official or _concerns_us(f"{regarding}\n{text}")):
        return MailKind.INCIDENT
    if _REQUEST.search(f"{regarding}\n{_flow(text)}"):
        return MailKind.REQUEST
    return MailKind.OTHER


def _concerns_us(text: str) -> bool:
    """Written in our language, or about a failing service: other tongues have words that look like symptoms."""
    common = {match.group(0).lower() for match in _INDONESIAN.finditer(text)}
    return len(common) >= 2 or bool(failing_services("", text))


def is_list_mail(mail: Mail) -> bool:
    """Mail of a list or a bulk sender: never answered (RFC 3834 §2)."""
    return bool(
        mail.header("list-id")
        or mail.header("list-unsubscribe")
        or mail.header("precedence").lower() in ("bulk", "list", "junk")
    )


def _is_delay(mail: Mail) -> bool:
    status = b"\n".join(p.content for p in mail.attachments if p.mime_type == "message/delivery-status").lower()
    return b"action: delayed" in status and b"action: failed" not in status


def _is_bulk(mail: Mail, text: str) -> bool:
    return is_list_mail(mail) or _BULK.search(text) is not None


def _looks_like_spam(mail: Mail, text: str) -> bool:
    lures = len({match.group(0).lower() for match in _LURE.finditer(f"{mail.subject}\n{text}")})
    deceitful = any(
        _host(shown) and _host(shown) != _host(target)
        for target, shown in re.findall(r"""<a[^>]+href=["']?(https?://[^"'> ]+)[^>]*>\s*([^<]+)""", mail.html, re.I)
    )
    results = " ".join(mail.headers.get("authentication-results", ())).lower()
    failed = re.search(r"(?:spf|dmarc)=(?:fail|softfail|none)", results) is not None
    first_person = re.search(r"\b(?:akun|surel|email) kami\b", text, re.IGNORECASE) is not None
    return not first_person and (lures >= 2 or (lures >= 1 and deceitful)) and (failed or deceitful or lures >= 3)


def _host(url: str) -> str:
    match = re.match(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})", url.strip(), re.IGNORECASE)
    return match.group(1).lower().removeprefix("www.") if match else ""


def _after_thanks(text: str) -> str:
    ends = [match.end() for match in _THANKS.finditer(text)]
    return text[ends[-1] :] if ends else text


def _flow(text: str) -> str:
    return " ".join(text.split())
