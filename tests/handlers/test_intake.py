"""Mail comes in: each mail is taken once, whatever its Message-ID, wherever it stands, and whichever desk is awake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from handlers.collect_mail import collect_mail
from handlers.rounds.intake import act_on_waiting_mail, collect_waiting_mail
from inbox.mailbox import FoundMail, Mailbox, MailboxUnavailable, MailWithheld, Seen
from register import leases, ledger
from register.database import Conflict
from tests import cast
from tests.parsers.documents import locked_pdf
from tests.town import Town, two_desks

OUTAGE = "Internet kantor kami mati sejak tadi pagi, mohon bantuan segera."


def letter(message_id: str = "", text: str = OUTAGE) -> bytes:
    head = f"From: Samsat <{cast.SAMSAT}>\r\nTo: {cast.OFFICE}\r\nSubject: Internet mati\r\n"
    return f"{head}{f'Message-ID: <{message_id}>{chr(13)}{chr(10)}' if message_id else ''}\r\n{text}\r\n".encode()


@pytest.fixture
def second(place: Town) -> str:
    """The office watches the mailbox of the archive as well."""
    with place.settings_file.open("a", encoding="utf-8") as file:
        file.write(f'[[kotak_surat_lain]]\nnama = "{cast.SEKRETARIS}"\n')
    place.restart()
    return cast.SEKRETARIS


def test_the_same_mail_in_two_watched_mailboxes_is_one_incident(place: Town, second: str) -> None:
    for mailbox in (cast.OFFICE, second):
        place.post(cast.SAMSAT, letter("1@samsat"), to=mailbox)
    place.post(cast.SAMSAT, letter("2@samsat", OUTAGE + " Gedung B."), to=second)
    place.work()
    place.work()
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]


def test_a_mailbox_that_is_out_of_order_holds_up_no_other(place: Town) -> None:
    text = place.settings_file.read_text(encoding="utf-8")
    text = text.replace(f"port = {place.house.imap_port}", "port = 1")
    text += f'[[kotak_surat_lain]]\nnama = "{cast.SEKRETARIS}"\nport = {place.house.imap_port}\n'
    place.settings_file.write_text(text, encoding="utf-8")
    place.restart()
    place.post(cast.SAMSAT, letter("1@samsat"), to=cast.SEKRETARIS)
    done = place.work()
    assert place.numbers() == ["DKL-2026-0001"]
    assert [type(fault) for fault in done.faults] == [MailboxUnavailable]


def test_a_reused_message_id_loses_no_letter(place: Town) -> None:
    place.post(cast.SAMSAT, letter("sama@samsat"))
    place.post(cast.SAMSAT, letter("sama@samsat", OUTAGE + " Ini kantor lain."))
    place.work()
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]


def test_a_mail_delivered_again_is_the_same_mail(place: Town) -> None:
    place.post(cast.SAMSAT, letter("sekali@samsat"))
    place.work()
    place.post(cast.SAMSAT, letter("sekali@samsat"))
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]


def test_letters_without_a_message_id_are_each_taken_once(place: Town) -> None:
    for text in (OUTAGE, OUTAGE + " Gedung B."):
        place.post(cast.SAMSAT, letter(text=text))
    for _ in range(3):
        place.work()
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]


class Watching:
    """Passes a mailbox on, and notes what it is told to be known already."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox, self.account, self.folder = mailbox, mailbox.account, mailbox.folder
        self.told = Seen()

    def sweep(self, seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        def noted(uidvalidity: int) -> Seen:
            self.told = seen(uidvalidity)
            return self.told

        return self.mailbox.sweep(noted)

    def wait(self, seconds: float) -> bool:
        return self.mailbox.wait(seconds)

    def close(self) -> None:
        self.mailbox.close()


def test_only_later_mails_are_asked_for_and_once_a_day_all_of_them(place: Town) -> None:
    watching = Watching(place.office.new_mailboxes()[0])
    place.post(cast.SAMSAT, letter("1@samsat"))
    assert collect_mail(place.office, watching) == 1 and watching.told == Seen()
    place.post(cast.SAMSAT, letter("2@samsat"))
    assert collect_mail(place.office, watching) == 1
    first = watching.told.upto
    assert first > 0 and watching.told.beyond == frozenset()
    assert collect_mail(place.office, watching) == 0 and watching.told.upto == first + 1
    place.clock.forward(days=1, minutes=1)
    assert collect_mail(place.office, watching) == 0
    assert watching.told == Seen(0, frozenset({first, first + 1})), "what slipped in below would never be found"
    place.clock.forward(minutes=1)
    assert collect_mail(place.office, watching) == 0 and watching.told.upto == first + 1
    watching.close()


def test_a_sweep_that_was_cut_is_looked_at_again_from_where_it_was(place: Town) -> None:
    watching = Watching(place.office.new_mailboxes()[0])
    for number in range(3):
        place.post(cast.SAMSAT, letter(f"{number}@samsat"))
    whole, cut = watching.mailbox.sweep, [True]

    def breaks(seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        for number, found in enumerate(whole(seen)):
            if cut[0] and number == 1:
                cut[0] = False
                raise MailboxUnavailable("terputus")
            yield found

    watching.mailbox.sweep = breaks  # type: ignore[method-assign]
    with pytest.raises(MailboxUnavailable):
        collect_mail(place.office, watching)
    assert collect_mail(place.office, watching) == 2 and watching.told.upto == 0
    watching.close()


def test_one_desk_takes_in_mail_and_another_steps_in_when_it_is_gone(tmp_path: Path, postgres_url: str) -> None:
    with two_desks(tmp_path, postgres_url) as (one, two):
        one.post(cast.SAMSAT, letter("1@samsat"))
        assert collect_waiting_mail(one.office).new == 1
        one.post(cast.SAMSAT, letter("2@samsat", OUTAGE + " Gedung B."))
        assert collect_waiting_mail(two.office).new == 0 and act_on_waiting_mail(two.office) == []
        one.clock.time += leases.SPAN
        assert collect_waiting_mail(two.office).new == 1
        assert len(act_on_waiting_mail(two.office)) == 2, "what the first desk left behind is acted on"
        assert collect_waiting_mail(one.office).new == 0


def test_a_desk_that_closes_lets_the_next_one_in_at_once(place: Town) -> None:
    with place.office.opened_as_desk():
        place.work()
    with place.office.database.writing() as tx:
        assert leases.hold(tx, leases.INTAKE, "meja lain", place.clock.now())


def test_a_lease_written_by_a_clock_that_ran_ahead_binds_nobody(place: Town) -> None:
    with place.office.database.writing() as tx:
        assert leases.hold(tx, leases.INTAKE, "meja lain", place.clock.now() + timedelta(hours=1))
    place.post(cast.SAMSAT, letter("1@samsat"))
    assert collect_waiting_mail(place.office).new == 1


def test_mail_that_the_server_does_not_hand_over_is_told_once_and_holds_up_nothing(place: Town) -> None:
    withheld = MailWithheld("kotak surat tidak menyerahkan 1 surat (UID 7)", 1, (7,))
    watching = Watching(place.office.new_mailboxes()[0])
    place.post(cast.SAMSAT, letter("1@samsat"))
    whole = watching.mailbox.sweep

    def holds_back(seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        yield from whole(seen)
        raise withheld

    watching.mailbox.sweep = holds_back  # type: ignore[method-assign]
    for _ in range(3):
        with pytest.raises(MailWithheld):
            collect_mail(place.office, watching)
    watching.close()
    place.work()
    told = [mail for mail in place.inbox(cast.HELPDESK) if "tidak diserahkan server" in mail.subject]
    assert len(told) == 1 and "UID 7" in told[0].plain
    assert place.numbers() == ["DKL-2026-0001"]


def test_a_desk_that_sees_no_mailbox_lets_another_take_over(tmp_path: Path, postgres_url: str) -> None:
    with two_desks(tmp_path, postgres_url) as (one, two):
        text = one.settings_file.read_text(encoding="utf-8")
        one.settings_file.write_text(text.replace(f"port = {one.house.imap_port}", "port = 1"), encoding="utf-8")
        one.restart()
        one.post(cast.SAMSAT, letter("1@samsat"))
        assert len(collect_waiting_mail(one.office).faults) == 1
        assert collect_waiting_mail(two.office).new == 1


def test_a_uid_that_could_not_be_entered_is_not_passed_by(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    place.post(cast.SAMSAT, letter("1@samsat"))
    place.post(cast.SAMSAT, letter("2@samsat"))
    real, failures = ledger.enter, [1, 1, 1, 1, 1, 1]

    def conflicts(*arguments: object, **values: object) -> bool:
        if failures:
            failures.pop()
            raise Conflict("could not serialize access")
        return real(*arguments, **values)  # type: ignore[arg-type]

    monkeypatch.setattr("register.ledger.enter", conflicts)
    with pytest.raises(Conflict):
        collect_waiting_mail(place.office)
    assert collect_waiting_mail(place.office).new == 2


def test_a_locked_attachment_is_asked_back_from_the_opd_and_helpdesk_knows(place: Town) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = cast.SAMSAT, cast.OFFICE, "Internet mati"
    message["Message-ID"] = "<terkunci@samsat>"
    message.set_content(OUTAGE)
    message.add_attachment(locked_pdf(), "application", "pdf", filename="Surat.pdf")
    place.post(cast.SAMSAT, message.as_bytes())
    place.work()
    for reader, subject in ((cast.SAMSAT, "Laporan diterima"), (cast.HELPDESK, "Mohon analisis")):
        assert "Lampiran Surat.pdf terkunci kata sandi" in " ".join(place.last(reader, subject).plain.split())
