"""In whichever part, charset and wrapping the author's words stand, they are what is read, and nothing else is."""

from __future__ import annotations

import pytest

from parsers.letters.material import mail_text
from parsers.mails.message import read_mail
from parsers.mails.reply_words import reply_text
from parsers.replies.no_answer import why_unreadable
from tests.parsers.mail_parts import file, html, leaf, mail, parts, plain, signed

SAID = "TERUSKAN\n\nMohon didahulukan loket layanan."
TOLD = "<p>TERUSKAN</p><p>Mohon didahulukan loket layanan.</p>"
QUOTE = "\n".join(f"> {line}" for line in ("Yth. Koordinator,", "Balas TERUSKAN atau KEMBALIKAN.", "Helpdesk"))
MARKED = "<blockquote>Yth. Koordinator,<br>Balas TERUSKAN atau KEMBALIKAN.<br>Helpdesk</blockquote>"


def words(part: bytes) -> str:
    return reply_text(read_mail(mail(part)))


STAND_INS = [
    "Your mail client does not support HTML.",
    "Lihat versi HTML",
    "This is a MIME-encoded message. If you are seeing this, your mail reader is old.",
    "Surel ini berformat HTML. Silakan buka dengan program surel yang mendukung HTML.",
    "Pesan ini hanya dapat dilihat di peramban.",
    "To view this message, please use an HTML compatible email viewer!",
    "Aplikasi surel Anda tidak dapat menampilkan HTML.",
    "",
    " \r\n\t\r\n \xa0",
    "Dikirim dari Yahoo Mail di Android",
    "Terkirim dari iPhone saya",
    "-- \nRahma Dewi\nKoordinator Helpdesk\n0812-6700-1145",
    "Rahma Dewi",
    QUOTE,
    f"Pada Sen, 23 Nov 2026 pukul 09.00 Siaga <darurat@contoh.example> menulis:\n\n{QUOTE}",
]


@pytest.mark.parametrize("stand_in", STAND_INS)
def test_words_that_stand_only_in_the_html_are_read(stand_in: str) -> None:
    assert words(parts("alternative", plain(stand_in), html(TOLD + MARKED))) == SAID


@pytest.mark.parametrize(
    "markup",
    [
        TOLD,
        f"<table><tr><td>{TOLD}</td></tr></table>",
        f"{TOLD}<p>Rahma Dewi<br>Koordinator Helpdesk</p>",
        f'<div style="font-family:Arial">{TOLD}<br></div>{MARKED}',
        "<p>Teruskan</p><p>mohon didahulukan loket layanan</p>",
    ],
)
def test_a_text_part_that_says_what_the_html_says_is_the_one_that_is_read(markup: str) -> None:
    assert words(parts("alternative", plain(SAID), html(markup))) == SAID


def test_of_two_parts_that_say_different_things_neither_is_passed_over() -> None:
    said = words(parts("alternative", plain("Setuju, lanjutkan."), html("<p>Tunggu dulu arahan Kadis</p>")))
    assert "Setuju" in said and "Tunggu dulu" in said


def test_two_parts_of_which_each_says_more_than_the_other_decide_nothing() -> None:
    told = "<p>Tidak, jangan diteruskan</p><blockquote>Setuju? Balas dengan setuju atau tidak, lanjutkan bila mendesak</blockquote>"
    read = read_mail(mail(parts("alternative", plain("Setuju, lanjutkan."), html(told))))
    assert "berbunyi lain" in why_unreadable(read, reply_text(read))
    same = read_mail(mail(parts("alternative", plain(SAID), html(TOLD + MARKED))))
    assert why_unreadable(same, reply_text(same)) == ""


def test_html_that_says_more_than_its_text_part_is_read() -> None:
    markup = (
        "<p>Setuju</p><p>asalkan genset sudah dicoba dan Bidang E-Gov diberi tahu lebih dahulu, jangan sebelum itu</p>"
    )
    assert "asalkan genset" in words(parts("alternative", plain("Setuju"), html(markup)))
    assert "besok" in words(parts("alternative", plain(SAID), html(f"{TOLD}<p>besok</p>")))


