"""A table read back is what was written, down to what takes no part in equality; a table that is none is refused."""

from __future__ import annotations

import json
import random
from array import array
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import attrs
import pytest

import rubriclang.ir as ir_package
from rubriclang.caching.decoding import MalformedError, decode
from rubriclang.caching.encoding import MOST_GROUPS, UnkeptError, encode
from rubriclang.caching.vocabulary import shape_named, shape_of
from rubriclang.driver import loads
from rubriclang.ir.nodes import Const, Op
from rubriclang.ir.reals import Real
from rubriclang.source import Span

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = sorted((ROOT / "rubrics").rglob("*.rubric"))


def back(root: Any) -> Any:
    head, columns = encode(root)
    return decode(json.loads(json.dumps(head)), columns.tolist())


def differences(one: Any, other: Any) -> Iterator[str]:
    """Where two trees differ, attribute by attribute: also in the fields that equality leaves out."""
    stack = [("", one, other)]
    while stack:
        at, a, b = stack.pop()
        if type(a) is not type(b):
            yield f"{at}: {type(a)} {type(b)}"
        elif attrs.has(type(a)):
            stack += [(f"{at}.{f.name}", getattr(a, f.name), getattr(b, f.name)) for f in attrs.fields(type(a))]
        elif isinstance(a, tuple | list):
            if len(a) != len(b):
                yield f"{at}: lengths"
            stack += [(f"{at}[{i}]", x, y) for i, (x, y) in enumerate(zip(a, b, strict=False))]
        elif isinstance(a, dict):
            stack.append((f"{at} items", list(a.items()), list(b.items())))
        elif a != b:
            yield f"{at}: {a!r} {b!r}"


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_program_of_the_library_comes_back_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rubriclang.driver import load

    monkeypatch.setenv("RUBRICLANG_CACHE", "off")
    program = load(path).program
    again = back(program)
    assert again == program
    assert list(differences(program, again)) == []


def test_a_difference_that_equality_does_not_see_is_seen() -> None:
    assert Const(Fraction(1), Span(1, 2)) == Const(Fraction(1), Span(1, 3))
    assert list(differences(Const(Fraction(1), Span(1, 2)), Const(Fraction(1), Span(1, 3)))) == [".span.end: 2 3"]


@pytest.mark.parametrize(
    "value",
    [
        Fraction(-7, 3),
        Fraction(10**60, 7),
        True,
        False,
        None,
        0,
        -1,
        2**40,
        "",
        "“三公”\ud800",
        date(2020, 2, 29),
        (),
        ((), ((1, True, Fraction(1)),)),
        {"a": (1, 2), "b": None},
        [{}, []],
        (1, True, Fraction(1), "1"),
    ],
    ids=repr,
)
def test_values_keep_their_kind(value: Any) -> None:
    assert list(differences(value, back((value, "root"))[0])) == []


def test_what_is_shared_stays_shared_and_what_is_not_does_not() -> None:
    one, twin = Const(Fraction(1)), Const(Fraction(1))
    op = back(Op("add", (one, one, twin)))
    assert op.operands[0] is op.operands[1]
    assert op.operands[0] is not op.operands[2]


def test_every_attrs_class_of_the_ir_can_be_kept() -> None:
    found = 0
    for info in iter_modules(ir_package.__path__):
        module = import_module(f"{ir_package.__name__}.{info.name}")
        for made in vars(module).values():
            if isinstance(made, type) and attrs.has(made) and made.__module__ == module.__name__:
                shape = shape_of(made)
                assert shape is not None, made
                assert shape_named(shape.name) == shape
                found += 1
    assert found > 25


def test_what_cannot_be_kept_is_said() -> None:
    real = Real(lambda digits: (Fraction(0), Fraction(1)), "x")
    deep: Any = ()
    for _ in range(MOST_GROUPS + 1):
        deep = (deep,)
    for unkept in (Const(real), 1.5, object(), deep):
        with pytest.raises(UnkeptError):
            encode((unkept,))


