"""The part of the definition that is about collections: rows of a list, units of a population, parts of a section."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Literal

import attrs

from rubriclang.backends.evaluation import Evaluation, Given
from rubriclang.ir import nodes as ir
from rubriclang.ir.aggregates import REDUCERS, Item, best_per_key, drop, ordered, place, standings, take
from rubriclang.ir.nodes import POPULATION
from rubriclang.ir.values import Cause, Reason, Value, strongest


class Aggregating(ABC):
    """Evaluates aggregates. ``at`` is the unit at hand, ``own`` the one being scored, ``rows`` the row of each list,
    ``common`` what aggregates over all units came to, for as long as one definition is at hand."""

    program: ir.Program | None
    units: Sequence[Given]
    at: int
    own: int
    rows: dict[str, int]
    current: str
    common: dict[tuple[int, str], tuple[ir.Agg, Any]]

    @property
    @abstractmethod
    def out(self) -> Evaluation:
        """The evaluation of the unit at hand."""

    @abstractmethod
    def eval(self, expr: ir.Expr) -> Value:
        """The value of an expression for the unit and the rows at hand."""

    def each(self, collection: str) -> Iterator[int]:
        """Makes each row of a collection the row at hand, one after the other; yields which it is."""
        if collection == POPULATION:
            own, at = self.own, self.at
            self.own = at
            taking_part = self.program.population if self.program is not None else None
            for at_hand in range(len(self.units)):
                self.at = at_hand
                if taking_part is None or self.eval(taking_part) is True:
                    yield at_hand
            self.own, self.at = own, at
            return
        before = self.rows.get(collection)
        for at_hand in range(len(self.out.lists.get(collection, ()))):
            self.rows[collection] = at_hand
            yield at_hand
        if before is None:
            self.rows.pop(collection, None)
        else:
            self.rows[collection] = before

    def aggregate(self, expr: ir.Agg) -> Value:
        """Rows → 其中 → 就高 → 去最高, 去最低, 取前 → reduce, always in this order."""
        if expr.collection == POPULATION and len(self.units) == 1:
            return Reason("undefined", (Cause("no population", self.current, expr.span),))
        if expr.collection not in ("", POPULATION) and expr.collection not in self.out.lists:
            return Reason("missing", (Cause("fact missing", expr.collection, expr.span),))
        items = self._once(expr, "rows", lambda: self._rows(expr))
        if isinstance(items, Reason):
            return items
        if expr.function == "rank":
            return self._rank(expr, items)
        result: Value = self._once(expr, "result", lambda: REDUCERS[expr.function](items))
        return self._placed(expr, result)

    def _once(self, expr: ir.Agg, what: str, work: Callable[[], Any]) -> Any:
        """The result of work over all units; done once where every unit would come to the same."""
        if expr.collection != POPULATION or self.rows or not _is_common(expr):
            return work()
        key = (id(expr), what)
        if key not in self.common:
            self.common[key] = (expr, work())
        return self.common[key][1]

    def _placed(self, expr: ir.Agg, result: Value) -> Value:
        """A reason of a reducer, with the place where it came up."""
        if not isinstance(result, Reason):
            return result
        return Reason(result.kind, tuple(attrs.evolve(c, name=self.current, span=expr.span) for c in result.causes))

    def _rows(self, expr: ir.Agg) -> list[Item] | Reason:
        """The rows that count, after every clause that narrows or orders them."""
        items: list[Item] = []
        reasons: list[Reason] = []
        if expr.collection:
            for at in self.each(expr.collection):
                self._collect(expr, expr.body, items, reasons, at)
        else:
            for at, item in enumerate(expr.items):
                clauses = expr.item_clauses[at] if expr.item_clauses else ()
                self._collect(expr, item, items, reasons, at, clauses)
        if reasons:
            return strongest(reasons)
        every_clause = (*expr.clauses, *(expr.item_clauses[0] if expr.item_clauses else ()))
        if any(clause.kind == "best per" for clause in every_clause):
            items = best_per_key(items)
        for kind in _CUTS:
            for clause in every_clause:
                if clause.kind != kind:
                    continue
                assert clause.value is not None
                amount = self.eval(clause.value)
                if isinstance(amount, Reason):
                    return amount
                assert isinstance(amount, Fraction)
                end: Literal["highest", "lowest"] = "highest" if kind == "drop highest" else "lowest"
                items = take(items, amount) if kind == "take" else drop(items, amount, end)
        for clause in every_clause:
            if clause.kind == "sort":
                items = ordered(items, clause.word == "falling")
        return items

    def _collect(
        self,
        expr: ir.Agg,
        body: ir.Expr | None,
        items: list[Item],
        reasons: list[Reason],
        at: int,
        own: tuple[ir.Clause, ...] = (),
    ) -> None:
        """Adds the row at hand, if it satisfies 其中 and is not left out."""
        if expr.where is not None:
            holds = self.eval(expr.where)
            if isinstance(holds, Reason) and holds.kind != "left out":
                reasons.append(holds)
            if holds is not True:
                return
        value = True if body is None else self.eval(body)
        if isinstance(value, Reason):
            if value.kind != "left out":
                reasons.append(value)
            return
        item = self._item((*expr.clauses, *own), value, at)
        if isinstance(item, Reason):
            reasons.append(item)
        else:
            items.append(item)

    def _item(self, clauses: tuple[ir.Clause, ...], value: Value, at: int) -> Item | Reason:
        found: dict[str, Value] = {}
        order: list[Value] = []
        for clause in clauses:
            if clause.value is None or clause.kind in _CUTS:
                continue
            worth = self.eval(clause.value)
            if isinstance(worth, Reason):
                return worth
            if clause.kind in ("ties", "sort"):
                order.append(worth)
            found[{"best per": "key"}.get(clause.kind, clause.kind)] = worth
        given: Any = {name: found[name] for name in ("key", "weight", "measure") if name in found}
        return Item(value, at, order=tuple(order), **given)

    def _rank(self, expr: ir.Agg, items: list[Item]) -> Value:
        assert expr.body is not None
        rising = any(clause.kind == "rising" for clause in expr.clauses)
        ties = next((clause.word for clause in expr.clauses if clause.kind == "ties" and clause.word), "")
        at = self.at if expr.collection == POPULATION else self.rows[expr.collection]
        taken = True if expr.where is None else self.eval(expr.where)
        value = self.eval(expr.body)
        own = value if isinstance(value, Reason) else self._item(expr.clauses, value, at)
        for lacking in (taken, value, own):
            if isinstance(lacking, Reason):  # what a row lacks itself comes before its not being ranked
                return lacking
        found = self._once(expr, "standings", lambda: standings(items, rising))
        if at not in found:
            return Reason("missing", (Cause("not ranked", self.current, expr.span),))
        return self._placed(expr, place(found[at], ties))


_CUTS = ("drop highest", "drop lowest", "take")


def _is_common(expr: ir.Agg) -> bool:
    """Whether an aggregate over all units is the same for each of them: it looks at none in particular."""
    reads_own = any(isinstance(node, ir.Ref) and node.own for node in ir.walk(expr))
    cuts = [clause.value for clause in expr.clauses if clause.kind in _CUTS and clause.value is not None]
    fixed = all(isinstance(node, ir.Const | ir.Op) for cut in cuts for node in ir.walk(cut))
    return fixed and not reads_own
