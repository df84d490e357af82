"""What the prose of a report says of its scoring: ``该项得分5分``, ``扣0.3分``, ``投入绩效为13分``, ``评价等次为“优”``.

Points belong to the indicator named before them in the same paragraph. Where more than one is, or none, nothing is said
of them: a rule quoted in passing is no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubriclang.audit.claims import Claim
from rubriclang.audit.folding import fold
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.report import Passage, Report
from rubriclang.audit.reported.names import Names, Target
from rubriclang.audit.reported.statements import Statement
from rubriclang.backends.scoring import points_of
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import header_key, number_text
from rubriclang.ir.types import Labels
from rubriclang.source import Span

_GOT = re.compile(r"(?:得分|得|评分|自评分)(?:为|是|:|=|计)?$")
_LOST = re.compile(r"(?:扣|扣分|扣减|扣除|扣掉)(?:为|了|:)?$")
_TOTAL = re.compile(r"(?:总得分|总分|综合得分|最终得分|评价得分|自评得分|合计得分|总评分)(?:为|是|:|达|=)?$")
_PART = re.compile(r"(?:绩效|指标|部分|类|方面|一级指标|二级指标)?(?:得分|得|评分)?(?:为|是|:|=)?$")
_RULE = re.compile(
    r"每|各|最高|最低|最多|最少|不得|超过|低于|高于|小于|大于|[≥≤<>]|以上|以下|以内|不足|可得|应得|满分|分值|者|的得"
)
_CLAUSE = re.compile(r"[^,;:。()!?]*$")
_GRADE = (
    r"(?:等次|等级|评级|档次|评价等|评定等)(?:级|次)?(?:评定)?(?:为|是|:)\s{{0,4}}"
    r"[“\"'‘]?({options})(?![\u4e00-\u9fff])"
)
_NAMED = re.compile(r"(?:\d{4}年度?|本年度?|全年|我单位|本单位|实际)?(\S+?)(?:为|是|达到|达|等于)?")
_CONDITION = re.compile(r"的|以|者|时|及|至|到|-|~|得满|[+*/=(]")
_LEAST_NAME = 3  # signs; shorter ones are words of everyday speech


def prose_statements(report: Report, found: tuple[Claim, ...], names: Names) -> tuple[Statement, ...]:
    """The statements of a report about values, points, the total and the grade, in its order."""
    made = [
        *_values(report, found, names),
        *_stated_rates(report, names),
        *_points(report, names),
        *_grades(report, names),
    ]
    seen: dict[tuple[str, str], Statement] = {}
    for one in sorted(made, key=lambda one: one.span.start):
        seen.setdefault((one.kind, one.name), one)
    return tuple(seen.values())


def _values(report: Report, found: tuple[Claim, ...], names: Names) -> Iterator[Statement]:
    """Results of calculations that bear the name of an indicator or a formula."""
    for claim in found:
        target = names.value(claim.name) if claim.finder == "formula" and claim.name else None
        if isinstance(target, Target) and not claim.printed.hedged:
            name = target.node.name if target.node is not None else claim.name
            yield Statement("value", name, claim.printed.text, report.source, claim.printed.span)


def _stated_rates(report: Report, names: Names) -> Iterator[Statement]:
    """``预算完成率为96.14%``: a rate right behind the name of an indicator or formula, and no other words before it."""
    for passage in report.passages:
        text = passage.sentence.text
        for one in passage.quantities:
            found = _NAMED.fullmatch(_clause(passage, one)) if one.rate and not one.hedged else None
            name = found.group(1) if found is not None else ""
            if len(name) < _LEAST_NAME or _CONDITION.match(text, one.end):
                continue
            target = names.value(name)
            if isinstance(target, Target) and target.node is not None:
                yield Statement("value", target.node.name, one.text, report.source, one.span)


def _points(report: Report, names: Names) -> Iterator[Statement]:
    leaves = {header_key(node.name): node for node in names.nodes if not node.parts}
    twice = {key for key in leaves if sum(header_key(n.name) == key and not n.parts for n in names.nodes) > 1}
    leaves = {key: node for key, node in leaves.items() if key not in twice and len(key) >= _LEAST_NAME}
    sections = {header_key(node.name): node for node in names.nodes if node.parts and len(node.path) == 1}
    paragraph, heard = -1, ""
    for passage in report.passages:
        if passage.sentence.paragraph != paragraph:
            paragraph, heard = passage.sentence.paragraph, ""
        at = 0
        for index, one in enumerate(passage.quantities):
            heard += passage.sentence.text[at : one.start]
            at = one.end
            if one.unit != "分" or one.hedged or passage.sentence.text[one.end : one.end + 1] in ("/", "*", "+", "-"):
                continue
            statement = _statement(passage, index, one, heard, leaves, sections, report)
            if statement is not None:
                yield statement
                if statement.kind == "points":
                    heard = "" if not _LOST.search(_clause(passage, one)) else heard
        heard += passage.sentence.text[at:]


def _clause(passage: Passage, one: Quantity) -> str:
    found = _CLAUSE.search(passage.sentence.text[max(0, one.start - 40) : one.start])
    return found.group() if found else ""


def _statement(
    passage: Passage,
    index: int,
    one: Quantity,
    heard: str,
    leaves: dict[str, ir.Node],
    sections: dict[str, ir.Node],
    report: Report,
) -> Statement | None:
    clause = _clause(passage, one)
    tail = heard[-40:]
    if _RULE.search(clause.rpartition("标准")[2]):  # 根据评分标准该项得分5分 is no rule
        return None
    text = number_text(one.value)
    if _TOTAL.search(tail):
        return Statement("total", "总分", text, report.source, one.span)
    for key, node in sections.items():
        lead = header_key(clause)
        if lead.startswith(key) and _PART.fullmatch(lead[len(key) :]):
            return Statement("points", "/".join(node.path), text, report.source, one.span)
    lost = _LOST.search(tail)
    if not lost and not _GOT.search(tail):
        return None
    leaf = _spoken_of(heard, leaves)
    if leaf is None:
        return None
    if lost:
        most = points_of(leaf.max)
        if most is None or one.value > most:
            return None
        return Statement("points", leaf.name, number_text(most - one.value), report.source, one.span)
    return Statement("points", leaf.name, text, report.source, one.span)


def _spoken_of(heard: str, leaves: dict[str, ir.Node]) -> ir.Node | None:
    """The one indicator that is named; of names inside one another the longest."""
    key = header_key(heard[-600:])
    named = [name for name in leaves if name in key]
    named = [name for name in named if not any(name != other and name in other for other in named)]
    if len(named) == 1:
        return leaves[named[0]]
    opening = [name for name in named if re.search(rf"{re.escape(name)}(?:[:=为]|\d{{0,3}}%)", key)]
    return leaves[opening[0]] if len(opening) == 1 else None


def _grades(report: Report, names: Names) -> Iterator[Statement]:
    grade = names.definitions.get(names.program.grade or "")
    if grade is None or not isinstance(grade.type, Labels):
        return
    options = "|".join(re.escape(o) for o in sorted(grade.type.options, key=len, reverse=True))
    for match in re.finditer(_GRADE.format(options=options), fold(report.source.text)):
        yield Statement("grade", "等次", match.group(1), report.source, Span(match.start(1), match.end(1)))
