"""When a mail was received is what our server says, not what its sender's clock says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from inbox.identity import author
from inbox.received import received_at

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
AT_TWO = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TRACE = "Received: from opd.example by mx.contoh.example (Postfix) with ESMTP id 4;\r\n\tMon, 23 Nov 2026 09:00:00 +0700 (WIB)\r\n"
OLDER = "Received: from kantor.example by opd.example; Mon, 23 Nov 2026 08:10:00 +0700\r\n"
DATE = "Date: Mon, 23 Nov 2026 08:00:00 +0700\r\n"


@pytest.mark.parametrize(
    ("head", "internal", "expected"),
    [
        (TRACE + OLDER + DATE, AT_TWO, AT_TWO),
        (DATE, AT_TWO, AT_TWO),
        (TRACE + OLDER + DATE, None, AT_TWO),
        (DATE, None, datetime(2026, 11, 23, 1, 0, tzinfo=UTC)),
        ("", None, NOW),
        ("", datetime(2099, 1, 1, tzinfo=UTC), NOW),
        (TRACE, datetime(2099, 1, 1, tzinfo=UTC), NOW),
        (TRACE, datetime(1970, 1, 1, tzinfo=UTC), AT_TWO),
        (TRACE, datetime(2015, 3, 1, tzinfo=UTC), AT_TWO),
        ("Received: by x; Sat, 1 Jan 2099 00:00:00 +0000\r\n", AT_TWO, AT_TWO),
        ("Received: by x; Sat, 1 Jan 2099 00:00:00 +0000\r\n", None, NOW),
        ("Received: by x; Tue, 3 Mar 2015 00:00:00 +0000\r\n", AT_TWO, AT_TWO),
        ("Received: tanpa tanggal\r\n", None, NOW),
        ("Received: by x; 99 Foo 99999999 99:99:99 +9999\r\n", None, NOW),
        ("Date: Sat, 1 Jan 2099 00:00:00 +0000\r\n", None, NOW),
        ("Date: 23/11/2026\r\n", None, NOW),
    ],
)
def test_the_servers_own_word_counts_unless_it_is_absurd(
    head: str, internal: datetime | None, expected: datetime
) -> None:
    raw = f"{head}From: a@opd.example\r\n\r\nReceived: by y; Mon, 23 Nov 2026 09:30:00 +0700\r\n".encode()
    assert received_at(raw, internal, NOW) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Rina <Rina@Samsat.example>", "rina@samsat.example"),
        ('"Rina, Samsat" <rina@samsat.example>', "rina@samsat.example"),
        ('"lain@lain.example" <rina@samsat.example>', "rina@samsat.example"),
        ("rina@samsat.example (Rina)", "rina@samsat.example"),
        ("=?utf-8?q?Rina?=\r\n <rina@samsat.example>", "rina@samsat.example"),
        ("<>", ""),
        ("Rina", ""),
    ],
)
def test_whose_address_stands_in_the_from_field(field: str, expected: str) -> None:
    assert author(f"Subject: x\r\nFrom: {field}\r\n\r\nFrom: c@d.example".encode()) == expected
