"""What has an hour of its own, which is nobody's start, end or term: "rapat pukul 10.00", "sidang jam 13.00"."""

from __future__ import annotations

import re

MEETINGS = (
    r"(?:rapat|acara|kegiatan|sidang|upacara|ujian|rakor(?:nas|da)?|musrenbang|pelantikan|kunjungan|apel|seminar|webinar|meeting|zoom(?: meeting)?|vicon|vidcon|"
    r"video ?conference|konferensi|paripurna|audiensi|lelang|tender|pembukaan|penutupan|peresmian|launching|bimtek|pelatihan|sosialisasi|siaran|presentasi|wawancara|"
    r"jadwal|agenda|janji|piket|dinas luar)"
)
_MEETING = re.compile(rf"\b{MEETINGS}\b([^.;]{{0,60}})$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:sejak|semenjak|sedari|dari|since|terhenti|selesai|sebelum|sampai|hingga)\b", re.IGNORECASE)


def before_meeting_hour(before: str) -> str | None:
    """Whether the words right before an hour make it a meeting's: then what stands between the two; else None."""
    match = _MEETING.search(before[-90:])
    return match[1] if match and not _SINCE.search(match[1]) else None
