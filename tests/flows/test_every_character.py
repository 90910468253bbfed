"""Any character in an incident: its case file can be sent to any Prefect server, whatever its database."""

from __future__ import annotations

import json
from itertools import cycle

from flows.case_card import Case, card_markdown
from office.words_file import read_words
from sop.codec import from_data
from sop.report import Report
from templates.characters import plain_values
from tests.characters import EVERY, ODD, filled, in_parts
from tests.outbox.test_every_character import REPORT, reporting
from tests.sop.test_decide import PEOPLE, Journey


def test_every_character_there_is_may_stand_in_a_card() -> None:
    journey = Journey().to("disposisi")
    texts = in_parts(EVERY, 160)
    for chosen in (*([texts] * 12), cycle([ODD])):
        report = from_data(Report, filled(REPORT, chosen))
        events = [reporting(e, report) for e in journey.events]
        case = Case("DKL-2026-0001", events, journey.procedure, PEOPLE, read_words())
        sent = plain_values({"data": card_markdown(case, case.incident), "tags": [ODD]})
        text = json.dumps(sent, ensure_ascii=False).encode().decode()
        assert "\\u0000" not in text and json.loads(text) == sent  # PostgreSQL takes no NUL
        assert "| No | Langkah |" in sent["data"] and sent["data"].count("\n| **") >= 9