@pytest.mark.parametrize(
    "name",
    "os:system source:Source source:Workbook ir.nodes:Any ir.nodes:Expr driver:Rubric ir.reals:Real "
    "diagnostics.model:Kind diagnostics.model:Diagnostic ir.nodes:Const.x ir.nothing:Const :".split(),
)
def test_no_other_class_is_ever_made(name: str) -> None:
    assert shape_named(name) is None


EMPTY: dict[str, Any] = {
    "texts": [],
    "numerators": [],
    "denominators": [],
    "dates": [],
    "integers": [],
    "classes": [],
    "groups": [],
}
CONST = ["ir.nodes:Const", "value", "span"]


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ({}, []),
        (EMPTY, []),
        (EMPTY | {"groups": [[-1, 1, 1]]}, [1, 3]),  # a tuple of itself
        (EMPTY | {"groups": [[-1, 1, 1]]}, [1, 4_000_000_000]),  # of what there is not
        (EMPTY | {"groups": [[-1, 2_000_000_000, 0]]}, [0]),  # two thousand million tuples in one number
        (EMPTY | {"classes": [CONST], "groups": [[0, 2_000_000_000, 1, 1]]}, [0, 0]),
        (EMPTY | {"classes": [CONST], "groups": [[0, 1, 1]]}, [0, 0]),  # a column too few
        (EMPTY | {"classes": [CONST], "groups": [[0, 1, 1, 9]]}, [0, 0]),  # an unknown kind of column
        (EMPTY | {"classes": [CONST[:2]], "groups": [[0, 1, 1]]}, [0]),  # the class of another version
        (EMPTY | {"classes": [["driver:Rubric"]], "groups": [[0, 1]]}, []),
        (EMPTY | {"groups": [[-1, 1, 0]]}, [0, 0]),  # numbers left over
        (EMPTY | {"groups": [[-1, 1, 1]]}, [0, 0]),  # lengths that do not sum up
        (EMPTY | {"groups": [[-3, 1, 1]]}, [1, 0]),  # half a pair
        (EMPTY | {"groups": [[-1, 1, 0]] * (MOST_GROUPS + 1)}, [0] * (MOST_GROUPS + 1)),
        (EMPTY | {"groups": [["x", 1]]}, []),
        (EMPTY | {"groups": [[0, 1]]}, []),
        (EMPTY | {"texts": [1], "groups": [[-1, 1, 0]]}, [0]),
        (EMPTY | {"numerators": [1], "denominators": [0], "groups": [[-1, 1, 0]]}, [0]),
        (EMPTY | {"numerators": ["1e9"], "denominators": [1], "groups": [[-1, 1, 0]]}, [0]),
        (EMPTY | {"numerators": [1], "groups": [[-1, 1, 0]]}, [0]),
        (EMPTY | {"dates": [10**30], "groups": [[-1, 1, 0]]}, [0]),
        (EMPTY | {"integers": ["1"], "groups": [[-1, 1, 0]]}, [0]),
    ],
)
def test_a_table_that_is_none_is_refused(head: dict[str, Any], columns: list[int]) -> None:
    with pytest.raises(MalformedError):
        decode(head, columns)


def test_a_table_with_any_number_changed_is_refused_or_read_but_never_breaks() -> None:
    """Behind the digest there is a second line: whatever the columns say, only MalformedError comes out."""
    rubric = "# 例（5分）\n数据：\n- 率：%\n## 完成率（5分）\n率：≥ 90% -> 5；否则 -> 0\n"
    head, columns = encode(loads(rubric).program)
    chosen = random.Random(6)
    for at in range(len(columns)):
        changed = array("I", columns)
        changed[at] = chosen.choice((0, 1, columns[at] + 1, len(columns), 2**32 - 1))
        try:
            decode(head, changed.tolist())
        except MalformedError:
            continue
