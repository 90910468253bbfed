"""The directory of officials as the office's admin keeps it: people come and go, stand in, are on duty, want quiet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from office.people import read_people
from sop.people import Directory
from tests.year.world.calendar import WIB

BROKEN = "pejabat:\n  - {kode: kabid, peran: kabid, nama:\n"
"""What a slip of the hand leaves in the file."""
_FIRST = [
    "Rahmi",
    "Yusran",
    "Deswita",
    "Hendra",
    "Novialdi",
    "Fauzan",
    "Mega",
    "Zulfadli",
    "Rika",
    "Ilham",
    "Suryani",
    "Afdal",
]
_LAST = ["Chaniago", "Koto", "Piliang", "Tanjung", "Sikumbang", "Jambak", "Caniago", "Guci", "Melayu", "Pisang"]


@dataclass(slots=True)
class Staffing:
    """What may change.

    Attributes:
        kabid, koordinator: how many have held the office so far; a new one has a new code and address.
        deputy: what the deputy of the Kabid is (`Plh`, `Plt`); "" where there is none.
        night_duty: Helpdesk's second man is on duty until this moment; None where nobody is.
        quiet: Kabid and Kadis are not reminded at night.
        second_team: there is a second person in the network team.
    """

    kabid: int = 1
    koordinator: int = 1
    deputy: str = "Plh"
    deputy_until: date = date(2099, 12, 31)
    night_duty: datetime | None = None
    quiet: bool = False
    second_team: bool = False

    def change(self, rng: Random, now: datetime) -> str:
        """Somebody edits the file. Returns what was changed."""
        today = now.astimezone(WIB).date()
        what = rng.choice(("kabid", "koordinator", "deputy", "duty", "quiet", "team"))
        if what == "kabid":
            self.kabid += 1
        elif what == "koordinator":
            self.koordinator += 1
        elif what == "deputy":
            self.deputy = "" if self.deputy else rng.choice(("Plh", "Plt"))
            self.deputy_until = today + timedelta(days=rng.choice((0, 1, 3, 14)))
        elif what == "duty":
            self.night_duty = None if self.night_duty else now + timedelta(hours=rng.choice((2, 12, 36)))
        elif what == "quiet":
            self.quiet = not self.quiet
        else:
            self.second_team = not self.second_team
        return what

    def all_back(self, today: date) -> None:
        """Nobody is missing: whom a stage needs is there."""
        self.deputy, self.deputy_until = "Plh", date(today.year + 50, 12, 31)

    def text(self, now: datetime) -> str:
        """`pejabat.yaml`."""
        today = now.astimezone(WIB)
        officials = [
            _row("helpdesk", "helpdesk", "Dedi Kurniadi, A.Md.", "Petugas Helpdesk"),
            _row("helpdesk2", "helpdesk", "Sari Melati, A.Md.", "Petugas Helpdesk"),
            _holder("koordinator", self.koordinator, "Koordinator Helpdesk", aide=True),
            _holder("kabid", self.kabid, "Kepala Bidang Aplikasi Informatika"),
            _row("tim_jaringan", "tim_teknis", "Rahmat Febrian, S.Kom.", "Tim Teknis Jaringan", unit="jaringan"),
            _row("tim_aplikasi", "tim_teknis", "Welly Oktaviani, M.Kom.", "Tim Teknis Aplikasi", unit="aplikasi"),
            _row("kadis", "kadis", "Ir. Rinaldo Firmandes, M.Si", "Kepala Dinas"),
        ]
        if self.second_team:
            officials.append(_row("tim_jaringan2", "tim_teknis", "Yogi Putra, A.Md.", "Tim Teknis", unit="jaringan"))
        text = "pejabat:\n" + "".join(officials)
        if self.deputy and self.deputy_until >= today.date():
            until = f"mulai: 2020-01-01, sampai: {self.deputy_until.isoformat()}"
            text += (
                f'wakil:\n  - {{kode: plh_kabid, peran: kabid, sebutan: {self.deputy}, nama: "Elmiwati Sikumbang, M.M.", '
                "jabatan: Kepala Bidang Aplikasi Informatika, surel: sekretaris@contoh.example, "
                f"surat_perintah: 800/118/SP/2026, {until}}}\n"
            )
        if self.night_duty and self.night_duty > now:
            since, end = today - timedelta(minutes=1), self.night_duty.astimezone(WIB)
            text += f'piket:\n  - {{peran: helpdesk, petugas: helpdesk2, mulai: "{since:%F %H.%M}", sampai: "{end:%F %H.%M}"}}\n'
        if self.quiet:
            text += 'jam_tenang:\n  kadis: "21.00-05.00"\n  kabid: "21.00-05.00"\n'
        return text


def read(folder: Path, text: str, roles: Mapping[str, str]) -> Directory:
    """What a text of the file says, by the office's own reader. Raises: PeopleError."""
    path = folder / "dibaca.yaml"
    path.write_text(text, encoding="utf-8")
    return read_people(path, roles)


def _holder(role: str, count: int, title: str, *, aide: bool = False) -> str:
    code = role if count == 1 else f"{role}{count}"
    name = f"{_FIRST[count % len(_FIRST)]} {_LAST[(count * 3 + len(role)) % len(_LAST)]}, S.Kom."
    return _row(code, role, name, title, aide=f"ajudan.{role}@contoh.example" if aide else "")


def _row(code: str, role: str, name: str, title: str, *, unit: str = "", aide: str = "") -> str:
    more = (f", unit: {unit}" if unit else "") + (f", ajudan: {aide}" if aide else "")
    address = f"{code.replace('_', '.')}@contoh.example"
    return f'  - {{kode: {code}, peran: {role}, nama: "{name}", jabatan: {title}, surel: {address}{more}}}\n'
