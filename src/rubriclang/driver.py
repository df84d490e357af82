"""The whole pipeline on one screen: text → tree → program, and facts → outcome.

This is the rim: the only module below the commands that opens files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any, Literal

import attrs

from rubriclang.backends.outcome import Outcome
from rubriclang.backends.scoring import score as score_facts, score_population
from rubriclang.backends.testing import TestOutcome, run_test
from rubriclang.collecting import uncollected
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.binding import FactSet, Schema, bind, schema_of
from rubriclang.facts.document import Document, Fields, from_python
from rubriclang.facts.errors import TOO_LARGE, UNREADABLE
from rubriclang.facts.populations import bind_units, many
from rubriclang.facts.readers import decode, read_file, size_of
from rubriclang.ir.nodes import Program
from rubriclang.source import Source

if TYPE_CHECKING:
    from rubriclang.backends.compiled.program import Compiled
    from rubriclang.backends.evaluation import Evaluation
    from rubriclang.caching.reads import Read, Resolve
    from rubriclang.linter.selection import Selection
    from rubriclang.syntax.nodes import Tree

MAX_RUBRIC_BYTES = 60_000_000
_PROJECT_MARKS = ("rubric.toml", "pyproject.toml", ".git")


class RubricError(Exception):
    """A rubric that cannot be used; ``diagnostics`` say why, each with its place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [d for d in self.diagnostics if d.severity == "error"]
        super().__init__("; ".join(f"{d.code} {d.message()}" for d in errors[:3]))

    def __reduce__(self) -> Any:
        return type(self), (self.diagnostics,)


class FactsError(RubricError):
    """A fact file that cannot be read at all."""


@attrs.frozen
class Facts:
    """The facts of one unit as a file holds them, before a rubric gives them types."""

    document: Document

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the file itself."""
        return self.document.diagnostics


@attrs.frozen
class Rubric:
    """A loaded rubric: immutable, thread-safe, picklable.

    ``diagnostics`` holds its warnings and hints; a rubric with errors does not load.
    """

    program: Program
    source: Source
    diagnostics: tuple[Diagnostic, ...] = ()
    schema: Schema = attrs.field(
        default=attrs.Factory(lambda self: schema_of(self.program), takes_self=True), repr=False, eq=False, kw_only=True
    )

    @property
    def title(self) -> str:
        """The name of the standard."""
        return self.program.title

    def bind(
        self, facts: Facts | Mapping[str, Any], judged: Mapping[str, Any] | None = None, *, allow_float: bool = False
    ) -> FactSet:
        """The facts with the types and units this rubric declares; what is wrong with them comes as diagnostics.

        Raises:
            TypeError: a Python value of a type that cannot be a fact.
        """
        if isinstance(facts, Facts):
            document = facts.document
        else:
            root = from_python(dict(facts))
            assert isinstance(root, Fields)
            document = Document(root)
        return bind(self.schema, document, judged, allow_float)

    def score(
        self, facts: Facts | Mapping[str, Any], judged: Mapping[str, Any] | None = None, *, allow_float: bool = False
    ) -> Outcome:
        """Scores one unit, exactly.

        Args:
            facts: a loaded fact file, or a mapping of fact names to int, str, Decimal, Fraction, bool or date. A bare
                number is in the fact's declared unit; a rate is given as a text with its percent sign (``"25%"``).
            judged: points of judged indicators by title, or ticks of a checklist; they win over those of the file.
            allow_float: accept binary floats, at their shortest decimal form.

        Returns:
            The outcome; what is wrong with the facts stands in its diagnostics, and the rest is scored.

        Raises:
            TypeError: a Python value of a type that cannot be a fact.
        """
        return score_facts(self.program, self.bind(facts, judged, allow_float=allow_float), self.source)

    def compiled(self) -> Compiled:
        """The rubric as Python functions, for scoring many units one at a time; made anew at each call.

        ``compiled.score(rubric.bind(facts))`` is the outcome that ``rubric.score(facts)`` gives.
        """
        from rubriclang.backends.compiled.program import compile_program

        return compile_program(self.program, self.source)

    def many(self, facts: Facts) -> bool:
        """Whether the facts are those of several units: a table with a row a unit, or a list of units."""
        return many(self.schema, facts.document)

    def score_units(
        self, facts: Facts, progress: Callable[[int, int], None] | None = None
    ) -> tuple[tuple[Outcome, ...], tuple[Diagnostic, ...]]:
        """Scores every unit of a table, each exactly as it would be scored alone.

        A rubric that compares units (各单位) sees all of them.

        Args:
            facts: a loaded file for which ``many`` holds; one of a single unit is scored as a table of one.
            progress: called with the number of units scored so far and of all.

        Returns:
            The outcomes in the order of the file, each with the diagnostics of its row; and the diagnostics of the
            table as a whole: columns of no use, rows that belong to no unit.
        """
        bound, found = self.bind_units(facts)
        return self.score_bound(bound, progress), found

    def bind_units(self, facts: Facts) -> tuple[tuple[FactSet, ...], tuple[Diagnostic, ...]]:
        """The facts of every unit of a file, in the order of ``score_units``, and the diagnostics of its table."""
        if not self.many(facts):
            return (self.bind(facts),), ()
        return bind_units(self.schema, facts.document)

    def score_bound(
        self, units: Sequence[FactSet], progress: Callable[[int, int], None] | None = None
    ) -> tuple[Outcome, ...]:
        """Scores the facts that ``bind`` and ``bind_units`` gave. Without 各单位 of their own they are each other's."""
        return score_population(self.program, units, self.source, progress)

    def score_table(self, table: Any, lang: Literal["zh", "en"] = "zh") -> Any:
        """Scores a table with a row a unit by columns: exactly as ``score`` does, at the speed of machine integers.

        Args:
            table: a pyarrow table, a polars or pandas frame (the same kind comes back), or the path of a parquet or
                csv file (a pyarrow table comes back). One column names the units; facts and judged items are columns.
            lang: of the headings and of the messages.

        Returns:
            A row a unit: total, points of sections and indicators, and of each indicator its value, its row and why it
            has no points; exact decimals, or pairs of numerator and denominator. ``诊断`` says what is
            wrong with a unit.

        Raises:
            ImportError: the extra ``columnar`` is not installed.
            NotByColumnsError: the rubric compares units or reads rows of tables, or the columns are not clear.
        """
        from rubriclang.backends.columnar.frames import score_frame

        return score_frame(self.program, self.source, table, lang)

    def run_tests(self) -> tuple[TestOutcome, ...]:
        """Runs the tests that stand in the rubric; their fact files must lie in the same project."""
        return tuple(self._run(test) for test in self.program.tests)

    def _run(self, test: Any) -> TestOutcome:
        document = Document(Fields(()))
        if test.path is not None:
            found = resolve(Path(self.source.path), test.path)
            if found is None:
                return TestOutcome(test.name, test.span, unreadable=test.path)
            document = read_file(found)
        return run_test(self.program, bind(self.schema, document), test, self.source)


