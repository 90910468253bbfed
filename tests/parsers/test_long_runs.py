"""Whatever is said over and over, no reader takes more than twice the time for twice the text.

Compared are ratios of CPU time within one run, never seconds: ten, twenty and forty thousand characters of a run, where
forty thousand cost more than as many of ordinary text do. `make test` takes a sample; `make chaos` walks all.
"""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from itertools import pairwise
from math import inf
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml

from parsers.documents.reader import read_document
from parsers.letters.offices import Office, Offices
from parsers.mails.message import read_mail
from parsers.replies.answer import MAX_ANSWER
from parsers.replies.whole_answer import Question
from tests.parsers import documents
from tests.parsers.long_runs import DAY, NOON, UNITS, Entry, entries, modules, patterns, repeated, walked_into, words

Thunk = Callable[[], object]
Feed = Callable[[str], Thunk]
"""Makes a call that reads a text; what is made around the text costs nothing of its time."""

SIZES = (10_000, 20_000, 40_000)
TOO_MUCH = 3
"""Times the cost for twice the text; in line would be 2, quadratic 4."""
SEED = int(os.environ.get("CHAOS_SEED", "1"))
OFFICES = Offices([Office("Dinas Contoh", ("dinsos", "discontoh")), Office("Badan Uji Coba", ("buc",))])
PROCEDURE = Path(__file__).resolve().parents[2] / "sop" / "darurat_kondisi_layanan.yaml"
LETTER = """DINAS CONTOH
Jalan Contoh Nomor 1, Padang

Nomor    : 500/12/Dinas/2026                      Padang, 3 Februari 2026
Hal      : Gangguan jaringan

Dengan hormat,
Kami laporkan bahwa sejak pukul 09.10 jaringan internet di Gedung A lantai 2 mati total.
Mohon bantuan penanganan segera. Narahubung Bapak Budi (0812 3456 7890).

Kepala Dinas Contoh
Sari Contoh, S.Kom
NIP 19800101 200501 1 001
"""
REPLY = "Ya, darurat. Tolong tim jaringan turun sekarang.\n\nTerima kasih,\nSari Contoh\nKepala Bidang\n"
USUAL = "".join(f"{line}\n" for line in (LETTER * 200).split("\n"))
FLOWING = ("words", "clause", "sentence", "statement", "rest", "part")
"""Parameters that get words in a row, as `answer_clauses.bare_words` and the like give them."""
FIXED: dict[str, object] = {
    "decision": "ya", "charset": "utf-8", "mime_type": "text/plain", "format_name": "plain", "report_type": "delivery-status",
    "domain": "contoh.example", "month": 2, "day": DAY, "offices": OFFICES, "official": False, "labels": {},
    "defects": [], "sign": re.compile(r"\bya\b"), "opener": lambda content, name: read_document(name, content),
    "also_hit": 0,
}  # fmt: skip
NOT_FED = {
    "dates.moment": "values, no text",
    "documents.document.unread": "no text of others",
    "documents.ocr_rows.rows_of": "words with their places, from OCR",
    "documents.pdf.refused": "an error of a library",
    "documents.pdf_pages.page_texts": "by read_pdf",
    "documents.sandbox.open_document": "the same readers in a child",
    "documents.sandbox.open_scan": "the same readers in a child",
    "documents.sandbox.serve": "the child's life",
    "mails.enclosed.to_ask_for": "values, no text",
}


class _Stopped(BaseException):
    """It takes so long that nobody waits."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Stopped


def cost(call: Thunk, at_most: float) -> float:
    """CPU seconds of a call; infinite where it was stopped."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    start = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, at_most)
        call()
        return time.process_time() - start
    except _Stopped:
        return inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def mails(text: str) -> list[bytes]:
    """The text in each place of a mail."""
    head = "From: Sari Contoh <sari@dinsos.contoh.example>\nTo: siaga@contoh.example\nDate: Tue, 3 Feb 2026 09:30:00 +0700\n"
    line = " ".join(text.split()) or "kosong"
    folded = text.replace("\r", "").replace("\n", "\n ")
    plain, html = ("Content-Type: text/%s; charset=utf-8\n" % kind for kind in ("plain", "html"))
    bounce = head.replace("Sari Contoh <sari@dinsos", "Mail Delivery <mailer-daemon@mail")
    made = [
        f"{head}Subject: Gangguan\n{plain}\n{text}",
        f"{head}Subject: Fwd: Gangguan\n{plain}\n{LETTER}\n---------- Forwarded message ---------\nFrom: A <a@contoh.example>\nDate: x\nSubject: y\n\n{text}",
        f"{head}Subject: Gangguan\n{html}\n<p>{text}</p>",
        f"{head}Subject: Gangguan\n{html}\n<p>{escape(text)}</p>",
        f"{head}Subject: {folded}\nReferences: {folded}\nCc: {folded}\nX-Asal: {folded}\n{plain}\n{LETTER}",
        f"From: {line}\nSubject: {line}\nAuthentication-Results: {line}\nContent-Type: text/plain; charset={line}\nDate: {line}\n\n{REPLY}",
        f"{head}Content-Type: multipart/mixed; boundary=b\n\n--b\n{plain}\n{REPLY}\n--b\n{plain}Content-Disposition: attachment; filename=a.txt\n\n{text}\n--b--\n",
        f"{bounce}Subject: Undelivered Mail Returned to Sender\n{plain}\n{text}",
    ]
    return [mail.encode("utf-8", "replace") for mail in made]


