"""What a machine sends in somebody's name: it decides nothing, hides nothing and is not answered."""

from __future__ import annotations

import pytest

from outbox import queue
from register import ledger
from tests import cast
from tests.cast import DINKES
from tests.handlers.test_no_silence import ITIP, MDN, REPORT, parts, plain
from tests.town import Town


def answer(place: Town, words: str, head: str = "", *others: tuple[str, str]) -> None:
    """Kabid's mail client answers our request; `others` are parts beside the words."""
    asked = place.last(cast.KABID, "Mohon disposisi")
    head = f"In-Reply-To: <{asked.message_id}>\r\n{head}"
    subject = f"Re: {asked.subject}".encode("ascii", "replace").decode()
    if others:
        raw = parts("multipart/mixed", ("text/plain", words), *others, subject=subject, sender=cast.KABID, head=head)
    else:
        raw = plain(subject, words, cast.KABID, head)
    place.post(cast.KABID, raw)
    place.work(1)


@pytest.mark.parametrize(
    "part",
    [
        ("text/calendar; name=rapat.ics", ITIP.format("REQUEST")),
        ("text/calendar; method=REQUEST", ITIP.format("REQUEST")),
        ("text/vcard; name=kartu.vcf", "BEGIN:VCARD\r\nEND:VCARD"),
        ("message/disposition-notification; name=tanda.txt", MDN.format("a@b.example")),
        ("message/delivery-status; name=rincian.txt", "Reporting-MTA: dns; x\r\n\r\nAction: failed\r\nStatus: 5.1.1"),
        ("message/rfc822", "From: cs@isp.example\r\nSubject: Balasan otomatis\r\n\r\nTerima kasih atas pesan Anda."),
        ("message/rfc822", "From: MAILER-DAEMON@x.example\r\nSubject: failure notice\r\n\r\nHi. This is qmail-send."),
    ],
    ids=["ics", "invitation", "vcf", "mdn", "dsn", "provider", "bounce"],
)
def test_the_outer_words_of_an_answer_count(place: Town, part: tuple[str, str]) -> None:
    place.to_stage("disposisi")
    answer(place, "DISPOSISI\r\n\r\nSegera tangani.", "", part)
    assert place.incident().current is not None and place.incident().current.stage == "penugasan"  # type: ignore[union-attr]


def test_words_that_a_mailbox_rule_passed_on_count(place: Town) -> None:
    place.to_stage("disposisi")
    answer(place, "DISPOSISI", "Auto-Submitted: auto-forwarded\r\n")
    assert place.incident().current.stage == "penugasan"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "head", "others"),
    [
        ("DISPOSISI", "Auto-Submitted: auto-generated\r\n", ()),
        ("Saya terima dan disposisi.", "Auto-Submitted: auto-replied\r\n", ()),
        ("", "Auto-Submitted: auto-forwarded\r\n", ()),
        ("Baik", "Auto-Submitted: auto-forwarded\r\n", ()),
        ("DISPOSISI", "", (("text/calendar; method=REPLY", ITIP.format("REPLY")),)),
    ],
)
def test_a_machine_decides_nothing_and_is_not_asked_back(
    place: Town, words: str, head: str, others: tuple[tuple[str, str], ...]
) -> None:
    place.to_stage("disposisi")
    before = len(place.inbox(cast.KABID))
    answer(place, words, head, *others)
    assert place.incident().current.stage == "disposisi"  # type: ignore[union-attr]
    assert len(place.inbox(cast.KABID)) == before
    with place.office.database.reading() as tx:
        last = ledger.received(tx)[-1]
    assert last.state is ledger.State.SET_APART or place.last(cast.HELPDESK, "Bukan laporan darurat")


def test_an_absence_with_trouble_in_it_is_both_heard_and_shown(place: Town) -> None:
    place.to_stage("disposisi")
    text = "Saya sedang cuti sampai Jumat. Server surel bidang mati sejak pagi, mohon dicek."
    answer(place, text, "Auto-Submitted: auto-replied\r\n")
    assert place.last(cast.HELPDESK, "Bukan laporan darurat")
    visit = next(visit for visit in place.incident().visits if visit.stage == "disposisi")
    assert {asked.person for asked in visit.asked} - {"kabid"}, "the deputy is asked"


def test_our_own_mail_that_comes_back_is_a_copy(place: Town) -> None:
    place.letter()
    place.work()
    receipt = place.last(DINKES, "Laporan diterima")
    head = f"Auto-Submitted: auto-generated\r\nMessage-ID: <{receipt.message_id}>\r\n"
    before = len(place.inbox(cast.HELPDESK))
    place.post(DINKES, plain("Internet mati", f"{REPORT}\r\n-- \r\nkaki milis", cast.OFFICE, head))
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"] and len(place.inbox(cast.HELPDESK)) == before


@pytest.mark.parametrize(
    ("head", "answered"),
    [
        (f"X-Original-From: Rina <{cast.SAMSAT}>\r\nReply-To: {cast.OFFICE}\r\n", {cast.SAMSAT}),
        (f"Reply-To: Rina <{cast.SAMSAT}>\r\nList-Id: <darurat.contoh.example>\r\nPrecedence: list\r\n", {cast.SAMSAT}),
        (f"Reply-To: Rina <{cast.SAMSAT}>\r\nAuto-Submitted: auto-generated\r\n", set()),
        ("", set()),
    ],
    ids=["munged", "group", "web form", "nobody"],
)
def test_only_the_person_who_wrote_through_our_address_is_answered(place: Town, head: str, answered: set[str]) -> None:
    place.post(cast.SAMSAT, plain("Internet mati", REPORT, f"Rina via Darurat <{cast.OFFICE}>", head))
    place.work()
    own = {address for person in place.office.directory().people for address in person.addresses}
    with place.office.database.reading() as tx:
        written = {row.recipient for row in queue.of_incident(tx, "DKL-2026-0001")} - own
    assert written == answered


def test_helpdesk_learns_whom_behind_a_form_they_may_write_to(place: Town) -> None:
    head = "Reply-To: rina@surat.example\r\nAuto-Submitted: auto-generated\r\n"
    place.post(cast.SAMSAT, plain("Internet mati", REPORT, f"Formulir <{cast.SAMSAT}>", head))
    place.work()
    assert "rina@surat.example" in place.last(cast.HELPDESK, "Mohon analisis").plain


def test_a_desk_that_lost_its_outbox_knows_its_own_mail_and_makes_no_report_of_it(place: Town) -> None:
    place.letter()
    place.work()
    sent = place.last(DINKES, "Laporan diterima")
    copy = (
        f"From: {cast.OFFICE}\r\nTo: {DINKES}\r\nSubject: {sent.subject}\r\nAuto-Submitted: auto-generated\r\n"
        "Message-ID: <dkl-2026-0007.aaaaa-bbbbb-cccc@contoh.example>\r\n\r\nInternet Dinas Kesehatan putus total.\r\n"
    )
    place.post(cast.SAMSAT, copy.encode())
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"]
