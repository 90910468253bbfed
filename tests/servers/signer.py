"""Signs and seals mails as sending and forwarding servers do, with real keys."""

from __future__ import annotations

import base64
import time
from functools import cache

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from dkim.crypto import HASH_ALGORITHMS, parse_pem_private_key

SELECTOR = "s1"
SEALED_FIELDS = (
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
)
MIME_FIELDS = ("mime-version", "content-type", "content-transfer-encoding")


@cache
def private_key(bits: int = 2048, nth: int = 0) -> rsa.RSAPrivateKey:
    """The `nth` key of this size; made once a run."""
    return rsa.generate_private_key(65537, bits)


def pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def record(key: rsa.RSAPrivateKey, tags: str = "v=DKIM1; k=rsa; ") -> bytes:
    """What the key's domain publishes."""
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return tags.encode() + b"p=" + base64.b64encode(public)


def place_of(domain: str, selector: str = SELECTOR) -> str:
    return f"{selector}._domainkey.{domain}"


def signed(
    raw: bytes,
    domain: str,
    key: rsa.RSAPrivateKey,
    *,
    headers: tuple[str, ...] = (),
    extra: tuple[tuple[str, str], ...] = (),
    selector: str = SELECTOR,
    canon: str = "relaxed/relaxed",
    algorithm: str = "rsa-sha256",
    body: bytes | None = None,
) -> bytes:
    """`raw` with a DKIM-Signature on top.

    `headers`: what is signed; as a rule every field that is there. `extra`: further tags, such as x= or l=. `body`: what
    is signed instead of the whole body.
    """
    verifier = dkim.DKIM(raw, signature_algorithm=algorithm.encode())
    policy = dkim.CanonicalizationPolicy.from_c_value(canon.encode())
    names = [name.lower().encode() for name in headers] or [name.lower() for name, _ in verifier.headers]
    verifier.hasher = HASH_ALGORITHMS[algorithm.encode()]
    content = policy.canonicalize_body(verifier.body) if body is None else body
    fields = [
        (b"v", b"1"),
        (b"a", algorithm.encode()),
        (b"c", canon.encode()),
        (b"d", domain.encode()),
        (b"s", selector.encode()),
        *((name.encode(), value.encode()) for name, value in extra),
        (b"h", b" : ".join(names)),
        (b"bh", base64.b64encode(verifier.hasher(content).digest())),
        (b"b", b"0" * 60),
    ]
    value = verifier.gen_header(fields, names, policy, b"DKIM-Signature", parse_pem_private_key(pem(key)))
    return b"DKIM-Signature: " + value + raw


def sealed(raw: bytes, sealer: str, key: rsa.RSAPrivateKey, results: str, *, headers: tuple[str, ...] = ()) -> bytes:
    """`raw` with the next set of an ARC chain on top; `results` is what the sealer found when the mail came in."""
    arc = dkim.ARC(raw)
    instance = arc.sorted_arc_headers()[0] + 1
    policy = dkim.CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    arc.hasher, number, secret = HASH_ALGORITHMS[b"rsa-sha256"], b"%d" % instance, parse_pem_private_key(pem(key))
    common = [(b"a", b"rsa-sha256"), (b"d", sealer.encode()), (b"s", SELECTOR.encode()), (b"t", b"%d" % time.time())]
    names = [name.encode() for name in headers or (*SEALED_FIELDS, *MIME_FIELDS)]
    names = [name for name in names if any(name == found.lower() for found, _ in arc.headers)]

    def put(name: bytes, value: bytes) -> bytes:
        arc.headers.insert(0, [name, value])
        return name + b":" + value

    fields = [put(b"ARC-Authentication-Results", b" i=%d; %s; %s\r\n" % (instance, sealer.encode(), results.encode()))]
    digest = base64.b64encode(arc.hasher(policy.canonicalize_body(arc.body)).digest())
    tags = [
        (b"i", number),
        *common,
        (b"c", b"relaxed/relaxed"),
        (b"h", b" : ".join(names)),
        (b"bh", digest),
        (b"b", b"0" * 60),
    ]
    value = arc.gen_header(tags, names, policy, b"ARC-Message-Signature", secret)
    fields.append(put(b"ARC-Message-Signature", b" " + value))
    chain = [b"arc-authentication-results", b"arc-message-signature", b"arc-seal"] * instance
    tags = [(b"i", number), (b"cv", b"pass" if instance > 1 else b"none"), *common, (b"b", b"0" * 60)]
    fields.append(put(b"ARC-Seal", b" " + arc.gen_header(tags, chain[:-1], policy, b"ARC-Seal", secret)))
    return b"".join(reversed(fields)) + raw
