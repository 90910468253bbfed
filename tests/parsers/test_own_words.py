"""The author's own words, under whichever client's quote and above whichever signature."""

from __future__ import annotations

import pytest

from parsers.mails.html import html_to_text, reply_markup
from parsers.mails.quotes import own_words
from parsers.mails.reply_words import added_to_subject

AUTHOR = "Yuliandri Putra, S.Kom., M.T."
ASKED = "Yth. Kabid,\n\nBalas YA atau TIDAK.\n\nHelpdesk"
MARKED = "\n".join(f"> {line}" for line in ASKED.split("\n"))
BLOCK = f"{AUTHOR}\nKepala Bidang Aplikasi Informatika\nDinas Kominfotik Provinsi Sumatera Barat\nNIP. 19820514 200604 1 007"
SIGNATURES = ("", f"\n\n{BLOCK}", "\n\nSalam,\nYuliandri Putra", f"\n\nHormat saya,\n\n{BLOCK}", f"\n\n-- \n{BLOCK}")
FIELDS = "Kepada: k@x.example\nSubjek: [DKL-2026-0001] Mohon\n\n"
QUOTES = {
    "outlook desktop": f"Dari: Siaga <d@x.example>\nDikirim: Selasa, 14 April 2026 07.05\n{FIELDS}{ASKED}",
    "outlook bold": f"*From:* Siaga <d@x.example>\n*Sent:* Tuesday, April 14, 2026\n*To:* k\n*Subject:* x\n\n{ASKED}",
    "outlook mobile": f"Unduh Outlook untuk iOS<https://aka.example/o>\n{'_' * 32}\nDari: Siaga <d@x.example>\nDikirim: Selasa\n{FIELDS}{ASKED}",
    "outlook old": f"-----Pesan Asli-----\nDari: Siaga [mailto:d@x.example]\nDikirim: Selasa\n{FIELDS}{ASKED}",
    "gmail web": f"Pada Sel, 14 Apr 2026 pukul 07.05 Siaga <d@x.example>\nmenulis:\n\n{MARKED}",
    "gmail unmarked": f"Pada Sel, 14 Apr 2026, 07.05, Siaga <d@x.example> menulis:\n\n{ASKED}",
    "gmail wrapped": f"On Tue, Apr 14, 2026 at 7:05 AM Helpdesk Layanan <\nd@x.example> wrote:\n\n{MARKED}",
    "zimbra": f'Dari: "Siaga" <d@x.example>\nKepada: "k" <k@x.example>\nTerkirim: Selasa, 14 April 2026\nPerihal: x\n\n{ASKED}',
    "iphone": f"Dikirim dari iPhone saya\n\n> Pada 14 Apr 2026, pukul 07.05, Siaga <d@x.example> menulis:\n> \n{MARKED}",
    "thunderbird": f"Pada 14/04/2026 07.05, Siaga menulis:\n{MARKED}",
    "yahoo": f"Pada Selasa, 14 April 2026 07.05.12 WIB, Siaga <d@x.example> menulis:\n\n{ASKED}",
    "roundcube": f"On 2026-04-14 07:05, Siaga wrote:\n\n{MARKED}",
    "samsung": f"Dikirim dari Galaxy saya\n\n-------- Pesan asli --------\nDari: Siaga <d@x.example>\nTanggal: 14/04/26 07.05\nKe: k\nSubjek: x\n\n{ASKED}",
    "another tongue": f"Le mar. 14 avr. 2026 à 07:05, Siaga <d@x.example> a écrit :\n\n{MARKED}",
}


@pytest.mark.parametrize("client", sorted(QUOTES))
@pytest.mark.parametrize("answer", ["Ya, darurat. Segera tangani.", "Mohon ditunda dulu", ""])
def test_quote_and_signature_are_no_words_of_the_author(client: str, answer: str) -> None:
    for signature in SIGNATURES:
        assert own_words(f"{answer}{signature}\n\n{QUOTES[client]}", AUTHOR) == answer


@pytest.mark.parametrize(
    "text",
    [
        "Petugas:\n\nRahmat Febrian, S.Kom.",
        "Tugaskan:\nRahmat Febrian\nIlham Syaputra",
        "Setuju.\nTim Jaringan segera ke lokasi.",
        "Gedung B masih mati\nKantor sudah normal",
        "Ya\nDarurat",
    ],
)
def test_names_and_places_in_an_answer_are_no_signature(text: str) -> None:
    assert own_words(text, "Fitria Anggraini, S.T.") == text


@pytest.mark.parametrize(
    "markup",
    [
        '<div>Acc</div><br><div class="gmail_quote">Pada Sel menulis:<blockquote>YA / TIDAK</blockquote></div>',
        '<div>Acc</div><hr id="zwchr"><div><b>Dari: </b>x<br><b>Kepada: </b>y</div><div>YA / TIDAK</div>',
        '<p>Acc</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Dari:</b> x</div><div>YA / TIDAK</div>',
        '<div>Acc</div><div class="yahoo_quoted">Pada Selasa menulis:<div>YA / TIDAK</div></div>',
        '<div>Acc</div><div style="border-top:solid #E1E1E1"><p><b>From:</b> S &lt;d@x.example&gt;<br><b>Sent:</b> Tuesday'
        "<br><b>To:</b> k<br><b>Subject:</b> x</p></div><p>YA / TIDAK</p>",
    ],
)
def test_quotes_marked_in_html_only(markup: str) -> None:
    assert own_words(html_to_text(reply_markup(f"<html><body>{markup}</body></html>"))) == "Acc"


def test_words_added_to_the_subject() -> None:
    asked = "[DKL-2026-0001] Mohon keputusan analisis"
    assert added_to_subject(f"Re: {asked} YA", asked) == "YA"
    assert added_to_subject(f"Bls: {asked}", asked) == ""


@pytest.mark.parametrize(
    "text",
    [
        "DISPOSISI\nDemikian, tapi dikerjakan besok saja",
        "DISPOSISI\nAtas perhatiannya, ditahan sampai besok",
        "DISPOSISI\nWassalam, tapi ditunda",
        "DISPOSISI\nKabid minta ditahan",
        "KIRIM\nKepala Dinas keberatan",
    ],
)
@pytest.mark.parametrize("signature", ["", "\nYuliandri Putra", "\nSalam,\nYuliandri Putra"])
def test_a_condition_in_the_shape_of_a_closing_or_a_title_is_no_signature(text: str, signature: str) -> None:
    assert own_words(text + signature, AUTHOR) == text
