"""One settings file, read section by section: what is wrong with it is gathered, one line each."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from office.settings_keys import MOMENT, PORTS, SECTIONS
from sop.yaml_lines import Unusable
from templates.phrasing import WIB


def read_moment(text: str) -> datetime | None:
    """A day and time of the office (WIB) as people write it: "2026-11-26 08.00", or a day alone; None if it is none."""
    written = re.fullmatch(MOMENT, text.strip())
    if written is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in written.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=WIB)
    except ValueError:
        return None


class SettingsError(Unusable):
    """The settings cannot be used; one line each, saying where and what to do."""


class TomlFile:
    """The content of a file. Each value that is asked for and is not good adds a line to `problems`."""

    def __init__(self, content: Mapping[str, Any], path: Path, problems: list[str] | None = None) -> None:
        self.content, self.path = content, path
        self.problems = [] if problems is None else problems

    @classmethod
    def read(cls, path: Path) -> TomlFile:
        """Raises: SettingsError."""
        try:
            return cls(tomllib.loads(path.read_text(encoding="utf-8")), path.resolve())
        except FileNotFoundError as error:
            raise SettingsError([f"{path} tidak ada; buatlah dengan: siaga init {path.parent}"]) from error
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError([f"{path} tidak dapat dibaca: {error}"]) from error

    def with_section(self, name: str, section: Mapping[str, Any]) -> TomlFile:
        """The same file with another section of that name; problems are gathered together."""
        return TomlFile({**self.content, name: section}, self.path, self.problems)

    def section(self, name: str) -> Mapping[str, Any]:
        section = self.content.get(name, {})
        return section if isinstance(section, dict) else {}

    def problem(self, section: str, key: str, message: str) -> None:
        self.problems.append(f"{self.path.name}: [{section}] {key}: {message}")

    def value(self, section: str, key: str) -> Any:
        """What is written, or else the default; None where neither is."""
        return self.section(section).get(key, SECTIONS[section][key].default)

    def text(self, section: str, key: str, default: str | None = None, *, needed: bool = False) -> str:
        """`default` and `needed`: where they depend on what else is said."""
        value = self.value(section, key)
        value = default if value is None else value
        needed = needed or (SECTIONS[section][key].needed and default is None)
        if not isinstance(value, str) or (not value.strip() and needed):
            self.problem(section, key, "harus diisi dengan teks")
            return ""
        return value.strip()

    def lines(self, section: str, key: str) -> tuple[str, ...]:
        value = self.value(section, key)
        if not isinstance(value, list | tuple) or not all(isinstance(line, str) for line in value):
            self.problem(section, key, 'harus daftar teks, misalnya ["PEMERINTAH PROVINSI", "DINAS KOMINFO"]')
            return ()
        return tuple(value)

    def one_of(self, section: str, key: str, known: tuple[str, ...] = ()) -> str:
        """`known`: the words, the usual one first, where they depend on what else is said."""
        known = known or SECTIONS[section][key].choices
        value = self.text(section, key, known[0])
        if value not in known:
            self.problem(section, key, f"harus salah satu dari: {', '.join(known)}")
            return known[0]
        return value

    def whole(self, section: str, key: str, default: int = 0) -> int:
        """`default`: where it depends on what else is said."""
        declared = SECTIONS[section][key]
        usual = declared.default if isinstance(declared.default, int) else default
        value = self.section(section).get(key, usual)
        if not isinstance(value, int) or isinstance(value, bool) or not declared.least <= value < PORTS.stop:
            self.problem(section, key, f"harus bilangan bulat {declared.least} sampai {PORTS.stop - 1}")
            return usual
        return value

    def moment(self, section: str, key: str) -> datetime | None:
        """A moment of the office's time (WIB), such as "2026-11-26 08.00", or a day; None when it is not said."""
        value = self.value(section, key)
        moment = None if value is None else read_moment(str(value))
        if value is not None and moment is None:
            self.problem(section, key, 'harus hari dan jam WIB, misalnya "2026-11-26 08.00"')
        return moment

    def secret(self, section: str, key: str, *, needed: bool = False) -> str:
        """What stands in the environment variable that `key_env` names, else in the file under `key`."""
        variable = self.text(section, f"{key}_env")
        if variable:
            if not os.environ.get(variable):
                self.problem(section, f"{key}_env", f"variabel lingkungan {variable} belum diisi")
            return os.environ.get(variable, "")
        value = self.text(section, key)
        if needed and not value:
            self.problem(section, key, f"harus diisi, atau sebutkan variabel lingkungannya di {key}_env")
        return value

    def file(self, section: str, key: str) -> Path:
        return (self.path.parent / self.text(section, key)).resolve()

    def optional_file(self, section: str, key: str) -> Path | None:
        return self.file(section, key) if self.text(section, key) else None

    def certificate(self, section: str) -> str:
        """The path of the authority's certificate; "" to trust those that the machine trusts."""
        path = self.optional_file(section, "sertifikat_ca")
        if path is not None and not path.is_file():
            self.problem(section, "sertifikat_ca", f"berkas {path} tidak ada")
        return str(path or "")
