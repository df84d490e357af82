"""Whether a table can be scored by columns, and why not."""

from __future__ import annotations

from typing import Literal

from rubriclang.backends.columnar.plan import sayable
from rubriclang.backends.columnar.table import ColumnScorer, TableError
from rubriclang.ir import nodes as ir
from rubriclang.source import Source

Lang = Literal["zh", "en"]


class NotByColumnsError(Exception):
    """A rubric or a table that has to go the way of small tables; ``message`` says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self._words = {"zh": zh, "en": en}

    def message(self, lang: Lang) -> str:
        """Why, in a language."""
        return self._words[lang]


def scorer_of(program: ir.Program, source: Source | None, names: list[str], path: str, lang: Lang) -> ColumnScorer:
    """A scorer for a table with these columns.

    Raises:
        NotByColumnsError: the rubric looks at other units or at rows of tables, or the columns are not clear.
    """
    if not sayable(program):
        raise NotByColumnsError(
            "这套标准要和别的单位比，或者有许多行的数据，还不能按列计分；输出写成 csv 或 xlsx 就照常计分",
            "this rubric compares units or reads rows of tables: not by columns yet; write csv or xlsx instead",
        )
    try:
        return ColumnScorer(program, source, names, path, lang)
    except TableError:
        raise NotByColumnsError(
            "看不出哪一列是什么：第一行要是列名，有一列“单位”，每项数据只占一列",
            "the columns are not clear: names in the first row, one column of units, one column for each fact",
        ) from None
