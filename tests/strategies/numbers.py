"""Exact numbers, the ways people write them, and the values around an edge."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

MILLIONTH = Fraction(1, 10**6)
SPECK = Fraction(1, 10**12)

# Units of money, in 元.
MONEY: dict[str, Fraction] = {
    "元": Fraction(1),
    "千元": Fraction(1000),
    "万元": Fraction(10_000),
    "亿元": Fraction(100_000_000),
}


def decimals(low: int, high: int, places: int = 4) -> st.SearchStrategy[Fraction]:
    """Rationals in ``low … high`` with at most ``places`` decimals; every other one has at most one."""
    coarse, fine = 10 ** min(places, 1), 10**places
    return st.one_of(
        st.integers(low * coarse, high * coarse).map(lambda scaled: Fraction(scaled, coarse)),
        st.integers(low * fine, high * fine).map(lambda scaled: Fraction(scaled, fine)),
    )


def rationals(low: int, high: int, denominator: int = 997) -> st.SearchStrategy[Fraction]:
    """Rationals in ``low … high``; most have no finite decimal."""
    return st.builds(
        lambda below, part: low + (high - low) * Fraction(part % (below + 1), below),
        st.integers(1, denominator),
        st.integers(0, denominator),
    )


def around(edge: Fraction) -> list[Fraction]:
    """An edge, one part in a million to either side of it (of 1, and of the edge itself), and a speck further."""
    beside = [edge + offset for size in (MILLIONTH, edge * MILLIONTH, SPECK) for offset in (-size, size)]
    return list(dict.fromkeys([edge, *beside]))


def decimal_text(value: Fraction) -> str:
    """A number with a finite decimal, written out; the sign in front, no exponent, no useless zeros."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
        assert digits < 200, f"{value} has no finite decimal"
    whole = str(abs(int(value * 10**digits))).rjust(digits + 1, "0")
    text = f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole
    return f"-{text}" if value < 0 else text


def number_text(value: Fraction) -> str:
    """A number as a fact file may write it: a decimal where there is one, else ``n/d``."""
    below = value.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    return decimal_text(value) if below == 1 else f"{value.numerator}/{value.denominator}"


def percent_text(value: Fraction) -> str:
    """A rate with its percent sign."""
    return f"{number_text(value * 100)}%"


def full_width(text: str) -> str:
    """The text with every ASCII character in its full-width form."""
    return "".join("　" if c == " " else chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def grouped(text: str) -> str:
    """A decimal with commas between the thousands."""
    sign = "-" if text.startswith("-") else ""
    whole, point, rest = text.removeprefix("-").partition(".")
    parts = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)]
    return sign + ",".join(reversed(parts)) + point + rest
