"""Step rules: how far past an edge, how many steps, how many points.

Functions of the piecewise lowering's file, kept apart for size; ``p`` is the lowering of the piece at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text, shown_text
from rubriclang.ir.types import Number
from rubriclang.ir.units import POINT_DIFFERENCES
from rubriclang.semantics import errors
from rubriclang.syntax import nodes as n

if TYPE_CHECKING:
    from rubriclang.semantics.piecewise import PieceLowering

_FLOORS: dict[str, ir.RoundMode] = {"整档": "floor", "进档": "ceiling"}


def tag_text(text: str) -> str:
    """A row as it is quoted in a result: one space around comparison signs, ASCII marks."""
    for wide, plain in (
        ("≤", "<="),
        ("≦", "<="),
        ("≥", ">="),
        ("≧", ">="),
        ("＜", "<"),
        ("＞", ">"),
        ("％", "%"),
        ("＝", "="),
    ):
        text = text.replace(wide, plain)
    for sign in ("<=", ">=", "<", ">", "="):
        if text.startswith(sign):
            return f"{sign} {text[len(sign) :].strip()}"
    return text.strip()


def edge_signs(step: n.Step) -> dict[str, str]:
    """The sign of the band that a step could start from, and where it might end."""
    unit = step.size.unit if isinstance(step.size, n.Number) else None
    rate = unit in ("%", "‰", *POINT_DIFFERENCES)
    edge = "100%" if rate else f"… {unit}" if unit else "…"
    if step.side in ("低于", "减少"):
        return {"sign": "≥", "sign_en": ">=", "start": edge}
    if step.side in ("超过", "增加"):
        return {"sign": "≤", "sign_en": "<=", "start": edge}
    return {"sign": "=", "sign_en": "=", "start": edge}


def step_arm(p: PieceLowering, step: n.Step, arms: list[ir.Arm]) -> ir.Arm | None:
    """The arm of a step rule that follows rows: ``base(edge) ∓ amount × steps past the edge``."""
    if p.subject is None or not isinstance(p.subject[1], Number):
        p.e.report(errors.ROW_WITHOUT_SUBJECT, step.span)
        p.fail()
        return None
    if step.side is None:
        p.e.report(errors.STEP_REFERENCE, step.span, text=p.e.text(step), **edge_signs(step))
        p.fail()
        return None
    found = _reference(p, step, arms)
    if found is None:
        p.e.report(errors.STEP_REFERENCE, step.span, text=p.e.text(step), **edge_signs(step))
        p.fail()
        return None
    edge, base = found
    if step.edge is not None:
        stated = p.e.compare(step.edge.op, p.subject_syntax(), p.subject, step.edge.value, step.edge.span)
        if stated is None or not isinstance(stated[0], ir.Op):
            p.fail()
            return None
        if stated[0].operands[1] != edge:
            words = {"stated": p.e.text(step.edge.value), "edge": _shown(edge, p.subject[1])}
            p.e.report(errors.EDGE_ELSEWHERE, step.span, text=p.e.text(step), **words)
            p.fail()
            return None
    found_movement = movement(p, step, edge, base)
    if found_movement is None:
        p.fail()
        return None
    moved, past, count = found_movement
    sign = moved if step.verb == "加" else ir.Op("neg", (moved,))
    value = ir.Op("add", (base, sign), step.span)
    subject = p.subject[0]
    test: ir.Expr | None = None
    if step.side in ("超过", "增加"):
        test = ir.Op("ge", (subject, edge))
    elif step.side in ("低于", "减少"):
        test = ir.Op("le", (subject, edge))
    return ir.Arm(test, value, ir.Tag(tag_text(p.e.text(step)), "step", step.span, past, count, moved))


def _reference(p: PieceLowering, step: n.Step, arms: list[ir.Arm]) -> tuple[ir.Expr, ir.Expr] | None:
    """The edge a step counts from and the award there: the nearest row that ends where the step begins."""
    wanted = {
        "超过": ("le", "lt", "eq"),
        "增加": ("le", "lt", "eq"),
        "低于": ("ge", "gt", "eq"),
        "减少": ("ge", "gt", "eq"),
    }
    operators = wanted.get(step.side or "", ("eq",))
    candidates: list[tuple[ir.Expr, ir.Expr]] = []
    assert p.subject is not None
    for arm in arms:
        if arm.tag.role != "row" or arm.test is None:
            continue
        tests = tuple(_comparisons(arm.test))
        if any(test.operands[:1] != p.subject[:1] for test in tests):
            continue  # a row under a further condition is no edge: it need not hold where the step begins
        candidates += [(test.operands[1], arm.value) for test in tests if test.operator in operators]
    if not candidates:
        return None
    if len(candidates) > 1:
        if step.side == "相差":
            return None
        constant = [(e.value, e, a) for e, a in candidates if isinstance(e, ir.Const) and isinstance(e.value, Fraction)]
        if len(constant) != len(candidates):
            return None
        far = max if operators[0] == "le" else min
        chosen = far(constant, key=lambda row: row[0])
        if any(value == chosen[0] and award != chosen[2] for value, _, award in constant):
            return None
        candidates = [(chosen[1], chosen[2])]
    edge, award = candidates[0]
    varies = any(node == p.subject[0] or isinstance(node, ir.Judge) for node in ir.walk(award))
    return None if varies else (edge, award)


def _comparisons(test: ir.Expr) -> Iterator[ir.Op]:
    """The tests that a row is made of, whether all or any of them must hold."""
    if isinstance(test, ir.Op) and test.operator in ("and", "or"):
        for part in test.operands:
            yield from _comparisons(part)
    elif isinstance(test, ir.Op):
        yield test
    else:
        yield ir.Op("and", (test,))


def movement(
    p: PieceLowering, step: n.Step, edge: ir.Expr, base: ir.Expr | None
) -> tuple[ir.Expr, ir.Expr, ir.Expr] | None:
    """``amount × steps`` within the limits of the line, and what it is made of: distance and steps.

    Steps are counted by the line's part-step rule, or the file's.
    """
    assert p.subject is not None
    subject, kind = p.subject
    if not isinstance(kind, Number):
        p.e.wrong(p.subject_syntax(), "一个数", "a number", kind)
        return None
    if step.clash:
        p.e.report(errors.TWO_STEP_MODES, step.span)
        return None
    size = p.e.number(step.size)
    amount = p.e.score(step.amount)
    if size is None or amount is None:
        return None
    own = p.subject_syntax()
    if kind.style == "percent" and size[1].bare:
        p.e.report(
            errors.RATE_NEEDED,
            step.size.span,
            subject=p.e.text(own),
            number=p.e.text(step.size),
            times=p.e.text(step.size) + "00",
        )
        return None
    both = p.e.unify((subject, kind), size, own, step.size, ("比较", "compared"))
    if both is None:
        return None
    width = both[1]
    if isinstance(width, ir.Const) and isinstance(width.value, Fraction) and width.value <= 0:
        p.e.report(errors.BAD_STEP, step.size.span, what="每一档的大小", what_en="a step")
        return None
    past: ir.Expr = subject
    if edge != ir.Const(Fraction(0)):
        past = ir.Op("add", (subject, ir.Op("neg", (edge,))), step.span)
    if step.side in ("低于", "减少"):
        past = ir.Op("neg", (past,), step.span)
    elif step.side == "相差":
        past = ir.Op("abs", (past,), step.span)
    count: ir.Expr = past if width == ir.Const(Fraction(1)) else ir.Op("div", (past, width), step.span)
    mode = step.mode or p.defaults.step_mode
    if not _integral(kind, width, edge):
        if mode is None:
            _part_step(p, step, width, amount, edge, base)
            return None
        if mode in _FLOORS:
            count = ir.Round(_FLOORS[mode], ir.Const(Fraction(1)), count, step.span)
    moved: ir.Expr = count if amount == ir.Const(Fraction(1)) else ir.Op("mul", (count, amount), step.span)
    for limit in step.limits:
        about_score = p.e.text(limit).startswith(("最高", "not above"))
        if limit.kind in ("most deduct", "most add", "at most") and limit.amount is not None and not about_score:
            cap = p.e.score(limit.amount)
            if cap is None:
                return None
            moved = ir.Op("min", (moved, cap), limit.span)
        else:
            p.limits.append(limit)
    return moved, past, count


def _integral(kind: Number, width: ir.Expr, edge: ir.Expr) -> bool:
    """Whether no part of a step can occur: whole numbers counted from a whole edge in steps of one."""
    whole_edge = isinstance(edge, ir.Const) and isinstance(edge.value, Fraction) and edge.value.denominator == 1
    return kind.whole and whole_edge and width == ir.Const(Fraction(1))


def _shown(edge: ir.Expr, kind: Number) -> str:
    value = edge.value if isinstance(edge, ir.Const) else None
    return shown_text(value, kind) if isinstance(value, Fraction) else "…"


def _part_step(
    p: PieceLowering, step: n.Step, width: ir.Expr, amount: ir.Expr, edge: ir.Expr, base: ir.Expr | None
) -> None:
    """The three readings of a missing part-step rule, for a value one and a half steps past the edge."""
    assert p.subject is not None and isinstance(p.subject[1], Number)
    start = _constant(base, Fraction(0)) if step.verb == "扣" else Fraction(0)
    each = _constant(amount, Fraction(1))
    sign = -1 if step.verb == "扣" else 1
    size = _constant(width, Fraction(1))
    away = -size if step.side in ("低于", "减少") else size
    value = _constant(edge, Fraction(0)) + away * 3 / 2

    def shown(steps: Fraction) -> str:
        points = start + sign * steps * each
        return number_text(max(points, Fraction(0)) if start > 0 else points)

    p.e.report(
        errors.PART_STEP,
        step.span,
        size=p.e.text(step.size),
        subject=f"“{p.e.text(p.subject_syntax())}”",
        subject_en=p.e.text(p.subject_syntax()),
        value=shown_text(value, p.subject[1]),
        floor=shown(Fraction(1)),
        ceiling=shown(Fraction(2)),
        linear=shown(Fraction(3, 2)),
    )


def _constant(expr: ir.Expr | None, otherwise: Fraction) -> Fraction:
    return expr.value if isinstance(expr, ir.Const) and isinstance(expr.value, Fraction) else otherwise
