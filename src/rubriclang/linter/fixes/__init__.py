"""What mends a finding, worked out from its kind, its place and its parameters.

A module of this folder, found by its being there, has ``FIXES``: for a code, a function from a diagnostic (which has a
source and a span) to its fix, or to None where nothing certain can be said.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import attrs

from rubriclang.diagnostics import Diagnostic, Fix

FixOf = Callable[[Diagnostic], Fix | None]


@cache
def fixes() -> dict[str, tuple[FixOf, ...]]:
    """All functions that mend, by code, in the order of their modules; the first that answers is taken."""
    found: dict[str, tuple[FixOf, ...]] = {}
    for info in iter_modules(__path__):
        for code, fix_of in import_module(f"{__name__}.{info.name}").FIXES.items():
            found[code] = (*found.get(code, ()), fix_of)
    return found


def with_fix(diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic with its fix, where there is one."""
    if diagnostic.fix is not None or diagnostic.source is None or diagnostic.span is None:
        return diagnostic
    fix = next((fix for fix_of in fixes().get(diagnostic.code, ()) if (fix := fix_of(diagnostic)) is not None), None)
    return diagnostic if fix is None else attrs.evolve(diagnostic, fix=fix)
