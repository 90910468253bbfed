"""A machine answers our mails, and does not say that it is one. After three rounds nothing of ours goes out any more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.mails.message import Mail
from tests import cast
from tests.attacks import some
from tests.cast import DINKES
from tests.town import Town

TICKETS = "tiket@vendor.example"
ROUNDS = 12
"""Four times as many as a loop may last."""
TROUBLE = "Server SIMRS kami mati, pasien menumpuk."


def robot(place: Town, watched: str, answer: Callable[[int, Mail], None], rounds: int = ROUNDS) -> int:
    """Each round the robot behind `watched` answers every mail that came. Returns in how many rounds there was one."""
    seen, busy = len(place.inbox(watched)), 0
    for _ in range(rounds):
        place.work(1)
        new = place.inbox(watched)[seen:]
        seen += len(new)
        busy += bool(new)
        for mail in new:
            answer(seen, mail)
    return busy


def quoted(mail: Mail) -> str:
    return "\n".join(f"> {line}" for line in mail.plain.split("\n"))


def words_of_a_ticket_system(kind: str, number: int, mail: Mail) -> tuple[str, str]:
    thanks = "We received your request. A member of our staff will contact you."
    return {
        "quotes the subject": (f"[Ticket#{number}] We received: {mail.subject}", thanks),
        "cuts the subject": (f"[Ticket#{number}] {mail.subject[:45]}...", thanks),
        "quotes with marks": (f"Ticket {number} created", f"{thanks}\n\n{quoted(mail)}"),
        "quotes without marks": (f"[#{number}] {mail.subject}", f"{thanks}\n\nTicket {number}\n\n{mail.plain}"),
        "says hardly anything": (f"Tiket {number}", "Tiket telah dibuat. Terima kasih."),
    }[kind]


@pytest.mark.parametrize(
    "kind",
    some(
        [
            "quotes with marks",
            "says hardly anything",
            "quotes the subject",
            "cuts the subject",
            "quotes without marks",
        ]
    ),
)
def test_a_ticket_system_behind_helpdesks_address_is_heard_three_times(place: Town, kind: str) -> None:
    def answer(number: int, mail: Mail) -> None:
        subject, text = words_of_a_ticket_system(kind, number, mail)
        place.write(cast.SAMSAT, subject, text, claimed_sender=TICKETS)

    place.write(DINKES, "Undangan rapat koordinasi", "Mengundang Bapak/Ibu pada rapat besok pukul 09.00 WIB.")
    place.work()
    first = place.inbox(cast.HELPDESK)[-1]
    answer(1, first)
    assert robot(place, cast.HELPDESK, answer) <= 3
    assert place.numbers() == []


def test_a_ticket_system_with_an_address_for_each_ticket_is_heard_three_times(place: Town) -> None:
    def answer(number: int, mail: Mail) -> None:
        sender = f"tiket+{number}@vendor.example"
        place.write(
            cast.SAMSAT, f"[Ticket#{number}] {mail.subject}", "We received your request.", claimed_sender=sender
        )

    place.write(DINKES, "Undangan rapat koordinasi", "Mengundang Bapak/Ibu pada rapat besok pukul 09.00 WIB.")
    assert robot(place, cast.HELPDESK, answer) <= 4


@pytest.mark.parametrize(
    ("subject", "text"),
    some(
        [
            ("Sedang cuti", "Saya sedang cuti sampai 30 November. Surel Anda no. {number} saya baca nanti."),
            ("Out: {subject}", "I am away. Your mail {number} will be read on Monday."),
            ("Pesan Anda telah diterima", "Pesan Anda “{subject}” telah kami terima, nomor antrean {number}."),
            ("Informasi {number}", "Kantor tutup dan dibuka kembali Senin."),
            ("Info", "Surel Anda pukul 09.{number:02d} diterima.\n\n{plain}"),
        ]
    ),
)
@pytest.mark.parametrize("who", [cast.HELPDESK, DINKES])
def test_a_vacation_responder_without_a_thread_ends_after_three(place: Town, who: str, subject: str, text: str) -> None:
    place.write(DINKES, "Undangan rapat koordinasi", "Mengundang Bapak/Ibu pada rapat besok pukul 09.00 WIB.")

    def answer(number: int, mail: Mail) -> None:
        said = {"number": number, "subject": mail.subject, "plain": mail.plain}
        place.write(who, subject.format(**said), text.format(**said))

    rounds = robot(place, who, answer)
    shown = [mail for mail in place.inbox(cast.HELPDESK) if "Bukan laporan darurat" in mail.subject]
    assert place.numbers() == [] and rounds <= 7 and len(shown) <= 4


def test_a_slow_machine_ends_too(place: Town) -> None:
    place.write(DINKES, "Undangan rapat koordinasi", "Mengundang Bapak/Ibu pada rapat besok pukul 09.00 WIB.")
    place.work()
    before = len(place.inbox(cast.HELPDESK))
    for number in range(8):
        place.write(cast.SAMSAT, f"Tiket {number}", "Tiket telah dibuat.", claimed_sender=TICKETS)
        place.work(40)
    assert len(place.inbox(cast.HELPDESK)) - before <= 3


def test_a_machine_that_turns_our_receipt_into_a_report_opens_three_incidents_and_is_listed_once(place: Town) -> None:
    place.letter()

    def answer(number: int, mail: Mail) -> None:
        place.write(DINKES, f"Tiket {number}: SIMRS", f"Tiket {number}. {TROUBLE}")

    rounds = robot(place, DINKES, answer)
    assert rounds <= 5 and len(place.numbers()) <= 1 + 3 + 1
    lists = [mail for mail in place.inbox(cast.HELPDESK) if "Segera diperiksa" in mail.subject]
    assert len(lists) <= 1


def test_a_person_who_writes_three_different_mails_and_more_is_heard_each_time(place: Town) -> None:
    outages = (
        "Internet di gedung A putus sejak pagi, mohon bantuan.",
        "Aplikasi antrean RSUD tidak bisa dibuka, pasien menumpuk.",
        "Server absensi mati total, mohon segera diperbaiki.",
        "VPN ke Samsat terputus, pelayanan pajak berhenti.",
        "Internet di gedung B putus sejak pagi, mohon bantuan.",
    )
    for text in outages:
        place.write(DINKES, text.partition(",")[0], text)
        place.work(2)
    assert len(place.numbers()) == len(outages)


@pytest.mark.chaos
def test_the_same_outage_on_the_fourth_floor_is_not_that_of_the_third(place: Town) -> None:
    for floor in range(1, 7):
        place.write(DINKES, f"Internet lantai {floor} mati", f"Internet lantai {floor} RSUD mati sejak pagi.")
        place.work()
        place.clock.forward(minutes=5)  # people need longer than a machine to write the next
    assert len(place.numbers()) == 6


@pytest.mark.chaos
def test_one_outage_after_the_other_in_words_that_differ_by_a_number_is_reported_each_time(place: Town) -> None:
    for number in range(6):
        place.write(DINKES, f"Internet mati {number}", f"Internet kantor ke-{number} mati sejak tadi pagi.")
    place.work()
    assert len(place.numbers()) == 6


def test_an_emergency_from_a_machines_address_is_told(place: Town) -> None:
    place.work()
    for number in range(6):
        place.write(cast.SAMSAT, f"Tiket {number}", "Tiket telah dibuat.", claimed_sender=TICKETS)
    place.work(1)
    place.write(cast.SAMSAT, "Tiket 7", TROUBLE, claimed_sender=TICKETS)
    place.work(1)
    assert len(place.numbers()) == 1
