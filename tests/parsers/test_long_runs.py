"""Whatever is said over and over, no reader takes more than twice the time for twice the text.

Compared are ratios of CPU time within one run, never seconds: ten, twenty and forty thousand characters of a run, where
forty thousand cost more than as many of ordinary text do. `make test` takes a sample; `make chaos` some hundred times as many.
"""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from html import escape
from itertools import pairwise
from math import inf
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml

from parsers.letters.offices import Office, Offices
from parsers.mails.message import read_mail
from parsers.replies.answer import MAX_ANSWER
from parsers.replies.whole_answer import Question
from parsers.words.numbers import Numbers
from tests.parsers import documents
from tests.parsers.long_runs import (
    DAY,
    NOON,
    UNITS,
    Entry,
    entries,
    modules,
    only_matched,
    patterns,
    repeated,
    two_readings,
    walked_into,
    words,
)
from tests.reading import HERE

Thunk = Callable[[], object]
Feed = Callable[[str], Thunk]
"""Makes a call that reads a text; what is made around the text costs nothing of its time."""

SIZES = (10_000, 20_000, 40_000)
TOO_MUCH = 3
"""Times the cost for twice the text; in line would be 2, quadratic 4."""
SAMPLE, WAYS = 1, 1
"""What `make test` takes: about so many small measures of runs, by so many ways into each entry."""
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
THE_WHOLE_OF_A_CORNER = (
    "letters.letter",
    "letters.kind",
    "replies.answer",
    "replies.whole_answer",
    "mails.reply_words",
)
"""Modules whose entries go through all the patterns beside them."""
FLOWING = (
    "words",
    "clause",
    "sentence",
    "statement",
    "rest",
    "part",
)
"""Parameters that get words in a row, as `answer_clauses.bare_words` and the like give them."""
FIXED: dict[str, object] = {
    "decision": "ya",
    "charset": "utf-8",
    "mime_type": "text/plain",
    "format_name": "plain",
    "report_type": "delivery-status",
    "domain": "contoh.example",
    "month": 2,
    "day": DAY,
    "offices": OFFICES,
    "official": False,
    "labels": {},
    "defects": [],
    "sign": re.compile(r"\bya\b"),
    "opener": HERE,
    "programs": HERE.programs,
    "reads_pictures": False,
    "also_hit": 0,
    "numbers": Numbers(("DKL",)),
    "names": ("Siaga", "siaga@contoh.example"),
    "received": NOON,
    "own": "siaga@contoh.example",
    "answers": False,
    "strict": False,
    "index": 1,
    "end": 1,
}
OF_FEW_CHARACTERS = (
    r"(?:\b(?:no\.?\s*)?(?:hp|wa",
    r"\b(?:[Nn]ama [Ss]aya",
    "(?:akan|rencana",
    r"^\W*(?:nip|nrp",
    r"[\s,.]{0,9}(?:\b(?:terima ?kasih",
    r"\s(?:mengalami|terkena",
)
"""How patterns begin that are asked only about a line of a signature, the end of an answer, or words in a row."""
NOT_FED = {
    "documents.document.unread": "no text of others",
    "documents.ocr_rows.rows_of": "words with their places, from OCR",
    "documents.pdf.refused": "an error of a library",
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
    plain, html = (f"Content-Type: text/{kind}; charset=utf-8\n" for kind in ("plain", "html"))
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


def feeds(entry: Entry) -> Iterator[tuple[str, Feed]]:  # noqa: PLR0912  one line for each kind of parameter
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
            ways[name] = [lambda text: document_of(entry.module.rpartition(".")[2], text)]
        elif name in FLOWING and hint is str:
            ways[name] = [lambda text: " ".join(text.lower().split())]
        elif name == "read" and hint is not str:
            ways[name] = [lambda text: lambda name, content: HERE.open(content, "plain")]
        elif name == "rows":
            ways[name] = [lambda text: [(0.0, [(0.0, 1.0, line.strip())]) for line in text.split("\n") if line.strip()]]
        elif name == "cells":
            ways[name] = [lambda text: [[line] for line in text.split("\n")]]
        elif hint in (str, object):
            ways[name] = [lambda text: text]
        elif hint in (list[str], Sequence[str]):
            ways[name] = [lambda text: text.split("\n")]
        elif hint in (tuple[str, ...], Iterable[str]):
            ways[name] = [lambda text: text.split()]
        elif hint is bytes:
            ways[name] = [lambda text: text.encode("utf-8", "replace")]
        else:
            return  # values that other entries make of text: it comes in by those
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
                    {
                        "format_name": "package" if kind in ("docx", "odt") else kind,
                        "content": document_of(kind, text),
                        "programs": HERE.programs,
                        "reads_pictures": False,
                    },
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


def patterns_once() -> dict[str, list[re.Pattern[str]]]:
    """By module; each of those that are asked about text of any length stands in one of them."""
    seen: set[str] = set()
    found: dict[str, list[re.Pattern[str]]] = {}
    for name, module in BY_NAME.items():
        found[name] = [one for one in patterns(module) if one.pattern not in seen]
        found[name] = [one for one in found[name] if not one.pattern.startswith(OF_FEW_CHARACTERS)]
        seen |= {one.pattern for one in found[name]}
    return found


PATTERNS = patterns_once()


def placed(run: Callable[[int], str], where: int) -> Callable[[int], str]:
    """The run alone, or at the start, in the middle or at the end of a letter or a reply."""
    middle = len(LETTER) // 2
    before = ("", "", LETTER[:middle], LETTER, REPLY)[where]
    after = ("", LETTER, LETTER[middle:], "", "")[where]
    return lambda length: f"{before}{run(length)}{after}"


def runs(module: str) -> list[tuple[str, Callable[[int], str]]]:
    """All runs for a module: characters, the words of its patterns, and what leads into each part that repeats."""
    return _runs(module.partition(".")[0] + "." if module in THE_WHOLE_OF_A_CORNER else module)


@cache
def _runs(of: str) -> list[tuple[str, Callable[[int], str]]]:
    chance = random.Random(f"{SEED}{of}")
    found = [(repr(unit), repeated(unit)) for unit in UNITS]
    for pattern in (each for name in PATTERNS if name.startswith(of) for each in PATTERNS[name]):
        for word in sorted(words(pattern)):
            found.append((repr(word), repeated(word + chance.choice((" ", "\n", "", ", ", " a ")))))
        found += [(f"{pattern.pattern[:60]!r}", run) for run in walked_into(pattern, chance)]
    return found


def too_fast(feed: Feed, run: Callable[[int], str], most: int) -> list[float]:
    """The costs of the run in three sizes, where they grow too fast; [] where they do not."""
    sizes = [size * most // SIZES[-1] for size in SIZES]
    usual, floor = _usual(feed, most)
    if cost(feed(run(sizes[-1])), 30 * usual + 20 * floor) <= 2 * usual + floor:
        return []
    costs = [min(cost(feed(run(size)), 60 * usual + 40 * floor) for _ in range(3)) for size in sizes]
    return costs if _grow_too_fast(costs) else []


def _grow_too_fast(costs: list[float]) -> bool:
    noise = _floor() / 8
    return all(later == inf or later > TOO_MUCH * max(earlier, noise) for earlier, later in pairwise(costs))


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


def complaints(module: str, chance: random.Random, sample: float) -> list[str]:
    """What grows too fast of a module's entries, for as many runs as cost about `sample` times a small measure each."""
    found: list[str] = []
    fed = FEEDS[module]
    if sample == SAMPLE:
        chance.shuffle(fed := fed.copy())
        names = [label.partition("[")[0] for label, _ in fed]
        fed = [each for at, each in enumerate(fed) if names[:at].count(names[at]) < WAYS]
    for label, feed in fed:
        most = MAX_ANSWER - 2000 if "answer.read_" in label else SIZES[-1]
        choices = runs(module)
        usual, floor = _usual(feed, most)
        wanted = max(1, min(len(choices), int(2 * sample), int(sample * floor / max(usual, floor / 20))))
        for name, run in chance.sample(choices, wanted):
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


@pytest.mark.parametrize("module", sorted(BY_NAME))
def test_no_repeated_part_of_a_pattern_can_be_read_in_two_ways(module: str) -> None:
    assert {one.pattern: said for one in PATTERNS[module] if (said := two_readings(one))} == {}


@pytest.mark.parametrize("module", sorted(BY_NAME))
def test_no_pattern_takes_more_than_twice_the_time_for_twice_the_text(module: str) -> None:
    assert slow_patterns(module, 1) == []


@pytest.mark.chaos
@pytest.mark.parametrize("module", sorted(BY_NAME))
def test_no_pattern_takes_more_than_twice_the_time_for_any_text(module: str) -> None:
    assert slow_patterns(module, 1000) == []


def slow_patterns(module: str, most: int) -> list[str]:
    """The patterns of a module that take more than twice the time for twice a run, of at most so many runs each."""
    chance, found = random.Random(f"{SEED}{module}"), []
    matched = only_matched(BY_NAME[module])
    for pattern in PATTERNS[module]:
        into = list(walked_into(pattern, chance))
        for run in chance.sample(into, min(most, len(into))):
            once = pattern.pattern in matched
            looks = [partial(_looked_at, pattern, run(size), once=once) for size in (4000, 8000, 16_000)]
            if cost(looks[0], 10 * _floor()) <= _floor() / 4:
                continue
            costs = [min(cost(look, 20 * _floor()) for _ in range(3)) for look in looks]
            if _grow_too_fast(costs):
                found.append(f"{pattern.pattern[:80]!r} {run(60)!r} {costs}")
                break
    return found


def _looked_at(pattern: re.Pattern[str], text: str, *, once: bool) -> None:
    if once:
        pattern.match(text)
        return
    for _ in pattern.finditer(text):
        pass


@pytest.mark.parametrize("module", sorted(FEEDS))
def test_twice_the_text_takes_at_most_twice_the_time(module: str) -> None:
    assert complaints(module, random.Random(f"{SEED}{module}"), SAMPLE) == []


@pytest.mark.chaos
@pytest.mark.parametrize("module", sorted(FEEDS))
def test_twice_the_text_takes_at_most_twice_the_time_for_many_runs(module: str) -> None:
    assert complaints(module, random.Random(f"{SEED}{module}"), 500) == []
