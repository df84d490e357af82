"""From verdicts to findings: which class, how heavy, and what to say in Chinese and in English."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.audit.contradictions import Contradiction
from rubriclang.audit.findings import Finding, FindingClass, Level
from rubriclang.audit.habits import Habit
from rubriclang.audit.quantities import Quantity, decimal_text
from rubriclang.audit.slips import Slip
from rubriclang.audit.verdicts import Verdict
from rubriclang.source import Source

_SLIPS: dict[str, tuple[FindingClass, str, str]] = {
    "last digit": ("last-digit", "末位差 1", "the last digit is off by one"),
    "digit": ("digit-slip", "像是第 {place} 位数字写错", "digit {place} looks mistyped"),
    "transposition": (
        "transposition",
        "像是第 {place}、{next} 位数字写颠倒了",
        "digits {place} and {next} look changed over",
    ),
    "missing digit": ("missing-digit", "像是少写了一位数字", "a digit looks dropped"),
    "extra digit": ("extra-digit", "像是多写了一位数字", "a digit looks added"),
    "decimal point": ("decimal-point", "像是小数点错了位", "the decimal point looks misplaced"),
    "sign": ("wrong-sign", "正负号相反", "the sign is turned round"),
}
_BASES = {
    "present": ("除的是变动之后的数，应除以变动之前的数", "it divides by the level after the change, not before it"),
    "turned": ("分子分母颠倒了", "numerator and denominator are changed over"),
}


def shown(value: Fraction, like: Quantity, decimals: int | None = None) -> str:
    """A value in the unit of a printed figure, rounded half up to its decimals (or as many as asked for)."""
    places = like.decimals if decimals is None else decimals
    return f"{decimal_text(value / like.scale, places)}{like.unit}"


def finding(verdict: Verdict, habit: Habit, source: Source) -> Finding | None:
    """The finding of a verdict; None when there is nothing to say."""
    if verdict.result == "wrong":
        return _wrong(verdict, source)
    if verdict.coarse:
        return _coarse(verdict, source)
    up = verdict.result == "rounded up" and verdict.claim.certain
    if (verdict.telling or up) and verdict.claim.printed.rate:
        return against_habit(verdict, habit, source)
    return None


def _made(verdict: Verdict, source: Source, kind: FindingClass, level: Level, right: str, zh: str, en: str) -> Finding:
    claim = verdict.claim
    assert verdict.reading is not None
    expression = verdict.reading.expression.replace("*", "×")
    name_zh = (claim.name if "“" in claim.name else f"“{claim.name}”") if claim.name else "这里"
    name_en = f"'{claim.name}'" if claim.name else "this figure"
    printed = claim.printed.text
    return Finding(
        kind,
        level,
        source,
        claim.printed.span,
        claim.name,
        printed,
        right,
        expression,
        f"{name_zh}写作 {printed}，按 {expression} 计算，{zh}",
        f"{name_en} is given as {printed}; {expression} {en}",
    )


def _wrong(verdict: Verdict, source: Source) -> Finding:
    claim, reading = verdict.claim, verdict.reading
    assert reading is not None
    fine = max((q.fine for q in reading.inputs if q.unit == claim.printed.unit), default=0)
    decimals = max(claim.printed.decimals, fine if claim.shape in ("sum", "difference") else 0)
    right = shown(reading.exact, claim.printed, decimals)
    level: Level = "error"
    kind: FindingClass = "wrong-value"
    zh, en = "", ""
    if verdict.mistaken is not None and verdict.mistaken.tail in _BASES:
        kind = "wrong-base"
        zh, en = _BASES[verdict.mistaken.tail]
    elif verdict.mistaken is not None:
        kind = "wrong-sign"
        zh, en = "增减方向与两个数相反", "the direction is against the two levels"
    elif verdict.as_percent:
        kind = "ratio-as-percent"
        zh, en = "比值和百分数混了，差 100 倍", "a ratio and a percentage are mixed up, a factor of 100"
    elif claim.shape == "sum":
        kind = "wrong-sum"
        gap = shown(claim.printed.amount - reading.exact, claim.printed, decimals)
        zh, en = f"相差 {gap}", f"the difference is {gap}"
        if verdict.slip is not None:
            more_zh, more_en = slip_words(verdict.slip)
            zh, en = f"{zh}，{more_zh}", f"{en}; {more_en}"
    elif verdict.slip is not None:
        kind = _SLIPS[verdict.slip.kind][0]
        zh, en = slip_words(verdict.slip)
    elif claim.shape == "difference":
        kind = "wrong-difference"
    tail_zh = f"应为 {right}" + (f"；{zh}" if zh else "")
    tail_en = f"gives {right}" + (f"; {en}" if en else "")
    return _made(verdict, source, kind, level, right, tail_zh, tail_en)


def slip_class(found: Slip) -> FindingClass:
    """The class of a finding that a slip explains."""
    return _SLIPS[found.kind][0]


def slip_words(found: Slip) -> tuple[str, str]:
    """What a slip looks like, in Chinese and English."""
    _, zh, en = _SLIPS[found.kind]
    place = {"place": found.place, "next": found.place + 1}
    arrow = f"（{found.meant} → {found.wrote}）"
    return zh.format(**place) + arrow, en.format(**place) + f" ({found.meant} -> {found.wrote})"


def _coarse(verdict: Verdict, source: Source) -> Finding:
    claim, reading = verdict.claim, verdict.reading
    assert reading is not None
    decimals = next(
        (
            d
            for d in range(2, 9)
            if shown(reading.exact, claim.printed, d) != shown(claim.printed.amount, claim.printed, d)
        ),
        8,
    )
    right = shown(reading.exact, claim.printed, decimals)
    limit = shown(claim.printed.amount, claim.printed, 0)
    level: Level = "warning" if claim.shape == "formula" else "note"
    return _made(
        verdict,
        source,
        "rounded-to-limit",
        level,
        right,
        f"是 {right}；取位之后正好成了 {limit}，而实际不是",
        f"is {right}; rounding lands on {limit}, which it is not",
    )


def against_habit(verdict: Verdict, habit: Habit, source: Source) -> Finding | None:
    """The finding about a figure that is cut or rounded unlike the others; None where it is like them."""
    claim, reading = verdict.claim, verdict.reading
    assert reading is not None
    cut = "down" in verdict.modes
    if cut == (habit.mode == "down") and verdict.result != "rounded up":
        return None
    right = shown(reading.exact, claim.printed)
    digits = claim.printed.decimals
    if cut:
        if habit.seen:
            why_zh = f"这里直接舍去了后面的位数，而全文其他 {habit.seen} 处是四舍五入"
            why_en = f"digits were cut off here; {habit.seen} other figure(s) of the report are rounded half up"
        else:
            why_zh, why_en = "这里直接舍去了后面的位数", "digits were cut off here"
        level: Level = "warning" if habit.seen else "note"
        return _made(
            verdict,
            source,
            "truncated",
            level,
            right,
            f"四舍五入到 {digits} 位应为 {right}；{why_zh}",
            f"rounds half up to {right} at {digits} decimals; {why_en}",
        )
    low = shown(_cut(reading.exact, claim.printed), claim.printed)
    if verdict.result == "rounded up":
        why_zh = "这里是向上进位"
        why_en = "it was rounded up here"
        return _made(
            verdict, source, "rounded-up", "warning", right, f"应为 {right}；{why_zh}", f"is {right}; {why_en}"
        )
    return _made(
        verdict,
        source,
        "rounded",
        "note",
        low,
        f"舍去后面的位数是 {low}；全文其他 {habit.seen} 处是舍去，这里是四舍五入",
        f"is {low} when cut; {habit.seen} other figure(s) of the report are cut, this one is rounded half up",
    )


def _cut(value: Fraction, like: Quantity) -> Fraction:
    step = like.ulp
    return Fraction(int(value / step)) * step


def contradiction(found: Contradiction, source: Source) -> Finding:
    """The finding of two statements that disagree."""
    claim, other = found.claim, found.other
    place = source.position(claim.printed.span.start)
    expression = claim.readings[0].expression.replace("*", "×")
    if found.same_name:
        zh = f"“{found.other_name}”写作 {other.text}，第 {place.line} 行又算成 {claim.printed.text}，前后矛盾"
        en = f"'{found.other_name}' is given as {other.text}, but as {claim.printed.text} in line {place.line}"
    else:
        zh = (
            f"“{found.other_name}”写作 {other.text}，第 {place.line} 行“{claim.name}”算成 {claim.printed.text}；"
            "名称不同，可能前后矛盾"
        )
        en = (
            f"'{found.other_name}' is given as {other.text}, '{claim.name}' is calculated as {claim.printed.text} in "
            f"line {place.line}: a possible contradiction, names differ"
        )
    return Finding(
        "contradiction" if found.same_name else "possible-contradiction",
        "error" if found.same_name else "warning",
        source,
        other.span,
        found.other_name,
        other.text,
        claim.printed.text,
        expression,
        zh,
        en,
    )
