"""The loop against Python's own integers: every operator, short and long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rubriclang.backends.integers.bounds import Range
from rubriclang.backends.integers.graph import Graph
from tests.strategies.budget import examples

np = pytest.importorskip("numpy")
pytest.importorskip("llvmlite")

from rubriclang.backends.columnar.kernel import compile_loop, stored_bits  # noqa: E402
from rubriclang.backends.columnar.widths import divisors, widths  # noqa: E402

_SIZES = (8, 30, 45, 52, 58)


def _stored(values: Any) -> list[int]:
    if values.dtype.kind == "V":
        return [int.from_bytes(value.tobytes(), "little", signed=True) for value in values]
    return [int(value) for value in values]


@given(
    bits=st.sampled_from(_SIZES),
    factor=st.sampled_from([1, 7, 10**6, 10**19, -(3**70)]),
    data=st.data(),
)
@examples(0.3)
def test_every_operator(bits: int, factor: int, data: st.DataObject) -> None:
    most = (1 << bits) - 1
    edges = st.sampled_from([0, 1, -1, most, -most, most - 1])
    numbers = st.lists(st.one_of(edges, st.integers(-most, most)), min_size=9, max_size=9)
    a, b = data.draw(numbers), data.draw(numbers)
    graph = Graph()
    x, y = graph.input("x"), graph.input("y")
    scaled = graph.mul(x, graph.const(factor))
    below = graph.max(graph.abs(y), graph.one)
    square = graph.mul(scaled, y)
    terms: dict[int, Callable[[int, int], int]] = {
        graph.add(scaled, y): lambda p, q: p * factor + q,
        graph.sub(y, scaled): lambda p, q: q - p * factor,
        square: lambda p, q: p * factor * q,
        graph.floordiv(scaled, below): lambda p, q: p * factor // max(abs(q), 1),
        graph.floordiv(square, below): lambda p, q: p * factor * q // max(abs(q), 1),
        graph.floordiv(y, graph.const(7)): lambda p, q: q // 7,
        graph.neg(square): lambda p, q: -(p * factor * q),
        graph.min(scaled, y): lambda p, q: min(p * factor, q),
        graph.select(graph.lt(x, y), square, y): lambda p, q: p * factor * q if p < q else q,
        graph.le(scaled, y): lambda p, q: int(p * factor <= q),
        graph.eq(square, scaled): lambda p, q: int(p * factor * q == p * factor),
        graph.and_(graph.le(x, y), graph.not_(graph.member(y, (1, 5, 7)))): lambda p, q: int(
            p <= q and q not in (1, 5, 7)
        ),
    }
    ranges = {"x": Range(-most, most), "y": Range(-most, most)}
    needed = graph.needed(terms)
    found = widths(graph, (), needed, ranges)
    assert found is not None
    loop = compile_loop(graph, (x, y), tuple(terms), found, divisors(graph, needed, ranges))
    kinds = {8: "i1", 16: "i2", 32: "i4", 64: "i8"}
    outputs = [
        np.empty(9, kinds.get(size, f"V{size // 8}")) for size in (stored_bits(graph, found, term) for term in terms)
    ]
    arrays = [np.array(a, np.int64), np.array(b, np.int64), *outputs]
    loop.call(9, *(array.ctypes.data for array in arrays))
    for output, want in zip(outputs, terms.values(), strict=True):
        assert _stored(output) == [want(p, q) for p, q in zip(a, b, strict=True)]
