"""A gateway's banner is nobody's word, and nothing that an author says is taken for one."""

from __future__ import annotations

import pytest

from parsers.mails.banner import without_banner, without_tags
from parsers.mails.message import read_mail
from parsers.mails.reply_words import added_to_subject, reply_text
from tests.parsers.mail_parts import html, mail, plain

SAID = "KEMBALIKAN\n\nNomor surat belum benar."
BANNERS = [
    "[EKSTERNAL]",
    "[EXTERNAL EMAIL]",
    "CAUTION: EXTERNAL SENDER",
    "*** SUREL EKSTERNAL ***",
    "CAUTION: This email originated from outside the organisation. Do not click links or open attachments unless you recognise the sender and know the content is safe.",
    "PERHATIAN: Surel ini berasal dari luar organisasi. Jangan mengeklik tautan atau membuka lampiran kecuali Anda mengenali pengirimnya.",
    "PERHATIAN: surel dari luar organisasi",
    "⚠ EXTERNAL: Use caution with links and attachments.",
    "You don't often get email from rahma@contoh.example. Learn why this is important <https://aka.example/LearnAboutSender>",
    "Anda jarang menerima email dari rahma@contoh.example. Pelajari mengapa ini penting",
    "ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nThis message came from outside your organization.\nZjQcmQRYFpfptBannerEnd",
    "----------------\nPERINGATAN\nEmail ini dikirim dari luar instansi pemerintah.\nHati-hati membuka tautan dan lampiran.\n----------------",
    "[External Email]: This message originated outside our network.\nPlease be careful with links and attachments.",
    "Pesan dari pengirim eksternal, mohon waspada terhadap tautan dan lampiran.",
    "*** Pesan ini telah dipindai dan dinyatakan aman ***",
    "#### Surel ini telah dipindai oleh sistem antivirus dan bebas virus ####",
    "[Perhatian: surel ini dari luar organisasi]",
    "Hati-hati! Pengirim surel ini tidak dikenal. Jangan berikan kata sandi.",
]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@pytest.mark.parametrize("banner", BANNERS)
def test_words_below_a_banner_are_read_alone(banner: str, gap: str) -> None:
    assert without_banner(f"{banner}{gap}{SAID}") == SAID
    assert without_banner(f"\u200b\n{banner}\n\n{banner}{gap}{SAID}") == SAID


@pytest.mark.parametrize("banner", BANNERS)
def test_a_banner_in_html_is_left_out_like_one_in_text(banner: str) -> None:
    said = banner.replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    table = f'<table style="background:#fe9"><tr><td>&#9888;</td><td>{said}</td></tr></table><br>'
    markup = f"<html><body>{table if 'Banner' not in said else f'<div>{said}</div>'}<p>KEMBALIKAN</p><p>Nomor surat belum benar.</p></body></html>"
    assert reply_text(read_mail(mail(html(markup)))) == SAID
    assert reply_text(read_mail(mail(plain(f"{banner}\n\n{SAID}")))) == SAID


@pytest.mark.parametrize(
    "text",
    [
        "Lampiran surel ini tidak dapat dibuka.\n\nKEMBALIKAN",
        "Jangan diproses, surel ini dari luar organisasi.\n\nDITERIMA",
        "TIDAK. Surel ini berasal dari luar organisasi.\n\nYA",
        "Mohon periksa kembali.\n\nDISPOSISI",
        "Hati-hati di lapangan.\n\nDISPOSISI",
        "Perhatian: jangan buka jalur luar.\n\nDISPOSISI",
        "Tidak aman.\n\nDITERIMA",
        "Tim luar saja\n\nDISPOSISI",
        "[URGENT] tangani sekarang",
        "Jaringan luar putus, mohon segera.\n\nRahma",
        "Surel dari luar tidak masuk sejak pagi.\n\nMohon bantuan.",
        "Setuju, pengirim eksternal sudah dipindai.\n\nYA",
        "---\nYA",
        "[EKSTERNAL]",
        "CAUTION: This email originated from outside of the organization.",
        "Yth. Kabid, surel ini dari luar organisasi, mohon waspada terhadap lampiran.\n\nYA",
    ],
)
def test_no_word_of_an_author_is_taken_for_a_banner(text: str) -> None:
    assert without_banner(text) == text


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("Re: {}", ""),
        ("Re: {} DISPOSISI", "DISPOSISI"),
        ("Re: {} - DISPOSISI segera tangani", "DISPOSISI segera tangani"),
        ("DISPOSISI Re: {}", "DISPOSISI"),
        ("TIDAK. Re: {}", "TIDAK."),
        ("Re: DISPOSISI", "DISPOSISI"),
        ("[EKSTERNAL] Re: {}", ""),
        ("Re: [External Email] {} DISPOSISI", "DISPOSISI"),
        ("Re: [SPAM?] {}", ""),
        ("Disposisi: {}", ""),
        ("Re: Tidak disposisi", "Tidak disposisi"),
        ("Re: Jangan ditunda, disposisi", "Jangan ditunda, disposisi"),
        ("Bls: [DKL-2026-0001] KEMBALIKAN", "KEMBALIKAN"),
        ("RE: {} (abcde-fghij-klmn)", ""),
        ("Re: Fwd: {} // kembalikan, nomor surat salah", "kembalikan, nomor surat salah"),
        ("Re: [DKL-2026-0001] Mohon disposisi sebelum", ""),
    ],
)
def test_words_written_into_the_subject_are_told_from_ours(subject: str, said: str) -> None:
    asked = "[DKL-2026-0001] Mohon disposisi sebelum 09.05 WIB: Dinas Kesehatan, jaringan"
    assert added_to_subject(subject.format(asked), asked) == said


def test_the_word_of_a_calendar_or_client_before_our_subject_is_no_answer() -> None:
    asked = "[DKL-2026-0001] Laporan kegiatan untuk diterima: Dinas Kesehatan, jaringan"
    bare = asked.partition("] ")[2]
    for subject in (f"Diterima: {asked}", f"Accepted: {asked}", f"Diterima: {bare}", f"Diterima: Re: {asked}"):
        assert added_to_subject(subject, asked) == ""


def test_only_a_gateways_marks_are_taken_out_of_a_subject() -> None:
    assert without_tags("[EXTERNAL] [DKL-2026-0001] Mohon [segera]") == "[DKL-2026-0001] Mohon [segera]"
