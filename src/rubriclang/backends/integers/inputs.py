"""What a form reads: facts and judged points, in the shape in which a backend has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from rubriclang.backends.integers.bounds import ANY, Range
from rubriclang.backends.integers.graph import Graph, Term
from rubriclang.backends.integers.value import Value, ValueKind


@attrs.frozen
class Pairs:
    """Each number comes as two integers, numerator and denominator in lowest terms, the denominator positive.

    Judged points are read as whole numbers of 1/``judged``; a unit with others is flagged. People give points in halves
    and tenths, and a fixed denominator under most of the points keeps that of the total fixed.
    """

    judged: int = 1000


@attrs.frozen
class Scaled:
    """Each number comes as one integer that counts parts of a fixed size: 12.34 at scale 100 is 1234.

    ``facts`` and ``judged`` hold the scales by the names of facts and judged items; one that is absent is 1.
    """

    facts: Mapping[str, int] = attrs.field(factory=dict)
    judged: Mapping[str, int] = attrs.field(factory=dict)


InputForm = Pairs | Scaled


@attrs.frozen
class Input:
    """One fact or judged item that a form reads.

    ``term`` is its numerator, truth, code or day; ``den`` its denominator where numbers come as pairs and this one is
    not ``whole`` (None: fixed by ``scale``). ``present`` is the input that tells whether it was given, None for one
    without which a unit is flagged before anything is computed. Where it was not given, ``term`` and ``den`` take
    ``fill`` and 1. ``whole`` asks for a denominator of 1: a pair with another one is flagged.

    The codes of a text are places in the form's table. ``options`` are the labels that a fact can have, a unit with
    another is flagged; with none it takes any text, and one that is not in the table any code that is not, the same for
    the same text.

    ``low`` is a bound that ``term`` keeps wherever it is used on a unit that is not flagged: a unit that gives less may
    be flagged at once.
    """

    source: Literal["fact", "judged"]
    name: str
    kind: ValueKind
    term: Term
    den: Term | None = None
    present: Term | None = None
    scale: int = 1
    whole: bool = False
    options: tuple[str, ...] = ()
    fill: int = 0
    low: int | None = None

    @property
    def closed(self) -> bool:
        """Whether only some texts are possible."""
        return bool(self.options)


class Inputs:
    """The inputs made so far, and the texts that have a code."""

    def __init__(self, graph: Graph, form: InputForm) -> None:
        self.graph = graph
        self.form = form
        self.made: dict[tuple[str, str], tuple[Input, Value]] = {}
        self.texts: dict[str, int] = {}

    def code(self, text: str) -> Term:
        """The code of a text."""
        return self.graph.const(self.texts.setdefault(text, len(self.texts)))

    def read(
        self,
        source: Literal["fact", "judged"],
        name: str,
        kind: ValueKind,
        optional: bool,
        whole: bool = False,
        options: tuple[str, ...] = (),
    ) -> tuple[Input, Value]:
        """The input of a fact or judged item and its value, unbounded; ``optional`` ones get a term ``present``."""
        key = (source, name)
        if key in self.made:
            return self.made[key]
        at = f"{len(self.made)}"
        graph = self.graph
        present = graph.input(f"present {at}", "truth") if optional else None
        den_input, scale, den = None, 1, graph.one
        if kind == "number":
            match self.form:
                case Pairs(judged=parts) if source == "judged":
                    scale, den = parts, graph.const(parts)
                case Pairs() if not whole:
                    den = den_input = graph.input(f"den {at}", "int", Range(1, None))
                case Scaled(facts=facts, judged=judged):
                    scale = (facts if source == "fact" else judged).get(name, 1)
                    den = graph.const(scale)
                case _:
                    pass
        term = graph.input(f"term {at}", "truth" if kind == "truth" else "int", ANY)
        made = Input(source, name, kind, term, den_input, present, scale, whole, options), Value(kind, term, den)
        self.made[key] = made
        return made

    def bounded(self, made: Input, fill: int, low: int | None) -> Input:
        """The input with what stands for it where it was not given, and its bound."""
        changed = attrs.evolve(made, fill=fill, low=low)
        self.made[(made.source, made.name)] = changed, self.made[(made.source, made.name)][1]
        return changed
