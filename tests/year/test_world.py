"""What the people of the year write: the same from the same seed, true as labelled, and quickly made."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from office.offices_file import DEFAULT, read_offices
from parsers.documents.opening import Opener
from parsers.letters.letter import read_letter
from parsers.letters.values import Letter, MailKind
from parsers.mails.absence import says_absent
from parsers.mails.message import read_mail
from parsers.mails.reply_words import reply_text
from parsers.replies.answer import read_answer
from parsers.replies.helpdesk_order import read_order
from parsers.replies.service_back import says_not_back
from parsers.words.numbers import Numbers
from readers.programs import SystemPrograms
from siaga.readout.beside import OWN_OFFICE
from tests.merged_answers import Waiting, decided
from tests.parsers.answer_tables import ACCEPTED, SENT
from tests.year.witness import Kind, Notes
from tests.year.world import answers, besides, calendar, followups, letters, mails, returns, routine, together
from tests.year.world.offices import OFFICES, REPORTERS
from tests.year.world.quotes import quoted
from tests.year.world.samples import NOW, OURS, digest, everything
from tests.year.world.signatures import below_answer
from tests.year.world.written import Written

KNOWN, OPENER, NUMBERS = read_offices(DEFAULT, own=OWN_OFFICE), Opener(SystemPrograms()), Numbers(("DKL",))
DRAWS = 300


def test_one_seed_gives_the_same_bytes_whatever_the_process() -> None:
    code = "from tests.year.world.samples import digest; print(digest(4))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {f"{digest(4)}\n"} and digest(5) != digest(4)


def test_every_mail_can_be_decoded_and_has_lines_of_a_length_that_servers_take() -> None:
    for raw in everything(1):
        head = raw.partition(b"\r\n\r\n")[0]
        assert all(len(line) <= 998 for line in head.split(b"\r\n")) and head.isascii(), head
        read_mail(raw)


def test_a_mail_is_made_in_half_a_millisecond() -> None:
    list(everything(2))  # imports, tables
    started = time.process_time()
    made = len(list(everything(3)))
    assert (time.process_time() - started) / made < 0.0005 * 4  # a busy machine


def test_the_offices_are_those_of_the_list_that_is_shipped() -> None:
    assert [office.name for office in OFFICES] == [
        office.name for office in read_offices(DEFAULT, own=OWN_OFFICE).offices
    ]
    assert len({office.address for office in OFFICES}) == len(OFFICES)


def read(written: Written, sender: str, at: datetime, rng: Random) -> Letter:
    raw = mails.mail(rng, written, sender=sender, at=at)
    return read_letter(raw, KNOWN, opener=OPENER, received=at, numbers=NUMBERS)


def test_letters_about_outages_are_read_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    """What is misread besides is noted, not judged: it is work for the reading rooms."""
    rng, notes = Random(11), Notes()
    for turn in range(DRAWS):
        office, at = rng.choice(REPORTERS), NOW + timedelta(hours=turn * 5)
        written = letters.emergency(rng, office, at)
        got, about = read(written, office.address, at, rng), written.about
        assert about is not None
        if got.kind is not MailKind.INCIDENT:
            notes.note(f"an emergency is taken for {got.kind}", written.words)
        elif not set(got.layanan) & set(about.services):
            notes.note("none of the services", f"{got.layanan} of {about.services}: {written.text}")
        elif about.began_at and got.waktu_kejadian.value != about.began_at:
            notes.note("began", f"{got.waktu_kejadian.value} for {about.began_at}: {written.text}")
        elif got.opd.value != about.office:
            notes.note("office", f"{got.opd.value!r} for {about.office}: {written.text}")
    missed = sum(count for name, count in notes.count.items() if name.startswith("an emergency"))
    _tell(notes, capsys)
    assert missed <= DRAWS * 0.02


def test_all_else_is_no_emergency(capsys: pytest.CaptureFixture[str]) -> None:
    rng, notes = Random(12), Notes()
    for turn in range(DRAWS // 2):
        office, at = rng.choice(REPORTERS), NOW + timedelta(hours=turn * 5)
        written = routine.routine(rng, office, at)
        if (kind := read(written, office.address, at, rng).kind) not in (MailKind.REQUEST, MailKind.OTHER):
            notes.note(f"routine is taken for {kind}", written.words)
    _tell(notes, capsys)
    assert notes.count.total() <= DRAWS * 0.01


def _tell(notes: Notes, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        for name, count in sorted(notes.count.items()):
            print(f"\n  {count} x {name}: {' '.join(notes.examples[name].split())[:160]}")


@pytest.mark.parametrize("group", answers.GROUPS)
def test_a_plain_answer_is_understood(group: str) -> None:
    rng = Random(1)
    for answer in [answers.plain(group), *(answers.plain(group, rng) for _ in range(20))]:
        assert read_answer(answer.words, ACCEPTED[group], SENT).decision == answer.label, answer


@pytest.mark.parametrize("group", answers.GROUPS)
def test_the_words_of_another_question_decide_nothing(group: str) -> None:
    rng = Random(2)
    for answer in [answers.to_another_question(rng, group) for _ in range(20)]:
        assert read_answer(answer.words, ACCEPTED[group], SENT).decision == "", answer


def test_labels_are_decisions_of_the_question_or_settled_elsewhere() -> None:
    for group in answers.GROUPS:
        labels = Counter(answer.label.rstrip("?") for answer in answers.answers_to(group))
        assert set(labels) <= {"-", *ACCEPTED[group], *answers.SETTLED_ELSEWHERE}
        assert all(labels[decision] for decision in ACCEPTED[group])


def test_a_retraction_in_the_offered_word_is_heard_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    rng, notes, clear = Random(6), Notes(), 0
    for turn in range(DRAWS):
        group = answers.GROUPS[turn % len(answers.GROUPS)]
        back = besides.retraction(rng, answers.plain(group, rng) if turn % 2 else None, group)
        clear += back.clear
        if back.clear and read_answer(back.words, ACCEPTED[group], SENT).kind != "ralat":
            notes.note(f"a retraction is not heard ({group})", back.words)
    _tell(notes, capsys)
    assert notes.count.total() <= clear * 0.02


@pytest.mark.parametrize("group", answers.GROUPS)
def test_no_client_hides_or_adds_to_what_is_answered(group: str) -> None:
    """Wherever the answer stands to the quote, and whatever stands below it, nothing else is decided by it."""
    rng = Random(7)
    asked = "Yth. Bapak,\n\nmohon jawaban atas laporan Dinas Kesehatan.\n\nBalas YA atau TIDAK.\n\nSiaga"
    for _ in range(100):
        answer = answers.pick(rng, group)
        words = answer.words + below_answer(rng, "Ratna Dewita")
        text = quoted(rng, words, asked, f"Siaga <{mails.OFFICE}>", SENT)
        raw = mails.mail(rng, Written(Kind.ANSWER, "Re: x", text=text), sender="ratna@contoh.example", at=SENT)
        got = read_answer(reply_text(read_mail(raw)), ACCEPTED[group], SENT).decision
        assert got in ("", answer.label.rstrip("?")), (answer, text)


def test_what_machines_and_helpdesk_write_is_what_it_is_said_to_be() -> None:
    rng = Random(3)
    for _ in range(60):
        away = besides.absence(rng, "Mohon disposisi")
        assert says_absent(away.subject, away.words)
        for word in ("darurat", "abaikan", "pisahkan", "gabung"):
            ordered = read_order(besides.order(rng, word, "DKL-2026-0007").words, NUMBERS)
            assert ordered is not None and (ordered.word, ordered.numbers) == (word, ("DKL-2026-0007",))
        bounced = rng.choice((returns.dsn, returns.old_bounce))(rng, OURS)
        raw = mails.mail(rng, bounced, sender="x@contoh.example", at=NOW)
        back = read_mail(raw).bounce
        assert back is not None and back.addresses == (OURS.recipient,), bounced


def test_that_it_is_not_over_is_heard(capsys: pytest.CaptureFixture[str]) -> None:
    """In the offered word always; in other words noted."""
    rng, notes = Random(5), Notes()
    for words in sorted({followups.not_over(rng, OFFICES[0]).words for _ in range(200)}):
        if not says_not_back(words):
            assert words.split("\n")[0] != "BELUM"
            notes.note(f"not heard that it is not over: {words}", "")
    _tell(notes, capsys)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23T09:00+07:00", "2026-11-23T09:00+07:00"),
        ("2026-11-23T16:00+07:00", "2026-11-24T07:30+07:00"),
        ("2026-11-27T16:10+07:00", "2026-11-27T16:10+07:00"),
        ("2026-11-27T17:00+07:00", "2026-11-30T07:30+07:00"),
        ("2026-12-23T18:00+07:00", "2026-12-28T07:30+07:00"),
        ("2026-03-17T18:00+07:00", "2026-03-25T07:30+07:00"),
        ("2027-01-01T03:00+07:00", "2027-01-04T07:30+07:00"),
    ],
)
def test_office_hours(moment: str, opens: str) -> None:
    when, wanted = datetime.fromisoformat(moment), datetime.fromisoformat(opens)
    assert calendar.next_working(when) == wanted
    assert calendar.is_working(when) == (when == wanted)


def test_answers_to_several_at_once_mean_what_their_labels_say() -> None:
    """Asking back is right, too; another decision than the label's never is."""
    rng, groups, heard = Random(7), sorted(together.OFFERED), Counter[str]()
    for _ in range(DRAWS):
        of_one = rng.choice(groups)
        serials = rng.sample(range(40, 99), rng.randint(2, 5))
        asked = [
            together.OneAsked(f"DKL-2026-{serial:04d}", "", 1, of_one if rng.random() < 0.7 else rng.choice(groups))
            for serial in serials
        ]
        said = together.answered_together(asked, rng)
        waiting = [Waiting(one.number, f"Dinas {one.number}", "", ACCEPTED[one.group]) for one in asked]
        for number, decision in decided(waiting, said.words).items():
            label = said.labels.get(number, "")
            heard["asked" if not decision and label not in ("", "-") else "heard"] += 1
            assert not decision or decision == label.rstrip("?"), (said, number, decision)
    assert heard["asked"] < heard["heard"] / 10, heard
