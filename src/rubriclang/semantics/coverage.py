"""Whether the rows of a piecewise function cover every value, and whether each row can apply."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Labels, Number, Truth
from rubriclang.prover.witness import Example
from rubriclang.semantics import errors
from rubriclang.semantics.finite import combinations, holds
from rubriclang.semantics.frame import Frame
from rubriclang.semantics.intervals import Interval, satisfying, subtract
from rubriclang.semantics.piecewise import Column, LoweredPiece
from rubriclang.semantics.scope import Names, Piece, Symbol
from rubriclang.syntax import nodes as n


def check_coverage(
    frame: Frame, lowered: LoweredPiece, piece: Piece, columns: list[Column], under: ir.Expr | None = None
) -> None:
    """Reports gaps and rows that never apply; says so where it cannot decide. ``under`` is when the piece counts."""
    uncovered = _uncovered(lowered, under)
    for row in lowered.after_else:
        frame.names.report(errors.DEAD_ROW, row.span)
    names = frame.names
    if columns:
        _columns(frame, lowered, piece, columns)
        return
    subject = lowered.subject
    if subject is None:
        _conditions(frame, lowered, piece)
        return
    match subject[1]:
        case Number():
            _numeric(frame, lowered, piece, uncovered)
        case Labels(options=options):
            _options(names, lowered, piece, options, uncovered)
        case Truth():
            _truth(names, lowered, piece, uncovered)
        case _:
            if not lowered.has_else:
                names.report(errors.UNDECIDED_GAP, piece.span)


def _columns(frame: Frame, lowered: LoweredPiece, piece: Piece, columns: list[Column]) -> None:
    """Each column must cover its subject, and the headers together every case, unless 否则 stands below the table."""
    if lowered.has_else:
        return
    for column in columns:
        check_coverage(frame, column.lowered, attrs.evolve(piece, span=column.span), [], column.test)
    _every_case(frame, [column.test for column in columns], piece)


def _conditions(frame: Frame, lowered: LoweredPiece, piece: Piece) -> None:
    """Rows that are conditions: decided where their facts have few values each."""
    tests = [test for _, test in lowered.rows if test is not None]
    if not lowered.has_else and len(tests) == len(lowered.rows):
        _every_case(frame, tests, piece)


def _every_case(frame: Frame, tests: list[ir.Expr], piece: Piece) -> None:
    goal = ir.Op("and", tuple(ir.Op("not", (test,)) for test in tests))
    cases = combinations(tests, frame.types)
    if cases is None:
        frame.names.report(errors.UNDECIDED_GAP, piece.span, goal=goal)
        return
    for values in cases:
        if not any(holds(test, values) is True for test in tests):
            words = ("情形", "the case")
            pairs = [f"{name} = {_value_words(value)}" for name, value in values.items()]
            gap, gap_en = "、".join(pairs), "with " + ", ".join(pairs)
            params = {"subject": words[0], "subject_en": words[1], "gap": gap, "gap_en": gap_en}
            frame.names.report(errors.GAP, piece.span, goal=goal, **params)
            return


def _value_words(value: object) -> str:
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def subject_words(names: Names, piece: Piece) -> str:
    """How messages call the subject."""
    if piece.about_total:
        return "总分"
    if isinstance(piece.subject, Symbol):
        return f"“{piece.subject.name}”"
    return f"“{names.source.slice(piece.subject.span)}”" if piece.subject is not None else "情形"


def values_of(test: ir.Expr, subject: ir.Expr, numbers: Callable[[ir.Expr], Fraction | None]) -> list[Interval] | None:
    """The subject's values for which a test holds; None where it depends on anything else.

    ``numbers`` gives the number that a bound stands for.
    """
    if not isinstance(test, ir.Op):
        return None
    if test.operator == "and":
        result = [Interval()]
        for operand in test.operands:
            values = values_of(operand, subject, numbers)
            if values is None:
                return None
            result = [m for a in result for b in values if not (m := a.meet(b)).empty]
        return result
    if test.operator == "or":
        union: list[Interval] = []
        for operand in test.operands:
            values = values_of(operand, subject, numbers)
            if values is None:
                return None
            union += values
        return union
    if len(test.operands) != 2 or test.operands[0] != subject:
        return None
    bound = numbers(test.operands[1])
    return None if bound is None else satisfying(test.operator, bound)


def _bounds(tests: list[ir.Expr], subject: ir.Expr) -> list[ir.Expr]:
    """What the tests compare the subject with, each once."""
    found: dict[ir.Expr, None] = {}
    for test in tests:
        for node in ir.walk(test):
            if isinstance(node, ir.Op) and len(node.operands) == 2 and node.operands[0] == subject:
                found[node.operands[1]] = None
    return list(found)


def _numbers(frame: Frame, tests: list[ir.Expr], subject: ir.Expr) -> tuple[Callable[[ir.Expr], Fraction | None], bool]:
    """What number each bound stands for, and whether that is its own.

    Constants and parameters with a constant value stand for themselves. Where all rows compare with one and the same
    expression, it may stand at 0 of an axis of its own: ``≤ 上年`` and ``> 上年`` cover everything.
    """

    def constant(bound: ir.Expr) -> Fraction | None:
        value = frame.constants.get(bound.target) if isinstance(bound, ir.Ref) else getattr(bound, "value", None)
        return value if isinstance(value, Fraction) else None

    bounds = _bounds(tests, subject)
    if len(bounds) == 1 and constant(bounds[0]) is None:
        return (lambda bound: Fraction(0) if bound == bounds[0] else None), False
    return constant, True


def _numeric(frame: Frame, lowered: LoweredPiece, piece: Piece, uncovered: ir.Expr) -> None:
    assert lowered.subject is not None
    names = frame.names
    subject, kind = lowered.subject
    assert isinstance(kind, Number)
    if any(test is None for _, test in lowered.rows):
        return
    steps = _step_arms(lowered.expr)
    tests = [test for _, test in lowered.rows if test is not None]
    tests += [arm.test for arm in steps if arm.test is not None]
    numbers, own_axis = _numbers(frame, tests, subject)
    left = [frame.ranges.of(subject)] if own_axis else [Interval()]
    undecided = False
    for row, test in lowered.rows:
        assert test is not None
        values = values_of(test, subject, numbers)
        if values is None:
            undecided = True
            continue
        dead = not undecided and all(part.meet(value).empty for part in left for value in values)
        if row is not None and dead and not _of_broken_parts(names, subject):
            names.report(errors.DEAD_ROW, row.span, goal=Example(test))
        for value in values:
            left = subtract(left, value)
    for arm in steps:
        values = [Interval()] if arm.test is None else values_of(arm.test, subject, numbers)
        undecided = undecided or values is None
        for value in values or []:
            left = subtract(left, value)
    if not own_axis and left and not lowered.has_else:
        undecided = True
    if kind.whole and own_axis:
        left = [part for part in left if _has_whole(part)]
    if lowered.has_else or not left:
        return
    if undecided:
        names.report(errors.UNDECIDED_GAP, piece.span, goal=uncovered)
        return
    gap = "、".join(_interval_text(part, kind, "zh") for part in left[:3])
    gap_en = ", ".join(_interval_text(part, kind, "en") for part in left[:3])
    words = subject_words(names, piece)
    params = {"subject": words, "subject_en": words.strip("“”"), "gap": gap, "gap_en": gap_en}
    names.report(errors.GAP, piece.span, goal=uncovered, **params)


def _of_broken_parts(names: Names, subject: ir.Expr) -> bool:
    """Whether a subject is the total of parts of which one has an error, so that its range is not what it will be."""
    whole = isinstance(subject, ir.Ref) and subject.target == names.root.points
    return whole and any(scope.broken for scope in names.root.walk())


def _uncovered(lowered: LoweredPiece, under: ir.Expr | None) -> ir.Expr:
    """That none of the rows holds, nor any step."""
    tests = [test for _, test in lowered.rows if test is not None]
    tests += [arm.test for arm in _step_arms(lowered.expr) if arm.test is not None]
    none = tuple(ir.Op("not", (test,)) for test in tests)
    return ir.Op("and", none if under is None else (under, *none))


def _has_whole(part: Interval) -> bool:
    """Whether a whole number lies in an interval."""
    if part.low is None or part.high is None:
        return True
    first = Fraction(math.floor(part.low)) + 1 if part.low_open else Fraction(math.ceil(part.low))
    return part.contains(first)


def _step_arms(expr: ir.Expr) -> list[ir.Arm]:
    inner = expr.operand if isinstance(expr, ir.Catch) else expr
    return [arm for arm in inner.arms if arm.tag.role == "step"] if isinstance(inner, ir.Case) else []


def value_text(value: Fraction, kind: Number) -> str:
    """A number in its unit, exactly."""
    if kind.style == "percent":
        return f"{number_text(value * 100)}%"
    return number_text(value) + (kind.unit.name if kind.unit.dimensions else "")


def _interval_text(part: Interval, kind: Number, lang: str) -> str:
    zh = lang == "zh"
    if part.low is not None and part.low == part.high:
        return value_text(part.low, kind) if zh else f"= {value_text(part.low, kind)}"
    pieces = []
    if part.low is not None:
        pieces.append((">" if part.low_open else "≥" if zh else ">=") + " " + value_text(part.low, kind))
    if part.high is not None:
        pieces.append(("<" if part.high_open else "≤" if zh else "<=") + " " + value_text(part.high, kind))
    if not pieces:
        return "任何数" if zh else "any number"
    return (" 且 " if zh else " and ").join(pieces)


def _options(names: Names, lowered: LoweredPiece, piece: Piece, options: tuple[str, ...], uncovered: ir.Expr) -> None:
    assert lowered.subject is not None
    left = set(options)
    undecided = False
    for row, test in lowered.rows:
        matched = _labels_of(test, lowered.subject[0], options)
        if matched is None:
            undecided = True
            continue
        if row is None:
            continue
        if not undecided and not matched & left:
            names.report(errors.DEAD_ROW, row.span, goal=Example(test) if test is not None else None)
        if not (isinstance(row.pattern, n.Listed) and row.pattern.guard is not None):
            left -= matched
    if lowered.has_else or not left:
        return
    words = subject_words(names, piece)
    if undecided:
        names.report(errors.UNDECIDED_GAP, piece.span, goal=uncovered)
        return
    ordered = [option for option in options if option in left]
    names.report(
        errors.GAP,
        piece.span,
        goal=uncovered,
        subject=words,
        subject_en=words.strip("“”"),
        gap="、".join(ordered),
        gap_en="= " + ", ".join(ordered),
    )


def _labels_of(test: ir.Expr | None, subject: ir.Expr, options: tuple[str, ...]) -> set[str] | None:
    if not isinstance(test, ir.Op):
        return None
    if test.operator == "or":
        union: set[str] = set()
        for operand in test.operands:
            found = _labels_of(operand, subject, options)
            if found is None:
                return None
            union |= found
        return union
    if test.operator in ("eq", "ne") and test.operands[0] == subject and isinstance(test.operands[1], ir.Const):
        label = str(test.operands[1].value)
        return {label} if test.operator == "eq" else set(options) - {label}
    return None


def _truth(names: Names, lowered: LoweredPiece, piece: Piece, uncovered: ir.Expr) -> None:
    assert lowered.subject is not None
    left = {True, False}
    for row, test in lowered.rows:
        if test == lowered.subject[0]:
            covered = True
        elif test == ir.Op("not", (lowered.subject[0],)):
            covered = False
        else:
            names.report(errors.UNDECIDED_GAP, piece.span)
            return
        if covered not in left and row is not None:
            names.report(errors.DEAD_ROW, row.span, goal=Example(test) if test is not None else None)
        left.discard(covered)
    if left and not lowered.has_else:
        words = subject_words(names, piece)
        gap = "、".join("是" if value else "否" for value in sorted(left))
        gap_en = "= " + ", ".join("yes" if value else "no" for value in sorted(left))
        params = {"subject": words, "subject_en": words.strip("“”"), "gap": gap, "gap_en": gap_en}
        names.report(errors.GAP, piece.span, goal=uncovered, **params)
