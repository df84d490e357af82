"""All kinds of diagnostics the program knows, found where the stages keep them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from rubriclang.diagnostics.model import Kind, kinds


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by code: those of each stage's ``errors`` and those of the linter's rules."""
    package = import_module("rubriclang")  # by name: this floor knows none of the stages above it
    for info in walk_packages(package.__path__, "rubriclang."):
        if info.name.endswith(".errors") or info.name.startswith("rubriclang.linter.rules."):
            import_module(info.name)
    return kinds()
