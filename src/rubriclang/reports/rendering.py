"""Outcomes to a file: finds the format by the suffix, and what it needs before anything is written.

A format is a module of this package named ``SUFFIX_format``, with ``NEEDS`` and ``write``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

import rubriclang.reports as package
from rubriclang.backends.outcome import Outcome
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.reports import errors
from rubriclang.reports.book import Book, Evaluations, Options as Options, Step
from rubriclang.reports.columns import chosen_columns, official_columns
from rubriclang.reports.output import write_whole
from rubriclang.reports.sheet_builder import depth_of, standards_of


class Format(Protocol):
    """What a format module offers."""

    NEEDS: tuple[tuple[str, str, str], ...]  # module, what people call it, the extra that brings it

    def write(self, book: Book, target: Path) -> tuple[Diagnostic, ...]:
        """Writes the whole file; a user's mistake comes back as diagnostics, and then nothing counts as written."""
        ...


@cache
def formats() -> Mapping[str, str]:
    """The known suffixes and the module that writes each."""
    found = {}
    for info in iter_modules(package.__path__):
        if info.name.endswith("_format"):
            suffix = "." + info.name.removesuffix("_format")
            found[suffix] = f"{package.__name__}.{info.name}"
    return found


def unusable(target: Path, options: Options) -> tuple[Diagnostic, ...]:
    """Why a report cannot be written to a path: an unknown suffix, a library that is missing."""
    suffix = target.suffix.lower()
    module = formats().get(suffix)
    if module is None:
        known = "、".join(sorted(formats()))
        params = {"suffix": target.suffix or target.name, "known": known, "known_en": known.replace("、", ", ")}
        return (Diagnostic(errors.UNKNOWN_FORMAT, params=params),)
    needs: tuple[tuple[str, str, str], ...] = import_module(module).NEEDS
    for name, library, extra in needs:
        if find_spec(name) is None:
            params = {"suffix": suffix, "library": library, "extra": extra}
            return (Diagnostic(errors.MISSING_EXTRA, params=params),)
    if options.template is not None and suffix != ".docx":
        params = {"name": str(options.template), "why": "模板是 docx，报告也要写成 docx"}
        params |= {"why_en": "a template is a docx file and makes a docx report"}
        params |= {"hint": "把输出文件的结尾改成 .docx", "hint_en": "end the name of the output in .docx"}
        return (Diagnostic(errors.BAD_TEMPLATE, params=params),)
    return ()


def render(
    outcomes: Sequence[Outcome],
    program: ir.Program,
    target: Path,
    options: Options | None = None,
    facts: Sequence[FactSet] = (),
    step: Step | None = None,
) -> tuple[Diagnostic, ...]:
    """Writes the official score table of one unit, or a ranking and one table a unit.

    Args:
        outcomes: one or more units scored under ``program``.
        program: the rubric.
        target: the file; its suffix decides the format (xlsx, docx, html, md, pdf).
        options: how it looks.
        facts: the facts of each unit, needed where calculations are shown with their figures.
        step: told after each unit how many are done, and of how many.

    Returns:
        What keeps it from being written; nothing when the file stands in its place, whole.
    """
    options = options or Options()
    wrong = unusable(target, options)
    columns = official_columns(depth_of(program), options.lang)
    if options.columns is not None:
        columns, unknown = chosen_columns(options.columns, depth_of(program), options.lang)
        wrong += unknown
    if wrong:
        return wrong
    standards = standards_of(program, outcomes[0], options.lang) if outcomes else {}
    told = step or (lambda _done, _all: None)
    book = Book(tuple(outcomes), program, columns, options, Evaluations(program, facts), told, standards)
    form: Format = import_module(formats()[target.suffix.lower()])
    found: list[Diagnostic] = []

    def write(place: Path) -> None:
        found.extend(form.write(book, place))
        if found:
            raise _RefusedError

    try:
        return write_whole(target, write)
    except _RefusedError:
        return tuple(found)


class _RefusedError(Exception):
    """The format told in diagnostics why it cannot write this report."""
