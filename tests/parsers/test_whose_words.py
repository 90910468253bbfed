"""A reply is compared with the mail it answers: what is ours is quote, all else but the attribution is its author's."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.mails.message import Mail, read_mail
from parsers.mails.our_mail import OurMail
from parsers.mails.quotes import own_words, said_around, without_ours
from parsers.mails.reply_words import reply_text
from parsers.mails.what_we_wrote import read_our_mail
from scripts.previews import written
from tests.quoting import STYLES, above, reply, reply_below, reply_between

AUTHOR = "Yuliandri Putra, S.Kom."
CLIENTS = Path(__file__).with_name("real_clients")
REQUESTS = (
    "minta_analisis",
    "minta_penerusan",
    "minta_disposisi",
    "minta_penugasan",
    "minta_penanganan",
    "minta_pengiriman",
    "minta_pelaporan",
    "minta_penerimaan",
    "mohon_perjelas",
    "pengingat",
)
ANSWERS = (
    "YA, darurat",
    "YA\nBukan darurat lagi, sejak pukul 09.10 sudah normal",
    "TERUSKAN\nJangan dulu, tunggu rapat 23/11/2026",
    "DISPOSISI\nJangan dikerjakan sebelum pukul 12.00, tunggu saya",
    "LAPORAN\nPenyebab: FO putus\nTindakan: disambung\nSelesai pukul 10.40",
    "MINTA WAKTU\nSenin, 23 November 2026 pukul 12.00",
)


_written = cache(written)


@cache
def asked(template: str) -> tuple[Mail, OurMail]:
    raw = _written()[template]
    return read_mail(raw, ours=True), read_our_mail(raw)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_copy_without_our_mail_has_all_that_its_author_wrote_and_no_code_of_ours(style: str) -> None:
    mail, ours = asked("tanda_terima")
    code = next(line for line in mail.plain.split("\n") if "Kode surel" in line).split()[-1]
    said = "Gedung B juga putus.\n\n> Dari Bu Yeni: jangan matikan server."
    for text in (reply(STYLES[style], mail, said), reply(STYLES[style], mail, said, gap="\n")):
        copy = without_ours(text, [ours], "[di sini]")
        assert copy.startswith(f"{said}\n") and "[di sini]" in copy and code not in copy, copy
        assert len(copy) < len(text) / 2


@pytest.mark.parametrize("template", REQUESTS)
@pytest.mark.parametrize("style", sorted(STYLES))
def test_whatever_client_quotes_the_words_are_those_that_were_written(style: str, template: str) -> None:
    mail, ours = asked(template)
    answer = ANSWERS[(sorted(STYLES).index(style) + REQUESTS.index(template)) % len(ANSWERS)]
    texts = [reply(STYLES[style], mail, answer), reply(STYLES[style], mail, answer, gap="\n")]
    texts.append(reply_below(STYLES[style], mail, answer))
    if style != "all in one line":
        texts.append(reply_between(STYLES[style], mail, answer))
    for text in texts:
        assert own_words(text, AUTHOR, [ours]).split() == answer.split()


@pytest.mark.parametrize("reply_of", sorted(path.name for path in CLIENTS.glob("*-*.eml")))
def test_replies_that_real_clients_made(reply_of: str) -> None:
    ours = read_our_mail((CLIENTS / "asked.eml").read_bytes())
    mail = read_mail((CLIENTS / reply_of).read_bytes())
    said = "DISPOSISI\nJangan dikerjakan sebelum pukul 12.00, tunggu saya"
    assert reply_text(mail, [ours]) == said
    assert reply_text(mail) == said  # marks and attributions alone tell as much


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


GMAIL = "Pada Sen, 23 Nov 2026 pukul 09.02 Dinas Komunikasi, Informatika dan Statistik <darurat@contoh.example>\nmenulis:\n\n"
DISPOSISI = asked("minta_disposisi")[0].plain
UNTIL = "Mohon dijawab sebelum Senin, 23 November 2026 pukul 09.10 WIB."
OPTION = "DISPOSISI diikuti instruksi kepada Koordinator"
COLLEAGUE = "Pada Sen, 23 Nov 2026 pukul 09.30 Budi Santoso <budi@contoh.example> menulis:\n\n"
ZOHO = above(STYLES["zoho id"], asked("minta_disposisi")[0])
NAIL = above(STYLES["s-nail"], asked("minta_disposisi")[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GMAIL + quoted(DISPOSISI.replace(UNTIL, f"{UNTIL} DISPOSISI, segera")), "DISPOSISI, segera"),
        (GMAIL + quoted(DISPOSISI.replace(UNTIL, f"{UNTIL}  > TIDAK, sudah normal")), "TIDAK, sudah normal"),
        (GMAIL + DISPOSISI.replace(UNTIL, f"{UNTIL} DISPOSISI, segera"), "DISPOSISI, segera"),
        (GMAIL + quoted(DISPOSISI.replace("KARTU", "TIDAK, sudah normal\n\nKARTU")), "TIDAK, sudah normal"),
        (GMAIL + quoted(DISPOSISI.replace("analisis ulang", "analisis ulang <-- ini", 1)), "<-- ini"),
        (GMAIL + quoted(DISPOSISI.replace(": Segera", ": Segera (bukan, biasa)")), "Sifat : Segera (bukan, biasa)"),
    ],
)
def test_what_is_written_into_a_quoted_line_counts(text: str, said: str) -> None:
    assert own_words(text, AUTHOR, [asked("minta_disposisi")[1]]).split() == said.split()


@pytest.mark.parametrize(
    "text",
    [
        f"{OPTION}\n\n{GMAIL}{quoted(DISPOSISI)}",
        f"{OPTION}\n{ZOHO}{DISPOSISI}",
        f"{OPTION}\n{DISPOSISI}",
        f"{GMAIL}{quoted(DISPOSISI)}\n\n{OPTION}",
    ],
)
def test_who_repeats_our_words_says_them(text: str) -> None:
    assert own_words(text, AUTHOR, [asked("minta_disposisi")[1]]) == OPTION


@pytest.mark.parametrize("mark", ["> ", ""])
def test_a_word_below_a_quote_that_was_cut_short_is_the_authors_though_ours_goes_on_with_it(mark: str) -> None:
    lines = DISPOSISI.split("\n")
    end = next(at for at, line in enumerate(lines) if "pada baris pertama" in line) + 1
    text = GMAIL + "\n".join(f"{mark}{line}" for line in lines[:end]) + "\nDISPOSISI\n"
    assert own_words(text, AUTHOR, [asked("minta_disposisi")[1]]) == "DISPOSISI"


@pytest.mark.parametrize(
    "last",
    [
        "Senin, 23 November 2026 pukul 12.00",
        "Tanggal 24 November 2026 pukul 09.00",
        "Pada 24 November 2026 pukul 09.00 saja",
        "pukul 09.10",
        "kecuali Senin, 23 November 2026:",
        "Tunggu 23/11/2026",
    ],
)
def test_a_date_above_an_attribution_without_one_is_the_authors(last: str) -> None:
    for quote in (NAIL + quoted(DISPOSISI), ZOHO.lstrip() + DISPOSISI, GMAIL + quoted(DISPOSISI)):
        answer = f"DISPOSISI\n{last}"
        assert own_words(f"{answer}\n{quote}", AUTHOR, [asked("minta_disposisi")[1]]) == answer


def test_who_repeats_what_our_card_has_of_them_says_it() -> None:
    mail, ours = asked("tanda_terima")
    said = "sejak pukul 08.00 WIB jaringan internet pada gedung utama kami putus total dan seluruh bidang tidak dapat mengirim laporan kewaspadaan dini; modem menyala, lampu LOS merah, mohon penanganan segera"
    card = OurMail(
        tuple(f"{face[:200]}\nRingkasan: {said}\n{face[200:]}" for face in ours.texts), ours.name, ours.address
    )
    text = f"BELUM pulih.\n{said}"
    assert own_words(text, "", [card]) == text
    assert own_words(f"{text}\n{above(STYLES['zoho id'], mail)}{card.texts[0]}", "", [card]) == text


def test_several_of_our_mails_below_each_other_are_all_ours() -> None:
    ours = [asked("minta_disposisi")[1], asked("pengingat")[1]]
    first, later = asked("minta_disposisi")[0].plain, asked("pengingat")[0].plain
    answer = "DISPOSISI\nJangan sebelum pukul 12.00"
    for thread in (ZOHO + later + "\n" + ZOHO + first, GMAIL + quoted(later + "\n" + GMAIL + quoted(first))):
        assert own_words(f"{answer}\n{thread}", AUTHOR, ours) == answer


@pytest.mark.parametrize(
    "thread",
    [
        f"{COLLEAGUE}Menurut saya TIDAK, Pak.\n\n{GMAIL}{DISPOSISI}",
        f"{COLLEAGUE}{quoted(f'Menurut saya TIDAK, Pak.{chr(10) * 2}{GMAIL}{quoted(DISPOSISI)}')}",
        "Dari: Budi <budi@contoh.example>\nDikirim: Senin, 23 November 2026 09.30\nKepada: Kabid\nSubjek: Re: x\n\n"
        f"Menurut saya TIDAK, Pak.\n\n{GMAIL}{DISPOSISI}",
    ],
)
def test_a_colleagues_mail_between_is_nobody_elses_word(thread: str) -> None:
    assert own_words(f"Setuju\n\n{thread}", AUTHOR, [asked("minta_disposisi")[1]]) == "Setuju"


HTML = '<div>{answer}</div><div class="gmail_quote"><div class="gmail_attr">Pada Sen, 23 Nov 2026 pukul 09.02 Siaga &lt;<a href="mailto:darurat@contoh.example">darurat@contoh.example</a>&gt; menulis:<br></div><blockquote>{quote}</blockquote></div>'


def html_reply(markup: str) -> Mail:
    head = "From: Yuliandri Putra <kabid@contoh.example>\nContent-Type: text/html; charset=utf-8\n\n"
    return read_mail(f"{head}<html><body>{markup}</body></html>".encode())


def test_words_within_and_below_the_quote_of_an_html_mail_count() -> None:
    mail, ours = asked("minta_disposisi")
    body = mail.html[mail.html.index("<table") : mail.html.rindex("</table>") + 8]
    assert reply_text(html_reply(HTML.format(answer="DISPOSISI<br>segera", quote=body)), [ours]) == "DISPOSISI\nsegera"
    inside = body.replace("</strong>.</div>", "</strong>.</div><p>TIDAK, sudah normal</p>", 1)
    assert reply_text(html_reply(HTML.format(answer="", quote=inside)), [ours]) == "TIDAK, sudah normal"
    unmarked = f"<p>TIDAK<br>sudah normal sejak 09.10</p><hr><div id=divRplyFwdMsg><b>Dari:</b> Siaga &lt;darurat@contoh.example&gt;<br><b>Dikirim:</b> Senin, 23 November 2026 09.02<br><b>Kepada:</b> Kabid<br><b>Subjek:</b> x</div>{body}"
    assert reply_text(html_reply(unmarked), [ours]) == "TIDAK\nsudah normal sejak 09.10"
    assert reply_text(html_reply(f"{unmarked}<p>Ralat saya susulkan</p>"), [ours]).endswith("Ralat saya susulkan")


@pytest.mark.parametrize(
    "line",
    [
        "Dikirim melalui kurir, jangan diproses dulu",
        "Outlook: jangan diaktifkan dulu",
        "Sent from my iPhone\nTunggu dulu",
    ],
)
def test_a_sentence_that_looks_like_a_clients_line_stays_and_so_does_what_follows_one(line: str) -> None:
    said = line.removeprefix("Sent from my iPhone\n")
    assert own_words(f"DISPOSISI\n{line}\n\n{GMAIL}{quoted(DISPOSISI)}", AUTHOR) == f"DISPOSISI\n{said}"


WORDS = st.sampled_from(
    [
        "YA",
        "TIDAK",
        "DISPOSISI",
        "jangan",
        "tunggu",
        "sebelum",
        "sampai",
        "pukul",
        "09.10",
        "12.00",
        "23/11/2026",
        "Senin,",
        "23",
        "November",
        "2026",
        "Pada",
        "On",
        "wrote",
        "menulis:",
        "Dari:",
        "Kepada:",
        "Penyebab:",
        "Budi",
        "Santoso",
        "Dinas",
        "Kesehatan",
        "diikuti",
        "instruksi",
        "Koordinator",
        ">",
        "--",
        "WIB",
        "+0700",
        "sudah",
    ]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=5)


@settings(max_examples=300, deadline=None)
@given(
    lines=TEXTS, style=st.sampled_from(sorted(set(STYLES) - {"all in one line"})), template=st.sampled_from(REQUESTS)
)
def test_no_word_of_the_author_is_lost_under_any_quote(lines: list[str], style: str, template: str) -> None:
    lines = [line.lstrip("> -") or "YA" for line in lines]
    if not above(STYLES[style], asked(template)[0]).strip():
        lines[-1] = f"{lines[-1]}."  # without an attribution the last line could be one
    mail, ours = asked(template)
    top, rest = said_around(reply(STYLES[style], mail, "\n".join(lines), gap="\n"), [ours])
    assert " ".join(top).split() == " ".join(lines).split()
    assert not " ".join(rest).split()


RUNS = (
    "\t",
    " ",
    "\n",
    ">",
    "> ",
    "| ",
    '"',
    "7",
    ".",
    "[",
    "<",
    "(",
    "<a@b.example>",
    "-",
    "--\n",
    "#",
    "On ",
    "Pada ",
    "wrote: ",
    "menulis:\n",
    "On Mon, 23 Nov 2026,\n",
    "Dari: x\n",
    "X: y\n",
    ">>> ",
    ">>> a >>>\n",
    "[cid:",
    "<https://x",
    "a",
    "DISPOSISI\n",
    "> DISPOSISI\n",
    "Mohon dijawab sebelum Senin, 23 November 2026 pukul ",
    "diikuti instruksi kepada\n",
)


@pytest.mark.parametrize("run", RUNS)
def test_twice_as_long_a_run_takes_twice_as_many_steps(run: str) -> None:
    ours = [asked("minta_disposisi")[1]]

    def steps(length: int) -> int:
        count = 0

        def step(*_: object) -> None:
            nonlocal count
            count += 1

        text = (run * (length // len(run) + 1))[:length]
        sys.setprofile(step)
        try:
            own_words(f"YA\n{text}\n{ZOHO}{DISPOSISI}", AUTHOR, ours)
        finally:
            sys.setprofile(None)
        return count

    steps(100)
    once, twice, fourfold = (steps(length) for length in (4000, 8000, 16000))
    assert fourfold - twice <= 2.5 * (twice - once) + 1000