def document_of(module: str, text: str) -> bytes:
    """A document of the format that a module reads, with the text in it; the bare text where none can be made."""
    said = escape(re.sub(r"[\x00-\x08\x0b-\x1f]", "", text))
    if module in ("docx", "package"):
        return documents.docx("".join(map(documents.paragraph, said.split("\n"))))
    if module == "odt":
        spaces = "".join(
            f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" ' for name in ("office", "text")
        )
        lines = "".join(f"<text:p>{line}</text:p>" for line in said.split("\n"))
        body = f"<office:document-content {spaces}><office:body>{lines}</office:body></office:document-content>"
        return documents.archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})
    if module == "rtf":
        return ("{\\rtf1\\ansi " + text.replace("\n", "\\par\n") + "}").encode("latin-1", "replace")
    return text.encode("utf-8", "replace")


def accepted() -> list[tuple[str, ...]]:
    """Each set of answers that a stage of the procedure accepts."""
    found: list[tuple[str, ...]] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("jawaban"), dict):
                found.append(tuple(value["jawaban"]))
            value = list(value.values())
        for each in value if isinstance(value, list) else ():
            walk(each)

    walk(yaml.safe_load(PROCEDURE.read_text()))
    return list(dict.fromkeys(found))


def feeds(entry: Entry) -> Iterator[tuple[str, Feed]]:
    """Ways to call an entry with a text: one for each place that text can come in by."""
    names = entry.takes
    label = f"{entry.module}.{entry.name}"
    ways: dict[str, list[Callable[[str], Any]]] = {name: [lambda text, name=name: FIXED[name]] for name in names}
    for name, hint in names.items():
        if name in FIXED:
            continue
        if name in ("mail", "raw"):
            count = len(mails(""))
            ways[name] = [lambda text, which=which: mails(text)[which] for which in range(count)]
            if name == "mail":
                ways[name] = [lambda text, made=made: read_mail(made(text)) for made in ways[name]]
        elif name == "accepted":
            ways[name] = [lambda text, words=each: words for each in accepted()]
        elif name == "question":
            ways[name] = [lambda text, words=each: Question(words, "", NOON) for each in accepted()]
        elif name in ("base", "sent"):
            ways[name] = [lambda text, hint=hint: DAY if hint is type(DAY) else NOON]
        elif name == "content":
            format_name = entry.module.rpartition(".")[2]
            ways[name] = [lambda text: document_of(format_name, text)]
        elif name in FLOWING and hint is str:
            ways[name] = [lambda text: " ".join(text.lower().split())]
        elif name == "read" and hint is not str:
            ways[name] = [lambda text: lambda name, content: read_document("plain", content)]
        elif name == "rows":
            ways[name] = [lambda text: [(0.0, [(0.0, 1.0, line.strip())]) for line in text.split("\n") if line.strip()]]
        elif name == "cells":
            ways[name] = [lambda text: [[line] for line in text.split("\n")]]
        elif hint in (str, object):
            ways[name] = [lambda text: text]
        elif hint == list[str]:
            ways[name] = [lambda text: text.split("\n")]
        else:
            ways[name] = [lambda text: text.split()]
    most = max((len(each) for each in ways.values()), default=1)
    for number in range(most):
        made = {name: each[number % len(each)] for name, each in ways.items()}
        yield (
            f"{label}[{number}]",
            lambda text, made=made: _call(entry, {name: make(text) for name, make in made.items()}),
        )
    if label == "documents.reader.read_document":
        for format_name in ("docx", "odt", "rtf", "plain"):
            yield (
                f"{label}[{format_name}]",
                lambda text, kind=format_name: _call(
                    entry,
                    {"format_name": "package" if kind in ("docx", "odt") else kind, "content": document_of(kind, text)},
                ),
            )


