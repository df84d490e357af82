"""What a line, or an item of a block, is known by: its name; or its kind or condition, where it has none."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from rubriclang.semantics.scope import GRADE, GRADE_NAMES, SCORE_NAMES, TOTAL_NAMES
from rubriclang.source import Span
from rubriclang.syntax import nodes as n

# What stands once, or once in a node.
_SINGLE = (n.Combine, n.Defaults, n.Population, n.Applies, n.RoundingLine)
_REMOVED = ("删去", "removed")
_ALIASES = {
    **dict.fromkeys(GRADE_NAMES, GRADE),
    **dict.fromkeys(SCORE_NAMES, SCORE_NAMES[0]),
    **dict.fromkeys(TOTAL_NAMES, TOTAL_NAMES[0]),
}


def is_reference(line: n.Line) -> bool:
    """Whether a line names another file: 沿用 or 引用."""
    return isinstance(line, n.TextLine) and line.kind in ("extends", "uses")


def named(name: n.Name) -> Hashable:
    """The key of a formula or parameter; 得分 and score, 总分 and total, 等次 and grade are one."""
    return ("name", _ALIASES.get(name.text, name.text))


def key_of(line: n.Line) -> Hashable | None:
    """What a line is known by; None where it stands for itself alone, or holds several things."""
    match line:
        case n.Definition(target=target):
            return named(target)
        case n.Subject(target=target, subject=subject):
            return named(target) if target is not None else ("subject", subject)
        case n.ListBlock(name=name):
            return ("list", name)
        case n.Levels(name=name):
            return ("levels", name)
        case n.Adjustment(condition=condition):
            return ("adjustment", condition)
        case n.Override(phase=phase, condition=condition):
            return (phase, condition)
        case _ if isinstance(line, _SINGLE):
            return (type(line).__name__,)
        case _:
            return None


def keys_of(line: n.Line) -> list[Hashable]:
    """All that a line names, the items of a block one by one."""
    if isinstance(line, n.Block):
        return [key for item in line.items for key in item_keys(item)]
    key = key_of(line)
    return [key] if key is not None else []


def item_keys(item: Any) -> list[Hashable]:
    """What an item of a block is known by: a table of parameters by all of its columns."""
    match item:
        case n.Fact(target=target):
            return [("fact", target.text)]
        case n.Parameter(target=target):
            return [named(target)]
        case n.Check(name=name):
            return [("check", name)]
        case n.Table(columns=columns):
            return [named(column.header) for column in columns if isinstance(column.header, n.Name)]
        case _:
            return []


def is_removal(thing: Any) -> bool:
    """Whether it says ``删去`` in place of what it would be."""
    match thing:
        case n.Fact(type=n.FactType(word=word)):
            return word in _REMOVED
        case n.Check(condition=value) | n.Definition(value=value) | n.Parameter(value=value):
            return isinstance(value, n.Name) and value.text in _REMOVED
        case n.Override(effects=(n.Effect(kind="becomes", value=n.Name() as value),)):
            return value.text in _REMOVED
        case _:
            return False


def label_of(thing: Any) -> tuple[str, Span]:
    """What messages call a thing, and where."""
    match thing:
        case n.Check(name=name):
            return name, thing.span
        case n.Override():
            return {"not applicable": "不适用", "adjust": "调整", "veto": "否决"}[thing.phase], thing.span
        case _:
            return thing.target.text, thing.target.span
