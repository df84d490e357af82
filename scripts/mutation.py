"""Mutation run: does a test fail for every mistake one could make in the interpreter?

Each mutant is the definition of the language with one small change. The tests run against each in memory, on a copy of
the project in a temporary folder, so the checkout stays as it is. Mutants come from cosmic-ray's operators
(comparisons, arithmetic, numbers, boolean logic, loops, decorators) and from those below, which cosmic-ray does not
have (removed statements, forced conditions, other words, swapped names).

A mutant that changes annotations, type aliases, docstrings or type-narrowing assertions only is not made: the first
three have no say at run time, and the last never fail in a well-typed program.

    pip install '.[test]' 'cosmic-ray==8.7.0'
    python scripts/mutation.py

writes docs/mutation.md and ends with exit code 0 when every survivor is explained in scripts/mutation_survivors.toml.
"""

from __future__ import annotations

import argparse
import ast
import importlib.metadata
import os
import platform
import resource
import shutil
import signal
import sys
import tempfile
import time
import tomllib
import types
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import pytest
from cosmic_ray.ast import ast_nodes, get_ast  # type: ignore[import-not-found, import-untyped, unused-ignore]
from cosmic_ray.mutating import mutate_code  # type: ignore[import-not-found, import-untyped, unused-ignore]
from cosmic_ray.plugins import get_operator, operator_names  # type: ignore[import-not-found, import-untyped, unused-ignore]

ROOT = Path(__file__).resolve().parent.parent
TARGETS = (
    "src/rubriclang/backends/interpreter.py",
    "src/rubriclang/backends/aggregating.py",
    "src/rubriclang/ir/operators.py",
    "src/rubriclang/ir/rounding.py",
    "src/rubriclang/ir/aggregates.py",
    "src/rubriclang/ir/sizes.py",
)
TESTS = ("tests/interpreter",)
COPIED = ("src", "grammar", "rubrics", "examples", "tests", "pyproject.toml")
SURVIVORS = ROOT / "scripts" / "mutation_survivors.toml"
REPORT = ROOT / "docs" / "mutation.md"
MEMORY = 4 << 30

# Words that stand for one another: a mutant puts each other word of the group in a word's place.
GROUPS = (
    ("half up", "half even", "up", "down", "ceiling", "floor"),
    ("missing", "left out", "undefined", "pending"),
    ("zero", "missing", "left out"),
    ("eq", "ne", "lt", "le", "gt", "ge"),
    ("and", "or", "is missing"),
    ("low", "high"),
    ("range", "sum of ticks"),
    ("fact missing", "fact unusable", "not needed", "not ranked", "zero denominator", "no row", "judgement unusable"),
    ("drop highest", "drop lowest", "take", "best per"),
    ("highest", "lowest"),
    ("fact", "definition", "column", "row"),
    ("same", "dense", "last", "mean"),
)
SWAPS = (("min", "max"), ("floor", "ceil"), ("any", "all"), ("low", "high"), ("start", "end"), ("a", "b"))


@attrs.frozen
class Mutant:
    """One changed version of a target."""

    target: str
    function: str
    kind: str
    line: int
    before: str
    after: str
    code: str = attrs.field(repr=False)

    @property
    def label(self) -> str:
        """How the mutant is called in the list of explained survivors."""
        place = f"{Path(self.target).stem}.{self.function}" if self.function else Path(self.target).stem
        return f"{place}: {self.before} → {self.after}"


@attrs.frozen
class Result:
    """What the tests said of a mutant: killed, timeout (also killed), or survived."""

    mutant: Mutant
    outcome: str


# ---- making mutants


