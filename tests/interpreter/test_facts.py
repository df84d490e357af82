"""Facts: given, by default, not needed, rounded, bounded."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.backends.evaluation import Given, Violation
from rubriclang.backends.interpreter import evaluate, evaluate_population
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import TRUTH, Words
from rubriclang.ir.values import Reason, Value
from tests.interpreter.building import (
    HERE,
    MISSING,
    PENDING,
    ROWS,
    UNDEFINED,
    VALUE,
    WEIGHT,
    const,
    fact,
    number,
    op,
    own,
    program,
    reason,
    rows,
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


# ---- facts that bound each other


def at_most(name: str, bound: str) -> ir.Constraint:
    """``name`` ≤ another fact."""
    return ir.Constraint(op("le", own(name), own(bound)), f"<= {bound}", crossing=True)


def test_defaults_are_chained_on_usable_facts_only() -> None:
    """b = a + 1 and c = b + 1 by default; a, given past its bound g, is no value to begin with."""
    chain = program(
        {},
        fact("a", constraints=(at_most("a", "g"),)),
        fact("b", default=op("add", own("a"), 1)),
        fact("c", default=op("add", own("b"), 1)),
        fact("g"),
    )
    assert evaluate(chain, {"a": Fraction(2), "g": Fraction(2)}).facts == {"a": 2, "b": 3, "c": 4, "g": 2}
    out = evaluate(chain, {"a": Fraction(3), "g": Fraction(2)})
    unusable = reason("undefined", "fact unusable", "a")
    assert out.facts == {"a": unusable, "b": unusable, "c": unusable, "g": 2}
    assert out.violations == [Violation("a", Fraction(3), "<= g")]
    given = evaluate(chain, {"a": Fraction(3), "b": Fraction(9), "g": Fraction(2)})
    assert given.facts == {"a": unusable, "b": 9, "c": 10, "g": 2}


def test_a_bound_that_is_itself_unusable_forbids_nothing() -> None:
    """b ≤ c holds; a ≤ b does not, and takes no part in anything."""
    made = program(
        {}, fact("a", constraints=(at_most("a", "b"),)), fact("b", constraints=(at_most("b", "c"),)), fact("c")
    )
    out = evaluate(made, {"a": Fraction(3), "b": Fraction(2), "c": Fraction(2)})
    assert [(v.name, v.value) for v in out.violations] == [("a", 3)]
    assert out.facts["b"] == 2
    own_bound = ir.Constraint(op("le", own("b"), 1), "<= 1")
    made = program({}, fact("a", constraints=(at_most("a", "b"),)), fact("b", constraints=(own_bound,)))
    out = evaluate(made, {"a": Fraction(3), "b": Fraction(2)})
    assert [(v.name, v.value) for v in out.violations] == [("b", 2)]  # what it says of itself is settled first
    assert out.facts == {"a": 3, "b": reason("undefined", "fact unusable", "b")}


def test_a_default_that_breaks_a_bound_by_another_fact() -> None:
    made = program({}, fact("a", default=number(5), constraints=(at_most("a", "g"),)), fact("g"))
    out = evaluate(made, {"g": Fraction(4)})
    assert out.facts == {"a": reason("undefined", "fact unusable", "a"), "g": 4}
    assert out.violations == [Violation("a", Fraction(5), "<= g")]
    assert evaluate(made, {}).facts["a"] == 5


def test_nothing_is_said_of_a_default_made_from_an_unusable_fact() -> None:
    """a breaks its bound, so the default b = a + 1, which would break one of its own, never was a value."""
    bounds = (at_most("a", "g"),), (at_most("b", "h"),)
    chain = program(
        {},
        fact("a", constraints=bounds[0]),
        fact("b", default=op("add", own("a"), 1), constraints=bounds[1]),
        fact("g"),
        fact("h"),
    )
    unusable = reason("undefined", "fact unusable", "a")
    given: dict[str, Value] = {"a": Fraction(5), "g": Fraction(3), "h": Fraction(4)}
    out = evaluate(chain, given)
    assert out.violations == [Violation("a", Fraction(5), "<= g")]
    assert [out.facts["a"], out.facts["b"]] == [unusable, unusable]
    given["a"] = Fraction(3)
    assert evaluate(chain, given | {"h": Fraction(3)}).violations == [Violation("b", Fraction(4), "<= h")]
    given["b"] = Fraction(6)  # given, it is held to it
    assert [v.name for v in evaluate(chain, given | {"g": Fraction(2)}).violations] == ["a", "b"]


def test_a_value_is_named_once_however_many_bounds_it_breaks() -> None:
    bounds = (at_most("a", "b"), at_most("a", "c"), ir.Constraint(op("le", own("a"), 9), "<= 9"))
    made = program({}, fact("a", constraints=bounds), fact("b"), fact("c"))
    assert evaluate(made, {"a": Fraction(8), "b": Fraction(1), "c": Fraction(2)}).violations == [
        Violation("a", Fraction(8), "<= b")
    ]
    assert evaluate(made, {"a": Fraction(10), "b": Fraction(1), "c": Fraction(2)}).violations == [
        Violation("a", Fraction(10), "<= 9")
    ]
    assert evaluate(made, {"a": Fraction(8), "b": Fraction(8), "c": Fraction(2)}).violations == [
        Violation("a", Fraction(8), "<= c")
    ]


def test_every_unit_is_held_against_its_own_bounds() -> None:
    made = program({}, fact("a", constraints=(at_most("a", "g"),)), fact("g"))
    given = [Given({"a": Fraction(a), "g": Fraction(2)}) for a in (3, 2, 4)]
    outs = evaluate_population(made, given)
    assert [[v.value for v in out.violations] for out in outs] == [[3], [], [4]]


def test_columns_are_held_against_their_row_and_the_facts() -> None:
    """值 ≤ 权 of its row, and 权 ≤ g, a fact; by default 和 is made from both."""
    in_row = ir.Constraint(op("le", VALUE, WEIGHT), "<= 权", crossing=True)
    by_fact = ir.Constraint(op("le", WEIGHT, own("g")), "<= g", crossing=True)
    table = ir.ListFact(
        "行",
        (
            fact("值", constraints=(in_row,), span=HERE),
            fact("权", constraints=(by_fact,)),
            fact("和", default=op("add", VALUE, WEIGHT)),
        ),
    )
    made = program({}, fact("g"), lists=(table, ir.ListFact("空", ())))
    given = rows([1, 5, 2, 9], 权=[1, 4, 8, 9])
    out = evaluate(made, {"g": Fraction(7)}, lists={"行": given})
    value_2, weight_3 = (
        reason("undefined", "fact unusable", "行[2].值"),
        reason("undefined", "fact unusable", "行[3].权"),
    )
    weight_4 = reason("undefined", "fact unusable", "行[4].权")
    assert out.lists["行"] == [
        {"值": 1, "权": 1, "和": 2},
        {"值": value_2, "权": 4, "和": value_2},
        {"值": 2, "权": weight_3, "和": weight_3},
        {"值": 9, "权": weight_4, "和": weight_4},
    ]
    assert [(v.name, v.value, v.bound) for v in out.violations] == [
        ("行[2].值", 5, "<= 权"),
        ("行[3].权", 8, "<= g"),
        ("行[4].权", 9, "<= g"),
    ]
    found = out.lists["行"][1]["值"]
    assert isinstance(found, Reason) and found.causes[0].span == HERE


def test_a_fact_may_be_bounded_by_the_rows_of_a_list() -> None:
    total = ir.Constraint(op("ge", own("f"), ir.Agg("sum", "行", VALUE)), ">= 合计", crossing=True)
    made = program({}, fact("f", constraints=(total,)), lists=(ROWS,))
    assert evaluate(made, {"f": Fraction(6)}, lists={"行": rows([1, 5])}).facts["f"] == 6
    out = evaluate(made, {"f": Fraction(5)}, lists={"行": rows([1, 5])})
    assert out.violations == [Violation("f", Fraction(5), ">= 合计")]
    assert evaluate(made, {"f": Fraction(5)}).facts["f"] == 5  # no list, no bound
