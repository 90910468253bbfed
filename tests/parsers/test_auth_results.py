"""Authentication-Results as servers write it, and as nobody should be taken in by it."""

from __future__ import annotations

import pytest

from parsers.mails.auth_results import names_domain, read_results, read_sealed_results

GOOD = {
    "Gmail": "mx.google.example; dkim=pass header.i=@x.example header.s=s1 header.b=abc/d+e=;"
    " spf=pass (google: domain of a@x.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=a@x.example;"
    " dmarc=pass (p=NONE sp=QUARANTINE dis=NONE) header.from=x.example",
    "Office 365": "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=x.example; dkim=pass (signature was verified)"
    " header.d=x.example;dmarc=pass action=none header.from=x.example;compauth=pass reason=100",
    "OpenDMARC": "mx.dinas.example; dmarc=pass (p=none dis=none) header.from=x.example",
    "rspamd": 'mx.dinas.example; dkim=pass header.d=x.example header.b="a b"; dmarc=pass (policy=none) header.from=x.example;'
    ' spf=pass (mx.dinas.example: domain of "a b"@x.example designates 192.0.2.1) smtp.mailfrom="a b"@x.example',
    "Exim": "mx.dinas.example; iprev=pass (x.example) smtp.remote-ip=192.0.2.1; dmarc=pass header.from=x.example",
    "empty return path": "mx.dinas.example; spf=pass smtp.mailfrom=<>; dmarc=pass header.from=x.example;",
    "with versions": "mx.dinas.example 1; dmarc / 1 = pass header . from = x.example",
    "quoted": '"mx.dinas.example"; dmarc="pass" reason="semua; baik \\"sekali\\"" header.from="x.example"',
    "commented": "(a (b)) mx.dinas.example (c; \\) dmarc=fail); dmarc (d) = (e) pass (f) header.from (g) = (h) X.Example",
    "with an address": "mx.dinas.example; dmarc=pass header.from=kabid@x.example",
}
NOT_GOOD = {
    "nothing": "",
    "none": "mx.dinas.example; none",
    "another property's name": "mx.dinas.example; arc.dmarc=pass header.from=x.example",
    "another method's name": "mx.dinas.example; x-dmarc=pass header.from=x.example",
    "a property": "mx.dinas.example; spf=none policy.dmarc=pass header.from=x.example",
    "a value": "mx.dinas.example; spf=none smtp.x=dmarc=pass header.from=x.example",
    "a quoted value": 'mx.dinas.example; spf=none reason="; dmarc=pass header.from=x.example"',
    "a quoted pair": 'mx.dinas.example; spf=none reason="a\\"; dmarc=pass header.from=x.example; \\""',
    "a comment": "mx.dinas.example; spf=none (; dmarc=pass header.from=x.example)",
    "a quoted bracket": 'mx.dinas.example; spf=none (") ; dmarc=pass header.from=x.example ("',
    "an encoded word": "mx.dinas.example; =?utf-8?q?dmarc=3Dpass?= header.from=x.example",
    "twice": "mx.dinas.example; dmarc=pass header.from=x.example; dmarc=pass header.from=x.example",
    "twice, the other unclear": "mx.dinas.example; dmarc=pass header.from=x.example; dmarc=none",
    "a comment without end": "mx.dinas.example; dmarc=pass header.from=x.example (",
    "a string without end": 'mx.dinas.example; dmarc=pass header.from=x.example; spf=none reason="',
    "a bracket too many": "mx.dinas.example; dmarc=pass header.from=x.example)",
    "a version of tomorrow": "mx.dinas.example 2; dmarc=pass header.from=x.example",
    "a method's version of tomorrow": "mx.dinas.example; dmarc/2=pass header.from=x.example",
    "garbage beside it": "mx.dinas.example; dmarc=pass header.from=x.example; sama sekali bukan",
    "garbage within": "mx.dinas.example; dmarc=pass sungguh header.from=x.example",
    "another word": "mx.dinas.example; dmarc=passed header.from=x.example",
    "too long": "mx.dinas.example; dmarc=pass header.from=x.example" + " " * 20_000,
}


@pytest.mark.parametrize("value", GOOD.values(), ids=GOOD)
def test_what_servers_say_is_understood(value: str) -> None:
    field = read_results(value)
    said = field.passes_dmarc()
    assert field.sound and not field.fails
    assert said is not None and names_domain(said, "x.example") is True


@pytest.mark.parametrize("value", NOT_GOOD.values(), ids=NOT_GOOD)
def test_what_only_looks_like_a_pass_is_none(value: str) -> None:
    assert read_results(value).passes_dmarc() is None


@pytest.mark.parametrize(
    ("value", "fails"),
    [
        ("mx; dmarc=fail", True),
        ("mx; dmarc=permerror header.from=x.example", True),
        ("mx; DMARC = Fail (p=reject)", True),
        ("mx; dmarc=pass header.from=x.example; dmarc=fail", True),
        ("mx; spf=none smtp.mailfrom=a(b; dmarc=fail", True),  # what is not understood speaks against the mail at most
        ("mx 2; dmarc=fail", True),
        ("mx; arc=pass (i=1 dmarc=fail)", False),
        ('mx; spf=none reason="dmarc=fail"', False),
        ("mx; dmarc=none", False),
        ("mx; dmarc=temperror", False),
    ],
)
def test_a_fail_is_heard_also_in_a_field_that_is_not_understood(value: str, fails: bool) -> None:
    assert read_results(value).fails is fails


@pytest.mark.parametrize(
    ("said", "domain", "same"),
    [
        ("header.from=x.example", "x.example", True),
        ("header.from=X.EXAMPLE", "x.example", True),
        ("header.from=xn--mchine-bua.example", "m\u00e4chine.example", True),
        ("header.from=m\u00e4chine.example", "xn--mchine-bua.example", True),
        ("header.from=y.example", "x.example", False),
        ("header.from=x.example.jahat.example", "x.example", False),
        ("header.from=a.x.example", "x.example", False),
        ("header.from=notx.example", "x.example", False),
        ("header.from=example", "x.example", None),
        ("header.from=x.example header.from=x.example", "x.example", None),
        ("header.from=x.example header.from=y.example", "x.example", None),
        ('header.from=""', "x.example", None),
        ("policy.from=x.example", "x.example", None),
        ("", "x.example", None),
        ("header.from=x.example", "", None),
    ],
)
def test_a_pass_is_for_the_domain_it_names(said: str, domain: str, same: bool | None) -> None:
    result = read_results(f"mx; dmarc=pass {said}").passes_dmarc()
    assert result is not None and names_domain(result, domain) is same


def test_a_sealed_field_has_its_number_first() -> None:
    value = (
        " i=1; mx.microsoft.example 1; spf=pass smtp.mailfrom=x.example; dmarc=pass action=none header.from=x.example"
    )
    field = read_sealed_results(value)
    assert field.server == "mx.microsoft.example" and field.passes_dmarc() is not None
