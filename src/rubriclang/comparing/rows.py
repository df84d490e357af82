"""What changed in the rules of an indicator: edges, awards, steps, 否则, overrides, judged ranges."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from fractions import Fraction

import attrs

from rubriclang.comparing.change import Change
from rubriclang.comparing.pairing import Pairs
from rubriclang.comparing.words import Words
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Type
from rubriclang.ir.values import Value

_MODES = {"floor": "整档", "ceiling": "进档", None: "按比例"}
Where = tuple[str, ...]


@attrs.frozen
class Rules:
    """Two versions of rules side by side."""

    pairs: Pairs
    old: Words
    new: Words
    where: Where
    label: bool = False

    def same(self, a: ir.Expr | None, b: ir.Expr | None) -> bool:
        """Whether two expressions are the same but for names."""
        if a is None or b is None:
            return a is b
        return self.pairs.shape(0, a) == self.pairs.shape(1, b)

    def compare(self, a: ir.Expr, b: ir.Expr, zh: str = "计分公式", en: str = "formula") -> Iterator[Change]:
        """The changes from one expression to another."""
        if self.same(a, b):
            return
        match a, b:
            case (ir.Catch(), _) | (_, ir.Catch()):
                yield from self._catch(a, b, zh, en)
            case (ir.Case(), _) | (_, ir.Case()) if _overrides(a) != _overrides(b) and 0 in (
                _overrides(a),
                _overrides(b),
            ):
                yield from self._only(a, b, zh, en)
            case ir.Case(), ir.Case():
                yield from self._rows(a.arms, b.arms)
            case ir.Op(operator="min" | "max", operands=(x, _)), _ if self.same(x, b):
                yield self._change("limit", "封顶或保底", "limit", limits(self.old, a), "没有")
            case _, ir.Op(operator="min" | "max", operands=(y, _)) if self.same(a, y):
                yield self._change("limit", "封顶或保底", "limit", "没有", limits(self.new, b))
            case ir.Ref(target=s), ir.Ref(target=t) if "#" in s and "#" in t and not s.endswith("#得分"):
                return  # a stage that came or went between them is told by itself
            case ir.Judge(), ir.Judge():
                yield from self._judge(a, b)
            case ir.Op(operator=op, operands=(x, c)), ir.Op(operator=op2, operands=(y, d)) if (
                op == op2 and op in ("min", "max") and self.same(x, y)
            ):
                most = op == "min"
                names = ("封顶", "upper limit") if most else ("保底", "lower limit")
                yield self._change("limit", *names, self.old.text(c), self.new.text(d))
            case _:
                yield self._change("formula", zh, en, self.old.text(a), self.new.text(b))

    def _only(self, a: ir.Expr, b: ir.Expr, zh: str, en: str) -> Iterator[Change]:
        """Overrides that only one of both has, and what changed in the rest."""
        gone = _overrides(a) > 0
        case, words = (a, self.old) if gone else (b, self.new)
        assert isinstance(case, ir.Case)
        for arm in case.arms[:-1]:
            text = f"{arm.tag.text} -> {words.text(arm.value)}"
            if gone:
                yield self._change("override removed", "删去一条特别规定", "an override removed", text, None)
            else:
                yield self._change("override added", "增加一条特别规定", "an override added", None, text)
        rest = case.arms[-1].value
        yield from self.compare(rest, b, zh, en) if gone else self.compare(a, rest, zh, en)

    def _change(self, kind: str, zh: str, en: str, before: str | None, after: str | None) -> Change:
        return Change(kind, self.where, zh, en, before, after)

    def _catch(self, a: ir.Expr, b: ir.Expr, zh: str, en: str) -> Iterator[Change]:
        inner = [each.operand if isinstance(each, ir.Catch) else each for each in (a, b)]
        yield from self.compare(inner[0], inner[1], zh, en)
        handlers = [{h.reason: h for h in each.handlers} if isinstance(each, ir.Catch) else {} for each in (a, b)]
        names = {"missing": "缺失", "zero": "分母为零", "left out": "剔除"}
        for reason, name in names.items():
            x, y = handlers[0].get(reason), handlers[1].get(reason)  # type: ignore[call-overload]
            if (x is None) != (y is None) or (x is not None and y is not None and not self.same(x.value, y.value)):
                before = None if x is None else self.old.text(x.value)
                after = None if y is None else self.new.text(y.value)
                yield self._change(
                    "reason", f"“{name}”的规则", f"the rule for {reason}", before or "没有", after or "没有"
                )

    # -- rows

    def _rows(self, a: tuple[ir.Arm, ...], b: tuple[ir.Arm, ...]) -> Iterator[Change]:
        if len(a) == len(b):
            for x, y in zip(a, b, strict=True):
                yield from self._row(x, y)
            return
        left = [self._key(0, arm) for arm in a]
        right = [self._key(1, arm) for arm in b]
        for op, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if op == "equal":
                continue
            both = min(j - i, m - k)
            for x, y in zip(a[i : i + both], b[k : k + both], strict=True):
                yield from self._row(x, y)
            for arm in a[i + both : j]:
                yield self._change("row removed", *self._named(arm, "删去", "removed"), self._arm(self.old, arm), None)
            for arm in b[k + both : m]:
                yield self._change("row added", *self._named(arm, "增加", "added"), None, self._arm(self.new, arm))

    def _key(self, side: int, arm: ir.Arm) -> str:
        test = None if arm.test is None else self.pairs.shape(side, arm.test)
        return repr((test, self.pairs.shape(side, arm.value)))

    @staticmethod
    def _named(arm: ir.Arm, zh: str, en: str) -> tuple[str, str]:
        names = {
            "step": ("一条加减分", "a step rule"),
            "override": ("一条特别规定", "an override"),
            "otherwise": ("否则", "else"),
        }
        what = names.get(arm.tag.role, ("一档", "a band"))
        return f"{zh}{what[0]}", f"{what[1]} {en}"

    def _arm(self, words: Words, arm: ir.Arm) -> str:
        if arm.tag.role in ("step", "override"):
            return arm.tag.text
        return f"{arm.tag.text} -> {self._award(words, arm.value)}"

    def _award(self, words: Words, value: ir.Expr) -> str:
        text = words.text(value)
        return f"{text} 分" if isinstance(value, ir.Const) and text[-1:].isdigit() and not self.label else text

    def _row(self, x: ir.Arm, y: ir.Arm) -> Iterator[Change]:
        if x.tag.role == "step" and y.tag.role == "step":
            yield from self._step(x, y)
            return
        if x.tag.role == "override" and y.tag.role == "override":
            if not (self.same(x.test, y.test) and self.same(x.value, y.value)):
                before, after = (f"{a.tag.text} -> {w.text(a.value)}" for a, w in ((x, self.old), (y, self.new)))
                yield self._change("override", "特别规定", "override", before, after)
            return
        if x.tag.role == "plain" and y.tag.role == "plain":
            yield from self.compare(x.value, y.value)
            return
        tests, values = self.same(x.test, y.test), self.same(x.value, y.value)
        if tests and values:
            return
        if not tests and not values:
            yield self._change("row", "这一档", "the band", self._arm(self.old, x), self._arm(self.new, y))
        elif values:
            award = self._award(self.new, y.value)
            zh, en = (f"“{award}”一档" if self.label else f"得 {award}的一档"), f"the band for {award}"
            yield self._change("edge", zh, en, self._test(self.old, x), self._test(self.new, y))
        elif isinstance(x.value, ir.Judge) and isinstance(y.value, ir.Judge):
            yield from self._judge(x.value, y.value)
        else:
            name = "“否则”" if x.tag.role == "otherwise" else f"“{x.tag.text}”"
            kind = "otherwise" if x.tag.role == "otherwise" else "award"
            before, after = self._award(self.old, x.value), self._award(self.new, y.value)
            yield self._change(kind, f"{name}的得分", f"the award of {name}", before, after)

    def _test(self, words: Words, arm: ir.Arm) -> str:
        test = arm.test
        if isinstance(test, ir.Op) and len(test.operands) == 2 and isinstance(test.operands[1], ir.Const):
            text = words.text(test)
            return text.removeprefix(words.text(test.operands[0])).strip()
        return arm.tag.text if test is not None else "否则"

    # -- steps

    def _step(self, x: ir.Arm, y: ir.Arm) -> Iterator[Change]:
        a, b = parts(x), parts(y)
        if a is None or b is None:
            if not (self.same(x.test, y.test) and self.same(x.value, y.value)):
                yield self._change("step", "加减分规则", "step rule", x.tag.text, y.tag.text)
            return
        said = False
        kinds = [self._subject(words, arm) for words, arm in ((self.old, x), (self.new, y))]
        if not self.same(a.size, b.size):
            sizes = self.old.text(a.size, kinds[0]), self.new.text(b.size, kinds[1])
            yield self._change("step size", "每档的大小", "size of a step", *sizes)
            said = True
        if not self.same(a.amount, b.amount):
            amounts = f"{self.old.text(a.amount)} 分", f"{self.new.text(b.amount)} 分"
            yield self._change("step points", "每档的分", "points of a step", *amounts)
            said = True
        if a.mode != b.mode:
            modes = _MODES.get(a.mode, "其他"), _MODES.get(b.mode, "其他")
            yield self._change("part step", "不满一档怎么算", "what part of a step is worth", *modes)
            said = True
        if not said and not (self.same(x.test, y.test) and self.same(x.value, y.value)):
            before, after = (f"{arm.tag.text}，从 {w.text(arm.value)}" for arm, w in ((x, self.old), (y, self.new)))
            if x.tag.text != y.tag.text:
                before, after = x.tag.text, y.tag.text
            yield self._change("step", "加减分的其他规定", "the rest of the step rule", before, after)

    @staticmethod
    def _subject(words: Words, arm: ir.Arm) -> Type | None:
        names = (node for node in ir.walk(arm.tag.past or arm.value) if isinstance(node, ir.Ref))
        return next((words.type_of(node) for node in names), None)

    def _judge(self, a: ir.Judge, b: ir.Judge) -> Iterator[Change]:
        if self.same(attrs.evolve(a, choices=()), attrs.evolve(b, choices=())) is False:
            yield self._change("judged range", "评分范围", "judged range", self.old.text(a), self.new.text(b))
        old, new = dict(a.choices), dict(b.choices)
        for text in [t for t in old if t not in new]:
            yield self._change("tick removed", "删去一条清单", "checklist item removed", self._tick(old, text), None)
        for text in [t for t in new if t not in old]:
            yield self._change("tick added", "增加一条清单", "checklist item added", None, self._tick(new, text))
        for text in [t for t in old if t in new and old[t] != new[t]]:
            points = f"{self.old.number(old[text])} 分", f"{self.new.number(new[text])} 分"
            yield self._change("tick", f"清单“{text}”的分", f"points of '{text}'", *points)

    def _tick(self, choices: dict[str, Value], text: str) -> str:
        return f"{self.old.number(choices[text])}分 {text}"


def limits(words: Words, expr: ir.Expr) -> str:
    """The limits that a score is held to, from the inner one to the outer."""
    if not (isinstance(expr, ir.Op) and expr.operator in ("min", "max") and len(expr.operands) == 2):
        return ""
    own = f"{'不高于' if expr.operator == 'min' else '不低于'} {words.text(expr.operands[1])} 分"
    inner = limits(words, expr.operands[0])
    return f"{inner}，{own}" if inner else own


def _overrides(expr: ir.Expr) -> int:
    """How many overrides stand before the rest of an expression."""
    if not isinstance(expr, ir.Case) or expr.arms[-1].test is not None:
        return 0
    return sum(arm.tag.role == "override" for arm in expr.arms[:-1])


@attrs.frozen
class StepParts:
    """A step rule taken apart; ``mode`` is how steps are counted (None: pro rata)."""

    size: ir.Expr
    amount: ir.Expr
    mode: str | None


def parts(arm: ir.Arm) -> StepParts | None:
    """The parts of a step rule; None where it has another form."""
    one = ir.Const(Fraction(1))
    count, moved, past = arm.tag.count, arm.tag.moved, arm.tag.past
    if count is None or moved is None or past is None:
        return None
    mode: str | None = None
    if isinstance(count, ir.Round):
        mode, count = count.mode, count.operand
    size = count.operands[1] if isinstance(count, ir.Op) and count.operator == "div" and count != past else one
    if isinstance(moved, ir.Op) and moved.operator == "min":
        moved = moved.operands[0]
    amount = moved.operands[1] if isinstance(moved, ir.Op) and moved.operator == "mul" and moved != past else one
    return StepParts(size, amount, mode)
