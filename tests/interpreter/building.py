"""What the tests of the interpreter are built from: small expressions, programs, rows, units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from rubriclang.backends.evaluation import Evaluation, Given
from rubriclang.backends.interpreter import evaluate, evaluate_population
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import PLAIN_NUMBER, Words
from rubriclang.ir.values import Cause, CauseKind, Reason, ReasonKind, Value
from rubriclang.source import Span

MISSING = Reason("missing", (Cause("fact missing", "m"),))
UNDEFINED = Reason("undefined", (Cause("no row", "u"),))
PENDING = Reason("pending", (Cause("judgement", "p"),))
LEFT_OUT = Reason("left out", (Cause("left out", "l"),))
ZERO = Reason("undefined", (Cause("zero denominator", "z"),))
HERE, THERE = Span(3, 9), Span(11, 12)


def number(text: str | int) -> ir.Const:
    return ir.Const(Fraction(text))


def const(value: Value | int) -> ir.Const:
    """A constant; an int that is no truth value stands for a number."""
    return ir.Const(Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def op(operator: str, *operands: Any, span: Span | None = None) -> ir.Op:
    """An operator over expressions, or over values taken as constants."""
    return ir.Op(operator, tuple(o if isinstance(o, ir.Expr) else const(o) for o in operands), span)


def program(definitions: Mapping[str, ir.Expr], *facts: ir.Fact, **options: Any) -> ir.Program:
    """A program; a definition whose name begins with the name of a list and a dot is computed for each of its rows."""
    lists = {listed.name for listed in options.get("lists", ())}
    return ir.Program(
        title="t",
        facts=facts,
        definitions=tuple(
            ir.Definition(name, expr, PLAIN_NUMBER, level=level if (level := name.partition(".")[0]) in lists else None)
            for name, expr in definitions.items()
        ),
        root=ir.Node("t", "t", (), "x", None),
        **options,
    )


def run(
    expr: ir.Expr,
    given: Mapping[str, Value] | None = None,
    *facts: ir.Fact,
    judged: Mapping[str, Value] | None = None,
    pending_as: Literal["low", "high"] | None = None,
) -> Evaluation:
    """The evaluation of one definition, ``x``."""
    return evaluate(program({"x": expr}, *facts), given or {}, judged, None, pending_as)


def value(expr: ir.Expr, **options: Any) -> Value:
    return run(expr, **options).values["x"]


def settled(fact: ir.Fact, given: Mapping[str, Value] | None = None, *before: ir.Fact) -> Value:
    """What one fact comes to, after others."""
    return evaluate(program({}, *before, fact), given or {}).facts[fact.name]


def reason(kind: ReasonKind, cause: CauseKind, name: str) -> Reason:
    return Reason(kind, (Cause(cause, name),))


def arm(test: Any, result: Any, text: str) -> ir.Arm:
    condition = test if test is None or isinstance(test, ir.Expr) else const(test)
    return ir.Arm(condition, result if isinstance(result, ir.Expr) else const(result), ir.Tag(text))


def handler(kind: Literal["missing", "zero", "left out"], result: Any, text: str) -> ir.Handler:
    return ir.Handler(kind, result if isinstance(result, ir.Expr) else const(result), ir.Tag(text, "reason"))


def fact(name: str, **options: Any) -> ir.Fact:
    return ir.Fact(name, options.pop("type", PLAIN_NUMBER), **options)


def own(name: str) -> ir.Ref:
    return ir.Ref(name, "fact")


def texts(tags: list[ir.Tag]) -> list[str]:
    return [tag.text for tag in tags]


def judge(low: Any = 0, high: Any = 5, **options: Any) -> ir.Judge:
    top = None if high is None else const(high)
    return ir.Judge("j", const(low), top, **options)


ROWS = ir.ListFact("行", (fact("值"), fact("类", type=Words()), fact("权")))


VALUE, KIND, WEIGHT = ir.Ref("行.值", "column"), ir.Ref("行.类", "column"), ir.Ref("行.权", "column")


def rows(values: Sequence[Value | int | str], **columns: Sequence[Value | int | str]) -> list[dict[str, Value]]:
    """The rows of 行; a text that is no label is a number."""

    def cell(name: str, given: Value | int | str) -> Value:
        number_ = isinstance(given, int | str) and not isinstance(given, bool) and name != "类"
        return Fraction(given) if number_ else given  # type: ignore[arg-type, return-value]

    table = {"值": values, **columns}
    return [{name: cell(name, column[i]) for name, column in table.items()} for i in range(len(values))]


def listed(
    definitions: Mapping[str, ir.Expr], given: Sequence[Mapping[str, Value]], *facts: ir.Fact, table: ir.ListFact = ROWS
) -> Evaluation:
    return evaluate(program(definitions, *facts, lists=(table,)), {}, lists={"行": given})


def over(function: str, given: Sequence[Mapping[str, Value]], **options: Any) -> Value:
    """An aggregate over 值 of the rows."""
    body = options.pop("body", VALUE)
    return listed({"x": ir.Agg(function, "行", body, span=HERE, **options)}, given).values["x"]


def ranks(
    values: Sequence[Value | int | str], *clauses: ir.Clause, where: ir.Expr | None = None, **columns: Any
) -> Any:
    """The rank of each row among all."""
    ranked = ir.Agg("rank", "行", VALUE, where, clauses=clauses, span=HERE)
    return listed({"行.名次": ranked}, rows(values, **columns)).values["行.名次"]


def units(*values: Value | int, **columns: Sequence[Value | int]) -> list[Given]:
    """Units with the fact f, and more facts by name."""

    def fraction(given: Value | int) -> Value:
        return Fraction(given) if isinstance(given, int) and not isinstance(given, bool) else given

    table = {"f": values, **columns}
    return [Given({name: fraction(column[i]) for name, column in table.items()}) for i in range(len(values))]


def together(expr: ir.Expr, given: Sequence[Given], population: ir.Expr | None = None, **definitions: ir.Expr) -> Any:
    """What ``x`` comes to for each unit."""
    facts = (fact("f"), fact("g"))
    outs = evaluate_population(program({**definitions, "x": expr}, *facts, population=population), given)
    return tuple(out.values["x"] for out in outs)
