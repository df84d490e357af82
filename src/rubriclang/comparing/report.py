"""The difference of two rubrics: for people, line by line, and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.backends.outcome import Outcome, exact, json_value
from rubriclang.comparing.change import Change, Lang
from rubriclang.comparing.disagreeing import Verdict, verdicts
from rubriclang.comparing.english import place_in_english
from rubriclang.comparing.meaning import changes
from rubriclang.comparing.pairing import Pairs, pair
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.values import Reason, Value

_REASONS = {"missing": "缺数据", "left out": "不计", "undefined": "算不出来", "pending": "等待评定"}


@attrs.frozen
class Difference:
    """What changed in meaning, and for each indicator of both rubrics whether its points can differ."""

    pairs: Pairs
    changes: tuple[Change, ...]
    verdicts: tuple[Verdict, ...]


@attrs.frozen
class Gain:
    """One unit under both rubrics; ``moved`` are the indicators whose points differ (None: it is not there)."""

    unit: str
    old: Outcome
    new: Outcome
    moved: tuple[tuple[str, Fraction | None, Fraction | None], ...]

    @property
    def change(self) -> Fraction | None:
        """How much the unit gains; None where a total is open."""
        return None if self.old.total is None or self.new.total is None else self.new.total - self.old.total


def difference(old: ir.Program, new: ir.Program) -> Difference:
    """Compares two rubrics in what they mean."""
    pairs = pair(old, new)
    return Difference(pairs, changes(pairs, old, new), verdicts(pairs, old, new))


def gain(pairs: Pairs, unit: str, old: Outcome, new: Outcome) -> Gain:
    """Who gains by what."""
    left = {i.path: i.points for i in old.indicators}
    right = {i.path: i.points for i in new.indicators}
    both = [(b.path, left.get(a.path), right.get(b.path)) for a, b in pairs.nodes if b.path and not b.parts]
    both += [(n.path, left.get(n.path), None) for n in pairs.gone if not n.parts]
    both += [(n.path, None, right.get(n.path)) for n in pairs.come if not n.parts]
    return Gain(unit, old, new, tuple((path[-1], a, b) for path, a, b in both if a != b))


def lines(found: Difference, gains: tuple[Gain, ...], lang: Lang) -> Iterator[str]:
    """The difference in words."""
    zh = lang == "zh"
    if not found.changes:
        yield "含义没有变化" if zh else "no change of meaning"
    at: tuple[str, ...] | None = None
    for change in found.changes:
        if change.where != at:
            at = change.where
            yield ("/".join(at) if zh else place_in_english(at)) or ("总体" if zh else "the whole")
        yield f"  {change.message(lang)}"
    told = [line for verdict in found.verdicts if (line := _verdict(verdict, lang)) is not None]
    if told:
        yield ""
        yield "得分会不会不同：" if zh else "Whether points can differ:"
        yield from told
    if gains:
        yield ""
        yield from _gains(gains, lang)


def _verdict(verdict: Verdict, lang: Lang) -> str | None:
    zh, name = lang == "zh", verdict.node.name
    match verdict.verdict:
        case "same":
            return None
        case "proved":
            return (
                f"  {name}：写法不同，已证明得分总是一样"
                if zh
                else f"  {name}: written otherwise, proved to score alike"
            )
        case "open":
            return f"  {name}：没有判定出来" if zh else f"  {name}: could not be decided"
    assert verdict.witness is not None
    judged = "评定" if zh else "judged"
    given = [*verdict.witness.facts.items(), *((f"{judged} {k}", v) for k, v in verdict.witness.judged.items())]
    facts = ("，" if zh else ", ").join(f"{key} = {value}" for key, value in given)
    old, new = _shown(verdict.old, lang), _shown(verdict.new, lang)
    return (
        f"  {name}：会不同，例如 {facts}：{old} → {new}"
        if zh
        else f"  {name}: can differ, as with {facts}: {old} → {new}"
    )


def _shown(value: Value | None, lang: Lang) -> str:
    if isinstance(value, Fraction):
        return f"{number_text(value)} 分" if lang == "zh" else f"{number_text(value)} points"
    if isinstance(value, Reason):
        return _REASONS[value.kind] if lang == "zh" else value.kind
    return str(value)


def _gains(gains: tuple[Gain, ...], lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    yield "各单位：" if zh else "Units:"
    for each in gains:
        totals = " → ".join(exact(o.total) or "—" for o in (each.old, each.new))
        change = each.change
        if change is None:
            tail = "总分未定" if zh else "a total is open"
        elif change == 0:
            tail = "总分不变" if zh else "the same total"
        else:
            amount = number_text(abs(change))
            tail = f"{'多' if change > 0 else '少'} {amount} 分" if zh else f"{'+' if change > 0 else '-'}{amount}"
        grades = [o.grade for o in (each.old, each.new)]
        if grades[0] != grades[1]:
            tail += f"，等次 {grades[0] or '—'} → {grades[1] or '—'}" if zh else f", grade {grades[0]} → {grades[1]}"
        yield f"  {each.unit}{'：' if zh else ': '}{totals}{'，' if zh else ', '}{tail}"
        for name, a, b in each.moved:
            yield f"    {name} {exact(a) or '—'} → {exact(b) or '—'}"


def to_dict(found: Difference, gains: tuple[Gain, ...], lang: Lang) -> dict[str, Any]:
    """The JSON object of ``rubric diff``."""
    return {
        "changes": [change.to_dict(lang) for change in found.changes],
        "indicators": [
            {
                "path": list(verdict.node.path),
                "verdict": verdict.verdict,
                "witness": None if verdict.witness is None else verdict.witness.to_dict(),
                "old": json_value(verdict.old),
                "new": json_value(verdict.new),
            }
            for verdict in found.verdicts
        ],
        "units": [
            {
                "unit": each.unit,
                "old": exact(each.old.total),
                "new": exact(each.new.total),
                "change": exact(each.change),
                "grades": [each.old.grade, each.new.grade],
                "indicators": [{"name": name, "old": exact(a), "new": exact(b)} for name, a, b in each.moved],
            }
            for each in gains
        ],
    }
