"""List facts, and definitions computed for each row."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.backends.evaluation import Violation
from rubriclang.backends.interpreter import evaluate
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import TRUTH
from rubriclang.ir.values import Reason, Value
from tests.interpreter.building import HERE, KIND, ROWS, VALUE, fact, listed, op, program, reason, rows


def test_the_columns_of_a_row_are_settled_like_facts() -> None:
    table = ir.ListFact(
        "行",
        (
            fact("值", constraints=(ir.Constraint(op("le", VALUE, 10), "<= 10"),), span=HERE),
            fact("类", type=TRUTH),
            fact("权", default=op("mul", VALUE, 2), only_if=KIND),
        ),
    )
    given: list[dict[str, Value]] = [
        {"值": Fraction(3), "类": True},
        {"值": Fraction(11), "类": False, "权": Fraction(1)},
        {"类": True, "权": Fraction(5)},
    ]
    out = listed({}, given, table=table)
    assert out.lists == {
        "行": [
            {"值": 3, "类": True, "权": 6},
            {
                "值": reason("undefined", "fact unusable", "行[2].值"),
                "类": False,
                "权": reason("missing", "not needed", "行[2].权"),
            },
            {"值": reason("missing", "fact missing", "行[3].值"), "类": True, "权": 5},
        ]
    }
    assert out.violations == [Violation("行[2].值", Fraction(11), "<= 10")]
    assert out.facts == {}


def test_a_list_that_is_not_given_is_missing() -> None:
    out = evaluate(program({"x": ir.Agg("count", "行", span=HERE)}, lists=(ROWS,)), {})
    assert out.lists == {}
    found = out.values["x"]
    assert found == reason("missing", "fact missing", "行")
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert listed({"x": ir.Agg("count", "行")}, []).values["x"] == 0


def test_a_list_after_one_that_is_not_given() -> None:
    second = ir.ListFact("列", (fact("值"),))
    counts: dict[str, ir.Expr] = {"x": ir.Agg("count", "列")}
    assert evaluate(program(counts, lists=(ROWS, second)), {}, lists={"列": rows([1, 2])}).values["x"] == 2


def test_every_list_has_its_own_rows() -> None:
    second = ir.ListFact("列", (fact("值"),))
    tree = op("add", ir.Agg("sum", "行", VALUE), ir.Agg("sum", "列", ir.Ref("列.值", "column")))
    pairs = ir.Agg("sum", "行", ir.Agg("sum", "列", op("mul", VALUE, ir.Ref("列.值", "column"))))
    lists = {"行": rows([1, 2]), "列": rows([10, 20, 30])}
    out = evaluate(program({"x": tree, "y": pairs}, lists=(ROWS, second)), {}, lists=lists)
    assert out.values == {"x": 63, "y": 180}


def test_a_definition_of_a_list_is_computed_for_each_row() -> None:
    definitions: dict[str, ir.Expr] = {
        "行.加倍": op("mul", VALUE, 2),
        "行.次序": op("add", ir.Ref("行.加倍", "row"), ir.Agg("count", "行")),
        "x": ir.Agg("sum", "行", ir.Ref("行.次序", "row")),
    }
    out = listed(definitions, rows([1, 2, 4]))
    assert out.values == {"行.加倍": (2, 4, 8), "行.次序": (5, 7, 11), "x": 23}
    assert listed(definitions, []).values == {"行.加倍": (), "行.次序": (), "x": 0}


def test_an_aggregate_inside_a_row_leaves_that_row_at_hand() -> None:
    share = op("div", VALUE, ir.Agg("sum", "行", VALUE))
    after = op("add", ir.Agg("max", "行", VALUE), VALUE)
    out = listed({"行.占比": share, "行.后": after}, rows([1, 3, 4]))
    assert out.values == {"行.占比": (Fraction(1, 8), Fraction(3, 8), Fraction(1, 2)), "行.后": (5, 7, 8)}
