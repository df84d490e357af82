"""A coverage-guided fuzz run of ``rubric check``: nightly, over texts that are nearly rubrics.

An input that runs a block of the checker no input before it ran is kept and changed further. What is looked for: an
exception, a finding without a place, and a check that takes long. The corpus of last time is where a run begins.

    python scripts/fuzz.py --inputs 1000000 --workers 2            # the nightly target; exit code 1 where it finds
    python scripts/fuzz.py --inputs 20000 --seed 7 --write         # and keep the corpus and the page of results

A run with one seed, one number of workers and one number of inputs is always the same run (``--seconds`` ends it
earlier). Seconds are those of the processor, so that a busy machine does not make inputs look slow.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.fuzzing.instrument import Blocks, instrument  # noqa: E402
from tests.fuzzing.mutations import Mutator, dictionary, snippets  # noqa: E402

CORPUS = ROOT / "tests" / "fuzzing" / "corpus.jsonl"
PAGE = ROOT / "docs" / "fuzzing.md"
SLOW, BOUND = 2.0, 20.0  # seconds: what is reported, and what is stopped
QUICK = 0.008  # what a text may take to be changed often
GUIDED = ("syntax", "semantics", "linter", "prover", "ir", "diagnostics", "backends")


class TooLong(BaseException):
    """An input ran over the bound; not an ``Exception``, so that nothing on the way catches it."""


@dataclass
class State:
    """What a worker has found so far."""

    seed: str
    inputs: int = 0
    seconds: float = 0.0
    bits: str = "0"
    corpus: list[str] = field(default_factory=list)
    crashes: dict[str, str] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    blocks: int = 0


def where(error: BaseException) -> str:
    """An exception as one word for all that are the same: its type and the innermost place in the package."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = [f for f in frames if f"{os.sep}rubriclang{os.sep}" in f.filename] or frames
    last = inner[-1]
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno} {last.name}"


