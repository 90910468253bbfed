"""The same mail by another way is one mail; two reports in the same words are two."""

from __future__ import annotations

import base64
import quopri
from datetime import timedelta

import pytest

from parsers.mails.again import is_same_again, outline
from parsers.mails.message import read_mail
from register import ledger
from tests import cast
from tests.field import deliver, names, raw
from tests.town import Town

PAIRS = sorted({name[:-2] for name in names("22")})
WORDS = """Yth. Tim Kominfo,

Jaringan internet di kantor kami putus total sejak pukul 07.40 WIB, pelayanan loket berhenti. Mohon segera ditangani.

Sri Wahyuni
Kasubag Umum Bapenda
"""
HEAD = {
    "From": "Sri Wahyuni <bapenda@opd.example>",
    "To": "darurat@contoh.example",
    "Subject": "Internet Bapenda putus total",
    "Date": "Mon, 23 Nov 2026 08:58:00 +0700",
    "Message-ID": "<a1@opd.example>",
    "MIME-Version": "1.0",
}


def mail(text: str = WORDS, *, kind: str = "text/plain; charset=utf-8", encoding: str = "8bit", **fields: str) -> bytes:
    """A mail that says that; `fields` replace those of the first ("" leaves one out)."""
    body = text.encode()
    if encoding == "base64":
        body = base64.encodebytes(body)
    elif encoding == "quoted-printable":
        body = quopri.encodestring(body)
    said = HEAD | {name.replace("_", "-"): value for name, value in fields.items()}
    said |= {"Content-Type": kind, "Content-Transfer-Encoding": encoding}
    return "".join(f"{name}: {value}\n" for name, value in said.items() if value).encode() + b"\n" + body


