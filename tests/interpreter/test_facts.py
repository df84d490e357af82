"""Facts: given, by default, not needed, rounded, bounded."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.backends.evaluation import Violation
from rubriclang.backends.interpreter import evaluate
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import TRUTH, Words
from rubriclang.ir.values import Reason
from tests.interpreter.building import (
    HERE,
    MISSING,
    PENDING,
    UNDEFINED,
    const,
    fact,
    number,
    op,
    own,
    program,
    reason,
    settled,
)


def test_a_given_fact_is_its_value_and_an_absent_one_is_missing() -> None:
    assert settled(fact("f"), {"f": Fraction(0)}) == 0
    found = settled(fact("f", span=HERE))
    assert found == reason("missing", "fact missing", "f")
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert settled(fact("f", type=TRUTH), {"f": False}) is False
    assert settled(fact("f", type=Words()), {"f": ""}) == ""


def test_a_fact_given_as_a_reason_keeps_it() -> None:
    assert settled(fact("f"), {"f": PENDING}) == PENDING
    assert settled(fact("f", default=number(3)), {"f": UNDEFINED}) == UNDEFINED
    never = ir.Constraint(const(False), "never")
    out = evaluate(program({}, fact("f", constraints=(never,))), {"f": UNDEFINED})
    assert out.facts["f"] == UNDEFINED
    assert out.violations == []


def test_a_default_stands_in_for_an_absent_fact_only() -> None:
    assert settled(fact("f", default=number(3))) == 3
    assert settled(fact("f", default=number(3)), {"f": Fraction(4)}) == 4
    assert settled(fact("g", default=op("add", own("f"), 1)), {"f": Fraction(6)}, fact("f")) == 7
    assert settled(fact("f", default=op("div", 1, 0))) == reason("undefined", "zero denominator", "fact f")


def test_a_default_is_rounded_and_bounded_like_a_given_value() -> None:
    never = ir.Constraint(const(False), "never")
    out = evaluate(program({}, fact("f", default=number(3), constraints=(never,))), {})
    assert out.facts == {"f": reason("undefined", "fact unusable", "f")}
    assert [(v.name, v.value, v.bound) for v in out.violations] == [("f", 3, "never")]
    to_tenths = ("half up", number("1/10"))
    assert settled(fact("f", default=number("1/3"), rounding=to_tenths)) == Fraction(3, 10)


def test_facts_may_bound_each_other_in_any_order() -> None:
    above = ir.Constraint(op("ge", own("a"), own("b")), "a >= b", crossing=True)
    below = ir.Constraint(op("le", own("b"), own("a")), "b <= a", crossing=True)
    both = program({}, fact("a", constraints=(above,)), fact("b", constraints=(below,)))
    assert evaluate(both, {"a": Fraction(2), "b": Fraction(1)}).facts == {"a": 2, "b": 1}
    out = evaluate(both, {"a": Fraction(1), "b": Fraction(2)})
    assert [v.name for v in out.violations] == ["a", "b"]
    assert all(isinstance(value, Reason) for value in out.facts.values())
    alone = evaluate(both, {"a": Fraction(1)})
    assert alone.facts["a"] == 1
    assert alone.violations == []


def test_no_default_is_made_from_a_fact_that_breaks_a_bound() -> None:
    below = ir.Constraint(op("le", own("b"), own("a")), "b <= a", crossing=True)
    made = program({}, fact("a"), fact("b", constraints=(below,)), fact("c", default=op("add", own("b"), 1)))
    assert evaluate(made, {"a": Fraction(2), "b": Fraction(1)}).facts["c"] == 2
    assert evaluate(made, {"a": Fraction(1), "b": Fraction(2)}).facts["c"] == reason("undefined", "fact unusable", "b")


def test_a_fact_whose_condition_does_not_hold_is_not_needed() -> None:
    found = settled(fact("f", only_if=const(False), span=HERE), {"f": Fraction(4)})
    assert found == reason("missing", "not needed", "f")
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert settled(fact("f", only_if=const(False), default=number(3))) == found
    assert settled(fact("f", only_if=const(True)), {"f": Fraction(4)}) == 4
    assert settled(fact("f", only_if=const(True))) == reason("missing", "fact missing", "f")


def test_a_fact_whose_condition_is_unknown() -> None:
    condition = op("eq", own("c"), True)
    asked = fact("f", only_if=condition)
    unknown = reason("missing", "fact missing", "c")
    before = fact("c", type=TRUTH)
    assert settled(asked, {}, before) == unknown
    assert settled(asked, {"f": Fraction(4)}, before) == 4
    assert settled(fact("f", only_if=condition, default=number(3)), {}, before) == 3
    assert settled(asked, {"c": UNDEFINED}, before) == UNDEFINED


def test_a_fact_that_breaks_a_constraint_is_unusable() -> None:
    constraints = (
        ir.Constraint(op("ge", own("f"), 0), ">= 0"),
        ir.Constraint(op("le", own("f"), 10), "<= 10"),
        ir.Constraint(op("le", own("f"), 20), "<= 20"),
    )
    declared = fact("f", constraints=constraints, span=HERE)
    out = evaluate(program({"x": own("f")}, declared), {"f": Fraction(30)})
    unusable = reason("undefined", "fact unusable", "f")
    assert out.facts == {"f": unusable}
    assert out.values == {"x": unusable}
    found = out.facts["f"]
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert out.violations == [Violation("f", Fraction(30), "<= 10", False, None, None)]  # the first, once
    out = evaluate(program({}, declared), {"f": Fraction(10)})
    assert out.facts == {"f": 10}
    assert out.violations == []


def test_every_fact_is_held_against_its_own_constraints() -> None:
    facts = [fact(name, constraints=(ir.Constraint(op("le", own(name), 1), name),)) for name in "abc"]
    out = evaluate(program({}, *facts), {"a": Fraction(2), "b": Fraction(1), "c": Fraction(3)})
    assert [violation.name for violation in out.violations] == ["a", "c"]
    assert out.facts["b"] == 1


def test_a_constraint_that_comes_to_a_reason_forbids_nothing() -> None:
    declared = fact("f", constraints=(ir.Constraint(op("le", own("f"), own("g")), "<= g"),))
    out = evaluate(program({}, fact("g"), declared), {"f": Fraction(4)})
    assert out.facts["f"] == 4
    assert out.violations == []


def test_a_fact_is_rounded_before_its_constraints_see_it() -> None:
    whole = ir.Constraint(op("le", own("f"), 100), "<= 100")
    declared = fact("f", rounding=("half up", number(10)), constraints=(whole,))
    assert settled(declared, {"f": Fraction(104)}) == 100
    assert settled(declared, {"f": Fraction(94)}) == 90
    out = evaluate(program({"x": own("f")}, declared), {"f": Fraction(105)})
    assert out.violations == [Violation("f", Fraction(110), "<= 100")]
    assert out.values["x"] == reason("undefined", "fact unusable", "f")
    assert settled(fact("f", type=Words(), rounding=("half up", number(10))), {"f": "七"}) == "七"


def test_a_rounding_step_that_comes_to_a_reason() -> None:
    assert settled(fact("f", rounding=("half up", const(MISSING))), {"f": Fraction(7)}) == MISSING