def parse_text(source: Source) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    """Text → tree → program; the program is None when there is any error. Files it builds on are read as well."""
    program, diagnostics, _, _ = _compile(source)
    return program, diagnostics


def check_text(source: Source, selection: Selection | None = None) -> tuple[Diagnostic, ...]:
    """All that is wrong with a rubric, or looks so: the findings of the analysis and those of the linter.

    ``selection`` says which are wanted; None is all that are on by default.
    """
    program, diagnostics, whole, tree = _compile(source)
    from rubriclang.linter.engine import lint
    from rubriclang.linter.selection import EVERYTHING

    def runs() -> Iterable[Evaluation]:
        """The evaluations of the in-file tests: fact sets that the rubric itself comes with."""
        assert program is not None
        tests = Rubric(program, whole).run_tests()
        return [test.evaluation for test in tests if test.evaluation is not None and not test.evaluation.violations]

    return lint(program, tree, whole, diagnostics, EVERYTHING if selection is None else selection, runs)


def _compile(
    source: Source, ask: tuple[Resolve, Read] | None = None, draft: bool = False
) -> tuple[Program | None, tuple[Diagnostic, ...], Source, Tree | None]:
    """The program, the diagnostics, the source with all files the rubric builds on, and the tree.

    ``ask`` finds and reads those files; None is the disk. A ``draft`` may have faults in its rules (a gap, a
    denominator of 0, points out of bounds), as long as it runs.
    """
    with uncollected():
        return _compiled(source, ask or (resolve, read_source), draft)


def _compiled(
    source: Source, ask: tuple[Resolve, Read], draft: bool
) -> tuple[Program | None, tuple[Diagnostic, ...], Source, Tree | None]:
    # With Lark behind them: loaded only when a text is parsed.
    from rubriclang.semantics.assembly import assemble
    from rubriclang.semantics.lowering import analyse

    try:
        whole, tree, diagnostics = assemble(source, *ask)
    except RubricError as error:  # a file it names is no text, or too large
        return None, error.diagnostics, source, None
    if tree is None:
        return None, diagnostics, whole, None
    program, found = analyse(tree, whole, any(d.severity == "error" for d in diagnostics))
    if any(d.goal is not None for d in found):
        from rubriclang.backends.confirm import QUESTIONS, confirmed
        from rubriclang.linter.trial import Trials
        from rubriclang.prover.simplex import Effort
        from rubriclang.semantics.proofs import decided

        left, trials = Effort(QUESTIONS), Trials()
        settled = ((d, confirmed(d, left)) for d in found)
        found = tuple(decided(trials.tried(d, shown)) for d, shown in settled if shown is not None)
    merged = tuple(sorted(diagnostics + found, key=lambda d: d.sort_key))
    wrong = any(d.severity == "error" for d in (diagnostics if draft else merged))
    return (None if wrong else program), merged, whole, tree


