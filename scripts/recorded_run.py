"""Lives through one eventful run of the office and writes all it produced into a folder, for `diff -r`.

    python -m scripts.recorded_run OUT      writes into the new folder OUT
    python -m scripts.recorded_run --renew  writes what a run comes to into tests/recorded/run.sha256

Two runs of the same code give the same bytes: what differs between the folders of two commits is what has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

from tests import cast
from tests.doubles import MailHouse
from tests.recorded.life import EventfulTown, live
from tests.recorded.writing import OF_THIS_MACHINE, write_down

MANIFEST = Path(__file__).parents[1] / "tests/recorded/run.sha256"


def record(out: Path) -> None:
    """One run, written into the folder `out`, which must be new or empty. Raises: FileExistsError."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty")
    with (
        tempfile.TemporaryDirectory(prefix="siaga-rekaman-") as folder,
        MailHouse(cast.USERS) as house,
    ):
        town = EventfulTown(Path(folder) / "kantor", house)
        try:
            live(town)
            write_down(town, out)
        finally:
            town.office.close()


def manifest(out: Path) -> str:
    """A line for each file of a run: its SHA-256 and its name, as `sha256sum` writes and checks them."""
    paths = sorted(path for path in out.rglob("*") if path.is_file() and path.name != OF_THIS_MACHINE)
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(out).as_posix()}\n" for path in paths
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("out", nargs="?", type=Path, metavar="OUT", help="folder, new or empty")
    which.add_argument("--renew", action="store_true", help="a change was meant: write the manifest anew")
    arguments = parser.parse_args()
    if not arguments.renew:
        record(arguments.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        record(Path(folder))
        MANIFEST.write_text(manifest(Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
