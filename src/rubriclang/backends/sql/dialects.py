"""What differs between databases: their widest exact integer, whole division, days, and the names of binary floats."""

from __future__ import annotations

from typing import Any

import attrs
from sqlglot import exp


@attrs.frozen
class Dialect:
    """A database. ``wide`` is the type of every integer, whose magnitudes may take ``bits`` bits, quotients
    ``quotient_bits``; an overflow is an error there and never a wrap. ``decimal`` is a type with so many decimals.
    ``floats`` are the names of binary floats as ``type_name`` gives them. ``keep`` asks for common table
    expressions to be computed once: a database that merges them would copy each shared term into all its readers."""

    name: str
    wide: str
    bits: int
    quotient_bits: int
    floats: tuple[str, ...]
    keep: bool = False


DIALECTS = {
    made.name: made
    for made in (
        Dialect("duckdb", "INT128", 125, 125, ("DOUBLE", "FLOAT")),
        Dialect("postgres", "DECIMAL(1000, 0)", 2000, 2000, ("double precision", "real"), keep=True),
        # A quotient of DECIMAL(38, 0) has six decimals there, which leaves 32 digits.
        Dialect("spark", "DECIMAL(38, 0)", 125, 105, ("double", "float")),
    )
}


def wide(dialect: Dialect, value: Any) -> Any:
    """A value as the widest integer."""
    return exp.cast(value, dialect.wide)


def truncated(dialect: Dialect, a: Any, b: Any) -> Any:
    """``a / b`` without its fraction; ``a`` is not negative, ``b`` positive."""
    match dialect.name:
        case "duckdb":
            return exp.Paren(this=exp.IntDiv(this=a, expression=b))
        case "postgres":
            return exp.Anonymous(this="DIV", expressions=[a, b])
        case _:  # DIV gives a BIGINT there: what is left when the remainder is gone divides without a rest
            rest = exp.paren(exp.Mod(this=a.copy(), expression=b.copy()))
            exact = exp.Div(this=exp.paren(exp.Sub(this=a, expression=rest)), expression=b, typed=True)
            return wide(dialect, exp.paren(exact))


def type_name(dialect: Dialect, column: Any) -> Any:
    """The name of the type of a column, as text."""
    if dialect.name == "postgres":
        return exp.cast(exp.Anonymous(this="PG_TYPEOF", expressions=[column]), "TEXT")
    return exp.Anonymous(this="TYPEOF", expressions=[column])


def ordinal(dialect: Dialect, day: Any) -> Any:
    """The number of a day, of which 0001-01-01 is 1."""
    first = exp.cast(exp.Literal.string("0001-01-01"), "DATE")
    if dialect.name == "spark":
        return exp.Anonymous(this="DATEDIFF", expressions=[day, first]) + 1
    return exp.paren(exp.Sub(this=day, expression=first)) + 1


def same_name(dialect: Dialect, name: str) -> str:
    """What two names have in common that a database takes for one."""
    if dialect.name == "postgres":  # the rest of a longer name is cut off
        return name.encode()[:63].decode(errors="ignore")
    return name.casefold()
