"""Checks and lowers the declarations of facts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import header_key, number_text
from rubriclang.ir.operators import COMPARISONS
from rubriclang.ir.types import TRUTH, ComparatorSign, Day, Labels, Number, Type, Words
from rubriclang.ir.units import PERCENT, PLAIN, Unit, find_unit
from rubriclang.semantics import errors
from rubriclang.semantics.collect import Collected
from rubriclang.semantics.expressions import Elaborator
from rubriclang.semantics.fact_order import in_order, names_formula, reads_more, reads_table
from rubriclang.semantics.scope import ListInfo, Names
from rubriclang.syntax import nodes as n

_RATE_UNIT = Unit((), Fraction(1), "%")
_TYPE_WORDS: dict[str, Type] = {
    "%": Number(_RATE_UNIT, "percent"),
    "比率": Number(_RATE_UNIT, "percent"),
    "率": Number(_RATE_UNIT, "percent"),
    "rate": Number(_RATE_UNIT, "percent"),
    "percent": Number(_RATE_UNIT, "percent"),
    "数": Number(PLAIN),
    "number": Number(PLAIN),
    "整数": Number(PLAIN, whole=True),
    "integer": Number(PLAIN, whole=True),
    "分": Number(PLAIN, "points"),
    "评定": Number(PLAIN, "points"),
    "points": Number(PLAIN, "points"),
    "是否": TRUTH,
    "日期": Day(),
    "date": Day(),
    "文字": Words(),
    "文本": Words(),
    "text": Words(),
    "比较号": ComparatorSign(),
    "comparator": ComparatorSign(),
}
_WHOLE_WORDS = ("整数", "whole", "integer")


def declare_measures(collected: Collected) -> None:
    """Registers the units a rubric declares: new counts, or multiples of known units."""
    names = collected.names
    for line in collected.measures:
        for word, value in line.items:
            if value is None:
                names.units[word] = Unit(((word, 1),), Fraction(1), word)
                continue
            typed = Elaborator(names, names.root).number(value)
            if typed is None:
                continue
            amount = typed[0].value if isinstance(typed[0], ir.Const) else None
            if isinstance(amount, Fraction) and amount > 0:
                names.units[word] = Unit(typed[1].unit.dimensions, typed[1].unit.scale * amount, word)


def _told_apart(names: Names, declared: list[tuple[n.Fact, ir.Fact]]) -> None:
    """Fact files do not tell names apart by width, blanks or quote marks, so no two facts may share such a form."""
    owners: dict[str, ir.Fact] = {}
    for syntax, lowered in declared:
        fact = names.facts[lowered.name]
        for name in (fact.name, *fact.aliases):
            owner = owners.setdefault(header_key(name), fact)
            if owner.name != fact.name:
                line = names.source.position(owner.span.start).line if owner.span is not None else 0
                names.report(errors.DUPLICATE_NAME, syntax.target.span, name=name, line=str(line))


def declare(collected: Collected) -> tuple[ir.Fact, ...]:
    """All facts, in an order in which each is made from earlier ones only."""
    names = collected.names
    elaborator = Elaborator(names, names.root)
    declared: list[tuple[n.Fact, ir.Fact]] = []
    for fact in collected.facts:
        name = fact.target.text
        if name in names.facts:
            known = names.facts[name].span
            line = names.source.position(known.start).line if known is not None else 0
            names.report(errors.DUPLICATE_NAME, fact.target.span, name=name, line=str(line))
            continue
        fact, commas = _options_by_comma(elaborator, fact)
        kind = None if commas else fact_type(elaborator, fact.type)
        if kind is None:
            kind = Number(PLAIN, bare=True)
            names.untyped.add(name)
        lowered = ir.Fact(name, kind, span=fact.target.span)
        names.facts[name] = lowered
        declared.append((fact, lowered))
    for syntax, lowered in declared:
        names.facts[lowered.name] = _Options(elaborator, syntax, lowered).apply()
    _told_apart(names, declared)
    for scope in names.root.walk():
        for symbol in scope.symbols.values():
            if symbol.name in names.facts:
                names.report(errors.SHADOWED_FACT, symbol.span, name=symbol.name)
    return in_order(names, names.facts)


def fact_type(elaborator: Elaborator, written: n.FactType) -> Type | None:
    """The type that a declaration names; None (reported) when it names none."""
    if written.options:
        return Labels(written.options)
    word = written.word or ""
    if word == "yes" and written.per == "no":
        return TRUTH
    if word in _TYPE_WORDS and written.per is None:
        return _TYPE_WORDS[word]
    unit = find_unit(word, elaborator.names.units)
    per = find_unit(written.per, elaborator.names.units) if written.per else None
    if unit is None or (written.per and per is None):
        elaborator.unknown_unit(word if unit is None else written.per or "", written.span)
        return None
    if per is not None:
        unit = attrs.evolve(unit.times(per, -1), name=f"{word}/{written.per}")
    if unit.plain:
        return Number(PERCENT if unit.scale < 1 else unit, "percent" if unit.scale < 1 else "plain")
    return Number(unit)


def _options_by_comma(elaborator: Elaborator, fact: n.Fact) -> tuple[n.Fact, bool]:
    """``- 等级：甲，乙，丙``: options parted by commas; true where that is wrong, and reported, once.

    English has no other mark for a list, and parts its options so (``good, fair, poor, optional``).
    """
    words = [option.words[0] for option in fact.options if option.kind == "flag"]
    first = fact.type.word
    rest = tuple(option for option in fact.options if option.kind != "flag")
    if first is None or fact.type.per is not None or not words:
        return fact, False
    units = elaborator.names.units
    known = [w for w in (first, *words) if w in _TYPE_WORDS or w in _WHOLE_WORDS or find_unit(w, units) is not None]
    if known:
        return fact, False
    if all(word.isascii() for word in (first, *words)):
        return attrs.evolve(fact, type=n.FactType(options=(first, *words), span=fact.type.span), options=rest), False
    if rest:
        return fact, False
    options = "、".join((first, *words))
    params = {
        "suggestion": f"选项之间用顿号：{options}",
        "suggestion_en": f"separate options by |: {' | '.join((first, *words))}",
    }
    elaborator.names.report(errors.UNKNOWN_UNIT, fact.type.span, name=first, **params)
    return attrs.evolve(fact, options=()), True


def declare_lists(collected: Collected) -> tuple[ir.ListFact, ...]:
    """All list facts; their columns are declared like facts, and may bound each other."""
    names = collected.names
    lists = []
    for block in collected.lists:
        info = names.lists[block.name]
        elaborator = Elaborator(names, names.root).inside(info)
        columns: list[n.Fact] = []
        for column in block.columns:
            name = column.target.text
            if name in info.columns:
                names.report(errors.DUPLICATE_NAME, column.target.span, name=name, line="?")
                continue
            column, commas = _options_by_comma(elaborator, column)
            columns.append(column)
            kind = None if commas else fact_type(elaborator, column.type)
            info.columns[name] = ir.Fact(name, kind or Number(PLAIN, bare=True), span=column.target.span)
            if column.type.word == "评定":
                info.judged = name
                info.columns[name] = attrs.evolve(info.columns[name], optional=True)
        for column in columns:
            name = column.target.text
            info.columns[name] = _Options(elaborator, column, info.columns[name], info).apply()
        lists.append(ir.ListFact(info.name, in_order(names, info.columns, f"{info.name}."), info.span))
    return tuple(lists)


class _Options:
    """Applies what follows the type of one fact, or of one column of a list."""

    def __init__(self, elaborator: Elaborator, syntax: n.Fact, fact: ir.Fact, row_of: ListInfo | None = None) -> None:
        self.row_of = row_of
        self.elaborator = elaborator
        self.names: Names = elaborator.names
        self.syntax = syntax
        self.fact = fact
        self.constraints: list[ir.Constraint] = []

    def apply(self) -> ir.Fact:
        if isinstance(self.fact.type, Number) and self.fact.type.whole:
            self._whole()
        for option in self.syntax.options:
            self._apply(option)
        own = {self._own().target}
        crossing = [ir.references(c.test) != own for c in self.constraints]
        constraints = (
            c if c.crossing == crosses else attrs.evolve(c, crossing=crosses)
            for c, crosses in zip(self.constraints, crossing, strict=True)
        )
        return attrs.evolve(self.fact, constraints=tuple(constraints))

    def _apply(self, option: n.FactOption) -> None:
        """Applies one option; one that reads more than facts is reported and leaves no trace but ``optional``."""
        before, known, said = self.fact, len(self.constraints), len(self.names.diagnostics)
        wrong = reads_table(self.names, option, self.row_of)
        if not wrong:
            self._option(option)
            added = attrs.evolve(self.fact, constraints=tuple(self.constraints[known:]))
            silent = added == before and len(self.names.diagnostics) == said
            wrong = reads_more(self.names, added, option, self.row_of) or (silent and names_formula(self.names, option))
        if wrong:
            del self.constraints[known:]
            self.fact = attrs.evolve(before, optional=before.optional or option.kind in ("default", "only if"))

    def _reject(self, option: n.FactOption) -> None:
        text = self.names.source.slice(option.span)
        self.names.report(errors.WRONG_FACT_OPTION, option.span, name=self.fact.name, option=text)

    def _own(self) -> ir.Ref:
        if self.row_of is not None:
            return ir.Ref(f"{self.row_of.name}.{self.fact.name}", "column", self.fact.span)
        return ir.Ref(self.fact.name, "fact", self.fact.span)

    def _whole(self) -> None:
        test = ir.Op("eq", (ir.Round("floor", ir.Const(Fraction(1)), self._own()), self._own()))
        self.constraints.append(ir.Constraint(test, "整数"))
        assert isinstance(self.fact.type, Number)
        self.fact = attrs.evolve(self.fact, whole=True, type=attrs.evolve(self.fact.type, whole=True))

    def _bound(self, op: n.Comparator, value: n.Expression, text: str) -> None:
        own = (self._own(), self.fact.type)
        right = self._limit(value)
        if right is None:
            return
        both = self.elaborator.unify(own, right, self.syntax.target, value, ("比较", "compared"))
        if both is not None:
            self.constraints.append(ir.Constraint(ir.Op(COMPARISONS[op], (both[0], both[1])), text))

    def _limit(self, value: n.Expression) -> tuple[ir.Expr, Number] | None:
        """A bound's number; one without a unit is in the unit of the fact, except that a rate needs its %."""
        typed = self.elaborator.number(value)
        if typed is None:
            return None
        assert isinstance(self.fact.type, Number)
        if typed[1].bare and isinstance(typed[0], ir.Const) and isinstance(typed[0].value, Fraction):
            if self.fact.type.style == "percent" and typed[0].value not in (0, 1):
                self.names.report(
                    errors.RATE_NEEDED,
                    value.span,
                    subject=self.fact.name,
                    number=number_text(typed[0].value),
                    times=number_text(typed[0].value * 100),
                )
            return typed[0], attrs.evolve(self.fact.type, bare=False)
        return typed

    def _option(self, option: n.FactOption) -> Any:
        text = self.names.source.slice(option.span)
        numeric = isinstance(self.fact.type, Number)
        match option.kind:
            case "bound" if numeric and option.op is not None and option.value is not None:
                self._bound(option.op, option.value, text)
            case "bound" if isinstance(self.fact.type, Day) and option.op and option.value:
                dated = (self._own(), self.fact.type)
                typed = self.elaborator.compare(option.op, self.syntax.target, dated, option.value, option.span)
                if typed is not None:
                    self.constraints.append(ir.Constraint(typed[0], text))
            case "range" if numeric and option.value is not None and option.high is not None:
                self._bound(">=", option.value, text)
                self._bound("<=", option.high, text)
            case "optional":
                self.fact = attrs.evolve(self.fact, optional=True)
            case "default" if option.value is not None:
                own = (self._own(), self.fact.type)
                typed = self.elaborator.compare("=", self.syntax.target, own, option.value, option.span)
                if typed is not None and isinstance(typed[0], ir.Op):
                    self.fact = attrs.evolve(self.fact, default=typed[0].operands[1], optional=True)
            case "only if" if option.value is not None:
                self.fact = attrs.evolve(self.fact, only_if=self.elaborator.condition(option.value))
            case "grid" if numeric and option.value is not None:
                self._grid(option)
            case "also":
                self.fact = attrs.evolve(self.fact, aliases=self.fact.aliases + option.words)
            case "rounding" if option.rounding is not None and isinstance(self.fact.type, Number):
                rounding = self.elaborator.rounding(option.rounding, self.fact.type, self.fact.name)
                if rounding is not None:
                    self.fact = attrs.evolve(self.fact, rounding=rounding)
            case "flag" if option.words[0] in _WHOLE_WORDS and numeric:
                self._whole()
            case _:
                self._reject(option)

    def _grid(self, option: n.FactOption) -> None:
        assert option.value is not None and isinstance(self.fact.type, Number)
        typed = self._limit(option.value)
        value = typed[0].value if typed is not None and isinstance(typed[0], ir.Const) else None
        if not isinstance(value, Fraction) or value <= 0:
            self._reject(option)
            return
        own = self._own()
        test = ir.Op("eq", (ir.Round("floor", ir.Const(value), own), own))
        self.constraints.append(ir.Constraint(test, self.names.source.slice(option.span)))
        self.fact = attrs.evolve(self.fact, grid=value)
