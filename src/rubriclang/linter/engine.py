"""Runs the rules over a rubric that has a meaning, and takes away what a comment allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from rubriclang.backends.evaluation import Evaluation
from rubriclang.diagnostics import Diagnostic, kinds
from rubriclang.ir.nodes import Program
from rubriclang.linter import rules as package
from rubriclang.linter.allowing import allow
from rubriclang.linter.fixes import with_fix
from rubriclang.linter.rule import Rule, Subject
from rubriclang.linter.selection import EVERYTHING, Selection
from rubriclang.source import Source
from rubriclang.syntax import nodes as n


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by the names of their files."""
    found = []
    for info in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{info.name}")
        found.append(Rule(info.name, module.KINDS, module.check, getattr(module, "BY_DEFAULT", True)))
    return tuple(found)


def lint(
    program: Program | None,
    tree: n.Tree | None,
    source: Source,
    diagnostics: Iterable[Diagnostic],
    selection: Selection = EVERYTHING,
    runs: Callable[[], Iterable[Evaluation]] = tuple,
) -> tuple[Diagnostic, ...]:
    """The findings of the analysis and of the rules, in the order of the text, less those left out or allowed.

    Args:
        program: the meaning of the rubric; None where it has errors, and then no rule runs.
        tree: its syntax tree; None where the file has no title.
        source: its text, with all files it builds on; the rules report on the last of them, the file at hand.
        diagnostics: what the analysis has found.
        selection: which findings are wanted.
        runs: evaluates the tests of the rubric, which show what can happen; asked for only where nothing else does.
    """
    found = [d for d in diagnostics if selection.admits(d.code)]
    of_rules = {kind.code for rule in rules() for kind in rule.kinds}
    asked = {code for code in kinds() if code not in of_rules and selection.admits(code)}
    if program is not None and tree is not None:
        subject = Subject(program, tree, source, runs)
        for rule in rules():
            codes = {kind.code for kind in rule.kinds if selection.admits(kind.code, rule.by_default)}
            if codes:
                asked |= codes
                own = (d for d in rule.check(subject) if d.source is not None and d.source.path == source.path)
                found += [d for d in own if d.code in codes]
    if tree is not None:
        kept = allow(tree, source, found, program is not None, asked)
        found = [d for d in kept if selection.admits(d.code)]
    return tuple(with_fix(d) for d in sorted(found, key=lambda d: d.sort_key))
