"""Terms of a graph as Python: expressions where a term is read once, names and ``if`` where it is read more often.

Names are made of a letter and a number, constants are integers: no text of a rubric comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rubriclang.backends.compiled.placement import Placement, is_leaf, place, plain
from rubriclang.backends.integers.graph import Graph, Term

# How tightly Python binds; what binds less tightly than its place asks is put in brackets.
_CHOICE, _OR, _AND, _NOT, _COMPARED, _SUM, _PRODUCT, _SIGN, _ATOM = range(9)
_BINARY = {
    "add": ("+", _SUM, _SUM, _PRODUCT),
    "sub": ("-", _SUM, _SUM, _PRODUCT),
    "mul": ("*", _PRODUCT, _PRODUCT, _SIGN),
    "floordiv": ("//", _PRODUCT, _PRODUCT, _SIGN),
    "lt": ("<", _COMPARED, _SUM, _SUM),
    "le": ("<=", _COMPARED, _SUM, _SUM),
    "eq": ("==", _COMPARED, _SUM, _SUM),
}
_LONGEST = 60  # bits of a constant that is written in decimal


class Writer:
    """Writes Python line by line. ``names`` holds the terms that have a name so far."""

    def __init__(self, graph: Graph, names: Mapping[Term, str], notes: Mapping[Term, str]) -> None:
        self.graph = graph
        self.names = dict(names)
        self.notes = notes
        self.lines: list[str] = []
        self.indent = 1
        self.named: list[Term] = []
        self.plan: Placement = place(graph, (), ())
        self.holding: dict[Term, bool] = {}  # tests that were asked around the expression at hand

    def line(self, text: str) -> None:
        """One line at the current depth."""
        self.lines.append("    " * self.indent + text)

    def compute(self, roots: Iterable[Term]) -> None:
        """Everything that has to be computed before the roots can be written as expressions."""
        self.plan = place(self.graph, roots, self.names.keys())
        self._block(0)

    def text(self, term: Term, tight: int = 0) -> str:
        """A term as an expression."""
        text, binds = self._expression(plain(self.graph, term))
        return f"({text})" if binds < tight else text

    # -- statements

    def _block(self, block: int) -> None:
        for term in self.plan.variables.get(block, ()):
            if term in self.names:
                continue
            name = f"v{term}"
            self._assign(name, term)
            self.names[term] = name
            self.named.append(term)

    def _assign(self, name: str, term: Term, word: str = "if") -> None:
        """``name = term``; a choice with names inside it as ``if``, ``elif``, ``else``."""
        if term not in self.plan.branching:
            note = self.notes.get(term)
            self.line(f"{name} = {self.text(term)}{f'  # {note}' if note and word == 'if' else ''}")
            return
        test, first, second = (plain(self.graph, arg) for arg in self.graph.nodes[term].args)
        sides = self.plan.sides[term]
        self.line(f"{word} {self.text(test)}:")
        around = dict(self.holding)
        self._hold(test, True)
        self._side(name, sides[0], first)
        self.holding = dict(around)
        self._hold(test, False)
        self._other(name, sides[1], second)
        self.holding = around

    def _other(self, name: str, side: int, second: Term) -> None:
        """What is assigned where the test does not hold."""
        if second in self.plan.branching and second not in self.names and not self.plan.variables.get(side):
            self._assign(name, second, "elif")
            return
        self.line("else:")
        self._side(name, side, second)

    def _hold(self, test: Term, holds: bool) -> None:
        """Remembers that a test was asked, and what came of it."""
        node = self.graph.nodes[test]
        if node.op == "not":
            self._hold(plain(self.graph, node.args[0]), not holds)
        elif node.op == ("and" if holds else "or"):
            for part in node.args:
                self._hold(plain(self.graph, part), holds)
        else:
            self.holding[test] = holds

    def _side(self, name: str, block: int, term: Term) -> None:
        self.indent += 1
        before = len(self.named)
        self._block(block)
        if term in self.plan.branching and term not in self.names:
            self._assign(name, term)
        else:
            self.line(f"{name} = {self.text(term)}")
        for one in self.named[before:]:  # what is named on one side is not known behind it
            del self.names[one]
        del self.named[before:]
        self.indent -= 1

    # -- expressions

    def _expression(self, term: Term) -> tuple[str, int]:
        node = self.graph.nodes[term]
        if node.op == "const":
            return self._constant(node.value, node.kind == "truth")
        if term in self.names:
            return self.names[term], _ATOM
        assert not is_leaf(self.graph, term), "an input without a name"
        args = [plain(self.graph, arg) for arg in node.args]
        match node.op:
            case "neg":
                return f"-{self.text(args[0], _SIGN)}", _SIGN
            case "abs":
                return f"abs({self.text(args[0])})", _ATOM
            case "min" | "max":
                left, right = (self.text(arg, _SUM) for arg in args)
                return f"{left} if {left} {'<=' if node.op == 'min' else '>='} {right} else {right}", _CHOICE
            case "and":
                texts = [text for text in self._joined(args) if text != "True"]
                if "False" in texts or not texts:
                    return str(not texts), _ATOM
                return " and ".join(texts), _AND
            case "or":
                around, texts = dict(self.holding), []
                for arg in args:  # each is asked only where those before it do not hold
                    text = self.text(arg, _AND)
                    texts += [text] if text != "False" else []
                    self._hold(arg, False)
                self.holding = around
                if "True" in texts or not texts:
                    return str(bool(texts)), _ATOM
                return " or ".join(texts), _OR
            case "not":
                text = self.text(args[0], _NOT)
                return (f"not {text}", _NOT) if text not in ("True", "False") else (str(text == "False"), _ATOM)
            case "select":
                test, a, b = args
                if test in self.holding:
                    return self._expression(a if self.holding[test] else b)
                return f"{self.text(a, _OR)} if {self.text(test, _OR)} else {self.text(b)}", _CHOICE
            case "member":
                assert isinstance(node.value, tuple)
                return f"{self.text(args[0], _SUM)} in {{{', '.join(map(str, node.value))}}}", _COMPARED
            case _:
                sign, binds, before, behind = _BINARY[node.op]
                return f"{self.text(args[0], before)} {sign} {self.text(args[1], behind)}", binds

    def _joined(self, parts: list[Term]) -> list[str]:
        """Tests that all hold; two bounds of one name become ``1 <= n <= 5``."""
        texts: list[str] = []
        at = 0
        while at < len(parts):
            a, b = self.graph.nodes[parts[at]], self.graph.nodes[parts[min(at + 1, len(parts) - 1)]]
            both = at + 1 < len(parts) and a.op in ("le", "lt") and b.op in ("le", "lt")
            if both and parts[at] not in self.names and parts[at + 1] not in self.names:
                middle = plain(self.graph, a.args[1])
                if middle in self.names and middle == plain(self.graph, b.args[0]):
                    left, right = _BINARY[a.op][0], _BINARY[b.op][0]
                    ends = self.text(a.args[0], _SUM), self.text(b.args[1], _SUM)
                    texts.append(f"{ends[0]} {left} {self.names[middle]} {right} {ends[1]}")
                    at += 2
                    continue
            texts.append(self.text(parts[at], _NOT))
            at += 1
        return texts

    def _constant(self, value: object, truth: bool) -> tuple[str, int]:
        assert isinstance(value, int)
        if truth:
            return str(bool(value)), _ATOM
        text = str(value) if value.bit_length() <= _LONGEST else hex(value)
        return text, _SIGN if value < 0 else _ATOM
