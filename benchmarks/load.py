"""How long a rubric takes to load: from its text, from the cache, and in a warm ``rubric score`` as a whole.

Makes rubrics of 20, 200, 2,000 and 10,000 indicators (a fixed seed, rules of many kinds), and measures on each, and on
the 2019 rubric of the library: parsing of text to a tree in MB/s (UTF-8), the load from text, the decoding of the
entry in the cache, and the load from the cache. Every figure is the median of five; a fixed loop over fractions runs
beside each run, so compare ratios, not seconds, across machines.

    python benchmarks/load.py [--runs 5] [--sizes 20 200 2000 10000]
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import attrs

from rubriclang import load
from rubriclang.caching import store
from rubriclang.caching.decoding import decode
from rubriclang.caching.entries import unpack
from rubriclang.source import Source
from rubriclang.syntax.parser import parse
from start_up import REFERENCE, SCORE, run

ROOT = Path(__file__).resolve().parent.parent
SIZES = (20, 200, 2_000, 10_000)
SEED = 20191
GOALS = {"text": 6.0, "cache": 1.0}  # seconds for the largest
PARSE_GOAL = 0.6  # MB/s
DECODE_GOAL = 0.002  # seconds for the 2019 rubric


def standard(indicators: int, seed: int = SEED) -> str:
    """A standard of so many indicators in sections of ten, with rules of every common kind."""
    chosen = random.Random(seed)
    facts, parts = [], []
    for i in range(indicators):
        if i % 10 == 0:
            size = min(10, indicators - i)
            parts.append(f"## 第{i // 10 + 1}部分（{2 * size}分）\n说明：本部分共 {size} 项。")
        kind = chosen.randrange(6)
        high, step = chosen.choice((90, 95, 98)), chosen.choice(("0.1", "0.2", "0.5"))
        base = f"追加数{i}：万元，≥ 0\n- 预算数{i}：万元，> 0"
        if kind == 0:
            facts.append(base)
            rules = f"控制率 = 追加数{i} / 预算数{i}\n≤ {100 - high}% -> 2\n每超过 1% 扣 {step} 分，扣完为止"
        elif kind == 1:
            facts.append(base)
            rules = f"追加数{i} / 预算数{i}：≥ {high}% -> 2；≥ {high - 10}% -> 1；否则 -> 0"
        elif kind == 2:
            facts.append(f"超期次数{i}：次，整数，≥ 0")
            rules = f"超期次数{i}：每 1 次扣 {step} 分，扣完为止"
        elif kind == 3:
            facts.append(f"等级{i}：优、良、中、差")
            rules = f"等级{i}：优 -> 2；良 -> 1.5；中 -> 1；差 -> 0"
        elif kind == 4:
            facts.append(f"已公开{i}：是否\n- 实施数{i}：%，≥ 0")
            rules = f"若 已公开{i} 且 实施数{i} ≥ {high}% -> 2\n若 已公开{i} -> 1\n否则 -> 0"
        else:
            facts.append(f"完成数{i}：%，≥ 0，≤ 100%")
            rules = f"依据：第{i}号文件第{chosen.randrange(1, 40)}条。\n得分 = 完成数{i} * 2\n保留 2 位小数，四舍五入"
        parts.append(f"### 指标{i}（2分）\n{rules}")
    head = [f"# 大标准（{2 * indicators}分）", "默认：整档", "", "数据：", *(f"- {fact}" for fact in facts), ""]
    return "\n".join(head) + "\n" + "\n\n".join(parts) + "\n"


def timed(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """The median seconds of some work, and of the reference loop that runs before each."""
    took, loops = [], []
    for _ in range(runs):
        loops.append(float(run((sys.executable, "-c", REFERENCE))[1].stdout))
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return median(took), median(loops)


@attrs.frozen
class Figure:
    """One line of the table: seconds, and the goal, in seconds or for ``speed`` in MB/s."""

    name: str
    seconds: float
    reference: float
    goal: float | None = None
    speed: float | None = None

    @property
    def met(self) -> bool:
        """Whether it is as quick as it should be; true where nothing is asked."""
        if self.goal is None:
            return True
        return self.seconds < self.goal if self.speed is None else self.speed >= self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"{'>=' if self.speed is not None else '<'} {self.goal:g}"
        speed = "" if self.speed is None else f"{self.speed:.2f} MB/s"
        verdict = "" if self.goal is None else "ok" if self.met else "missed"
        seconds, ratio = self.seconds, self.seconds / self.reference
        return f"{self.name:32} {seconds:9.4f} {ratio:9.3f} {speed:>10} {goal:>8} {verdict}"


def figures(name: str, path: Path, runs: int, goals: dict[str, float]) -> list[Figure]:
    """All that is measured of one rubric."""
    text = path.read_text(encoding="utf-8")
    parse(Source(str(path), text))  # builds the tables of the grammar
    parsing, loop = timed(lambda: parse(Source(str(path), text)), runs)
    speed = len(text.encode()) / parsing / 1e6
    found = [Figure(f"{name}: parse", parsing, loop, goals.get("parse"), speed)]

    def from_text() -> None:
        store.clear()
        load(path)

    found.append(Figure(f"{name}: load from text", *timed(from_text, runs), goals.get("text")))
    (entry,) = store.kept()
    data = entry.path.read_bytes()

    def decoded() -> None:
        head, columns = unpack(data)
        decode(head["table"], columns)

    decoded()
    found.append(Figure(f"{name}: decode", *timed(decoded, runs), goals.get("decode")))
    found.append(Figure(f"{name}: load from cache", *timed(lambda: load(path), runs), goals.get("cache")))
    return found


def main() -> int:
    """Prints a table and ends with 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    arguments = parser.parse_args()
    runs = arguments.runs
    print(f"Python {platform.python_version()}, {platform.system()}; median of {runs}; ratio to a loop over fractions")
    print(f"{'':32} {'seconds':>9} {'ratio':>9} {'speed':>10} {'goal':>8}")
    met = True
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        os.environ["RUBRICLANG_CACHE"] = str(Path(folder) / "cache")
        work = [("2019", ROOT / SCORE[1], {"decode": DECODE_GOAL})]
        for size in arguments.sizes:
            path = Path(folder) / f"{size}.rubric"
            path.write_text(standard(size), encoding="utf-8")
            work.append((f"{size} indicators", path, {"parse": PARSE_GOAL} | (GOALS if size >= SIZES[-1] else {})))
        for name, path, goals in work:
            for figure in figures(name, path, runs, goals):
                print(figure, flush=True)
                met = met and figure.met
        command = (sys.executable, "-m", "rubriclang.cli.main", *SCORE)
        cache = os.environ["RUBRICLANG_CACHE"]
        run(command, cache)
        warm = Figure("warm rubric score", *timed(lambda: run(command, cache), runs), 0.25)
        print(warm)
    return 0 if met and warm.met else 1


if __name__ == "__main__":
    sys.exit(main())
