"""What programs write in a person's name decides nothing; what a person writes is never taken for it."""

from __future__ import annotations

import pytest

from parsers.letters.kind import machine_kind
from parsers.letters.values import MailKind
from parsers.mails.message import read_mail
from parsers.mails.notices import reaction, withheld
from tests.parsers.mail_parts import html, leaf, mail, parts, plain

OURS = "[DKL-2026-0001] Laporan kegiatan untuk diterima: Dinas Sosial, jaringan"


def kind(subject: str, text: str) -> MailKind | None:
    return machine_kind(read_mail(mail(plain(text), subject)))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            f"Read: {OURS}",
            "Your message\n\n   To: Rahma\n   Subject: x\n   Sent: Monday\n\nwas read on Monday, 23 November 2026 09:10.",
        ),
        (
            f"Dibaca: {OURS}",
            "Pesan Anda\n\n   Kepada: Rahma\n   Subjek: x\n\ntelah dibaca pada 23 November 2026 09.10.",
        ),
        (f"Not read: {OURS}", "Your message\n\nwas deleted without being read on Monday."),
        (f"Tidak dibaca: {OURS}", "Pesan Anda kepada Rahma\n\ndihapus tanpa dibaca pada 23 November 2026."),
        (
            f"Return Receipt (displayed): {OURS}",
            "This is a Return Receipt for the mail that you sent to rahma@contoh.example.\n\nNote: no guarantee that it has been read.",
        ),
        (f"Tanda terima telah dibaca: {OURS}", "Ini adalah tanda terima untuk surel yang Anda kirim ke Rahma."),
        (
            f"Read-Receipt: {OURS}",
            'The message sent on 23 November to rahma@contoh.example with subject "x" has been displayed.',
        ),
        (f"Dibaca: {OURS}", ""),
    ],
)
def test_a_receipt_without_a_header_that_says_so_is_one(subject: str, text: str) -> None:
    assert kind(subject, text) is MailKind.READ_RECEIPT


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (f"Recall: Re: {OURS}", f'Rahma Dewi would like to recall the message, "Re: {OURS}".'),
        (f"Penarikan kembali: Re: {OURS}", f'Rahma Dewi ingin menarik kembali pesan, "Re: {OURS}".'),
        (f"Message Recall: {OURS}", f"Rahma Dewi would like to recall the message, “{OURS}”."),
        (f"Penarikan kembali pesan: {OURS}", "Rahma Dewi hendak menarik kembali surel ini"),
        (f"Recall: {OURS}", ""),
    ],
)
def test_a_recall_is_one(subject: str, text: str) -> None:
    assert kind(subject, text) is MailKind.RECALL


@pytest.mark.parametrize(
    "said",
    [
        "Rahma Dewi liked your message",
        "Rahma Dewi reacted to your message: 👍",
        "👍 Rahma Dewi reacted to your message",
        "Rahma Dewi menyukai pesan Anda",
        "Rahma Dewi bereaksi terhadap pesan Anda: ✅",
        "Dewi, Rahma loved your email.",
    ],
)
def test_a_reaction_that_a_server_tells_is_a_machines(said: str) -> None:
    assert kind(f"Re: {OURS}", f"{said}\n\n{OURS}\n> Yth. Kepala Dinas,\n> Laporan terlampir.") is MailKind.REACTION


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (f"Re: {OURS}", "Sudah saya baca.\n\nDITERIMA"),
        (f"Dibaca: {OURS}", "Sudah dibaca oleh Kadis, DITERIMA."),
        (f"Read: {OURS}", "DITERIMA\n\nYour message was read on Monday."),
        (f"Re: {OURS}", "Saya menyukai pesan ini, DITERIMA"),
        (f"Re: {OURS}", "Rahma Dewi menyukai pesan Anda\nDITERIMA"),
        (f"Recall: {OURS}", "Rahma would like to recall the message.\n\nKEMBALIKAN, nomor salah."),
        ("Penarikan kabel: Dinas Sosial", "Kabel putus sejak pagi, mohon ditangani."),
        ("Read: jaringan putus", "Internet kami putus sejak pukul 08.00 WIB."),
        ("Tanda terima surat", "Kami kirim tanda terima terlampir."),
        ("Pesan Anda", "Pesan Anda sudah kami terima, DITERIMA."),
        ("Dihapus: data pegawai", "Data pegawai terhapus dari SIMPEG sejak pagi."),
    ],
)
def test_what_a_person_writes_is_no_notice(subject: str, text: str) -> None:
    assert kind(subject, text) is None


GMAIL = "<https://www.google.example/gmail/about/?utm_source=emojireaction#app>"


@pytest.mark.parametrize("sign", ["👍", "✅", "👎", "❤️", "🙏🏽"])
def test_a_reaction_in_gmail_is_its_senders_and_known_by_its_words_or_type(sign: str) -> None:
    json = leaf("Content-Type: text/vnd.google.email-reaction+json", f'{{"emoji": "{sign}", "version": 1}}')
    for said in (
        f"{sign}\n\nRahma Dewi reacted via Gmail\n{GMAIL}\n",
        f"{sign}\n\nRahma Dewi bereaksi melalui Gmail\n",
    ):
        read = read_mail(
            mail(parts("alternative", plain(said), json, html(f"<p>{sign}</p><p>Rahma Dewi reacted via Gmail</p>")))
        )
        assert reaction(read) == sign and machine_kind(read) is None
        assert reaction(read_mail(mail(plain(said)))) == sign
    assert reaction(read_mail(mail(plain(f"{sign}\n\nTERUSKAN")))) == ""
    assert reaction(read_mail(mail(plain(f"TERUSKAN\n\n{sign}\nRahma Dewi reacted via Gmail")))) == ""


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        (
            '"Microsoft Exchange Server" <microsoft@unknown>',
            "Retrieval using the IMAP4 protocol failed for the following message: 81",
        ),
        ("Microsoft Exchange Server", "Retrieval using the IMAP4 protocol failed for the following message: 81"),
        ("Microsoft Exchange", "Retrieval using the POP3 protocol failed for the following message: 81"),
        ("Microsoft Exchange Server <>", "Pengambilan menggunakan protokol IMAP4 gagal untuk pesan berikut: 81"),
        (
            "Microsoft Exchange Server",
            "Fehler beim Abrufen mithilfe des IMAP4-Protokolls für die folgende Nachricht: 81",
        ),
    ],
)
def test_a_stand_in_of_exchange_says_which_mail_is_withheld(sender: str, subject: str) -> None:
    body = 'The server couldn\'t retrieve the following message:\n\nSubject: "Gangguan SIMRS"\nFrom: "RSUD" ("rsud@contoh.example")\nSent date: 11/23/2026 08:53:02\n\nIt hasn\'t been deleted.'
    found = withheld(read_mail(mail(plain(body), subject, sender)))
    assert found is not None
    assert (found.number, found.subject, found.sent) == ("81", "Gangguan SIMRS", "11/23/2026 08:53:02")
    assert "rsud@contoh.example" in found.sender


def test_a_mail_about_imap_is_no_stand_in() -> None:
    for sender, subject in (
        ("Rahma <r@contoh.example>", "Retrieval using the IMAP4 protocol failed for message: 754"),
        ("Microsoft Exchange", "Undeliverable: 754"),
    ):
        assert withheld(read_mail(mail(plain("IMAP kami gagal"), subject, sender))) is None