@pytest.mark.parametrize(
    "head",
    [
        '; name="pesan.txt"\r\nContent-Disposition: attachment; filename="pesan.txt"',
        '; name="pesan.txt"\r\nContent-Disposition: inline; filename="pesan.txt"',
        '; name="body.txt"',
        "\r\nContent-Disposition: attachment",
        "\r\nContent-Disposition: inline",
    ],
)
def test_a_body_with_the_name_of_a_file_is_the_body(head: str) -> None:
    assert words(plain(SAID, head)) == SAID
    assert words(parts("mixed", plain(SAID, head), file("image/png", b"\x89PNG"))) == SAID
    assert words(parts("mixed", html(TOLD, head.replace(".txt", ".html")))) == SAID


def test_a_named_text_beside_a_body_stays_a_file() -> None:
    read = read_mail(mail(parts("mixed", plain(SAID), plain("galat 500", '; name="log.txt"'))))
    assert reply_text(read) == SAID and [part.filename for part in read.attachments] == ["log.txt"]
    log = read_mail(mail(parts("mixed", plain(""), plain("galat 500", '; name="server.log"'))))
    assert mail_text(log) == ""


def test_all_texts_of_a_mail_are_read_in_their_order() -> None:
    pdf = file("application/pdf", b"%PDF-1.4", '\r\nContent-Disposition: inline; filename="a.pdf"')
    assert mail_text(read_mail(mail(parts("mixed", plain("satu"), pdf, plain("dua"), pdf, plain("tiga"))))).split() == [
        "satu",
        "dua",
        "tiga",
    ]
    mixed = parts("mixed", plain("satu"), pdf, html("<p>dua</p>"))
    assert mail_text(read_mail(mail(mixed))).split() == ["satu", "dua"]
    apple = parts("alternative", plain("satu\ndua"), parts("mixed", html("<p>satu</p>"), pdf, html("<p>dua</p>")))
    assert mail_text(read_mail(mail(apple))).split() == ["satu", "dua"]
    twice = parts("mixed", plain(SAID), html(TOLD))
    assert mail_text(read_mail(mail(twice))) == SAID


def test_a_quote_in_html_behind_a_text_stays_a_quote() -> None:
    assert words(parts("mixed", plain(""), html(TOLD + MARKED))) == SAID
    assert words(parts("mixed", plain("TERUSKAN"), html(MARKED))) == "TERUSKAN"


@pytest.mark.parametrize(
    "markup",
    [
        f"<body><!-- KEMBALIKAN > ditolak -->{TOLD}</body>",
        f"<!--[if mso]><p>KEMBALIKAN</p><![endif]-->{TOLD}",
        f"<![if !mso]>{TOLD}<![endif]>",
        f"<!--\n<p>KEMBALIKAN</p>\n-- >\n> -->{TOLD}",
        f"<style>p > b {{ color: red }}</style>{TOLD}<!-- a --> <!-- b>c -->",
        "<p>TERUSKAN<!-- tidak --></p><p title='a > b'>Mohon didahulukan loket layanan.</p>",
        f'{TOLD}<p style="display:none">KEMBALIKAN</p>',
    ],
)
def test_html_is_read_as_it_is_shown(markup: str) -> None:
    assert words(html(markup)) == SAID


def test_lines_of_preformatted_html_stay_lines() -> None:
    assert words(html("<pre>TERUSKAN\n\nMohon didahulukan loket layanan.</pre>")) == SAID


def test_other_forms_of_the_text_are_no_text_and_no_files() -> None:
    amp = leaf("Content-Type: text/x-amp-html; charset=utf-8", "<html amp4email><body>KEMBALIKAN</body></html>")
    for read in (parts("alternative", plain(SAID), amp, html(TOLD)), parts("alternative", amp, html(TOLD))):
        assert words(read) == SAID


@pytest.mark.parametrize("endless", [False, True])
@pytest.mark.parametrize(
    "head",
    [
        "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
        'application/x-pkcs7-mime; name="smime.p7m"',
        'application/octet-stream; name="smime.p7m"',
    ],
)
def test_what_s_mime_only_signed_is_read(head: str, endless: bool) -> None:
    inner = parts(
        "mixed",
        plain(SAID),
        file("application/pdf", b"%PDF-1.4", '\r\nContent-Disposition: attachment; filename="s.pdf"'),
    )
    read = read_mail(mail(file(head, signed(inner, endless=endless))))
    assert reply_text(read) == SAID and [part.filename for part in read.attachments] == ["s.pdf"]
    twice = file(head, signed(file(head, signed(plain(SAID), endless=endless))))
    assert words(twice) == SAID


