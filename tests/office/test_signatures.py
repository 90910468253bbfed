"""A mail's own signatures: what proves its sender, and everything that does not. Real keys, a real DNS server."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import dkim
import pytest

from office.dkim_keys import DkimKeys, good_key
from office.signatures import Signatures
from office.signed_mail import take_apart
from parsers.mails.message import read_mail
from tests.servers.names import NameServer
from tests.servers.signer import place_of, private_key, record, sealed, signed

AUTHOR, DOMAIN = "kabid@dinas.example", "dinas.example"
OURS, THEIRS = private_key(), private_key(nth=1)
MAIL = (
    b"From: Yuliandri <kabid@dinas.example>\r\nTo: darurat@contoh.example\r\nSubject: Re: [DKL-2026-0001] Mohon disposisi\r\n"
    b"Date: Mon, 23 Nov 2026 10:00:00 +0700\r\nMessage-ID: <a@dinas.example>\r\nIn-Reply-To: <b@contoh.example>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDISPOSISI\r\n\r\nSegera  tangani. \r\n"
)
FORWARDER, STRANGER = "milis.example", "asing.example"


def by_us(raw: bytes = MAIL, domain: str = DOMAIN, **how: object) -> bytes:
    return signed(raw, domain, OURS, **how)  # type: ignore[arg-type]


@pytest.fixture
def names() -> Iterator[NameServer]:
    with NameServer() as server:
        for domain in (DOMAIN, "surat.dinas.example", "example", "inas.example", "dinas2.example"):
            server.texts[place_of(domain)] = [record(OURS)]
        for domain in (FORWARDER, STRANGER, "kantor.example"):
            server.texts[place_of(domain)] = [record(THEIRS)]
        yield server


def check(names: NameServer, *sealers: str, patience: float = 3.0) -> Signatures:
    return Signatures(frozenset(sealers), DkimKeys(names.resolver()), lambda: datetime.now(UTC), patience)


PROVEN: dict[str, bytes] = {
    "relaxed": by_us(),
    "simple": by_us(canon="simple/simple"),
    "relaxed header, simple body": by_us(canon="relaxed/simple"),
    "a domain within the author's": by_us(domain="surat.dinas.example"),
    "line ends of a Maildir": by_us().replace(b"\r\n", b"\n"),
    "blanks and case changed on the way": by_us().replace(b"Subject: Re:", b"SUBJECT:  Re:").replace(b"a.  t", b"a. t"),
    "not yet expired": by_us(extra=(("x", str(int(datetime.now(UTC).timestamp()) + 3600)),)),
    "below one that does not hold": b"DKIM-Signature: v=1; a=rsa-sha256; d=dinas.example; s=s1; h=from; b=A; bh=A\r\n"
    + by_us(),
    "below one of a forwarder": signed(by_us(), STRANGER, THEIRS),
    "many blanks": by_us(MAIL + b" " * 300_000 + b"x\r\n", body=b"DISPOSISI\r\n\r\nSegera tangani.\r\n x\r\n"),
}


@pytest.mark.parametrize("raw", PROVEN.values(), ids=PROVEN)
def test_a_signature_of_the_authors_domain_proves_the_author(names: NameServer, raw: bytes) -> None:
    assert check(names)(raw, AUTHOR)


def test_the_domain_above_speaks_for_an_author_within_it(names: NameServer) -> None:
    within = MAIL.replace(b"@dinas.example>\r\nTo", b"@bidang.dinas.example>\r\nTo")
    assert check(names)(by_us(within), "kabid@bidang.dinas.example")
    assert not check(names)(by_us(within, domain="surat.dinas.example"), "kabid@bidang.dinas.example")


def past(seconds: int) -> tuple[tuple[str, str], ...]:
    return (("x", str(int(datetime.now(UTC).timestamp()) - seconds)),)


def all_but(left_out: str) -> tuple[str, ...]:
    return tuple(name.decode() for name, _ in dkim.DKIM(MAIL).headers if name != left_out.encode())


def rsa_key(bits: int) -> bytes:
    """An RSA public key (RFC 8017, A.1.1) of which nobody has the private one."""
    numbers = [((1 << bits) - 1).to_bytes(bits // 8 + 1, "big"), b"\x01\x00\x01"]
    return der(0x30, b"".join(der(0x02, number) for number in numbers))


def der(tag: int, content: bytes) -> bytes:
    return bytes([tag, 0x82]) + len(content).to_bytes(2, "big") + content


SIGNED_TO_LENGTH = MAIL.partition(b"\r\n\r\n")[2].replace(b"  ", b" ").replace(b" \r\n", b"\r\n")
UNPROVEN: dict[str, bytes] = {
    "no signature": MAIL,
    "another domain's signature": signed(MAIL, STRANGER, THEIRS),
    "a domain that only ends alike": by_us(domain="inas.example"),
    "a domain beside it": by_us(domain="dinas2.example"),
    "a top-level domain": by_us(domain="example"),
    "another's key": signed(MAIL, DOMAIN, THEIRS),
    "altered body": by_us().replace(b"DISPOSISI", b"TOLAK"),
    "altered subject": by_us().replace(b"DKL-2026-0001", b"DKL-2026-0002"),
    "words below the signed length": by_us(extra=(("l", str(len(SIGNED_TO_LENGTH))),)) + b"TUTUP\r\n",
    "a length, nothing below it": by_us(extra=(("l", str(len(SIGNED_TO_LENGTH))),)),
    "expired an hour ago": by_us(extra=past(3600)),
    "expired long ago": by_us(extra=past(10**6)),
    "no number as its end": by_us(extra=(("x", "besok"),)),
    "SHA-1": by_us(algorithm="rsa-sha1"),
    "no such key": by_us(selector="s9"),
    "From not signed": by_us(headers=all_but("From")),
    "Subject not signed": by_us(headers=all_but("Subject")),
    "what it answers not signed": by_us(headers=all_but("In-Reply-To")),
    "Content-Type not signed": by_us(headers=all_but("Content-Type")),
    "how the body is encoded added": b"Content-Transfer-Encoding: base64\r\n" + by_us(),
    "how the body is divided added": by_us(MAIL.replace(b"Content-Type: text/plain; charset=utf-8\r\n", b"")).replace(
        b"MIME-Version", b"Content-Type: text/html\r\nMIME-Version"
    ),
    "what it answers added": b"References: <c@contoh.example>\r\n" + by_us(),
    "a second In-Reply-To": b"In-Reply-To: <c@contoh.example>\r\n" + by_us(),
    "a second Subject": b"Subject: Re: [DKL-2026-0002]\r\n" + by_us(),
    "a second From": b"From: kabid@dinas.example\r\n" + by_us(),
    "two authors": by_us(MAIL.replace(b"example>\r\nTo", b"example>, lain@dinas.example\r\nTo")),
    "more fields than we read": b"X: 1\r\n" * 2100 + by_us(),
    "a name within, of another": by_us(extra=(("i", "@lain.dinas.example"),)),
    "a letter for nobody": b"",
    "no mail at all": b"\r\n\r\n",
    "a head without end": by_us().partition(b"\r\n\r\n")[0],
    "a head too long": by_us(b"X: " + b"a" * 100_000 + b"\r\n" + MAIL),
}


@pytest.mark.parametrize("raw", UNPROVEN.values(), ids=UNPROVEN)
def test_nothing_less_proves_anything(names: NameServer, raw: bytes) -> None:
    assert not check(names)(raw, AUTHOR)


@pytest.mark.parametrize(
    "texts",
    [
        [b"v=DKIM1; k=rsa; p="],
        [record(OURS, "v=DKIM1; t=y; ")],
        [record(OURS, "v=DKIM1; h=sha1; ")],
        [record(OURS, "v=DKIM1; s=tlsrpt; ")],
        [record(OURS, "v=DKIM2; ")],
        [record(OURS, "k=ed25519; ")],
        [record(OURS), record(THEIRS)],
        [b"v=DKIM1; k=rsa; p=" + base64.b64encode(rsa_key(1023))],
        [b"v=DKIM1; k=rsa; p=" + base64.b64encode(rsa_key(8192))],
        [record(OURS) + b"; n=" + b"a" * 2000],
        [b"sama sekali bukan kunci"],
        [b""],
    ],
    ids=["withdrawn", "test", "hash", "service", "version", "kind", "two", "small", "huge", "long", "words", "empty"],
)
def test_a_key_that_is_not_to_be_relied_upon_proves_nothing(names: NameServer, texts: list[bytes]) -> None:
    names.texts[place_of(DOMAIN)] = texts
    assert not check(names)(by_us(), AUTHOR)


def test_keys_from_1024_to_4096_bits_are_good() -> None:
    sizes = [1023, 1024, 2048, 4096, 4097]
    good = [good_key(b"p=" + base64.b64encode(rsa_key(bits))) for bits in sizes]
    assert good == [False, True, True, True, False]


def test_words_hidden_from_the_library_that_verifies_are_not_believed(names: NameServer) -> None:
    """A bare CR ends a line for the parser that we read by, and not for the library: to it the signature holds."""
    genuine = by_us()
    hidden = b"X: x\rFrom: kabid@dinas.example\rSubject: Re: [DKL-2026-0009]\r\rTUTUP\r\n" + genuine
    read = read_mail(hidden)
    assert (read.sender, read.apparent_sender, read.plain.strip().split()[0]) == ("", AUTHOR, "TUTUP")
    assert dkim.verify(hidden, dnsfunc=lambda name, timeout: record(OURS))
    assert check(names)(genuine, AUTHOR) and not check(names)(hidden, AUTHOR)


def test_a_line_that_is_body_to_us_and_nothing_to_the_library_is_not_believed(names: NameServer) -> None:
    hidden = by_us().replace(b"\r\n\r\n", b"\r\nFrom TUTUP saja\r\n\r\n", 1)
    read = read_mail(hidden)
    assert read.sender == AUTHOR and read.plain.startswith("From TUTUP saja")
    assert dkim.verify(hidden, dnsfunc=lambda name, timeout: record(OURS))
    assert not check(names)(hidden, AUTHOR)


HEAD = (
    b"From: kabid@dinas.example\r\nSubject: Re: [DKL-2026-0001] Mohon disposisi\r\nIn-Reply-To: <b@contoh.example>\r\n"
)
DIVIDED = HEAD + (
    b'Content-Type: multipart/mixed; boundary="satu"\r\n\r\n--satu\r\n\r\nSaya pelajari dahulu.\r\n--satu--\r\n'
    b"--dua\r\n\r\nDISPOSISI\r\n--dua--\r\n"
)
ENCODED = HEAD + b"Content-Transfer-Encoding: 7bit\r\n\r\nRElTUE9TSVNJ\r\n"


@pytest.mark.parametrize(
    ("raw", "field", "changed"),
    [
        (DIVIDED, "content-type", (b'"satu"', b'"dua"')),
        (ENCODED, "content-transfer-encoding", (b"7bit", b"base64")),
    ],
    ids=["another boundary", "another encoding"],
)
def test_words_that_a_field_nobody_signed_brings_to_light_are_not_believed(
    names: NameServer, raw: bytes, field: str, changed: tuple[bytes, bytes]
) -> None:
    shows = raw.replace(*changed)
    assert read_mail(shows).plain.strip() == "DISPOSISI" != read_mail(raw).plain.strip()
    hidden = by_us(raw, headers=("from", "subject", "in-reply-to")).replace(*changed)
    assert dkim.verify(hidden, dnsfunc=lambda name, timeout: record(OURS))
    assert not check(names)(hidden, AUTHOR)
    assert check(names)(by_us(raw, headers=("from", "subject", "in-reply-to", field)), AUTHOR)


def test_a_signature_proves_the_author_it_names_and_no_other(names: NameServer) -> None:
    assert not check(names)(by_us(), "lain@dinas.example") and not check(names)(by_us(), "")


def test_whatever_happens_to_a_signed_mail_what_is_still_proven_is_what_was_signed(names: NameServer) -> None:
    genuine, chance, checked = by_us(), random.Random(7), check(names)
    meant = what_counts(genuine)
    pieces = [
        b"\r",
        b"\n",
        b"\r\n",
        b"\r\n\r\n",
        b" ",
        b"\t",
        b"\x00",
        b":",
        b"From: x@dinas.example\r\n",
        b"TOLAK",
        b"\xff",
    ]
    proven = 0
    for _ in range(400):
        raw = genuine
        for _ in range(chance.choice((1, 1, 2))):
            at = chance.randrange(len(raw))
            raw = raw[:at] + chance.choice(pieces) * chance.choice((1, 1, 3)) + raw[at + chance.choice((0, 0, 1, 5)) :]
        if checked(raw, AUTHOR):
            proven += 1
            assert what_counts(raw) == meant
    assert proven


def what_counts(raw: bytes) -> tuple[object, ...]:
    mail = read_mail(raw)
    return mail.sender, " ".join(mail.subject.split()), mail.in_reply_to, mail.references, mail.plain.split()


def test_a_signature_made_to_keep_the_library_busy_is_not_looked_at(names: NameServer) -> None:
    for value in (b" " * 1500 + b"!", b"A" * 4000):
        raw = b"DKIM-Signature: v=1; a=rsa-sha256; d=dinas.example; s=s1; h=from; bh=AA==; b=A" + value + b"\r\n" + MAIL
        mail = take_apart(raw, AUTHOR)
        assert mail is not None and mail.tags_of(b"dkim-signature") == [None]


def test_only_a_few_signatures_are_looked_up_and_none_of_other_domains(names: NameServer) -> None:
    raw = MAIL
    for number in range(8):
        raw = signed(by_us(raw, selector=f"tidak{number}"), STRANGER, THEIRS)
    assert not check(names)(raw, AUTHOR)
    assert len(names.asked) == 5 and all(name.endswith(f"_domainkey.{DOMAIN}") for name in names.asked)


def test_what_the_dns_said_is_kept_for_a_while(names: NameServer) -> None:
    moment = [0.0]
    checked = Signatures(frozenset(), DkimKeys(names.resolver(), lambda: moment[0]), lambda: datetime.now(UTC))
    for raw in (by_us(), by_us(), by_us(selector="tidak"), by_us(selector="tidak")):
        checked(raw, AUTHOR)
    assert names.asked == [place_of(DOMAIN), place_of(DOMAIN, "tidak")]
    names.texts[place_of(DOMAIN)] = [b"v=DKIM1; p="]
    moment[0] = 299.0
    assert checked(by_us(), AUTHOR)
    moment[0] = 301.0  # the DNS gave it 300 seconds
    assert not checked(by_us(), AUTHOR)


def test_a_silent_dns_proves_nothing_and_is_not_asked_again_at_once(names: NameServer) -> None:
    names.silent.add(place_of(DOMAIN))
    checked = check(names, patience=0.2)
    assert not checked(by_us(), AUTHOR)
    asked = len(names.asked)
    assert asked and not checked(by_us(), AUTHOR) and len(names.asked) == asked


def test_the_time_limit_is_for_all_lookups_of_a_mail(names: NameServer) -> None:
    silent = [place_of(DOMAIN, f"diam{number}") for number in range(3)]
    names.silent.update(silent)
    raw = by_us()
    for number in range(3):
        raw = by_us(raw, selector=f"diam{number}")
    assert not check(names, patience=0.2)(raw, AUTHOR)
    assert set(names.asked) == {silent[2]}


def test_no_name_server_at_all_proves_nothing() -> None:
    with NameServer() as gone:
        resolver = gone.resolver()
    keys = DkimKeys(resolver)
    assert not Signatures(frozenset(), keys, lambda: datetime.now(UTC), 0.2)(by_us(), AUTHOR)
    assert not keys.answers(DOMAIN, 0.2)


PASS, FAIL = f"dmarc=pass (p=NONE) header.from={DOMAIN}", f"dmarc=fail header.from={DOMAIN}"


def passed_on(raw: bytes = MAIL, results: str = PASS, by: str = FORWARDER, **how: object) -> bytes:
    return sealed(raw, by, THEIRS, results, **how)  # type: ignore[arg-type]


def altered(raw: bytes) -> bytes:
    """As a list does it: the signature below no longer holds."""
    return raw.replace(b"DISPOSISI", b"DISPOSISI (milis)")


SEALED: dict[str, tuple[bytes, bool]] = {
    "a trusted forwarder": (passed_on(altered(by_us())), True),
    "of the domain above": (passed_on(results="dmarc=pass header.from=example"), False),
    "an untrusted forwarder": (passed_on(by=STRANGER), False),
    "found to be forged": (passed_on(results=FAIL), False),
    "not examined": (passed_on(results="spf=pass smtp.mailfrom=dinas.example"), False),
    "only a comment says so": (passed_on(results="spf=none (dmarc=pass header.from=dinas.example)"), False),
    "only a quoted word says so": (
        passed_on(results='spf=none reason="; dmarc=pass header.from=dinas.example"'),
        False,
    ),
    "another part of the field says so": (
        passed_on(results="spf=none smtp.x=dmarc=pass header.from=dinas.example"),
        False,
    ),
    "said twice": (passed_on(results=f"{PASS}; {FAIL}"), False),
    "of another domain": (passed_on(results="dmarc=pass header.from=asing.example"), False),
    "of no domain": (passed_on(results="dmarc=pass"), False),
    "another method's word": (passed_on(results=f"arc.{PASS}"), False),
    "a quoted pair says so": (passed_on(results=f'spf=none reason="a\\"; {PASS}; \\""'), False),
    "beside what is not to be understood": (passed_on(results=f"{PASS}; sama sekali bukan"), False),
    "altered since": (altered(passed_on()), False),
    "results altered since": (passed_on(results=FAIL).replace(b"dmarc=fail", b"dmarc=pass"), False),
    "From not sealed": (passed_on(headers=("subject", "date", "in-reply-to", "content-type")), False),
    "Content-Type not sealed": (passed_on(headers=("from", "subject", "date", "in-reply-to")), False),
    "Subject not sealed": (passed_on(headers=("from", "date", "in-reply-to", "content-type")), False),
    "two trusted, the first found it genuine": (passed_on(altered(passed_on()), FAIL, "kantor.example"), True),
    "changed by an untrusted one in between": (passed_on(altered(passed_on(by=FORWARDER)), PASS, STRANGER), False),
    "genuine to an untrusted one, forged to a trusted": (passed_on(passed_on(by=STRANGER), FAIL), False),
    "genuine to a trusted one, whoever was before": (passed_on(passed_on(results=FAIL, by=STRANGER)), True),
    "a chain that lacks a link": (passed_on(passed_on()).replace(b"ARC-Seal: i=1", b"X-Seal: i=1"), False),
    "results without a number put on top": (b"ARC-Authentication-Results: x; y=pass\r\n" + passed_on(), False),
    "results put on top": (
        b"ARC-Authentication-Results: i=1; x; " + PASS.encode() + b"\r\n" + passed_on(results=FAIL),
        False,
    ),
}


@pytest.mark.parametrize(("raw", "proven"), SEALED.values(), ids=SEALED)
def test_the_word_of_a_trusted_forwarder_counts_and_of_nobody_else(names: NameServer, raw: bytes, proven: bool) -> None:
    assert check(names, FORWARDER, "kantor.example")(raw, AUTHOR) is proven


def test_no_chain_is_looked_at_where_no_forwarder_is_trusted(names: NameServer) -> None:
    assert not check(names)(passed_on(), AUTHOR) and not check(names, "lain.example")(passed_on(), AUTHOR)
    assert not names.asked


def test_a_chain_without_end_is_not_followed(names: NameServer) -> None:
    raw = MAIL
    for _ in range(6):
        raw = passed_on(raw)
    assert not check(names, FORWARDER)(raw, AUTHOR) and not names.asked
