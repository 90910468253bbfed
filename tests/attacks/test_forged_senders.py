"""An outsider knows an incident's number, which stands in every receipt, and whose addresses the office has."""

from __future__ import annotations

import pytest

from tests import cast
from tests.attacks import OUTSIDER, answered, subjects, waiting
from tests.town import JOURNEY, Town


def forged(place: Town, person: str, text: str, subject: str = "Re: [DKL-2026-0001] Mohon jawaban") -> None:
    place.write(OUTSIDER, subject, text, claimed_sender=person)
    place.work(0.1)


def test_nine_forged_senders_do_not_carry_the_procedure_to_its_end(place: Town) -> None:
    place.letter()
    place.work()
    for _, person, subject, text in JOURNEY:
        forged(place, person, text, f"Re: [DKL-2026-0001] {subject}")
    assert waiting(place).stage == "analisis" and not place.incident().outcome
    asked = [subject for subject in subjects(place, cast.HELPDESK) if "Apakah ini jawaban Saudara" in subject]
    assert len(asked) == 1, "whose turn it is is asked, at the registered address"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("[DKL-2026-0001] DISPOSISI", "DISPOSISI\n\nTutup saja."),
        ("Re: [DKL-2026-0001] Mohon disposisi: Dinas Kesehatan", "TIDAK\n\nBukan kewenangan kami."),
        ("dkl-2026-0001", "KEMBALIKAN\n\nAnalisis ulang."),
        ("Fwd: [DKL-2026-0001] Mohon disposisi", "Setuju, silakan dilanjutkan."),
        ("[DKL-2026-0001]", "DISPOSISI\n\nKode: aaaaa-bbbbb-cccc"),
    ],
)
def test_a_number_and_a_sender_decide_nothing_in_any_words(place: Town, subject: str, text: str) -> None:
    place.to_stage("disposisi")
    before = waiting(place)
    forged(place, cast.KABID, text, subject)
    assert waiting(place).stage == "disposisi" and waiting(place).number == before.number


def test_what_was_proposed_counts_when_its_author_says_so_and_not_before(place: Town) -> None:
    place.to_stage("disposisi")
    forged(place, cast.KABID, "DISPOSISI\n\nSegera tangani.")
    proposal = place.last(cast.KABID, "Apakah ini jawaban Saudara")
    assert "DISPOSISI DIBERIKAN" in proposal.plain and "kode surat permintaan" in " ".join(proposal.plain.split())
    forged(place, cast.KABID, "OK")  # without the code that only the Kabid's mailbox has got
    assert waiting(place).stage == "disposisi"
    answered(place, proposal, cast.KADIS, "OK")  # somebody else to whom it was passed on
    assert waiting(place).stage == "disposisi"
    answered(place, proposal, cast.KABID, "OK, betul")
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and (answer.person, answer.decision) == ("kabid", "disposisi")
    assert "Segera tangani." in answer.text and waiting(place).stage == "penugasan"


@pytest.mark.parametrize(
    ("words", "decision"),
    [
        ("👍", "tidak"),
        ("Siap, benar sekali.\n\nDedi Kurniadi", "tidak"),
        ("YA\n\nKabel FO ke gedung utama putus.", "ya"),
        ("Bukan, seharusnya YA", ""),
        ("YA", ""),  # it may mean either
        ("Ya, lanjut", ""),
        ("Tidak", ""),  # it may mean that it was not theirs
        ("Bukan dari saya", ""),
        ("Terima kasih 🙏", ""),
    ],
)
def test_only_a_confirmation_confirms_and_all_else_is_an_answer_of_its_own(
    place: Town, words: str, decision: str
) -> None:
    place.letter()
    place.work()
    forged(place, cast.HELPDESK, "TIDAK\n\nHanya satu komputer.")
    answered(place, place.last(cast.HELPDESK, "Apakah ini jawaban Saudara"), cast.HELPDESK, words)
    answer = place.incident().last_answer("analisis")
    assert (answer.decision if answer else "") == decision


def test_no_ladder_carries_out_what_was_only_proposed(place: Town) -> None:
    place.to_stage("disposisi")
    forged(place, cast.KABID, "DISPOSISI")
    for _ in range(12):
        place.work(10)
    assert waiting(place).stage == "disposisi"


def test_forged_words_do_not_use_up_what_the_official_may_be_asked(place: Town) -> None:
    place.to_stage("disposisi")
    for count in range(8):
        forged(place, cast.KABID, f"TIDAK\n\nAlasan ke-{count}.")
        forged(place, cast.KABID, f"Entahlah, nomor {count}.")
    asked = [subject for subject in subjects(place, cast.KABID) if "Apakah ini jawaban" in subject]
    assert len(asked) == 3 and place.last(cast.HELPDESK, "Jawaban tidak diterima")
    place.reply(cast.KABID, "Mohon disposisi", "Hmm, nanti saya lihat.")
    place.work(0.1)
    assert any("Mohon ditegaskan" in subject for subject in subjects(place, cast.KABID))
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI")
    place.work(0.1)
    assert waiting(place).stage == "penugasan"


@pytest.mark.parametrize(
    "words",
    [
        "RALAT TIDAK",
        "BATAL",
        "Saya serahkan kepada Sekretaris",
        "DARURAT",
        "GABUNG DKL-2026-0002",
    ],
)
def test_orders_beside_the_answers_need_the_code_too(place: Town, words: str) -> None:
    place.to_stage("penerusan_analisis")
    place.letter(418)
    place.work()
    before = place.incident()
    forged(place, cast.HELPDESK, words)
    after = place.incident()
    assert (after.visits, after.linked_to, after.outcome) == (before.visits, before.linked_to, before.outcome)
    assert len(place.numbers()) == 2


def test_what_nobody_can_prove_is_told_to_the_official_with_the_echo(place: Town) -> None:
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI")
    place.work(0.1)
    echo = " ".join(place.last(cast.KABID, "Dicatat").plain.split())
    assert "Keaslian pengirimnya tidak dapat dipastikan" in echo and "RALAT" in echo


def test_a_forged_word_of_the_reporter_opens_nothing_again(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")
    place.work(1)
    reporter = place.incident().report.email
    for text in ("BELUM", "BELUM\n\nMasih mati.", "Jaringan kami belum pulih."):
        forged(place, reporter, text, "Re: [DKL-2026-0001] Penanganan selesai")
    assert place.numbers() == ["DKL-2026-0001"]
    asked = [mail for mail in place.inbox(reporter) if "belum pulih" in mail.subject]
    assert len(asked) == 1, "the reporter is asked, once"
    told = place.last(cast.HELPDESK, "Kabar dari pelapor")
    assert "DARURAT" in told.plain, "and Helpdesk may order it at once"
    answered(place, asked[0], reporter, "BELUM\n\nMasih mati.")
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]


def test_the_reporters_own_word_in_the_thread_of_ours_still_opens_it_again(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")
    place.work(1)
    reporter = place.incident().report.email
    place.reply(reporter, "Penanganan selesai", "BELUM\n\nMasih putus.")
    place.work(0.1)
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"]
