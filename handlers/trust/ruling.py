"""Does an answer count? A pure function from what a mail shows about its author to what is to be done with it.

The rules (DESIGN: decision 5): token, addressee, sender and what our receiving server says must agree. Whatever does
not count is kept, shown to Helpdesk, and told to the official whose name was used, at the registered address.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from handlers.ports import Ports
from handlers.trust.acquainted import is_official
from handlers.trust.authenticity import Authenticity, authenticity, proven_authenticity
from outbox.queue import QueuedMail
from parsers.mails.message import Mail
from register.ledger import CollectedMail
from sop.people import WIB, Directory, Person, Policy

_UNPROVEN = "Keaslian pengirimnya tidak dapat dipastikan oleh server surat kita."


@dataclass(frozen=True, slots=True)
class Shown:
    """What a mail shows about who wrote it.

    Attributes:
        sender: lower-case addr-spec of the one mailbox that From names beyond doubt; "" where it does not.
        name: display name in the From field.
        addressee: id of the person to whom we wrote the mail that is answered.
        has_token: it refers to that very mail, by Message-ID or token; False: it only quotes the incident's number.
        asked: ids of those who may answer what is answered.
        day: WIB, on which it came in: who may decide is judged by that day, however late it is acted on.
    """

    sender: str
    name: str
    addressee: str
    has_token: bool
    asked: Collection[str]
    authenticity: Authenticity
    day: date


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is to be done with an answer.

    Attributes:
        person: whose answer it is; None: it does not count, and Helpdesk is shown it.
        reason: why it does not count, to be read after "karena"; "" when it counts.
        doubt: why it only proposes what it says, to be read after "karena": its author is asked at the registered
            address, and their answer to that decides.
        caution: what the official is told along with the acknowledgement, at the registered address; "" for nothing.
        unproven: it may be somebody else's word, and the official is told what to do then (`cautioned`).
        named: id of the official whose name or mail was used, to be told at the registered address; "" for nobody.
        write_to_stranger: the sender may be told, once: our server vouches that the address is really theirs.
    """

    person: Person | None = None
    reason: str = ""
    doubt: str = ""
    caution: str = ""
    unproven: bool = False
    named: str = ""
    write_to_stranger: bool = False

    def cautioned(self, *, may_take_back: bool) -> str:
        """`caution`, and what to do if the answer is none of theirs. `may_take_back`: RALAT is offered."""
        if not self.unproven:
            return self.caution
        remedy = "balas RALAT" if may_take_back else "hubungi Helpdesk"
        return f"{self.caution} Bila bukan Saudara yang menjawab, segera {remedy}."


def shown_by(
    ports: Ports,
    collected: CollectedMail,
    mail: Mail,
    asked: QueuedMail,
    *,
    has_token: bool,
    may_answer: Collection[str],
) -> Shown:
    """What `mail`, an answer to our mail `asked`, shows about its author."""
    proof = has_token and is_official(ports.directory(), mail.sender)  # nobody else makes us ask the DNS
    return Shown(
        sender=mail.sender,
        name=mail.sender_name,
        addressee=asked.person.name,
        has_token=has_token,
        asked=may_answer,
        authenticity=proven_authenticity(ports, collected, mail) if proof else authenticity(mail, ports.authserv_id),
        day=collected.received.astimezone(WIB).date(),
    )


