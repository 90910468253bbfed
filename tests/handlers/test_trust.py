"""Whose answer counts: every case under every policy, as a table, and told to whom it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email.message import EmailMessage

import pytest

from handlers.trust.authenticity import NAMELESS, Authenticity, authenticity
from handlers.trust.ruling import Shown, rule
from outbox import queue
from parsers.mails.message import Mail, read_mail
from sop.events import Untrusted
from sop.people import Directory, Person, Policy
from tests import cast
from tests.town import Town

DAY = date(2026, 11, 23)
KABID = Person(
    "kabid",
    "kabid",
    "Yuliandri Putra, S.Kom.",
    "Kabid",
    ("kabid@dinas.example", "yuliandri@pribadi.example"),
    aides=("staf.kabid@dinas.example",),
)
PLH = Person("plh", "kabid", "Elmiwati Sikumbang", "Kabid", ("sekretaris@dinas.example",), acting="Plh.", last_day=DAY)
TEAM = Person("tim", "tim_teknis", "Rahmat Febrian", "Tim", ("tim@dinas.example",))
ORDINARY = Shown("kabid@dinas.example", "Yuliandri", "kabid", True, {"kabid"}, Authenticity.PASS, DAY)
YES, NO = True, False

# case, what differs from an ordinary answer, counts under warn, counts under strict, who is told under their own name
# (of what is refused), whether the official is cautioned (of what counts), whether the sender may be told
CASES: tuple[tuple[str, dict[str, object], bool, bool, str, bool, bool], ...] = (
    ("ordinary answer", {}, YES, YES, "", NO, NO),
    ("a server that checks nothing", {"authenticity": Authenticity.UNCHECKED}, YES, NO, "kabid", YES, NO),
    ("a domain without DMARC", {"authenticity": Authenticity.SILENT}, YES, NO, "kabid", YES, NO),
    ("spoofed From", {"authenticity": Authenticity.FAIL}, NO, NO, "kabid", NO, NO),
    ("spoofed From, number only", {"authenticity": Authenticity.FAIL, "has_token": NO}, NO, NO, "kabid", NO, NO),
    ("stranger quoting the number", {"sender": "x@y.example", "name": "", "has_token": NO}, NO, NO, "", NO, YES),
    (
        "stranger whom nobody vouches for",
        {"sender": "x@y.example", "name": "", "has_token": NO, "authenticity": Authenticity.UNCHECKED},
        NO,
        NO,
        "",
        NO,
        NO,
    ),
    ("forwarded to a stranger", {"sender": "x@y.example", "name": "Budi"}, NO, NO, "kabid", NO, YES),
    ("forwarded to a colleague", {"sender": "tim@dinas.example"}, NO, NO, "tim", NO, NO),
    ("reply-all by a colleague in copy", {"sender": "tim@dinas.example", "addressee": "tim"}, NO, NO, "tim", NO, NO),
    ("a colleague who is asked too", {"sender": "tim@dinas.example", "asked": {"kabid", "tim"}}, YES, YES, "", NO, NO),
    ("second registered address", {"sender": "yuliandri@pribadi.example"}, YES, YES, "", NO, NO),
    ("aide on behalf", {"sender": "staf.kabid@dinas.example"}, YES, YES, "", YES, NO),
    ("aide of somebody not asked", {"sender": "staf.kabid@dinas.example", "asked": {"tim"}}, NO, NO, "kabid", NO, NO),
    ("staff the directory does not name", {"sender": "staf.lain@dinas.example", "name": ""}, NO, NO, "kabid", NO, YES),
    ("look-alike domain", {"sender": "kabid@dlnas.example"}, NO, NO, "kabid", NO, NO),
    ("look-alike domain, one letter more", {"sender": "kabid@dinass.example"}, NO, NO, "kabid", NO, NO),
    ("look-alike letters", {"sender": "k\u0430bid@dinas.example"}, NO, NO, "kabid", NO, NO),
    ("our domain as part of another", {"sender": "kabid@dinas.example.evil.example"}, NO, NO, "kabid", NO, NO),
    (
        "right name on wrong address",
        {"sender": "yp@gratis.example", "name": "Yuliandri Putra"},
        NO,
        NO,
        "kabid",
        NO,
        NO,
    ),
    ("two authors", {"sender": ""}, NO, NO, "kabid", NO, NO),
    ("deputy within the mandate", {"sender": "sekretaris@dinas.example", "asked": {"plh"}}, YES, YES, "", NO, NO),
    (
        "deputy whose mandate has ended",
        {"sender": "sekretaris@dinas.example", "asked": {"plh"}, "day": date(2026, 11, 24)},
        NO,
        NO,
        "plh",
        NO,
        NO,
    ),
)


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_every_case_under_every_policy(
    case: tuple[str, dict[str, object], bool, bool, str, bool, bool], policy: Policy
) -> None:
    _, differs, warn, strict, named, cautioned, stranger = case
    directory = Directory((KABID, PLH, TEAM), policies={"kabid": policy, "tim_teknis": policy})
    ruling = rule(replace(ORDINARY, **differs), directory)  # type: ignore[arg-type]
    counts = strict if policy is Policy.STRICT else warn
    assert (ruling.person is not None) is counts, ruling
    if counts:
        assert not ruling.reason and not ruling.named and bool(ruling.caution) is cautioned
    else:
        assert ruling.reason and (ruling.named, ruling.write_to_stranger) == (named, stranger)


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("said", [Authenticity.PASS, Authenticity.SILENT, Authenticity.UNCHECKED])
@pytest.mark.parametrize("sender", [KABID.address, KABID.aides[0]])
def test_a_number_and_a_sender_only_propose(policy: Policy, said: Authenticity, sender: str) -> None:
    directory = Directory((KABID, PLH, TEAM), policies={"kabid": policy})
    ruling = rule(replace(ORDINARY, has_token=False, authenticity=said, sender=sender), directory)
    assert ruling.person == KABID and "kode surat permintaan" in ruling.doubt


def mail(*results: str, sender: str = "kabid@dinas.example") -> Mail:
    fields = "".join(f"Authentication-Results: {value}\r\n" for value in results)
    return read_mail(f"{fields}From: {sender}\r\nSubject: x\r\n\r\nYA\r\n".encode())


@pytest.mark.parametrize(
    ("server", "results", "found"),
    [
        ("", ["mx.dinas.example; dmarc=fail"], Authenticity.UNCHECKED),
        ("mx.dinas.example", [], Authenticity.SILENT),
        ("mx.dinas.example", ["mx.dinas.example; dmarc=pass header.from=dinas.example"], Authenticity.PASS),
        ("mx.dinas.example", ["MX.dinas.example 1; spf=pass; dmarc=fail (p=reject)"], Authenticity.FAIL),
        ("mx.dinas.example", ["mx.dinas.example; dmarc=none"], Authenticity.SILENT),
        ("mx.dinas.example", ["mx.evil.example; dmarc=pass"], Authenticity.SILENT),
        ("mx.dinas.example", ["mx.dinas.example; dmarc=fail", "mx.dinas.example; dmarc=pass"], Authenticity.FAIL),
        ("mx.dinas.example", ["mx.dinas.example; spf=none (dmarc=pass (dmarc=pass))"], Authenticity.SILENT),
        ("mx.dinas.example", ['mx.dinas.example; spf=none reason="dmarc=pass"'], Authenticity.SILENT),
        ("mx.dinas.example", ["mx.dinas.example; dmarc=pass header.from=evil.example"], Authenticity.FAIL),
        (
            NAMELESS,
            [
                "spf=pass (sender IP is 192.0.2.1); dkim=pass; dmarc=pass action=none header.from=dinas.example;compauth=pass"
            ],
            Authenticity.PASS,
        ),
        (NAMELESS, ["spf=fail; dmarc=fail action=oreject header.from=dinas.example;compauth=fail"], Authenticity.FAIL),
        (NAMELESS, ["mx.evil.example; dmarc=pass"], Authenticity.SILENT),
        ("mx.dinas.example", ["; ; =;;(", "mx.dinas.example"], Authenticity.SILENT),
    ],
)
def test_only_our_own_server_is_believed(server: str, results: list[str], found: Authenticity) -> None:
    assert authenticity(mail(*results), server) is found


def told(place: Town, template: str) -> list[tuple[str, str]]:
    with place.office.database.reading() as tx:
        return [(row.recipient, row.subject) for row in queue.everything(tx) if row.template == template]


def believe(place: Town) -> None:
    """The office says what its receiving server is called."""
    text = place.settings_file.read_text(encoding="utf-8")
    text = text.replace("[kotak_surat]\n", '[kotak_surat]\nauthserv_id = "mx.contoh.example"\n')
    place.settings_file.write_text(text, encoding="utf-8")
    place.restart()


def test_a_spoofed_answer_decides_nothing_and_the_official_and_helpdesk_are_told(place: Town) -> None:
    believe(place)
    place.to_stage("disposisi")
    subject = "Re: [DKL-2026-0001] Mohon disposisi"
    place.write(
        cast.SAMSAT,
        subject,
        "DISPOSISI\n\nTutup saja.",
        claimed_sender=cast.KABID,
        Authentication_Results="mx.contoh.example; dmarc=fail header.from=contoh.example",
    )
    place.work(1)
    current = place.incident().current
    assert current is not None and current.stage == "disposisi"
    assert [to for to, _ in told(place, "jawaban_atas_nama")] == [cast.KABID]
    assert "DMARC" in place.last(cast.KABID, "atas nama Saudara").plain
    assert place.last(cast.HELPDESK, "Jawaban tidak diterima")


def test_a_stranger_is_written_to_once_and_only_if_the_address_is_theirs(place: Town) -> None:
    believe(place)
    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    for verdict in ("none", "pass", "pass", "pass"):
        place.write(
            cast.SAMSAT,
            f"Re: {asked.subject}",
            "DISPOSISI",
            In_Reply_To=f"<{asked.message_id}>",
            Authentication_Results=f"mx.contoh.example; dmarc={verdict} header.from=contoh.example",
        )
        place.work(0.1)
        assert [to for to, _ in told(place, "balasan_orang_lain")] == ([] if verdict == "none" else [cast.SAMSAT])
    current = place.incident().current
    assert current is not None and current.stage == "disposisi"


def test_an_aide_whom_the_directory_names_answers_and_the_official_is_told(place: Town) -> None:
    people = place.folder / "pejabat.yaml"
    text = people.read_text(encoding="utf-8")
    people.write_text(
        text.replace(f"surel: {cast.KABID}", f"surel: {cast.KABID}, ajudan: {cast.SAMSAT}"), encoding="utf-8"
    )
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.", sender=cast.SAMSAT)
    place.work(1)
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and answer.person == "kabid"
    said = " ".join(place.last(cast.KABID, "Dicatat").plain.split())
    assert f"atas nama Saudara dari alamat staf {cast.SAMSAT}" in said


def test_a_strict_role_must_be_proven_genuine(place: Town) -> None:
    believe(place)
    people = place.folder / "pejabat.yaml"
    people.write_text(people.read_text(encoding="utf-8") + "\nkepercayaan: {kabid: strict}\n", encoding="utf-8")
    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    answer = {"In_Reply_To": f"<{asked.message_id}>"}
    place.write(cast.KABID, f"Re: {asked.subject}", "DISPOSISI", **answer)
    place.work(1)
    current = place.incident().current
    assert current is not None and current.stage == "disposisi"
    assert "keaslian pengirimnya" in place.last(cast.KABID, "atas nama Saudara").plain
    answer["Authentication_Results"] = "mx.contoh.example; dmarc=pass header.from=contoh.example"
    place.write(cast.KABID, f"Re: {asked.subject}", "DISPOSISI", **answer)
    place.work(0.5)
    assert place.incident().last_answer("disposisi") is not None


def test_what_does_not_count_stands_in_the_journal(place: Town) -> None:
    from register import journal

    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    message = EmailMessage()
    message["From"] = f"{cast.KABID}, {cast.SAMSAT}"
    message["To"], message["Subject"], message["Message-ID"] = (
        cast.OFFICE,
        f"Re: {asked.subject}",
        "<dua@contoh.example>",
    )
    message["In-Reply-To"] = f"<{asked.message_id}>"
    message.set_content("DISPOSISI")
    place.post(cast.SAMSAT, message.as_bytes())
    place.work(1)
    with place.office.database.reading() as tx:
        events = journal.read_events(tx, "DKL-2026-0001")
    refused = [event.data for event in events if isinstance(event.data, Untrusted)]
    assert [data.named for data in refused] == ["kabid"] and "DISPOSISI" in refused[0].text
