"""Some of all that can be written, from one seed: shows how the parts go together, and that they are the same each time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from tests.year.witness import Kind
from tests.year.world import answers, besides, followups, letters, mails, outages, returns, routine, strays, wrecks
from tests.year.world.offices import OFFICES
from tests.year.world.quotes import quoted
from tests.year.world.written import Written

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
OURS = returns.Ours(
    "kabid@contoh.example", "[DKL-2026-0001] Mohon disposisi 🚨", "a.b@contoh.example", b"Subject: x\r\n\r\nx"
)


def everything(seed: int) -> Iterator[bytes]:
    """Some of all that can be written."""
    rng = Random(seed)
    for turn in range(40):
        office, now = rng.choice(OFFICES), NOW + timedelta(hours=turn)
        outage = rng.choice(tuple(outages.OUTAGES.values()))
        letter = letters.emergency(rng, office, now)
        answer = answers.pick(rng, rng.choice(answers.GROUPS))
        aide = besides.retraction(rng, answers.by_aide(rng, answers.dictated(answer), "Kabid", "kabid@contoh.example"))
        reply = quoted(rng, answer.words, "Yth. Bapak,\n\nmohon jawaban.\n\nSiaga", f"Siaga <{mails.OFFICE}>", now)
        written = [
            letter,
            followups.again(
                rng, office, now, outage, now - timedelta(minutes=30), "Yth.\n\nditerima", "Siaga <a@b.example>"
            ),
            followups.adds(rng, office),
            followups.thanks(rng, office),
            followups.not_over(rng, office),
            routine.routine(rng, office, now),
            besides.absence(rng, "Mohon disposisi", "sekretaris@contoh.example"),
            Written(Kind.ANSWER, "Re: x", words=answer.words, text=reply),
            Written(Kind.RETRACTION, "Re: x", words=aide.words, text=aide.words),
            Written(Kind.COURTESY, "Re: x", text=besides.courtesy(rng).words),
            Written(Kind.ORDER, "Re: x", text=besides.order(rng, "gabung", "DKL-2026-0001").words),
            *strays_of(rng, letter),
        ]
        for one in written:
            yield mails.mail(rng, one, sender=office.address, name=office.pic, at=now, reply_to="x@y.example")
        yield returns.own_mail_back(rng, OURS)
    for office, letter in letters.storm(rng, NOW, outages.OUTAGES["putus_fo"], NOW - timedelta(minutes=7)):
        yield mails.mail(rng, letter, sender=office.address, at=NOW, genuine=False)


def strays_of(rng: Random, letter: Written) -> list[Written]:
    return [
        returns.bounce(rng, OURS),
        returns.delayed(rng, OURS),
        returns.receipt(rng, OURS),
        strays.mailing_list(rng),
        strays.spam(rng),
        strays.invitation(rng, NOW),
        returns.robot(rng, OURS),
        strays.flood(rng, "monitor@contoh.example", 7),
        wrecks.broken(rng, letter),
        wrecks.empty(rng),
        wrecks.huge_subject(rng, letter),
        strays.forged(rng, "YA"),
        strays.stranger(rng, "YA", "DKL-2026-0001", "abc"),
        strays.forwarded_request(rng, "Yth. Bapak", "Setuju"),
    ]


def digest(seed: int) -> str:
    whole = hashlib.sha256()
    for raw in everything(seed):
        whole.update(raw)
    return whole.hexdigest()