def timed(run: Callable[[str], Iterable[str]], text: str) -> tuple[tuple[str, ...], str | None, float]:
    """The codes found in a text, how it crashed if it did, and the processor's seconds."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, BOUND)
    crash = None
    codes: tuple[str, ...] = ()
    try:
        codes = tuple(run(text))
    except TooLong:
        crash = f"over {BOUND:g} s"
    except Exception as error:
        crash = where(error)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return codes, crash, time.process_time() - started


def worker(seed: str, inputs: int, seconds: float, out: Path) -> None:
    """Fuzzes in this process, and writes its state to a file now and then."""
    blocks, run = _instrumented()
    random = Random(seed)
    state = State(seed)
    pool = snippets(ROOT)
    mutate = Mutator(dictionary(ROOT), pool)
    kept: list[str] = []
    quick: list[str] = []
    union = 0
    started = time.monotonic()
    begun = [*read_corpus(), *sorted(pool, key=len)]
    while state.inputs < inputs and time.monotonic() - started < seconds:
        if begun:
            text = begun.pop(0)
        else:
            some = kept if random.random() < 0.02 or not quick else quick
            text = mutate(min((random.choice(some) for _ in range(3)), key=len), random)
        blocks.clear()
        codes, crash, took = timed(run, text)
        state.inputs += 1
        state.slowest = max(state.slowest, took)
        for code in set(codes):
            state.codes[code] = state.codes.get(code, 0) + 1
        if crash is not None:
            state.crashes.setdefault(crash, text)
        elif took > SLOW and len(state.slow) < 100:
            state.slow[text] = took
        ran = blocks.ran()
        if ran & ~union:
            union |= ran
            kept.append(text)
            pool.append(text)
            if took < QUICK:
                quick.append(text)
        if state.inputs % 2000 == 0:
            _save(state, union, kept, len(blocks.places), time.monotonic() - started, out)
    _save(state, union, kept, len(blocks.places), time.monotonic() - started, out)


def _instrumented() -> tuple[Blocks, Callable[[str], Iterable[str]]]:
    blocks = instrument("rubriclang")
    from tests.fuzzing.target import run

    def stop(*_: Any) -> None:
        raise TooLong

    signal.signal(signal.SIGVTALRM, stop)
    for room in GUIDED:  # all at once, in one order: a block has the same number in every process
        for info in walk_packages(import_module(f"rubriclang.{room}").__path__, f"rubriclang.{room}."):
            import_module(info.name)
    run("# 例（5分）\n")  # the parser is built
    os.chdir(tempfile.mkdtemp())  # a text that names files finds none
    return blocks, run


def _save(state: State, union: int, kept: list[str], blocks: int, seconds: float, out: Path) -> None:
    state.bits, state.corpus, state.blocks, state.seconds = hex(union), kept, blocks, seconds
    partial = out.with_suffix(".part")
    partial.write_text(json.dumps(asdict(state)), encoding="utf-8")
    partial.replace(out)


def read_corpus() -> list[str]:
    """The corpus of last time."""
    return [json.loads(line) for line in CORPUS.read_text("ascii").splitlines()] if CORPUS.exists() else []


# ---- what a run leaves behind


def smallest(texts: Iterable[str], run: Callable[[str], int], seconds: float = 300) -> list[str]:
    """Few short texts that run what all of them run: the short ones first, each without the lines it can spare."""
    union, chosen = 0, []
    ends = time.monotonic() + seconds
    for text in sorted(set(texts), key=lambda text: (len(text), text)):
        gain = run(text) & ~union
        if not gain:
            continue
        lines = text.split("\n")
        for at in reversed(range(len(lines))):
            shorter = lines[:at] + lines[at + 1 :]
            if time.monotonic() < ends and not gain & ~run("\n".join(shorter)):
                lines = shorter
        chosen.append("\n".join(lines))
        union |= run(chosen[-1])
    # What a later text runs as well needs no text of its own.
    covered = [(text, run(text)) for text in chosen]
    for text, own in sorted(covered, key=lambda pair: -len(pair[0])):
        others = 0
        for other, bits in covered:
            others |= bits if other != text else 0
        if not own & ~others:
            covered.remove((text, own))
    return [text for text, _ in covered]


def shrunk(text: str, same: Callable[[str], bool]) -> str:
    """A short text that does the same: pieces are taken out, the large ones first, while it does."""
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            shorter = text[:at] + text[at + size :]
            if same(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


def finish(states: list[State], write: bool, command: str) -> int:
    """Shows what was found, shrinks it, and keeps the corpus and the page if asked to; 1 where anything was found."""
    blocks, run = _instrumented()

    def bits(text: str) -> int:
        blocks.clear()
        timed(run, text)
        return blocks.ran()

    found = {name: text for state in states for name, text in state.crashes.items()}
    for name, text in found.items():
        short = shrunk(text, lambda shorter, name=name: timed(run, shorter)[1] == name)  # type: ignore[misc]
        print(f"\n{name}\n{json.dumps(short, ensure_ascii=True)}\n{short}")
    slow = {text: took for state in states for text, took in state.slow.items()}
    for text, took in sorted(slow.items(), key=lambda pair: -pair[1])[:10]:
        print(f"\n{took:.1f} s\n{json.dumps(text, ensure_ascii=True)}")
    union = 0
    for state in states:
        union |= int(state.bits, 16)
    page = _page(states, union, blocks, found, slow, command)
    print(page)
    if write:
        texts = smallest((text for state in states for text in state.corpus), bits)
        CORPUS.write_text("".join(f"{json.dumps(text)}\n" for text in texts), encoding="ascii")
        PAGE.write_text(page, encoding="utf-8")
    return 1 if found or slow else 0


def _page(
    states: list[State], union: int, blocks: Blocks, found: dict[str, str], slow: dict[str, float], command: str
) -> str:
    inputs, seconds = sum(s.inputs for s in states), max(s.seconds for s in states)
    codes = {code for state in states for code in state.codes}
    rows = []
    for room in GUIDED:
        numbers = [i for i, (module, _) in enumerate(blocks.places) if module.startswith(f"rubriclang.{room}.")]
        ran = sum(union >> 8 * i & 1 for i in numbers)
        rows.append(f"| `{room}/` | {len(numbers)} | {ran} | {ran / max(len(numbers), 1):.1%} |")
    crashes = "".join(f"- `{name}`\n" for name in found) or "None.\n"
    return (
        "# 模糊测试 · Fuzzing\n\n"
        "随机改动的文字喂给 `rubric check`：不许崩溃，每处发现都有位置，不许超时。\n\n"
        "Texts that are nearly rubrics, given to `rubric check`: it must not raise, every finding must have its place\n"
        "and both languages, every fix must fit, and no text may take long. A text that runs a block of code that no\n"
        "text before it ran is kept and changed further. Run it every night: `python scripts/fuzz.py --inputs 1000000\n"
        "--workers 2`; the corpus it begins with is `tests/fuzzing/corpus.jsonl`, and the gate replays that.\n\n"
        f"## The last run written down\n\n`{command}`, {date.today().isoformat()}, "
        f"Python {platform.python_version()}.\n\n"
        "| | |\n|---|---|\n"
        f"| inputs | {inputs:,} |\n"
        f"| workers, with seeds | {len(states)}: {', '.join(s.seed for s in states)} |\n"
        f"| inputs a second and worker, on a shared machine | {inputs / max(sum(s.seconds for s in states), 1):.0f} |\n"
        f"| wall clock | {seconds / 60:.0f} minutes |\n"
        f"| different exceptions | {len(found)} |\n"
        f"| inputs over {SLOW:g} s | {len(slow)} |\n"
        f"| the slowest input | {max(s.slowest for s in states):.2f} s |\n"
        f"| codes reported | {len(codes)} |\n\n"
        f"## Exceptions\n\n{crashes}\n"
        "## Blocks of code that ran\n\n"
        "A block is the body of a function or of a branch. Nothing is scored but witnesses, and no facts are read, so\n"
        f"`backends/` and `ir/` are reached in part only.\n\n| part | blocks | ran | share |\n|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def main() -> int:
    """Runs the workers and tells what they found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="of the clock, at most")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--write", action="store_true", help="keep the corpus and docs/fuzzing.md")
    parser.add_argument("--out", type=Path, help="where workers leave their states")
    parser.add_argument("--state", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--finish", type=Path, nargs="*", help="only sum up the states that workers left")
    asked = parser.parse_args()
    if asked.state is not None:
        worker(asked.seed, asked.inputs, asked.seconds, asked.state)
        return 0
    command = f"python scripts/fuzz.py --inputs {asked.inputs} --workers {asked.workers} --seed {asked.seed}"
    if asked.finish:
        files = asked.finish
    else:
        folder = asked.out or Path(tempfile.mkdtemp())
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / f"{number}.json" for number in range(asked.workers)]
        each = -(-asked.inputs // asked.workers)
        running = [
            subprocess.Popen(
                [
                    *(sys.executable, __file__, "--state", str(file), "--inputs", str(each)),
                    *("--seconds", str(asked.seconds), "--seed", f"{asked.seed}/{number}"),
                ]
            )
            for number, file in enumerate(files)
        ]
        if any(process.wait() for process in running):
            return 2
    return finish([State(**json.loads(file.read_text("utf-8"))) for file in files], asked.write, command)


if __name__ == "__main__":
    sys.exit(main())
