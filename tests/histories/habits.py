"""What people and machines do to an office, by chance: the facts of which the recorded histories came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from sop import facts
from sop.addressee import Addressee
from sop.card import may_correct
from sop.details import NO_DETAILS, Details
from sop.incident import Incident, Visit, due
from sop.likeness import Similar
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.people import WIB, Person
from sop.procedure import Effect, Procedure
from sop.report import NOTHING, NotApplied, Origin, Report, Urgency
from tests.histories.life import Life
from tests.histories.people import CAME_LATER, DEPUTIES, STAFF, first_directory

OFFICES = (
    ("Dinas Kesehatan", "dr. Yeni Marlina", "dinkes", "SIMRS tidak bisa dibuka", ("aplikasi",)),
    ("Dinas Pendidikan", "Drs. Afrizal", "disdik", "Jaringan ke seluruh sekolah putus", ("jaringan",)),
    ("Badan Pendapatan Daerah", "Nurhayati, S.E.", "bapenda", "VPN Samsat putus", ("jaringan", "aplikasi")),
    ("Dinas Sosial", "", "dinsos", "Situs web dinas diretas", ("situs",)),
)
DELAYS = (5, 10, 20, 30, 40, 50, 70, 100, 130, 170, 200, 400, 4000)
"""How long nothing comes, in seconds."""
MOST_STEPS = 22


def live(procedure: Procedure, seed: int) -> Life:
    """One life of an office, from its first letter until every incident has ended, and what comes after that."""
    chance = Random(seed)
    day = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(days=seed % 28)
    now = day + timedelta(seconds=chance.randrange(86_400))
    life = Life(procedure, chance, first_directory(chance, now.astimezone(WIB).date()), now, first=seed * 10)
    _report(life)
    if chance.random() < 0.25:
        life.time_goes_on(timedelta(seconds=chance.randrange(90)))
        _report(life)
    habits = [habit for habit, often in HABITS for _ in range(often)]
    restless = chance.choice((0.2, 0.5, 0.8))
    for _ in range(MOST_STEPS):
        if not life.open():
            break
        life.time_goes_on(timedelta(seconds=chance.choice(DELAYS) + chance.random()))
        for number in life.open():
            chance.choice(habits)(life, number) if chance.random() < restless else _answer(life, number)
    _come_to_an_end(life)
    for number in list(life.cases):
        for habit in AFTERWARDS:
            if chance.random() < 0.2:
                life.time_goes_on(timedelta(seconds=chance.randrange(1, 9000)))
                habit(life, number)
    _come_to_an_end(life)
    return life


def _come_to_an_end(life: Life) -> None:
    """Everybody who is asked answers; an office of which a role is vacant for good gets its people back."""
    for _ in range(200):
        waiting = [number for number in life.open() if not life.incident(number).linked_to]
        if not waiting:
            return
        life.time_goes_on(timedelta(seconds=life.chance.choice((30, 100))))
        number = life.chance.choice(waiting)
        if not _asked(life, number):
            known = tuple(one for one in STAFF if life.people.person(one.id) is None)
            life.directories.append(replace(life.people, people=(*life.people.people, *known)))
            life.follow_directory()
        _answer(life, number, onward=True)
    raise AssertionError("an incident came to no end")


def _mail(life: Life) -> str:
    """The id of a mail; the beginning of one: nothing else is ever looked at, and chance packs badly."""
    return life.chance.randbytes(8).hex()


def _asked(life: Life, number: str) -> list[Person]:
    visit = life.incident(number).current
    people = (life.people.person(one.person) for one in visit.asked) if visit else ()
    return [person for person in people if person is not None]


def _whoever(life: Life, number: str) -> Person:
    """Somebody of the office, mostly of those who are asked."""
    asked = _asked(life, number)
    return life.chance.choice(asked if asked and life.chance.random() < 0.85 else life.people.people)


def _some_visit(life: Life, number: str) -> Visit:
    visits = life.incident(number).visits
    return visits[-1] if life.chance.random() < 0.6 else life.chance.choice(visits)


def _report(life: Life) -> None:
    life.happens({life.new_number(): facts.Opened("surat", life.now, _letter(life), _mail(life), _like(life))})


def _oral(life: Life, _number: str) -> None:
    letter = replace(_letter(life), jenis="telepon", asal=None, belum_dikenal=True, belum_terbaca=None)
    life.happens({life.new_number(): facts.Opened("telepon", life.now, letter)})


def _letter(life: Life) -> Report:
    chance = life.chance
    opd, name, box, what, services = chance.choice(OFFICES)
    letter = Report(
        jenis="surat",
        nomor=f"{chance.randrange(100, 999)}/{chance.randrange(10, 99)}/2026",
        hal=what,
        pengirim=name,
        opd=opd,
        email=f"{box}@contoh.example",
        layanan=services,
        ringkasan=f"{what} sejak pagi.",
        asal={"opd": Origin("kop", 1.0), "nomor": Origin("surat terlampir", 0.98)},
        kegentingan=Urgency(chance.choice(("biasa", "tinggi")), ("layanan publik",)),
    )
    odd = chance.random()
    if odd < 0.1:
        return replace(letter, tanpa_balasan=letter.email, tanpa_balasan_karena="tidak asli")
    if odd < 0.2:
        return replace(letter, email="")
    if odd < 0.5:
        return replace(letter, nomor=None, belum_terbaca=("pindaian.pdf",))
    return letter


def _like(life: Life) -> tuple[Similar, ...]:
    return tuple(Similar(number, life.incident(number).report.opd or "") for number in life.open())[:3]


def _answer(life: Life, number: str, onward: bool = False) -> None:
    """One of those who are asked says one of the words that are offered; `onward`: one that leads to the end."""
    visit, asked = life.incident(number).current, _asked(life, number)
    if visit is None or not asked:
        return
    stage = life.procedure.stage(visit.stage)
    replies, straight = stage.replies, 0.3 if stage.assigned else 0.7
    reply = replies[0] if onward or life.chance.random() < straight else life.chance.choice(replies)
    life.happens({number: _given(life, visit, life.chance.choice(asked), reply.decision)})


def _given(life: Life, visit: Visit, person: Person, decision: str) -> facts.AnswerGiven:
    chance = life.chance
    via, mail = ("email", _mail(life)) if chance.random() < 0.85 else (f"{facts.ORAL}, dicatat admin", "")
    caution = "ditulis oleh staf" if chance.random() < 0.1 else ""
    details = _details(life, visit, decision, person)
    text = chance.choice(("", "Segera tangani.", f"{decision.replace('_', ' ').upper()}, terima kasih."))
    said = facts.AnswerGiven(visit.stage, visit.number, decision, person, text, details, mail, via, caution)
    if chance.random() < 0.8:
        return said
    remark = "Helpdesk tolong kabari OPD."
    return replace(said, remark=remark, details=replace(details, directions=chance.choice((None, remark))))


def _details(life: Life, visit: Visit, decision: str, person: Person) -> Details:
    chance, stage = life.chance, life.procedure.stage(visit.stage)
    reply = stage.reply(decision)
    if reply is not None and reply.effect is Effect.EXTEND:
        if chance.random() < 0.5:
            return Details(minutes=chance.choice((15, 30, 120)))
        return Details(until=due(visit, stage, person.id) + timedelta(minutes=chance.choice((-20, 25, 90))))
    if reply is not None and reply.target and decision in _assigning(life.procedure):
        unit, team = _team(life)
        return Details(assignee=f"Tim {unit.title()}", people=team)
    if decision == "laporan":
        return Details(cause="Kabel FO putus", actions="Disambung ulang", result="Normal", status="selesai")
    return Details(instructions="cek dahulu", deadline="2026-12-01") if chance.random() < 0.2 else NO_DETAILS


def _assigning(procedure: Procedure) -> tuple[str, ...]:
    return tuple(word for stage in procedure.stages() for word in procedure.assigns(stage))


def _team(life: Life) -> tuple[str, tuple[str, ...]]:
    members = [one for one in life.people.people if one.unit]
    unit = life.chance.choice(members).unit
    return unit, tuple(one.id for one in members if one.unit == unit)


def _answer_of_anybody(life: Life, number: str) -> None:
    visit, person = _some_visit(life, number), _whoever(life, number)
    words = [reply.decision for stage in life.procedure.stages() for reply in stage.replies]
    known = [reply.decision for reply in life.procedure.stage(visit.stage).replies]
    word = life.chance.choice(known if life.chance.random() < 0.8 else words)
    life.happens({number: _given(life, visit, person, word)})


def _answer_that_came_before(life: Life, number: str) -> None:
    """Written while they were asked, and read when they were asked no more."""
    visit = life.incident(number).current
    gone = visit.released[-1] if visit and visit.released else None
    known = (*STAFF, *CAME_LATER, *DEPUTIES)
    person = next((one for one in known if gone and one.id == gone.person), None)
    if visit is None or gone is None or person is None:
        return
    given = _given(life, visit, person, life.procedure.stage(visit.stage).replies[0].decision)
    life.happens({number: replace(given, received=gone.at + timedelta(seconds=1))})


def _proposal(life: Life, number: str) -> None:
    visit, person = _some_visit(life, number), _whoever(life, number)
    reply = life.chance.choice(life.procedure.stage(visit.stage).replies)
    given = _given(life, visit, person, reply.decision)
    if not given.mail:
        return
    life.happens({number: facts.AnswerProposed(given, "surelnya tidak memuat kode surat permintaan kami")})


def _unclear(life: Life, number: str) -> None:
    visit, person, question = _some_visit(life, number), _whoever(life, number), life.chance.random() < 0.4
    text, understood = (
        ("Sudah koordinasi dengan PLN?", "pertanyaan") if question else ("Tunggu dulu", "permintaan menunggu")
    )
    words = (text, understood, _mail(life))
    life.happens({number: facts.AnswerUnclear(visit.stage, visit.number, person, *words, question=question)})


def _untrusted(life: Life, number: str) -> None:
    visit, named = _some_visit(life, number), life.chance.choice((*_asked(life, number), None))
    sender = life.chance.choice(("orang@luar.example", "orang@luar.example", "kabid@luar.example"))
    said = (sender, "alamat pengirimnya tidak terdaftar", "YA", _mail(life), named.id if named else "")
    for _ in range(life.chance.choice((1, 1, 4))):
        life.happens({number: facts.AnswerUntrusted(visit.stage, *said)})
        life.now += timedelta(seconds=1)


def _withdraws(life: Life, number: str) -> None:
    """The one who answered last, mostly."""
    visits = [visit for visit in life.incident(number).visits if visit.answer and visit.answer.person]
    if not visits:
        return
    visit = visits[-1] if life.chance.random() < 0.8 else life.chance.choice(visits)
    assert visit.answer is not None
    person = life.people.person(visit.answer.person) if life.chance.random() < 0.9 else _whoever(life, number)
    if person is None:
        return
    instead, mail = None, _mail(life)
    if life.chance.random() < 0.6:
        word = life.chance.choice(life.procedure.stage(visit.stage).replies).decision
        instead = replace(_given(life, visit, person, word), mail=mail)
    life.happens({number: facts.AnswerWithdrawn(visit.stage, visit.number, person, "RALAT", mail, instead)})


def _doubts(life: Life, number: str) -> None:
    """Whoever answered is not sure any more, mostly soon, or has an order to add."""
    visits = [visit for visit in life.incident(number).visits if visit.answer and visit.answer.person]
    if not visits:
        return
    visit = visits[-1] if life.chance.random() < 0.8 else life.chance.choice(visits)
    assert visit.answer is not None
    person = life.people.person(visit.answer.person) if life.chance.random() < 0.9 else _whoever(life, number)
    order = "Helpdesk mohon kabari OPD." if life.chance.random() < 0.3 else ""
    for _ in range(life.chance.choice((1, 1, 1, 4)) if person else 0):
        assert person is not None
        said = (visit.stage, visit.number, person)
        added = facts.OrderAdded(*said, order, order, _mail(life))
        life.happens({number: added if order else facts.Objected(*said, "eh, salah", _mail(life))})
        life.now += timedelta(seconds=1)


def _corrects(life: Life, number: str) -> None:
    """Somebody who works on it mends its card, alone or beside an answer; not every line can be carried out."""
    incident, visit, person = life.incident(number), _some_visit(life, number), _whoever(life, number)
    if not may_correct(life.procedure, incident, person):
        return
    right = life.chance.choice((Report(opd="Dinas Sosial"), Report(lokasi="Gedung B", layanan=("listrik",)), NOTHING))
    not_applied = (NotApplied("KOREKSI MULAI: besok", "waktunya belum lewat"),) if right is NOTHING else ()
    mail, then = _mail(life), None
    if mail and life.chance.random() < 0.4:
        word = life.chance.choice(life.procedure.stage(visit.stage).replies).decision
        then = replace(_given(life, visit, person, word), mail=mail)
    life.happens({number: facts.CardCorrected(person, right, not_applied, mail, then=then)})


def _late_receipt(life: Life, number: str) -> None:
    """What still counts after the end, by one of those who were asked last; or what is not clear enough."""
    incident = life.incident(number)
    last = incident.visits[-1] if incident.visits else None
    if last is None or not incident.outcome or not last.asked:
        return
    person = life.people.person(life.chance.choice(last.asked).person)
    afterwards = life.procedure.outcome(incident.outcome).afterwards
    if person is None or not afterwards:
        return
    order = life.chance.choice((None, "Genset diuji tiap bulan."))
    given = _given(life, last, person, afterwards[0].decision)
    if life.chance.random() < 0.2:
        words = ("Belum ada fotonya", "keberatan", _mail(life))
        life.happens({number: facts.AnswerUnclear(last.stage, last.number, person, *words, remark="Belum ada fotonya")})
    given = replace(given, details=replace(given.details, directions=order), remark=order or "")
    if given.mail and life.chance.random() < 0.2:
        life.happens({number: facts.AnswerProposed(given, "surelnya tidak memuat kode surat permintaan kami")})
    life.happens({number: given})


def _delegates(life: Life, number: str) -> None:
    visit, person = _some_visit(life, number), _whoever(life, number)
    to = life.chance.sample([one.id for one in life.people.people], k=life.chance.choice((0, 1, 2)))
    if life.chance.random() < 0.6:
        to += [one.id for one in life.people.people if one.acting and one.role == person.role]
    words = (tuple(to), "Pak Anu", "mohon diputuskan beliau", _mail(life))
    life.happens({number: facts.Delegated(visit.stage, visit.number, person, *words)})


def _reassigns(life: Life, number: str) -> None:
    visit = life.incident(number).current
    if visit is None:
        return
    if life.procedure.stage(visit.stage).assigned and life.chance.random() < 0.8:
        life.time_goes_on(timedelta(minutes=65))
        visit = life.incident(number).current or visit
    person, (unit, team) = life.chance.choice(life.people.people), _team(life)
    if life.chance.random() < 0.7:
        person = next((one for one in life.people.people if one.role == "koordinator"), person)
    if life.chance.random() < 0.15:
        unit, team = "Radio", ()
    words = (team, f"Tim {unit.title()}", f"TUGASKAN Tim {unit.title()}", _mail(life))
    life.happens({number: facts.Reassigned(visit.stage, visit.number, person, *words)})


def _remark(life: Life, number: str) -> None:
    person = life.chance.choice(life.people.people)
    for _ in range(life.chance.choice((1, 1, 1, 1, 1, 1, 1, 1, 7))):
        life.happens({number: facts.Remarked(person, "Kabel di tiang tampak putus.", _mail(life))})
        life.now += timedelta(seconds=1)


def _away(life: Life, number: str) -> None:
    visit, person = life.incident(number).current, _whoever(life, number)
    named = tuple(one.id for one in life.people.people if one.role == person.role and life.chance.random() < 0.4)
    if visit is not None:
        life.happens({number: facts.AwayNow(visit.stage, visit.number, person.id, named, _mail(life))})


def _undelivered(life: Life, number: str) -> None:
    visit, person = _some_visit(life, number), _whoever(life, number)
    step = life.procedure.stage(visit.stage).step
    key = MailKey.of_visit(number, step, visit.stage, visit.number, person.id)
    where, bounce = (person.address, "550 5.1.1 kotak penuh"), _mail(life) if life.chance.random() < 0.5 else ""
    asks = life.chance.random() < 0.8
    if not asks and life.chance.random() < 0.4:
        key = MailKey.of_incident(number, "gagal-kirim", "0", person.id)
        life.happens({number: facts.Undelivered(key, *where, bounce, MailTemplate.NOT_DELIVERED, Addressee(person.id))})
        return
    about = facts.Undelivered(key, *where, bounce, "", Addressee(person.id), visit.stage, visit.number, asks)
    life.happens({number: about})


def _more_of_the_reporter(life: Life, number: str) -> None:
    report, ended = life.incident(number).report, bool(life.incident(number).outcome)
    new = life.chance.choice(
        (NOTHING, Report(telepon="0751-410001", lokasi="Gedung B", asal={"telepon": Origin("badan surat", 0.9)}))
    )
    sender = report.email or "seseorang@contoh.example"
    not_over = ended and life.chance.random() < 0.5
    life.happens({number: facts.FollowedUp(sender, "Gedung B juga putus.", _mail(life), new, not_over)})


def _read_again(life: Life, number: str) -> None:
    if life.incident(number).report.belum_terbaca:
        new = Report(nomor="118/77/2026", lokasi="Kantor induk", asal={"nomor": Origin("hasil pindai", 0.8)})
        life.happens({number: facts.ReadAgain(new, Report(hal="Permohonan bantuan darurat", belum_terbaca=()))})


def _links(life: Life, number: str) -> None:
    others = [other for other in life.open() if other != number]
    if not others and life.chance.random() < 0.3:
        _report(life)
    person = next((one for one in _asked(life, number) if one.role == "helpdesk"), life.people.people[0])
    if not others:
        return
    to, mail, here = life.chance.choice(others), _mail(life), life.incident(number)
    link = facts.LinkedTo(to, life.incident(to).report.opd or "", person, f"GABUNG {to}", mail)
    life.happens({number: link, to: facts.TookIn(number, here.report, here.mail, person, mail)})


def _parts(life: Life, number: str) -> None:
    to, mail = life.incident(number).linked_to, _mail(life)
    if to:
        person = life.people.people[0]
        life.happens({number: facts.Unlinked(person, "PISAHKAN", mail), to: facts.LetGo(number, person, mail)})


def _people_change(life: Life, _number: str) -> None:
    life.people_change()


def _clock_set_back(life: Life, _number: str) -> None:
    life.now -= timedelta(minutes=life.chance.choice((0.5, 7, 45, 600)))
    if life.chance.random() < 0.7:
        life.look_at_deadlines()


def _nothing_comes(life: Life, number: str) -> None:
    """The ladder is climbed, to its end perhaps: the machine looks whenever something is due, or is off for a while."""
    for _ in range(life.chance.choice((1, 3))):
        life.time_goes_on(timedelta(minutes=life.chance.choice((1, 2, 4, 35, 200))))


def _goes_on(life: Life, number: str) -> None:
    """The outage of an ended incident is not over: it goes on in another one."""
    ended: Incident = life.incident(number)
    if not ended.outcome or ended.continued_as:
        return
    how = life.chance.choice(("belum", "darurat", "ralat", ""))
    again = facts.Reopening(how, "dr. Yeni Marlina", life.now, "Sekretaris", "BELUM", _mail(life)) if how else None
    other = life.new_number()
    report = facts.Opened(ended.channel, life.now, ended.report, ended.mail, (), number, again)
    life.happens({other: report, number: facts.ContinuedAs(other, ended.mail, again)})


Habit = Callable[[Life, str], None]
HABITS: tuple[tuple[Habit, int], ...] = (
    (_answer_of_anybody, 2),
    (_answer_that_came_before, 3),
    (_proposal, 3),
    (_unclear, 2),
    (_untrusted, 1),
    (_withdraws, 4),
    (_doubts, 2),
    (_corrects, 2),
    (_delegates, 4),
    (_reassigns, 7),
    (_remark, 1),
    (_away, 3),
    (_undelivered, 3),
    (_more_of_the_reporter, 2),
    (_read_again, 2),
    (_links, 5),
    (_parts, 4),
    (_people_change, 8),
    (_clock_set_back, 1),
    (_nothing_comes, 4),
    (_oral, 1),
)
"""What else than an answer of whoever is asked, and how often."""
AFTERWARDS: tuple[Habit, ...] = (
    *(_answer_of_anybody, _more_of_the_reporter, _withdraws, _undelivered, _doubts, _late_receipt, _late_receipt),
    _goes_on,
)
