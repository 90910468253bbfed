"""What of an incident the reader of a mail is told: an official what officials are, a reporter what concerns them.

Nothing else reaches a template, so that no template can tell it, not even one of the office's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sop.addressee import Addressee
from sop.details import Details
from sop.events import Event, Extended, Recorded
from sop.for_reporter import Place, result_for_reporter, shared_details, words_for_reporter
from sop.incident import Answered, Incident
from sop.mails import MailTemplate
from sop.procedure import Procedure
from sop.report import Report
from sop.standing import Standing
from sop.story import Line, names_of, story, team_called
from sop.verdict import Outgoing, Said
from sop.who_reads import Audience, Share
from templates.words import Words


@dataclass(frozen=True, slots=True)
class Told:
    """One reader's share.

    Attributes:
        procedure: by which it is worked.
        incident: as they know it; to the reporter of a linked report it is about what they reported.
        lines: of the story.
        answers: by stage, the last one.
        extra: what the mail says besides.
    """

    audience: Audience
    procedure: Procedure
    incident: Incident
    lines: Sequence[Line]
    answers: Mapping[str, Answered | None]
    extra: Mapping[str, Said]

    def answer(self, stage: str, given: Answered | None, words: Words) -> Answered | None:
        """`given` to `stage`, as they are told of it."""
        return _answer(self.procedure, stage, given, words) if self.audience is Audience.REPORTER else given


def told(letter: Outgoing, to: Addressee, standing: Standing, words: Words) -> Told:
    """What `to` is told by `letter` of an incident that stands so."""
    audience = Audience.REPORTER if to.is_reporter else Audience.OFFICIAL
    procedure, incident = standing.procedure, standing.incident
    lines = story(standing.events, procedure, words, audience)
    answers = {stage.name: incident.last_answer(stage.name) for stage in procedure.stages()}
    if audience is Audience.OFFICIAL:
        return Told(audience, procedure, incident, lines, answers, letter.extra)
    theirs = {stage: _answer(procedure, stage, given, words) for stage, given in answers.items()}
    extra = _extra(letter, standing.events, procedure, words)
    return Told(audience, procedure, _reported_by(to, incident), lines, theirs, extra)


def _reported_by(to: Addressee, incident: Incident) -> Incident:
    """Whose report was linked to another's reads nothing of what that one wrote, but what they wrote themselves."""
    own = next((other.report for other in incident.joined if to == Addressee.reporter(other.incident)), None)
    if own is None:
        return replace(incident, like=())
    return replace(incident, report=own.updated(Report(layanan=incident.report.layanan)), received=None, like=())


def _answer(procedure: Procedure, stage: str, given: Answered | None, words: Words) -> Answered | None:
    if given is None or not given.person:
        return None
    share = words.who_reads.share((f"answered.{stage}.{given.decision}", "answered"), Audience.REPORTER)
    if share is Share.NOTHING:
        return None
    said, by_office = given.details, replace(given, name="", title="", capacity="", text="", details=Details())
    if share is Share.LINE:
        return by_office
    place = Place.of(procedure, procedure.stage(stage))
    details = shared_details(given.text, said, place)
    text = result_for_reporter(given.text, said, words.result_labels, place)
    return replace(by_office, text=text, details=details)


def _extra(letter: Outgoing, events: Sequence[Event], procedure: Procedure, words: Words) -> Mapping[str, Said]:
    """A word of the team is quoted to the reporter where the table lets them read it."""
    if letter.template != MailTemplate.PROGRESS:
        return letter.extra
    newest = next((event for event in reversed(events) if isinstance(event.data, Recorded | Extended)), None)
    if newest is None or not isinstance(newest.data, Recorded | Extended):
        return {**letter.extra, "teks": ""}
    names, data, stage = names_of(newest, procedure), newest.data, procedure.stage(newest.data.stage)
    told = {**letter.extra, "dari": team_called(data.title, procedure.role_label(stage.role))}
    if words.who_reads.share(names, Audience.REPORTER) is not Share.WORDS:
        return {**told, "teks": ""}
    said = letter.extra.get("teks")
    return {**told, "teks": words_for_reporter(str(said or ""), data.details, Place.of(procedure, stage))}
