"""What changed in what a rubric asks for: facts, tables, identity checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rubriclang.comparing.change import Change
from rubriclang.comparing.pairing import Pairs
from rubriclang.comparing.words import Words, rounding_word
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import describe

_FACTS = ("数据",)
_CHECKS = ("勾稽",)


def facts(pairs: Pairs, old: Words, new: Words) -> Iterator[Change]:
    """The changes of facts and of the columns of tables."""
    yield from _facts(pairs, old, new, old.program.facts, new.program.facts, "")
    left = {listed.name: listed for listed in old.program.lists}
    right = {listed.name: listed for listed in new.program.lists}
    for name in dict.fromkeys((*left, *right)):
        a, b = left.get(name), right.get(name)
        if a is None or b is None:
            kind, zh, en = (
                ("table removed", "删去表", "table removed") if b is None else ("table added", "增加表", "table added")
            )
            yield Change(kind, _FACTS, f"{zh}“{name}”", f"{en}: {name}")
        else:
            yield from _facts(pairs, old, new, a.columns, b.columns, f"{name}.")


def _facts(
    pairs: Pairs, old: Words, new: Words, before: Iterable[ir.Fact], after: Iterable[ir.Fact], prefix: str
) -> Iterator[Change]:
    left, right = {fact.name: fact for fact in before}, {fact.name: fact for fact in after}
    for name in dict.fromkeys((*left, *right)):
        a, b, shown = left.get(name), right.get(name), prefix + name
        if b is None:
            assert a is not None
            yield Change("fact removed", _FACTS, f"删去数据“{shown}”", f"fact removed: {shown}", describe(a.type))
        elif a is None:
            yield Change("fact added", _FACTS, f"增加数据“{shown}”", f"fact added: {shown}", None, describe(b.type))
        else:
            yield from _fact(pairs, old, new, a, b, shown)


def _fact(pairs: Pairs, old: Words, new: Words, a: ir.Fact, b: ir.Fact, name: str) -> Iterator[Change]:
    def change(kind: str, zh: str, en: str, before: str, after: str) -> Change:
        return Change(kind, _FACTS, f"“{name}”的{zh}", f"{en} of '{name}'", before or "没有", after or "没有")

    if a.type != b.type:
        yield change("fact type", "单位或类型", "unit or type", describe(a.type), describe(b.type))
    bounds = [sorted(repr(pairs.shape(side, c.test)) for c in fact.constraints) for side, fact in ((0, a), (1, b))]
    if bounds[0] != bounds[1]:
        texts = ("，".join(dict.fromkeys(c.text for c in fact.constraints)) for fact in (a, b))
        yield change("fact bounds", "范围", "bounds", *texts)
    for kind, zh, en, x, y in (
        ("fact default", "默认值", "default", a.default, b.default),
        ("fact need", "填报条件", "condition", a.only_if, b.only_if),
    ):
        shapes = [None if e is None else pairs.shape(side, e) for side, e in ((0, x), (1, y))]
        if shapes[0] != shapes[1]:
            shown = ("" if e is None else w.text(e, f.type) for w, e, f in ((old, x, a), (new, y, b)))
            yield change(kind, zh, en, *shown)
    if a.optional != b.optional:
        yield change("fact optional", "可缺", "optionality", *("可缺" if f.optional else "必填" for f in (a, b)))
    rounds = [
        None if f.rounding is None else (f.rounding[0], pairs.shape(s, f.rounding[1])) for s, f in ((0, a), (1, b))
    ]
    if rounds[0] != rounds[1]:
        yield change(
            "fact rounding", "取位", "rounding", *("没有" if r is None else rounding_word(r[0]) for r in rounds)
        )


def checks(pairs: Pairs, old: Words, new: Words) -> Iterator[Change]:
    """The changes of identity checks, by their names."""
    left = {check.name: check for check in old.program.checks}
    right = {check.name: check for check in new.program.checks}
    for name in dict.fromkeys((*left, *right)):
        a, b = left.get(name), right.get(name)
        if b is None:
            assert a is not None
            yield Change("check removed", _CHECKS, f"删去勾稽“{name}”", f"check removed: {name}", a.text)
        elif a is None:
            yield Change("check added", _CHECKS, f"增加勾稽“{name}”", f"check added: {name}", None, b.text)
        elif _check(pairs, 0, a) != _check(pairs, 1, b):
            yield Change("check", _CHECKS, f"勾稽“{name}”", f"check '{name}'", a.text, b.text)


def _check(pairs: Pairs, side: int, check: ir.Check) -> object:
    exprs = (check.left, check.right, check.tolerance, check.only_if)
    return check.op, tuple(None if e is None else pairs.shape(side, e) for e in exprs)
