"""What a whole rubric is made of: facts, tables of rows, indicators and sections, in an order that may be changed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.strategies.numbers import decimal_text
from tests.strategies.whole.spelling import Language, spelled

_T = TypeVar("_T")
Row = dict[str, str]
Lines = list[str]


@dataclass(frozen=True)
class Declared:
    """A fact or a column: its name, its declaration, and texts that may be filled in, edges first."""

    name: str
    kind: str
    values: tuple[str, ...]

    def line(self) -> str:
        """The declaration."""
        return f"- {self.name}：{self.kind}"


@dataclass(frozen=True)
class Table:
    """A list fact; ``formulas`` are its computed columns."""

    name: str
    columns: tuple[Declared, ...]
    formulas: tuple[str, ...] = ()

    def lines(self) -> Lines:
        """The declaration and the formulas."""
        return [f"‹表› {self.name}：", *(column.line() for column in self.columns), *self.formulas]


@dataclass(frozen=True)
class Piece:
    """An indicator and what it needs.

    ``blocks`` are groups of lines whose order among each other means nothing; ``above`` stand over the first section;
    ``truths`` name formulas that hold wherever they have a value; ``judged`` are points a person may give; ``uses`` the
    constructs it is made of. ``full`` is None where the heading has no points of its own.
    """

    title: str
    full: Fraction | None
    blocks: tuple[Lines, ...]
    facts: tuple[Declared, ...] = ()
    tables: tuple[Table, ...] = ()
    above: tuple[Lines, ...] = ()
    judged: tuple[str, ...] = ()
    truths: tuple[str, ...] = ()
    uses: frozenset[str] = frozenset()
    suffix: str = ""


@dataclass(frozen=True)
class Section:
    """A heading over indicators; ``rule`` are its own lines, ``ordered`` where the order of its parts has a meaning."""

    title: str
    full: Fraction | None
    parts: tuple[Piece, ...]
    rule: tuple[str, ...] = ()
    facts: tuple[Declared, ...] = ()
    uses: frozenset[str] = frozenset()
    suffix: str = ""


@dataclass(frozen=True)
class Whole:
    """A rubric; a failing example shows its text."""

    sections: tuple[Section, ...]
    full: Fraction | None
    head: tuple[Lines, ...] = ()
    tail: tuple[Lines, ...] = ()
    facts: tuple[Declared, ...] = ()
    uses: frozenset[str] = frozenset()
    files: dict[str, str] = field(default_factory=dict)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How Hypothesis shows it: as the rubric it is."""
        printer.text(f"<<\n{self.text()}>>")

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All indicators."""
        return tuple(piece for section in self.sections for piece in section.parts)

    @property
    def declared(self) -> tuple[Declared, ...]:
        """All facts, each once."""
        found = [*self.facts, *(f for s in self.sections for f in s.facts), *(f for p in self.pieces for f in p.facts)]
        return tuple({fact.name: fact for fact in found}.values())

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables of rows, each once."""
        return tuple({table.name: table for piece in self.pieces for table in piece.tables}.values())

    @property
    def constructs(self) -> frozenset[str]:
        """Everything it is made of."""
        return self.uses.union(*(s.uses for s in self.sections), *(p.uses for p in self.pieces))

    @property
    def truths(self) -> tuple[str, ...]:
        """Formulas that hold wherever they have a value."""
        return tuple(name for piece in self.pieces for name in piece.truths)

    def text(self, language: Language = "zh", shuffle: random.Random | None = None) -> str:
        """The rubric; with ``shuffle``, everything whose order has no meaning in another order."""
        mix: Callable[[Sequence[_T]], list[_T]] = _mixer(shuffle)
        out = [f"# 标准（{points(self.full)}）"]
        blocks: list[Lines] = [*self.head]
        blocks += [list(lines) for lines in dict.fromkeys(tuple(b) for piece in self.pieces for b in piece.above)]
        if self.declared:
            blocks.append(["‹数据›：", *mix([fact.line() for fact in self.declared])])
        blocks += [table.lines() for table in self.tables]
        out += [line for block in mix(blocks) for line in block]
        for section in mix(self.sections):
            out.append(f"## {section.title}（{points(section.full)}{section.suffix}）")
            out += section.rule
            for piece in mix(section.parts):
                said = points(piece.full) if piece.full is not None else ""
                full = f"（{said}{piece.suffix}）" if said or piece.suffix else ""
                out.append(f"### {piece.title}{full}")
                out += [line for block in mix(piece.blocks) for line in block]
        out.append("# ‹结果›")
        out += [line for block in self.tail for line in block]
        return spelled("\n".join(out) + "\n", language)


def points(full: Fraction | None) -> str:
    """The points of a heading."""
    return "‹不限分›" if full is None else f"{decimal_text(full)} ‹分›"


def _mixer(shuffle: random.Random | None) -> Callable[[Sequence[_T]], list[_T]]:
    def mix(items: Sequence[_T]) -> list[_T]:
        mixed = list(items)
        if shuffle is not None:
            shuffle.shuffle(mixed)
        return mixed

    return mix


class Drawn:
    """Draws in few words; ``tag`` makes the names of one piece its own."""

    def __init__(self, draw: st.DrawFn, tag: str) -> None:
        self.draw = draw
        self.tag = tag

    def whole(self, low: int, high: int) -> int:
        """A whole number."""
        return self.draw(st.integers(low, high))

    def number(self, low: int, high: int, places: int = 2) -> Fraction:
        """A decimal."""
        return Fraction(self.draw(st.integers(low * 10**places, high * 10**places)), 10**places)

    def pick(self, *items: _T) -> _T:
        """One of some."""
        return self.draw(st.sampled_from(items))

    def maybe(self) -> bool:
        """Yes or no."""
        return self.draw(st.booleans())

    def rising(self, low: int, high: int, most: int = 4, least: int = 1) -> list[int]:
        """Some whole numbers, each larger than the one before."""
        drawn = self.draw(st.lists(st.integers(low, high), min_size=least, max_size=most, unique=True))
        return sorted(drawn)

    def name(self, stem: str) -> str:
        """A name of this piece."""
        return f"{stem}{self.tag}"
