"""What `decide()` answers: events to record and mails to send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sop.addressee import Addressee
from sop.events import ClockSetBack, Event
from sop.incident import Incident
from sop.mail_key import MailKey


@dataclass(frozen=True, slots=True)
class ListedMail:
    """A line of a list of mails that were not acted on, under the names that templates know."""

    kode: str
    pengirim: str
    subjek: str
    jam: str
    jenis: str


@dataclass(frozen=True, slots=True)
class ListedIncident:
    """How an incident stands, under the names that templates know.

    Attributes:
        fase: a `Phase`; for a reporter it and `tim` are all that is said of the way.
        tim: who works on it.
        tahap, menunggu: the stage, and who is asked there; "" where nobody is.
        hasil: how it ended, or "".
    """

    nomor: str
    opd: str
    hal: str
    fase: str
    tim: str = ""
    hasil: str = ""
    tahap: str = ""
    menunggu: str = ""
    tenggat: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListedAnswer:
    """What became of one answer among several that one mail gave, under the names that templates know.

    Attributes:
        keadaan: dicatat, telat, ditanyakan, menunggu (nothing was said of it), masih_dapat (nor of this one, which has
            ended and still takes an answer) or bukan_tugas (its author is not asked).
        keputusan: the decision that was recorded, or that came too late; "" for none.
        jam: HH.MM WIB; of a late one, when it had been decided.
        oleh: by whom it had been decided; "" where the procedure went on by itself, or there is nothing to name.
        alasan: why it is asked back: a noun phrase; `teks` what was written of it.
        otomatis: what the system did where nobody had answered ("laporan dikirim otomatis"); "" where somebody had.
    """

    nomor: str
    tahap: str
    opd: str
    keadaan: str
    keputusan: str = ""
    jam: str = ""
    oleh: str = ""
    alasan: str = ""
    teks: str = ""
    otomatis: str = ""


Said = (
    str | int | bool | tuple[str, ...] | tuple[ListedMail, ...] | tuple[ListedAnswer, ...] | tuple[ListedIncident, ...]
)
"""What a mail may say besides what its incident says."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that must go out.

    Attributes:
        key: what it is for, unique for ever.
        template: file in `templates/mail`.
        person: whom it is for.
        stage, visit: the stage it belongs to; "" and 0 for a mail that belongs to none.
        asks: whether the reader is asked to answer.
        attachments: names of papers (`surat_asli`, `lembar_disposisi` …).
        extra: further values for the template, under the names it knows them by.
    """

    key: MailKey
    template: str
    person: Addressee
    stage: str = ""
    visit: int = 0
    asks: bool = False
    attachments: tuple[str, ...] = ()
    extra: Mapping[str, Said] = field(default_factory=dict)
    offers: tuple[str, ...] = ()
    """Words that are offered beyond the answers of the stage; each may carry an incident number ("gabung DKL-…")."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What must be recorded and sent, and the incident as it stands afterwards."""

    incident: Incident
    events: tuple[Event, ...] = ()
    mails: tuple[Outgoing, ...] = ()

    @property
    def took_effect(self) -> bool:
        """Whether the fact meant anything: a clock that was set back is recorded whatever the fact."""
        return any(not isinstance(event.data, ClockSetBack) for event in self.events)