def _call(entry: Entry, given: dict[str, Any]) -> Thunk:
    def call() -> None:
        said = entry.function(**given)
        if isinstance(said, Iterator):
            for _ in said:
                pass

    return call


def all_feeds() -> dict[str, list[tuple[str, Feed]]]:
    """By module."""
    found: dict[str, list[tuple[str, Feed]]] = {name: [] for name, _ in modules()}
    for entry in entries():
        if f"{entry.module}.{entry.name}" not in NOT_FED and entry.takes:
            found[entry.module] += feeds(entry)
    for name in ("in_text", "in_letterhead", "by_address"):
        method = getattr(OFFICES, name)
        found["letters.offices"].append((f"letters.offices.{name}", lambda text, method=method: lambda: method(text)))
    return {name: each for name, each in found.items() if each}


FEEDS = all_feeds()
BY_NAME = dict(modules())


def placed(run: Callable[[int], str], where: int) -> Callable[[int], str]:
    """The run alone, or at the start, in the middle or at the end of a letter or a reply."""
    middle = len(LETTER) // 2
    before = ("", "", LETTER[:middle], LETTER, REPLY)[where]
    after = ("", LETTER, LETTER[middle:], "", "")[where]
    return lambda length: f"{before}{run(length)}{after}"


def runs(module: str, chance: random.Random) -> Iterator[tuple[str, Callable[[int], str]]]:
    """All runs for a module: characters, the words of its patterns, and what leads into each part that repeats."""
    for unit in UNITS:
        yield repr(unit), repeated(unit)
    for pattern in patterns(BY_NAME[module]):
        for word in sorted(words(pattern)):
            yield repr(word), repeated(word + chance.choice((" ", "\n", "", ", ", " a ")))
        for run in walked_into(pattern, chance):
            yield f"{pattern.pattern[:60]!r} {run(60)!r}", run


def too_fast(feed: Feed, run: Callable[[int], str], most: int) -> list[float]:
    """The costs of the run in three sizes, where they grow too fast; [] where they do not."""
    sizes = [size * most // SIZES[-1] for size in SIZES]
    usual, floor = _usual(feed, most)
    if cost(feed(run(sizes[-1])), 30 * usual + 20 * floor) <= 2 * usual + floor:
        return []
    costs = [min(cost(feed(run(size)), 60 * usual + 40 * floor) for _ in range(3)) for size in sizes]
    grows = [later == inf or later > TOO_MUCH * earlier for earlier, later in pairwise(costs)]
    return costs if all(grows) else []


_KNOWN: dict[Feed, float] = {}


def _usual(feed: Feed, most: int) -> tuple[float, float]:
    """What ordinary text of that length costs this feed; and what twenty looks over it cost: less is noise."""
    if feed not in _KNOWN:
        _KNOWN[feed] = cost(feed(USUAL[:most]), 60)
    return _KNOWN[feed], _floor()


@cache
def _floor() -> float:
    text = USUAL[: SIZES[-1]]
    return max(cost(lambda: [re.sub(r"\s+", " ", text) for _ in range(20)], 60) for _ in range(3))


def complaints(module: str, chance: random.Random, sample: int | None) -> list[str]:
    """What grows too fast of a module's entries."""
    found: list[str] = []
    for label, feed in FEEDS[module]:
        most = MAX_ANSWER - 2000 if "answer.read_" in label else SIZES[-1]
        choices = list(runs(module, chance))
        for name, run in choices if sample is None else chance.sample(choices, min(sample, len(choices))):
            costs = too_fast(feed, placed(run, chance.randrange(5)), most)
            if costs:
                found.append(f"{label} {name}: {' '.join(f'{1000 * each:.0f} ms' for each in costs)}")
    return found


def test_every_entry_is_fed_or_has_a_reason_not_to_be() -> None:
    known = {f"{entry.module}.{entry.name}" for entry in entries()}
    assert NOT_FED.keys() <= known
    assert len(FEEDS) > 40
    for each in FEEDS.values():
        for label, feed in each:
            feed(LETTER)()
            assert label


@pytest.mark.parametrize("module", sorted(FEEDS))
def test_twice_the_text_takes_at_most_twice_the_time(module: str) -> None:
    assert complaints(module, random.Random(f"{SEED}{module}"), 12) == []


@pytest.mark.chaos
@pytest.mark.parametrize("module", sorted(FEEDS))
def test_twice_the_text_takes_at_most_twice_the_time_for_every_run(module: str) -> None:
    assert complaints(module, random.Random(f"{SEED}{module}"), None) == []
