"""One round sends until nothing is due, and says what remains and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handlers.telling.helpdesk import notify_helpdesk
from outbox.sender import Envelope, ServerAway
from outbox.smtp import SmtpSender
from siaga.cli import siaga
from tests import cast
from tests.town import Town

MANY = 230
"""More than one portion."""


@pytest.fixture
def queued(place: Town) -> Town:
    """An office with many mails that are due, and no limit of mails a minute."""
    text = place.settings_file.read_text(encoding="utf-8")
    place.settings_file.write_text(text.replace("tunggu_salinan", "per_menit = 0\ntunggu_salinan"), encoding="utf-8")
    place.restart()
    for number in range(MANY):
        notify_helpdesk(
            place.office, f"buku {number}", "register_rusak", {"berkas": f"{number}.xlsx", "simpanan": "rusak.xlsx"}
        )
    return place


def test_more_than_one_portion_goes_out_in_one_round(queued: Town) -> None:
    done = queued.work()
    assert (done.sent, done.unsent.count) == (MANY, 0)
    assert len(queued.inbox(cast.HELPDESK)) == MANY


def test_up_once_sends_all_and_says_so(queued: Town) -> None:
    result = _up_once(queued.settings_file)
    assert result.exit_code == 0 and f"{MANY} terkirim" in result.output


def test_what_a_server_does_not_take_is_counted_with_its_reason(queued: Town) -> None:
    text = queued.settings_file.read_text(encoding="utf-8")
    queued.settings_file.write_text(text.replace(f"port = {queued.house.smtp_port}", "port = 1"), encoding="utf-8")
    queued.restart()
    done = queued.work()
    assert (done.sent, done.unsent.count) == (0, MANY) and "refused" in done.unsent.reason


def test_up_once_that_leaves_mail_behind_says_why_and_is_no_success(
    queued: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, taken = SmtpSender.send, list[Envelope]()

    def full(sender: SmtpSender, envelope: Envelope, before_dot: Callable[[], None]) -> str:
        if len(taken) == 3:
            raise ServerAway("451 4.3.2 penuh dahulu")
        taken.append(envelope)
        return real(sender, envelope, before_dot)

    monkeypatch.setattr(SmtpSender, "send", full)
    result = _up_once(queued.settings_file)
    assert result.exit_code != 0 and f"{MANY - 3} surel belum terkirim (451 4.3.2 penuh dahulu)" in str(
        result.exception
    )
    assert "3 terkirim" in result.output


def _up_once(settings: Path) -> Result:
    return CliRunner().invoke(siaga, ["up", "--once", "--config", str(settings)])