class _Meaning(ast.NodeTransformer):
    """Leaves out what has no meaning at run time."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:  # the name ast asks for
        node.returns = None
        return self._without_docstring(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._without_docstring(node)

    def visit_Module(self, node: ast.Module) -> ast.AST:
        return self._without_docstring(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Name("Any", ast.Load())
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        alias = isinstance(node.value, ast.Subscript) and isinstance(node.value.value, ast.Name)
        return ast.Pass() if alias and ast.unparse(node.value).startswith("Literal[") else self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return ast.Pass()

    def _without_docstring(self, node: ast.FunctionDef | ast.ClassDef | ast.Module) -> ast.AST:
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
        return self.generic_visit(node)


def meaning(code: str) -> str | None:
    """What a module says, without annotations, aliases, docstrings and assertions; None where it is no Python."""
    try:
        return ast.dump(_Meaning().visit(ast.parse(code)))
    except SyntaxError:
        return None


def from_library(code: str) -> Iterator[tuple[str, str]]:
    """Names of cosmic-ray's operators and what each makes of a module, everywhere it applies."""
    for name in operator_names():
        operator_class = get_operator(name)
        if operator_class.arguments():
            continue
        operator = operator_class()
        count = sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(get_ast(code)))
        for occurrence in range(count):
            mutated = mutate_code(code, operator, occurrence)
            if mutated is not None:
                yield name.partition("/")[2], mutated


def from_here(code: str) -> Iterator[tuple[str, str]]:
    """Names of the operators below and what each makes of a module, everywhere it applies."""
    starts = [0]
    for line in code.encode().split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    raw = code.encode()

    def at(node: ast.AST) -> tuple[int, int]:
        start, end = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
        return starts[start - 1] + getattr(node, "col_offset", 0), starts[end - 1] + getattr(node, "end_col_offset", 0)

    tree = ast.parse(code)
    for node in ast.walk(tree):
        for kind, place, text in _changes(node):
            start, end = at(place)
            written = raw[start:end].decode()
            yield kind, (raw[:start] + text.replace("\0", written).encode() + raw[end:]).decode()


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST, str]]:
    """Changes that begin at a node: kind, what is replaced, and by what, where \\0 is what stood there."""
    match node:
        case ast.FunctionDef(body=body):
            for statement in [s for part in body for s in ast.walk(part) if isinstance(s, ast.stmt)]:
                docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
                if not docstring and not isinstance(statement, ast.FunctionDef | ast.Pass):
                    yield "RemoveStatement", statement, "pass"
        case ast.If(test=test) | ast.IfExp(test=test):
            yield "ForceCondition", test, "True"
            yield "ForceCondition", test, "False"
        case ast.comprehension(ifs=ifs):
            for condition in ifs:
                yield "ForceCondition", condition, "True"
                yield "ForceCondition", condition, "False"
        case ast.match_case(pattern=pattern, guard=None):
            yield "RemoveCase", pattern, "\0 if False"
        case ast.BoolOp(values=values):
            for value in values:
                yield "RemoveOperand", value, "True" if isinstance(node.op, ast.And) else "False"
        case ast.JoinedStr():
            yield "ReplaceWord", node, '"XX"'
        case ast.Constant(value=str(word)):
            groups = [group for group in GROUPS if word in group]
            others = {other for group in groups for other in group if other != word} or {f"XX{word}"}
            for other in sorted(others):
                yield "ReplaceWord", node, f'"{other}"'
        case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
            for pair in SWAPS:
                if name in pair:
                    other = pair[1 - pair.index(name)]
                    head = f"{ast.unparse(node.value)}." if isinstance(node, ast.Attribute) else ""
                    yield "SwapName", node, head + other
        case ast.Call(args=[argument], keywords=[]) if not isinstance(argument, ast.Starred):
            yield "UnwrapCall", node, f"({ast.unparse(argument)})"


def mutants(target: str, code: str) -> tuple[list[Mutant], Counter[str]]:
    """All different mutants of a module, and why others were left out."""
    seen = {meaning(code)}
    found: list[Mutant] = []
    left_out: Counter[str] = Counter()
    for source in (from_library, from_here):
        for kind, mutated in source(code):
            says = meaning(mutated)
            if says is None:
                left_out["is not Python"] += 1
            elif says in seen:
                left_out["says the same as the original or another mutant"] += 1
            else:
                seen.add(says)
                found.append(_described(target, kind.partition("_")[0], code, mutated))
    return sorted(found, key=lambda mutant: mutant.line), left_out


