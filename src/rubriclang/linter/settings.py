"""What a project says of its checks: ``rubric.toml``, or ``[tool.rubric]`` in ``pyproject.toml``."""

from __future__ import annotations

import tomllib
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.linter.errors import BAD_SETTING
from rubriclang.linter.selection import Selection, codes_of
from rubriclang.source import Source

FILES = ("rubric.toml", "pyproject.toml")
_LISTS = ("select", "ignore")


@attrs.frozen
class Settings:
    """The selection, and the baseline file as the settings name it."""

    selection: Selection = Selection()
    baseline: str | None = None


def settings_of(name: str, source: Source) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """The settings in the text of a file called ``name``; None where it holds none, or none that can be read."""
    try:
        held: Any = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return None, (_bad(source, name, "不是 TOML", f"not TOML ({error})"),)
    if name == "pyproject.toml":
        held = held.get("tool", {}).get("rubric")
        if held is None:
            return None, ()
    faults: list[Diagnostic] = []
    lists: dict[str, tuple[str, ...]] = {}
    baseline: str | None = None
    for key, value in held.items():
        if isinstance(value, dict):
            continue  # a table is some other command's
        if key in _LISTS and isinstance(value, list) and all(isinstance(code, str) for code in value):
            lists[key] = tuple(code for text in value for code in codes_of(text))
        elif key == "baseline" and isinstance(value, str):
            baseline = value
        elif key in (*_LISTS, "baseline"):
            wanted = ("应是代码的列表", "a list of codes is wanted") if key in _LISTS else ("应是文件名", "a file name")
            faults.append(_bad(source, key, *wanted))
        else:
            faults.append(_bad(source, key, "可以有：select、ignore、baseline", "known are select, ignore, baseline"))
    if faults:
        return None, tuple(faults)
    return Settings(Selection(lists.get("select", ()), lists.get("ignore", ())), baseline), ()


def _bad(source: Source, key: str, why: str, why_en: str) -> Diagnostic:
    return Diagnostic(BAD_SETTING, source, None, {"key": key, "why": why, "why_en": why_en})
