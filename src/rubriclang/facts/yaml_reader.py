"""Reads YAML fact files from parser events: no tags, no aliases, no implicit types, bounded depth."""

from __future__ import annotations

from typing import Any

import yaml

from rubriclang.diagnostics import Diagnostic
from rubriclang.facts import errors
from rubriclang.facts.document import MAX_DEPTH, Document, Fields, Items, Raw, Scalar, units_of
from rubriclang.source import Source, Span

SUFFIXES = (".yaml", ".yml")


class _RefusedError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def read(source: Source) -> Document:
    """The document of a YAML text; faults come as diagnostics, with an empty document where nothing is usable."""
    try:
        root = _Builder(source).build()
    except _RefusedError as refused:
        return Document(Fields(()), source, (refused.diagnostic,))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at: int = mark.index if mark is not None else 0
        why = " ".join(str(part) for part in (error.context, error.problem) if part)
        params = {
            "why": "不是合格的 YAML（多半是缩进、引号或冒号的问题）",
            "why_en": f"not valid YAML: {why}",
            "hint": "检查这一行的缩进、引号，冒号后面要空一格",
            "hint_en": "check indentation and quotes; a colon needs a space after it",
        }
        return Document(Fields(()), source, (Diagnostic(errors.UNREADABLE, source, Span(at, at + 1), params),))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        position = getattr(error, "position", 0) or 0
        params = {"why": "文件里有不能显示的字符", "why_en": str(error).splitlines()[0], "hint": ""}
        return Document(
            Fields(()), source, (Diagnostic(errors.UNREADABLE, source, Span(position, position + 1), params),)
        )
    if isinstance(root, Scalar) and root.blank:
        return Document(Fields((), root.span), source)
    units = units_of(root)
    if units is not None:
        return Document(Fields(()), source, units=units)
    if not isinstance(root, Fields):
        found = ("一个列表", "a list") if isinstance(root, Items) else (f"“{root.text[:30]}”", f"'{root.text[:30]}'")
        span = root.span or Span(0, 1)
        params = {"found": found[0], "found_en": found[1]}
        return Document(Fields(()), source, (Diagnostic(errors.NOT_A_MAPPING, source, span, params),))
    return Document(root, source)


def _span(start: Any, end: Any) -> Span:
    return Span(start.start_mark.index, end.end_mark.index)


class _Builder:
    """Builds the document from events, with an explicit stack."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def _refuse(self, kind: Any, event: Any, **params: str) -> _RefusedError:
        span = Span(event.start_mark.index, max(event.end_mark.index, event.start_mark.index + 1))
        return _RefusedError(Diagnostic(kind, self.source, span, params))

    def build(self) -> Raw:
        stack: list[tuple[Any, list[Raw]]] = []
        root: Raw = Scalar("")
        documents = 0
        event: Any
        for event in yaml.parse(self.source.text, Loader=yaml.SafeLoader):
            match event:
                case yaml.AliasEvent():
                    raise self._refuse(errors.YAML_ALIAS, event)
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        params = {"found": "第二份文档（---）", "found_en": "a second document (---)"}
                        raise self._refuse(errors.NOT_A_MAPPING, event, **params)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    if event.anchor:
                        raise self._refuse(errors.YAML_ALIAS, event)
                    if len(stack) >= MAX_DEPTH:
                        params = {"what": "嵌套层数", "what_en": "the nesting", "limit": str(MAX_DEPTH)}
                        raise self._refuse(errors.TOO_LARGE, event, **params)
                    stack.append((event, []))
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    start, children = stack.pop()
                    root = self._close(start, event, children)
                    if stack:
                        stack[-1][1].append(root)
                case yaml.ScalarEvent():
                    if event.anchor:
                        raise self._refuse(errors.YAML_ALIAS, event)
                    root = Scalar(event.value, span=_span(event, event))
                    if stack:
                        stack[-1][1].append(root)
        return root

    def _close(self, start: Any, end: Any, children: list[Raw]) -> Raw:
        span = _span(start, end)
        if isinstance(start, yaml.SequenceStartEvent):
            return Items(tuple(children), span)
        pairs = []
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                params = {"found": "一个结构作名称", "found_en": "a structure as a name"}
                raise self._refuse(errors.NOT_A_MAPPING, start, **params)
            pairs.append((key, value))
        return Fields(tuple(pairs), span)
