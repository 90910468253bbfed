"""The texts of mail keys: they stand in journals and are signed into tokens, so that none may ever change."""

from __future__ import annotations

import hashlib

import pytest

from sop.addressee import Addressee
from sop.mail_key import MailKey, short_ref

ONE = "DKL-2026-0001"
ID = "1a2b3c4d5e6f7a8b" * 4
KABID, HELPDESK = Addressee("kabid"), Addressee("helpdesk")
SHOWN = MailKey.general(ID, "surat_lain", HELPDESK)
STRANGER = hashlib.sha256(b"orang@luar.example").hexdigest()[:32]


@pytest.mark.parametrize(
    ("key", "text", "incident", "ref"),
    [
        (MailKey.of_visit(ONE, 4, "disposisi", 1, "kabid"), f"{ONE}/4/disposisi-1/kabid", ONE, "disposisi-1"),
        (
            MailKey.of_visit(ONE, 4, "disposisi", 2, "dicatat", ID[:16], "kabid"),
            f"{ONE}/4/disposisi-2/dicatat/1a2b3c4d5e6f7a8b/kabid",
            ONE,
            ID[:16],
        ),
        (MailKey.of_incident(ONE, "susulan", ID[:16], "kabid"), f"{ONE}/0/susulan/{ID[:16]}/kabid", ONE, ID[:16]),
        (
            MailKey.informing(ONE, ("1",), "tanda_terima", Addressee.reporter()),
            f"{ONE}/1/tanda_terima/pelapor",
            ONE,
            "tanda_terima",
        ),
        (
            MailKey.informing(ONE, ("selesai", "selesai"), "penutupan", Addressee.reporter("DKL-2026-0002")),
            f"{ONE}/selesai/selesai/penutupan/pelapor:DKL-2026-0002",
            ONE,
            "penutupan",
        ),
        (SHOWN, "umum/1a2b3c4d5e6f7a8b/surat_lain/helpdesk", "", ID[:16]),
        (
            MailKey.asking_back(SHOWN, "f" * 64, HELPDESK),
            "umum/1a2b3c4d5e6f7a8b/perjelas-ffffffffffff/helpdesk",
            "",
            ID[:16],
        ),
        (
            MailKey.together(ID, "k3v6a-x2mpq-7abc", HELPDESK),
            "umum/1a2b3c4d5e6f7a8b/dicatat-bersama-k3v6a-x2mpq-7abc/helpdesk",
            "",
            ID[:16],
        ),
        (MailKey.to_stranger("orang@luar.example"), f"umum/asing/{STRANGER}", "", "asing"),
    ],
)
def test_each_kind_has_its_text(key: MailKey, text: str, incident: str, ref: str) -> None:
    assert str(key) == text and key == MailKey(text)
    assert (key.incident, key.ref) == (incident, ref)


def test_what_tells_of_several_answers_names_the_mail_that_had_asked() -> None:
    assert MailKey.together(ID, "k3v6a-x2mpq-7abc", HELPDESK).answered_together == "k3v6a-x2mpq-7abc"
    others = (SHOWN, MailKey.to_stranger("orang@luar.example"), MailKey.of_visit(ONE, 4, "disposisi", 1, "kabid"))
    assert [key.answered_together for key in others] == [""] * 3


def test_whoever_is_asked_back_is_counted_by_what_it_is_about() -> None:
    again = MailKey.asking_back(SHOWN, "f" * 64, HELPDESK)
    assert SHOWN.asked_back == again.asked_back == "umum/1a2b3c4d5e6f7a8b/perjelas-"
    assert str(again).startswith(SHOWN.asked_back) and not str(SHOWN).startswith(SHOWN.asked_back)


def test_what_a_mail_refers_to_is_short_and_names_nobody() -> None:
    assert short_ref(ID, 7) == ID[:16] and short_ref("", 7) == "7"
    key = MailKey.of_visit(ONE, 4, "disposisi", 1, "kabid")
    assert short_ref(key, 7) == hashlib.sha256(str(key).encode()).hexdigest()[:16]
