"""The mail templates: those of the office above those that are built in.

What the office's folder lacks is taken from those that are built in. A template of the office's own that fails is
named, and the mail is written with the one that is built in meanwhile: nobody waits for a template.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    meta,
    nodes,
    pass_context,
)
from jinja2.runtime import Context

from outbox.template_source import assigned, unknown_attributes
from templates import phrasing
from templates.characters import plain
from templates.links import inert

MAIL_TEMPLATES = Path("mail")
LAID_OUT = ("kantor", "subjek", "paragraf", "rincian", "penutup")
"""What a layout can speak of besides what a mail can."""
LETTER_TEXT, TEXT_LAYOUT, HTML_LAYOUT = "_isi_surel.txt.j2", "_tata_letak.txt.j2", "_tata_letak.html.j2"
LONGEST_SUBJECT, LONGEST_FAULT = 180, 300
_UNDEFINED = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")
_NO_FILTER = re.compile(r"No filter named '([^']+)'\.?")


class Tappable(str):
    """An address that the reader shall tap on: the only links there are in our mails, and each is our own."""

    __slots__ = ()


class BlockMissing(Exception):
    """A template lacks a block that it must have, or has nothing in it."""


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a mail."""

    subject: str
    text: str
    html: str


class TemplateLayer:
    """Templates that are looked for in each of `folders`, in this order."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._text = _environment(folders, markup=False)
        self._html = _environment(folders, markup=True)

    def page(self, name: str, values: Mapping[str, Any], office: str) -> Page:
        """The mail called `name`. Raises: whatever staff wrote into a template."""
        page: dict[str, Any] = {**values, "kantor": office}
        template = self._text.get_template(f"{name}.j2")
        page["subjek"] = one_line(_filled(template, "subjek", values), LONGEST_SUBJECT)
        page["paragraf"] = _paragraphs(_filled(template, "isi", values))
        page["rincian"] = _paragraphs(_block(template, "rincian", values))
        page["penutup"] = _paragraphs(_block(template, "penutup", values))
        text = self._laid_out(self._text, TEXT_LAYOUT, page)
        if not all(line in text for line in page["sidik"]):  # an office's own layout, from before there were any
            text = "\n".join([text.rstrip("\n"), *foot(page), ""])
        return Page(page["subjek"], plain(text), plain(self._laid_out(self._html, HTML_LAYOUT, page)))

    def letter_text(self, values: Mapping[str, Any]) -> tuple[str, str]:
        """Name and content of the text that encloses what was written from outside. Raises: as `page`."""
        template = self._text.get_template(LETTER_TEXT)
        return _filled(template, "nama", values), _filled(template, "isi", values)

    def unknown(self, file: str, values: Mapping[str, object]) -> list[str]:
        """What a template speaks of that is not among `values`, nor an attribute of one of them, in whatever branch:
        one line each. Nothing where there is no such file.
        """
        try:
            tree = self._parsed(self._text, file)
            names = sorted(_undeclared(tree) - set(values))
        except TemplateSyntaxError as error:
            return [fault_of(error, file)]
        found = [(self.line_of(file, name), name) for name in names]
        found += unknown_attributes(self._text, tree, values)
        return [f"{file}:{line}: `{name}` tidak dikenal" for line, name in dict.fromkeys(found)]

    def read_by_others(self) -> set[str]:
        """The files that other templates include or inherit from. Templates that cannot be read say nothing of it."""
        found: set[str] = set()
        for file in self._text.list_templates():
            with suppress(TemplateSyntaxError, UnicodeDecodeError):
                found |= {name for name in meta.find_referenced_templates(self._parsed(self._text, file)) if name}
        return found

    def speaks_of(self, file: str) -> set[str]:
        """The values that a template speaks of, in whatever branch; none where there is no such file.

        Raises: TemplateSyntaxError.
        """
        return self._speaks_of(self._text, file)

    def line_of(self, file: str, value: str) -> int:
        """The first line that says `value`."""
        source, _, _ = _source(self._text, file)
        lines = (
            number for number, line in enumerate(source.split("\n"), 1) if re.search(rf"\b{re.escape(value)}\b", line)
        )
        return next(lines, 1)

    def names(self) -> set[str]:
        """The names of all mails that can be composed."""
        return {name[:-3] for name in self._text.list_templates() if name.endswith(".j2") and not name.startswith("_")}

    def _laid_out(self, environment: Environment, layout: str, page: Mapping[str, Any]) -> str:
        """An office's own layout, from before there were particulars, has them among the paragraphs."""
        if page["rincian"] and "rincian" not in self._speaks_of(environment, layout):
            page = {**page, "paragraf": [*page["paragraf"], *page["rincian"]]}
        return environment.get_template(layout).render(page)

    def _speaks_of(self, environment: Environment, file: str) -> set[str]:
        return _undeclared(self._parsed(environment, file))

    def _parsed(self, environment: Environment, file: str) -> nodes.Template:
        """What stands in a template; nothing where there is no such file."""
        try:
            source, filename, _ = _source(environment, file)
        except TemplateNotFound:
            return nodes.Template([], lineno=1)
        return environment.parse(source, file, filename)


