"""A number in a quoted standard that the rule beneath it does not have, and one that is ten times off.

``标准：`` holds the words of the standard, the lines beneath it what the machine computes. A slip between the two is
the commonest fault of all, and no arithmetic finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.linter.numerals import NamesByLength, Numeral, by_length, numerals
from rubriclang.linter.rule import Subject
from rubriclang.linter.written_numbers import Written, written
from rubriclang.source import Span
from rubriclang.syntax import nodes as n
from rubriclang.syntax.headings import title_name

NUMBER_NOT_IN_RULE = Kind(
    "R406",
    "number-not-in-rule",
    "warning",
    "“标准”里的 {number}，下面的规则里没有",
    "the standard says {number}, the rule beneath it does not",
    "对照原文改规则或改引文；规则确实用不到它，在上一行写“// 允许 R406：理由”",
    "correct the rule or the quotation; if the rule has no need of it, write '// allow R406: reason' on the line above",
)
TEN_TIMES_OFF = Kind(
    "R407",
    "ten-times-off",
    "warning",
    "“标准”里写的是 {number}，下面的规则写的是 {found}，差了 {times} 倍",
    "the standard says {number}, the rule beneath it {found}: {times} times off",
    "多半是小数点的位置错了，对照原文改",
    "most likely a decimal point; compare with the original",
)
KINDS = (NUMBER_NOT_IN_RULE, TEN_TIMES_OFF)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each number of a quoted standard that is missing from the lines under the same heading."""
    if not any(_is_standard(line) for node in subject.nodes for line in node.lines):
        return
    names = by_length(_names_with_digits(subject))
    owned = _by_owner(subject)
    stack: list[tuple[n.Node, tuple[str, ...], Written]] = [(subject.tree.root, (), Written())]
    while stack:
        node, path, above = stack.pop()
        own = written(node.lines)
        around = above | written(node.attributes) | (own if node is not subject.tree.root else Written())
        quoted = [line for line in node.lines if isinstance(line, n.TextLine) and line.kind == "standard"]
        if quoted and not _only_judged(node):
            full = written(node.attributes).awards
            held = _Held(around | _below(node), own, full, _computed(subject, owned, path))
            yield from _compare(subject, quoted, held, names)
        stack += [(part, (*path, title_name(part.title)), around) for part in reversed(node.parts)]


@attrs.frozen
class _Held:
    """What a rule has: all numbers, those of its own lines, the points of its heading, and what its names stand for."""

    written: Written
    own: Written
    full: frozenset[Fraction]
    computed: frozenset[Fraction]

    def has(self, numeral: Numeral) -> bool:
        """Whether the rule has a number, in any of the ways in which it may write it."""
        value, held = numeral.value, self.written
        if value == 0 or value in self.computed or (numeral.counts and value == 1):
            return True
        if numeral.rate:
            if value == 1:
                return True  # 100% is what every proportion is of
            wanted = {value, 1 - value, 1 + value}  # 下降 10% is ≤ 90%
            in_points = {value * full for full in self.full}  # 80% of 5 points is 4
            return bool(wanted & (held.rates | held.edges) or value * 100 in held.edges or in_points & held.awards)
        if value in held.edges or value in held.awards or value / 100 in held.rates:
            return True
        if not numeral.points and value in held.rates:
            return True
        left = {full - value for full in self.full} | {value - full for full in self.full}  # 扣 1 分 is 4 of 5 points
        shares = {value / full for full in self.full if full}
        return bool(left & held.awards or shares & held.factors)

    def ten_times(self, numeral: Numeral, said: frozenset[Fraction], own: bool = False) -> Fraction | None:
        """What the rule has instead, where only the decimal point differs and the standard does not say it."""
        if numeral.counts:
            return None
        there = self.own if own else self.written
        held = there.rates if numeral.rate else there.edges | there.awards
        for factor in (Fraction(10), Fraction(1, 10), Fraction(100), Fraction(1, 100)):
            if numeral.value * factor in held - said:
                return numeral.value * factor
        return None


def _compare(subject: Subject, quoted: list[n.TextLine], held: _Held, names: NamesByLength) -> Iterator[Diagnostic]:
    texts = [(line, numerals(line.text, names)) for line in quoted]
    said = frozenset(numeral.value for _, found in texts for numeral in found)
    for line, found in texts:
        start = line.span.end - len(line.text)
        for numeral in found:
            if not held.has(numeral):
                off = held.ten_times(numeral, said)
            elif numeral.each and numeral.value in held.full and numeral.value not in held.own.all:
                # 每… 扣 3 分 is not answered by a heading's （3分）.
                off = held.ten_times(numeral, said, own=True)
                if off is None:
                    continue
            else:
                continue
            span = Span(start + numeral.start, start + numeral.end)
            number = subject.source.slice(span)
            if off is None:
                yield subject.finding(NUMBER_NOT_IN_RULE, span, number=number)
            else:
                shown = number_text(off * 100) + "%" if numeral.rate else number_text(off)
                times = number_text(max(off / numeral.value, numeral.value / off))
                yield subject.finding(TEN_TIMES_OFF, span, number=number, found=shown, times=times)


def _is_standard(line: n.Line) -> bool:
    return isinstance(line, n.TextLine) and line.kind == "standard"


def _names_with_digits(subject: Subject) -> set[str]:
    program = subject.program
    names = {fact.name for fact in program.facts} | {d.name for d in program.definitions if d.name is not None}
    names |= {title_name(node.title) for node in subject.nodes}
    names |= {column.name for info in program.lists for column in info.columns}
    return {name for name in names if any(character.isdigit() for character in name)}


def _by_owner(subject: Subject) -> dict[tuple[str, ...], list[ir.Definition]]:
    owned: dict[tuple[str, ...], list[ir.Definition]] = {}
    for definition in subject.program.definitions:
        owned.setdefault(definition.owner, []).append(definition)
    return owned


def _below(node: n.Node) -> Written:
    """The numbers written under a heading."""
    found: list[object] = []
    stack = [node]
    while stack:
        here = stack.pop()
        found += [here.attributes, here.lines]
        stack.extend(here.parts)
    return written(found)


def _computed(
    subject: Subject, owned: dict[tuple[str, ...], list[ir.Definition]], path: tuple[str, ...]
) -> frozenset[Fraction]:
    """The constants that an indicator's definitions use, with those of the formulas and parameters they read."""
    found: set[Fraction] = set()
    stack = list(owned.get(path, ()))
    seen = {definition.id for definition in stack}
    while stack:
        definition = stack.pop()
        for expr in ir.walk(definition.expr):
            if isinstance(expr, ir.Const) and isinstance(expr.value, Fraction):
                found.add(expr.value)
            elif isinstance(expr, ir.Ref) and expr.target in subject.definitions and expr.target not in seen:
                seen.add(expr.target)
                other = subject.definitions[expr.target]
                if other.owner == () or other.owner == path:  # a formula of the rubric as a whole, or a parameter
                    stack.append(other)
    return frozenset(found)


def _only_judged(node: n.Node) -> bool:
    """Whether a person judges the whole indicator, so that the standard's numbers are for that person to apply."""
    return not node.parts and any(isinstance(line, n.Judge) for line in node.lines)
