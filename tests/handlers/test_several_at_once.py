"""One mail answers a reminder that named several incidents: each gets its own decision, and one mail tells of all."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

import pytest

from handlers import several_answered
from handlers.care.replay import replay_journal
from handlers.care.verify import examine
from handlers.carry_out import carry_out
from register import journal, ledger
from sop.events import Answered, Data, Event, FollowedUp, Late, Objected, Unclear, Withdrawn
from tests import cast
from tests.merged_answers import Waiting
from tests.merged_answers import decided as decides
from tests.town import JOURNEY, Town

ONE, TWO, THREE = NUMBERS = [f"DKL-2026-{serial:04d}" for serial in (1, 2, 3)]
ECHO = "jawaban Saudara untuk"


def reminded(place: Town, count: int = 3) -> None:
    """So many incidents wait for Helpdesk, who has been reminded of all in one mail."""
    for serial in range(417, 417 + count):
        place.letter(serial)
    place.work()
    place.work(2.1)
    assert f"dan {count - 1} lainnya" in place.last(cast.HELPDESK, "Pengingat").subject


def answer(place: Town, text: str, subject: str = "Pengingat", sender: str = cast.HELPDESK) -> str:
    """What Helpdesk is told after answering so; "" for nothing new."""
    before = len(place.inbox(cast.HELPDESK))
    place.reply(cast.HELPDESK, subject, text, sender=sender)
    place.work(0.1)
    told = place.inbox(cast.HELPDESK)[before:]
    assert len(told) <= 1, [mail.subject for mail in told]
    return " ".join(told[0].plain.split()) if told else ""


def events(place: Town, number: str) -> tuple[Event, ...]:
    with place.office.database.reading() as tx:
        return journal.read_events(tx, number)


def said(place: Town, kind: type[Data]) -> list[str]:
    """Which incidents have heard something of that kind."""
    return [number for number in place.numbers() if any(isinstance(one.data, kind) for one in events(place, number))]


def decided(place: Town) -> dict[str, str]:
    """By incident what Helpdesk has answered."""
    found = {number: place.incident(number).last_answer("analisis") for number in place.numbers()}
    return {number: given.decision for number, given in found.items() if given}


def is_sound(place: Town) -> None:
    assert examine(place.office).damage == ()
    assert list(replay_journal(place.office).differences) == []


def test_each_incident_gets_its_own_decision_and_one_mail_tells_of_all(place: Town) -> None:
    reminded(place)
    told = answer(place, f"{ONE[-4:]} ya, 0002 tidak karena hanya satu printer, 0003 ya")
    assert decided(place) == {ONE: "ya", TWO: "tidak", THREE: "ya"}
    assert "dicatat YA, KEADAAN DARURAT pukul 09.02 WIB" in told and "RALAT" in told
    assert all(number in told for number in NUMBERS) and "karena hanya satu printer" in told
    assert place.incident(TWO).outcome == "bukan_darurat"
    assert len([mail for mail in place.inbox(cast.KOORDINATOR) if "Mohon diteruskan" in mail.subject]) == 2
    is_sound(place)


def test_all_but_one_are_decided_and_that_one_is_asked_in_the_same_mail_with_its_own_buttons(place: Town) -> None:
    reminded(place)
    told = answer(place, "Semua ya kecuali 0003")
    assert decided(place) == {ONE: "ya", TWO: "ya"} and said(place, Unclear) == [THREE]
    mail = place.last(cast.HELPDESK, "Dicatat: jawaban Saudara untuk 2 insiden; 1 masih ditunggu")
    assert f"{THREE}, Analisis Helpdesk, Dinas Kesehatan: BELUM dicatat" in told
    assert mail.html.count("mailto:") == 2 and mail.html.count(f"subject=%5B{THREE}") == 2
    is_sound(place)


@pytest.mark.parametrize("text", ["Semua ya", "ya untuk semuanya", "Setuju semua", "Ketiganya darurat"])
def test_one_word_for_all_decides_all(place: Town, text: str) -> None:
    reminded(place)
    answer(place, text)
    assert decided(place) == dict.fromkeys(NUMBERS, "ya")


def test_one_word_that_names_none_is_asked_and_decides_nothing(place: Town) -> None:
    reminded(place)
    told = answer(place, "YA")
    assert decided(place) == {} and told.count("BELUM dicatat, mohon ditegaskan") == 3
    answer(place, "Semua ya", "Mohon ditegaskan")
    assert decided(place) == dict.fromkeys(NUMBERS, "ya")
    is_sound(place)


def test_a_tapped_button_of_a_reminder_answers_its_own_incident_alone(place: Town) -> None:
    reminded(place)
    reminder = place.last(cast.HELPDESK, "Pengingat")
    token = reminder.message_id.partition("@")[0].partition(".")[2]
    place.write(cast.HELPDESK, f"[{ONE}] YA ({token})", "YA\n\nAnalisis: kabel putus")
    place.work(0.1)
    assert decided(place) == {ONE: "ya"} and said(place, Unclear) == []


def test_what_stands_below_a_tapped_word_decides_nothing_of_others(place: Town) -> None:
    reminded(place)
    reminder = place.last(cast.HELPDESK, "Pengingat")
    token = reminder.message_id.partition("@")[0].partition(".")[2]
    place.write(cast.HELPDESK, f"[{ONE}] YA ({token})", "YA\n\nAnalisis: 0002 juga terdampak, server mati")
    place.work(0.1)
    assert set(decided(place)) <= {ONE}


def test_what_nothing_was_said_of_goes_on_waiting_and_can_be_answered_to_the_echo(place: Town) -> None:
    reminded(place)
    told = answer(place, "0002 tidak, sudah normal")
    assert decided(place) == {TWO: "tidak"} and told.count("belum dijawab, masih ditunggu") == 2
    told = answer(place, "0001 ya\n0003 ya", ECHO)
    assert decided(place) == {ONE: "ya", TWO: "tidak", THREE: "ya"} and said(place, Late) == []
    is_sound(place)


def test_the_last_one_that_was_asked_may_be_answered_with_one_word(place: Town) -> None:
    reminded(place)
    answer(place, "Semua ya kecuali 0003")
    answer(place, "TIDAK\n\nHanya satu komputer.", ECHO)
    assert decided(place) == {ONE: "ya", TWO: "ya", THREE: "tidak"}


def test_an_answer_is_taken_back_by_its_number(place: Town) -> None:
    reminded(place)
    answer(place, "Semua ya")
    answer(place, "RALAT 0002: TIDAK", ECHO)
    assert decided(place) == {ONE: "ya", TWO: "tidak", THREE: "ya"}
    is_sound(place)


def test_whoever_takes_back_without_saying_which_is_asked_and_nothing_is_undone(place: Town) -> None:
    reminded(place)
    answer(place, "Semua ya")
    assert "insidennya belum disebut" in answer(place, "RALAT: TIDAK", ECHO)
    assert decided(place) == dict.fromkeys(NUMBERS, "ya")


def test_thanks_for_the_echo_bring_nothing_about(place: Town) -> None:
    reminded(place)
    answer(place, "Semua ya")
    assert answer(place, "Terima kasih", ECHO) == ""


def test_what_was_answered_meanwhile_is_told_and_never_decided_twice(place: Town) -> None:
    reminded(place)
    place.write(cast.HELPDESK, "x", "x")  # something to stand between
    mail = next(mail for mail in place.inbox(cast.HELPDESK) if mail.subject.startswith(f"[{TWO}] Mohon analisis"))
    token = mail.message_id.partition("@")[0].partition(".")[2]
    place.write(cast.HELPDESK, f"[{TWO}] TIDAK ({token})", "TIDAK\n\nSalah lapor.")
    place.work(0.1)
    told = answer(place, "Semua ya")
    assert decided(place) == {ONE: "ya", TWO: "tidak", THREE: "ya"} and said(place, Late) == [TWO]
    assert "sudah diputuskan oleh Dedi Kurniadi, A.Md. (Petugas Helpdesk) pukul" in told
    is_sound(place)


def test_what_went_on_by_itself_is_told_by_what_was_done(place: Town) -> None:
    """The reports were sent, and not passed on, while Helpdesk wrote."""
    for serial in (417, 418):
        place.letter(serial)
    place.work()
    for _, address, subject, text in JOURNEY[:5]:
        for number in (ONE, TWO):
            place.reply(address, f"[{number}] {subject}", text)
        place.work(0.1)
    place.work(2.1)
    assert {place.incident(number).visits[-1].stage for number in (ONE, TWO)} == {"pengiriman_laporan"}
    place.work(4)
    told = answer(place, "Semua kirim")
    assert said(place, Late) == [ONE, TWO] and "diteruskan otomatis" not in told
    done = "langkah itu sudah diselesaikan oleh sistem pukul 09.06 WIB (laporan dikirim otomatis)"
    assert told.count(done) == 2, told
    is_sound(place)


def test_an_office_that_is_not_known_is_called_so_in_the_note_of_several_answers(place: Town) -> None:
    for what in ("Server rapor", "Jaringan"):
        text = f"{what} kami mati total sejak pagi."
        place.write(cast.SAMSAT, f"{what} mati", text, claimed_sender="orang@luar.example")
    place.work()
    place.work(2.1)
    told = answer(place, "Semua ya")
    assert decided(place) == {ONE: "ya", TWO: "ya"} and told.count("Analisis Helpdesk, OPD belum diketahui") == 2


def test_a_number_that_the_reminder_did_not_name_is_told_and_not_decided(place: Town) -> None:
    reminded(place, 2)
    place.letter(430)
    place.work()
    told = answer(place, "0001 ya, 0003 ya")
    assert decided(place) == {ONE: "ya"} and "Tidak tercantum dalam pengingat itu, sehingga tidak dicatat: 0003" in told


def test_incidents_at_different_steps_take_only_the_words_of_their_own_question(place: Town) -> None:
    """A koordinator passes two on and assigns a team for a third."""
    reminded(place)
    answer(place, "Semua ya")
    place.work(0.1)
    place.reply(cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN")
    place.work(0.1)
    passed = next(number for number in NUMBERS if place.incident(number).visits[-1].stage == "disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(2.1)
    assert place.incident(passed).visits[-1].stage == "penugasan"
    place.work(2.1)
    rest = [number for number in NUMBERS if number != passed]
    before = len(place.inbox(cast.KOORDINATOR))
    place.reply(cast.KOORDINATOR, "lainnya", "Semua diteruskan")
    place.work(0.1)
    assert [place.incident(number).visits[-1].stage for number in rest] == ["disposisi"] * 2
    assert place.incident(passed).visits[-1].stage == "penugasan"
    told = place.inbox(cast.KOORDINATOR)[before:]
    assert len(told) == 1 and f"{passed}, Penugasan Tim Teknis" in " ".join(told[0].plain.split())
    is_sound(place)


def test_nobody_else_decides_by_answering_a_merged_reminder(place: Town) -> None:
    reminded(place)
    place.reply(cast.HELPDESK, "Pengingat", "Semua ya", sender=cast.KABID)
    place.reply(cast.HELPDESK, "Pengingat", "Semua ya", sender=cast.DINKES)
    place.work(0.1)
    assert decided(place) == {}


def test_what_may_not_be_meant_for_us_is_asked_of_each_incident(place: Town) -> None:
    """As of a single answer: the office is only in copy."""
    reminded(place)
    asked = place.last(cast.HELPDESK, "Pengingat")
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Cc"] = cast.HELPDESK, cast.KABID, cast.OFFICE
    message["Subject"], message["Message-ID"] = f"Re: {asked.subject}", make_msgid(domain="contoh.example")
    message["Date"], message["In-Reply-To"] = format_datetime(place.clock.now()), f"<{asked.message_id}>"
    message.set_content("Semua ya")
    place.post(cast.HELPDESK, message.as_bytes())
    place.work(0.1)
    assert decided(place) == {} and said(place, Unclear) == NUMBERS
    assert place.last(cast.HELPDESK, "Mohon ditegaskan").plain.count("BELUM dicatat") == 3


def test_what_our_own_mails_say_answers_nothing(place: Town) -> None:
    """Should their words ever be taken for the author's."""
    reminded(place)
    waiting = [Waiting(number, "Dinas Kesehatan", "Gangguan", ("ya", "tidak")) for number in NUMBERS]
    reminder = place.last(cast.HELPDESK, "Pengingat").plain
    answer(place, "Semua ya kecuali 0003")
    for ours in (reminder, place.last(cast.HELPDESK, ECHO).plain):
        for part in (ours, " ".join(ours.split()), *ours.split("\n\n")):
            assert not any(decides(waiting, part).values()), part


