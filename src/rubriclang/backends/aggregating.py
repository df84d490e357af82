"""The part of the definition that is about collections: rows of a list, units of a population, parts of a section."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.backends.evaluation import POPULATION, Evaluation, Given
from rubriclang.ir import nodes as ir
from rubriclang.ir.aggregates import REDUCERS, Item, best_per_key, drop, ordered, rank, take
from rubriclang.ir.values import Cause, Reason, Value, strongest


class Aggregating(ABC):
    """Evaluates aggregates. ``at`` is the unit at hand, ``own`` the one being scored, ``rows`` the row of each list."""

    program: ir.Program | None
    units: Sequence[Given]
    at: int
    own: int
    rows: dict[str, int]
    current: str

    @property
    @abstractmethod
    def out(self) -> Evaluation:
        """The evaluation of the unit at hand."""

    @abstractmethod
    def eval(self, expr: ir.Expr) -> Value:
        """The value of an expression for the unit and the rows at hand."""

    def each(self, collection: str) -> Iterator[None]:
        """Makes each row of a collection the row at hand, one after the other."""
        if collection == POPULATION:
            own, at = self.own, self.at
            self.own = at
            taking_part = self.program.population if self.program is not None else None
            for at_hand in range(len(self.units)):
                self.at = at_hand
                if taking_part is None or self.eval(taking_part) is True:
                    yield
            self.own, self.at = own, at
            return
        before = self.rows.get(collection)
        for at_hand in range(len(self.out.lists.get(collection, ()))):
            self.rows[collection] = at_hand
            yield
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
        items: list[Item] = []
        reasons: list[Reason] = []
        if expr.collection:
            for _ in self.each(expr.collection):
                self._collect(expr, expr.body, items, reasons)
        else:
            for i, item in enumerate(expr.items):
                clauses = expr.item_clauses[i] if expr.item_clauses else ()
                self._collect(expr, item, items, reasons, clauses)
        if reasons:
            return strongest(reasons)
        for clause in expr.clauses:
            if clause.kind == "best per":
                items = best_per_key(items)
        for clause in expr.clauses:
            if clause.kind in ("drop highest", "drop lowest", "take"):
                assert clause.value is not None
                amount = self.eval(clause.value)
                if isinstance(amount, Reason):
                    return amount
                assert isinstance(amount, Fraction)
                end = "highest" if clause.kind == "drop highest" else "lowest"
                items = take(items, amount) if clause.kind == "take" else drop(items, amount, end)  # type: ignore[arg-type]
        if expr.function == "rank":
            return self._rank(expr, items)
        every_clause = (*expr.clauses, *(expr.item_clauses[0] if expr.item_clauses else ()))
        for clause in every_clause:
            if clause.kind == "sort":
                items = ordered(items, clause.word == "falling")
        result = REDUCERS[expr.function](items)
        if isinstance(result, Reason):
            return Reason(result.kind, tuple(attrs.evolve(c, name=self.current, span=expr.span) for c in result.causes))
        return result

    def _collect(
        self,
        expr: ir.Agg,
        body: ir.Expr | None,
        items: list[Item],
        reasons: list[Reason],
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
        item = self._item((*expr.clauses, *own), value)
        if isinstance(item, Reason):
            reasons.append(item)
        else:
            items.append(item)

    def _item(self, clauses: tuple[ir.Clause, ...], value: Value) -> Item | Reason:
        found: dict[str, Value] = {}
        order: list[Value] = []
        for clause in clauses:
            if clause.value is None or clause.kind in ("drop highest", "drop lowest", "take"):
                continue
            worth = self.eval(clause.value)
            if isinstance(worth, Reason):
                return worth
            if clause.kind in ("ties", "sort"):
                order.append(worth)
            found[{"best per": "key"}.get(clause.kind, clause.kind)] = worth
        given: Any = {name: found[name] for name in ("key", "weight", "measure") if name in found}
        return Item(value, order=tuple(order), **given)

    def _rank(self, expr: ir.Agg, items: list[Item]) -> Value:
        assert expr.body is not None
        rising = any(clause.kind == "rising" for clause in expr.clauses)
        ties = next((clause.word for clause in expr.clauses if clause.kind == "ties" and clause.word), "")
        taken = True if expr.where is None else self.eval(expr.where)
        value = self.eval(expr.body)
        for reason in (taken, value):
            if isinstance(reason, Reason):
                return reason
        own = self._item(expr.clauses, value)
        if isinstance(own, Reason):
            return own
        if taken is not True or own not in items:
            return Reason("missing", (Cause("not ranked", self.current, expr.span),))
        place = rank(items, own, rising, ties)
        if isinstance(place, Reason):
            return Reason(place.kind, tuple(attrs.evolve(c, name=self.current, span=expr.span) for c in place.causes))
        return place
