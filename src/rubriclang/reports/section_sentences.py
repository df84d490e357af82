"""How sections, the total and the grade came about, where that is more than a sum: 权重, 折算, 分摊, 取位, 否决."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text, percent_text
from rubriclang.ir.values import Value
from rubriclang.reports.cell_formulas import is_plain_sum
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import Lang, in_print

_STAGES = {"取位": ("取位后", "rounded to"), "限额": ("封顶保底后", "limited to")}


def section_sentences(program: ir.Program, run: Evaluation, lang: Lang) -> Iterator[str]:
    """A sentence for each section (the total last) whose score is not just the sum of its parts."""
    for node in [*(n for n in program.root.walk() if n.path and n.parts), program.root]:
        if not node.parts or is_plain_sum(program, node):
            continue
        clauses = list(_clauses(program, node, run, lang))
        if clauses:
            name = node.title if node.path else ("总分" if lang == "zh" else "Total")
            yield name + ("：" if lang == "zh" else ": ") + ("；" if lang == "zh" else "; ").join(clauses) + _end(lang)


def grade_sentence(program: ir.Program, run: Evaluation, lang: Lang) -> str:
    """How the total became the grade, and what lowered it; empty where there is no grade."""
    zh = lang == "zh"
    grade = run.values.get(program.grade or "")
    if not isinstance(grade, str):
        return ""
    total = run.values.get(program.root.points)
    lead = (("总分 " if zh else "total ") + points_text(total)) if isinstance(total, Fraction) else ""
    steps, before = [], None
    for definition in program.definitions:
        if definition.id != program.grade and not definition.id.startswith(f"{program.grade}#"):
            continue
        value = run.values[definition.id]
        tags = [t for t in run.fired.get(definition.id, ()) if t.role != "plain" and t.text]
        if tags and isinstance(value, str):
            rule = "；".join(in_print(t.text) for t in tags)
            if before is None and rule.startswith(("≤", "≥", "<", ">", "=")) and lead:
                steps.append(f"{lead} {rule}，等次“{value}”" if zh else f"{lead} {rule}, grade {value}")
            elif before is None:
                steps.append(f"{lead}，适用“{rule}”，等次“{value}”" if zh else f"{lead}, rule '{rule}', grade {value}")
            elif value != before:
                steps.append(f"{rule}，等次由“{before}”改为“{value}”" if zh else f"{rule}: grade {before} to {value}")
        before = value if isinstance(value, str) else before
    if not steps:
        steps.append(f"等次“{grade}”" if zh else f"grade {grade}")
    return ("；" if zh else "; ").join(step.lstrip("，, ") for step in steps) + _end(lang)


def _clauses(program: ir.Program, node: ir.Node, run: Evaluation, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    owned = {d.id: d for d in program.definitions if d.owner == node.path and d.name is None}
    prefix = "/".join(node.path)
    yield from _spread(program, node, run, zh)
    base = owned.get(f"{prefix}#基础")
    if base is not None:
        yield _base(program, node, base.expr, run, zh)
    before = run.values.get(f"{prefix}#基础")
    for identifier in owned:
        stage = identifier.rpartition("#")[2].rstrip("0123456789")
        value = run.values[identifier]
        tags = [in_print(t.text) for t in run.fired.get(identifier, ()) if t.role == "override"]
        if stage in ("调整", "否决", "得分") and tags and value != before:
            words = "；".join(tags)
            yield f"{words}，改为 {_number(value)} 分" if zh else f"{words}: {_number(value)}"
        elif stage in _STAGES and value != before:
            yield f"{_STAGES[stage][not zh]} {_number(value)}" + (" 分" if zh else "")
        if stage not in ("基础", "不适用", "值"):
            before = value


def _base(program: ir.Program, node: ir.Node, base: ir.Expr, run: Evaluation, zh: bool) -> str:
    """The combination with its figures."""
    value = evaluate_expression(base, run)
    scaled = base.operand if isinstance(base, ir.Catch) else base
    match scaled:
        case ir.Op(operator="div", operands=(ir.Op(operator="mul", operands=(raw, full)), available)) if isinstance(
            base, ir.Catch
        ):
            got, most, left = (evaluate_expression(e, run) for e in (raw, full, available))
            figures = f"{_number(got)} ÷ {_number(left)} × {_number(most)} = {_number(value)}"
            if left == most:
                return f"各项合计 {_number(got)} 分" if zh else f"the parts add up to {_number(got)}"
            if zh:
                return f"可评满分 {_number(left)} 分，实得 {_number(got)} 分，折算 {figures} 分"
            return f"{_number(got)} of {_number(left)} points that apply, renormalised: {figures}"
    parts = [part for part in node.parts if isinstance(run.values.get(part.points), Fraction)]
    if any(isinstance(part.weight, Fraction) for part in parts) and isinstance(value, Fraction):
        terms = " + ".join(_term(part, run) for part in parts)
        return f"{terms} = {_number(value)}" + (" 分" if zh else "")
    rule = _rule(base)
    scores = ("、" if zh else ", ").join(f"{part.title} {_number(run.values[part.points])}" for part in parts)
    if rule is not None and isinstance(value, Fraction):
        word = rule[0] if zh else rule[1]
        return f"{scores}，{word} {_number(value)} 分" if zh else f"{scores}; {word} {_number(value)}"
    if not isinstance(value, Fraction):
        return "还有部分没有得分" if zh else "some parts have no points"
    return f"按标准的汇总规则得 {_number(value)} 分" if zh else f"{_number(value)} by the rule of the rubric"


def _rule(base: ir.Expr) -> tuple[str, str] | None:
    match base:
        case ir.Op(operator="max"):
            return "取最高", "highest"
        case ir.Op(operator="min"):
            return "取最低", "lowest"
        case ir.Op(operator="div", operands=(ir.Op(operator="add"), ir.Const())):
            return "取平均", "mean"
        case ir.Op(operator="add"):
            return "合计", "together"
    return None


def _term(part: ir.Node, run: Evaluation) -> str:
    weight = f" × {percent_text(part.weight)}" if isinstance(part.weight, Fraction) else ""
    return f"{part.title} {_number(run.values[part.points])}{weight}"


def _spread(program: ir.Program, node: ir.Node, run: Evaluation, zh: bool) -> Iterator[str]:
    """What parts that do not apply left to the others (分摊)."""
    known = {d.id for d in program.definitions}
    spreading = [p for p in node.parts if f"{'/'.join(p.path)}#不适用" in known]
    gone = [p for p in spreading if run.values[f"{'/'.join(p.path)}#不适用"] is True]
    rest = len(node.parts) - len(gone)
    if not gone or not rest:
        return
    points = sum((p.max for p in gone if isinstance(p.max, Fraction)), Fraction(0))
    names, share = "、".join(p.title for p in gone), number_text(points / rest)
    if zh:
        yield f"{names}不适用，{number_text(points)} 分由其余 {rest} 项平均分摊，各加 {share} 分满分"
    else:
        yield f"{names} left out; {number_text(points)} points spread over {rest} parts, {share} each"


def _number(value: Value | None) -> str:
    return points_text(value) if isinstance(value, Fraction) else "—"


def _end(lang: Lang) -> str:
    return "。" if lang == "zh" else "."
