"""Compares what is understood of the invented letters in `tests/golden` with what a careful clerk would register."""

from __future__ import annotations

import sys
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from office.offices_file import DEFAULT, read_offices
from parsers.documents.opening import Opener
from parsers.letters.letter import read_letter
from parsers.letters.values import Field
from parsers.words.numbers import Numbers
from readers.programs import SystemPrograms
from siaga.readout.beside import OWN_OFFICE
from sop.load import load_procedure

GOLDEN = Path(__file__).parents[1] / "tests/golden/letters.yaml"


def cases() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = YAML(typ="safe").load(GOLDEN.read_text(encoding="utf-8"))
    return loaded


def understood(case: dict[str, Any]) -> dict[str, Any]:
    """The fields that the case names, as they are read now."""
    numbers = Numbers((load_procedure().prefix,))
    letter = read_letter(
        as_mail(case), read_offices(DEFAULT, own=OWN_OFFICE), opener=Opener(SystemPrograms()), numbers=numbers
    )
    read: dict[str, Any] = {}
    for name in case["expect"]:
        value = getattr(letter, name)
        if isinstance(value, Field):
            value = value.value or None
        read[name] = sorted(value) if name == "layanan" else value and str(value)
    return read


def wanted(case: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(value) if name == "layanan" else value for name, value in case["expect"].items()}


def as_mail(case: dict[str, Any]) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = case["from"], "darurat@kominfotik.example", case["subject"]
    message["Date"] = format_datetime(case["date"])
    for name, value in case.get("headers", {}).items():
        message[name] = value
    message.set_content(case["body"])
    return message.as_bytes()


def main() -> int:
    """Print each field that is read otherwise; 1 when there is one."""
    fields = misses = 0
    for case in cases():
        read, right = understood(case), wanted(case)
        fields += len(right)
        for name in right:
            if read[name] != right[name]:
                misses += 1
                sys.stdout.write(f"{case['case']}\n  {name}: {right[name]!r}\n  {' ' * len(name)}  {read[name]!r}\n")
    sys.stdout.write(f"{fields - misses} of {fields} fields as a clerk would register them\n")
    return 1 if misses else 0


if __name__ == "__main__":
    raise SystemExit(main())
