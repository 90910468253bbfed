"""What several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from office.build import SETTINGS_VARIABLE, Office, build_office
from office.settings import read_settings

NOT_WHOLE = 3
"""Exit code: it was done, or is true, as far as it could be; the lines say what is missing."""
config_option: Callable[[Any], Any] = click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("siaga.toml"),
    envvar=SETTINGS_VARIABLE,
    show_default=True,
    help="Berkas pengaturan.",
)
json_option: Callable[[Any], Any] = click.option("--json", "as_json", is_flag=True, help="Keluaran sebagai JSON.")


@contextmanager
def opened(config: Path, *, restoring: bool = False) -> Iterator[Office]:
    """The office of a settings file, closed at the end. `restoring`, and what it raises: as `build_office`."""
    office = build_office(read_settings(config), restoring=restoring)
    try:
        yield office
    finally:
        office.close()
