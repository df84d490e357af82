"""A number in a quoted standard that the rule beneath it does not have, and one that is ten times off.

``标准：`` holds the words of the standard, the lines beneath it what the machine computes. A slip between the two is
the commonest fault of all, and no arithmetic finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.linter.numerals import Numeral, numerals
from rubriclang.linter.rule import Subject
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
    if not any(
        isinstance(line, n.TextLine) and line.kind == "standard" for node in subject.nodes for line in node.lines
    ):
        return
    names = sorted(_names_with_digits(subject), key=len, reverse=True)
    owned = _by_owner(subject)
    stack: list[tuple[n.Node, tuple[str, ...], frozenset[Fraction]]] = [(subject.tree.root, (), frozenset())]
    while stack:
        node, path, above = stack.pop()
        own = frozenset(_written(tuple(line for line in node.lines if not isinstance(line, n.Test))))
        points = frozenset(_written(node.attributes))
        around = above | points | (own if node is not subject.tree.root else frozenset())
        quoted = [line for line in node.lines if isinstance(line, n.TextLine) and line.kind == "standard"]
        if quoted and not _only_judged(node):
            held = around | _below(node) | frozenset(_computed(subject, owned, path))
            yield from _compare(subject, quoted, held, points, names, own)
        stack += [(part, (*path, title_name(part.title)), around) for part in reversed(node.parts)]


def _compare(
    subject: Subject,
    quoted: list[n.TextLine],
    held: frozenset[Fraction],
    points: frozenset[Fraction],
    names: list[str],
    said_by_rule: frozenset[Fraction],
) -> Iterator[Diagnostic]:
    texts = [(line, numerals(line.text, names)) for line in quoted]
    said = {numeral.value for _, found in texts for numeral in found}
    for line, found in texts:
        start = line.span.end - len(line.text)
        for numeral in found:
            off: Fraction | None = None
            if _is_held(numeral, held, points):
                # 每… 扣 3 分 is not answered by a heading's （3分）.
                if not numeral.each or numeral.value not in points or numeral.value in said_by_rule:
                    continue
                off = _ten_times(numeral, said_by_rule - said)
                if off is None:
                    continue
            span = Span(start + numeral.start, start + numeral.end)
            number = subject.source.slice(span)
            off = off or _ten_times(numeral, held - said)
            if off is None:
                yield subject.finding(NUMBER_NOT_IN_RULE, span, number=number)
            else:
                shown = number_text(off * 100) + "%" if numeral.rate else number_text(off)
                times = number_text(max(off / numeral.value, numeral.value / off))
                yield subject.finding(TEN_TIMES_OFF, span, number=number, found=shown, times=times)


def _is_held(numeral: Numeral, held: frozenset[Fraction], points: frozenset[Fraction]) -> bool:
    """Whether a rule has a number, in any of the ways in which it may write it."""
    value = numeral.value
    if value == 0 or (numeral.counts and value == 1):
        return True
    ways = {value, value / 100, value * 100, 1 - value / 100}
    if numeral.rate:
        ways |= {1 - value, 1 + value}  # 下降 10% is ≤ 90%
    for full in points:
        # 80% of the points and so many points are one; so are points taken off and points left.
        ways |= {value * full, full - value, value - full, *((value / full,) if full else ())}
    return not ways.isdisjoint(held)


def _ten_times(numeral: Numeral, held: frozenset[Fraction]) -> Fraction | None:
    """What a rule has instead, where only the decimal point differs."""
    if numeral.counts:
        return None
    for factor in (Fraction(10), Fraction(1, 10), Fraction(100), Fraction(1, 100)):
        if numeral.value * factor in held:
            return numeral.value * factor
    return None


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


def _below(node: n.Node) -> frozenset[Fraction]:
    """The numbers written under a heading, tests apart."""
    found: set[Fraction] = set()
    stack = [node]
    while stack:
        here = stack.pop()
        found.update(_written(here.attributes))
        found.update(_written(tuple(line for line in here.lines if not isinstance(line, n.Test))))
        stack.extend(here.parts)
    return frozenset(found)


def _written(item: Any) -> Iterator[Fraction]:
    """The numbers of a piece of the tree, and those in the texts of checklist items."""
    stack = [item]
    while stack:
        here = stack.pop()
        match here:
            case n.Number(value=value, unit=unit):
                yield value / 100 if unit in _RATES else value
                yield value
            case n.TextLine():
                continue
            case n.Tally(text=text, points=points):
                yield points
                yield from (numeral.value for numeral in numerals(text))
                stack += [here.value, here.limits]
            case tuple():
                stack.extend(here)
            case _ if attrs.has(type(here)):
                stack.extend(getattr(here, field.name) for field in attrs.fields(type(here)))


_RATES = ("%", "百分点", "个百分点", "percent")


def _computed(
    subject: Subject, owned: dict[tuple[str, ...], list[ir.Definition]], path: tuple[str, ...]
) -> set[Fraction]:
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
    return found


def _only_judged(node: n.Node) -> bool:
    """Whether a person judges the whole indicator, so that the standard's numbers are for that person to apply."""
    return not node.parts and any(isinstance(line, n.Judge) for line in node.lines)
