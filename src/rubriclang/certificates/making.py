"""Writes down a score so that anyone can derive it again: what it was made from, and every value on the way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rubriclang
from rubriclang.backends.scoring import run_program
from rubriclang.certificates.canonical import digest, value_of
from rubriclang.certificates.files import record
from rubriclang.driver import Facts, Rubric, load_facts, source_from
from rubriclang.facts.binding import FactSet
from rubriclang.ir.values import Value
from rubriclang.source import Source
from rubriclang.versions import LANGUAGE

FORMAT = "rubriclang certificate 1"


class ChangedMeanwhileError(Exception):
    """A file is no longer what was scored."""


def make(rubric: Rubric, facts: Facts, folder: Path) -> dict[str, Any]:
    """The certificate of a score; paths are relative to the folder it will lie in.

    Raises:
        OSError: a file cannot be read again.
        ChangedMeanwhileError: it was changed since it was scored; its path is the argument.
    """
    sources = [source for _, source in rubric.source.files] or [rubric.source]
    bound = rubric.bind(facts)
    run = run_program(rubric.program, bound)
    outcome = rubric.score(facts)
    given = facts.document.source
    assert given is not None  # facts from a file
    content: dict[str, Any] = {
        "format": FORMAT,
        "engine": {"name": "rubriclang", "version": rubriclang.__version__, "language": LANGUAGE},
        "rubric": {
            "title": rubric.program.title,
            "files": [record(Path(source.path), _bytes(source), folder) for source in sources],
        },
        "facts": {"unit": outcome.unit, **record(Path(given.path), _fact_bytes(facts, given.path), folder)},
        "inputs": _inputs(bound),
        "others": [{"unit": other.unit, **_inputs(other)} for other in bound.others],
        "values": [
            *([f"数据 {name}", value_of(value)] for name, value in run.facts.items()),
            *([definition.id, value_of(run.values[definition.id])] for definition in rubric.program.definitions),
        ],
        "checks": [[check.name, check.holds] for check in outcome.checks],
        "result": {
            "total": None if outcome.total is None else str(outcome.total),
            "max": None if outcome.max is None else str(outcome.max),
            "grade": outcome.grade,
            "complete": outcome.complete,
        },
    }
    return {**content, "digest": digest(content)}


def _inputs(bound: FactSet) -> dict[str, Any]:
    return {
        "facts": _values(bound.values),
        "judged": _values(bound.judged),
        "lists": {name: [_values(row) for row in rows] for name, rows in bound.lists.items()},
    }


def _values(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: value_of(value) for name, value in values.items()}


def _bytes(source: Source) -> bytes:
    """The bytes of a file, if they still are what was read."""
    data = Path(source.path).read_bytes()
    if source_from(source.path, data).text != source.text:
        raise ChangedMeanwhileError(source.path)
    return data


def _fact_bytes(facts: Facts, path: str) -> bytes:
    """The bytes of a fact file, text or workbook, if it still holds what was scored."""
    data = Path(path).read_bytes()
    if load_facts(path).document.root != facts.document.root:
        raise ChangedMeanwhileError(path)
    return data
