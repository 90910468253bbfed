"""What must agree: templates and procedure, deployments and flows, commands and documents."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import templates
from office.words_file import read_words
from outbox.compose import Composer
from report.papers import TITLES
from siaga.cli import siaga
from sop.load import load_procedure
from sop.mails import Enclosure, MailTemplate

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 60


def _product() -> list[Path]:
    """Every module of the rooms, the migrations' steps excepted: those say what was, and are never changed."""
    rooms = sorted(path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests")
    return [path for room in rooms for path in sorted(room.rglob("*.py")) if "versions" not in path.parts]


def test_every_letter_the_procedure_names_exists() -> None:
    composer = Composer(templates.FOLDER, read_words(), "a@contoh.example", "Kantor", b"")
    assert load_procedure().templates() <= composer.templates()


def test_every_mail_has_a_name_and_every_name_a_template() -> None:
    composer = Composer(templates.FOLDER, read_words(), "a@contoh.example", "Kantor", b"")
    assert set(MailTemplate) == composer.templates()


def test_the_rules_name_mails_and_papers_in_one_place() -> None:
    """A name of several words is one of ours wherever it stands; of one word it may be a word of another list."""
    names = {name for name in (*MailTemplate, *Enclosure) if "_" in name}
    sources = [path for room in ("sop", "outbox", "report", "handlers") for path in (ROOT / room).rglob("*.py")]
    found = [f"{path.relative_to(ROOT)}: {line}" for path in sources for line in _strings(path) if line in names]
    assert {line.partition(":")[0] for line in found} == {"sop/mails.py"}, found


def test_every_paper_has_a_template_and_every_stage_asks_for_papers_that_exist() -> None:
    papers = {path.stem for path in (templates.FOLDER / "papers").glob("[a-z]*.typ")}
    assert papers == set(TITLES) == set(Enclosure) - {Enclosure.ORIGINAL, Enclosure.WORD}
    asked = {name for stage in load_procedure().stages() for name in stage.attachments}
    assert asked <= set(Enclosure)


def test_every_decision_of_the_procedure_has_its_words() -> None:
    decisions = {reply.decision for stage in load_procedure().stages() for reply in stage.replies}
    assert decisions <= set(read_words().answers)


def test_every_deployment_names_a_flow_that_loads() -> None:
    from flows.deployments import load_flow, read_deployments

    listed = read_deployments()
    assert next(row["name"] for row in listed) == "siapkan"
    for row in listed[1:]:
        assert load_flow(row["entrypoint"]).name


def test_no_deployment_asks_a_question() -> None:
    listed = YAML(typ="safe").load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    assert "pull" in listed
    assert all("schedules" in row and row["work_pool"]["name"] == "siaga" for row in listed["deployments"])


@pytest.mark.parametrize("command", sorted(siaga.commands))
def test_every_command_is_documented(command: str) -> None:
    assert f"## siaga {command}" in (ROOT / "docs/commands.md").read_text(encoding="utf-8")


def test_commands_that_need_no_prefect_never_import_it() -> None:
    code = "import sys; from siaga.cli import siaga; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_locks_name_no_index_host() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8"), lock.name


def test_no_file_is_called_like_a_module_of_the_standard_library_or_a_room() -> None:
    """A script entrypoint puts `flows/` first on the path: its files must not shadow a room."""
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    names = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}
    assert not names & (rooms | set(sys.stdlib_module_names))


def test_the_table_of_what_is_proved_of_each_mailbox_adapter_is_up_to_date() -> None:
    command = [sys.executable, "-m", "scripts.adapters", "--print"]
    # A child: pytest collects but once in a process.
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    document = (ROOT / "docs/mailboxes.md").read_text(encoding="utf-8")
    assert document == shown.stdout, "write it anew: make adapters"


@pytest.mark.parametrize("page", ["promises.md", "keamanan.md"])
def test_every_test_that_proves_a_promise_exists(page: str) -> None:
    promises = (ROOT / "docs" / page).read_text(encoding="utf-8")
    file = ""
    for match in re.finditer(r"`(tests/[\w/]+\.py|…)(?:::(\w+))?`", promises):
        file = file if match[1] == "…" else match[1]
        source = (ROOT / file).read_text(encoding="utf-8")
        assert not match[2] or f"def {match[2]}(" in source, f"{file}::{match[2]}"


