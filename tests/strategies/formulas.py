"""Arithmetic as trees: rendered to rubric text with as few brackets as precedence allows, and evaluated in Fractions.

Three kinds of quantity occur: numbers, rates and money. A rate is never added to a bare number (is 2 meant as 2 % or
as 200 %?) except 0 and 1. Money is evaluated in 元 throughout, whatever unit it is written in. A division by zero
raises ``ZeroDivisionError`` and makes the whole tree undefined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st

from tests.strategies.numbers import MONEY, decimal_text, decimals

# How tightly a node binds; an operand that binds less needs brackets.
_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)
Kind = Literal["number", "rate", "money"]


@dataclass(frozen=True)
class Written:
    """A number as written, and its value (money in 元)."""

    written: str
    amount: Fraction

    def text(self) -> tuple[str, int]:
        return self.written, _ATOM

    def value(self, facts: Mapping[str, Fraction]) -> Fraction:
        return self.amount


@dataclass(frozen=True)
class FactName:
    """A fact; ``facts`` hold its value, money in 元."""

    name: str
    written: str

    def text(self) -> tuple[str, int]:
        return self.written, _ATOM

    def value(self, facts: Mapping[str, Fraction]) -> Fraction:
        return facts[self.name]


@dataclass(frozen=True)
class Minus:
    """``-x``."""

    operand: Tree

    def text(self) -> tuple[str, int]:
        return f"-{wrapped(self.operand, _SIGN)}", _SIGN

    def value(self, facts: Mapping[str, Fraction]) -> Fraction:
        return -self.operand.value(facts)


@dataclass(frozen=True)
class Chain:
    """Sums or products from left to right; ``marks`` are the signs as written, one fewer than terms."""

    terms: tuple[Tree, ...]
    operators: tuple[Literal["+", "-", "*", "/"], ...]
    marks: tuple[str, ...]

    @property
    def level(self) -> int:
        """How tightly it binds."""
        return _SUM if self.operators[0] in "+-" else _PRODUCT

    def text(self) -> tuple[str, int]:
        parts = [wrapped(self.terms[0], self.level)]
        for mark, term in zip(self.marks, self.terms[1:], strict=True):
            # From left to right: what stands on the right must bind more tightly.
            parts += [mark, wrapped(term, self.level + 1)]
        return "".join(parts), self.level

    def value(self, facts: Mapping[str, Fraction]) -> Fraction:
        total = self.terms[0].value(facts)
        for operator, term in zip(self.operators, self.terms[1:], strict=True):
            operand = term.value(facts)
            match operator:
                case "+":
                    total += operand
                case "-":
                    total -= operand
                case "*":
                    total *= operand
                case "/":
                    total /= operand
        return total


@dataclass(frozen=True)
class Power:
    """``x ^ n`` with a whole exponent."""

    base: Tree
    exponent: int

    def text(self) -> tuple[str, int]:
        return f"{wrapped(self.base, _ATOM)}^{self.exponent}", _POWER

    def value(self, facts: Mapping[str, Fraction]) -> Fraction:
        return self.base.value(facts) ** self.exponent


@dataclass(frozen=True)
class Call:
    """A function; ``comma`` and brackets of either width."""

    function: str
    arguments: tuple[Tree, ...]
    wide: bool

    def text(self) -> tuple[str, int]:
        left, comma, right = ("（", "，", "）") if self.wide else ("(", ", ", ")")
        return self.function + left + comma.join(argument.text()[0] for argument in self.arguments) + right, _ATOM

    def value(self, facts: Mapping[str, Fraction]) -> Fraction:
        values = [argument.value(facts) for argument in self.arguments]
        match self.function:
            case "最小" | "min":
                return sorted(values)[0]
            case "最大" | "max":
                return sorted(values)[-1]
            case "绝对值" | "abs":
                return values[0] if values[0] >= 0 else -values[0]
            case "限于" | "clamp":
                # No less than the lower limit, and then no more than the upper one.
                x, low, high = values
                raised = low if x < low else x
                return high if raised > high else raised
        raise AssertionError(self.function)


@dataclass(frozen=True)
class Bracketed:
    """Brackets that are not needed."""

    inner: Tree
    wide: bool

    def text(self) -> tuple[str, int]:
        return (f"（{self.inner.text()[0]}）" if self.wide else f"({self.inner.text()[0]})"), _ATOM

    def value(self, facts: Mapping[str, Fraction]) -> Fraction:
        return self.inner.value(facts)


Tree = Written | FactName | Minus | Chain | Power | Call | Bracketed


def wrapped(tree: Tree, level: int) -> str:
    """The text of an operand, in brackets where it binds less tightly than ``level``."""
    text, own = tree.text()
    return text if own >= level else f"（{text}）"


@dataclass(frozen=True)
class Fact:
    """A declared fact: its name, how the rubric writes it and its type, and how many 元 (or units) one of it is."""

    name: str
    written: str
    declared: str
    kind: Kind
    scale: Fraction = Fraction(1)

    def line(self) -> str:
        """The declaration."""
        return f"- {self.written}：{self.declared}"


def literals(kind: Kind) -> st.SearchStrategy[Tree]:
    """Numbers as written: decimals, percentages or sums of money."""
    blank = st.sampled_from(["", " "])
    match kind:
        case "number":
            return decimals(0, 1000, 4).map(lambda amount: Written(decimal_text(amount), amount))
        case "rate":
            marks = st.sampled_from([("%", 100), ("％", 100), ("‰", 1000)])
            return st.builds(
                lambda amount, mark, space: Written(f"{decimal_text(amount)}{space}{mark[0]}", amount / mark[1]),
                decimals(0, 300, 2),
                marks,
                blank,
            )
        case "money":
            return st.builds(
                lambda amount, unit, space: Written(f"{decimal_text(amount)}{space}{unit}", amount * MONEY[unit]),
                decimals(0, 1000, 3),
                st.sampled_from(list(MONEY)),
                blank,
            )


_MARKS: dict[str, tuple[str, ...]] = {
    "+": (" + ", "+", "＋"),
    "-": (" - ", " － ", " − "),  # with blanks: 2019-12-31 is a date
    "*": (" × ", "×", "*", " ＊ "),
    "/": (" / ", "/", "÷", " ／ "),
}


@st.composite
def trees(draw: st.DrawFn, facts: tuple[Fact, ...], kind: Kind, depth: int) -> Tree:
    """Trees of a kind, at most so deep."""
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        names = st.sampled_from([FactName(fact.name, fact.written) for fact in facts if fact.kind == kind])
        return draw(names | literals(kind))

    def part(wanted: Kind = kind) -> Tree:
        return draw(trees(facts, wanted, depth - 1))

    def mark(operator: str) -> str:
        return draw(st.sampled_from(_MARKS[operator]))

    shape = draw(
        st.sampled_from(["sum", "sum", "product", "product", "sign", "power", "choice", "one", "clamp", "group"])
    )
    match shape:
        case "sum":
            signs: st.SearchStrategy[Literal["+", "-"]] = st.sampled_from(("+", "-"))
            operators = tuple(draw(st.lists(signs, min_size=1, max_size=3)))
            terms = [part() for _ in range(len(operators) + 1)]
            if kind == "rate" and draw(st.booleans()):  # 1 − a rate
                bare = draw(st.sampled_from([Written("1", Fraction(1)), Written("0", Fraction(0))]))
                terms[draw(st.integers(0, len(operators)))] = bare
            return Chain(tuple(terms), operators, tuple(mark(o) for o in operators))
        case "product":
            return _product(draw, facts, kind, depth)
        case "sign":
            return Minus(part())
        case "power" if kind != "money":
            if draw(st.integers(0, 3)) == 0:  # a negative exponent divides, so nothing here may come to 0
                return Power(Written("1.25", Fraction(5, 4)), draw(st.integers(-4, -1)))
            return Power(part(), draw(st.integers(0, 3)))
        case "choice":
            function = draw(st.sampled_from(["最小", "最大", "min", "max"]))
            count = draw(st.integers(2, 4))
            return Call(function, tuple(part() for _ in range(count)), draw(st.booleans()))
        case "clamp":
            low, high = part(), part()
            return Call(draw(st.sampled_from(["限于", "clamp"])), (part(), low, high), draw(st.booleans()))
        case "one":
            return Call(draw(st.sampled_from(["绝对值", "abs"])), (part(),), draw(st.booleans()))
        case _:
            return Bracketed(part(), draw(st.booleans()))


def _product(draw: st.DrawFn, facts: tuple[Fact, ...], kind: Kind, depth: int) -> Chain:
    """Factors whose units come out right: money above the line once more than below it, or as often as below it."""
    above: list[Kind] = [kind]
    below: list[Kind] = []
    if kind == "rate" and draw(st.booleans()):
        above, below = ["money"], ["money"]
    elif kind == "money" and draw(st.booleans()):
        above, below = ["money", "money"], ["money"]
    others: tuple[Kind, ...] = ("number",) if kind == "number" else ("number", "rate")
    for _ in range(draw(st.integers(0 if below else 1, 2))):
        draw(st.sampled_from([above, below])).append(draw(st.sampled_from(others)))
    first, *rest = draw(st.permutations(above))
    signed: list[tuple[Literal["*", "/"], Kind]] = [("*", wanted) for wanted in rest]
    signed += [("/", wanted) for wanted in below]
    ordered = draw(st.permutations(signed))
    terms = tuple(draw(trees(facts, wanted, depth - 1)) for wanted in (first, *(wanted for _, wanted in ordered)))
    operators = tuple(operator for operator, _ in ordered)
    return Chain(terms, operators, tuple(draw(st.sampled_from(_MARKS[o])) for o in operators))
