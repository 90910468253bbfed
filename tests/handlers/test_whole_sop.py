"""One letter travels the whole SOP over real SMTP and IMAP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handlers.oral_report import OralReport, enter_oral_report
from handlers.rounds import act_on_waiting_mail, collect_waiting_mail
from outbox import queue
from register import journal, ledger
from siaga.demo import cast
from siaga.demo.letters import DINKES
from sop.events import Kind
from sop.story import story
from templates import words
from tests.servers.real_house import RealHouse
from tests.town import JOURNEY, Town, empty_journal, town


def test_a_letter_travels_all_eight_steps(place: Town) -> None:
    place.letter()
    place.work()
    for _, address, subject, text in JOURNEY:
        place.reply(address, subject, text)
        place.work(1)
    incident = place.incident()
    assert incident.outcome == "selesai"
    assert [visit.stage for visit in incident.visits] == [name for name, *_ in JOURNEY]
    clocks = incident.step_clocks(place.office.procedure())
    assert all(clock.answered and clock.on_time for clock in clocks)
    assert incident.report["nomor"] == "500.12.3/417/Dinkes-Set/2026"
    assert incident.report["opd"] == "Dinas Kesehatan"
    papers = {path.name for path in (place.office.papers_folder / incident.number).iterdir()}
    assert papers == {
        f"{title}-{incident.number}.pdf"
        for title in (
            "Laporan-Akhir",
            "Laporan-Analisis",
            "Laporan-Hasil-Penanganan",
            "Lembar-Disposisi",
            "Berita-Acara",
        )
    }
    subjects = [mail.subject for mail in place.inbox(DINKES)]
    assert [subject.partition("] ")[2].partition(":")[0] for subject in subjects] == [
        "Laporan diterima",
        "Penanganan dimulai",
        "Penanganan selesai",
    ]


def test_nobody_gets_the_same_mail_twice_however_often_the_office_works(place: Town) -> None:
    place.to_stage("disposisi")
    before = {address: len(place.inbox(address)) for address in cast.ADDRESSES}
    for _ in range(3):
        place.restart()
        place.work()
    assert {address: len(place.inbox(address)) for address in cast.ADDRESSES} == before


def test_the_office_can_lose_its_memory_between_any_two_steps(place: Town) -> None:
    place.letter()
    place.restart()
    place.work()
    for _, address, subject, text in JOURNEY:
        place.restart()
        place.reply(address, subject, text)
        place.restart()
        place.work(1)
    assert place.incident().outcome == "selesai"
    assert len(place.incident().visits) == len(JOURNEY)


def test_the_whole_sop_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    with town(tmp_path / "kantor", journal_url=postgres_url) as place:
        empty_journal(place.office.database)
        place.restart()
        place.to_stage("penerimaan")
        place.reply(*JOURNEY[-1][1:])
        place.work(1)
        assert place.incident().outcome == "selesai"


def test_the_whole_sop_on_dovecot_and_postfix(tmp_path: Path) -> None:
    with RealHouse(cast.ADDRESSES) as house, town(tmp_path / "kantor", house=house) as place:
        place.to_stage("penerimaan")
        place.reply(*JOURNEY[-1][1:])
        place.work(1)
        assert place.incident().outcome == "selesai"
        keys = [mail.message_id for mail in place.inbox(cast.HELPDESK)]
        assert len(keys) == len(set(keys))


def test_helpdesk_says_no_and_the_opd_is_told_why(place: Town) -> None:
    place.letter()
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya pemeliharaan terjadwal sampai pukul 10.")
    place.work(1)
    assert place.incident().outcome == "bukan_darurat"
    told = place.last(DINKES, "Hasil analisis")
    assert "pemeliharaan terjadwal" in told.plain
    assert not [mail for mail in place.inbox(cast.KOORDINATOR) if "DKL-2026-0001" in mail.subject]


def test_silence_is_reminded_and_then_the_deputy_answers(place: Town) -> None:
    place.to_stage("disposisi")
    place.work(2)
    assert "Pengingat" in place.last(cast.KABID, "Pengingat").subject
    place.work(1)
    asked = place.last(cast.SEKRETARIS, "Mohon disposisi")
    assert "batas waktu terlampaui" in asked.plain
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "Setuju. Segera tangani.")
    place.work(1)
    incident = place.incident()
    disposisi = incident.last_answer("disposisi")
    assert disposisi is not None
    assert (disposisi.capacity, disposisi.title) == ("wakil", "Plh. Kepala Bidang Aplikasi Informatika")
    assert "Sudah diputuskan" in place.last(cast.KABID, "Sudah diputuskan").subject
    step = incident.step_clocks(place.office.procedure())[3]
    assert step.started is not None and step.answered is None  # the Koordinator still has to name a team


def test_a_forwarding_step_goes_on_by_itself_and_says_so(place: Town) -> None:
    place.to_stage("penerusan_analisis")
    place.work(7)
    incident = place.incident()
    answer = incident.visits[1].answer
    assert answer is not None and answer.by_system
    assert incident.current is not None and incident.current.stage == "disposisi"
    assert "Diteruskan otomatis" in place.last(cast.KOORDINATOR, "Diteruskan otomatis").subject


def test_a_deciding_step_is_never_decided_by_the_machine(place: Town) -> None:
    place.to_stage("analisis")
    for _ in range(12):
        place.work(30)
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "analisis"
    assert place.last(cast.KOORDINATOR, "Mohon analisis")  # the next superior was asked


def test_the_team_reports_progress_and_asks_for_time(place: Town) -> None:
    place.to_stage("penanganan")
    place.reply(cast.JARINGAN, "Penugasan penanganan", "PROGRES\n\nKabel sedang disambung.")
    place.work(5)
    place.reply(cast.JARINGAN, "Penugasan penanganan", "MINTA WAKTU 45 menit\n\nMenunggu alat.")
    place.work(5)
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "penanganan"
    assert [answer.decision for answer in incident.current.recorded] == ["progres", "minta_waktu"]
    assert incident.step_clocks(place.office.procedure())[4].standard.total_seconds() == 105 * 60
    assert "Kabel sedang disambung" in place.inbox(DINKES)[-2].plain


def test_an_unclear_answer_is_asked_back_and_decides_nothing(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "Ya, tapi ini bukan darurat menurut saya")
    place.work(1)
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "analisis"
    back = place.last(cast.HELPDESK, "Mohon ditegaskan")
    assert "bukan darurat menurut saya" in back.plain
    place.reply(cast.HELPDESK, "Mohon ditegaskan", "YA, darurat")
    place.work(1)
    assert place.incident().visits[0].answer is not None


def test_a_stranger_who_quotes_the_number_decides_nothing_and_helpdesk_is_told(place: Town) -> None:
    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    place.write(cast.SAMSAT, f"Re: {asked.subject}", "DISPOSISI\n\nTutup saja.", In_Reply_To=f"<{asked.message_id}>")
    place.work(1)
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "disposisi"
    assert "tidak terdaftar" in place.last(cast.HELPDESK, "Jawaban tidak diterima").plain


def test_the_same_answer_twice_counts_once(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "YA")
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK")
    place.work(1)
    incident = place.incident()
    assert incident.visits[0].answer is not None and incident.visits[0].answer.decision == "ya"
    assert incident.current is not None and incident.current.stage == "penerusan_analisis"
    with place.office.database.reading() as tx:
        kinds = [event.kind for event in journal.read_events(tx, incident.number)]
    assert kinds.count(Kind.LATE) == 1


def test_a_returned_report_goes_back_and_comes_again(place: Town) -> None:
    place.to_stage("pelaporan_kabid")
    place.reply(cast.KABID, "Mohon laporan hasil diteruskan", "KEMBALIKAN\n\nLengkapi penyebabnya.")
    place.work(1)
    incident = place.incident()
    assert incident.current is not None
    assert (incident.current.stage, incident.current.number) == ("pengiriman_laporan", 2)
    assert "Lengkapi penyebabnya" in place.last(cast.HELPDESK, "Mohon periksa dan kirim").plain


def test_a_later_mail_of_the_opd_joins_the_incident(place: Town) -> None:
    place.to_stage("penanganan")
    place.reply(DINKES, "Laporan diterima", "Tambahan: gedung B juga putus.")
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"]
    assert "gedung B juga putus" in place.last(cast.JARINGAN, "Kabar dari pelapor").plain


def test_the_mail_is_archived_before_it_is_parsed(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    place.letter()

    def crash(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("handlers.mail_arrived.read_mail", crash)
    with pytest.raises(KeyboardInterrupt):
        place.work()
    monkeypatch.undo()
    with place.office.database.reading() as tx:
        kept = ledger.waiting(tx)
    assert len(kept) == 1 and place.office.archive.get(kept[0].sha256)
    place.restart()
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]


def test_a_mail_that_breaks_us_stops_only_itself(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from parsers import letter

    real = letter.read_letter

    def breaks(raw: bytes, *arguments: object) -> object:
        if b"racun" in raw:
            raise RecursionError("racun")
        return real(raw, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("handlers.letter_arrived.read_letter", breaks)
    place.write(cast.SAMSAT, "racun", "Internet mati, mohon bantuan.")
    place.letter()
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]
    place.work()
    place.work()
    told = place.last(cast.HELPDESK, "tidak terbaca")
    assert b"racun" in told.attachments[0].content
    assert len([m for m in place.inbox(cast.HELPDESK) if "tidak terbaca" in m.subject]) == 1


def test_what_cannot_be_read_goes_to_helpdesk_with_the_original(place: Town) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = DINKES, cast.OFFICE, "Surat"
    message["Message-ID"] = "<scan@contoh.example>"
    message.set_content("Terlampir.")
    message.add_attachment(b"%PDF-1.4 not really", "application", "pdf", filename="pindai.pdf")
    place.post(DINKES, message.as_bytes())
    place.work()
    assert place.incident().report["belum_terbaca"]
    asked = place.last(cast.HELPDESK, "Mohon analisis")
    assert [part.filename for part in asked.attachments] == ["pindai.pdf"]


def test_routine_mail_opens_no_incident_and_is_shown_to_helpdesk(place: Town) -> None:
    place.write(DINKES, "Undangan Rapat Koordinasi", "Dengan hormat, kami mengundang Saudara hadir pada rapat.")
    place.work()
    assert place.numbers() == []
    assert place.last(cast.HELPDESK, "Bukan laporan darurat")


def test_a_bounce_is_told_to_helpdesk_and_never_answered(place: Town) -> None:
    place.to_stage("analisis")
    asked = place.last(cast.HELPDESK, "Mohon analisis")
    bounce = (
        f"From: MAILER-DAEMON@contoh.example\r\nTo: {cast.OFFICE}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "MIME-Version: 1.0\r\nMessage-ID: <b1@contoh.example>\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\n550 5.1.1 user unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{asked.message_id}>\r\n--b--\r\n"
    )
    place.post(cast.SAMSAT, bounce.encode())
    place.work(1)
    with place.office.database.reading() as tx:
        events = journal.read_events(tx, "DKL-2026-0001")
        answers = [mail for mail in queue.everything(tx) if mail.recipient == "mailer-daemon@contoh.example"]
    assert events[-1].kind is Kind.UNDELIVERED and events[-1].data["to"] == cast.HELPDESK
    assert answers == []


def test_the_workbook_has_one_row_an_incident_with_its_clocks(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(*JOURNEY[-1][1:])
    place.work(1)
    book = load_workbook(place.office.register_folder / "register-2026.xlsx")
    rows = list(book["Register"].iter_rows(values_only=True))
    groups, headings, row = rows[0], rows[1], rows[2]
    assert len(rows) == 3 and row[0] == "DKL-2026-0001"
    first = groups.index("Langkah 2: Analisis Helpdesk")
    assert headings[first : first + 6] == ("Baku (menit)", "Mulai", "Dijawab", "Oleh", "Menit", "Tepat waktu")
    assert row[first] == 3 and row[first + 3] == "Dedi Kurniadi, A.Md." and row[first + 5] == "Ya"


def test_the_same_oral_report_twice_is_one_incident(place: Town) -> None:
    said = OralReport("telepon", "Dinkes", "Internet kantor mati sejak pukul 08.00.", email=DINKES, reference="run-1")
    assert enter_oral_report(place.office, said) == enter_oral_report(place.office, said) == "DKL-2026-0001"
    enter_oral_report(place.office, replace(said, reference="run-2"))
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]
    place.work()
    assert len(place.inbox(DINKES)) == 2
    with place.office.database.reading() as tx:
        assert {mail.became for mail in ledger.received(tx)} == {"insiden"}, "the note of the call is not archived"


def test_a_refused_mail_is_told_to_helpdesk_once_even_if_the_desk_dies_in_between(place: Town) -> None:
    people = place.folder / "pejabat.yaml"
    people.write_text(
        people.read_text(encoding="utf-8").replace(cast.KOORDINATOR, "tidak.ada@contoh.example"), encoding="utf-8"
    )
    place.restart()
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "YA")
    place.clock.forward(minutes=1)
    collect_waiting_mail(place.office)
    act_on_waiting_mail(place.office)
    place.office.postman.deliver_due()  # refused, and the desk dies before anybody is told
    place.restart()
    place.work()
    place.work()
    told = [mail for mail in place.inbox(cast.HELPDESK) if "tidak sampai ke tidak.ada@" in mail.subject]
    assert len(told) == 1 and "550" in told[0].plain


def test_a_clock_that_is_set_back_loses_nothing_and_the_sop_goes_on(
    place: Town, caplog: pytest.LogCaptureFixture
) -> None:
    place.to_stage("disposisi")
    place.work(minutes=-120)
    assert "jam mesin dimundurkan" in caplog.text
    place.work(2)
    assert place.last(cast.KABID, "Pengingat")
    for name, address, subject, text in JOURNEY[2:]:
        assert (current := place.incident().current) is not None and current.stage == name
        place.reply(address, subject, text)
        place.work(1)
    assert place.incident().outcome == "selesai"
    assert "Jam mesin dimundurkan 120 menit" in run_story(place)


def run_story(place: Town) -> str:
    with place.office.database.reading() as tx:
        events = journal.read_events(tx, "DKL-2026-0001")
    return "\n".join(line.what for line in story(events, place.office.procedure(), words(), full=True))
