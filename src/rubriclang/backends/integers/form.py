"""The integer form of a program, as backends read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from rubriclang.backends.integers.graph import Graph, Term
from rubriclang.backends.integers.inputs import Input, InputForm
from rubriclang.backends.integers.unsayable import Unsayable
from rubriclang.backends.integers.value import Value
from rubriclang.ir import nodes as ir


@attrs.frozen
class Event:
    """Something an evaluation goes through: a row that applies, or a judgement that is read.

    ``code`` tells which of ``tags`` applied where ``when`` holds, -1 for none. For a judgement ``item`` is its name.
    """

    when: Term
    code: Term
    tags: tuple[ir.Tag, ...] = ()
    item: str | None = None


@attrs.frozen
class Check:
    """An identity between facts: whether it is made at all, whether both sides have a value, whether it holds."""

    made: Term
    decided: Term
    holds: Term


@attrs.frozen
class Form:
    """A program as integer and truth terms.

    A unit for which any of ``valid`` fails, or ``flag`` holds, is *flagged*: its values are not those of the form, and
    the interpreter is to score it. ``valid`` comes first: on a unit that passes all of it every divisor is positive.
    On one that does not, a divisor may be anything, and an engine that computes everything has to guard itself
    (``Range.low`` of the divisor, by :func:`bounds` with the ranges of the data and without assumptions, says whether).
    ``noted`` holds where all values stand but the interpreter has something to say of them: a fact or points given in
    vain, a check that fails or cannot be made, a rubric that does not apply.

    ``facts`` and ``values`` are the settled facts and the definitions by name; a definition without an integer form
    stands in ``unsayable`` instead, with all that read it. ``events`` holds for each definition what it goes through,
    in order, if events were asked for. ``texts`` are the texts by code. ``largest`` is a bound for the magnitude of the
    numerators and denominators of all inputs within which no number grows beyond what the language carries: a unit
    outside is flagged too.

    Rows of tables and other units are no part of a form. Of a program with tables, what does not read them is said, but
    not whether the rows keep their bounds.
    """

    graph: Graph
    form: InputForm
    inputs: tuple[Input, ...]
    valid: tuple[Term, ...]
    flag: Term
    noted: Term
    facts: Mapping[str, Value]
    values: Mapping[str, Value]
    unsayable: Mapping[str, Unsayable]
    events: Mapping[str, tuple[Event, ...]]
    checks: tuple[Check, ...]
    texts: tuple[str, ...]
    largest: int


Detail = Literal["scores", "trace"]