def read_source(path: Path) -> Source:
    """A rubric's text from a file; UTF-8 or GB18030.

    Raises:
        OSError: the file cannot be opened.
        RubricError: it is too large, or no text.
    """
    if size_of(path) > MAX_RUBRIC_BYTES:
        params = {"what": "文件大小", "what_en": "the size of the file", "limit": f"{MAX_RUBRIC_BYTES}"}
        raise RubricError([Diagnostic(TOO_LARGE, Source(str(path), ""), None, params)])
    return source_from(str(path), path.read_bytes())


def source_from(name: str, data: bytes) -> Source:
    """A rubric's text from bytes, UTF-8 or GB18030; ``name`` is what messages call it.

    Raises:
        RubricError: it is no text.
    """
    text = decode(data)
    if text is None or "\0" in text:
        params = {
            "why": "不是文字文件，或编码不是 UTF-8、GB18030",
            "why_en": "not a text in UTF-8 or GB18030",
            "hint": "",
        }
        raise RubricError([Diagnostic(UNREADABLE, Source(name, ""), None, params)])
    return Source(name, text)


def load(path: str | Path, *, draft: bool = False) -> Rubric:
    """Loads a rubric from a file; one that was loaded before, and whose files are as they were, from the cache.

    Args:
        path: the file.
        draft: take a rubric with faults in its rules as well (a gap, a denominator that can be 0, points out of
            bounds), to see on facts what they do; its errors stand in ``diagnostics``. Never for real scores.

    Raises:
        OSError: the file cannot be opened.
        RubricError: the rubric has errors.
    """
    from rubriclang.caching.entries import Loaded, recall, remember
    from rubriclang.caching.reads import Reads

    source = read_source(Path(path))
    if draft:
        return _loaded(source, draft=True)
    try:
        known = recall(source, resolve, read_source)
    except (OSError, RubricError):  # a file it builds on: loading says what is wrong
        known = None
    if known is not None:
        program, schema = known.program
        return Rubric(program, known.source, known.diagnostics, schema=Schema(*schema))
    reads = Reads(resolve, read_source)
    rubric = _loaded(source, (reads.resolve, reads.read))
    schema = rubric.schema
    parts = (schema.facts, schema.judged, schema.units, schema.lists)
    remember(source, Loaded((rubric.program, parts), rubric.source, rubric.diagnostics), reads)
    return rubric


def loads(text: str, path: str = "<text>", *, draft: bool = False) -> Rubric:
    """Loads a rubric from a text; ``path`` names it in diagnostics, ``draft`` is that of :func:`load`.

    Raises:
        RubricError: the rubric has errors.
    """
    return _loaded(Source(path, text), draft=draft)


def _loaded(source: Source, ask: tuple[Resolve, Read] | None = None, draft: bool = False) -> Rubric:
    program, diagnostics, whole, _ = _compile(source, ask, draft)
    if program is None:
        raise RubricError(diagnostics)
    return Rubric(program, whole, diagnostics)


def check(text_or_path: str | Path) -> tuple[Diagnostic, ...]:
    """All diagnostics of a rubric, given as a path, or as a text (a string of more than one line).

    Raises:
        OSError: the file cannot be opened.
    """
    if isinstance(text_or_path, str) and "\n" in text_or_path:
        return check_text(Source("<text>", text_or_path))
    try:
        return check_text(read_source(Path(text_or_path)))
    except RubricError as error:
        return error.diagnostics


def load_facts(path: str | Path) -> Facts:
    """Loads a fact file: yaml or json, or a sheet (xlsx, xls, ods, csv, parquet) of one unit or with a row a unit.

    Raises:
        OSError: the file cannot be opened.
        FactsError: nothing in it can be read.
    """
    document = read_file(Path(path))
    if document.diagnostics and not document.root.items and not document.grids and document.units is None:
        raise FactsError(document.diagnostics)
    if document.grids:
        from rubriclang.facts.sheets.layout import recognised  # only sheets pay for it

        if not recognised(document):
            from rubriclang.facts.sheets.errors import NO_HEADER

            raise FactsError([*document.diagnostics, Diagnostic(NO_HEADER, document.source, None)])
    return Facts(document)


def resolve(rubric: Path, wanted: str) -> Path | None:
    """The file a rubric names, in its own folder or one above it inside the project; None when there is none.

    A rubric cannot name a file outside: no absolute path, no ``..``, no link that leads out.
    """
    if PureWindowsPath(wanted).anchor or PureWindowsPath(wanted).drive or ".." in PureWindowsPath(wanted).parts:
        return None  # a Windows path knows every way out that a POSIX one does
    relative = Path(wanted)
    folder = rubric.resolve().parent
    folders = [folder]
    if not any((folder / mark).exists() for mark in _PROJECT_MARKS):
        for above in folder.parents:
            folders.append(above)
            if any((above / mark).exists() for mark in _PROJECT_MARKS):
                break
        else:
            here = Path.cwd()
            around = [p for p in folder.parents if p == here or here in p.parents]
            folders = [folder, *(around if here != Path(here.anchor) else [])]
    root = folders[-1]
    try:
        for candidate in (base / relative for base in folders):
            if candidate.is_file() and root in candidate.resolve().parents:
                return candidate
    except OSError:  # too long a name, a folder that may not be entered, a link to itself
        return None
    return None
