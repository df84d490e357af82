"""What a user asks about, by the words of the rubric: a result with the value it should have, and a fact."""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.suggest import closest
from rubriclang.facts.document import Scalar
from rubriclang.facts.scalars import Fault, fold, read_value
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import header_key
from rubriclang.ir.types import Number, Type
from rubriclang.ir.values import Value
from rubriclang.whatif import errors

_TOTAL = ("总分", "total")
_GRADE = ("等次", "grade")
_FULL = ("满分", "full")


@attrs.frozen
class Wish:
    """A definition and the value it should come to; ``title`` is what the rubric calls it."""

    title: str
    definition: str
    value: Value


def wish(program: ir.Program, text: str) -> Wish | Diagnostic:
    """Reads ``指标=5``, ``总分=90``, ``等次=优`` or ``指标.公式=95%``."""
    name, equals, wanted = fold(text).partition("=")
    name, wanted = name.strip(), wanted.strip()
    if not (name and equals and wanted):
        return Diagnostic(errors.BAD_TARGET, params={"text": text})
    named = _named(program, name)
    if named is None:
        return _unknown(program, name)
    definition, most = named
    kind: Type = definition.type
    if wanted in _FULL and isinstance(most, Fraction):
        return Wish(name, definition.id, most)
    if isinstance(kind, Number) and definition.id.endswith("#得分"):
        kind = Number(style="points")
    value = read_value(Scalar(wanted), kind, dict(program.units))
    if isinstance(value, Fault):
        return Diagnostic(errors.BAD_TARGET, params={"text": text})
    return Wish(name, definition.id, value)


def _named(program: ir.Program, name: str) -> tuple[ir.Definition, Value | None] | None:
    by_id = {definition.id: definition for definition in program.definitions}
    if name in _TOTAL:
        return by_id[program.root.points], program.root.max
    if name in _GRADE and program.grade is not None:
        return by_id[program.grade], None
    wanted = _parts(name)
    nodes = [node for node in program.root.walk() if node.path and _ends(_parts("/".join(node.path)), wanted)]
    leaves = [node for node in nodes if not node.parts]
    for found in (nodes, leaves):
        if len(found) == 1:
            return by_id[found[0].points], found[0].max
    formulas = [d for d in by_id.values() if d.name is not None and _ends(_parts("/".join((*d.owner, d.name))), wanted)]
    return (formulas[0], None) if len(formulas) == 1 and not nodes else None


def _parts(path: str) -> list[str]:
    return [header_key(part) for part in re.split(r"[/.．]", path) if part.strip()]


def _ends(path: list[str], wanted: list[str]) -> bool:
    return bool(wanted) and path[-len(wanted) :] == wanted


def _unknown(program: ir.Program, name: str) -> Diagnostic:
    titles = [node.name for node in program.root.walk() if node.path]
    near = closest(name, [*titles, *_TOTAL, *_GRADE])
    same = sum(_parts(title) == _parts(name) for title in titles)
    hint = (f"是不是“{near}”？", f"did you mean '{near}'?") if near else ("检查名称", "check the name")
    if same > 1:
        hint = ("有几个同名的，写上一级，例如“一级.二级”", "several bear it; write the path, as in 'section.name'")
    params = {"name": name, "suggestion": hint[0], "suggestion_en": hint[1]}
    return Diagnostic(errors.UNKNOWN_TARGET, params=params)


def indicator(program: ir.Program, name: str) -> ir.Node | Diagnostic:
    """The indicator of a title or path."""
    found = [n for n in program.root.leaves() if n.path and _ends(_parts("/".join(n.path)), _parts(name))]
    return found[0] if len(found) == 1 else _unknown(program, name)


def fact(program: ir.Program, name: str) -> ir.Fact | Diagnostic:
    """The fact of a name."""
    for each in program.facts:
        if header_key(name) in map(header_key, (each.name, *each.aliases)):
            return each
    near = closest(name, [each.name for each in program.facts])
    params = {"name": name, "suggestion": f"是不是“{near}”？" if near else "检查名称"}
    params["suggestion_en"] = f"did you mean '{near}'?" if near else "check the name"
    return Diagnostic(errors.UNKNOWN_FACT_NAME, params=params)


def facts_of(program: ir.Program, definition: str) -> list[ir.Fact]:
    """The facts that a definition reads, through whatever it reads."""
    reads = {d.id: ir.references(d.expr) for d in program.definitions}
    seen, rest = set[str](), [definition]
    while rest:
        for target in reads.get(rest.pop(), set()) - seen:
            seen.add(target)
            rest.append(target)
    return [each for each in program.facts if each.name in seen]
