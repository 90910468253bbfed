"""A filled-in Lembar Disposisi is the answer, where the mail only points to it."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from parsers.documents.document import Document
from register import ledger
from tests import cast
from tests.parsers.documents import docx, paragraph
from tests.reading import InProcess
from tests.town import Town

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
