"""Words of their author's that look like what a mail client writes: a header field, an attribution, a mark."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parsers.mails.message import read_mail
from parsers.mails.quotes import marked_above, own_words
from parsers.replies.whole_answer import BEHIND_MARKS, Question, WholeAnswer, read_whole_answer
from tests.parsers.test_whose_words import asked
from tests.quoting import STYLES, reply
from tests.reading import HERE

BEGINNINGS = (
    "Tanggal salah, seharusnya 24. TIDAK darurat",
    "Tanggal: salah, seharusnya 24.\nTIDAK darurat",
    "Tanggal: 24 November 2026\nHal: bukan gangguan\nTIDAK darurat",
    "Tgl 24 November 2026 baru bisa",
    "Dari tadi sudah normal",
    "Dari: Kabid\nKepada: Koordinator\nTanggal: 24 November 2026\nTIDAK darurat",
    "Kepada siapa laporan dikirim?",
    "Ke lokasi sekarang",
    "Perihal ini bukan darurat",
    "Hal: ini bukan darurat",
    "Dikirim: nanti sore",
    "Subjek: salah, TIDAK darurat",
    "Pada hari ini sudah normal",
    "Pada hari ini, 23 November 2026, sudah normal:",
    "Date: 24 November 2026",
    "From: what I see it is an emergency",
    "From what I see it is an emergency",
    "Sent from the field: YA",
    "On Monday we fix it",
    "On Monday, 23 November 2026 we fix it",
    "Original message salah kirim, TIDAK",
    "An. Kabid: YA",
)


@pytest.mark.parametrize("words", BEGINNINGS)
def test_words_that_begin_like_a_header_or_an_attribution_stay_whole(words: str) -> None:
    for template in ("minta_analisis", "minta_disposisi", "minta_penanganan"):
        mail, ours = asked(template)
        for name, style in STYLES.items():
            for gap in ("\n", "\n\n"):
                assert own_words(reply(style, mail, words, gap=gap), "", [ours]) == words, name


MARKED = {
    "one word": ("> YA", ["YA"]),
    "without a blank": (">YA", ["YA"]),
    "by a bar": ("| YA", ["YA"]),
    "twice": (">> YA", ["YA"]),
    "a sentence": ("> Bukan darurat, sudah normal sejak pagi", ["Bukan darurat, sudah normal sejak pagi"]),
    "several lines": ("> YA\n> \n> Kabel FO putus.", ["YA", "Kabel FO putus."]),
    "above own words": ("> YA\n\nKabel FO putus.", ["YA"]),
}
CLIENTS = [name for name in STYLES if name not in ("nothing at all", "nothing at all, from HTML")]


@pytest.mark.parametrize(("words", "marked"), MARKED.values(), ids=MARKED)
def test_what_stands_behind_marks_above_the_quote_is_no_answer_but_has_been_said(words: str, marked: list[str]) -> None:
    mail, ours = asked("minta_analisis")
    for name in CLIENTS:
        text = reply(STYLES[name], mail, words)
        assert [said for said, _ in marked_above(text, [ours])] == marked, name
        assert own_words(text, "", [ours]) == ("Kabel FO putus." if "\n\nKabel" in words else ""), name


def test_a_quote_of_ours_alone_says_nothing_behind_marks() -> None:
    mail, ours = asked("minta_analisis")
    for name in CLIENTS:
        assert marked_above(reply(STYLES[name], mail, "YA"), [ours]) == [], name
        assert marked_above(reply(STYLES[name], mail, ""), [ours]) == [], name


def answered(words: str, *, subject: str = "Re: Mohon analisis", html: bool = False) -> WholeAnswer:
    mail, ours = asked("minta_analisis")
    body, kind = reply(STYLES["gmail id"], mail, words), "plain"
    if html:
        quote = mail.html.partition("<body")[2].partition(">")[2]
        body, kind = (
            f"<div>{words}</div><div>Pada Sen, 23 Nov 2026 Siaga &lt;darurat@contoh.example&gt; menulis:</div><blockquote>{quote}</blockquote>",
            "html",
        )
    raw = f"From: a@contoh.example\r\nSubject: {subject}\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}"
    question = Question(
        ("ya", "tidak"), "DKL-2026-0001", datetime(2026, 11, 23, 3, tzinfo=UTC), "Mohon analisis", ours=[ours]
    )
    return read_whole_answer(read_mail(raw.encode()), question, HERE)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("> YA", "> YA"),
        ("> TIDAK", "> TIDAK"),
        ("| TIDAK", "> TIDAK"),
        ("> YA\n\nSalam,\nBudi", "> YA"),
        ("> Bukan darurat\n> Sudah normal sejak pagi.", "> Bukan darurat\n> Sudah normal sejak pagi."),
        ("> TIDAK\n\nYA", "> TIDAK\n\nYA"),
    ],
)
def test_an_answer_behind_marks_is_asked_back_with_what_was_read(words: str, shown: str) -> None:
    whole = answered(words)
    assert (whole.text, whole.answer.decision, whole.answer.understood) == (shown, "", BEHIND_MARKS)


def test_words_in_the_subject_do_not_outweigh_what_marks_may_say() -> None:
    assert answered("", subject="YA Re: Mohon analisis").answer.decision == "ya"
    assert answered("> TIDAK", subject="YA Re: Mohon analisis").answer.decision == ""


def test_markup_that_quotes_is_a_mark() -> None:
    whole = answered("<blockquote>YA</blockquote>", html=True)
    assert (whole.text, whole.answer.decision) == ("> YA", "")
    assert answered("YA", html=True).answer.decision == "ya"


@pytest.mark.parametrize(
    "words",
    [
        "> Apakah darurat?\nYA",
        "> YA\n\nYA",
        "> Balas YA atau TIDAK\n\nYA",
        "YA\n> YA atau TIDAK",
    ],
)
def test_own_words_decide_where_nothing_behind_marks_contradicts_them(words: str) -> None:
    assert answered(words).answer.decision == "ya"
