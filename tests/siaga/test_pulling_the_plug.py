"""A desk that is killed between any two steps goes on where it was: same steps, same mails, one each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import cast
from tests.town import JOURNEY, Town, until


@contextmanager
def desk_to_be_killed(config: Path) -> Iterator[None]:
    command = [
        sys.executable,
        "-c",
        "from siaga.cli import main; main()",
        "up",
        "--no-prefect",
        "--config",
        str(config),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def test_a_desk_killed_at_every_step_finishes_the_sop_without_a_double(place: Town) -> None:
    place.letter()
    for stage, address, subject, text in JOURNEY:
        with desk_to_be_killed(place.settings_file):
            until(lambda stage=stage: _stage(place) == stage, stage)  # type: ignore[misc]
        # Killed somewhere after the step was reached: its mails may be sent, half sent, or not at all.
        with desk_to_be_killed(place.settings_file):
            until(lambda a=address, s=subject: any(s in mail.subject for mail in place.inbox(a)), subject)  # type: ignore[misc]
        place.reply(address, subject, text)
    with desk_to_be_killed(place.settings_file):
        until(lambda: place.incident().outcome == "selesai", "the end")
        until(
            lambda: bool([m for m in place.inbox(cast.HELPDESK) if "Penanganan selesai" in m.subject]),
            "the closing notice",
        )
    assert [visit.stage for visit in place.incident().visits] == [name for name, *_ in JOURNEY]
    for person in (*cast.OFFICIALS, "dinkes@contoh.example"):
        doubled = {mid: n for mid, n in Counter(mail.message_id for mail in place.inbox(person)).items() if n > 1}
        assert doubled == {}, f"{person} got a mail twice"


def _stage(place: Town) -> str:
    current = place.incident().current
    return current.stage if current else ""
