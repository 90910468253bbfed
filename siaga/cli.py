"""The command line. Answers in Indonesian; an error is one line with the way out.

Exit codes: 0 done; 1 it could not be done, the line says why; 2 the command itself was wrong; 3 it was done, but
not all of it could be: the lines say what is missing.
Commands that need no Prefect never import it: each imports what it needs when it runs.
"""

from __future__ import annotations

import sys

import click

from office.private import keep_private
from siaga.commands import again, desk, keep, look, oral, read, setup
from siaga.failures import one_line


@click.group(
    help="Siaga: surat darurat dibaca, dicatat, dipimpin menurut SOP lewat surel.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="siaga", message="siaga %(version)s")
def siaga() -> None:
    """The group all commands belong to."""


for command in (
    setup.demo,
    setup.init,
    setup.doctor,
    desk.up,
    read.read,
    look.incidents,
    look.show,
    look.surat,
    keep.verify,
    look.register,
    keep.backup,
    keep.restore,
    again.replay,
    oral.report,
):
    siaga.add_command(command)


def main() -> None:
    """Entry point of the `siaga` command."""
    keep_private()
    with one_line():
        siaga.main(prog_name="siaga", standalone_mode=True)
    sys.exit(0)
