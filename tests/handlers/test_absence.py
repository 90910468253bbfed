"""Absence is heard at once: a request brings the vacation answer of whoever is away, and that brings the deputy's."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.mails.message import Mail
from sop.incident import Visit
from tests import cast
from tests.servers.real_house import RealHouse
from tests.town import Town, town, until

AWAY = "Saya sedang cuti sampai hari Jumat dan tidak membaca surel."


def visit_of(place: Town, stage: str = "disposisi") -> Visit:
    return next(visit for visit in place.incident().visits if visit.stage == stage)


def test_the_vacation_of_a_real_server_answers_a_request_and_the_deputy_is_asked_at_once(tmp_path: Path) -> None:
    with (
        RealHouse(list(cast.USERS), absent={cast.KABID: AWAY}) as house,
        town(tmp_path / "kantor", house=house) as place,
    ):
        place.to_stage("disposisi")
        until(lambda: any(mail.sender == cast.KABID for mail in place.inbox(cast.OFFICE)), "the vacation answer comes")
        answer = next(mail for mail in place.inbox(cast.OFFICE) if mail.sender == cast.KABID)
        assert answer.header("auto-submitted").startswith("auto-replied")
        place.work()
        assert place.clock.passed.total_seconds() < 180, "the ladder alone would not have asked the deputy yet"
        assert [asked.person for asked in visit_of(place).asked] == ["kabid", "plh_kabid"]
        assert "tidak di tempat" in place.last(cast.SEKRETARIS, "Mohon disposisi").plain
        place.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
        place.work(0.5)
        assert visit_of(place).answer is not None


def vacation(place: Town, who: str, mail: Mail, *, marked: bool = True, quotes: bool = False) -> None:
    """The vacation program behind `who` answers a mail of ours."""
    head = {"Auto_Submitted": "auto-replied (vacation)", "Precedence": "bulk"} if marked else {}
    quoted = "\n".join(f"> {line}" for line in mail.plain.split("\n")) if quotes else ""
    place.write(who, f"Auto: {mail.subject}", f"{AWAY}\n\n{quoted}", In_Reply_To=f"<{mail.message_id}>", **head)


def live(
    place: Town, responders: dict[str, bool], rounds: int = 12, *, quotes: bool = False, all_: bool = False
) -> int:
    """Each round the programs behind `responders` (whether they say that they are machines) answer what came to them.

    They keep to RFC 3834, and answer no mail that says it is automatic, unless they answer `all_`. Returns how many
    answers there were.
    """
    answers, seen = 0, {who: len(place.inbox(who)) for who in responders}
    for who in responders:
        seen[who] = 0
    for _ in range(rounds):
        for who, marked in responders.items():
            new = place.inbox(who)[seen[who] :]
            seen[who] += len(new)
            for mail in new:
                if all_ or not mail.header("auto-submitted"):
                    vacation(place, who, mail, marked=marked, quotes=quotes)
                    answers += 1
        place.work(0.2)
    return answers


@pytest.mark.parametrize("quotes", [False, True])
@pytest.mark.parametrize("all_", [False, True])
def test_two_mailboxes_with_vacation_are_both_heard_once_and_nothing_is_decided(
    place: Town, quotes: bool, all_: bool
) -> None:
    place.to_stage("disposisi")
    answers = live(place, {cast.KABID: True, cast.SEKRETARIS: True}, quotes=quotes, all_=all_)
    visit = visit_of(place)
    assert [asked.person for asked in visit.asked] == ["kabid", "plh_kabid", "kadis"], "the next one each time, at once"
    assert visit.away == ("kabid", "plh_kabid") and visit.answer is None
    assert answers <= 2 + 2 * 2, "what they answered besides their requests were reminders"
    assert not visit.unclear and not place.incident().late


@pytest.mark.parametrize("marked", [True, False])
def test_a_machine_that_answers_whatever_we_write_ends_and_decides_nothing(place: Town, marked: bool) -> None:
    """It quotes our mail, with our token, and answers our answers too."""
    place.to_stage("disposisi")
    before = len(place.inbox(cast.KABID))
    live(place, {cast.KABID: marked}, rounds=25, quotes=True, all_=True)
    assert visit_of(place).answer is None and not place.incident().refused
    assert len(place.inbox(cast.KABID)) - before <= 6, "two that ask back, and the reminders"


def test_an_absence_concerns_all_that_waits_for_whoever_is_away(place: Town) -> None:
    """A vacation program answers one sender once in a week, however many requests there are."""
    place.to_stage("disposisi")
    place.write(
        cast.DISDIK, "Server mati", "Server rapor Dinas Pendidikan mati total sejak pagi, mohon bantuan segera."
    )
    place.work(0.1)
    second = place.numbers()[-1]
    place.reply(cast.HELPDESK, f"[{second}] Mohon analisis", "YA\n\nServer padam.")
    place.work(0.1)
    place.reply(cast.KOORDINATOR, f"[{second}] Mohon diteruskan", "TERUSKAN")
    place.work(0.1)
    vacation(place, cast.KABID, place.last(cast.KABID, f"[{second}] Mohon disposisi"))
    place.work(0.1)
    for number in ("DKL-2026-0001", second):
        current = place.incident(number).current
        assert current is not None and [asked.person for asked in current.asked] == ["kabid", "plh_kabid"], number


def second_request(place: Town, minutes: float = 0.1) -> str:
    """Another incident comes to the Kabid."""
    place.write(
        cast.DISDIK, "Server mati", "Server rapor Dinas Pendidikan mati total sejak pagi, mohon bantuan segera."
    )
    place.work(minutes)
    number = place.numbers()[-1]
    place.reply(cast.HELPDESK, f"[{number}] Mohon analisis", "YA\n\nServer padam.")
    place.work(0.1)
    place.reply(cast.KOORDINATOR, f"[{number}] Mohon diteruskan", "TERUSKAN")
    place.work(0.1)
    return number


def asked_now(place: Town, number: str) -> list[str]:
    current = place.incident(number).current
    assert current is not None and current.stage == "disposisi"
    return [asked.person for asked in current.asked]


@pytest.mark.parametrize(("days", "asked"), [(2, ["kabid", "plh_kabid"]), (8, ["kabid"])])
def test_whoever_is_known_to_be_away_is_gone_past_when_they_are_asked_next(
    place: Town, days: float, asked: list[str]
) -> None:
    place.to_stage("disposisi")
    vacation(place, cast.KABID, place.last(cast.KABID, "Mohon disposisi"))
    place.work(0.1)
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.1)
    assert asked_now(place, second_request(place, days * 24 * 60)) == asked


def test_whoever_has_written_since_is_back(place: Town) -> None:
    place.to_stage("disposisi")
    vacation(place, cast.KABID, place.last(cast.KABID, "Mohon disposisi"))
    place.work(0.1)
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.1)
    assert asked_now(place, second_request(place)) == ["kabid"]
