"""Gives the words of a fact file the meaning a rubric declares: typed values, judged points, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.diagnostics.suggest import closest
from rubriclang.facts import errors
from rubriclang.facts.document import Document, Fields, Items, Raw, Scalar, from_python
from rubriclang.facts.scalars import Fault, joinable, read_value
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import header_key
from rubriclang.ir.types import TRUTH, Labels, Number
from rubriclang.ir.units import Unit
from rubriclang.ir.values import Cause, Reason, Value
from rubriclang.source import Source, Span, Workbook

_PARTS = {
    "单位": "unit",
    "unit": "unit",
    "数据": "facts",
    "facts": "facts",
    "评定": "judged",
    "judged": "judged",
    "自报": "claims",
    "claims": "claims",
    "应得": "expected",
    "expected": "expected",
    "各单位": "units",
    "units": "units",
    "填报表版本": "stamp",
    "template version": "stamp",
}
_VALUE_KEYS = ("数值", "值", "value")
_NOTE_KEYS = ("来源", "备注", "source", "note", "单位", "unit")
_POINTS_KEYS = ("得分", "points")
_TICK_KEYS = ("清单", "ticks")
_BY_KEYS = ("评定人", "依据", "备注", "by", "evidence", "note")


@attrs.frozen
class Schema:
    """What a rubric asks for: its facts, and its judged items with the ticks of their checklists."""

    facts: Mapping[str, ir.Fact]
    judged: Mapping[str, ir.Judge]
    units: Mapping[str, Unit] = attrs.field(factory=dict)
    lists: Mapping[str, ir.ListFact] = attrs.field(factory=dict)


def schema_of(program: ir.Program) -> Schema:
    """The schema of a program."""
    judged: dict[str, ir.Judge] = {}
    for definition in program.definitions:
        for node in ir.walk(definition.expr):
            if isinstance(node, ir.Judge) and node.given is None:
                judged.setdefault(node.item, node)
    lists = {listed.name: listed for listed in program.lists}
    return Schema({fact.name: fact for fact in program.facts}, judged, dict(program.units), lists)


@attrs.frozen
class FactSet:
    """The facts of one unit, typed: values (or reasons) by name, judged points by item, and where each stands.

    ``lists`` holds the rows of list facts; ``others`` the other units of the population.
    """

    unit: str | None
    values: Mapping[str, Value]
    judged: Mapping[str, Value]
    places: Mapping[str, tuple[Source, Span]]
    notes: Mapping[str, Mapping[str, str]]
    diagnostics: tuple[Diagnostic, ...] = ()
    lists: Mapping[str, tuple[Mapping[str, Value], ...]] = attrs.field(factory=dict)
    others: tuple[FactSet, ...] = ()


def _by_key(facts: Iterable[ir.Fact]) -> dict[str, ir.Fact]:
    return {header_key(name): fact for fact in facts for name in (*fact.aliases, fact.name)}


class _Binder:
    def __init__(self, schema: Schema, document: Document, allow_float: bool) -> None:
        self.schema = schema
        self.source = document.source
        self.allow_float = allow_float
        self.diagnostics = list(document.diagnostics)
        self.values: dict[str, Value] = {}
        self.judged: dict[str, Value] = {}
        self.places: dict[str, tuple[Source, Span]] = {}
        self.notes: dict[str, dict[str, str]] = {}
        self.unit: str | None = None
        self.by_key = _by_key(schema.facts.values())
        self.seen: dict[str, Span | None] = {}
        self.prefix = ""
        self.lists: dict[str, tuple[Mapping[str, Value], ...]] = {}
        self.others: list[FactSet] = []

    def report(self, kind: Kind, span: Span | None, **params: str) -> None:
        self.diagnostics.append(Diagnostic(kind, self.source, span, params))

    # -- the parts of a file

    def bind(self, root: Fields) -> FactSet:
        parts = any(
            _PARTS.get(key.text.strip()) in ("facts", "judged", "claims") and isinstance(value, Fields)
            for key, value in root.items
        )
        if not parts:
            self._facts(root)
        else:
            for key, value in root.items:
                part = _PARTS.get(key.text.strip())
                if part == "unit" and isinstance(value, Scalar):
                    self.unit = value.text.strip() or None
                elif part == "facts" and isinstance(value, Fields):
                    self._facts(value)
                elif part == "judged" and isinstance(value, Fields):
                    for name, given in value.items:
                        self._judged(name, given)
                elif part == "units":
                    self._population(value)
                elif part == "stamp":
                    self._version(key, value)
                elif part not in ("claims", "expected") and not (isinstance(value, Scalar) and value.blank):
                    self.report(errors.UNKNOWN_PART, key.span, name=key.text)
        others = tuple(o for o in self.others if o.unit is None or o.unit != self.unit)
        return FactSet(
            self.unit,
            self.values,
            self.judged,
            self.places,
            self.notes,
            tuple(self.diagnostics),
            self.lists,
            others,
        )

    def _version(self, key: Scalar, value: Raw) -> None:
        """A sheet made from another version of the rubric may ask for other things."""
        from rubriclang.facts.sheets import errors as sheet_errors, stamp

        version = value.text.strip() if isinstance(value, Scalar) else ""
        schema = self.schema
        now = stamp.asked(schema.facts.values(), schema.lists.values(), schema.judged)
        warning = stamp.compared(now, version, None)
        if warning is not None:
            self.report(sheet_errors.OTHER_VERSION, key.span, **warning)

    def _population(self, value: Raw) -> None:
        """``各单位``: a list of units, or a mapping from their names to their facts; each like a file of its own."""
        if isinstance(value, Items):
            members: list[tuple[Scalar | None, Raw]] = [(None, item) for item in value.items]
        elif isinstance(value, Fields):
            members = [(key, item) for key, item in value.items]
        else:
            members = []
        for key, item in members:
            if not isinstance(item, Fields):
                params = {"found": "一个值", "found_en": "a value"}
                self.report(errors.NOT_A_MAPPING, item.span, **params)
                continue
            inner = _Binder(self.schema, Document(item, self.source), self.allow_float)
            bound = inner.bind(item)
            if bound.unit is None and key is not None:
                bound = attrs.evolve(bound, unit=key.text.strip())
            self.diagnostics += bound.diagnostics
            self.others.append(bound)

    def _rows(self, listed: ir.ListFact, key: Scalar, value: Raw) -> None:
        """The rows of a list fact: a list of mappings from column names to values."""
        if isinstance(value, Scalar) and value.blank:
            return  # not filled in; no rows at all are written []
        if not isinstance(value, Items):
            params = {"name": listed.name, "text": "一个值", "text_en": "a value"}
            expected = {"expected": "若干行", "expected_en": "a list of rows", "suggestion": "每行写成“- {列: 值}”"}
            self.report(
                errors.WRONG_FACT_TYPE, key.span, **params, **expected, suggestion_en="write '- {column: value}'"
            )
            return
        rows: list[Mapping[str, Value]] = []
        outer = (self.values, self.seen, self.by_key, self.prefix)
        for i, item in enumerate(value.items):
            self.values, self.seen, self.by_key = {}, {}, _by_key(listed.columns)
            self.prefix = f"{listed.name}[{i + 1}]."
            if isinstance(item, Fields):
                self._facts(item)
            else:
                self.report(errors.NOT_A_MAPPING, item.span, found="一个值", found_en="a value")
            rows.append(self.values)
        self.values, self.seen, self.by_key, self.prefix = outer
        self.lists[listed.name] = tuple(rows)

    def _facts(self, fields: Fields) -> None:
        for key, value in fields.items:
            name = key.text.strip()
            if not self.prefix and name in self.schema.lists:
                self._rows(self.schema.lists[name], key, value)
                continue
            fact = self.by_key.get(header_key(name))
            bracket = re.match(r"(.*?)\s*[(（]([^()（）]+)[)）]$", name)
            unit = ""
            if fact is None and bracket:  # 年初预算（万元）
                fact = self.by_key.get(header_key(bracket.group(1)))
                unit = bracket.group(2)
            if fact is None:
                if _PARTS.get(name) == "unit" and isinstance(value, Scalar):
                    self.unit = value.text.strip() or None
                    continue
                near = closest(name, [*(f.name for f in self.by_key.values()), *self.schema.lists])
                self.report(
                    errors.UNKNOWN_FACT,
                    key.span,
                    name=name,
                    suggestion=f"是不是“{near}”？" if near else "检查名称，或从数据里删掉",
                    suggestion_en=f"did you mean '{near}'?" if near else "check the name or remove it",
                )
                continue
            self._fact(fact, key, value, unit)

    def _fact(self, fact: ir.Fact, key: Scalar, value: Raw, unit: str) -> None:
        if fact.name in self.seen:
            other = self.seen[fact.name]
            line = str(self.source.position(other.start).line) if self.source and other else "?"
            self.report(errors.DUPLICATE_FACT, key.span, name=fact.name, line=line)
            self.values[fact.name] = _unusable(fact)
            return
        self.seen[fact.name] = key.span
        scalar, notes = self._unpacked(value)
        if isinstance(value, Fields) and self._stray(fact.name, value, (*_VALUE_KEYS, *_NOTE_KEYS)):
            self.values[fact.name] = _unusable(fact)
            return
        if notes:
            self.notes[fact.name] = notes
        if self.source is not None and (scalar or key).span is not None:
            self.places[self.prefix + fact.name] = (
                self.source,
                (scalar.span if scalar and scalar.span else key.span) or Span(0, 0),
            )
        if scalar is None:
            params = {"name": fact.name, "text": "一个结构", "text_en": "a structure", "expected": "一个值"}
            self.report(errors.WRONG_FACT_TYPE, key.span, **params, expected_en="a value", suggestion="")
            self.values[fact.name] = _unusable(fact)
            return
        if scalar.blank:
            return
        if scalar.fault is not None:
            self.report(scalar.fault, scalar.span, name=fact.name, text=scalar.text[:60])
            self.values[fact.name] = _unusable(fact)
            return
        unit = unit or notes.get("单位") or notes.get("unit") or ""
        if unit and isinstance(fact.type, Number) and scalar.exact is None and joinable(scalar, unit):
            scalar = attrs.evolve(scalar, text=scalar.text.strip() + unit)
        result = read_value(scalar, fact.type, dict(self.schema.units), self.allow_float)
        if isinstance(result, Fault):
            self._fault(fact, scalar, result)
            self.values[fact.name] = _unusable(fact)
        else:
            self.values[fact.name] = result

    def _stray(self, name: str, given: Fields, known: tuple[str, ...]) -> bool:
        """Whether something stands beside a value that nothing would read; reported, for it may be half of a number."""
        for key, _ in given.items:
            if key.text not in known:
                params = {"text": key.text, "expected": "、".join(k for k in known if not k.isascii())}
                params |= {"expected_en": ", ".join(k for k in known if k.isascii())}
                params |= {"suggestion": "带逗号的数写在引号里，例如 '1,521.39'"}
                params |= {"suggestion_en": "put a number with commas in quotes, as in '1,521.39'"}
                self.report(errors.WRONG_FACT_TYPE, key.span, name=name, **params)
                return True
        return False

    @staticmethod
    def _unpacked(value: Raw) -> tuple[Scalar | None, dict[str, str]]:
        """The scalar of a value, plain or as ``{数值, 来源, 备注}``, and the notes beside it."""
        if isinstance(value, Scalar):
            return value, {}
        if isinstance(value, Fields):
            found = next((v for k, v in value.items if k.text in _VALUE_KEYS), None)
            notes = {k.text: v.text for k, v in value.items if isinstance(v, Scalar) and k.text in _NOTE_KEYS}
            if found is None and any(k.text in _NOTE_KEYS for k, _ in value.items):
                return Scalar("", span=value.span), notes
            return (found if isinstance(found, Scalar) else None), notes
        return None, {}

    def _fault(self, fact: ir.Fact, scalar: Scalar, fault: Fault) -> None:
        kinds = {
            "unit": errors.WRONG_UNIT,
            "bare rate": errors.BARE_RATE,
            "type": errors.WRONG_FACT_TYPE,
            "label": errors.WRONG_FACT_TYPE,
            "float": errors.BINARY_FLOAT,
            "digits": errors.TOO_LARGE,
        }
        params = {"name": fact.name, **fault.params}
        if fault.kind == "unit" and isinstance(fact.type, Number):
            params["unit"] = fact.type.unit.name or ("百分数" if fact.type.style == "percent" else "不带单位的数")
            params["unit_en"] = fact.type.unit.name or "a plain number"
        elif fault.kind == "label" and isinstance(fact.type, Labels):
            near = closest(scalar.text.strip(), list(fact.type.options))
            options = params.pop("options")
            params |= {
                "expected": f"其中之一：{options}",
                "expected_en": f"one of {options}",
                "suggestion": f"是不是“{near}”？" if near else "",
                "suggestion_en": f"did you mean '{near}'?" if near else "",
            }
        elif fault.kind == "digits":
            params |= {"what": f"“{fact.name}”的位数", "what_en": f"the digits of '{fact.name}'"}
        self.report(kinds[fault.kind], scalar.span, **params)

    # -- 评定

    def _judged(self, name: Scalar, given: Raw) -> None:
        item = self._item(name)
        if item is None:
            return
        judge = self.schema.judged[item]
        short = item.rpartition("/")[2]
        earlier = self.places.get(f"评定 {item}")
        if self.source is not None and name.span is not None:
            cell = given.span if isinstance(self.source, Workbook) else None  # a cell is the place of its value
            self.places[f"评定 {item}"] = (self.source, cell or name.span)
        notes: dict[str, str] = {}
        if isinstance(given, Fields) and any(k.text in (*_POINTS_KEYS, *_TICK_KEYS, *_BY_KEYS) for k, _ in given.items):
            notes = {k.text: v.text for k, v in given.items if isinstance(v, Scalar) and k.text in _BY_KEYS}
            chosen = [v for k, v in given.items if k.text in (*_POINTS_KEYS, *_TICK_KEYS)]
            if self._stray(short, given, (*_POINTS_KEYS, *_TICK_KEYS, *_BY_KEYS)):
                self.judged[item] = Reason("undefined", (Cause("judgement unusable", item),))
                return
            if notes:
                self.notes[f"评定 {item}"] = notes
            if not chosen:
                return
            given = chosen[0]
        if item in self.judged:
            line = "?" if earlier is None else str(earlier[0].position(earlier[1].start).line)
            self.report(errors.DUPLICATE_FACT, name.span, name=short, line=line)
            return
        points = self._points(judge, short, name, given)
        if points is not None:
            self.judged[item] = points

    def _points(self, judge: ir.Judge, short: str, name: Scalar, given: Raw) -> Value | None:
        if isinstance(given, Scalar):
            if given.blank:
                return None
            if given.fault is not None:
                self.report(given.fault, given.span or name.span, name=short, text=given.text[:60])
                return Reason("undefined", (Cause("judgement unusable", judge.item),))
            result = read_value(given, Number(style="points"), {}, self.allow_float)
            if not isinstance(result, Fault):
                return result
            params = {"name": short, "text": given.text[:60], "expected": "得分", "expected_en": "points"}
            kind = errors.BINARY_FLOAT if result.kind == "float" else errors.WRONG_FACT_TYPE
            self.report(kind, given.span or name.span, **params, suggestion="填数字", suggestion_en="a number")
            return Reason("undefined", (Cause("judgement unusable", judge.item),))
        ticks = self._ticks(judge, short, name, given)
        if ticks is None:
            return Reason("undefined", (Cause("judgement unusable", judge.item),))
        if any(tick is None for tick in ticks):
            return None
        amounts = [amount for _, amount in judge.choices if isinstance(amount, Fraction)]
        return sum((a for a, ticked in zip(amounts, ticks, strict=True) if ticked), Fraction(0))

    def _ticks(self, judge: ir.Judge, short: str, name: Scalar, given: Items | Fields) -> list[bool | None] | None:
        """True, False or None (blank) for each item of the checklist; None when they do not fit it (reported)."""
        if isinstance(given, Items):
            if len(given.items) != len(judge.choices):
                expected, found = str(len(judge.choices)), str(len(given.items))
                self.report(errors.WRONG_TICKS, name.span, name=short, expected=expected, found=found)
                return None
            return [self._tick(short, raw, name) for raw in given.items]
        ticks: list[bool | None] = [None] * len(judge.choices)
        texts = [header_key(text) for text, _ in judge.choices]
        for key, raw in given.items:
            wanted = header_key(key.text)
            at = next((i for i, text in enumerate(texts) if text == wanted), None)
            if at is None:
                near = [i for i, text in enumerate(texts) if wanted and text.startswith(wanted)]
                at = near[0] if len(near) == 1 else None
            if at is None:
                guess = closest(key.text, [text for text, _ in judge.choices])
                self.report(
                    errors.UNKNOWN_TICK,
                    key.span,
                    name=short,
                    text=key.text,
                    suggestion=f"是不是“{guess}”？" if guess else "",
                    suggestion_en=f"did you mean '{guess}'?" if guess else "",
                )
                return None
            ticks[at] = self._tick(short, raw, key)
        return ticks

    def _tick(self, short: str, raw: Raw, name: Scalar) -> bool | None:
        if not isinstance(raw, Scalar) or raw.blank:
            return None
        if raw.fault is not None:
            self.report(raw.fault, raw.span or name.span, name=short, text=raw.text[:60])
            return None
        result = read_value(raw, TRUTH, {})
        if isinstance(result, bool):
            return result
        params = {"name": short, "text": raw.text[:60], "expected": "是 或 否", "expected_en": "yes or no"}
        self.report(errors.WRONG_FACT_TYPE, raw.span or name.span, **params, suggestion="")
        return None

    def _item(self, name: Scalar) -> str | None:
        """The judged item a name stands for: its title, or as much of its path as tells it apart."""
        wanted = path_key(name.text)
        found = [item for item in self.schema.judged if f".{path_key(item)}".endswith(f".{wanted}")]
        if len(found) == 1:
            return found[0]
        titles = [item.rpartition("/")[2] for item in self.schema.judged]
        near = closest(name.text.strip(), titles)
        if found:
            example = found[0].replace("/", ".")
            suggestion = (f"不止一个，写全路径，例如 {example}", f"several match; write the path, as in {example}")
        elif near:
            suggestion = (f"是不是“{near}”？", f"did you mean '{near}'?")
        else:
            suggestion = ("检查指标名称；不需要评定的指标不要写", "check the name; computed indicators need no points")
        self.report(
            errors.UNKNOWN_JUDGED, name.span, name=name.text, suggestion=suggestion[0], suggestion_en=suggestion[1]
        )
        return None


def path_key(path: str) -> str:
    """The form in which paths of judged items are compared: titles and formulas parted by dots."""
    return ".".join(header_key(part) for part in re.split(r"[/.．]", path) if part.strip())


def _unusable(fact: ir.Fact) -> Reason:
    return Reason("undefined", (Cause("fact unusable", fact.name, fact.span),))


def is_item(schema: Schema, name: str) -> bool:
    """Whether a name is that of a judged item (and of no fact)."""
    wanted = path_key(name)
    facts = _by_key(schema.facts.values())
    return header_key(name) not in facts and any(f".{path_key(i)}".endswith(f".{wanted}") for i in schema.judged)


def bind(
    schema: Schema, document: Document, judged: Mapping[str, Any] | None = None, allow_float: bool = False
) -> FactSet:
    """The facts of a document under a schema.

    Args:
        schema: what the rubric declares.
        document: a fact file, or Python objects turned into one.
        judged: further judged points by indicator name; they win over those of the document.
        allow_float: take binary floats at their shortest decimal form.
    """
    if document.grids or document.units is not None:
        from rubriclang.facts.sheets.layout import laid_out  # only sheets and lists of units pay for it

        document = laid_out(document, schema)
    root = document.root
    if judged:
        extra = from_python(dict(judged))
        assert isinstance(extra, Fields)
        root = _with_judged(root, extra)
    return _Binder(schema, document, allow_float).bind(root)


def _with_judged(root: Fields, extra: Fields) -> Fields:
    """The document with judged points from the call; a flat document becomes one in parts."""
    parts = any(_PARTS.get(key.text.strip()) in ("facts", "judged", "claims") for key, _ in root.items)
    items = list(root.items) if parts else [(Scalar("数据"), root)]
    names = {header_key(key.text) for key, _ in extra.items}

    def merged(given: Fields) -> Iterator[tuple[Scalar, Raw]]:
        yield from ((key, value) for key, value in given.items if header_key(key.text) not in names)
        yield from extra.items

    for i, (key, value) in enumerate(items):
        if _PARTS.get(key.text.strip()) == "judged" and isinstance(value, Fields):
            items[i] = (key, Fields(tuple(merged(value)), value.span))
            break
    else:
        items.append((Scalar("评定"), extra))
    return Fields(tuple(items), root.span)
