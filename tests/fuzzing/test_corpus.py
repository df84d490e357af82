"""The corpus of the fuzzer, checked once each; what the fuzzer found, shrunk; and the fuzzer's own parts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.fuzzing.mutations import LONGEST, Mutator, dictionary, snippets
from tests.fuzzing.target import run

ROOT = Path(__file__).parent.parent.parent
CORPUS = [json.loads(line) for line in (Path(__file__).parent / "corpus.jsonl").read_text("ascii").splitlines()]

FOUND = {
    "a mark one behind the end of a file without a line end": "# a（1分）\n等次：",
    "a witness tried with defaults that go in a circle": (
        "#\n数据：-预算：元，>0，缺失=决算\n-决算：元，>0，缺失=预算\n##度（5分）\n人工评定：0至1^0.1"
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found(name: str) -> None:
    run(FOUND[name])


def test_the_corpus_checks_without_a_fault() -> None:
    """That the corpus is of use: together its texts have at least half of all codes of a rubric."""
    codes = {code for text in CORPUS for code in run(text)}
    assert len(codes) >= 80


def test_a_run_of_one_seed_is_one_run() -> None:
    pool = snippets(ROOT)
    assert len(pool) > 300 and max(map(len, pool)) <= LONGEST
    first, second = (Mutator(dictionary(ROOT), list(pool)) for _ in range(2))
    one, two = Random(5), Random(5)
    texts = [first(pool[n % len(pool)], one) for n in range(200)]
    assert texts == [second(pool[n % len(pool)], two) for n in range(200)]
    assert sum(text != pool[n % len(pool)] for n, text in enumerate(texts)) > 150


SMALL = """
import sys
from tests.fuzzing.instrument import instrument
blocks = instrument("rubriclang")
from tests.fuzzing.target import run
run("# a\\n")
blocks.clear()
run("# a\\n")
little = blocks.ran()
run("# a（1分）\\n## b（1分）；人工评定\\n")
print(bin(little).count("1"), bin(blocks.ran()).count("1"), little & ~blocks.ran())
"""


def test_blocks_are_marked_where_they_run() -> None:
    """In a process of its own, for this one has the package without marks."""
    said = subprocess.check_output([sys.executable, "-c", SMALL], cwd=ROOT, text=True)
    little, more, lost = map(int, said.split())
    assert 0 < little < more and lost == 0
