"""Mail that is no plain letter and no plain answer: each has its place, and none stops the others."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from handlers.mail_arrived import MOST_BEGUN
from handlers.rounds.intake import act_on_waiting_mail, collect_waiting_mail
from outbox import queue
from parsers.letters import letter
from parsers.mails.message import Mail
from readers.pool import Interrupted
from register import journal, ledger
from register.database import JournalUnavailable
from sop.events import Asked, Undelivered
from tests import cast
from tests.cast import DINKES
from tests.reading import InProcess
from tests.town import Town, empty_journal, town


def test_a_later_mail_of_the_opd_joins_the_incident(place: Town) -> None:
    place.to_stage("penanganan")
    place.reply(DINKES, "Laporan diterima", "Tambahan: gedung B juga putus.")
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"]
    assert "gedung B juga putus" in place.last(cast.JARINGAN, "Kabar dari pelapor").plain


def test_the_mail_is_archived_before_it_is_parsed(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    place.letter()

    def crash(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(place.office.readers, "open", crash)
    with pytest.raises(KeyboardInterrupt):
        place.work()
    monkeypatch.undo()
    with place.office.database.reading() as tx:
        kept = ledger.waiting(tx)
    assert len(kept) == 1 and place.office.archive.get(kept[0].sha256)
    place.restart()
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]


@pytest.mark.parametrize("trouble", ["disk", "closing", "database"])
def test_trouble_of_our_own_is_never_charged_to_a_mail(
    place: Town, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    place.letter()
    collect_waiting_mail(place.office)
    whole, error = place.office.archive.folder, {"closing": Interrupted(), "database": JournalUnavailable("away")}

    def stopped(*_arguments: object, **_more: object) -> None:
        raise error[trouble]

    if trouble == "disk":
        place.office.archive.folder = whole / "file"
        place.office.archive.folder.write_bytes(b"")
    else:
        monkeypatch.setattr(place.office.readers, "open", stopped)
    for _ in range(MOST_BEGUN + 5):
        with suppress(OSError, JournalUnavailable):
            act_on_waiting_mail(place.office)
    place.office.archive.folder = whole
    monkeypatch.undo()
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]
    with place.office.database.reading() as tx:
        assert [mail.attempts for mail in ledger.received(tx)] == [1]


def test_a_mail_that_breaks_us_stops_only_itself(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    real = letter.letter_of

    def breaks(mail: Mail, *arguments: object, **more: object) -> object:
        if "racun" in mail.subject:
            raise RecursionError("racun")
        return real(mail, *arguments, **more)  # type: ignore[arg-type]

    place.office.readers = InProcess()
    monkeypatch.setattr("handlers.meaning.letter_report.letter_of", breaks)
    place.write(cast.SAMSAT, "racun", "Internet mati, mohon bantuan.")
    place.letter()
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]
    place.work()
    place.work()
    told = place.last(cast.HELPDESK, "tidak terbaca")
    assert b"racun" in told.attachments[0].content
    assert len([m for m in place.inbox(cast.HELPDESK) if "tidak terbaca" in m.subject]) == 1


def test_what_cannot_be_read_goes_to_helpdesk_with_the_original(place: Town) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = DINKES, cast.OFFICE, "Surat"
    message["Message-ID"] = "<scan@contoh.example>"
    message.set_content("Terlampir.")
    message.add_attachment(b"%PDF-1.4 not really", "application", "pdf", filename="pindai.pdf")
    place.post(DINKES, message.as_bytes())
    place.work()
    assert place.incident().report.belum_terbaca
    asked = place.last(cast.HELPDESK, "Mohon analisis")
    assert [part.filename for part in asked.attachments] == ["pindai.pdf", "Isi-Surel-DKL-2026-0001.txt"]


def test_routine_mail_opens_no_incident_and_is_shown_to_helpdesk(place: Town) -> None:
    place.write(DINKES, "Undangan Rapat Koordinasi", "Dengan hormat, kami mengundang Saudara hadir pada rapat.")
    place.work()
    assert place.numbers() == []
    assert place.last(cast.HELPDESK, "Bukan laporan darurat")


def bounce_of(message_id: str, name: str = "b1") -> bytes:
    return (
        f"From: MAILER-DAEMON@contoh.example\r\nTo: {cast.OFFICE}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"MIME-Version: 1.0\r\nMessage-ID: <{name}@contoh.example>\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\n550 5.1.1 user unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\n--b--\r\n"
    ).encode()


def test_a_bounce_is_told_to_helpdesk_and_never_answered(place: Town) -> None:
    place.to_stage("analisis")
    asked = place.last(cast.HELPDESK, "Mohon analisis")
    place.post(cast.SAMSAT, bounce_of(asked.message_id))
    place.work(1)
    with place.office.database.reading() as tx:
        events = journal.read_events(tx, "DKL-2026-0001")
        answers = [mail for mail in queue.everything(tx) if mail.recipient == "mailer-daemon@contoh.example"]
    told = [event.data for event in events if isinstance(event.data, Undelivered)]
    assert [data.to for data in told] == [cast.HELPDESK]
    assert isinstance(events[-1].data, Asked) and events[-1].data.person == "koordinator"  # escalated at once
    assert answers == []


@pytest.mark.parametrize("which", ["Mohon disposisi", "Pengingat", "Mohon ditegaskan"])
def test_whichever_mail_that_asks_them_comes_back_whoever_cannot_be_reached_is_gone_past_at_once(
    place: Town, which: str
) -> None:
    place.to_stage("disposisi")
    if which == "Pengingat":
        place.work(2.1)
    if which == "Mohon ditegaskan":
        place.reply(cast.KABID, "Mohon disposisi", "Ya, tapi tunggu dulu.")
        place.work(0.1)
    place.post(cast.SAMSAT, bounce_of(place.last(cast.KABID, which).message_id))
    place.work(0.1)
    assert "tidak sampai" in place.last(cast.SEKRETARIS, "Mohon disposisi").plain
    place.post(cast.SAMSAT, bounce_of(place.last(cast.KABID, "Mohon disposisi").message_id, "b2"))
    place.work(0.1)
    assert [mail.subject for mail in place.inbox(cast.KADIS) if "Mohon disposisi" in mail.subject] == []


def test_a_refused_mail_is_told_to_helpdesk_once_even_if_the_desk_dies_in_between(place: Town) -> None:
    people = place.folder / "pejabat.yaml"
    people.write_text(
        people.read_text(encoding="utf-8").replace(cast.KOORDINATOR, "tidak.ada@contoh.example"), encoding="utf-8"
    )
    place.restart()
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "YA")
    place.clock.forward(minutes=1)
    collect_waiting_mail(place.office)
    act_on_waiting_mail(place.office)
    place.office.postman.deliver_due()  # refused, and the desk dies before anybody is told
    place.restart()
    place.work()
    place.work()
    told = [mail for mail in place.inbox(cast.HELPDESK) if "tidak sampai ke tidak.ada@" in mail.subject]
    assert len(told) == 1 and "550" in told[0].plain


def test_a_bounce_without_our_header_is_tied_to_the_last_mail_to_whom_it_names(place: Town) -> None:
    place.to_stage("disposisi")
    bounce = (
        f"From: MAILER-DAEMON@contoh.example\r\nTo: {cast.OFFICE}\r\nSubject: failure notice\r\n"
        "Message-ID: <b2@contoh.example>\r\n\r\nHi. This is the qmail-send program at contoh.example.\r\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\r\n\r\n"
        f"<{cast.KABID}>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n"
    )
    place.post(cast.SAMSAT, bounce.encode())
    place.work(1)
    with place.office.database.reading() as tx:
        said = [event.data for event in journal.read_events(tx, "DKL-2026-0001")]
    assert [data.to for data in said if isinstance(data, Undelivered)] == [cast.KABID]
    assert "5.1.1" in place.last(cast.HELPDESK, f"tidak sampai ke {cast.KABID}").plain


def test_every_refusal_to_a_dead_mailbox_is_told_and_none_wedges_the_desk(place: Town) -> None:
    people = place.folder / "pejabat.yaml"
    people.write_text(
        people.read_text(encoding="utf-8").replace(cast.KOORDINATOR, "tidak.ada@contoh.example"), encoding="utf-8"
    )
    place.restart()
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "YA")
    for _ in range(5):
        place.work(2)
    told = [mail for mail in place.inbox(cast.HELPDESK) if "tidak sampai ke tidak.ada@" in mail.subject]
    assert len(told) >= 2 and len({mail.message_id for mail in told}) == len(told)


def test_a_helpdesk_that_cannot_be_reached_is_not_told_so_for_ever(place: Town) -> None:
    people = place.folder / "pejabat.yaml"
    text = people.read_text(encoding="utf-8")
    for address in (cast.HELPDESK, cast.KOORDINATOR):
        text = text.replace(address, f"tidak.ada.{address}")
    people.write_text(text, encoding="utf-8")
    place.restart()
    place.letter()
    for _ in range(8):
        place.work()
    with place.office.database.reading() as tx:
        before = len(queue.everything(tx))
    for _ in range(4):
        place.work()
    with place.office.database.reading() as tx:
        assert len(queue.everything(tx)) == before


def test_an_address_that_no_database_column_holds_stops_only_its_own_mail(tmp_path: Path, postgres_url: str) -> None:
    with town(tmp_path / "kantor", journal_url=postgres_url) as place:
        empty_journal(place.office.database)
        place.restart()
        long = f"{'a' * 330}@contoh.example"
        hostile = f"From: {long}\r\nTo: {cast.OFFICE}\r\nSubject: Internet mati\r\nMessage-ID: <x\x00y@z>\r\n\r\nInternet mati.\r\n"
        place.post(cast.SAMSAT, hostile.encode())
        place.letter()
        place.work()
        assert any(place.incident(number).report.nomor == "500.12.3/417/Dinkes-Set/2026" for number in place.numbers())


def test_a_strangers_mail_fills_no_card(place: Town) -> None:
    place.write(DINKES, "Internet mati", "Internet kantor kami mati, mohon bantuan.")
    place.work()
    place.write(cast.SAMSAT, "[DKL-2026-0001] tambahan", "Pelapor : Penipu\nTelepon : 081299998888\n")
    receipt = place.last(DINKES, "Laporan diterima")
    place.write(cast.SAMSAT, "Re: laporan", "Hubungi 081299998888.", In_Reply_To=f"<{receipt.message_id}>")
    place.work()
    assert place.incident().report.telepon is None


@pytest.mark.parametrize(
    ("sender", "headers"),
    [("noreply@aplikasi.example", {}), (cast.OFFICE, {}), (DINKES, {"List_Id": "<opd.contoh.example>"})],
)
def test_a_report_from_whom_no_person_reads_is_worked_on_and_not_answered(
    place: Town, sender: str, headers: dict[str, str]
) -> None:
    text = "Jaringan internet di kantor kami putus total sejak pukul 08.00 WIB. Mohon bantuan segera."
    place.write(cast.SAMSAT, "Laporan gangguan jaringan", text, claimed_sender=sender, **headers)
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]
    with place.office.database.reading() as tx:
        written_to = {str(row.person) for row in queue.of_incident(tx, "DKL-2026-0001")}
    assert written_to == {"helpdesk", "tim_jaringan", "tim_aplikasi"}
    assert "tidak dapat dibalas otomatis" in place.last(cast.HELPDESK, "Mohon analisis").plain
