"""The same office on Exchange, and on a Maildir: a letter comes in, Helpdesk answers, the procedure goes on."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

import pytest

from handlers.once import work_once
from office.build import Office, build_office
from office.settings import read_settings
from parsers.message import Mail, read_mail
from register import journal
from siaga.demo import cast
from siaga.demo.exchange_house import ExchangeHouse
from siaga.demo.house import MailHouse
from siaga.demo.letters import DINKES, network_letter
from tests.town import ObedientClock, Town, write_settings

NUMBER = "DKL-2026-0001"


def office_with(folder: Path, settings: str, clock: ObedientClock) -> Office:
    (folder / "pejabat.yaml").write_text(cast.PEOPLE, encoding="utf-8")
    path = folder / "siaga.toml"
    path.write_text(settings, encoding="utf-8")
    return build_office(read_settings(path), clock)


def answer_to(asked: Mail, text: str, clock: ObedientClock) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = cast.HELPDESK, cast.OFFICE, f"Re: {asked.subject}"
    message["Date"], message["In-Reply-To"] = format_datetime(clock.now()), f"<{asked.message_id}>"
    message["Message-ID"] = "<jawaban@contoh.example>"
    message.set_content(text)
    return message.as_bytes()


def stage(office: Office) -> str:
    with office.database.reading() as tx:
        current = journal.read_incident(tx, NUMBER).current
    return current.stage if current else ""


@pytest.fixture
def exchange() -> Iterator[ExchangeHouse]:
    with ExchangeHouse(dict.fromkeys(cast.ADDRESSES, cast.PASSWORD)) as house:
        yield house


def test_on_exchange_a_letter_is_taken_answered_and_led_on_once(tmp_path: Path, exchange: ExchangeHouse) -> None:
    clock = ObedientClock()
    login = f'nama = "{cast.OFFICE}"\nsandi = "{cast.PASSWORD}"\n'
    office = office_with(
        tmp_path,
        f'[kantor]\nnama = "Dinas"\n[kotak_surat]\njenis = "exchange"\news = "{exchange.endpoint}"\n'
        f'otentikasi = "basic"\nalamat = "{cast.OFFICE}"\n{login}[pengiriman]\njenis = "exchange"\n',
        clock,
    )
    exchange.deliver(cast.OFFICE, network_letter(cast.OFFICE, clock.now()))
    for _ in range(2):
        work_once(office)
    (asked,) = [mail for mail in map(read_mail, exchange.inbox(cast.HELPDESK)) if "Mohon analisis" in mail.subject]
    assert len(exchange.inbox(DINKES)) == 1
    exchange.deliver(cast.OFFICE, answer_to(asked, "YA\n\nKabel FO putus.", clock))
    clock.forward(minutes=1)
    for _ in range(2):
        work_once(office)
    office.close()
    assert stage(office) == "penerusan_analisis"
    assert sum("Mohon diteruskan" in read_mail(raw).subject for raw in exchange.inbox(cast.KOORDINATOR)) == 1


def test_from_a_maildir_a_letter_is_taken_once_and_nothing_in_it_is_touched(tmp_path: Path) -> None:
    clock, maildir = ObedientClock(), tmp_path / "Maildir"
    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True)
    with MailHouse(dict.fromkeys(cast.ADDRESSES, cast.PASSWORD)) as house:
        place = Town(tmp_path / "kota", house)  # the officials' mailboxes
        text = write_settings(tmp_path, house).read_text(encoding="utf-8")
        before, _, sending = text.partition("[pengiriman]")
        kept = before.partition("[kotak_surat]")[0]
        office = office_with(
            tmp_path,
            f'{kept}[kotak_surat]\njenis = "maildir"\nmaildir = "{maildir}"\nalamat = "{cast.OFFICE}"\n[pengiriman]{sending}',
            clock,
        )
        (maildir / "new" / "1.a.host").write_bytes(network_letter(cast.OFFICE, clock.now()))
        for _ in range(2):
            work_once(office)
        asked = place.last(cast.HELPDESK, "Mohon analisis")
        (maildir / "new" / "2.b.host").write_bytes(answer_to(asked, "YA\n\nKabel FO putus.", clock))
        clock.forward(minutes=1)
        work_once(office)
        assert stage(office) == "penerusan_analisis" and place.last(cast.KOORDINATOR, "Mohon diteruskan")
        assert len([mail for mail in place.inbox(cast.HELPDESK) if "Mohon analisis" in mail.subject]) == 1
        assert sorted(path.name for path in (maildir / "new").iterdir()) == ["1.a.host", "2.b.host"]
        office.close()
        place.office.close()
