"""What the templates can speak of, under Indonesian names, because staff edit them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from outbox.matter import Choice, Matter
from outbox.told import Told
from sop.codec import object_of
from sop.events import Corrected
from sop.incident import due
from sop.mails import MailTemplate
from sop.report import Report, Urgency
from sop.standing import Standing
from sop.story import went_on
from sop.verdict import Outgoing, Said
from sop.who_reads import Audience
from templates import phrasing
from templates.words import Words

SHOWS_ORIGINS = (
    *(MailTemplate.RECEIPT, MailTemplate.ANALYSIS_ASKED, MailTemplate.CARD_COMPLETED),
    *(MailTemplate.CARD_CORRECTED, MailTemplate.CORRECTION_RECORDED),
)
"""Whoever can correct what was read is shown where it was read, and what is uncertain."""
ANSWERED_AT_ONCE = (MailTemplate.REMINDER, MailTemplate.RECORDED_TOGETHER)
"""One reply to these may answer all that they name (`handlers/meaning/asked_together.py`)."""
TAKES_ROOM = ("teks", "alasan", "catatan")
"""What stands above the answers in place of the summary, so that the first of them is seen without scrolling."""
UNSAID: Mapping[str, Said] = {
    "alasan": "",
    "catatan": "",
    "teks": "",
    "lisan": "",
    "dipahami": "",
    "keputusan": "",
    "dilengkapi": (),
    "dari_pelapor": True,
    "terakhir_dikabarkan": False,
    "segera": False,
    "rincian": "",
    "arahan": False,
    "diteruskan_kepada": "",
    "susulan": False,
    "menyusul": False,
    "mirip_koreksi": "",
    "lain_dari_koreksi": (),
    "belum_memutuskan": False,
}
"""What only some letters say: for all others it is this."""


def values(
    letter: Outgoing, matter: Matter, share: Told, words: Words, choices: Sequence[Choice], token: str
) -> dict[str, Any]:
    """All that the template of `letter` can speak of. `choices`: what the reader can tap."""
    procedure, incident = matter.standing.procedure, share.incident
    stage = procedure.stage(letter.stage) if letter.stage else None
    visit = incident.visit(letter.stage, letter.visit) if stage else None
    lines, is_official = share.lines, share.audience is Audience.OFFICIAL
    step = procedure.step(stage.step) if stage else None
    like = incident.like if stage == procedure.first_stage() else ()
    found: dict[str, Any] = {
        **_of_report(letter, matter, share, words),
        "insiden": incident.number,
        "cerita": lines,
        "terakhir": lines[-1] if lines else None,
        "penerima": matter.reader,
        "langkah": step,
        "tahap": stage.label if stage else "",
        "jumlah_langkah": len(procedure.steps),
        "baku": stage.allowance if stage else None,
        "tenggat": due(visit, stage, letter.person.name) if visit and stage else None,
        "dijawab": share.answer(visit.stage, visit.answer, words) if visit else None,
        "hasil": next((o.label for o in procedure.outcomes if o.name == incident.outcome), ""),
        "prosedur": procedure,
        "otomatis": went_on(stage, visit.answer.decision, words) if stage and visit and visit.answer else "",
        "jawaban_tahap": dict(share.answers),
        "pilihan": choices,
        "mirip": [other for other in like if not other.selesai],
        "terdahulu": [other for other in like if other.selesai],
        "lampiran": [attachment.filename for attachment in matter.attachments],
        "surat": matter.letter_text,
        "surat_terlampir": matter.whole,
        "lanjutan": incident.continues,
        "dibuka_lagi": phrasing.reopening(incident.reopened, words) if is_official else "",
        "cara_dibuka": incident.reopened.how if incident.reopened else "",
        "sebutan_jawaban": words.recorded,
        "ditunggu": letter.asks,
        "kode": token,
        "sidik": tuple(matter.witness),
        "lainnya": matter.also,
        "kini": matter.now,
        "lainnya_lagi": matter.more,
        "boleh_sekaligus": letter.template in ANSWERED_AT_ONCE,
    }
    return {**UNSAID, **found, **letter.extra}


def _of_report(letter: Outgoing, matter: Matter, share: Told, words: Words) -> dict[str, Any]:
    """What was reported, and how it was corrected."""
    incident = share.incident
    correction = _corrected_last(matter.standing) if share.audience is Audience.OFFICIAL else None
    origins = letter.template in SHOWS_ORIGINS
    card = phrasing.card_values(incident, words, share.audience, origins=origins, enclosed=matter.whole)
    headline = phrasing.headline(card, incident.report, brief=any(map(letter.extra.get, TAKES_ROOM)))
    shown = {"hal": headline.hal, "ringkasan": headline.ringkasan}
    small_print = [(words.card[name], value) for name, value in card.items() if value != shown.get(name)]
    return {
        "opd": incident.report.opd or words.no_office,
        "hal": incident.report.hal or "",
        "layanan": phrasing.services(incident.report, words) or "layanan",
        "laporan": object_of(incident.report),
        "pokok": phrasing.subject_matter(incident.report, words),
        "pokok_singkat": phrasing.subject_matter(incident.report, words, short=True),
        "kartu": [(words.card[name], value) for name, value in card.items()],
        "inti": headline,
        "kartu_selebihnya": sorted(small_print, key=lambda row: row[0] != words.card["ringkasan"]),
        "dikoreksi": phrasing.corrections(correction, words),
        "sudah_demikian": phrasing.already_so(correction, words),
        "belum_diterapkan": correction.not_applied if correction else (),
        "dikoreksi_oleh": f"{correction.name} ({correction.title})" if correction else "",
        "kegentingan": incident.report.kegentingan or Urgency(),
        "sumber": phrasing.usual_origin(incident.report),
        "bermasalah": _closed(incident.report, words),
        "kurang": _missing(incident.report, words),
        "nama_isian": words.fields,
    }


def _corrected_last(standing: Standing) -> Corrected | None:
    """The newest correction of the card: of it speak the mails that it brings about."""
    return next((event.data for event in reversed(standing.events) if isinstance(event.data, Corrected)), None)


def _closed(report: Report, words: Words) -> list[tuple[str, str]]:
    """Attachments that could not be opened: name, and what the sender can do about it."""
    return [(name, words.attachment_faults.get(reason, reason)) for name, reason in report.lampiran_bermasalah or ()]


def _missing(report: Report, words: Words) -> list[str]:
    return [label for field, label in words.asked_for.items() if not report.knows(field)]
