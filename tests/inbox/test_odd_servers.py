"""Servers answer in forms that no library foresees: no exception of one crosses the port, one mail that cannot be had holds
up no other, and a human is told of it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.collect_mail import collect_mail
from inbox import imap_answers
from inbox.imap import ImapMailbox
from inbox.mailbox import FoundMail, MailboxError, MailboxUnavailable, MailWithheld, Seen, nothing_seen
from register import ledger
from tests import cast
from tests.servers.odd_imap import HOST, OddImap
from tests.town import Town

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def mail(number: int) -> bytes:
    return b'From: samsat@contoh.example\r\nSubject: Surat %d\r\n\r\nIsi (UID 77) "kutipan" {3}\r\n' % number


def server(count: int = 3, **odd: object) -> OddImap:
    return OddImap({number: mail(number) for number in range(1, count + 1)}, **odd)  # type: ignore[arg-type]


def mailbox(port: int) -> ImapMailbox:
    return ImapMailbox(HOST, port, "darurat", "rahasia", security="tanpa", read_seconds=1.0)


def swept(odd: OddImap, seen: Seen | None = None) -> list[FoundMail]:
    with odd.running() as port:
        box = mailbox(port)
        try:
            return list(box.sweep(lambda _: seen or Seen()))
        finally:
            box.close()


FETCHES = {
    "as the standard shows it": b'* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n',
    "the content first": b'* {seq} FETCH (BODY[] {{{size}}}\r\n%MAIL% UID {uid} INTERNALDATE "{taken}")\r\n',
    "in small letters": b'* {seq} FETCH (uid {uid} internaldate "{taken}" body[] {{{size}}}\r\n%MAIL%)\r\n',
    "as RFC822": b'* {seq} FETCH (UID {uid} RFC822 {{{size}}}\r\n%MAIL% INTERNALDATE "{taken}")\r\n',
    "as a part from its beginning": b'* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[]<0> {{{size}}}\r\n%MAIL%)\r\n',
    "as literal8": b'* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] ~{{{size}}}\r\n%MAIL%)\r\n',
    "with flags unasked": b'* {seq} FETCH (FLAGS (\\Seen "x") UID {uid} INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n',
    "flags of it in a line of their own before": b'* {seq} FETCH (FLAGS (\\Recent))\r\n* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n',
    "flags of it in a line of their own after": b'* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n* {seq} FETCH (UID {uid} FLAGS (\\Seen))\r\n',
    "flags of another mail between": b'* 9 FETCH (UID 900 FLAGS (\\Seen))\r\n* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n',
    "with news of the folder between": b'* 12 EXISTS\r\n* 1 RECENT\r\n* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n* OK still here\r\n',
    "without saying which": b'* {seq} FETCH (INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n',
    "with a modseq": b'* {seq} FETCH (UID {uid} MODSEQ (12345) INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n',
    "with a size and an envelope": b'* {seq} FETCH (UID {uid} RFC822.SIZE {size} ENVELOPE ("UID 5" NIL NIL) INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n',
    "with two blanks": b'* {seq} FETCH (UID {uid}  INTERNALDATE "{taken}"  BODY[]  {{{size}}}\r\n%MAIL%)\r\n',
}
"""Each gives the mail and when it was taken."""
DATELESS = {
    "of the year 9999": "01-Jan-9999 00:00:00 +0000",
    "of the year 0000": "01-Jan-0000 00:00:00 +0000",
    "of no day": "31-Feb-2026 09:00:00 +0700",
    "with a zone of no place": "23-Nov-2026 09:00:00 +9999",
    "in another tongue": "23-Peb-2026 09:00:00 +0700",
    "empty": "",
}


@pytest.mark.parametrize("form", FETCHES)
def test_a_mail_is_had_in_whatever_form_it_comes(form: str) -> None:
    found = swept(server(fetch=FETCHES[form]))
    assert [(one.uid, one.raw) for one in found] == [(number, mail(number)) for number in (1, 2, 3)]
    assert {one.received for one in found} == {NINE}


@pytest.mark.parametrize("date", DATELESS)
def test_a_date_that_makes_no_sense_is_none(date: str) -> None:
    found = swept(server(taken=DATELESS[date]))
    assert [one.raw for one in found] == [mail(1), mail(2), mail(3)]
    assert all(one.received is None or one.received.year in (1, 9998, 9999) for one in found)


@pytest.mark.parametrize("form", [b'"{words}"', b"NIL", b'""'])
def test_a_mail_in_quotes_is_a_mail_and_nothing_is_none(form: bytes) -> None:
    odd = server(
        1,
        fetch=b'* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] '
        + form.replace(b"{words}", b'Subject: a \\\\ \\"b')
        + b")\r\n",
    )
    with odd.running() as port:
        box = mailbox(port)
        if form == b"NIL":
            with pytest.raises(MailWithheld):
                list(box.sweep(nothing_seen))
        else:
            assert [one.raw for one in box.sweep(nothing_seen)] in ([b'Subject: a \\ "b'], [b""])
        box.close()


SELECTS = {
    "a UIDVALIDITY that is no number": b"* {exists} EXISTS\r\n* OK [UIDVALIDITY abc] ok\r\n",
    "an empty UIDVALIDITY": b"* {exists} EXISTS\r\n* OK [UIDVALIDITY] ok\r\n",
    "a negative UIDVALIDITY": b"* {exists} EXISTS\r\n* OK [UIDVALIDITY -1] ok\r\n",
    "no UIDVALIDITY": b"* {exists} EXISTS\r\n",
    "UIDNEXT that is no number": b"* {exists} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT next] ok\r\n",
    "no flags": b"* FLAGS\r\n* {exists} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n",
    "HIGHESTMODSEQ beyond 64 bits": b"* {exists} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [HIGHESTMODSEQ 99999999999999999999999] ok\r\n",
    "PERMANENTFLAGS empty": b"* {exists} EXISTS\r\n* OK [PERMANENTFLAGS ()] ok\r\n* OK [UIDVALIDITY 7] ok\r\n",
}


@pytest.mark.parametrize("form", SELECTS)
def test_a_folder_is_opened_in_whatever_form_it_is_described(form: str) -> None:
    found = swept(server(select=SELECTS[form]))
    assert [one.raw for one in found] == [mail(1), mail(2), mail(3)]
    assert {one.uidvalidity for one in found} <= {0, 7}


@pytest.mark.parametrize("said", [b"* many EXISTS\r\n", b"\xff\xfe\r\n", b"HTTP/1.1 400\r\n", b"* BYE\r\n"])
def test_what_is_no_imap_at_all_is_a_fault_of_this_port(said: bytes) -> None:
    with pytest.raises(MailboxUnavailable):
        swept(server(select=said))


def test_a_search_may_be_answered_in_several_lines() -> None:
    lines = lambda uids: b"".join(b"* SEARCH %d\r\n" % uid for uid in uids) + b"* SEARCH\r\n"  # noqa: E731
    assert [one.uid for one in swept(server(5, search=lines))] == [1, 2, 3, 4, 5]


def test_a_search_may_say_more_than_numbers_or_nothing() -> None:
    with_modseq = lambda uids: b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids) + b"\r\n"  # noqa: E731
    assert [one.uid for one in swept(server(2, search=with_modseq))] == [1, 2]
    assert swept(server(2, search=lambda _: b"")) == []


def test_a_folder_of_very_many_mails_is_searched_in_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_answers, "AT_ONCE", 4)
    odd = server(11)
    assert [one.uid for one in swept(odd)] == list(range(1, 12))
    assert [said.split(b"SEARCH ")[1] for said in odd.asked if b"SEARCH" in said] == [
        b"1:4\r\n",
        b"5:8\r\n",
        b"9:*\r\n",
    ]
    assert [one.uid for one in swept(odd, Seen(9))] == [10, 11]


CUTS = {
    "the line is cut": None,
    "it says goodbye": b"* BYE going down\r\n",
    "its length is too small": b'* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] {{3}}\r\n%MAIL%)\r\n',
    "its length is too great": b'* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] {{999999}}\r\n%MAIL%)\r\n',
    "its length is no number": b'* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] {{abc}}\r\n%MAIL%)\r\n',
    "it is not handed over": b"",
}


@pytest.mark.parametrize("form", CUTS)
def test_one_mail_that_cannot_be_had_holds_up_no_other_and_is_told(form: str) -> None:
    odd = server(4, fetch_of={2: CUTS[form]})
    got: dict[int, bytes] = {}
    told: list[MailWithheld] = []
    with odd.running() as port:
        box = mailbox(port)
        for _ in range(5):
            try:
                for one in box.sweep(lambda _: Seen(0, frozenset(got))):
                    got[one.uid] = one.raw
            except MailWithheld as fault:
                told.append(fault)
            except MailboxUnavailable:
                continue
        assert {uid: got[uid] for uid in (1, 3, 4)} == {uid: mail(uid) for uid in (1, 3, 4)}
        if 2 not in got:  # a length that is too small cannot be told from a mail that is short
            assert told and told[-1].uids == (2,)
        if form == "the line is cut":
            assert "samsat@contoh.example" in told[-1].about[0] and "bita" in told[-1].about[0]
        box.close()


def test_a_mail_that_comes_at_last_is_told_no_more() -> None:
    odd = server(3, fetch_of={1: None})
    with odd.running() as port:
        box = mailbox(port)
        for _ in range(3):
            with pytest.raises(MailboxError):
                list(box.sweep(nothing_seen))
        odd.fetch_of.clear()
        assert sorted(one.uid for one in box.sweep(nothing_seen)) == [1, 2, 3]
        box.close()


def test_a_server_that_is_away_blames_no_mail() -> None:
    odd = server(3)
    with odd.running() as port:
        box = mailbox(port)
        assert len(list(box.sweep(nothing_seen))) == 3
    for _ in range(3):
        with pytest.raises(MailboxUnavailable):
            list(box.sweep(nothing_seen))
    assert not box._cuts
    box.close()


def test_helpdesk_is_told_once_and_the_mails_behind_it_are_collected(place: Town, tmp_path: Path) -> None:
    odd = server(3, fetch_of={1: None})
    with odd.running() as port:
        box = mailbox(port)
        for _ in range(4):
            with pytest.raises(MailboxError):
                collect_mail(place.office, box)
        box.close()
    with place.office.database.reading() as tx:
        assert len(ledger.waiting(tx)) == 2
    place.work()
    told = [one for one in place.inbox(cast.HELPDESK) if "tidak diserahkan" in one.subject]
    assert len(told) == 1 and "UID 1 (" in " ".join(told[0].plain.split()) and "samsat@contoh.example" in told[0].plain
