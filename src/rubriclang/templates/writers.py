"""Finds the writer of a template by the suffix of its file: modules of this package whose name ends in ``_writer``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

import rubriclang.templates as package
from rubriclang.templates.plan import Plan


class NotPossibleError(Exception):
    """A template that this format cannot hold, or a library that is not installed; the message twice."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Writer(Protocol):
    """What a writer module offers."""

    SUFFIXES: tuple[str, ...]

    def write(self, plan: Plan, many: bool) -> bytes:
        """The bytes of a sheet for one unit, or with ``many`` of a table of units; raises NotPossibleError."""
        ...


def writer_for(suffix: str) -> Writer | None:
    """The writer of a suffix such as ``.xlsx``."""
    for info in iter_modules(package.__path__):
        if info.name.endswith("_writer"):
            module: Writer = import_module(f"{package.__name__}.{info.name}")
            if suffix.lower() in module.SUFFIXES:
                return module
    return None
