"""What of a rubric SQL cannot say, each with its line."""

from __future__ import annotations

from collections.abc import Iterator

from rubriclang.backends.integers.form import Form
from rubriclang.backends.sql.errors import NOT_IN_SQL
from rubriclang.diagnostics import Diagnostic
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Number
from rubriclang.source import Source, Span

_WORDS = {
    "rows of a table": "要逐行算一张表",
    "judged rows of a table": "要逐行评一张表",
    "population": "要看别的单位",
    "a list or a real number": "用了表里的一列，或者对数、方根这样写不尽的数",
    "pow": "用了写不尽的乘方",
    "a step that is not known to be positive": "取位的单位可能是零或者负数",
    "a checklist of many odd amounts": "勾选项目的分值组合太多",
    "nesting": "套得太深",
    "ln": "对数算不成整数",
    "log10": "对数算不成整数",
    "sqrt": "开方算不成整数",
}


def refused(program: ir.Program, source: Source | None, form: Form) -> tuple[Diagnostic, ...]:
    """Why a program does not become SQL; nothing where it does."""
    found = dict.fromkeys(_refused(program, form))
    return tuple(Diagnostic(NOT_IN_SQL, source, span, {"what": zh, "what_en": en}) for span, zh, en in found)


def _refused(program: ir.Program, form: Form) -> Iterator[tuple[Span | None, str, str]]:
    for unsayable in dict.fromkeys(form.unsayable.values()):
        if not unsayable.what.startswith("reads "):  # what reads it is no news
            zh = _WORDS.get(unsayable.what, f"{unsayable.what} 算不成整数")
            yield unsayable.span, zh, f"{unsayable.what} has no form in whole numbers"
    if form.unsayable:
        return
    for fact in program.facts:
        if fact.whole and isinstance(fact.type, Number) and fact.type.style == "percent":
            yield fact.span, f"“{fact.name}”是比率，又要是整数", f"'{fact.name}' is a rate and a whole number"
    for each in program.lists:
        yield each.span, f"“{each.name}”是一张表", f"'{each.name}' is a table"
    if program.needs_population:
        yield None, "要看别的单位", "it compares units"
    elif form.noted == form.graph.true and not program.lists:
        spans = [check.span for check in program.checks]
        span = spans[0] if spans else None
        yield span, "勾稽或者“适用”", "an identity, or whom it applies to"
