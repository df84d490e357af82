"""Runs the tables that Lark made over tokens that are ready.

Lark's own loop looks each rule up by a hash of its symbols and calls back at every rung of the ladder of operators,
also where a rung changes nothing; that is most of the time of reading a rubric. Here the callback stands in the table,
and a rung that only hands on its one child is a step without a call. What the tables refuse is left to Lark, which
says what it expected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs
from lark import Lark, Token
from lark.parse_tree_builder import ExpandSingleChild
from lark.parsers.lalr_analysis import Shift

UNREAD: Any = object()  # not None, which a line may come to
_Reduction = tuple[Callable[[list[Any]], Any] | None, int, dict[int, int]]


@attrs.frozen
class Tables:
    """For each state: the next one after a token, or a reduction (callback, length, next states)."""

    states: list[dict[str, int | _Reduction]]
    starts: dict[str, int]
    ends: dict[str, int]

    @classmethod
    def of(cls, lark: Lark) -> Tables:
        """The tables of an LALR parser whose states are numbered and whose tokens have no callbacks."""
        driven: Any = lark.parser.parser
        made, callbacks = driven.parser.parse_table, driven.parser.callbacks
        afterwards: dict[str, dict[int, int]] = {}
        for state, row in made.states.items():
            for name, (action, argument) in row.items():
                if action is Shift:
                    afterwards.setdefault(name, {})[state] = argument
        states: list[dict[str, int | _Reduction]] = [{} for _ in range(max(made.states) + 1)]
        for state, row in made.states.items():
            for name, (action, rule) in row.items():
                if action is Shift:
                    states[state][name] = rule
                    continue
                length, call = len(rule.expansion), callbacks[rule]
                hands_on = length == 1 and isinstance(call, ExpandSingleChild)
                states[state][name] = (None if hands_on else call, length, afterwards[rule.origin.name])
        return cls(states, dict(made.start_states), dict(made.end_states))

    def read(self, tokens: Iterable[Token], start: str) -> Any:
        """What the tokens come to by a start rule; ``UNREAD`` where the tables refuse one."""
        states = self.states
        stack = [self.starts[start]]
        values: list[Any] = []
        for token in tokens:
            kind = token.type
            while True:
                entry: Any = states[stack[-1]].get(kind)
                if entry.__class__ is int:
                    stack.append(entry)
                    values.append(token)
                    break
                if entry is None:
                    return UNREAD
                call, length, after = entry
                if call is None:  # a rung of the ladder; the most frequent step of all
                    stack[-1] = after[stack[-2]]
                else:
                    _reduce(call, length, after, stack, values)
        end = self.ends[start]
        while True:
            entry = states[stack[-1]].get("$END")
            if entry is None or entry.__class__ is int:
                return UNREAD
            call, length, after = entry
            _reduce(call, length, after, stack, values)
            if stack[-1] == end:
                return values[-1]


def _reduce(call: Any, length: int, after: dict[int, int], stack: list[int], values: list[Any]) -> None:
    if call is None:
        stack[-1] = after[stack[-2]]
    elif length == 1:
        values[-1] = call(values[-1:])
        stack[-1] = after[stack[-2]]
    elif length:
        children = values[-length:]
        del stack[-length:], values[-length:]
        stack.append(after[stack[-1]])
        values.append(call(children))
    else:
        stack.append(after[stack[-1]])
        values.append(call([]))
