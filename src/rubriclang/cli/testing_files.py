"""``rubric test RUBRIC --facts FOLDER``: fact files that say what their units should get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rubriclang.backends.evaluation import reached
from rubriclang.backends.expected import differences, expected_of
from rubriclang.backends.scoring import run_program
from rubriclang.backends.testing import TestOutcome
from rubriclang.cli.options import Lang, fail, why_not
from rubriclang.driver import Facts, FactsError, Rubric, load_facts
from rubriclang.source import Source

SUFFIXES = (".yaml", ".yml", ".json")


def fact_files(paths: Iterable[str], lang: Lang) -> list[Path]:
    """The fact files under paths, in order; a path that is neither file nor folder ends with exit code 2."""
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        elif path.is_file():
            found.append(path)
        else:
            fail(f"{name}: {'没有这个文件或文件夹' if lang == 'zh' else 'no such file or folder'}")
    return found


def file_tests(
    rubric: Rubric, files: Iterable[Path], lang: Lang
) -> Iterator[tuple[Path, TestOutcome | None, Source | None]]:
    """Each file with how its result compares with ``应得``, and its text; None for a file that expects nothing."""
    for file in files:
        try:
            facts = load_facts(file)
        except OSError as error:
            fail(f"{file}: {why_not(error, lang)}")
        except FactsError as error:
            yield file, TestOutcome(file.stem, unreadable=str(file), diagnostics=error.diagnostics), None
            continue
        expected = expected_of(facts.document)
        if expected is None:
            yield file, None, None
            continue
        yield file, _tested(rubric, facts, file, lang), facts.document.source


def _tested(rubric: Rubric, facts: Facts, file: Path, lang: Lang) -> TestOutcome:
    expected = expected_of(facts.document)
    assert expected is not None
    bound = rubric.bind(facts)
    outcome = rubric.score(facts)
    failures = differences(outcome, expected, lang)
    unusable = tuple(d for d in outcome.diagnostics if d.severity == "error" and failures)
    run = reached(run_program(rubric.program, bound))
    return TestOutcome(outcome.unit or file.stem, None, failures, len(expected.items), None, unusable, run)
