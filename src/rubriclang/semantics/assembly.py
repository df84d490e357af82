"""A rubric of several files: the one at hand, what it builds on (沿用) and what it borrows from (引用)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.semantics import errors
from rubriclang.semantics.borrowing import uses
from rubriclang.semantics.edition_lines import Fault
from rubriclang.semantics.editions import merge
from rubriclang.source import Source, Span, joined
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
        read: reads a file; an OSError counts as no file.
    """
    tree, diagnostics = parse(source)
    if tree is None:
        return source, tree, diagnostics
    found = _misplaced(source, tree.root)
    if _references(tree):
        gathered = _Gather(resolve, read)
        gathered.add(source, tree, ())
        found += gathered.faults
        if not found:
            return _merged(gathered.files)
    if found:
        return source, None, tuple(sorted((*diagnostics, *found), key=lambda d: d.sort_key))
    return source, tree, diagnostics


def _references(tree: n.Tree | None) -> tuple[n.TextLine, ...]:
    lines = tree.root.lines if tree is not None else ()
    return tuple(line for line in lines if isinstance(line, n.TextLine) and line.kind in ("extends", "uses"))


def _misplaced(source: Source, root: n.Node) -> list[Diagnostic]:
    """沿用 and 引用 inside a section: they speak of the whole file."""

    def below(node: n.Node) -> Iterable[n.Line]:
        for part in node.parts:
            yield from part.lines
            yield from below(part)

    lines = [line for line in below(root) if isinstance(line, n.TextLine) and line.kind in ("extends", "uses")]
    hint = {"hint": "写在第一行的标题下面、第一个 ## 之前", "hint_en": "it stands under the title, before the first ##"}
    return [Diagnostic(errors.MISPLACED, source, line.span, hint) for line in lines]


@attrs.frozen
class _File:
    """A file, and which file each of its references means."""

    source: Source
    paths: dict[str, Path]


class _Gather:
    """Collects the files a rubric needs, each once, and before those that need it."""

    def __init__(self, resolve: Resolve, read: Read) -> None:
        self.resolve, self.read = resolve, read
        self.files: list[_File] = []
        self.faults: list[Diagnostic] = []
        self.seen: set[Path] = set()

    def add(self, source: Source, tree: n.Tree | None, above: tuple[Path, ...]) -> None:
        """Adds a file and, before it, those it names; ``above`` are the files that led to it."""
        here = Path(source.path).resolve()
        self.seen.add(here)
        chain = (*above, here)
        paths: dict[str, Path] = {}
        base: n.TextLine | None = None
        for line in _references(tree):
            if line.kind == "extends":
                if base is not None:
                    self.faults.append(Diagnostic(errors.SECOND_BASE, source, line.span, {"path": base.text}))
                    continue
                base = line
            found = self.resolve(Path(source.path), line.text)
            path = found.resolve() if found is not None else None
            if found is None or path is None:
                self._no_file(source, line)
            elif path in chain:
                names = " → ".join(known.name for known in (*chain, path))
                self.faults.append(Diagnostic(errors.EXTENDS_ITSELF, source, line.span, {"chain": names}))
            elif path in self.seen or self._read(found, source, line, chain):
                paths[line.text] = path
        self.files.append(_File(source, paths))

    def _read(self, path: Path, source: Source, line: n.TextLine, chain: tuple[Path, ...]) -> bool:
        if len(self.seen) >= MAX_FILES:
            limit = {"limit": str(MAX_FILES)}
            self.faults.append(Diagnostic(errors.TOO_MANY_FILES, source, line.span, limit))
            return False
        try:
            file = self.read(path)
        except OSError:
            self._no_file(source, line)
            return False
        self.add(file, parse(file)[0], chain)
        return True

    def _no_file(self, source: Source, line: n.TextLine) -> None:
        self.faults.append(Diagnostic(errors.EXTENDS_NOT_FOUND, source, line.span, {"path": line.text}))


def _merged(files: list[_File]) -> tuple[Source, n.Tree | None, tuple[Diagnostic, ...]]:
    """The tree of the last file on those before it."""
    whole = joined([file.source for file in files])
    diagnostics: list[Diagnostic] = []
    trees: dict[Path, n.Tree] = {}
    last: n.Tree | None = None
    for (start, source), file in zip(whole.files, files, strict=True):
        last, found = parse(whole, start, start + len(source.text))
        diagnostics += found
        if last is None:
            continue
        diagnostics += _misplaced(whole, last.root)
        known = [(line.kind, trees.get(file.paths[line.text])) for line in _references(last)]
        bases = [tree for kind, tree in known if kind == "extends" and tree is not None]
        for kind, tree in known:
            if kind == "uses" and tree is not None:
                last = uses(last, tree, bases)
        for base in bases:
            last, faults = merge(base, last)
            diagnostics += [_diagnostic(whole, fault) for fault in faults]
        trees[Path(source.path).resolve()] = last
    return whole, last, tuple(sorted(diagnostics, key=lambda d: d.sort_key))


def _diagnostic(source: Source, fault: Fault) -> Diagnostic:
    kind, span, params = fault
    shown = {k: str(source.position(v.start).line) if isinstance(v, Span) else v for k, v in params.items()}
    return Diagnostic(kind, source, span, shown)
