"""The directory of officials: `pejabat.yaml`, read anew whenever it changes; its last good version outlives us."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from office.duties import read_duty, read_policies, read_quiet_hours
from office.last_good import LastGood
from office.people_keys import ADDRESS, DEPUTY, PEOPLE, PERSON
from sop.people import Directory, Person
from sop.yaml_lines import Node, Problems, Unusable, read_yaml
from templates import phrasing

log = logging.getLogger(__name__)
LAST_GOOD = "pejabat-terakhir.yaml"
"""In the data folder: the last version of the directory that could be used."""
_ACTING = {"plh": "Plh.", "plt": "Plt."}


class PeopleError(Unusable):
    """The directory cannot be used; one line each, with file and line."""


def read_people(path: Path, roles: Mapping[str, str]) -> Directory:
    """Read and check `pejabat.yaml` against the roles of the procedure. Raises: PeopleError."""
    return _checked(_text_of(path), path.name, roles)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PeopleError([f"{path} tidak dapat dibaca: {error}; buatlah dengan: siaga init {path.parent}"]) from error


def _checked(text: str, file: str, roles: Mapping[str, str]) -> Directory:
    """`file`: what it is called where its mistakes are told. Raises: PeopleError."""
    problems = Problems(file)
    root = read_yaml(text, problems)
    if problems.lines:  # what cannot be read lacks everything, which would only hide the reason
        raise PeopleError(problems.lines)
    root.only(*PEOPLE)
    written = [(node, _official(node, roles)) for node in root.children("pejabat")]
    written += [(node, _deputy(node, roles)) for node in root.children("wakil")]
    people = [person for _, person in written]
    seen: set[str] = set()
    for node, person in written:
        if person.id in seen:
            node.problem(f"kode `{person.id}` dipakai dua kali", "kode")
        seen.add(person.id)
    for role, label in roles.items():
        if not any(person.role == role and not person.acting for person in people):
            problems.add(1, "", f"peran `{role}` ({label}) belum ada pejabatnya; tambahkan di bawah `pejabat`")
    _check_addresses(written)
    duties = tuple(read_duty(node, people) for node in root.children("piket"))
    policies = read_policies(root.child("kepercayaan"), roles)
    quiet = read_quiet_hours(root.child("jam_tenang"), roles)
    if problems.lines:
        raise PeopleError(problems.lines)
    return Directory(tuple(people), duties, policies, quiet)


def _official(node: Node, roles: Mapping[str, str]) -> Person:
    node.only(*PERSON)
    return _person(node, roles)


def _deputy(node: Node, roles: Mapping[str, str]) -> Person:
    node.only(*DEPUTY)
    acting = _ACTING.get(node.text("sebutan").lower().strip(". "), "")
    if not acting:
        node.problem("`sebutan` harus Plh atau Plt", "sebutan")
    mandate = node.text("surat_perintah")
    first, last = _day(node, "mulai"), _day(node, "sampai")
    if first and last and last < first:
        node.problem("`sampai` lebih awal daripada `mulai`", "sampai")
    return replace(_person(node, roles), acting=acting, mandate=mandate, first_day=first, last_day=last)


def _person(node: Node, roles: Mapping[str, str]) -> Person:
    role = node.text("peran")
    if role and role not in roles:
        node.problem(f"peran `{role}` tidak ada di prosedur; yang ada: {', '.join(roles)}", "peran")
    addresses = _addresses(node, "surel") or ("",)
    if "surel" not in node.items:
        node.problem("`surel` harus satu alamat atau daftar alamat surel")
    return Person(
        id=node.text("kode"),
        role=role,
        name=node.text("nama"),
        title=node.text("jabatan"),
        addresses=addresses,
        nip=str(node.items.get("nip") or ""),
        unit=str(node.items.get("unit") or ""),
        aides=_addresses(node, "ajudan"),
    )


def _addresses(node: Node, key: str) -> tuple[str, ...]:
    """One address or several, in lower case."""
    addresses = tuple(address.lower() for address in node.words(key))
    if key in node.items and (not addresses or any(not re.fullmatch(ADDRESS, address) for address in addresses)):
        node.problem(f"`{key}` harus satu alamat atau daftar alamat surel", key)
    return addresses


def _check_addresses(written: Sequence[tuple[Node, Person]]) -> None:
    """An aide's address that is an official's own would let one official answer as another."""
    own = {address: person for _, person in written for address in person.addresses}
    for node, person in written:
        for address in sorted(set(person.aides) & set(own)):
            message = f"ajudan {address} dari `{person.id}` adalah alamat pejabat `{own[address].id}` sendiri"
            node.problem(message, "ajudan")


def _day(node: Node, key: str) -> date | None:
    value = node.items.get(key)
    if isinstance(value, date):
        return value
    node.problem(f"`{key}` harus tanggal seperti 2026-11-23", key)
    return None


class PeopleFile:
    """The directory as the file says now. A broken new version is told, and the last good one stays in force: also for
    an office that is opened while the file is broken or gone.
    """

    def __init__(
        self, path: Path, roles: Mapping[str, str], stamp: Callable[[Path], object], last_good: LastGood
    ) -> None:
        """`roles`: the procedure's, with what they are called. `stamp`: changes whenever the file does.

        Raises: PeopleError when the file cannot be used, nor a version of it that was good before.
        """
        self.path, self.last_good = path, last_good
        self._roles, self._stamp_of = roles, stamp
        self._stamp = self._stamp_of(path)
        try:
            self._text = _text_of(path)
            self._directory = _checked(self._text, path.name, roles)
        except PeopleError as error:
            self._text, self._directory = self._as_it_was(error)
        last_good.keep(self._text)

    def __call__(self) -> Directory:
        stamp = self._stamp_of(self.path)
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                text = _text_of(self.path)
                self._directory = _checked(text, self.path.name, self._roles)
                self._text = text
                log.info("%s dibaca ulang", self.path.name)
            except PeopleError as error:
                say = "; ".join(error.problems)
                log.error("%s tidak dipakai, versi sebelumnya tetap berlaku: %s", self.path.name, say)
        self.last_good.keep(self._text)
        return self._directory

    def _as_it_was(self, broken: PeopleError) -> tuple[str, Directory]:
        """The last good version, where there is one that still fits the procedure. Raises: PeopleError."""
        kept = self.last_good.read()
        if kept is None:
            raise broken
        text, since = kept
        try:
            directory = _checked(text, self.last_good.path.name, self._roles)
        except PeopleError as error:
            old = [f"versi baik terakhir juga tidak dapat dipakai: {problem}" for problem in error.problems]
            raise PeopleError([*broken.problems, *old]) from error
        log.error(
            "%s tidak dapat dipakai (%s); tetap berlaku versi baik terakhir, yang dibaca %s (%s). Perbaiki %s: berlaku "
            "begitu terbaca, tanpa dijalankan ulang; periksa dengan siaga doctor",
            self.path.name,
            "; ".join(broken.problems),
            phrasing.moment(since),
            self.last_good.path,
            self.path,
        )
        return text, directory


def stamp_of(path: Path) -> tuple[int, int, int]:
    """Changes whenever a file is written, replaced, or given other rights; zeros while there is none."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ctime_ns)