class Killed(BaseException):
    """The machine stops."""


@pytest.mark.parametrize("after", [1, 2, 3])
def test_killed_between_two_decisions_the_rest_is_done_afterwards_and_nothing_twice(
    place: Town, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    reminded(place)
    before = len(place.inbox(cast.HELPDESK))
    real, done = carry_out, list[str]()

    def dies(*args: object, **named: object) -> object:
        if len(done) == after:
            raise Killed
        done.append("one")
        return real(*args, **named)  # type: ignore[arg-type]

    place.reply(cast.HELPDESK, "Pengingat", "0001 ya, 0002 tidak karena hanya printer, 0003 tunggu dulu")
    with monkeypatch.context() as patched:
        patched.setattr(several_answered, "carry_out", dies)
        if after == len(NUMBERS):
            patched.setattr(several_answered, "told_together", dies)
        with pytest.raises(Killed):
            place.work(0.1)
    assert len(said(place, Answered)) + len(said(place, Unclear)) == after
    place.restart()
    place.work(0.1)
    place.work(0.1)
    assert decided(place) == {ONE: "ya", TWO: "tidak"} and said(place, Unclear) == [THREE]
    for number in NUMBERS:
        heard = [one for one in events(place, number) if isinstance(one.data, Answered | Unclear | Late)]
        assert len(heard) == 1
    echoes = [mail for mail in place.inbox(cast.HELPDESK)[before:] if ECHO in mail.subject]
    assert len(echoes) == 1 and all(number in echoes[0].plain for number in NUMBERS)
    with place.office.database.reading() as tx:
        assert ledger.waiting(tx) == []
    is_sound(place)


@pytest.mark.parametrize(
    "text",
    ["KOREKSI OPD: Dinas Sosial", "Semua YA\nKOREKSI LAYANAN: listrik", "0001 YA\n\nKOREKSI LOKASI: Gedung B"],
)
def test_a_correction_in_answer_to_several_is_asked_about_and_nothing_is_decided(place: Town, text: str) -> None:
    reminded(place)
    before = [place.incident(number).report for number in NUMBERS]
    assert "KOREKSI dalam jawaban atas beberapa insiden" in answer(place, text)
    assert not decided(place) and [place.incident(number).report for number in NUMBERS] == before


def current(place: Town, number: str = ONE) -> str:
    """The stage that waits, or how it has ended."""
    incident = place.incident(number)
    return incident.current.stage if incident.current else incident.outcome


@pytest.mark.parametrize("text", ["BATAL 0001", "RALAT 0001: KEMBALIKAN"])
def test_an_answer_taken_back_by_an_old_echo_leaves_a_newer_one_of_the_same_official(place: Town, text: str) -> None:
    reminded(place)
    answer(place, "Semua ya")
    place.work(2.1)
    place.reply(cast.KOORDINATOR, "Pengingat", "Semua diteruskan")
    place.work(0.1)
    place.reply(cast.KABID, f"[{ONE}] Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.1)
    place.reply(cast.KOORDINATOR, f"[{ONE}] Mohon penugasan", "TUGASKAN Tim Jaringan")
    place.work(0.1)
    before = len(place.inbox(cast.KOORDINATOR))
    place.reply(cast.KOORDINATOR, ECHO, text)
    place.work(0.1)
    assert current(place) == "penanganan" and said(place, Withdrawn) == []
    assert len(place.inbox(cast.KOORDINATOR)) == before + 1
    is_sound(place)


def test_an_analysis_taken_back_by_its_old_echo_leaves_a_report_sent_since(place: Town) -> None:
    reminded(place, 2)
    answer(place, "Semua ya")
    for _, address, subject, text in JOURNEY[1:6]:
        place.reply(address, f"[{ONE}] {subject}", text)
        place.work(0.05)
    stands = current(place)
    answer(place, "RALAT 0001: TIDAK", ECHO)
    assert current(place) == stands and said(place, Withdrawn) == []
    is_sound(place)


@pytest.mark.parametrize("text", ["BATAL", "RALAT: TIDAK", "Mohon maaf, jawaban saya tadi keliru"])
def test_taking_back_in_answer_to_the_reminder_itself_asks_which_incident_and_undoes_none(
    place: Town, text: str
) -> None:
    reminded(place)
    answer(place, "Semua ya")
    assert "insidennya belum disebut" in answer(place, text)
    assert decided(place) == dict.fromkeys(NUMBERS, "ya") and said(place, Withdrawn) == []
    is_sound(place)


def ended_without_receipt(place: Town, count: int = 3) -> None:
    """Step 8 of so many incidents has ended by itself; the Kadis has been reminded of all in one mail."""
    for serial in range(417, 417 + count):
        place.letter(serial)
    place.work()
    for _, address, subject, text in JOURNEY[:-1]:
        for number in place.numbers():
            place.reply(address, f"[{number}] {subject}", text)
        place.work(0.05)
    place.work(2.1)
    assert f"dan {count - 1} lainnya" in place.last(cast.KADIS, "Pengingat").subject
    place.work(4.5)
    assert ends(place) == ["tanpa_tanda_terima"] * count


def ends(place: Town) -> list[str]:
    return [place.incident(number).outcome for number in place.numbers()]


def told_kadis(place: Town, subject: str, text: str) -> str:
    before = len(place.inbox(cast.KADIS))
    place.reply(cast.KADIS, subject, text)
    place.work(0.1)
    told = place.inbox(cast.KADIS)[before:]
    assert len(told) <= 1, [mail.subject for mail in told]
    return " ".join(told[0].plain.split()) if told else ""


def test_a_late_receipt_that_names_none_is_asked_of_each(place: Town) -> None:
    ended_without_receipt(place)
    told = told_kadis(place, "Pengingat", "DITERIMA")
    assert ends(place) == ["tanpa_tanda_terima"] * 3 and told.count("BELUM dicatat, mohon ditegaskan") == 3
    told_kadis(place, "Mohon ditegaskan", "Semua diterima")
    assert ends(place) == ["selesai"] * 3
    is_sound(place)


@pytest.mark.parametrize(
    "text", ["Maaf saya keliru, seharusnya TIDAK", "tunggu dulu", "KEMBALIKAN", "Kok sudah dicatat?", "TIDAK"]
)
def test_a_second_thought_that_names_none_is_asked_of_which_one_and_passed_on_as_no_news(
    place: Town, text: str
) -> None:
    reminded(place)
    answer(place, "Semua ya")
    before = len(place.inbox(cast.KOORDINATOR))
    assert "belum menyebut insidennya" in answer(place, text, ECHO)
    assert decided(place) == dict.fromkeys(NUMBERS, "ya") and said(place, FollowedUp) == []
    assert len(place.inbox(cast.KOORDINATOR)) == before
    is_sound(place)


@pytest.mark.parametrize("text", ["Betul", "Siap, sudah benar", "Ya"])
def test_a_yes_to_the_echo_brings_nothing_about(place: Town, text: str) -> None:
    reminded(place)
    answer(place, "Semua ya")
    assert answer(place, text, ECHO) == ""
    assert decided(place) == dict.fromkeys(NUMBERS, "ya") and said(place, FollowedUp) == []


def test_a_new_outage_in_answer_to_the_echo_is_heard(place: Town) -> None:
    reminded(place)
    answer(place, "Semua ya")
    answer(place, "Server SIMRS RSUD mati total sejak pagi ini, tidak bisa diakses.", ECHO)
    assert len(said(place, FollowedUp)) == 1 or len(place.numbers()) > len(NUMBERS)


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("0002 keliru, seharusnya tidak", [TWO]),
        ("0002 tidak", [TWO]),
        ("RALAT 0001: TIDAK, RALAT 0003: TIDAK", [ONE, THREE]),
    ],
)
def test_doubts_by_number_are_asked_of_each_by_a_mail_of_its_own(place: Town, text: str, doubted: list[str]) -> None:
    reminded(place)
    answer(place, "Semua ya")
    before = len(place.inbox(cast.HELPDESK))
    place.reply(cast.HELPDESK, ECHO, text)
    place.work(0.1)
    told = place.inbox(cast.HELPDESK)[before:]
    assert sorted(mail.subject[1:14] for mail in told) == doubted and said(place, Objected) == doubted
    assert all("RALAT" in mail.plain or "BATAL" in mail.plain for mail in told)
    assert decided(place) == dict.fromkeys(NUMBERS, "ya")
    is_sound(place)