def _described(target: str, kind: str, code: str, mutated: str) -> Mutant:
    """A mutant with the line it changes; of several, the first."""
    old, new = code.split("\n"), mutated.split("\n")
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)) - 1)
    functions = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef) and node.lineno <= at + 1 <= (node.end_lineno or 0)
    ]
    function = max(functions, key=lambda node: node.lineno).name if functions else ""
    return Mutant(target, function, kind, at + 1, old[at].strip(), new[at].strip(), mutated)


# ---- running the tests


def snapshot(folder: Path) -> None:
    """Copies what the tests need, so that a run sees one state of the project whatever happens to the checkout."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy2(source, folder / name)


@attrs.define
class Job:
    """A mutant whose tests are running."""

    mutant: Mutant
    deadline: float
    last_chance: bool = False
    late: bool = False


class Loop:
    """A pytest plugin: collects as usual, then runs the tests for each mutant in a process forked for it.

    The process puts the mutant in the place of the module that is loaded already, which saves the start of Python and
    pytest; no file changes.
    """

    def __init__(self, folder: Path, found: list[Mutant], jobs: int) -> None:
        self.folder = folder
        self.found = found
        self.jobs = jobs
        self.results: list[Result] = []
        self.baseline = 0.0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Takes the place of pytest's own loop."""
        for _ in range(2):  # the first run loads what is loaded late
            started = time.perf_counter()
            if not session.items or not self._pass(session):
                raise SystemExit("the tests fail without any mutant: run them with pytest to see why")
            self.baseline = time.perf_counter() - started
        print(f"{len(self.found)} mutants, {self.baseline:.1f} s for the tests without one", flush=True)
        limit = max(10.0, 10 * self.baseline)
        waiting = list(reversed(self.found))
        running: dict[int, Job] = {}
        while waiting or running:
            while waiting and len(running) < self.jobs:
                mutant = waiting.pop()
                running[self._start(session, mutant)] = Job(mutant, time.monotonic() + limit)
            process, status = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                for number, job in running.items():
                    if not job.late and time.monotonic() > job.deadline:
                        job.late = True
                        os.kill(number, signal.SIGKILL)
                time.sleep(0.002)
                continue
            job = running.pop(process)
            if job.late and not job.last_chance:  # a second, four times longer chance
                deadline = time.monotonic() + 4 * limit
                running[self._start(session, job.mutant)] = Job(job.mutant, deadline, last_chance=True)
                continue
            self._note(job, os.waitstatus_to_exitcode(status))
        self.results.sort(key=lambda result: self.found.index(result.mutant))
        return True

    def _note(self, job: Job, code: int) -> None:
        mutant = job.mutant
        outcome = "timeout" if job.late else "survived" if code == 0 else "killed"
        self.results.append(Result(mutant, outcome))
        if outcome != "killed":
            print(f"{outcome:8}  {mutant.kind}  {mutant.target}:{mutant.line}\n    {mutant.label}", flush=True)
        if len(self.results) % 100 == 0:
            print(f"{len(self.results)} of {len(self.found)}", flush=True)

    def _pass(self, session: pytest.Session) -> bool:
        """Whether all tests pass; stops at the first that does not."""
        following = [*session.items[1:], None]
        for item, after in zip(session.items, following, strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if session.testsfailed:
                return False
        return True

    def _start(self, session: pytest.Session, mutant: Mutant) -> int:
        """Forks a process that ends with exit code 0 when all tests pass on the mutant, and returns its number."""
        process = os.fork()
        if process:
            return process
        code = 1
        try:
            silent = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(silent, stream)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            self._replace(mutant)
            code = 0 if self._pass(session) else 1
        finally:
            os._exit(code)

    def _replace(self, mutant: Mutant) -> None:
        """Loads the mutant and lets every module that uses something of the original use that of the mutant.

        Functions and tables take the place of the old ones wherever a module knows them; a class stays the class it
        was, with its subclasses and instances, and gets the members of the new one.
        """
        name = mutant.target.removeprefix("src/").removesuffix(".py").replace("/", ".")
        original = sys.modules[name]
        changed = types.ModuleType(name)
        changed.__file__ = original.__file__
        sys.modules[name] = changed  # attrs looks its classes up there
        exec(compile(mutant.code, str(original.__file__), "exec"), vars(changed))
        sys.modules[name] = original
        swapped: dict[int, object] = {}
        for key, old in list(vars(original).items()):
            new = vars(changed).get(key)
            if key.startswith("__") or new is None or new is old:
                continue
            if isinstance(old, type) and isinstance(new, type):
                _graft(old, new)
                setattr(changed, key, old)
            elif isinstance(old, types.FunctionType | dict | frozenset):
                swapped[id(old)] = new
        for module in list(sys.modules.values()):
            if str(getattr(module, "__file__", "") or "").startswith(str(self.folder)):
                for key, value in list(vars(module).items()):
                    if id(value) in swapped:
                        setattr(module, key, swapped[id(value)])
        for key, value in vars(changed).items():
            if not key.startswith("__"):
                setattr(original, key, value)


def _graft(old: type, new: type) -> None:
    """Gives a class the functions and properties of another, and takes from it those that the other lacks."""
    kinds = (types.FunctionType, property, staticmethod, classmethod)
    for key, member in list(vars(old).items()):
        if isinstance(member, kinds) and key not in vars(new):
            delattr(old, key)
    for key, member in list(vars(new).items()):
        if isinstance(member, kinds):
            setattr(old, key, member)


# ---- the report


def explained() -> dict[str, str]:
    """Why known survivors survive, by the mutant's label."""
    if not SURVIVORS.is_file():
        return {}
    groups = tomllib.loads(SURVIVORS.read_text(encoding="utf-8")).get("equivalent", [])
    return {label: group["reason"] for group in groups for label in group["mutants"]}


def report(results: list[Result], left_out: Counter[str], tests: tuple[str, ...], baseline: float, spent: float) -> str:
    """The text of docs/mutation.md."""
    outcomes = Counter(result.outcome for result in results)
    survivors = [r.mutant for r in results if r.outcome == "survived"]
    reasons = explained()
    equivalent = sum(m.label in reasons for m in survivors)
    killed = outcomes["killed"] + outcomes["timeout"]
    total = len(results)
    rest = max(total - equivalent, 1)
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("cosmic-ray", "pytest", "hypothesis")
    )
    lines = [
        "# Mutation run",
        "",
        "How many mistakes in the definition of the language would the tests notice? Each mutant is one of the modules",
        "below with one small change; it is killed when a test fails. The command below writes this file: no need to",
        "edit it.",
        "",
        "| | |",
        "| --- | --- |",
        f"| date | {date.today().isoformat()} |",
        "| command | `pip install '.[test]' 'cosmic-ray==8.7.0' && python scripts/mutation.py` |",
        f"| tests | {', '.join(f'`{test}`' for test in tests)} ({baseline:.1f} s without a mutant) |",
        f"| versions | Python {platform.python_version()}, {versions} |",
        f"| time | {spent / 60:.0f} min on {os.cpu_count()} cores |",
        f"| mutants | {total} |",
        f"| killed | {killed} ({100 * killed / total:.1f} %) |",
        f"| … of them by running out of time, twice | {outcomes['timeout']} |",
        f"| survived | {len(survivors)} |",
        f"| … of them equivalent, as explained below | {equivalent} |",
        f"| killed of those that are not equivalent | {100 * killed / rest:.1f} % |",
        "",
        "| module | mutants | killed | survived |",
        "| --- | ---: | ---: | ---: |",
    ]
    for target in TARGETS:
        of_target = Counter(r.outcome for r in results if r.mutant.target == target)
        dead = of_target["killed"] + of_target["timeout"]
        lines.append(f"| `{target}` | {sum(of_target.values())} | {dead} | {of_target['survived']} |")
    lines += ["", "| operator | mutants | survived |", "| --- | ---: | ---: |"]
    kinds = Counter(r.mutant.kind for r in results)
    alive = Counter(m.kind for m in survivors)
    lines += [f"| {kind} | {count} | {alive[kind]} |" for kind, count in sorted(kinds.items())]
    lines += ["", "Not made:", ""]
    lines += [f"- {count} whose text {why}" for why, count in sorted(left_out.items())]
    lines += ["", "## Survivors", ""]
    groups: dict[str, list[Mutant]] = {}
    for mutant in survivors:
        groups.setdefault(reasons.get(mutant.label, "**not explained: a hole in the tests**"), []).append(mutant)
    for reason, group in groups.items():
        lines += [reason, "", "| where | line | becomes |", "| --- | --- | --- |"]
        lines += [f"| {Path(m.target).name}:{m.line} | {_code(m.before)} | {_code(m.after)} |" for m in group]
        lines.append("")
    ran_out = [r.mutant for r in results if r.outcome == "timeout"]
    if ran_out:
        lines += ["## Killed by running out of time", "", "| where | line | becomes |", "| --- | --- | --- |"]
        lines += [f"| {Path(m.target).name}:{m.line} | {_code(m.before)} | {_code(m.after)} |" for m in ran_out]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _code(text: str) -> str:
    """A piece of code in a cell of a table."""
    return "`` " + text.replace("|", "\\|") + " ``"


