"""The procedure file: what it says, and how an impossible one is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sop.load import ProcedureError, load_procedure, parse_procedure

SECOND = Path(__file__).parent / "second_procedure.yaml"
INVALID = sorted((Path(__file__).parent / "invalid").glob("*.yaml"))


def test_the_sop_has_eight_steps_and_81_minutes() -> None:
    procedure = load_procedure()
    assert [step.number for step in procedure.steps] == list(range(1, 9))
    assert sum((step.allowance for step in procedure.steps), timedelta()) == timedelta(minutes=7 * 3 + 60)


def test_only_step_two_branches() -> None:
    procedure = load_procedure()
    last = procedure.steps[-1].stages[-1]
    closing = {stage.name for stage in procedure.stages() for reply in stage.replies if reply.effect == "tutup"}
    assert closing == {"analisis", last.name}


def test_a_deciding_step_has_no_automatic_rung_and_a_forwarding_step_has_one() -> None:
    automatic = {stage.step for stage in load_procedure().stages() for rung in stage.ladder if rung.reply}
    assert automatic == {3, 6, 7, 8}


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_impossible_procedure_is_refused_with_file_line_and_place(path: Path) -> None:
    """The first line of each file says what must be said about it."""
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    with pytest.raises(ProcedureError) as refused:
        load_procedure(path)
    assert any(expected in problem for problem in refused.value.problems), refused.value.problems
    assert all(problem.startswith(f"{path.name}:") for problem in refused.value.problems)


def test_there_are_invalid_procedures_to_refuse() -> None:
    assert len(INVALID) >= 10


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(ProcedureError) as refused:
        parse_procedure(
            "kode: x\nnama: X\nversi: nol\ndasar: y\nawalan: X\nlangkah: bukan daftar\nhasil: {}\npelaksana: {}\n"
        )
    assert len(refused.value.problems) >= 2


@pytest.mark.parametrize(
    "prefix",
    [
        "K",
        "dkl",
        "DKL2",
        "D-KL",
        "DINKES",
        "D KL",
        "ΔKL",
    ],
)
def test_a_prefix_that_numbers_cannot_begin_with_is_refused_and_what_to_do_is_said(prefix: str) -> None:
    text = SECOND.read_text(encoding="utf-8").replace("awalan: PRR", f"awalan: {prefix}")
    with pytest.raises(ProcedureError) as refused:
        parse_procedure(text, "prosedur.yaml")
    (problem,) = refused.value.problems
    assert problem.startswith("prosedur.yaml:6:") and "misalnya `awalan: DKL`" in problem
    assert parse_procedure(text, pinned=True).prefix == prefix, "incidents that follow it must go on"