def test_thanks_that_turn_a_word_decide_nothing_of_the_one_that_is_still_open(place: Town) -> None:
    reminded(place)
    answer(place, "Semua ya kecuali 0003")
    assert "BELUM dicatat" in answer(place, "Maaf salah, tidak", ECHO)
    assert decided(place) == {ONE: "ya", TWO: "ya"}


@pytest.mark.parametrize("text", ["DITERIMA", "0002 DITERIMA"])
def test_what_is_asked_after_the_end_can_be_answered_to_the_echo(place: Town, text: str) -> None:
    ended_without_receipt(place)
    told = told_kadis(place, "Pengingat", "0001 diterima, 0002 nanti dulu saya baca, 0003 diterima")
    assert f"{TWO}, Kadis menerima laporan, Dinas Kesehatan: BELUM dicatat" in told
    assert f"subject=%5B{TWO}" in place.last(cast.KADIS, ECHO).html and "sebelum" not in told
    told_kadis(place, ECHO, text)
    assert ends(place) == ["selesai"] * 3
    is_sound(place)


def test_thanks_that_may_be_a_late_receipt_are_asked(place: Town) -> None:
    ended_without_receipt(place)
    told = told_kadis(place, "Pengingat", "0003 diterima, 0002 kurang fotonya")
    assert f"{ONE}, Kadis menerima laporan, Dinas Kesehatan: belum dijawab, masih dapat dijawab" in told
    assert "BELUM dicatat" in told_kadis(place, ECHO, "Baik, diterima.")
    assert ends(place) == ["tanpa_tanda_terima"] * 2 + ["selesai"]


