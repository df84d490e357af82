"""A rubric of several files: the one at hand, what it builds on (沿用) and what it borrows from (引用)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rubriclang.diagnostics import Diagnostic
from rubriclang.semantics import errors
from rubriclang.semantics.editions import merge, uses
from rubriclang.source import Source, joined
from rubriclang.syntax import nodes as n
from rubriclang.syntax.parser import parse

MAX_FILES = 20
Resolve = Callable[[Path, str], Path | None]
Read = Callable[[Path], Source]


def assemble(source: Source, resolve: Resolve, read: Read) -> tuple[Source, n.Tree | None, tuple[Diagnostic, ...]]:
    """The whole source, its merged tree (None without a title) and the diagnostics of all its files.

    Args:
        source: the rubric at hand.
        resolve: finds a file a rubric names; None where there is none it may read.
        read: reads a file.
    """
    tree, diagnostics = parse(source)
    wanted = _references(tree)
    if tree is None or not wanted:
        return source, tree, diagnostics
    files: list[tuple[Source, tuple[n.TextLine, ...]]] = []
    found = _Gather(resolve, read, files).gather(source, ())
    if found:
        return source, None, tuple(sorted((*diagnostics, *found), key=lambda d: d.sort_key))
    return _merged([file for file, _ in files])


def _references(tree: n.Tree | None) -> tuple[n.TextLine, ...]:
    lines = tree.root.lines if tree is not None else ()
    return tuple(line for line in lines if isinstance(line, n.TextLine) and line.kind in ("extends", "uses"))


class _Gather:
    """Collects the files a rubric needs, each before those that need it."""

    def __init__(self, resolve: Resolve, read: Read, files: list[tuple[Source, tuple[n.TextLine, ...]]]) -> None:
        self.resolve, self.read, self.files = resolve, read, files

    def gather(self, source: Source, above: tuple[str, ...]) -> list[Diagnostic]:
        tree, _ = parse(source)
        references = _references(tree)
        faults: list[Diagnostic] = []
        for line in references:
            path = self.resolve(Path(source.path), line.text)
            if path is None or len(self.files) >= MAX_FILES:
                faults.append(Diagnostic(errors.EXTENDS_NOT_FOUND, source, line.span, {"path": line.text}))
                continue
            chain = (*above, str(Path(source.path).resolve()))
            if str(path.resolve()) in chain:
                names = " → ".join(Path(p).name for p in (*chain, str(path)))
                faults.append(Diagnostic(errors.EXTENDS_ITSELF, source, line.span, {"chain": names}))
                continue
            faults += self.gather(self.read(path), chain)
        if not any(Path(known.path).resolve() == Path(source.path).resolve() for known, _ in self.files):
            self.files.append((source, references))
        return faults


def _merged(files: list[Source]) -> tuple[Source, n.Tree | None, tuple[Diagnostic, ...]]:
    """The tree of the last file on those before it."""
    whole = joined(files)
    diagnostics: list[Diagnostic] = []
    trees: dict[str, n.Tree] = {}
    for start, file in whole.files:
        tree, found = parse(whole, start, start + len(file.text))
        diagnostics += found
        if tree is None:
            continue
        base: n.Tree | None = None
        for line in _references(tree):
            other = next((t for name, t in trees.items() if Path(name).name == Path(line.text).name), None)
            if other is None:
                continue
            if line.kind == "uses":
                tree = uses(tree, other)
            else:
                base = other
        if base is not None:
            tree, faults = merge(base, tree)
            diagnostics += [Diagnostic(kind, whole, span, params) for kind, span, params in faults]
        trees[file.path] = tree
    last = trees.get(files[-1].path)
    return whole, last, tuple(sorted(diagnostics, key=lambda d: d.sort_key))
