"""Coverage at little cost: a mark set at the start of every block of the package, written in while it is imported.

``sys.settrace`` makes the checker several times slower, so a fuzzer could look at one input in many. Here each function
body and each branch begins with a store into a bytearray, which costs little more than the store.
"""

from __future__ import annotations

import ast
import builtins
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Sequence

NAME = "rubric_blocks_seen_"  # a builtin, so that every module finds it without an import
MOST = 1 << 16


class Blocks:
    """The blocks of all instrumented modules; ``seen`` has a byte for each, 1 where it ran since ``clear``."""

    def __init__(self) -> None:
        self.seen = bytearray(MOST)
        self.places: list[tuple[str, int]] = []  # module and line of each block

    def clear(self) -> None:
        """Forgets what ran. The array stays the same object: the code holds on to it."""
        self.seen[:] = bytes(MOST)

    def ran(self) -> int:
        """The blocks that ran, as one number with a byte for each."""
        return int.from_bytes(self.seen.rstrip(b"\0"), "little")

    def new(self, module: str, line: int) -> int:
        """A number for a block."""
        self.places.append((module, line))
        assert len(self.places) <= MOST
        return len(self.places) - 1


class _Marking(ast.NodeTransformer):
    def __init__(self, blocks: Blocks, module: str) -> None:
        self.blocks, self.module, self.inside = blocks, module, 0

    def _mark(self, body: list[ast.stmt]) -> list[ast.stmt]:
        if not body:
            return body
        number = self.blocks.new(self.module, body[0].lineno)
        target = ast.Subscript(ast.Name(NAME, ast.Load()), ast.Constant(number), ast.Store())
        mark = ast.Assign([target], ast.Constant(1))
        ast.copy_location(mark, body[0])
        return [ast.fix_missing_locations(mark), *body]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.inside += 1
        self.generic_visit(node)
        self.inside -= 1
        node.body = self._mark(node.body)
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if self.inside and isinstance(
            node, ast.If | ast.For | ast.While | ast.Try | ast.With | ast.match_case | ast.ExceptHandler
        ):
            for part in ("body", "orelse"):
                body = getattr(node, part, None)
                if body:
                    setattr(node, part, self._mark(body))
        return node


class _Loader(importlib.machinery.SourceFileLoader):
    blocks: Blocks

    def get_code(self, fullname: str) -> types.CodeType:
        # Not from the cache of compiled modules, which holds the code without marks.
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path), path)
        _Marking(self.blocks, fullname).visit(tree)
        return compile(tree, path, "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, blocks: Blocks, package: str) -> None:
        self.blocks, self.package = blocks, package

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.package and not fullname.startswith(f"{self.package}."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            return spec
        loader = _Loader(fullname, spec.loader.path)
        loader.blocks = self.blocks
        return importlib.util.spec_from_file_location(
            fullname, spec.origin, loader=loader, submodule_search_locations=spec.submodule_search_locations
        )


def instrument(package: str) -> Blocks:
    """Instruments a package that is not yet imported.

    Raises:
        RuntimeError: it has been imported without marks already.
    """
    if package in sys.modules:
        raise RuntimeError(f"{package} is imported already")
    blocks = Blocks()
    setattr(builtins, NAME, blocks.seen)
    sys.meta_path.insert(0, _Finder(blocks, package))
    return blocks
