"""From text to syntax tree: cut into logical lines, parse each, and hang them under their headings.

Every line is parsed on its own, so all errors of a file come in one run and a broken line hides none.
"""

from __future__ import annotations

import re
from typing import Any

import attrs
from lark import Token

from rubriclang.diagnostics import Diagnostic
from rubriclang.source import Source, Span
from rubriclang.syntax import errors, nodes as n
from rubriclang.syntax.cutting import cut, trim
from rubriclang.syntax.headings import heading, title_name
from rubriclang.syntax.lexer import line_keyword, tidy_name
from rubriclang.syntax.punctuation import fold
from rubriclang.syntax.statements import Statements
from rubriclang.syntax.tables import is_rule, read_facts, read_table, row_cells
from rubriclang.syntax.tallies import tally

MAX_TEXT = 20_000_000
RESULTS = ("结果", "results", "result")
_TEXT_KINDS: dict[str, Any] = {
    "BASIS": "basis",
    "STANDARD": "standard",
    "NOTE": "note",
    "ORIGIN": "source",
    "EXTENDS": "extends",
    "USES": "uses",
}
_BLOCKS: dict[str, Any] = {
    "FACTS": "facts",
    "PARAMETERS": "parameters",
    "CHECKLIST": "checklist",
    "CHECKS": "checks",
}
_ITEM_RULES = {
    "facts": "fact",
    "list": "fact",
    "parameters": "parameter",
    "checks": "check",
    "test": "expectation",
}
MAX_NUMBER = 300  # characters of one number
_GIANT_NUMBER = re.compile(r"[\d.,]{301,}")
_ODD_LINE_ENDS = re.compile("[\u2028\u2029\u0085\x0b\x0c]|\r(?!\n)")
_TEST_WITHOUT_COLON = re.compile(r"(?:测试|test)(?:\s+[^:=<>]*|\s*:)$", re.I)
TEST_HEAD = re.compile(r"\s*(?P<name>.*?)\s*(?:\((?P<path>[^()]+\.\w{1,8}\s*)\)\s*)?:$", re.S)


@attrs.define
class _OpenNode:
    title: str
    level: int
    attributes: tuple[n.HeadingAttribute, ...] = ()
    lines: list[n.Line] = attrs.field(factory=list)
    parts: list[_OpenNode] = attrs.field(factory=list)
    span: Span = Span(0, 0)
    title_span: Span = Span(0, 0)
    broken: bool = False
    results_at: int | None = None

    def close(self) -> n.Node:
        parts = tuple(part.close() for part in self.parts)
        return n.Node(
            self.title,
            self.level,
            self.attributes,
            tuple(self.lines),
            parts,
            self.span,
            self.title_span,
            self.broken,
            self.results_at,
        )


