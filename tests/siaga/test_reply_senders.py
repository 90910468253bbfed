"""Whose field about a sender's authenticity is our own server's: any host of the officials' domain, the topmost of them."""

from __future__ import annotations

import pytest

from parsers.mails.message import read_mail
from siaga.readout.senders import Official, sender_status

KABID = "kabid@kominfo.sumbarprov.example"


def status(*fields: str, address: str = KABID) -> str:
    row = {"role": "kabid", "jabatan": "Kepala Bidang", "nama": "Yuli", "email": address, "alias": [], "staff": []}
    judged = "".join(f"Authentication-Results: {field}\r\n" for field in fields)
    return sender_status(read_mail(f"{judged}From: {address}\r\n\r\nYa\r\n".encode()), (Official.from_row(row),))


@pytest.mark.parametrize("host", ["mx1.sumbarprov.example", "mail.sumbarprov.example", "mx.kominfo.sumbarprov.example"])
def test_any_host_of_our_domain_may_be_the_server(host: str) -> None:
    assert status(f"{host}; dmarc=fail header.from=kominfo.sumbarprov.example") == "failed_auth"
    assert status(f"{host}; dmarc=pass header.from=kominfo.sumbarprov.example") == "official"


def test_only_the_topmost_field_of_ours_counts_and_none_of_others() -> None:
    good, bad = "mx2.sumbarprov.example; dmarc=pass", "mx2.sumbarprov.example; dmarc=fail"
    assert status(good, bad) == "official"
    assert status("relay.sumbarprov.example; spf=pass", bad) == "failed_auth"
    assert status("mx1.sumbarprov.example.evil.example; dmarc=fail") == "official"
    assert status("mx1.notsumbarprov.example; dmarc=fail") == "official"


def test_a_public_suffix_is_nobodys_own_domain() -> None:
    assert status("mx.other.go.id; dmarc=fail", address="kabid@sumbarprov.go.id") == "official"
    assert status("mx.sumbarprov.go.id; dmarc=fail", address="kabid@sumbarprov.go.id") == "failed_auth"