def _undeclared(tree: nodes.Template) -> set[str]:
    """What is set within a branch counts as declared: whether that was gone through shows when it is drawn."""
    return meta.find_undeclared_variables(tree) - assigned(tree)


def _source(environment: Environment, file: str) -> tuple[str, str | None, Callable[[], bool] | None]:
    assert environment.loader is not None
    return environment.loader.get_source(environment, file)


def layers(own: Path, builtin: Path) -> tuple[TemplateLayer, ...]:
    """What is tried for each mail, in this order. `own`: the office's folder, or the one that is built in."""
    last = TemplateLayer([builtin])
    return (last,) if own == builtin else (TemplateLayer([own, builtin]), last)


def fault_of(error: Exception, name: str) -> str:
    """What is wrong with a template and where, in one line: "minta_analisis.j2:3: `opdd` tidak dikenal"."""
    if isinstance(error, TemplateSyntaxError):
        file = error.name if error.name and error.name.endswith(".j2") else name
        message = _NO_FILTER.sub(r"saringan `\1` tidak dikenal", error.message or "")
        place, said = f"{file}:{error.lineno}", f"bukan templat yang sah ({message})"
    elif isinstance(error, TemplateNotFound):
        place, said = str(error.name or name), "berkasnya tidak ada"
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
        file = name if name.endswith(".j2") else f"{name}.j2"
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else file
        undefined = _UNDEFINED.search(str(error)) if isinstance(error, UndefinedError) else None
        said = f"`{undefined[1] or undefined[2]}` tidak dikenal" if undefined else f"{error or type(error).__name__}"
    return " ".join(f"{place}: {said}".split())[:LONGEST_FAULT]


def foot(page: Mapping[str, Any]) -> list[str]:
    """What `siaga verify` looks for: the code, and right after it the lines that bear witness."""
    return [f"Kode surel: {page['kode']}", *page["sidik"]]


def one_line(text: str, longest: int) -> str:
    """As a field of the head may hold it: one line, and no longer than mail programs show."""
    line = " ".join(plain(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _environment(folders: Sequence[Path], *, markup: bool) -> Environment:
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder / MAIL_TEMPLATES) for folder in folders]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
        autoescape=markup,  # noqa: S701  plain text needs no escaping
    )
    environment.filters |= {
        "jam": _clock,
        "jam_wib": _clock_wib,
        "saat": phrasing.moment,
        "hari": phrasing.day,
        "lama": phrasing.span,
    }
    return environment


@pass_context
def _clock(context: Context, at: datetime) -> str:
    """A time as the reader of a mail reads it: with its date, where it is not of the day of the mail."""
    now: datetime = context["kini"]
    return phrasing.clock(at, phrasing.office_day(now))


@pass_context
def _clock_wib(context: Context, at: datetime, *, dalam_kurung: bool = False) -> str:
    """As `_clock`, with the zone behind the hour and not behind the date. `dalam_kurung`: brackets stand around it."""
    now: datetime = context["kini"]
    return phrasing.clock_wib(at, phrasing.office_day(now), bracketed=dalam_kurung)


def _shown(value: object) -> object:
    """Whatever a template writes out passes through here: no words of others become a link in a mail of ours."""
    return inert(value) if isinstance(value, str) and not isinstance(value, Tappable) else value


def _block(template: Any, name: str, values: Mapping[str, Any]) -> str:
    block: Callable[[Any], Any] | None = template.blocks.get(name)
    if block is None:
        return ""
    try:
        return "".join(block(template.new_context(dict(values))))
    except Exception:
        template.environment.handle_exception()  # raises it again, with the line of the template
        raise


def _filled(template: Any, name: str, values: Mapping[str, Any]) -> str:
    """Without it the mail would go out empty."""
    text = _block(template, name, values)
    if not text.strip():
        raise BlockMissing(f"blok `{name}` {'kosong' if name in template.blocks else 'tidak ada'}")
    return text


def _paragraphs(text: str) -> list[str]:
    """Blank lines separate paragraphs; a single line break inside one is only how the file is wrapped."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
