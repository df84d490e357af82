"""The cheapest change of a single fact that alters the grade."""

from __future__ import annotations

from fractions import Fraction

import attrs

from rubriclang.ir.types import Labels
from rubriclang.ir.values import Reason
from rubriclang.whatif.edges import Edge, edges
from rubriclang.whatif.situation import Situation


@attrs.frozen
class Turn:
    """A change of one fact that alters the grade; ``share`` is its size as a share of where the fact stands.

    Facts in different units can be held against each other only so; a label, or a fact that stands at 0, has none.
    """

    edge: Edge
    share: Fraction | None


def turns(situation: Situation) -> tuple[Turn, ...]:
    """All changes of single facts that alter the grade, the smallest share first, those without one last.

    A change to a result that does not exist (a missing fact) alters no grade.
    """
    grade = situation.program.grade
    if grade is None:
        return ()
    found = []
    for name in situation.facts:
        for edge in edges(situation, [grade], name).get(grade, ()):
            if not isinstance(edge.after, Reason):
                size = edge.distance
                share = (
                    size / abs(edge.now) if size is not None and isinstance(edge.now, Fraction) and edge.now else None
                )
                found.append(Turn(edge, share))
    return tuple(sorted(found, key=lambda turn: (turn.share is None, turn.share or 0)))


def better(situation: Situation, turn: Turn) -> bool | None:
    """Whether a turn leads to a better grade: by the order of its levels, else by the total; None: neither tells."""
    grade = situation.program.grade
    kind = next((d.type for d in situation.program.definitions if d.id == grade), None)
    before, after = turn.edge.before, turn.edge.after
    if isinstance(kind, Labels) and kind.ordered and before in kind.options and after in kind.options:
        return kind.options.index(str(after)) < kind.options.index(str(before))
    total = situation.program.root.points
    old = situation.base.values[total]
    new = situation.run({turn.edge.fact.name: turn.edge.example}).values[total]
    if isinstance(old, Fraction) and isinstance(new, Fraction) and old != new:
        return new > old
    return None
