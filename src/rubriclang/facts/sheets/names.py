"""The names a rubric asks for, as sheets write them: facts, list columns, judged indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

import attrs

from rubriclang.facts.binding import path_key
from rubriclang.facts.sheets.stamp import Asked, asked
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import header_key

_JUDGED = re.compile(r"\s*(?:评定|judged)\s*[：:.．/]\s*", re.I)
_BRACKET = re.compile(r"(.*?)\s*[(（]([^()（）]+)[)）]\s*$", re.S)


@attrs.frozen(slots=False)
class Names:
    """What can stand in a header or a column of names; ``asked`` is what a template would ask, kind by kind."""

    facts: Mapping[str, str]
    lists: tuple[str, ...]
    columns: Mapping[str, Mapping[str, str]]
    items: tuple[str, ...]
    asked: Asked = ()

    def fact(self, text: str) -> str | None:
        """The fact a header names, with or without its unit in brackets."""
        return _in(self.facts, text)

    def column(self, listed: str, text: str) -> str | None:
        """The column of a list that a header names."""
        return _in(self.columns[listed], text)

    def judged(self, text: str) -> str | None:
        """The judged indicator a text names, unless it names a fact; ``评定：…`` can only name an indicator.

        What comes back is the text without that word: the binder says what is wrong with a name that fits none.
        """
        said = _JUDGED.match(text)
        if said:
            return text[said.end() :].strip()
        if self.fact(text) is not None:
            return None
        wanted = path_key(text)
        if wanted and any(f".{path_key(item)}".endswith(f".{wanted}") for item in self.items):
            return text.strip()
        return None


def _in(names: Mapping[str, str], text: str) -> str | None:
    found = names.get(header_key(text))
    if found is None and (bracket := _BRACKET.match(text)):
        found = names.get(header_key(bracket.group(1)))
    return found


def keys_of(facts: tuple[ir.Fact, ...]) -> dict[str, str]:
    """Names and further names of facts by the key they are compared with."""
    return {header_key(name): fact.name for fact in facts for name in (*fact.aliases, fact.name)}


class Asking(Protocol):
    """What a schema says; the binder's own schema is one."""

    @property
    def facts(self) -> Mapping[str, ir.Fact]: ...

    @property
    def judged(self) -> Mapping[str, ir.Judge]: ...

    @property
    def lists(self) -> Mapping[str, ir.ListFact]: ...


def names_of(schema: Asking) -> Names:
    """The names that a schema asks for."""
    lists: Iterable[ir.ListFact] = schema.lists.values()
    return Names(
        keys_of(tuple(schema.facts.values())),
        tuple(schema.lists),
        {listed.name: keys_of(listed.columns) for listed in lists},
        tuple(schema.judged),
        asked(schema.facts.values(), schema.lists.values(), schema.judged),
    )
