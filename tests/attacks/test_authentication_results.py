"""An Authentication-Results field that seems to vouch for a mail, and does not.

The strict Kabid's answer counts only if our own server vouches for its author.
"""

from __future__ import annotations

import email.utils

import pytest

from tests import cast
from tests.handlers.test_trust import believe
from tests.town import Town

OURS, PASS = "mx.contoh.example", "dmarc=pass header.from=contoh.example"
VOUCHES_NOT = (
    f"{OURS}; arc.dmarc=pass header.from=contoh.example",
    f"{OURS}; spf=none policy.dmarc=pass header.from=contoh.example",
    f"{OURS}; x-dmarc=pass header.from=contoh.example",
    f'{OURS}; spf=none reason="a\\"; {PASS}; b\\""',
    f'{OURS}; spf=none (a " b) smtp.mailfrom="{PASS}"; spf=none (c " d)',
    f"{OURS}; spf=none (a \\) {PASS})",
    f"{OURS}; spf=none smtp.mailfrom==?utf-8?q?x=3B_dmarc=3Dpass_header=2Efrom=3Dcontoh=2Eexample?=",
    f"=?utf-8?q?{OURS}=3B_dmarc=3Dpass?= header.from=contoh.example",
    f'"{OURS}; {PASS}"',
    f"({OURS}; {PASS})",
    f"mx.jahat.example; spf=none ({OURS}; {PASS})",
    f"mx.jahat.example; {PASS}\r\nAuthentication-Results: {OURS}; dmarc=none\r\nAuthentication-Results: {OURS}; {PASS}",
    f"{OURS}.jahat.example; {PASS}",
    f"{OURS} 2; {PASS}",
    f"{OURS}; dmarc/2=pass header.from=contoh.example",
    f"{OURS}; dmarc=pass",
    f"{OURS}; dmarc=pass action=none",
    f"{OURS}; dmarc=pass; spf=pass header.from=contoh.example",
    f"{OURS}; dmarc=pass header.from=example",
    f"{OURS}; dmarc=pass header.from=jahat.example",
    f"{OURS}; dmarc=pass header.from=contoh.example header.from=jahat.example",
    f"{OURS}; {PASS}; dmarc=none",
    f"{OURS}; {PASS}; {PASS}",
    f"{OURS}; dmarc=fail; {PASS}",
    f"{OURS}; dmarc=bestguesspass header.from=contoh.example",
    f"{OURS}; {PASS} (",
    f"{OURS}; {PASS}; sama sekali bukan",
    f'{OURS}; {PASS}; spf=none "',
    PASS,
    "",
)


@pytest.fixture
def strict(place: Town) -> Town:
    people = place.folder / "pejabat.yaml"
    people.write_text(people.read_text(encoding="utf-8") + "\nkepercayaan: {kabid: strict}\n", encoding="utf-8")
    believe(place)
    place.to_stage("disposisi")
    return place


def answer(place: Town, results: str) -> bool:
    """Whether the Kabid's answer counts with this Authentication-Results on top."""
    asked = place.last(cast.KABID, "Mohon disposisi")
    text = (
        f"Authentication-Results: {results}\r\nFrom: {cast.KABID}\r\nTo: {cast.OFFICE}\r\nSubject: Re: {asked.subject}\r\n"
        f"Message-ID: {email.utils.make_msgid(domain='contoh.example')}\r\nIn-Reply-To: <{asked.message_id}>\r\n\r\n"
        "DISPOSISI\r\n\r\nSegera tangani.\r\n"
    )
    place.post(cast.SAMSAT, text.encode())
    place.work(1)
    return place.incident().last_answer("disposisi") is not None


@pytest.mark.parametrize("third", range(3))
def test_what_our_server_did_not_say_proves_nothing(strict: Town, third: int) -> None:
    for results in VOUCHES_NOT[third::3]:
        assert not answer(strict, results), results
    assert answer(strict, f"{OURS};\r\n spf=pass (ada (apa) saja) smtp.mailfrom=contoh.example;\r\n\t{PASS}")
    assert len(strict.incident().refused) == len(VOUCHES_NOT[third::3])