def rule(shown: Shown, directory: Directory) -> Ruling:
    """Whether the answer counts, and who must be told what."""
    own, aided = directory.by_address(shown.sender), directory.by_aide(shown.sender)
    author = _entitled(shown, own) or _entitled(shown, aided)
    if not shown.sender:
        return Ruling(reason="kepala suratnya tidak menunjuk tepat satu pengirim", named=shown.addressee)
    if not own and not aided:
        return _stranger(shown, directory)
    if shown.authenticity is Authenticity.FAIL:
        used = author or (own or aided)[0]
        return Ruling(reason="server penerima menyatakan pengirimnya tidak asli (DMARC)", named=used.id)
    if author is None:
        return _not_entitled(shown, own or aided)
    if not author.may_act_on(shown.day):
        return Ruling(reason="masa surat perintahnya belum mulai atau sudah berakhir", named=author.id)
    if not shown.has_token:
        return Ruling(author, doubt="surelnya tidak memuat kode surat permintaan kami")
    if directory.policy(author.role) is Policy.STRICT and shown.authenticity is not Authenticity.PASS:
        return Ruling(reason="keaslian pengirimnya tidak dapat dipastikan", named=author.id)
    if author not in own:
        return Ruling(author, caution=f"Jawaban ini dikirim atas nama Saudara dari alamat staf {shown.sender}.")
    unproven = shown.authenticity is not Authenticity.PASS
    return Ruling(author, caution=_UNPROVEN if unproven else "", unproven=unproven)


def _entitled(shown: Shown, candidates: Collection[Person]) -> Person | None:
    """The one among `candidates` who may answer; whoever the mail was written to comes first."""
    entitled = [person for person in candidates if person.id in shown.asked]
    return next((person for person in entitled if person.id == shown.addressee), entitled[0] if entitled else None)


def _not_entitled(shown: Shown, known: Collection[Person]) -> Ruling:
    """A colleague in copy, or one to whom the request was forwarded: known here, but not asked."""
    ids = {person.id for person in known}
    if shown.addressee in ids:
        return Ruling(reason="pengirimnya tidak (lagi) diminta menjawab langkah ini", named=shown.addressee)
    return Ruling(
        reason="pengirimnya tidak diminta menjawab langkah ini; surat permintaannya ditujukan kepada pejabat lain",
        named=sorted(ids)[0],
    )


def _stranger(shown: Shown, directory: Directory) -> Ruling:
    like = _looks_like(shown.sender, directory)
    if like is not None:
        return Ruling(reason=f"alamatnya mirip, tetapi bukan, alamat terdaftar {like.address}", named=like.id)
    same = _same_name(shown.name, directory)
    if same is not None:
        return Ruling(reason=f"memakai nama {same.name}, tetapi alamatnya tidak terdaftar", named=same.id)
    genuine = shown.authenticity is Authenticity.PASS
    if not shown.has_token:
        return Ruling(reason="alamat pengirimnya tidak terdaftar", write_to_stranger=genuine)
    reason = "alamat pengirimnya tidak terdaftar; surat permintaan diteruskan kepada orang lain"
    return Ruling(reason=reason, named=shown.addressee, write_to_stranger=genuine)


def _looks_like(address: str, directory: Directory) -> Person | None:
    """The official whose address is hardly to be told from this one: one or two letters of the domain, or its end."""
    local, _, domain = _plain(address).partition("@")
    for person in directory.people:
        for known in (*person.addresses, *person.aides):
            known_local, _, known_domain = _plain(known).partition("@")
            if address == known or not known_domain:
                continue
            near = DamerauLevenshtein.distance(domain, known_domain, score_cutoff=2) <= 2
            within = known_domain in domain and not domain.endswith(f".{known_domain}")
            if domain != known_domain and (near or within):
                return person
            if local == known_local and domain == known_domain:
                return person  # differs only in letters that look alike
    return None


def _plain(address: str) -> str:
    """As the eye reads it: letters that look alike are one letter."""
    folded = address.lower().replace("rn", "m").replace("vv", "w")
    return folded.translate(str.maketrans("01\u0430\u0435\u043e\u0440\u0441\u0456", "olaeopci"))


def _same_name(name: str, directory: Directory) -> Person | None:
    words = _words(name)
    for person in directory.people:
        known = _words(person.name)
        if len(known & words) >= 2 or (known and known == words):
            return person
    return None


def _words(name: str) -> set[str]:
    bare = "".join(letter if letter.isalpha() else " " for letter in name.partition(",")[0].lower())
    return {word for word in bare.split() if len(word) > 2}
