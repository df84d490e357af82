"""How each row of a list came to its points (逐行): the row by its name, the rule that applied, the points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.backends.evaluation import Evaluation
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Labels, Words
from rubriclang.ir.values import Reason, Value
from rubriclang.reports.figures import value_text
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import Lang, in_print


@attrs.frozen
class RowScore:
    """One row scored: its name, what it holds, the rules that applied; ``points`` None where it has none."""

    name: str
    holds: tuple[str, ...]
    applied: tuple[str, ...]
    points: Fraction | None
    counted: bool


def row_scores(program: ir.Program, node: ir.Node, run: Evaluation, lang: Lang) -> list[RowScore]:
    """The rows of an indicator that scores each row of a list, in order; none where it does not."""
    found = _each(program, node)
    if found is None:
        return []
    total, chain = found
    listed = next(item for item in program.lists if item.name == total.collection)
    if listed.name not in run.lists:
        return []
    used = _columns([d.expr for d in chain] + ([total.where] if total.where is not None else []))
    naming = _naming(listed)
    columns = [c for c in listed.columns if c.name in used and c is not naming]
    scores = []
    for at, row in enumerate(run.lists[listed.name]):
        name = row.get(naming.name) if naming is not None else None
        number = f"第 {at + 1} 行" if lang == "zh" else f"row {at + 1}"
        given = [column for column in columns if not isinstance(row[column.name], Reason)]
        holds = [in_print(f"{column.name} {value_text(row[column.name], column.type)}") for column in given]
        points = total.body if total.body is not None else ir.Const(Fraction(0))
        value = _at_row(run, listed.name, at, points)[0]
        counted = total.where is None or _at_row(run, listed.name, at, total.where)[0] is True
        applied = [tag for d in chain for tag in _at_row(run, listed.name, at, d.expr)[1]]
        scores.append(
            RowScore(
                name if isinstance(name, str) else number,
                tuple(holds),
                tuple(dict.fromkeys(applied)),
                value if isinstance(value, Fraction) else None,
                counted,
            )
        )
    return scores


def row_sentence(row: RowScore, lang: Lang) -> str:
    """``道路工程：总投资 12 亿元，适用“≥ 10 亿元”，得 5 分``."""
    zh = lang == "zh"
    parts = list(row.holds)
    applied = row.applied if row.counted else ()
    parts += [f"适用“{in_print(text)}”" if zh else f"rule '{in_print(text)}'" for text in applied]
    if not row.counted:
        parts.append("不计入" if zh else "not counted")
    elif row.points is None:
        parts.append("没有得分" if zh else "no points")
    else:
        parts.append(f"得 {points_text(row.points)} 分" if zh else f"{points_text(row.points)} points")
    return f"{row.name}：{'，'.join(parts)}" if zh else f"{row.name}: {', '.join(parts)}"


def _each(program: ir.Program, node: ir.Node) -> tuple[ir.Agg, list[ir.Definition]] | None:
    """The sum over the rows, and the definitions of the row's own rules."""
    owned = [d for d in program.definitions if d.owner == node.path]
    base = next((d.expr for d in owned if d.id == f"{'/'.join(node.path)}#基础"), None)
    if not isinstance(base, ir.Agg) or base.body is None or base.function != "sum":
        return None
    chain = [d for d in owned if d.level == base.collection and d.name is None]
    return (base, chain) if chain else None


def _naming(listed: ir.ListFact) -> ir.Fact | None:
    """The column that names a row: the first with free text, else the first with labels."""
    for kind in (Words, Labels):
        for column in listed.columns:
            if isinstance(column.type, kind):
                return column
    return None


def _columns(expressions: list[ir.Expr]) -> set[str]:
    return {
        node.target.partition(".")[2]
        for expr in expressions
        for node in ir.walk(expr)
        if isinstance(node, ir.Ref) and node.kind == "column"
    }


def _at_row(run: Evaluation, name: str, at: int, expr: ir.Expr) -> tuple[Value, Iterator[str]]:
    """An expression for one row, and the rows of rules that made it."""
    context = run.run
    context.at = context.own = next(i for i, out in enumerate(context.outs) if out is run)
    before, context.current = context.rows.get(name), "?"
    context.rows[name] = at
    context.common.clear()  # what was computed for another row
    run.fired.pop("?", None)
    try:
        value: Value = context.eval(expr)
    finally:
        if before is None:
            context.rows.pop(name, None)
        else:
            context.rows[name] = before
    tags = run.fired.pop("?", [])
    run.judgements.pop("?", None)
    return value, iter([tag.text for tag in tags if tag.role != "plain" and tag.text])
