"""A sheet to fill in as YAML: every fact with an empty value, its unit and what may stand there in a comment."""

from __future__ import annotations

import re

from rubriclang.templates.plan import Entry, Plan

SUFFIXES = (".yaml", ".yml")
_WORDS = frozenset({"yes", "no", "true", "false", "null", "on", "off"})


def write(plan: Plan, many: bool) -> bytes:
    """The bytes of the file; with ``many`` a list of two units to copy."""
    if many:
        unit = "\n".join(f"  {line}" if line else line for line in _unit(plan))
        return "".join(f"-{unit[1:]}\n" for _ in range(2)).encode()
    lines = [
        f"# {plan.title}",
        "# 在冒号后面填数；不知道的留空，不要填 0",
        f"填报表版本: {_text(plan.version)}",
        *_unit(plan),
    ]
    if plan.units:
        lines += ["各单位:  # 其他单位，一个一段，写法同上", "# - 单位:", "#   数据: {}"]
    return ("\n".join(lines) + "\n").encode()


def _unit(plan: Plan) -> list[str]:
    lines = ["单位:", "数据:" if plan.facts or plan.lists else "数据: {}"]
    lines += [f"  {_text(entry.name)}: {{数值: , 来源: }}{_remark(entry)}" for entry in plan.facts]
    for listed in plan.lists:
        lines.append(f"  {_text(listed.name)}:  # 一行一项；确实一行也没有，写 []")
        for i, column in enumerate(listed.columns):
            lines.append(f"  #{' -' if i == 0 else '  '} {_text(column.name)}:{_remark(column)}")
    if plan.judged:
        lines.append("评定:")
    for item in plan.judged:
        ticks = f"；或 {{清单: [是, 否…]}}，共 {len(item.ticks)} 项" if item.ticks else ""
        lines.append(f"  {_text(item.name)}: {{得分: , 评定人: , 依据: }}  # {item.range}{ticks}")
    return lines


def _remark(entry: Entry) -> str:
    condition = f"仅当 {entry.only_if}" if entry.only_if else ""
    parts = [part for part in (entry.unit, entry.wanted, condition) if part]
    return f"  # {'；'.join(parts)}" if parts else ""


def _text(name: str) -> str:
    """A name as a YAML key: quoted unless it is plain letters, and so that no number is meant."""
    if re.fullmatch(r"[^\W\d_][\w（）()]*", name) and name.lower() not in (
        "yes",
        "no",
        "true",
        "false",
        "null",
        "on",
        "off",
    ):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
