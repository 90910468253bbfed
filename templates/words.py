"""The short texts that officials read, as one value: `office/words_file.py` reads them from `kata.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sop.who_reads import WhoReads


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """How one answer is offered. "{nomor}" stands for the incident or the team it is about.

    Attributes:
        label: on its button.
        word: what the answer begins with.
        body: what the mail that a tap opens already says.
        hint: how to answer without a button.
    """

    label: str
    word: str
    body: str
    hint: str


@dataclass(frozen=True, slots=True)
class Words:
    """Every short text. Each mapping is from a name of the program to what people read.

    Attributes:
        answers: by decision; an office's own procedure may have decisions without words.
        recorded: by decision, how it is told once it was given.
        channels: by which way a report came.
        sentences: by event, a line of the story with {placeholders}; events without one are not told.
        reporter_sentences: the same as the reporter reads it.
        by_itself: what the system did where nobody answered: with an answer ("dijawab"; {keputusan}), or without any.
        result_labels: by part of a report of handling, what stands before it where the reporter reads it.
        reopenings: by how work on an ended incident began again, what whoever did it has done.
        card: by field of a report, its label on the card.
        read_later: a report that had to wait; {diterima}, {dibaca}.
        services: by category of service.
        plain_mail: says why a mail has no layout.
        our_quote: stands in a copy of somebody's mail where it quotes a mail of ours.
        knock: said by another way where mail waits; `knock_trial` where a way is only tried.
        unknown_sender: a reporter who is not written to before somebody knows them; {alamat}.
        no_reply: a reporter who cannot be written to; {alamat}.
        no_reply_because: the same, by reason, where there is more to say.
        uncertain: behind a value that somebody should look at.
        corrected: behind a value that somebody has corrected, between brackets; {jabatan}, {nama}, {jam} ("09.12 WIB").
        attachment_faults: by reason, why an attachment was not opened and what its sender can do.
        no_office: an office that is not known, within a sentence; `no_office_subject` within a subject.
        more_enclosed: behind a summary that was shortened, where the letter is enclosed.
        fields: by field of a report, its name within a sentence.
        asked_for: by field of a report, how its reporter is asked for it; in this order.
        who_reads: which of it is for whom.
    """

    answers: Mapping[str, AnswerWords]
    recorded: Mapping[str, str]
    channels: Mapping[str, str]
    sentences: Mapping[str, str]
    reporter_sentences: Mapping[str, str]
    by_itself: Mapping[str, str]
    result_labels: Mapping[str, str]
    reopenings: Mapping[str, str]
    card: Mapping[str, str]
    read_later: str
    services: Mapping[str, str]
    plain_mail: str
    our_quote: str
    knock: str
    knock_trial: str
    unknown_sender: str
    no_reply: str
    no_reply_because: Mapping[str, str]
    uncertain: str
    corrected: str
    attachment_faults: Mapping[str, str]
    no_office: str
    no_office_subject: str
    more_enclosed: str
    fields: Mapping[str, str]
    asked_for: Mapping[str, str]
    who_reads: WhoReads = field(default_factory=WhoReads)
