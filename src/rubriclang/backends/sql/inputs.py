"""Columns of facts as whole numbers that are never NULL: what is absent or not as expected is told beside them."""

from __future__ import annotations

from typing import Any

import attrs
from sqlglot import exp

from rubriclang.backends.integers.bounds import Range
from rubriclang.backends.integers.inputs import Input
from rubriclang.backends.sql.dialects import Dialect, ordinal, type_name, wide

_FINE = exp.Literal.string(",(19|2[0-9]|3[0-8])[)]$")  # types of numbers with 19 decimals and more
_LAST_DAY = 3_652_059  # 9999-12-31


@attrs.frozen
class Reading:
    """How columns are read: numbers with up to ``digits`` decimals and magnitudes up to ``limit``;
    ``rates`` are the facts in per cent."""

    dialect: Dialect
    digits: int
    limit: int
    rates: frozenset[str] = frozenset()

    def head(self, made: Input) -> str:
        """The column of an input: a rate in per cent says so, as in a sheet; judged points go by their path."""
        if made.source == "judged":
            return made.name.replace("/", ".")
        return f"{made.name}(%)" if made.name in self.rates else made.name


@attrs.frozen
class Columns:
    """The expressions of one input: in a first step over the table, then in a second over the first."""

    first: tuple[tuple[str, Any], ...]
    second: tuple[tuple[str, Any], ...]


def column(name: str) -> Any:
    """A column of a step."""
    return exp.column(exp.to_identifier(name, quoted=True))


def parts_of(made: Input, digits: int) -> int:
    """How many parts of the number in a column are counted."""
    return 10**digits if made.kind == "number" and not made.whole else 1


def range_of_input(made: Input, reading: Reading, texts: int) -> Range:
    """What the integer of an input can be on any row."""
    match made.kind:
        case "number":
            most = reading.limit * parts_of(made, reading.digits)
            return Range(min(-most, made.fill), max(most, made.fill))
        case "day":
            return Range(min(1, made.fill), max(_LAST_DAY, made.fill))
        case _:
            return Range(min(0, made.fill), max(texts, made.fill))


def columns_of(at: int, made: Input, reading: Reading, texts: tuple[str, ...]) -> Columns:
    """Gives ``v`` (the value), ``p`` (whether it is there) and ``o`` (whether it is there and not as expected)."""
    given = column(reading.head(made))
    missing, odd = column(f"m{at}"), column(f"b{at}")
    match made.kind:
        case "number":
            value, fine = _number(at, made, reading, given)
        case "day":
            value, fine = _day(at, reading, given)
        case "truth":
            return _truth(at, made, given)
        case _:
            return _text(at, made, reading, given, texts)
    checked = odd.or_(fine[1].not_())
    chosen = exp.case().when(missing.or_(checked.copy()), wide(reading.dialect, _int(made.fill))).else_(value)
    return Columns(
        (
            (f"r{at}", exp.case().when(fine[0].copy(), given.copy()).else_(fine[2])),
            (f"m{at}", given.copy().is_(exp.null())),
            (f"b{at}", exp.case().when(given.copy().is_(exp.null()), exp.false()).else_(exp.not_(exp.paren(fine[0])))),
        ),
        ((f"v{at}", chosen), (f"p{at}", missing.copy().not_()), (f"o{at}", checked)),
    )


def _int(value: int) -> Any:
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def _number(at: int, made: Input, reading: Reading, given: Any) -> tuple[Any, tuple[Any, Any, Any]]:
    """The scaled number; whether the cell is near enough, has few enough decimals, and what stands for it."""
    dialect = reading.dialect
    plain: Any = exp.not_(type_name(dialect, given.copy()).isin(*dialect.floats))
    if dialect.name == "spark":  # comparing would cut decimals off such a type to make room for the others' digits
        plain = exp.and_(
            plain, exp.not_(exp.RegexpLike(this=type_name(dialect, given.copy()), expression=_FINE.copy()))
        )
    near = exp.and_(
        given.copy().is_(exp.null()).not_(), plain, given.copy().between(_int(-reading.limit), _int(reading.limit))
    )
    raw = column(f"r{at}")
    digits = 0 if made.whole else reading.digits
    kept = exp.cast(raw.copy(), f"DECIMAL({len(str(reading.limit)) + digits}, {digits})")
    value = wide(dialect, exp.paren(exp.Mul(this=kept.copy(), expression=_int(parts_of(made, reading.digits)))))
    return value, (near, exp.paren(exp.EQ(this=kept, expression=raw)), _int(0))


def _day(at: int, reading: Reading, given: Any) -> tuple[Any, tuple[Any, Any, Any]]:
    first, last = (exp.cast(exp.Literal.string(day), "DATE") for day in ("0001-01-01", "9999-12-31"))
    near = exp.and_(given.copy().is_(exp.null()).not_(), given.copy().between(first, last))
    return wide(reading.dialect, exp.paren(ordinal(reading.dialect, column(f"r{at}")))), (
        near,
        exp.true(),
        first.copy(),
    )


def _truth(at: int, made: Input, given: Any) -> Columns:
    raw, missing = column(f"r{at}"), column(f"m{at}")
    filled = exp.func("COALESCE", given, exp.Boolean(this=bool(made.fill)))
    return Columns(
        ((f"r{at}", filled), (f"m{at}", given.copy().is_(exp.null()))),
        ((f"v{at}", raw), (f"p{at}", missing.not_()), (f"o{at}", exp.false())),
    )


def _text(at: int, made: Input, reading: Reading, given: Any, texts: tuple[str, ...]) -> Columns:
    """The code of a text that the rubric knows; any other is odd."""
    code = exp.case()
    known = [(place, text) for place, text in enumerate(texts) if not made.options or text in made.options]
    for place, text in known:
        code = code.when(exp.EQ(this=given.copy(), expression=exp.Literal.string(text)), _int(place))
    found = code.else_(_int(-1)) if known else _int(-1)
    raw, missing = column(f"r{at}"), column(f"m{at}")
    fill = wide(reading.dialect, _int(made.fill))
    chosen = exp.case().when(exp.LT(this=raw, expression=_int(0)), fill).else_(wide(reading.dialect, raw.copy()))
    odd = exp.and_(missing.not_(), exp.LT(this=raw.copy(), expression=_int(0)))
    return Columns(
        ((f"r{at}", found), (f"m{at}", given.copy().is_(exp.null()))),
        ((f"v{at}", chosen), (f"p{at}", missing.copy().not_()), (f"o{at}", odd)),
    )
