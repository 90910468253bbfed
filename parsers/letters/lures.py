"""What speaks for a mail being a lure: phishing, loans, prizes, gambling."""

from __future__ import annotations

import re

from parsers.letters.evidence import fell_for
from parsers.mails.auth_results import read_results
from parsers.mails.message import Mail

A_LURE, A_LURE_FROM_WITHIN = 5, 9
"""From so much on a mail is one; more is asked of what bears an office's name, which may be stolen, too."""
MOST_TIMES = 3
_LURES: tuple[tuple[int, str], ...] = (
    (
        3,
        r"(?:masukkan|isikan|isi|berikan|kirim(?:kan)?|balas dengan|konfirmasi(?:kan)?|enter|provide|input)\b[^.\n]{0,60}\b(?:kata sandi|password|sandi|otp|pin\b|nomor kartu|cvv|passphrase|bank details|nomor rekening)",
    ),
    (
        2,
        r"verifikasi (?:akun|ulang|data|identitas)|(?:verify|confirm|validate|update) your (?:account|password|mailbox|identity)|pemutakhiran data|validasi (?:akun|ulang)|konfirmasi (?:akun|rekening|data)|password (?:will )?expires?|kata sandi (?:anda )?(?:akan )?(?:kedaluwarsa|kadaluarsa)",
    ),
    (
        2,
        r"(?:akun|rekening|mailbox|kotak (?:surat|masuk)|layanan|account)\b[^.\n]{0,60}\b(?:diblokir|dinonaktifkan|ditutup|dihapus|ditangguhkan|dihentikan|suspended|suspension|deactivated|terminated|closed)",
    ),
    (
        2,
        r"klik (?:tautan|link|di sini|disini|tombol)|click(?:ing)? (?:here|the link|below|on)|melalui (?:tautan|link) (?:berikut|di bawah|ini)|tautan berikut",
    ),
    (1, r"dalam (?:waktu )?(?:\d+|dua puluh empat) jam|within \d+ hours|sebelum pukul|hari ini juga|segera sebelum"),
    (
        1,
        r"kuota (?:surel|e-?mail|penyimpanan|mailbox)|(?:mailbox|storage) (?:quota|is (?:almost )?full)|mencapai \d+ ?%",
    ),
    (1, r"https?://"),
    (1, r"\bnasabah\b"),
    (
        4,
        r"pinjaman (?:tanpa agunan|online|cepat|dana)|tanpa agunan|dana (?:cepat|tunai) cair|cair (?:dalam )?\d+ (?:hari|jam|menit)|kta\b.{0,30}bunga",
    ),
    (
        4,
        r"terpilih (?:sebagai|menerima|mendapat)|dana hibah|memenangkan|menangkan|pemenang (?:undian|hadiah)|hadiah (?:utama|langsung|sebesar|uang)|you (?:have )?won|lottery|lotre|jackpot|bonus new member|slot gacor|deposit pulsa|togel",
    ),
    (
        4,
        r"inheritance|next of kin|warisan sebesar|million (?:us ?)?dollars|usd [\d.,]+ ?million|beneficiary|dana sebesar (?:usd|us\$)",
    ),
    (2, r"transfer sekarang|transfer ke rekening|biaya administrasi|gift ?card|bitcoin wallet"),
    (
        2,
        r"promo terbatas|stok terbatas|limited offer|diskon \d+ ?%|harga spesial|garansi uang kembali|wa sekarang|order sekarang|beli sekarang|obat (?:kuat|herbal)|pelangsing|seo murah|followers",
    ),
    (4, r"pesugihan|pelaris|pengasihan|tanpa tumbal|dukun|jasa (?:gendam|santet)"),
    (4, r"rank (?:your )?(?:web ?site|site)|#1 on google|first page of google|backlinks?\b|jasa seo"),
    (4, r"cuan|profit (?:harian|\d+ ?%)|investasi (?:kripto|crypto|forex)|passive income"),
)
_COMPILED = tuple((weight, re.compile(pattern, re.IGNORECASE)) for weight, pattern in _LURES)
_TELLS_OF_ONE = re.compile(
    r"\b(?:akun|surel|e-?mail|pegawai|staf|user|bendahara) (?:dinas )?(?:kami|saya)\b|\bkami (?:telah )?(?:menerima|mendapat|temukan|laporkan|melaporkan)|"
    r"\bsaya (?:dapat|mendapat|menerima|terima|klik|sudah klik|terlanjur)|(?:mohon|tolong) (?:dicek|diperiksa|ditelusuri|bantuan)|apakah (?:ini )?(?:benar|resmi|phishing)",
    re.IGNORECASE,
)
"""Whoever tells of a lure they were sent, or fell for."""
_LINK = re.compile(r"<a\s([^<>]*+)>\s*+([^<]+)", re.IGNORECASE)
_TARGET = re.compile(r"""href=["']?(https?://[^"'<> ]+)""", re.IGNORECASE)


def lure(mail: Mail, text: str) -> int:
    """How much speaks for a lure; compare with `A_LURE`."""
    if _TELLS_OF_ONE.search(text) or fell_for(text):
        return 0
    said = re.sub(r"https?://\S+", "https://", f"{mail.subject}\n{text}")
    words = sum(weight * min(MOST_TIMES, len(_different(pattern, said))) for weight, pattern in _COMPILED)
    if not words:
        return 0
    return words + 3 * _deceitful(mail.html) + 2 * _unproven(mail)


def _different(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match.group(0).lower() for match in pattern.finditer(text)}


def _deceitful(html: str) -> bool:
    """A link that shows another host than it leads to."""
    links = ((_TARGET.search(tag), shown) for tag, shown in _LINK.findall(html))
    return any(_host(shown) and _host(shown) != _host(target[1]) for target, shown in links if target)


def _unproven(mail: Mail) -> bool:
    fields = map(read_results, mail.undecoded.get("authentication-results", ()))
    said = {(one.method, one.result) for field in fields for one in field.results}
    return any((method, result) in said for method in ("spf", "dmarc") for result in ("fail", "softfail", "none"))


def _host(url: str) -> str:
    match = re.match(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})", url.strip(), re.IGNORECASE)
    return match.group(1).lower().removeprefix("www.") if match else ""
