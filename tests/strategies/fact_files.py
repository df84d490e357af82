"""Fact files as people write them: YAML, JSON and CSV texts that say the same, in several layouts."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping

from hypothesis import strategies as st

Layout = str
SUFFIXES = ("yaml", "json", "csv")
# Texts that YAML reads as a plain scalar of the same characters, whatever stands around them.
_PLAIN = re.compile(r"[-+]?[0-9][0-9.,%万亿元/]*")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _yaml_scalar(text: str, bare: bool) -> str:
    return text if bare and _PLAIN.fullmatch(text) else _quoted(text)


@st.composite
def fact_files(draw: st.DrawFn, facts: Mapping[str, str], judged: Mapping[str, str] | None = None) -> tuple[str, str]:
    """A suffix and a text that holds these facts and judged points; names and values are texts."""
    suffix = draw(st.sampled_from(["yaml", "json"] if judged else SUFFIXES))
    if suffix == "csv":
        return suffix, _csv(draw, facts)
    in_parts = judged is not None or draw(st.booleans())
    noted = draw(st.booleans())
    if suffix == "json":
        values: dict[str, object] = {
            name: {"数值": _json_number(draw, text), "来源": "第 1 页"} if noted else _json_number(draw, text)
            for name, text in facts.items()
        }
        root = {"单位": "某局", "数据": values} if in_parts else values
        if judged:
            root["评定"] = {name: {"得分": points, "评定人": "评价组"} for name, points in judged.items()}
        return suffix, json.dumps(root, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 2])))
    bare = draw(st.booleans())
    indent = "  " if in_parts else ""
    lines = ["单位: 某局", "数据:"] if in_parts else []
    for name, text in facts.items():
        # Inside { } a comma parts two entries.
        value = _yaml_scalar(text, bare and not (noted and "," in text))
        lines.append(f"{indent}{_quoted(name)}: {f'{{数值: {value}, 来源: 第 1 页}}' if noted else value}")
    if in_parts and not facts:
        lines.append("  {}")
    if judged:
        lines.append("评定:")
        lines += [f"  {_quoted(name)}: {{得分: {points}, 评定人: 评价组}}" for name, points in judged.items()]
    return suffix, draw(st.sampled_from(["\n", "\r\n"])).join(lines) + "\n"


def _json_number(draw: st.DrawFn, text: str) -> object:
    """The text, or where JSON has the same number, that number with the same digits."""
    if re.fullmatch(r"-?(?:0|[1-9][0-9]{0,14})", text) and draw(st.booleans()):
        return int(text)
    return text


def _csv(draw: st.DrawFn, facts: Mapping[str, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])))
    writer.writerow(["名称", "数值", "单位", "来源"])
    for name, text in facts.items():
        writer.writerow([name, text, "", "第 1 页"])
    return out.getvalue()
