"""What a fact may be declared by: other facts, in an order in which each is known before it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rubriclang.ir import nodes as ir
from rubriclang.semantics import errors
from rubriclang.semantics.intervals import EVERYTHING, Ranges
from rubriclang.semantics.scope import ListInfo, Names, Symbol, names_with_lists
from rubriclang.syntax import nodes as n


def reads_table(names: Names, option: n.FactOption, row_of: ListInfo | None = None) -> bool:
    """Whether an option of a fact looks into a table, whose columns are not known yet; reported."""
    for name, around in names_with_lists((option.value, option.high, option.rounding), names.lists):
        if around:
            where = row_of.name if row_of is not None else ""
            what = ("一张表", "a table") if around[0].name != where else ("整张表", "the whole table")
            names.report(errors.FACT_READS_MORE, name.span, name=around[0].name, what=what[0], what_en=what[1])
            return True
    return False


def reads_more(names: Names, fact: ir.Fact, option: n.FactOption, row_of: ListInfo | None = None) -> bool:
    """Whether an option just lowered reads more than facts; reported.

    Facts are settled before any formula, score or table is known, so a default, a bound or a condition over one of
    those has no value. ``row_of`` is the table of a column, whose other columns it may read.
    """
    lowered = [c.test for c in fact.constraints]
    lowered += [part for part in (fact.default, fact.only_if) if part is not None]
    lowered += [fact.rounding[1]] if fact.rounding is not None else []
    for expr in lowered:
        for node in ir.walk(expr):
            if isinstance(node, ir.Agg):
                what = ("一组数据的汇总", "an aggregate")
            elif isinstance(node, ir.Ref) and node.kind not in ("fact", "column"):
                what = ("一个公式或一项得分", "a formula or a score")
            else:
                continue
            span = node.span or option.span
            names.report(errors.FACT_READS_MORE, span, name=names.source.slice(span), what=what[0], what_en=what[1])
            return True
    return False


def names_formula(names: Names, option: n.FactOption) -> bool:
    """Whether an option that could not be lowered names a formula, which has no value yet; reported."""
    for name, _ in names_with_lists((option.value, option.high, option.rounding), names.lists):
        if isinstance(names.lookup(names.root, name.parts), Symbol):
            zh, en = "一个公式", "a formula"
            names.report(errors.FACT_READS_MORE, name.span, name=name.text, what=zh, what_en=en)
            return True
    return False


def check_defaults(names: Names, ranges: Ranges, facts: Iterable[ir.Fact], prefix: str = "") -> None:
    """Reports each default that lies outside its own bounds: it could never be used."""
    for fact in facts:
        if fact.default is None or fact.span is None:
            continue
        allowed, stated = ranges.known.get(prefix + fact.name, EVERYTHING), ranges.of(fact.default)
        if not allowed.empty and allowed.meet(stated).empty:
            span = fact.default.span or fact.span
            names.report(errors.DEFAULT_OUTSIDE, span, name=fact.name, text=names.source.slice(span))


def in_order(names: Names, facts: Mapping[str, ir.Fact], prefix: str = "") -> tuple[ir.Fact, ...]:
    """The facts in an order in which each follows those its default and its 仅当 read; reports circles.

    Bounds do not count: they are held against the values once all of them are there. ``prefix`` is what references to
    the columns of a table start with.
    """
    placed: dict[str, ir.Fact] = {}
    for start in facts:
        path = [start]
        rest = [iter(_sources(facts, facts[start], prefix))]
        while path:
            if path[-1] in placed:
                path.pop(), rest.pop()
                continue
            for source in rest[-1]:
                if source in path:
                    chain = path[path.index(source) :]
                    span = facts[source].span
                    if span is not None:
                        names.report(errors.CIRCULAR_FACTS, span, chain=" → ".join([*chain, source]))
                elif source not in placed:
                    path.append(source)
                    rest.append(iter(_sources(facts, facts[source], prefix)))
                    break
            else:
                placed[path[-1]] = facts[path[-1]]
    return tuple(placed.values())


def _sources(facts: Mapping[str, ir.Fact], fact: ir.Fact, prefix: str) -> list[str]:
    found = {
        target.removeprefix(prefix)
        for expr in (fact.only_if, fact.default)
        if expr is not None
        for target in ir.references(expr)
        if target.startswith(prefix)
    }
    return sorted(name for name in found if name in facts)