BANNER = "PERHATIAN: surel ini berasal dari luar organisasi. Jangan membuka tautan yang tidak dikenal.\n\n"
FOOTER = "\n-- \nAnda menerima surel ini karena terdaftar pada milis darurat.\nhttps://milis.contoh.example/darurat\n"
HTML = "<html><body>" + "".join(f"<p>{line}</p>" for line in WORDS.split("\n") if line) + "</body></html>"
AGAIN = {
    "base64": mail(encoding="base64"),
    "quoted-printable": mail(encoding="quoted-printable"),
    "a word before the subject": mail(Subject="[EKSTERNAL] Internet Bapenda putus total"),
    "two words before it": mail(Subject="[darurat] [SPAM?] Internet Bapenda putus total"),
    "a word without brackets": mail(Subject="EKSTERNAL: Internet Bapenda putus total"),
    "a banner above": mail(BANNER + WORDS),
    "a banner on the same line": mail("[PENGIRIM LUAR] " + WORDS),
    "a footer below": mail(WORDS + FOOTER, List_Id="<darurat.contoh.example>"),
    "both, encoded anew": mail(
        BANNER + WORDS + FOOTER, encoding="base64", Subject="[darurat] Internet Bapenda putus total"
    ),
    "a quoted name": mail(From='"Sri Wahyuni" <bapenda@opd.example>'),
    "an encoded name": mail(From="=?utf-8?b?U3JpIFdhaHl1bmk=?= <bapenda@opd.example>"),
    "another zone": mail(Date="Mon, 23 Nov 2026 01:58:00 +0000"),
    "a zone by name": mail(Date="Mon, 23 Nov 2026 01:58:00 GMT"),
    "a folded subject": mail(Subject="Internet Bapenda\n putus total"),
    "an encoded subject": mail(Subject="=?utf-8?q?Internet_Bapenda_putus_total?="),
    "from another mailbox": mail(
        To="darurat@contoh.example, helpdesk@contoh.example", Delivered_To="helpdesk@contoh.example"
    ),
    "another Message-ID": mail(Message_ID="<lain@opd.example>"),
    "another Message-ID, two minutes later": mail(
        Message_ID="<lain@opd.example>", Date="Mon, 23 Nov 2026 09:00:10 +0700"
    ),
    "without a Message-ID": mail(Message_ID=""),
    "as HTML": mail(HTML, kind="text/html; charset=utf-8"),
    "lines broken anew": mail(
        WORDS.replace("total sejak", "total\nsejak").replace("berhenti. Mohon", "berhenti.\nMohon")
    ),
    "a list in the author's place": mail(
        From="Sri Wahyuni via darurat <darurat@milis.example>", Reply_To="bapenda@opd.example"
    ),
}
OTHER = {
    "hours later, as a machine does": (mail(Message_ID="<b@opd.example>", Date="Mon, 23 Nov 2026 11:58:00 +0700"), 180),
    "half an hour later": (mail(Message_ID="<b@opd.example>", Date="Mon, 23 Nov 2026 09:28:00 +0700"), 30),
    "a constant Message-ID hours later": (mail(Date="Mon, 23 Nov 2026 11:58:00 +0700"), 180),
    "another place in it": (mail(WORDS.replace("kantor kami", "UPTD Bukittinggi"), Message_ID="<b@opd.example>"), 1),
    "the same Message-ID, other words": (mail(WORDS.replace("internet", "telepon")), 1),
    "one sentence more": (
        mail(WORDS + "\nGedung B juga.\n", Message_ID="<b@opd.example>", Date="Mon, 23 Nov 2026 09:01:00 +0700"),
        3,
    ),
    "from somebody else": (mail(From="Rudi <samsat@opd.example>", Message_ID="<b@opd.example>"), 1),
    "another subject": (mail(Subject="Listrik Bapenda padam", Message_ID="<b@opd.example>"), 1),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_real_pair_is_one_incident(place: Town, pair: str) -> None:
    assert deliver(place, raw(f"{pair}-a")).opened
    place.clock.forward(minutes=3)
    again = deliver(place, raw(f"{pair}-b"))
    assert place.numbers() == ["DKL-2026-0001"]
    assert again.mail.became == ledger.COPY and again.mail.incident == "DKL-2026-0001"


def both(place: Town, first: bytes, second: bytes, minutes: float = 3) -> list[str]:
    """What became of two mails, one some minutes after the other."""
    deliver(place, first)
    place.clock.forward(minutes=minutes)
    deliver(place, second)
    with place.office.database.reading() as tx:
        return [row.became for row in ledger.everything(tx) if row.became != ledger.OWN_COPY]


def test_the_same_mail_by_another_way_is_one_mail(place: Town) -> None:
    first = deliver(place, mail())
    assert first.opened
    receipts = len(place.inbox(cast.HELPDESK))
    for way, content in AGAIN.items():
        if way.startswith("another Message-ID") or way == "without a Message-ID":
            continue
        place.clock.forward(seconds=20)
        again = deliver(place, content).mail
        assert again.became == ledger.COPY or again.id == first.mail.id, way
    assert place.numbers() == ["DKL-2026-0001"]
    told = [one.subject for one in place.inbox(cast.HELPDESK)[receipts:]]
    assert not [subject for subject in told if "engingat" not in subject], "somebody is told of a copy"


@pytest.mark.parametrize("way", [way for way in AGAIN if "Message-ID" in way])
def test_the_same_mail_sent_again_is_one_mail(place: Town, way: str) -> None:
    assert both(place, mail(), AGAIN[way], 2) == ["insiden", ledger.COPY]


@pytest.mark.parametrize("way", ["a banner above", "a footer below", "base64"])
def test_whichever_comes_first(place: Town, way: str) -> None:
    assert both(place, AGAIN[way], mail()) == ["insiden", ledger.COPY]


def test_an_answer_that_quotes_the_whole_mail_is_no_copy_of_it() -> None:
    said = "Mati sejak pukul 07.30 WIB.\n\nPada Sen, 23 Nov 2026 pukul 10.00 Sri menulis:\n\n"
    quoting = mail(
        said + WORDS,
        Message_ID="<d@opd.example>",
        In_Reply_To="<a1@opd.example>",
        Subject="Re: Internet Bapenda putus total",
    )
    new, old = outline(read_mail(quoting)), outline(read_mail(mail()))
    assert not is_same_again(new, old, timedelta(seconds=1), next_word=True)


@pytest.mark.parametrize("why", list(OTHER))
def test_two_reports_stay_two(place: Town, why: str) -> None:
    content, minutes = OTHER[why]
    assert both(place, mail(), content, minutes) == ["insiden", "insiden"]


def test_the_same_words_later_are_offered_to_helpdesk_to_be_linked(place: Town) -> None:
    content, minutes = OTHER["half an hour later"]
    both(place, mail(), content, minutes)
    assert "Mungkin sama dengan DKL-2026-0001" in place.last(cast.HELPDESK, "DKL-2026-0002] Mohon analisis").plain


def test_a_copy_that_brings_a_file_is_no_copy(place: Town) -> None:
    parts = (
        f"--x\nContent-Type: text/plain; charset=utf-8\n\n{WORDS}\n--x\nContent-Type: text/csv\n"
        "Content-Disposition: attachment; filename=daftar.csv\n\na,b\n--x--\n"
    )
    assert both(place, mail(), mail(parts, kind="multipart/mixed; boundary=x")) == ["insiden", "insiden"]


def test_an_answer_that_comes_twice_decides_once_and_is_told_nothing(place: Town) -> None:
    place.to_stage("disposisi")
    for _ in range(2):
        place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
        place.work(1)
    assert place.incident().last_answer("disposisi") is not None and not place.incident().late
    assert not [one for one in place.inbox(cast.KABID) if "udah diputuskan" in one.subject]


def test_the_same_answer_after_another_one_is_no_copy(place: Town) -> None:
    place.to_stage("disposisi")
    for text in ("DISPOSISI\n\nSegera.", "RALAT", "DISPOSISI\n\nSegera."):
        place.reply(cast.KABID, "Mohon disposisi", text)
        place.work(1)
    with place.office.database.reading() as tx:
        assert not [row for row in ledger.everything(tx) if row.became == ledger.COPY]


def test_an_officials_own_answer_is_no_copy_of_a_forged_one(place: Town) -> None:
    text = place.settings_file.read_text(encoding="utf-8")
    text = text.replace("[kotak_surat]\n", '[kotak_surat]\nauthserv_id = "mx.contoh.example"\n')
    place.settings_file.write_text(text, encoding="utf-8")
    place.restart()
    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    for verdict in ("fail", "pass"):
        refers = {
            "In_Reply_To": f"<{asked.message_id}>",
            "Authentication_Results": f"mx.contoh.example; dmarc={verdict}",
        }
        place.write(cast.SAMSAT, f"Re: {asked.subject}", "DISPOSISI", claimed_sender=cast.KABID, **refers)
        place.work(1)
    assert place.incident().last_answer("disposisi") is not None


def test_an_answer_to_the_copy_finds_the_incident(place: Town) -> None:
    both(place, mail(), AGAIN["another Message-ID"])
    answer = mail(
        "Lokasinya gedung C lantai 2.", Subject="Re: Internet Bapenda putus total", Message_ID="<c@opd.example>"
    )
    refers = answer.replace(b"MIME-Version", b"In-Reply-To: <lain@opd.example>\nMIME-Version")
    place.clock.forward(minutes=5)
    assert deliver(place, refers).mail.incident == "DKL-2026-0001"


def test_a_copy_may_be_late(place: Town) -> None:
    deliver(place, mail())
    place.clock.forward(hours=30)
    late = deliver(place, mail(WORDS + FOOTER), received=place.clock.now() - timedelta(minutes=1))
    assert late.mail.became == ledger.COPY
