"""An office whose people come and go. Nobody in it is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from sop.people import WIB, Directory, Duty, Person


def _person(id_: str, role: str, name: str, title: str, unit: str = "", acting: str = "", mandate: str = "") -> Person:
    address = f"{id_.replace('_', '.')}@contoh.example"
    return Person(id_, role, name, title, (address,), unit=unit, acting=acting, mandate=mandate)


STAFF = (
    _person("helpdesk", "helpdesk", "Dedi Kurniadi, A.Md.", "Petugas Helpdesk"),
    _person("helpdesk_2", "helpdesk", "Sari Melati, A.Md.Kom.", "Petugas Helpdesk"),
    _person("koordinator", "koordinator", "Fitria Anggraini, S.T.", "Koordinator Helpdesk"),
    _person("kabid", "kabid", "Yuliandri Putra, S.Kom., M.T.", "Kepala Bidang Aplikasi Informatika"),
    _person("tim_jaringan", "tim_teknis", "Rahmat Febrian, S.Kom.", "Tim Teknis Jaringan", "jaringan"),
    _person("tim_jaringan_2", "tim_teknis", "Nofri Hendra, S.T.", "Tim Teknis Jaringan", "jaringan"),
    _person("tim_aplikasi", "tim_teknis", "Welly Oktaviani, M.Kom.", "Tim Teknis Aplikasi", "aplikasi"),
    _person("tim_server", "tim_teknis", "Andika Saputra, S.Kom.", "Tim Teknis Server", "server"),
    _person("kadis", "kadis", "Ir. Rinaldo Firmandes, M.Si", "Kepala Dinas"),
)
CAME_LATER = (
    _person("helpdesk_3", "helpdesk", "Rika Susanti, A.Md.", "Petugas Helpdesk"),
    _person("koordinator_baru", "koordinator", "Hendri Gusman, S.Kom.", "Koordinator Helpdesk"),
    _person("kabid_baru", "kabid", "Desi Ratnasari, S.T., M.Kom.", "Kepala Bidang Aplikasi Informatika"),
    _person("tim_server_2", "tim_teknis", "Ilham Syahputra, S.T.", "Tim Teknis Server", "server"),
)
DEPUTIES = (
    _person(
        "plh_kabid",
        "kabid",
        "Dra. Elmiwati Sikumbang, M.M.",
        "Kepala Bidang Aplikasi Informatika",
        "",
        "Plh.",
        "800/118",
    ),
    _person("plt_koordinator", "koordinator", "Zul Efendi, S.Kom.", "Koordinator Helpdesk", "", "Plt.", "800/121"),
    _person("plh_helpdesk", "helpdesk", "Mira Oktaria, A.Md.", "Petugas Helpdesk", "", "Plh.", "800/125"),
    _person("plh_kadis", "kadis", "Drs. Syafrizal, M.Si", "Kepala Dinas", "", "Plh.", "800/130"),
)
QUIET = (time(21, 0), time(6, 0))


def first_directory(chance: Random, day: date) -> Directory:
    """Who serves when a history begins: all the staff, or all but one, and some deputies."""
    staff = list(STAFF)
    if chance.random() < 0.15:
        staff.remove(chance.choice(staff[:1] + staff[5:8]))
    deputies = [_with_mandate(one, chance, day) for one in DEPUTIES if chance.random() < 0.6]
    quiet = {"kadis": QUIET, "kabid": QUIET} if chance.random() < 0.3 else {}
    return Directory((*staff, *deputies), quiet=quiet)


def changed(people: Directory, chance: Random, now: datetime) -> Directory:
    """The directory after one change of the file."""
    kind = chance.choice(("leaves", "comes", "replaced", "mandate", "duty", "duty over", "quiet"))
    held = [one for one in people.people if not one.acting]
    new = [one for one in (*STAFF, *CAME_LATER) if people.person(one.id) is None]
    match kind:
        case "leaves" if len(held) > 5:
            gone = chance.choice(held)
            return replace(people, people=tuple(one for one in people.people if one.id != gone.id))
        case "comes" if new:
            return replace(people, people=(*people.people, chance.choice(new)))
        case "replaced" if new:
            comes = chance.choice(new)
            stay = tuple(one for one in people.people if one.acting or one.role != comes.role or comes.unit != one.unit)
            return replace(people, people=(*stay, comes))
        case "mandate":
            deputy = chance.choice(DEPUTIES)
            others = tuple(one for one in people.people if one.id != deputy.id)
            renewed = _with_mandate(deputy, chance, now.astimezone(WIB).date())
            return replace(people, people=others if len(others) < len(people.people) else (*others, renewed))
        case "duty":
            one = chance.choice(held)
            duty = Duty(one.role, one.id, now - timedelta(minutes=1), now + timedelta(hours=chance.choice((1, 8))))
            return replace(people, duties=(*people.duties, duty))
        case "duty over":
            return replace(people, duties=())
        case _:
            return replace(people, quiet={} if people.quiet else {"tim_teknis": QUIET, "kadis": QUIET})


def _with_mandate(deputy: Person, chance: Random, day: date) -> Person:
    first = day - timedelta(days=chance.choice((0, 0, 3)))
    last = None if chance.random() < 0.5 else day + timedelta(days=chance.choice((0, 1, 7)))
    return replace(deputy, first_day=first, last_day=last)
