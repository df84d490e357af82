"""Everything that changed in meaning between two rubrics; how a text is written is no change."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rubriclang.comparing import declared
from rubriclang.comparing.change import Change
from rubriclang.comparing.pairing import Pairs
from rubriclang.comparing.rows import Rules, limits
from rubriclang.comparing.words import Words, words
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Labels

_SKIPPED = ("#值",)


def changes(pairs: Pairs, old: ir.Program, new: ir.Program) -> tuple[Change, ...]:
    """The changes in the order of the new rubric: facts, indicators, grade, checks."""
    left, right = words(old), words(new)
    found = [*declared.facts(pairs, left, right)]
    for node in pairs.gone:
        found.append(
            Change("node removed", node.path, f"删去{_what(node)[0]}", f"{_what(node)[1]} removed", _points(node))
        )
    for node in pairs.come:
        found.append(
            Change("node added", node.path, f"增加{_what(node)[0]}", f"{_what(node)[1]} added", None, _points(node))
        )
    for a, b in sorted(pairs.nodes, key=lambda both: not both[1].path):  # the whole comes last, with its grade
        found += _node(pairs, left, right, a, b)
    found += _rest(pairs, left, right)
    found += declared.checks(pairs, left, right)
    return tuple(found)


def _what(node: ir.Node) -> tuple[str, str]:
    return ("一节", "section") if node.parts else ("指标", "indicator")


def _points(node: ir.Node) -> str:
    return f"{number_text(node.max)} 分" if isinstance(node.max, Fraction) else "不计分值"


def _node(pairs: Pairs, old: Words, new: Words, a: ir.Node, b: ir.Node) -> Iterator[Change]:
    where = b.path
    if a.path[:-1] != b.path[:-1] and a.path:
        yield Change("node moved", where, "移到别处", "moved", "/".join(a.path), "/".join(b.path))
    elif a.path != b.path:
        yield Change("node renamed", where, "改名", "renamed", a.name, b.name)
    if a.max != b.max:
        yield Change("points", where, "分值", "points", _points(a), _points(b))
    if a.weight != b.weight:
        weights = (number_text(n.weight) if isinstance(n.weight, Fraction) else "没有" for n in (a, b))
        yield Change("weight", where, "权重", "weight", *weights)
    if a.bonus != b.bonus:
        yield Change(
            "bonus", where, "是否加分项", "whether it is a bonus", *("是" if n.bonus else "否" for n in (a, b))
        )
    stages = [[d for d in w.program.definitions if d.owner == n.path] for w, n in ((old, a), (new, b))]
    yield from _definitions(pairs, old, new, stages, where, bool(a.parts and b.parts))


def _rest(pairs: Pairs, old: Words, new: Words) -> Iterator[Change]:
    """What belongs to no indicator: parameters, results, the grade."""
    known = [{n.path for n in w.program.root.walk()} for w in (old, new)]
    rest = [[d for d in w.program.definitions if d.owner not in k] for w, k in ((old, known[0]), (new, known[1]))]
    yield from _definitions(pairs, old, new, rest, (), False)


def _definitions(
    pairs: Pairs, old: Words, new: Words, both: list[list[ir.Definition]], where: tuple[str, ...], section: bool
) -> Iterator[Change]:
    left = {pairs.tokens[0][d.id]: d for d in both[0]}
    right = {pairs.tokens[1][d.id]: d for d in both[1]}
    for token in dict.fromkeys((*left, *right)):
        a, b = left.get(token), right.get(token)
        if token.endswith(_SKIPPED) and not (a is not None and b is not None):
            continue
        here = where or (("等次",) if token.startswith("等次") else ())
        if a is None or b is None:
            definition = a or b
            assert definition is not None
            if definition.name is None:
                yield from _stage(old if b is None else new, definition, here, gone=b is None)
                continue
            text = (old if b is None else new).text(definition.expr, definition.type)
            if b is None:
                yield Change(
                    "formula removed", here, f"删去公式“{definition.name}”", f"formula removed: {definition.name}", text
                )
            else:
                yield Change(
                    "formula added",
                    here,
                    f"增加公式“{definition.name}”",
                    f"formula added: {definition.name}",
                    None,
                    text,
                )
            continue
        if section and token.endswith("#基础") and _sums(a.expr) and _sums(b.expr):
            continue  # parts that come or go are told by themselves
        name = b.name
        zh, en = (f"公式“{name}”", f"formula '{name}'") if name is not None else ("计分公式", "formula")
        if token.endswith("#值"):
            zh, en = "按什么打分", "what is scored"
        yield from Rules(pairs, old, new, here, isinstance(b.type, Labels)).compare(a.expr, b.expr, zh, en)


def _stage(words_: Words, definition: ir.Definition, where: tuple[str, ...], gone: bool) -> Iterator[Change]:
    """A stage that only one of both rubrics has, as an override that came."""
    limited = limits(words_, definition.expr)
    if limited:
        yield Change("limit", where, "封顶或保底", "limit", *((limited, "没有") if gone else ("没有", limited)))
    for arm in definition.expr.arms if isinstance(definition.expr, ir.Case) else ():
        if arm.tag.role == "override":
            text = f"{arm.tag.text} -> {words_.text(arm.value)}"
            if gone:
                yield Change("override removed", where, "删去一条特别规定", "an override removed", text)
            else:
                yield Change("override added", where, "增加一条特别规定", "an override added", None, text)


def _sums(expr: ir.Expr) -> bool:
    """Whether an expression is the plain sum of parts."""
    match expr:
        case ir.Op(operator="add", operands=operands):
            return all(isinstance(each, ir.Ref) for each in operands)
        case ir.Agg(function="sum", collection=""):
            return all(isinstance(each, ir.Ref) for each in expr.items)
        case _:
            return isinstance(expr, ir.Ref)