@pytest.mark.parametrize("cut", [3, 12, 30, 60, 90])
def test_a_broken_signature_is_a_file_and_no_exception(cut: int) -> None:
    head = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    read = read_mail(mail(file(head, signed(plain(SAID))[:cut])))
    assert reply_text(read) == "" and [part.filename for part in read.attachments] == ["smime.p7m"]


def test_clear_words_signed_with_pgp_are_read_and_encrypted_ones_are_a_file() -> None:
    armour = "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n=abcd\n-----END PGP SIGNATURE-----\n"
    clear = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\nHash: SHA256\n\n{SAID}\n- - satu\n{armour}"
    assert words(plain(clear)) == f"{SAID}\n- satu"
    sealed = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n=abcd\n-----END PGP MESSAGE-----\n"
    read = read_mail(mail(plain(f"Mohon dibaca.\n{sealed}")))
    assert read.plain == "Mohon dibaca." and [part.filename for part in read.attachments] == ["pesan.asc"]


ACCENTS = "TERUSKAN\n\nKafé “Rumah Gadang” – loket."


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("utf-16", ACCENTS.encode("utf-16")),
        ("utf-16", ACCENTS.encode("utf-16-le")),
        ("utf-16", ACCENTS.encode("utf-16-be")),
        ("utf-16le", ACCENTS.encode("utf-16")),
        ("utf-8", ACCENTS.encode("utf-16-be")),
        ("utf-8", ACCENTS.encode("utf-8-sig")),
        ("iso-8859-1", ACCENTS.encode("cp1252")),
        ("us-ascii", ACCENTS.encode("cp1252")),
        ("utf-8", ACCENTS.encode("cp1252")),
        ("utf-8", ACCENTS.encode().replace("é".encode(), b"\xe9")),
        ("x-tidak-ada", ACCENTS.encode()),
    ],
)
def test_words_are_read_in_whatever_charset_they_are(charset: str, content: bytes) -> None:
    assert words(file(f"text/plain; charset={charset}", content)) == ACCENTS


def test_undeclared_quoted_printable_is_decoded_and_equal_signs_stay() -> None:
    bare = "Content-Type: text/plain; charset=utf-8"
    assert words(leaf(bare, "TERUSKAN=20\r\n\r\nMohon=\r\n didahulukan loket=20\r\nlayanan=2E")) == (
        "TERUSKAN \n\nMohon didahulukan loket \nlayanan."
    )
    for text in ("VLAN=20 dan port=22", "a=b", "skor=100%\nx=20 y=3", "=== batas ===\nTERUSKAN=20\n"):
        assert "=" in words(leaf(bare, text))


LONG = "Mohon didahulukan yang menyangkut pelayanan kepada masyarakat pada"


@pytest.mark.parametrize(
    ("flow", "text", "said"),
    [
        ("flowed", f"TERUSKAN\n\n{LONG} \nloket layanan.", f"TERUSKAN\n\n{LONG} loket layanan."),
        ("flowed; delsp=yes", f"TERUSKAN\n\n{LONG} lo \nket layanan.", f"TERUSKAN\n\n{LONG} loket layanan."),
        ("Flowed; DelSp=Yes", f"TERUSKAN\n\n{LONG} lay \nanan.\n\n-- \nRahma", f"TERUSKAN\n\n{LONG} layanan."),
        ("flowed", f"TERUSKAN\n\n {LONG} \nloket.\n\n{QUOTE}", f"TERUSKAN\n\n{LONG} loket."),
        ("flowed", "TERUSKAN \n\nMohon didahulukan.", "TERUSKAN \n\nMohon didahulukan."),
        ("fixed", f"TERUSKAN\n\n{LONG} \nloket layanan.", f"TERUSKAN\n\n{LONG} \nloket layanan."),
    ],
)
def test_lines_that_a_client_broke_are_whole(flow: str, text: str, said: str) -> None:
    assert words(plain(text, f"; format={flow}")) == said


def test_line_ends_of_every_kind_and_lines_of_any_length_are_read() -> None:
    for end in ("\r", "\n", "\r\n"):
        assert words(plain(SAID.replace("\n", end))) == SAID
    long = "TERUSKAN\n\n" + "loket " * 300
    assert words(plain(long)) == long.strip()
