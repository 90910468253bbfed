"""Whoever is asked back has the same answers to tap as when they were asked."""

from __future__ import annotations

import re

import pytest

from parsers.mails.message import Mail
from tests import cast
from tests.town import Town


def buttons(mail: Mail) -> list[str]:
    return re.findall(r"<a href=\"mailto:[^\"]*\"[^>]*>([^<]*)</a>", mail.html)


@pytest.mark.parametrize(
    ("stage", "address", "subject", "said", "asked_back"),
    [
        ("analisis", cast.HELPDESK, "Mohon analisis", "Nanti kami kabari.", "Mohon ditegaskan"),
        ("disposisi", cast.KABID, "Mohon disposisi", "Ya, tapi tunggu dulu.", "Mohon ditegaskan"),
        ("penugasan", cast.KOORDINATOR, "Mohon penugasan", "Ya, tapi tunggu dulu.", "Mohon ditegaskan"),
        ("penugasan", cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Entah", "Mohon ditegaskan"),
        ("penugasan", cast.KOORDINATOR, "Mohon penugasan", "Siapa yang piket hari ini?", "Pertanyaan diteruskan"),
        ("penanganan", cast.JARINGAN, "Penugasan penanganan", "Ya, tapi tunggu dulu.", "Mohon ditegaskan"),
    ],
)
def test_who_is_asked_back_can_tap_every_answer_they_were_asked_for_teams_included(
    place: Town, stage: str, address: str, subject: str, said: str, asked_back: str
) -> None:
    place.to_stage(stage)
    offered = buttons(place.last(address, subject))
    place.reply(address, subject, said)
    place.work(0.5)
    assert offered and buttons(place.last(address, asked_back)) == offered
    assert stage != "penugasan" or "TUGASKAN Tim Jaringan" in offered


def test_where_no_office_could_be_read_subjects_and_sentences_read_well(place: Town) -> None:
    said = "Internet mati sejak pagi, mohon bantuan segera."
    place.write(cast.DINKES, "Internet mati", said, claimed_sender="warga@luar.example")
    place.work()
    asked = place.last(cast.HELPDESK, "Mohon analisis")
    assert asked.subject.endswith("WIB: Internet mati (OPD belum diketahui)")
    assert "Laporan darurat dari perangkat daerah yang belum diketahui telah diterima" in " ".join(asked.plain.split())