def test_a_correction_in_answer_to_the_echo_is_told_and_nothing_is_changed(place: Town) -> None:
    reminded(place)
    answer(place, "Semua ya")
    before = [place.incident(number).report for number in NUMBERS]
    assert "KOREKSI dalam jawaban atas beberapa insiden" in answer(place, "KOREKSI OPD: Dinas Sosial", ECHO)
    assert decided(place) == dict.fromkeys(NUMBERS, "ya") and said(place, Late) == []
    assert [place.incident(number).report for number in NUMBERS] == before


@pytest.mark.parametrize("text", ["BATAL", "0009 ya", "0001 ya"])
def test_answers_that_record_nothing_are_told_of_a_few_times_only(place: Town, text: str) -> None:
    reminded(place)
    answer(place, "Semua ya")
    told = [bool(answer(place, f"{text}\n", ECHO)) for _ in range(6)]
    assert told == [True] * 3 + [False] * 3
    is_sound(place)


def test_a_doubted_late_receipt_is_told_by_one_mail(place: Town) -> None:
    ended_without_receipt(place)
    told_kadis(place, "Pengingat", "0001 diterima, 0003 diterima")
    assert ONE in told_kadis(place, ECHO, "Maaf, 0001 keliru, saya belum baca")
    assert said(place, Objected) == [ONE] and ends(place) == ["selesai", "tanpa_tanda_terima", "selesai"]