def test_the_previews_of_all_mails_are_drawn_from_the_templates_as_they_are() -> None:
    from scripts.previews import KEPT, drawn, kept

    files = kept(drawn())
    before = {path.name: path.read_text(encoding="utf-8") for path in KEPT.iterdir()}
    assert set(before) == set(files), "run: make previews"
    changed = set(files["pratinjau.sha256"].splitlines()) ^ set(before["pratinjau.sha256"].splitlines())
    assert not changed, f"run: make previews (changed: {', '.join(sorted({line.split()[-1] for line in changed}))})"
    assert before == files, "run: make previews"


def test_no_expression_is_possessive_about_a_group() -> None:
    """Python 3.11 before 3.11.5 loses its place in them (gh-106052), and a forged sender was taken for an official."""
    possessive = re.compile(r"\)[*+?]\+|\)\{[\d,]+\}\+")
    found = [
        f"{path.relative_to(ROOT)}: {line}" for path in _product() for line in _strings(path) if possessive.search(line)
    ]
    assert not found, found


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_no_function_is_longer_than_one_can_read_at_a_glance() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in _product()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST
    }
    assert not long, f"split by idea what is longer than {LONGEST} lines"


def test_what_crosses_a_rooms_border_has_a_type() -> None:
    """No public function, field or alias speaks of a mapping that may hold anything, but where that is the truth."""
    anything = re.compile(r"\b(?:dict|\w*Mapping)\[str, (?:Any|object)\]")
    found = {
        str(path.relative_to(ROOT))
        for path in _product()
        for said in _public_types(ast.parse(path.read_text(encoding="utf-8")))
        if anything.search(said)
    }
    papers = {"report/model.py", "report/papers.py", "report/plain_paper.py"}  # the JSON that Typst reads, in one room
    mails = {
        "outbox/mail_templates.py",
        "outbox/template_source.py",
        "outbox/values.py",
    }  # what a mail's template speaks of, in one room
    toml = {"office/toml_file.py"}  # content of a file before it is read by what is declared of it
    prefect = {"flows/deployments.py", "flows/worker.py"}  # JSON of Prefect's API, and prefect.yaml
    rows = {"siaga/commands/read.py", "siaga/demo/result.py"}  # JSON that is printed as it is
    rows |= {f"siaga/readout/{name}.py" for name in ("letters", "mails", "replies", "senders")}
    assert found == papers | mails | toml | prefect | rows


def _public_types(scope: ast.Module | ast.ClassDef) -> Iterator[str]:
    """The signatures, fields, constants and aliases that a module or a class shows to others."""
    for node in scope.body:
        match node:
            case ast.ClassDef() if not node.name.startswith("_"):
                yield from _public_types(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef() if re.match(r"__|(?!_)", node.name):
                yield f"{ast.unparse(node.args)} -> {ast.unparse(node.returns) if node.returns else ''}"
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield "" if name.startswith("_") else ast.unparse(node)


def test_there_is_one_way_of_logging() -> None:
    """Lines get their form in one place, where they are given what they are about; nobody else writes or formats them."""
    own_way = re.compile(
        r"structlog|basicConfig|addHandler|StreamHandler|setFormatter|FileHandler|getLogger\((?!__name__)"
    )
    found = {str(path.relative_to(ROOT)) for path in _product() if own_way.search(path.read_text(encoding="utf-8"))}
    others = {
        "office/knocker.py",
        "parsers/mails/bounce.py",
        "siaga/demo/house.py",
    }  # lower the voice of a library's own logger
    assert found == {"host/logs.py"} | others


def test_one_door_of_the_tests_leads_into_the_demonstration() -> None:
    files = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    importing = {name for name, source in files.items() if re.search(r"^ *(?:from|import) siaga\.demo", source, re.M)}
    whole = {"tests/siaga/test_demo_posts.py", "tests/office/test_schemas.py"}  # test the demonstration, its settings
    assert importing == {"tests/doubles.py"} | whole