@attrs.define
class _OpenBlock:
    kind: str  # facts, parameters, checklist, checks, list, test
    span: Span
    name: str = ""
    path: str | None = None
    items: list[Any] = attrs.field(factory=list)
    broken: bool = False


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.folded = fold(source.text)
        self.statements = Statements(source, self.folded)
        self.root: _OpenNode | None = None
        self.stack: list[_OpenNode] = []
        self.block: _OpenBlock | None = None
        self.comments: list[n.Comment] = []
        self.table: list[list[tuple[int, int]]] = []

    def read(self, begin: int, stop: int) -> n.Tree | None:
        text = self.source.text
        if len(text) > MAX_TEXT:
            self.statements.report(errors.TOO_LONG, 0, 1, what="文件", what_en="the file", limit=str(MAX_TEXT))
            return None
        for giant in _GIANT_NUMBER.finditer(self.folded, begin, stop):
            limit = {"what": "数", "what_en": "a number", "limit": str(MAX_NUMBER)}
            self.statements.report(errors.TOO_LONG, giant.start(), giant.end(), **limit)
            return None
        for odd in _ODD_LINE_ENDS.finditer(text, begin, stop):
            self.statements.report(errors.BAD_LINE_END, odd.start(), odd.end(), text=f"U+{ord(odd.group()[0]):04X}")
        start = begin + 1 if text.startswith("\ufeff", begin) else begin
        for line_start, next_start in zip(
            self.source.line_starts, [*self.source.line_starts[1:], len(text) + 1], strict=True
        ):
            if next_start <= begin or line_start >= max(stop, begin + 1):
                continue
            inner = trim(self.folded, max(line_start, start), min(next_start - 1, stop))
            if inner is not None:
                self._physical_line(*inner)
        self._close_table()
        self._close_block()
        if self.root is None:
            self.statements.report(errors.NO_TITLE, begin, min(begin + 1, stop))
            return None
        return n.Tree(self.root.close(), tuple(self.comments))

    # -- lines

    def _physical_line(self, start: int, end: int) -> None:
        keyword = line_keyword().match(self.folded, start, end)
        if keyword and keyword.lastgroup in _TEXT_KINDS:
            self._close_table()
            self._add(
                n.TextLine(
                    _TEXT_KINDS[keyword.lastgroup], self.source.text[keyword.end() : end].strip(), Span(start, end)
                )
            )
            return
        if self.folded[start] == "|":
            self._table_row(start, end)
            return
        if not self.folded.startswith("//", start):
            self._close_table()
        parts, comment = cut(self.folded, start, end)
        if comment is not None:
            self.comments.append(n.Comment(self.source.text[comment:end], Span(comment, end)))
        for part in parts:
            self._logical_line(*part)

    def _logical_line(self, start: int, end: int) -> None:
        folded = self.folded
        if folded[start] == "#":
            self._heading(start, end)
            return
        keyword = line_keyword().match(folded, start, end)
        if keyword is not None:
            assert keyword.lastgroup is not None
            self._keyword_line(keyword.lastgroup, start, keyword.end(), end)
            return
        if _TEST_WITHOUT_COLON.match(folded[start:end]):
            self.statements.report(errors.BAD_TEST, start, end)
            self._open_block(_OpenBlock("test", Span(start, end), broken=True))
            return
        if folded[start] == "-" and folded[start : start + 2] != "->":
            self._item(start, end)
            return
        if "①" <= folded[start] <= "⑳" and self.block is not None and self.block.kind == "checklist":
            self._keep_item(tally(self.statements, start, end))
            return
        line = self.statements.parse("line", start, end)
        if line is not None:  # a broken line leaves its block open: the items after it are still items
            self._close_block()
            self._add(line)
        else:
            self._broken()

    def _keyword_line(self, terminal: str, start: int, after: int, end: int) -> None:
        if terminal in _BLOCKS:
            self._open_block(_OpenBlock(_BLOCKS[terminal], Span(start, after)))
        elif terminal == "LIST":
            name = self.folded[after:end].rstrip().removesuffix(":")
            self._open_block(
                _OpenBlock("list", Span(start, end), tidy_name(self.source.text[after : after + len(name)]))
            )
            return
        elif terminal == "TEST":
            self._test(start, after, end)
            return
        elif terminal in _TEXT_KINDS:  # after a "；", where it cannot run to the end of the line by itself
            self._add(n.TextLine(_TEXT_KINDS[terminal], self.source.text[after:end].strip(), Span(start, end)))
            return
        else:
            self._close_block()
            lead = Token(terminal, self.folded[start:after], start_pos=start, end_pos=after)
            self._add(self.statements.parse("line", after, end, lead))
            return
        rest = trim(self.folded, after, end)
        if rest is not None:
            self._logical_line(*rest)

    def _table_row(self, start: int, end: int) -> None:
        cells = row_cells(self.folded, start, end)
        if not cells:
            self.statements.report(errors.BAD_TABLE, start, end, found="0", expected="2")
        elif not is_rule(self.folded, cells):
            self.table.append(cells)
        elif len(self.table) > 1:  # a rule further down: the row above it is the header of another table
            header = self.table.pop()
            self._close_table()
            self.table.append(header)

    def _close_table(self) -> None:
        """Parses the cells of the rows read so far; they are one table."""
        rows, self.table = self.table, []
        if not rows:
            return
        last = self.block.items[-1] if self.block is not None and self.block.items else None
        if isinstance(last, n.GivenTable) and not last.header:
            filled = read_facts(self.statements, last, rows)
            assert self.block is not None
            self.block.items[-1] = filled
            return
        table = read_table(self.statements, rows)
        if table is None:
            self._broken()
            return
        if self.block is not None and self.block.kind == "parameters":
            self.block.items.append(table)
        else:
            self._add(table)

    def _item(self, start: int, end: int) -> None:
        if self.block is None:
            self.statements.report(errors.STRAY_ITEM, start, end)
            self._broken()
            return
        if self.block.kind == "checklist":
            self._keep_item(tally(self.statements, start, end))
            return
        inner = trim(self.folded, start + 1, end)
        if inner is None:
            return
        item = self.statements.parse(_ITEM_RULES[self.block.kind], *inner)
        if isinstance(item, n.Check) and not item.name:
            item = attrs.evolve(item, name=self.source.text[item.condition.span.start : item.condition.span.end])
        elif isinstance(item, n.Expected):
            item = attrs.evolve(item, text=self.source.text[inner[0] : inner[1]])
        self._keep_item(item)

    def _keep_item(self, item: Any) -> None:
        if item is None:
            self._broken()
        elif self.block is not None:
            self.block.items += item if isinstance(item, tuple) else [item]

    def _test(self, start: int, after: int, end: int) -> None:
        found = TEST_HEAD.match(self.folded, after, end)
        if found is None:
            self.statements.report(errors.BAD_TEST, start, end)
            self._open_block(_OpenBlock("test", Span(start, end), broken=True))
            return
        text = self.source.text
        path = text[found.start("path") : found.end("path")].strip() if found.group("path") else None
        name = text[found.start("name") : found.end("name")].strip()
        self._open_block(_OpenBlock("test", Span(start, end), name or (path or ""), path))

    # -- blocks and nodes

    def _open_block(self, block: _OpenBlock) -> None:
        self._close_block()
        self.block = block

    def _close_block(self) -> None:
        block, self.block = self.block, None
        if block is None:
            return
        items = tuple(block.items)
        if not items and not block.broken:
            text = self.source.text[block.span.start : block.span.end]
            self.statements.report(errors.EMPTY_TEST, block.span.start, block.span.end, text=text)
        span = block.span.to(items[-1].span) if items else block.span
        if block.kind == "list":
            self._add(n.ListBlock(block.name, items, span))
        elif block.kind == "test":
            self._add(n.Test(block.name, block.path, items, span))
        else:
            self._add(n.Block(block.kind, items, span, block.span))  # type: ignore[arg-type]  # one of the four

    def _add(self, line: Any) -> None:
        if line is None:
            self._broken()
            return
        if isinstance(line, n.Table):
            self._close_block()
        if not self.stack:
            if not any(d.kind is errors.LINE_BEFORE_TITLE for d in self.statements.diagnostics):
                self.statements.report(errors.LINE_BEFORE_TITLE, line.span.start, line.span.end)
            return
        self.stack[-1].lines.append(line)

    def _broken(self) -> None:
        """Remembers that a line here could not be read: what follows from its absence is not worth saying."""
        if self.stack:
            self.stack[-1].broken = True
        if self.block is not None:
            self.block.broken = True

    def _heading(self, start: int, end: int) -> None:
        self._close_block()
        before = len(self.statements.diagnostics)
        level, title, attributes, title_span = heading(self.statements, start, end)
        node = _OpenNode(title, level, attributes, span=Span(start, end), title_span=title_span)
        node.broken = len(self.statements.diagnostics) > before
        if self.root is None:
            if level != 1:
                self.statements.report(errors.NO_TITLE, start, end)
                # The rest is still worth reading: stand in a title.
                self.root = _OpenNode("", 1, span=Span(start, start), broken=True)
                self.stack = [self.root]
            else:
                self.root = node
                self.stack = [node]
                return
        if level == 1:
            if title_name(title).lower() not in RESULTS:
                self.statements.report(errors.SECOND_TITLE, start, end, text=title)
            self.stack = [self.root]
            self.root.results_at = len(self.root.lines)
            return
        while self.stack[-1].level >= level:
            self.stack.pop()
        self.stack[-1].parts.append(node)
        self.stack.append(node)


def parse(source: Source, begin: int = 0, stop: int | None = None) -> tuple[n.Tree | None, tuple[Diagnostic, ...]]:
    """The syntax tree of a rubric and what is wrong with its text.

    ``begin`` and ``stop`` pick one file of a source made of several. The tree holds every line that could be read; it
    is None only when the text has no title at all. A tree that comes with errors is for further diagnostics, never for
    scoring.
    """
    reader = _Reader(source)
    tree = reader.read(begin, len(source.text) if stop is None else stop)
    return tree, tuple(sorted(reader.statements.diagnostics, key=lambda d: d.sort_key))