def main() -> None:
    """Makes the mutants, runs the tests on each and writes the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="mutants to run at once")
    parser.add_argument("--tests", nargs="+", default=list(TESTS), help="what pytest runs on each mutant")
    parser.add_argument("--only", default="", help="run mutants only whose label contains this; no report")
    parser.add_argument("--list", action="store_true", help="print the mutants and stop")
    arguments = parser.parse_args()
    started = time.perf_counter()
    found: list[Mutant] = []
    left_out: Counter[str] = Counter()
    for target in TARGETS:
        made, missed = mutants(target, (ROOT / target).read_text(encoding="utf-8"))
        found += [mutant for mutant in made if arguments.only in mutant.label]
        left_out += missed
    if arguments.list:
        for mutant in found:
            print(f"{mutant.kind}  {mutant.target}:{mutant.line}  {mutant.label}")
        print(f"{len(found)} mutants")
        return
    tests = tuple(arguments.tests)
    with tempfile.TemporaryDirectory(prefix="mutation-") as name:
        folder = Path(name).resolve()
        snapshot(folder)
        (folder / "cache").mkdir(mode=0o700)
        os.environ["RUBRICLANG_CACHE"] = str(folder / "cache")
        os.chdir(folder)
        sys.path.insert(0, str(folder / "src"))
        loop = Loop(folder, found, max(1, arguments.jobs))
        options = ["-o", "addopts=", "--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:terminal", "-s"]
        pytest.main([*options, *tests], plugins=[loop])
        os.chdir(ROOT)
    results, baseline = loop.results, loop.baseline
    if len(results) != len(found):
        sys.exit("the run did not come to its end")
    reasons = explained()
    holes = [r.mutant for r in results if r.outcome == "survived" and r.mutant.label not in reasons]
    outcomes = Counter(result.outcome for result in results)
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())), flush=True)
    print(f"{len(holes)} survivors without an explanation")
    if not arguments.only:
        for label in sorted(set(reasons) - {r.mutant.label for r in results if r.outcome == "survived"}):
            print(f"explained, but no survivor (any more): {label}")
        text = report(results, left_out, tests, baseline, time.perf_counter() - started)
        REPORT.write_text(text, encoding="utf-8")
        print(f"wrote {REPORT.relative_to(ROOT)}")
    sys.exit(1 if holes else 0)


if __name__ == "__main__":
    main()
