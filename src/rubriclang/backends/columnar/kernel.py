"""Terms as one loop of LLVM instructions over the rows of a table, compiled in this process.

Names in the text are letters with numbers; constants are integers: nothing of a rubric comes into it. Additions wrap,
as machine integers do; :mod:`widths` has proved before that none does on a unit whose result is used.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs

from rubriclang.backends.columnar.long_division import division
from rubriclang.backends.columnar.widths import SIZES, size_for
from rubriclang.backends.integers.graph import Graph, Term

_EXACT = 52  # bits of an integer of which a double is no approximation


@attrs.frozen
class Loop:
    """A compiled loop. ``call`` takes the number of rows, then the addresses of inputs and of outputs; the engine
    holds the machine code and must live as long."""

    call: Any
    engine: Any


def compile_loop(
    graph: Graph, inputs: Sequence[Term], outputs: Sequence[Term], bits: Sequence[int], safe: Collection[Term]
) -> Loop:
    """The loop that stores ``outputs`` (in as few bytes as they are known to take) for rows of ``inputs`` (int64,
    and bytes for truth values).

    Raises:
        ImportError: llvmlite is not installed.
    """
    text = loop_text(graph, inputs, outputs, bits, safe)
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = llvm.parse_assembly(text)
    module.verify()
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=2, jit=True
    )
    options = llvm.create_pipeline_tuning_options(speed_level=2)
    options.loop_vectorization = True
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    kinds = [ctypes.c_int64, *[ctypes.c_void_p] * (len(inputs) + len(outputs))]
    return Loop(ctypes.CFUNCTYPE(None, *kinds)(engine.get_function_address("score")), engine)


def loop_text(
    graph: Graph, inputs: Sequence[Term], outputs: Sequence[Term], bits: Sequence[int], safe: Collection[Term]
) -> str:
    """The function as LLVM assembly."""
    writer = _Writer(graph, bits, safe)
    places: Mapping[Term, int] = {term: at for at, term in enumerate(inputs)}
    for term in graph.needed(outputs):
        writer.node(term, places)
    for at, term in enumerate(outputs):
        writer.store(at, term)
    arguments = [f"ptr noalias readonly %in{at}" for at in range(len(inputs))]
    arguments += [f"ptr noalias %out{at}" for at in range(len(outputs))]
    return "\n".join(
        [
            f"define void @score(i64 %n, {', '.join(arguments)}) {{",
            "entry:",
            "  %some = icmp sgt i64 %n, 0",
            "  br i1 %some, label %loop, label %end",
            "loop:",
            "  %i = phi i64 [0, %entry], [%next, %loop]",
            *writer.lines,
            "  %next = add nuw nsw i64 %i, 1",
            "  %more = icmp slt i64 %next, %n",
            "  br i1 %more, label %loop, label %end",
            "end:",
            "  ret void",
            "}",
            "declare double @llvm.floor.f64(double)",
            *(division(size) for size in sorted(writer.divided)),
        ]
    )


def stored_bits(graph: Graph, bits: Sequence[int], term: Term) -> int:
    """The bits in which a term is stored: a narrow column costs less to write and to read."""
    return next(size for size in (8, 16, 32, *SIZES) if bits[term] < size - (size > 32))


class _Writer:
    def __init__(self, graph: Graph, bits: Sequence[int], safe: Collection[Term]) -> None:
        self.graph = graph
        self.bits = bits
        self.safe = safe
        self.lines: list[str] = []
        self.names: dict[Term, str] = {}
        self.made = 0
        self.divided: set[int] = set()

    def _new(self, text: str) -> str:
        self.made += 1
        self.lines.append(f"  %t{self.made} = {text}")
        return f"%t{self.made}"

    def width(self, term: Term) -> str:
        """The type of a term."""
        if self.graph.nodes[term].kind == "truth":
            return "i1"
        return f"i{size_for(self.bits[term])}"

    def as_type(self, term: Term, kind: str) -> str:
        """A term in a type at least as wide as what it is used for."""
        own, name = self.width(term), self.names[term]
        if own == kind or not name.startswith("%"):
            return name
        longer = int(kind[1:]) > int(own[1:])
        return self._new(f"{'sext' if longer else 'trunc'} {own} {name} to {kind}")

    def _wider(self, *terms: Term) -> str:
        return f"i{max(size_for(self.bits[term]) for term in terms)}"

    def node(self, term: Term, places: Mapping[Term, int]) -> None:
        """Writes one term; those it reads are there."""
        node, args = self.graph.nodes[term], self.graph.nodes[term].args
        match node.op:
            case "const":
                self.names[term] = str(node.value)
            case "input":
                self.names[term] = self._load(places[term], node.kind == "truth")
            case "assume":
                kind = self.width(term)
                self.names[term] = self.as_type(args[0], kind)
            case "add" | "sub" | "mul":
                kind = self._wider(term, *args)
                a, b = (self.as_type(arg, kind) for arg in args)
                self.names[term] = self._cut(self._new(f"{node.op} {kind} {a}, {b}"), kind, term)
            case "neg" | "abs":
                kind = self._wider(term, *args)
                a = self.as_type(args[0], kind)
                less = self._new(f"sub {kind} 0, {a}")
                if node.op == "abs":
                    less = self._select(self._new(f"icmp slt {kind} {a}, 0"), kind, less, a)
                self.names[term] = self._cut(less, kind, term)
            case "floordiv":
                self.names[term] = self._quotient(term)
            case "min" | "max":
                kind = self._wider(term, *args)
                a, b = (self.as_type(arg, kind) for arg in args)
                first = self._new(f"icmp {'sle' if node.op == 'min' else 'sge'} {kind} {a}, {b}")
                self.names[term] = self._cut(self._select(first, kind, a, b), kind, term)
            case "lt" | "le" | "eq":
                kind = self._wider(*args) if self.graph.nodes[args[0]].kind == "int" else "i1"
                a, b = (self.as_type(arg, kind) for arg in args)
                sign = {"lt": "slt", "le": "sle", "eq": "eq"}[node.op]
                self.names[term] = self._new(f"icmp {sign} {kind} {a}, {b}")
            case "member":
                assert isinstance(node.value, tuple)
                kind = self._wider(*args)
                a = self.as_type(args[0], kind)
                self.names[term] = self._joined("or", [self._new(f"icmp eq {kind} {a}, {v}") for v in node.value])
            case "and" | "or":
                self.names[term] = self._joined(node.op, [self.names[arg] for arg in args])
            case "not":
                self.names[term] = self._new(f"xor i1 {self.names[args[0]]}, 1")
            case "select":
                kind = "i1" if node.kind == "truth" else self._wider(term, *args[1:])
                a, b = (self.as_type(arg, kind) for arg in args[1:])
                chosen = self._select(self.names[args[0]], kind, a, b)
                self.names[term] = chosen if kind == "i1" else self._cut(chosen, kind, term)

    def _load(self, at: int, truth: bool) -> str:
        kind = "i8" if truth else "i64"
        place = self._new(f"getelementptr inbounds {kind}, ptr %in{at}, i64 %i")
        value = self._new(f"load {kind}, ptr {place}")
        return self._new(f"icmp ne i8 {value}, 0") if truth else value

    def store(self, at: int, term: Term) -> None:
        """Stores a term into an output."""
        kind = f"i{stored_bits(self.graph, self.bits, term)}"
        if self.graph.nodes[term].kind == "truth":
            value = self._new(f"zext i1 {self.names[term]} to i8")
        else:
            value = self.as_type(term, kind)
        place = self._new(f"getelementptr inbounds {kind}, ptr %out{at}, i64 %i")
        self.lines.append(f"  store {kind} {value}, ptr {place}, align 1")

    def _select(self, test: str, kind: str, a: str, b: str) -> str:
        return self._new(f"select i1 {test}, {kind} {a}, {kind} {b}")

    def _cut(self, name: str, kind: str, term: Term) -> str:
        own = self.width(term)
        return name if own == kind else self._new(f"trunc {kind} {name} to {own}")

    def _joined(self, op: str, parts: Sequence[str]) -> str:
        whole = parts[0]
        for part in parts[1:]:
            whole = self._new(f"{op} i1 {whole}, {part}")
        return whole

    def _quotient(self, term: Term) -> str:
        """The quotient rounded down. Where both numbers fit a double, the quotient of the doubles is off by one at
        most, and the remainder, a whole number, tells: processors divide many doubles at a time, integers singly."""
        args = self.graph.nodes[term].args
        size = max(size_for(self.bits[arg]) for arg in (term, *args))
        kind = f"i{size}"
        a, b = (self.as_type(arg, kind) for arg in args)
        if term not in self.safe:
            b = self._select(self._new(f"icmp slt {kind} {b}, 1"), kind, "1", b)
        if max(self.bits[arg] for arg in args) <= _EXACT and term in self.safe:
            x, y = (self._new(f"sitofp i64 {name} to double") for name in (a, b))
            down = self._new(f"call double @llvm.floor.f64(double {self._new(f'fdiv double {x}, {y}')})")
            near = self._new(f"fptosi double {down} to i64")
        elif size == 64:
            near = self._new(f"sdiv i64 {a}, {b}")
        else:
            self.divided.add(size)
            near = self._new(f"call {kind} @divide_{size}({kind} {a}, {kind} {b})")
        rest = self._new(f"sub {kind} {a}, {self._new(f'mul {kind} {near}, {b}')}")
        under = self._new(f"sext i1 {self._new(f'icmp slt {kind} {rest}, 0')} to {kind}")
        over = self._new(f"zext i1 {self._new(f'icmp sge {kind} {rest}, {b}')} to {kind}")
        near = self._new(f"add {kind} {self._new(f'add {kind} {near}, {under}')}, {over}")
        return self._cut(near, kind, term)
