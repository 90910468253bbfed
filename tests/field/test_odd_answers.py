"""Groups 05, 13 and 23: odd answers and odd bytes. Clear words count, machines decide nothing, what cannot be read is said plainly."""

from __future__ import annotations

import email
from email.policy import default

import pytest
from sqlalchemy import select

from register.schema import outbox
from tests.field import answer_field, deliver_field, names
from tests.town import Town

DISPOSED = [
    f"13-{name}-disposisi"
    for name in (
        "amp",
        "badan-attachment",
        "banner-en",
        "banner-pendek",
        "banner-zimbra",
        "html-komentar-teks",
        "pgp-inline",
        "plain-hanya-kutipan",
        "plain-pengganti-en",
        "qp-tanpa-tajuk-cte",
        "smime-tempelan",
        "utf16",
    )
]
INSTRUCTED = "Segera tangani, utamakan jalur pelaporan."
MACHINES = {
    "13-outlook-reaksi-en-penerusan_analisis": "reaction",
    "13-recall-id-penerimaan": "recall",
    **dict.fromkeys(
        (
            f"13-tandabaca-{name}-penerimaan"
            for name in ("dibaca-id", "not-read", "read-en", "tanda-terima-baca", "zimbra-read")
        ),
        "read_receipt",
    ),
}


def queued(place: Town, template: str) -> list[str]:
    """The texts of our mails of one kind, oldest first."""
    with place.office.database.reading() as tx:
        query = select(outbox.c.sha256).where(outbox.c.template == template).order_by(outbox.c.id)
        found = list(tx.execute(query).scalars())
    return [text_of(place.office.archive.get(sha256)) for sha256 in found]


def text_of(raw: bytes) -> str:
    body = email.message_from_bytes(raw, policy=default).get_body(("plain",))
    return " ".join(body.get_content().split()) if body else ""


@pytest.mark.parametrize("name", [name for name in names("13") if name in DISPOSED])
def test_a_clear_answer_decides_in_whatever_wrapping_it_comes(place: Town, name: str) -> None:
    _, visit = answer_field(place, name)
    assert visit.answer is not None
    assert (visit.answer.decision, visit.answer.text) == ("disposisi", INSTRUCTED)


def test_lines_that_the_client_broke_in_the_middle_of_a_word_are_whole(place: Town) -> None:
    _, visit = answer_field(place, "13-flowed-delsp-disposisi")
    assert visit.answer is not None and "laporkan hasilnya kepada saya sebelum pukul 12.00 WIB" in visit.answer.text


@pytest.mark.parametrize("name", names("13-gmail-reaksi"))
def test_a_reaction_decides_nothing_and_its_sender_is_told(place: Town, name: str) -> None:
    became, visit = answer_field(place, name)
    assert visit.answer is None and became.mail.became == "jawaban belum jelas"
    (asked,) = queued(place, "mohon_perjelas")
    assert "yang belum merupakan jawaban" in asked


@pytest.mark.parametrize("name", [name for name in names("13") if name in MACHINES])
def test_what_a_machine_tells_decides_nothing_and_nobody_is_asked_back(place: Town, name: str) -> None:
    became, visit = answer_field(place, name)
    assert (became.mail.became, visit.answer) == (MACHINES[name], None)
    assert not queued(place, "mohon_perjelas") and not visit.unclear


@pytest.mark.parametrize("name", names("05"))
def test_helpdesk_is_told_of_a_mail_that_the_server_did_not_hand_over(place: Town, name: str) -> None:
    became = deliver_field(place, name)
    assert became.mail.became == "tertahan di server" and not became.opened
    assert became.mail.incident == "" and "contoh.example" in became.mail.note
    told = queued(place, "surat_tertahan")
    assert told and all(
        "mohon kotak surat dibuka langsung" in text.lower() and "contoh.example" in text for text in told
    )
    assert any(word in told[0] for word in ("Nota Dinas 045/118/Set", "Mohon ditindaklanjuti"))


@pytest.mark.parametrize("name", [name for name in names("23") if name != "23-bukan-darurat"])
def test_a_report_in_odd_bytes_is_a_report(place: Town, name: str) -> None:
    became = deliver_field(place, name)
    assert became.opened and became.incident is not None
    assert became.incident.report.layanan == ("jaringan",)
    assert became.incident.report.telepon == "081267002233" and not became.incident.report.belum_terbaca


def test_thanks_in_one_long_line_open_nothing(place: Town) -> None:
    assert not deliver_field(place, "23-bukan-darurat").opened
