"""Many mails from one sender cost a line in a list, shut out no official, and hold back nothing of ours."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

import handlers.too_often.flood
from parsers.mails.message import read_mail
from register import ledger
from tests import cast
from tests.town import Town


def test_a_flood_from_one_sender_is_kept_and_listed_and_told_once(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers.too_often.flood, "FROM_ONE", 3)
    for number in range(12):
        place.write(cast.SAMSAT, f"Undangan rapat {number}", "Mengundang Bapak/Ibu pada rapat besok pukul 09.00 WIB.")
    place.work()
    shown = [mail.subject for mail in place.inbox(cast.HELPDESK)]
    assert len(shown) == 4 and sum("banjir" in subject for subject in shown) == 1
    with place.office.database.reading() as tx:
        apart = [mail for mail in ledger.received(tx) if mail.state is ledger.State.SET_APART]
    assert len(apart) == 9 and {mail.note for mail in apart} == {cast.SAMSAT}
    place.work(24 * 60)
    listed = place.last(cast.HELPDESK, "karantina")
    assert "9 surel" in listed.plain and listed.plain.count(cast.SAMSAT) == 1


def test_forging_an_officials_address_does_not_shut_out_their_own_answer(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.too_often.flood, "FROM_ONE", 2)
    place.to_stage("disposisi")
    for number in range(5):
        place.write(cast.SAMSAT, f"Halo {number}", "YA", claimed_sender=cast.KABID)
    place.work(0.1)
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.1)
    assert place.incident().last_answer("disposisi") is not None


def test_a_mail_that_is_tried_again_and_again_is_no_flood(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers.too_often.flood, "FROM_ONE", 2)
    with place.office.database.writing() as tx:
        ledger.enter(tx, None, mail_id="a", sha256="0" * 64, message_id="", size=1, now=place.clock.now())
        mail = ledger.collected_mail(tx, "a")
    assert mail is not None
    letter = read_mail(b"From: x@y.example\r\nSubject: a\r\n\r\nb")
    assert not any(handlers.too_often.flood.is_flood(place.office, mail, letter, has_token=False) for _ in range(9))


def test_mail_of_ours_that_comes_back_is_no_flood_however_much_it_is(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.to_stage("disposisi")
    monkeypatch.setattr(handlers.too_often.flood, "FROM_ONE", 0)
    asked = place.last(cast.KABID, "Mohon disposisi")
    bounce = EmailMessage(policy=SMTP)
    bounce["From"], bounce["To"], bounce["Subject"] = "mailer-daemon@contoh.example", cast.OFFICE, "Undelivered Mail"
    bounce["Message-ID"] = "<pantulan@contoh.example>"
    bounce.set_content(f"550 5.1.1 <{cast.KABID}>: mailbox unavailable\n\nMessage-ID: <{asked.message_id}>\n")
    place.post(cast.SAMSAT, bounce.as_bytes())
    place.work(0.1)
    assert "tidak sampai" in place.last(cast.SEKRETARIS, "Mohon disposisi").plain, "a bounce was held back as a flood"


def test_helpdesk_knows_at_once_that_general_mail_is_kept_for_the_morning(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.too_often.flood, "GENERAL", 2)
    for number in range(5):
        place.write(cast.SAMSAT, f"Undangan rapat {number}", "Mengundang Bapak/Ibu pada rapat besok pukul 09.00 WIB.")
    place.work()
    shown = [mail.subject for mail in place.inbox(cast.HELPDESK)]
    assert sum("Bukan laporan" in subject for subject in shown) == 2
    assert sum("banjir" in subject for subject in shown) == 1
