"""The version of a fill-in sheet: a hash over what its rubric asked for, and that list, to say what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from hashlib import sha256

from rubriclang.facts.document import Grid
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Labels, describe

SHEET = "_填报表版本"
NAMES = frozenset({"填报表版本", "template version"})
Asked = tuple[tuple[str, str, str], ...]
_SHOWN = 5  # changes named in one message


def asked(facts: Iterable[ir.Fact], lists: Iterable[ir.ListFact], judged: Mapping[str, ir.Judge]) -> Asked:
    """What a rubric asks for: kind, name, and what its values must be, in words."""
    found = [("数据", fact.name, wanted(fact)) for fact in facts]
    found += [("表", f"{each.name}.{column.name}", wanted(column)) for each in lists for column in each.columns]
    found += [("评定", item, judge_range(judge)) for item, judge in judged.items()]
    return tuple(found)


def wanted(fact: ir.Fact) -> str:
    """What a value of a fact must be: its unit or kind, and its constraints as the rubric writes them."""
    kind = "、".join(fact.type.options) if isinstance(fact.type, Labels) else describe(fact.type)
    parts = [kind, "整数" if fact.whole else "", *(each.text for each in fact.constraints)]
    return "，".join(dict.fromkeys(part for part in parts if part))


def judge_range(judge: ir.Judge) -> str:
    """The points a judge may give, or those of the items of the checklist."""
    if judge.choices:
        return "；".join(f"{text} {_points(value)} 分" for text, value in judge.choices)
    low = _points(judge.low.value) if isinstance(judge.low, ir.Const) else "?"
    high = _points(judge.high.value) if isinstance(judge.high, ir.Const) else "?"
    return f"{low} 至 {high} 分"


def _points(value: object) -> str:
    return number_text(value) if isinstance(value, Fraction) else str(value)


def version_of(asked: Asked) -> str:
    """The hash that stands in a sheet: twelve hexadecimal digits."""
    return sha256("\n".join("\t".join(row) for row in asked).encode()).hexdigest()[:12]


def recorded(grid: Grid) -> tuple[str, Asked] | None:
    """The version and the list that a template keeps in a hidden sheet."""
    rows = [[cells[i].text if i in cells else "" for i in range(3)] for _, cells in grid.rows]
    if not rows or not rows[0][0]:
        return None
    return rows[0][0], tuple((row[0], row[1], row[2]) for row in rows[1:])


def compared(now: Asked, version: str, then: Asked | None) -> dict[str, str] | None:
    """What changed since a sheet was made, for a message; None where it is of this version."""
    if version == version_of(now):
        return None
    if then is None:
        return {"changes": "要填的数据或评定的项目改过", "changes_en": "what is to be filled in has changed"}
    old, new = ({(kind, name): text for kind, name, text in each} for each in (then, now))
    zh = [f"增加了“{name}”" for kind, name in new if (kind, name) not in old]
    en = [f"'{name}' is new" for kind, name in new if (kind, name) not in old]
    zh += [f"去掉了“{name}”" for kind, name in old if (kind, name) not in new]
    en += [f"'{name}' is gone" for kind, name in old if (kind, name) not in new]
    for at, text in new.items():
        if at in old and old[at] != text:
            zh.append(f"“{at[1]}”原来是“{old[at]}”，现在是“{text}”")
            en.append(f"'{at[1]}' was '{old[at]}' and is '{text}'")
    if not zh:
        return {"changes": "各项的次序改过", "changes_en": "the order of the items has changed"}
    more = len(zh) - _SHOWN
    zh = [*zh[:_SHOWN], f"等 {len(zh)} 处"] if more > 0 else zh
    en = [*en[:_SHOWN], f"and {more} more"] if more > 0 else en
    return {"changes": "；".join(zh), "changes_en": "; ".join(en)}
