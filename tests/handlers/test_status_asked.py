"""STATUS by mail: whoever is known asks how things stand, and is told what concerns them; nobody else is."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

import pytest

from register import journal, ledger
from tests import cast
from tests.cast import DINKES
from tests.town import JOURNEY, Town

STRANGER = "orang@luar.example"
INTERNAL = ("Yuliandri", "Fitria", "Dedi", "Segera tangani", "pengingat", "Koordinator", "Kabid", "sebelum")


def waiting(place: Town, number: str = "DKL-2026-0001") -> tuple[str, int]:
    current = place.incident(number).current
    assert current is not None
    return current.stage, len(place.incident(number).visits)


def events(place: Town, number: str = "DKL-2026-0001") -> int:
    with place.office.database.reading() as tx:
        return len(journal.read_events(tx, number))


def said_to(place: Town, address: str, subject: str, text: str, sender: str = "", **head: str) -> str:
    """The answer to a new mail, "" for none."""
    before = len(place.inbox(address))
    place.write(sender or address, subject, text, claimed_sender=address if sender else "", **head)
    place.work(0.1)
    new = place.inbox(address)[before:]
    assert len(new) <= 1
    return f"{new[0].subject}\n{new[0].plain}" if new else ""


def test_an_official_is_told_what_waits_for_them_and_answers_by_its_button(place: Town) -> None:
    place.to_stage("penugasan")
    before = events(place)
    place.write(cast.KOORDINATOR, "Tanya", "Mana yang menunggu saya?")
    place.work(0.1)
    told = place.last(cast.KOORDINATOR, "Status: 1 menunggu")
    assert "DKL-2026-0001, Penugasan Tim Teknis" in told.plain and "TUGASKAN%20Tim%20Jaringan" in told.html
    assert events(place) == before and waiting(place)[0] == "penugasan"
    request = place.last(cast.KOORDINATOR, "Mohon penugasan")
    token = request.plain.partition("Kode surel: ")[2].split()[0]
    assert token in told.html, "a tap answers the request itself"
    place.write(cast.KOORDINATOR, f"[DKL-2026-0001] TUGASKAN Tim Jaringan ({token})", "TUGASKAN Tim Jaringan")
    place.work(0.1)
    assert waiting(place)[0] == "penanganan"


def test_whoever_waits_for_nothing_is_told_so_and_how_an_incident_stands(place: Town) -> None:
    place.to_stage("disposisi")
    told = said_to(place, cast.KOORDINATOR, "sampai mana DKL-2026-0001?", "")
    assert (
        "tidak ada yang menunggu Saudara" in told and "menunggu jawaban Yuliandri Putra, S.Kom., M.T. sebelum" in told
    )


@pytest.mark.parametrize(("stage", "address", "subject"), [(n, a, s) for n, a, s, _ in JOURNEY])
def test_status_in_answer_to_any_request_decides_nothing_and_is_no_answer(
    place: Town, stage: str, address: str, subject: str
) -> None:
    place.to_stage(stage)
    before, seq = waiting(place), events(place)
    place.reply(address, subject, "Status?")
    place.work(0.1)
    assert waiting(place) == before and events(place) == seq
    assert "DKL-2026-0001" in place.last(address, "Status: 1 menunggu").plain


def test_status_below_a_list_orders_nothing(place: Town) -> None:
    place.letter()
    place.work()
    place.write(cast.HELPDESK, "STATUS", "")
    place.work(0.1)
    for words in ("DARURAT", "YA"):
        place.reply(cast.HELPDESK, "Status: 1 menunggu", words)
        place.work(0.1)
    assert place.numbers() == ["DKL-2026-0001"] and waiting(place)[0] == "analisis"


ANSWERS = [
    "0001 DISPOSISI",
    "DKL-2026-0001: DISPOSISI\n\nSegera tangani.",
    "Disposisi, segera tangani server yang mati",
    "Semua disposisi karena server mati total",
    "no. 1 kembalikan",
    "RALAT: KEMBALIKAN",
    "Mohon koordinator mencatat.",
    "",
]


def answers_the_list(place: Town, text: str, sender: str = "") -> None:
    place.reply(cast.KABID, "menunggu jawaban Saudara", text, sender=sender)
    place.work(0.1)


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_to_the_list_decides_nothing_and_the_list_comes_again_with_what_was_written(
    place: Town, text: str
) -> None:
    place.to_stage("disposisi")
    said_to(place, cast.KABID, "STATUS", "")
    before, seq, shown = waiting(place), events(place), len(place.inbox(cast.HELPDESK))
    answers_the_list(place, text)
    told = place.last(cast.KABID, "Balasan atas daftar belum dicatat; 1 menunggu jawaban Saudara")
    plain = " ".join(told.plain.split())
    assert "belum memutuskan apa pun" in plain and " ".join(text.split()) in plain and "“”" not in plain
    assert waiting(place) == before and events(place) == seq and place.numbers() == ["DKL-2026-0001"]
    assert len(place.inbox(cast.HELPDESK)) == shown, "Helpdesk has nothing to examine"
    token = place.last(cast.KABID, "Mohon disposisi").plain.partition("Kode surel: ")[2].split()[0]
    assert token in told.html, "its buttons answer the request"


def test_a_list_says_in_plain_text_that_an_answer_to_it_decides_nothing(place: Town) -> None:
    place.to_stage("disposisi")
    told = said_to(place, cast.KABID, "STATUS", "")
    assert "Satu balasan boleh menjawab semuanya" not in told
    assert "Balas surel permintaannya masing-masing; balasan atas surel ini tidak memutuskan apa pun." in told


def test_whoever_waits_for_nothing_and_answers_the_list_is_told_so(place: Town) -> None:
    place.to_stage("disposisi")
    said_to(place, cast.KOORDINATOR, "STATUS", "")
    place.reply(cast.KOORDINATOR, "tidak ada yang menunggu", "0001 teruskan")
    place.work(0.1)
    assert "“0001 teruskan”" in place.last(cast.KOORDINATOR, "belum dicatat; tidak ada yang menunggu").plain


def test_an_outage_that_is_reported_below_a_list_is_a_report(place: Town) -> None:
    place.to_stage("disposisi")
    said_to(place, cast.KABID, "STATUS", "")
    answers_the_list(place, "Server rapor Dinas Pendidikan mati total sejak pagi, mohon bantuan segera.")
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"] and waiting(place)[0] == "disposisi"


def test_thanks_below_a_list_bring_nothing_about(place: Town) -> None:
    place.to_stage("disposisi")
    said_to(place, cast.KABID, "STATUS", "")
    before = len(place.inbox(cast.KABID)), len(place.inbox(cast.HELPDESK))
    answers_the_list(place, "Terima kasih")
    assert (len(place.inbox(cast.KABID)), len(place.inbox(cast.HELPDESK))) == before


def test_a_stranger_who_answers_somebodys_list_brings_nobody_a_list_and_decides_nothing(place: Town) -> None:
    place.to_stage("disposisi")
    said_to(place, cast.KABID, "STATUS", "")
    answers_the_list(place, "0001 DISPOSISI", sender=cast.SAMSAT)
    for address in (cast.KABID, cast.SAMSAT):
        assert not [mail.subject for mail in place.inbox(address) if "belum dicatat" in mail.subject]
    assert waiting(place)[0] == "disposisi"


def test_a_paper_below_a_list_is_seen_by_helpdesk_and_its_author_is_told_that_nothing_was_decided(
    place: Town,
) -> None:
    place.to_stage("disposisi")
    said_to(place, cast.KABID, "STATUS", "")
    asked = place.last(cast.KABID, "Status: 1 menunggu")
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = cast.KABID, cast.OFFICE, f"Re: {asked.subject}"
    message["Date"], message["Message-ID"] = format_datetime(place.clock.now()), make_msgid(domain="contoh.example")
    message["In-Reply-To"] = f"<{asked.message_id}>"
    message.set_content("Terlampir notulen rapat.")
    message.add_attachment(b"Rapat koordinasi bulanan", "text", "plain", filename="notulen.txt")
    place.post(cast.KABID, message.as_bytes())
    place.work(0.1)
    assert place.last(cast.HELPDESK, "Bukan laporan darurat") and waiting(place)[0] == "disposisi"
    told = place.last(cast.KABID, "Balasan atas daftar belum dicatat").plain
    assert "“Terlampir notulen rapat.”" in " ".join(told.split())


def test_what_is_answered_to_the_list_on_and_on_helpdesk_sees_at_once(place: Town) -> None:
    place.to_stage("disposisi")
    said_to(place, cast.KABID, "STATUS", "")
    for number in range(7):
        answers_the_list(place, f"0001 DISPOSISI, {number}")
    told = [mail for mail in place.inbox(cast.KABID) if "menunggu jawaban Saudara" in mail.subject]
    assert len(told) == 5
    place.work(6)
    seen = place.inbox(cast.HELPDESK)
    assert any(cast.KABID in mail.plain for mail in seen) and not [m for m in seen if "Bukan laporan" in m.subject]


def test_an_office_that_is_not_known_is_called_so_in_a_list(place: Town) -> None:
    place.write(cast.SAMSAT, "Server mati", "Server kami mati total sejak pagi.", claimed_sender=STRANGER)
    place.work(1)
    told = said_to(place, cast.HELPDESK, "Status DKL-2026-0001", "")
    assert not place.incident().report.opd and "DKL-2026-0001, OPD belum diketahui, " in told


def test_a_report_with_a_status_in_it_is_a_report(place: Town) -> None:
    place.to_stage("penanganan")
    text = "LAPORAN\n\nPenyebab: FO putus\nTindakan: disambung\nHasil: normal\nStatus: selesai"
    place.reply(cast.JARINGAN, "Penugasan penanganan", text)
    place.work(0.1)
    assert waiting(place)[0] == "pengiriman_laporan"


PHASES = [
    ("analisis", "sudah diterima dan sedang dianalisis"),
    ("disposisi", "sudah dianalisis dan sedang diteruskan"),
    ("penanganan", "sedang ditangani oleh Tim Teknis Jaringan"),
    ("pelaporan_kabid", "sudah ditangani; hasilnya sedang dilaporkan"),
]


@pytest.mark.parametrize(("stage", "words"), PHASES)
def test_a_reporter_is_told_how_far_their_own_report_is_and_nothing_internal(
    place: Town, stage: str, words: str
) -> None:
    place.to_stage(stage)
    before = events(place)
    told = said_to(place, DINKES, "Tanya", "Bagaimana perkembangan laporan kami?")
    assert words in " ".join(told.split()) and not [word for word in INTERNAL if word in told]
    place.reply(DINKES, "Laporan diterima", "Sampai mana ya pak?")
    place.work(0.1)
    assert words in " ".join(place.last(DINKES, "Status laporan").plain.split())
    assert events(place) == before + 1 and place.last(cast.HELPDESK, "Kabar dari pelapor"), "a word in the thread, too"


def test_an_ended_report_is_told_as_ended(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(*JOURNEY[-1][1:])
    place.work(1)
    assert "DKL-2026-0001" in (told := said_to(place, DINKES, "STATUS", "")) and ": selesai." in told


NOT_OVER = [
    "Mohon info perkembangannya, gangguan masih ada sampai sekarang.",
    "Bagaimana kelanjutannya? Masalahnya masih ada.",
    "Mohon update, gangguan kami sampai sekarang masih ada.",
    "Mohon info, gangguan masih, sampai mana penanganannya?",
    "Apa kabar laporan kami, masih gangguan sampai saat ini",
]


@pytest.mark.parametrize("text", NOT_OVER)
def test_a_reporter_who_says_that_it_is_not_over_is_heard_and_not_only_told(place: Town, text: str) -> None:
    place.to_stage("penerimaan")
    place.reply(*JOURNEY[-1][1:])
    place.work(1)
    before = len(place.inbox(cast.HELPDESK))
    told = said_to(place, DINKES, "Tindak lanjut", text)
    assert "Status laporan" not in told and len(place.inbox(cast.HELPDESK)) > before


@pytest.mark.parametrize(
    "text",
    [
        "Info progres penanganan: sedang proses",
        "Kabar perkembangan: masih proses penanganan",
        "Mohon izin info perkembangan, sedang proses penanganan",
        "Progres: sudah di lokasi",
        "Status penanganan: sedang proses",
    ],
)
def test_a_team_that_tells_of_its_work_is_not_answered_by_a_list(place: Town, text: str) -> None:
    place.to_stage("penanganan")
    before = events(place)
    place.reply(cast.JARINGAN, "Penugasan penanganan", text)
    place.work(0.1)
    assert events(place) > before and "Status: " not in place.inbox(cast.JARINGAN)[-1].subject


@pytest.mark.parametrize("text", ["Status insiden: ya", "Statusnya: ya", "STATUS ya", "Info status: iya", "Status: YA"])
def test_a_yes_beside_status_is_no_mere_question(place: Town, text: str) -> None:
    place.to_stage("analisis")
    before = events(place)
    place.reply(cast.HELPDESK, "Mohon analisis", text)
    place.work(0.1)
    assert events(place) > before and "Status: " not in place.inbox(cast.HELPDESK)[-1].subject


def test_a_reporter_learns_nothing_of_the_reports_of_others(place: Town) -> None:
    place.letter()
    place.work()
    place.write(
        cast.DISDIK, "Server mati", "Server rapor Dinas Pendidikan mati total sejak pagi, mohon bantuan segera."
    )
    place.work(1)
    first, second = place.numbers()
    told = said_to(place, DINKES, f"Status {second}", "")
    assert first in told and second not in told.partition("\n")[2]


def answers_to(place: Town, number: str) -> list[str]:
    place.write(cast.SAMSAT, f"Status {number}?", "", claimed_sender=STRANGER)
    place.work(0.1)
    return [mail.subject for mail in place.inbox(cast.SAMSAT)]


def test_a_stranger_is_not_told_whether_there_is_such_a_number(place: Town) -> None:
    place.letter()
    place.work()
    before = events(place)
    with place.office.database.reading() as tx:
        known = len(ledger.received(tx))
    assert not answers_to(place, "DKL-2026-0001") and not answers_to(place, "DKL-2026-0099")
    assert events(place) == before
    with place.office.database.reading() as tx:
        became = [mail.became for mail in ledger.received(tx)[known:]]
    assert len(set(became)) == 1, "both are shown to Helpdesk in the same way"
    assert len([mail for mail in place.inbox(cast.HELPDESK) if "Bukan laporan darurat" in mail.subject]) == 2


def test_a_sender_whom_our_server_disproves_brings_no_mail_to_whoever_is_named(place: Town) -> None:
    place.to_stage("disposisi")
    place.office.authserv_id = "mx.contoh.example"
    head = {"Authentication_Results": "mx.contoh.example; dmarc=fail header.from=contoh.example"}
    for address in (cast.KABID, DINKES):
        assert "Status" not in said_to(place, address, "STATUS", "", sender=cast.SAMSAT, **head)


def test_whoever_asks_on_and_on_is_told_five_times_an_hour(place: Town) -> None:
    place.to_stage("disposisi")
    for number in range(12):
        place.write(cast.KABID, "STATUS" if number % 2 else "Status?", "")
        place.work(0.05)
    told = [mail for mail in place.inbox(cast.KABID) if "Status: " in mail.subject]
    assert 1 <= len(told) <= 5


def test_a_machine_that_asks_is_not_answered(place: Town) -> None:
    place.to_stage("disposisi")
    assert "Status" not in said_to(place, cast.KABID, "STATUS", "", Auto_Submitted="auto-generated")
