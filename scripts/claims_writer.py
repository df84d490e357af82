"""Writes the part ``自报`` of a fact file as a report would have it, and plants one error in it."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs

from rubriclang.audit.quantities import decimal_text
from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.scoring import run_program
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.rounding import RoundMode, round_to
from rubriclang.ir.types import Labels, Number
from rubriclang.ir.values import Value

ROOT = "总分"


@attrs.define
class Line:
    """One statement: its part, its name, its figure, and (where an error made it wrong) the classes that fit it."""

    part: str
    name: str
    text: str
    node: ir.Node | None = None
    definition: ir.Definition | None = None
    exact: Fraction | None = None
    expected: frozenset[str] | None = None
    consequence: bool = False


@attrs.frozen
class Claims:
    """A written part with the class of what was planted; None where nothing fits."""

    lines: list[Line]
    planted: str | None

    def text(self) -> str:
        """The YAML; statement number n stands in the line that ``place`` gives."""
        return "自报:\n" + "".join(f"{self._row(line)}\n" for line in self.lines)

    @staticmethod
    def _row(line: Line) -> str:
        name, text = json.dumps(line.name, ensure_ascii=False), json.dumps(line.text, ensure_ascii=False)
        return f"  {line.part}: {text}" if line.part in (ROOT, "等次") else f"  {line.part}: {{{name}: {text}}}"


def printed(value: Fraction, kind: Number, mode: RoundMode = "half up") -> str:
    """A figure as a report prints it: two decimals at most, rates with two and a percent sign."""
    if kind.style == "percent":
        return decimal_text(round_to(value * 100, Fraction(1, 100), mode), 2) + "%"
    decimals = 0 if value.denominator == 1 else 1 if (value * 10).denominator == 1 else 2
    unit = kind.unit.name if kind.unit.dimensions else ""
    return decimal_text(round_to(value, Fraction(1, 10**decimals), mode), decimals) + unit


class ClaimsWriter:
    """Writes what a unit would claim of itself."""

    def __init__(self, program: ir.Program, facts: FactSet, random_: random.Random) -> None:
        self.program, self.facts, self.random = program, facts, random_
        self.run: Evaluation = run_program(program, facts)
        self.definitions = {d.id: d for d in program.definitions}

    def lines(self) -> list[Line]:
        """All right statements, one a line."""
        found = [*self._values(), *self._points()]
        root = self.run.values[self.program.root.points]
        if isinstance(root, Fraction):
            kind = self.definitions[self.program.root.points].type
            assert isinstance(kind, Number)
            found.append(Line(ROOT, ROOT, printed(root, kind), self.program.root, exact=root))
            grade = self.run.values.get(self.program.grade) if self.program.grade else None
            if isinstance(grade, str) and self.program.grade:
                found.append(Line("等次", "等次", grade, definition=self.definitions[self.program.grade]))
        return found

    def _values(self) -> Iterator[Line]:
        owners = {node.value: node for node in self.program.root.leaves() if node.value}
        named = Counter(d.owner for d in self.program.definitions if d.name is not None and d.level is None)
        alone = {node.path: node for node in self.program.root.leaves() if not node.value and named[node.path] == 1}
        for definition in self.program.definitions:
            value = self.run.values[definition.id]
            if definition.name is None or definition.level is not None or definition.id == self.program.grade:
                continue
            if not isinstance(value, Fraction) or isinstance(value, bool) or not isinstance(definition.type, Number):
                continue
            name = f"{'/'.join(definition.owner)}.{definition.name}".lstrip(".")
            text = printed(value, definition.type)
            if abs(value) < 10**12 and (value == 0 or any(sign in "123456789" for sign in text)):
                yield Line(
                    "数值", name, text, owners.get(definition.id) or alone.get(definition.owner), definition, value
                )

    def _points(self) -> Iterator[Line]:
        for node in self.program.root.walk():
            value = self.run.values[node.points]
            if node.path and isinstance(value, Fraction) and not isinstance(value, bool):
                kind = self.definitions[node.points].type
                if isinstance(kind, Number):
                    yield Line("得分", "/".join(node.path), printed(value, kind), node, exact=value)

    # -- planting

    def written(self, error: str | None) -> Claims:
        """A part with one error of a class planted, or the right one where that class cannot occur here."""
        lines = self.lines()
        if error is None:
            return Claims(lines, None)
        plant: Callable[[list[Line]], bool] = getattr(self, "_" + error.replace("-", "_"))
        return Claims(lines, error if plant(lines) else None)

    def _pick(self, lines: list[Line]) -> Iterator[Line]:
        yield from self.random.sample(lines, len(lines))

    def _rewritten(self, lines: list[Line], change: Callable[[str], str | None], classes: set[str]) -> bool:
        for line in self._pick([one for one in lines if one.part == "数值" and one.exact]):
            new = change(line.text)
            if new is not None and new != line.text:
                line.text, line.expected = new, frozenset(classes)
                self._follow_value(lines, line)
                return True
        return False

    def _digit_slip(self, lines: list[Line]) -> bool:
        def change(text: str) -> str | None:
            places = [i for i, sign in enumerate(text) if sign.isdigit()]
            if len(places) < 3:
                return None
            at = self.random.choice(places[:-1])
            new = self.random.choice([d for d in "123456789" if d != text[at]])
            return text[:at] + new + text[at + 1 :]

        return self._rewritten(lines, change, {"digit-slip"})

    def _transposition(self, lines: list[Line]) -> bool:
        def change(text: str) -> str | None:
            pairs = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
            pairs = [i for i in pairs if not (i == 0 and text[1] == "0")]
            if not pairs:
                return None
            i = self.random.choice(pairs)
            return text[:i] + text[i + 1] + text[i] + text[i + 2 :]

        return self._rewritten(lines, change, {"transposition"})

    def _ratio_as_percent(self, lines: list[Line]) -> bool:
        rates = [one for one in lines if one.text.endswith("%") and one.exact and one.exact > Fraction(2, 10)]
        for line in self._pick(rates):
            assert line.exact is not None
            line.text = decimal_text(line.exact, 2) + "%"
            line.expected = frozenset({"ratio-as-percent"})
            self._follow_value(lines, line)
            return True
        return False

    def _truncated(self, lines: list[Line]) -> bool:
        def telling(line: Line) -> bool:
            kind = line.definition.type if line.definition else None
            if line.exact is None or not isinstance(kind, Number) or kind.style != "percent":
                return False
            return printed(line.exact, kind, "down") != line.text and not line.text.startswith("100.00")

        rates = [one for one in lines if one.part == "数值" and telling(one)]
        if len(rates) < 2:  # another one must show that the report rounds
            return False
        line = self.random.choice(rates)
        assert line.exact is not None and line.definition is not None and isinstance(line.definition.type, Number)
        line.text, line.expected = printed(line.exact, line.definition.type, "down"), frozenset({"truncated"})
        return not line.text.startswith("0.00")

    def _all_cut(self, lines: list[Line]) -> bool:
        """A report that cuts every rate: its habit, and no error."""
        cut = 0
        for line in lines:
            kind = line.definition.type if line.definition is not None else None
            if line.exact is not None and isinstance(kind, Number) and kind.style == "percent":
                text = printed(line.exact, kind, "down")
                if text.strip("-%0.") and text != "100.00%":
                    cut += text != line.text
                    line.text = text
        return cut > 0

    def _wrong_band(self, lines: list[Line]) -> bool:
        for line, _, points in self._elsewhere(lines):
            self._give(lines, line, points, {"wrong-band"})
            return True
        return False

    def _contradiction(self, lines: list[Line]) -> bool:
        """The value claimed is one of another band, the points are right."""
        for line, number, points in self._elsewhere(lines):
            value = next((one for one in lines if one.part == "数值" and one.node is line.node), None)
            if value is None or value.definition is None or not isinstance(value.definition.type, Number):
                continue
            text = printed(number, value.definition.type)
            shown = (
                Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1) if text[-1] in "%0123456789" else None
            )
            if shown != number or text == value.text or abs(points - (line.exact or 0)) < Fraction(1, 10):
                continue
            value.text, value.consequence = text, True
            line.expected = frozenset({"contradiction"})
            return True
        return False

    def _wrong_points(self, lines: list[Line]) -> bool:
        """The value claimed is one of another band, and so are the points."""
        for line, number, points in self._elsewhere(lines):
            value = next((one for one in lines if one.part == "数值" and one.node is line.node), None)
            if value is None or value.definition is None or not isinstance(value.definition.type, Number):
                continue
            text = printed(number, value.definition.type)
            if text != value.text and text[-1] == "%" and Fraction(text[:-1]) / 100 == number:
                value.text, value.consequence = text, True
                self._give(lines, line, points, {"wrong-points"})
                return True
        return False

    def _judged_otherwise(self, lines: list[Line]) -> bool:
        judged = [one for one in lines if one.part == "得分" and one.node and one.node.judged and not one.node.parts]
        for line in self._pick(judged):
            assert line.node is not None and line.exact is not None
            if line.node.value is None and f"{'/'.join(line.node.path)}" in self.facts.judged:
                self._give(lines, line, line.exact + self.random.choice([1, -1]), {"contradiction"})
                return True
        return False

    def _wrong_sum(self, lines: list[Line]) -> bool:
        sums = [one for one in lines if one.node is not None and one.node.parts and one.part in ("得分", ROOT)]
        for line in self._pick(sums):
            assert line.exact is not None and line.node is not None
            below = [one for one in lines if one.part == "得分" and one.node in set(line.node.leaves())]
            if len(below) != sum(1 for _ in line.node.leaves()):
                continue
            step = Fraction(self.random.choice(["1", "-1", "2", "10", "1/2"]))
            kind = self.definitions[line.node.points].type
            assert isinstance(kind, Number)
            line.text, line.expected = printed(line.exact + step, kind), frozenset({"wrong-sum"})
            for one in lines:  # what was added up from the wrong sum, or its grade, is another matter
                up = one.node is not None and one.node.parts and one.node.path == line.node.path[: len(one.node.path)]
                one.consequence = one is not line and (bool(up) or one.part == "等次")
            return True
        return False

    def _wrong_grade(self, lines: list[Line]) -> bool:
        for line in lines:
            if line.part == "等次" and line.definition and isinstance(line.definition.type, Labels):
                line.text = self.random.choice([o for o in line.definition.type.options if o != line.text])
                line.expected = frozenset({"wrong-band"})
                return True
        return False

    def _not_checkable(self, lines: list[Line]) -> bool:
        for line in self._pick([one for one in lines if one.part == "得分" and one.node and not one.node.parts]):
            line.name, line.expected = line.name + "情况", frozenset({"not-checkable"})
            return True
        return False

    # -- what an error brings with it

    def _elsewhere(self, lines: list[Line]) -> Iterator[tuple[Line, Fraction, Fraction]]:
        """Indicators with values that two or more other values share the points of: a band that does not apply."""
        for line in self._pick([one for one in lines if one.part == "得分" and one.node and not one.node.parts]):
            node = line.node
            definition = self.definitions.get(node.value) if node is not None and node.value else None
            if node is None or definition is None or not isinstance(definition.type, Number):
                continue
            if not isinstance(self.run.values[definition.id], Fraction):
                continue
            rate = definition.type.style == "percent"
            numbers = [Fraction(self.random.randint(0, 1500), 1000 if rate else 10) for _ in range(30)]
            groups: dict[Fraction, list[Fraction]] = {}
            for number in numbers:
                got = self._points_at(node, {definition.id: number})
                if got is not None and got != line.exact and (got * 100).denominator == 1:
                    groups.setdefault(got, []).append(number)
            shared = [(points, members) for points, members in groups.items() if len(set(members)) > 1]
            if shared:
                points, members = self.random.choice(shared)
                yield line, self.random.choice(members), points

    def _points_at(self, node: ir.Node, imposed: dict[str, Value]) -> Fraction | None:
        value = run_program(self.program, self.facts, imposed=imposed).values[node.points]
        return value if isinstance(value, Fraction) else None

    def _give(self, lines: list[Line], line: Line, points: Fraction, classes: set[str]) -> None:
        """Other points for an indicator; the sections, the total and the grade are added up from them."""
        assert line.node is not None
        kind = self.definitions[line.node.points].type
        assert isinstance(kind, Number)
        line.text, line.expected = printed(points, kind), frozenset(classes)
        after = run_program(self.program, self.facts, imposed={line.node.points: points}).values
        for one in lines:
            if one.node is not None and one.node.parts and one.part in ("得分", ROOT):
                value = after[one.node.points]
                if isinstance(value, Fraction) and value != one.exact:
                    kind = self.definitions[one.node.points].type
                    assert isinstance(kind, Number)
                    one.text, one.consequence = printed(value, kind), True
            elif one.part == "等次" and one.definition is not None:
                grade = after[one.definition.id]
                if isinstance(grade, str) and grade != one.text:
                    one.text, one.consequence = grade, True

    @staticmethod
    def _follow_value(lines: list[Line], line: Line) -> None:
        """Points that no longer go with a wrong value may be called a contradiction."""
        for one in lines:
            if one.part == "得分" and line.node is not None and one.node is line.node:
                one.consequence = True
