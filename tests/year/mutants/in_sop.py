"""Faults in what decides: who is asked, whose word counts, what the clock does, who is told."""

from __future__ import annotations

from tests.year.mutants.fault import Planted

IN_SOP = (
    Planted(
        "an answer to an earlier stage decides the present one",
        "a mail that lay unread for an hour moves on what others decided since",
        "sop/answers.py",
        "    if visit is draft.incident.current and asked is not None:\n",
        "    if asked is not None:\n",
    ),
    Planted(
        "an extension that was granted is not counted",
        "the team is called late although it was given the time",
        "sop/fold.py",
        "            extension = visit.extension + timedelta(minutes=data.minutes)\n",
        "            extension = visit.extension\n",
    ),
    Planted(
        "RALAT is heard of the first answer only, however long ago it was",
        "Helpdesk undoes what five others have acted on; nobody else can correct a slip",
        "sop/revocable.py",
        "    before = draft.incident.visits[-2]\n",
        "    before = draft.incident.visits[0]\n",
    ),
    Planted(
        "nobody is told of the end",
        "the OPD goes on waiting for what has been mended",
        "sop/stages.py",
        '    draft.inform(draft.procedure.outcome(name).mails, ("selesai", name), offers=offers)\n',
        '    draft.inform(draft.procedure.outcome(name).mails[:0], ("selesai", name), offers=offers)\n',
    ),
    Planted(
        "a stage that is visited again bears the number of its first visit",
        "what was returned for repair can never be asked for anew: its mail was sent before",
        "sop/stages.py",
        "    number = 1 + sum(visit.stage == stage.name for visit in draft.incident.visits)\n",
        "    number = 1\n",
    ),
    Planted(
        "a ladder's rung is taken a minute early",
        "officials are reminded and passed over while their time still runs",
        "sop/incident.py",
        "        return visit.started + stage.ladder[visit.rungs].after + visit.extension\n",
        "        return visit.started + stage.ladder[visit.rungs].after - timedelta(minutes=1) + visit.extension\n",
    ),
    Planted(
        "the first rung of every ladder is left out",
        "nobody is reminded before they are passed over",
        "sop/ladder.py",
        "        index = min(visit.rungs, len(stage.ladder) - 1)\n",
        "        index = min(visit.rungs + 1, len(stage.ladder) - 1)\n",
    ),
    Planted(
        "quiet hours are not kept",
        "an office that asked for its nights is woken by reminders",
        "sop/ladder.py",
        "    awake = [asked.person for asked in visit.asked if not draft.directory.is_quiet(asked.role, draft.now)]\n",
        "    awake = [asked.person for asked in visit.asked]\n",
    ),
    Planted(
        "the system notes that it went on, and does not",
        "the incident stands still for ever, and nobody is waited for",
        "sop/ladder.py",
        "            go(draft, rung.reply)\n",
        "            pass\n",
    ),
    Planted(
        "whoever left office is still waited for",
        "a step waits for somebody who has been transferred",
        "sop/absence.py",
        "        if not _still_in_office(draft, asked):\n",
        "        if False:\n",
    ),
    Planted(
        "whoever came into office is not asked",
        "the successor never hears of the emergency that waits on their desk",
        "sop/absence.py",
        "        draft.ask(stage, holders, Capacity.HOLDER, CHANGED)\n",
        "        pass\n",
    ),
    Planted(
        "whoever is released stays among those who are asked",
        "the record says that somebody is free of it, and their word still decides",
        "sop/fold.py",
        "            still = tuple(asked for asked in visit.asked if asked.person != data.person)\n",
        "            still = visit.asked\n",
    ),
    Planted(
        "reporters whose incident was linked to another get nothing more",
        "the second OPD of one outage never learns that it is over",
        "sop/draft.py",
        "        return [Addressee.reporter(), *(Addressee.reporter(other.incident) for other in self.incident.joined)]\n",
        "        return [Addressee.reporter()]\n",
    ),
    Planted(
        "a clock that was set back is not noticed by what is decided",
        "the story runs backwards in time, and waits last as long as the clock was wrong",
        "sop/decide.py",
        "    _set_clock_right(draft)\n    HAPPENS",
        "    HAPPENS",
    ),
    Planted(
        "the reporter gets no receipt",
        "whoever reported an emergency does not know whether anybody has it",
        "sop/reporter.py",
        "        draft.inform(step.mails, (str(step.number),))\n",
        "        pass\n",
    ),
)
