"""What officials and reporters write besides a plain decision, from the mail that comes in to the mails that go out."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

import handlers.trust.flood
from parsers.documents.document import Document
from parsers.mails.message import read_mail
from register import journal, ledger
from register.workbook import standing
from sop.events import Kind
from tests import cast
from tests.cast import DINKES
from tests.parsers.documents import docx, paragraph
from tests.reading import InProcess
from tests.town import Town


def test_ralat_is_read_from_the_answer_to_the_acknowledgement(place: Town) -> None:
    place.to_stage("penerusan_analisis")
    place.reply(cast.HELPDESK, "Dicatat", "RALAT: TIDAK\n\nTernyata hanya satu komputer.")
    place.work(0.5)
    assert place.incident().outcome == "bukan_darurat"
    answer = place.incident().last_answer("analisis")
    assert answer is not None and answer.text == "Ternyata hanya satu komputer."
    assert "ditarik" in place.last(cast.KOORDINATOR, "Tidak perlu dijawab lagi").plain


def test_ralat_after_the_incident_ended_by_that_answer_opens_it_again_under_a_number_of_its_own(place: Town) -> None:
    place.letter()
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nBukan darurat.")
    place.work(1)
    assert place.incident().outcome == "bukan_darurat"
    place.reply(cast.HELPDESK, "Dicatat", "Ralat: YA, darurat")
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]
    assert place.incident().continued_as == "DKL-2026-0002"
    again = place.incident("DKL-2026-0002")
    assert again.continues == "DKL-2026-0001" and again.current is not None
    assert "lanjutan dari DKL-2026-0001" in place.last(cast.HELPDESK, "Mohon analisis").plain


def test_a_decision_left_to_the_deputy_reaches_the_deputy(place: Town) -> None:
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "Saya sedang rapat, mohon diputuskan oleh Plh. Kabid.")
    place.work(0.5)
    assert "dilimpahkan" in place.last(cast.SEKRETARIS, "Mohon disposisi").plain
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.5)
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and answer.capacity == "pelimpahan" and answer.title.startswith("Plh.")


def test_a_question_is_relayed_to_helpdesk_and_the_deadline_stays(place: Town) -> None:
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "Ini sudah koordinasi dengan PLN belum?")
    place.work(0.5)
    assert "PLN" in place.last(cast.HELPDESK, "Mohon dijawab: pertanyaan").plain
    answer = place.last(cast.KABID, "Pertanyaan diteruskan")
    assert "Batas waktu tetap berjalan" in answer.plain and "DISPOSISI" in answer.plain


def test_an_out_of_office_asks_the_substitute_at_once(place: Town) -> None:
    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    place.write(
        cast.KABID,
        f"Balasan otomatis: {asked.subject}",
        f"Saya sedang dinas luar sampai Jumat. Keperluan mendesak: {cast.SEKRETARIS}.",
        Auto_Submitted="auto-replied",
        In_Reply_To=f"<{asked.message_id}>",
    )
    place.work()
    assert "tidak di tempat" in place.last(cast.SEKRETARIS, "Mohon disposisi").plain


def test_a_robot_that_only_acknowledges_receipt_escalates_nothing(place: Town) -> None:
    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    robot = {"Auto_Submitted": "auto-replied", "In_Reply_To": f"<{asked.message_id}>"}
    place.write(cast.KABID, f"Re: {asked.subject}", "Surel Anda telah kami terima. Terima kasih.", **robot)
    place.work()
    assert not place.inbox(cast.SEKRETARIS)


def test_belum_after_the_closing_notice_opens_the_work_again_and_tells_the_koordinator(place: Town) -> None:
    closed(place)
    notice = place.last(DINKES, "Penanganan selesai")
    assert "BELUM" in notice.plain and "mailto:" in notice.html
    place.work(60)
    place.reply(DINKES, "Penanganan selesai", "BELUM, SIMRS masih tidak bisa dibuka.")
    place.work()
    again = place.incident("DKL-2026-0002")
    assert again.continues == "DKL-2026-0001" and again.report["opd"] == place.incident().report["opd"]
    assert again.opened == place.clock.now(), "the work that began again runs by the old clock"
    by = (
        "dr. Nelfi Yusra, M.Kes (Sekretaris) menyatakan layanannya belum pulih, "
        "Senin, 23 November 2026 pukul 10.09 WIB: “BELUM, SIMRS masih tidak bisa dibuka.”"
    )
    assert (
        standing(again, place.office.procedure(), place.office.words)
        == f"Menunggu Helpdesk; lanjutan DKL-2026-0001 ({by})"
    )
    assert (
        standing(place.incident(), place.office.procedure(), place.office.words)
        == f"Selesai; dilanjutkan DKL-2026-0002 ({by})"
    )
    assert "belum pulih" in place.last(cast.KOORDINATOR, "Layanan belum pulih").plain
    assert "melanjutkan DKL-2026-0001" in place.last(DINKES, "Laporan diterima").plain
    place.reply(DINKES, "Penanganan selesai", "Masih belum bisa juga, mohon segera.")
    place.work()
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"], "a second BELUM opened a third incident"
    assert any("Masih belum bisa juga" in text for text in place.incident("DKL-2026-0002").follow_ups)


def test_a_word_of_thanks_after_the_end_opens_nothing_but_is_told(place: Town) -> None:
    closed(place)
    place.work(60)
    place.reply(DINKES, "Penanganan selesai", "Sudah normal, terima kasih. Belum ada kendala lagi.")
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]
    assert "Sudah normal" in place.last(cast.HELPDESK, "Kabar dari pelapor").plain


def test_a_belum_after_a_day_is_a_report_of_its_own(place: Town) -> None:
    closed(place)
    place.work(1500)
    place.reply(DINKES, "Penanganan selesai", "BELUM pulih")
    place.work()
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"] and not place.incident("DKL-2026-0002").continues


def closed(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")
    place.work(1)
    assert place.incident().outcome == "selesai"


SHEET = ["LEMBAR DISPOSISI", "Nomor: 12", "[x] Proses lebih lanjut", "Catatan: Segera tangani dan laporkan."]


def answer_with_sheet(place: Town, name: str, content: bytes, subtype: str) -> None:
    asked = place.last(cast.KABID, "Mohon disposisi")
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = cast.KABID, cast.OFFICE, f"Re: {asked.subject}"
    mail["Message-ID"], mail["In-Reply-To"] = "<lembar@contoh.example>", f"<{asked.message_id}>"
    mail.set_content("Terlampir lembar disposisi.")
    maintype, _, kind = subtype.partition("/")
    mail.add_attachment(content, maintype, kind, filename=name)
    place.post(cast.KABID, mail.as_bytes())


def test_a_filled_in_sheet_that_the_mail_only_points_to_is_the_answer(place: Town) -> None:
    place.to_stage("disposisi")
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    answer_with_sheet(place, "lembar.docx", docx("".join(map(paragraph, SHEET))), word)
    place.work()
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and "Segera tangani" in answer.text


def test_a_scanned_sheet_is_put_off_to_whoever_reads_slowly_and_decides_then(place: Town) -> None:
    place.to_stage("disposisi")
    place.office.reads_scans = True
    place.office.readers = InProcess(lambda _content, _format: Document("\n".join(SHEET)))
    answer_with_sheet(place, "lembar.jpg", b"\xff\xd8\xff\xe0" + bytes(900), "image/jpeg")
    done = place.work()
    assert [handled.became for handled in done.acted] == [ledger.State.PUT_OFF.value]
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and answer.decision == "disposisi"


def test_a_scanned_sheet_that_nobody_can_read_is_asked_back(place: Town) -> None:
    place.to_stage("disposisi")
    place.office.reads_scans = False
    answer_with_sheet(place, "lembar.jpg", b"\xff\xd8\xff\xe0" + bytes(900), "image/jpeg")
    place.work()
    assert place.incident().last_answer("disposisi") is None
    assert place.last(cast.KABID, "Mohon ditegaskan")


def test_several_incidents_of_one_official_are_reminded_in_one_mail(place: Town) -> None:
    for serial in (417, 418, 419):
        place.letter(serial)
    place.work()
    assert len(place.numbers()) == 3
    before = len(place.inbox(cast.HELPDESK))
    place.work(2)
    new = place.inbox(cast.HELPDESK)[before:]
    assert len(new) == 1 and "dan 2 lainnya" in new[0].subject
    assert all(number in new[0].plain for number in place.numbers())
    assert new[0].html.count("mailto:") >= 3 * 2, "an incident in the list cannot be answered by a tap"
    with place.office.database.reading() as tx:
        for number in place.numbers():
            assert Kind.LADDER_CLIMBED in {event.kind for event in journal.read_events(tx, number)}


def test_a_flood_from_one_sender_is_kept_and_listed_and_told_once(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers.trust.flood, "FROM_ONE", 3)
    for number in range(12):
        place.write(cast.SAMSAT, f"Undangan rapat {number}", "Mengundang Bapak/Ibu pada rapat besok pukul 09.00 WIB.")
    place.work()
    shown = [mail.subject for mail in place.inbox(cast.HELPDESK)]
    assert len(shown) == 4 and sum("banjir" in subject for subject in shown) == 1
    with place.office.database.reading() as tx:
        apart = [mail for mail in ledger.received(tx) if mail.state is ledger.State.SET_APART]
    assert len(apart) == 9 and {mail.note for mail in apart} == {cast.SAMSAT}
    place.work(24 * 60)
    listed = place.last(cast.HELPDESK, "karantina")
    assert "9 surel" in listed.plain and listed.plain.count(cast.SAMSAT) == 1


def test_forging_an_officials_address_does_not_shut_out_their_own_answer(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.trust.flood, "FROM_ONE", 2)
    place.to_stage("disposisi")
    for number in range(5):
        place.write(cast.SAMSAT, f"Halo {number}", "YA", claimed_sender=cast.KABID)
    place.work(0.1)
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.1)
    assert place.incident().last_answer("disposisi") is not None


def test_thanks_for_a_notice_are_noted_and_start_no_conversation(place: Town) -> None:
    place.to_stage("penerusan_analisis")
    before = len(place.inbox(cast.HELPDESK))
    place.reply(cast.HELPDESK, "Dicatat", "Baik, terima kasih 🙏")
    place.work(0.1)
    assert len(place.inbox(cast.HELPDESK)) == before
    assert place.incident().late == () and place.incident().refused == ()


def test_helpdesk_has_an_ended_incident_worked_on_again_by_darurat(place: Town) -> None:
    closed(place)
    place.work(3 * 24 * 60)
    place.reply(DINKES, "Penanganan selesai", "Mohon ditinjau kembali, hasilnya kurang memuaskan.")
    place.work()
    place.reply(cast.HELPDESK, "Kabar dari pelapor", "DARURAT")
    place.work()
    assert place.incident("DKL-2026-0002").continues == "DKL-2026-0001"


def test_a_mail_that_is_tried_again_and_again_is_no_flood(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers.trust.flood, "FROM_ONE", 2)
    with place.office.database.writing() as tx:
        ledger.enter(tx, None, mail_id="a", sha256="0" * 64, message_id="", size=1, now=place.clock.now())
        mail = ledger.read_mail(tx, "a")
    assert mail is not None
    letter = read_mail(b"From: x@y.example\r\nSubject: a\r\n\r\nb")
    assert not any(handlers.trust.flood.is_flood(place.office, mail, letter, has_token=False) for _ in range(9))


def test_an_assignment_to_somebody_unknown_is_asked_back_and_sends_nobody(place: Town) -> None:
    place.to_stage("penugasan")
    place.reply(cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Satelit")
    place.work(0.2)
    assert place.incident().last_answer("penugasan") is None
    assert "tidak tercatat" in " ".join(place.last(cast.KOORDINATOR, "Mohon ditegaskan").plain.split())
    place.reply(cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Aplikasi")
    place.work(0.2)
    current = place.incident().current
    assert current is not None and {asked.person for asked in current.asked} == {"tim_aplikasi"}


def test_mail_of_ours_that_comes_back_is_no_flood_however_much_it_is(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.to_stage("disposisi")
    monkeypatch.setattr(handlers.trust.flood, "FROM_ONE", 0)
    asked = place.last(cast.KABID, "Mohon disposisi")
    bounce = EmailMessage(policy=SMTP)
    bounce["From"], bounce["To"], bounce["Subject"] = "mailer-daemon@contoh.example", cast.OFFICE, "Undelivered Mail"
    bounce["Message-ID"] = "<pantulan@contoh.example>"
    bounce.set_content(f"550 5.1.1 <{cast.KABID}>: mailbox unavailable\n\nMessage-ID: <{asked.message_id}>\n")
    place.post(cast.SAMSAT, bounce.as_bytes())
    place.work(0.1)
    assert "tidak sampai" in place.last(cast.SEKRETARIS, "Mohon disposisi").plain, "a bounce was held back as a flood"


def test_helpdesk_knows_at_once_that_general_mail_is_kept_for_the_morning(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.trust.flood, "GENERAL", 2)
    for number in range(5):
        place.write(cast.SAMSAT, f"Undangan rapat {number}", "Mengundang Bapak/Ibu pada rapat besok pukul 09.00 WIB.")
    place.work()
    shown = [mail.subject for mail in place.inbox(cast.HELPDESK)]
    assert sum("Bukan laporan" in subject for subject in shown) == 2
    assert sum("banjir" in subject for subject in shown) == 1
