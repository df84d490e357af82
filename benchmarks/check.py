"""How long `rubric check` takes as standards grow: 1,000 and 10,000 indicators, each with a formula, bands and a step.

Each figure is the median of five processes; beside each run a reference process times a fixed loop over fractions, so
compare ratios, not seconds, across machines.

    python benchmarks/check.py [--runs 5]
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from start_up import REFERENCE

SIZES = ((100, None), (1_000, 2.0), (10_000, 20.0))


def standard(indicators: int) -> str:
    """A standard of so many indicators, each over two facts of its own."""
    facts = [f"- 追加{i}：万元，≥ 0\n- 预算{i}：万元，> 0" for i in range(indicators)]
    rules = [
        f"## 控制率{i}（1分）\n率 = 追加{i} / 预算{i}\n≤ 5% -> 1\n每超过 1% 扣 0.1 分，扣完为止"
        if i % 2
        else f"## 执行率{i}（1分）\n追加{i} / 预算{i}：≥ 95% -> 1；≥ 80% -> 0.5；否则 -> 0"
        for i in range(indicators)
    ]
    return "\n".join([f"# 大标准（{indicators}分）", "默认：整档", "数据：", *facts, *rules, ""])


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> int:
    """Prints a table and ends with 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    rubric = Path(sys.executable).parent / "rubric"
    print(f"Python {platform.python_version()}, {platform.system()}; median of {runs}")
    print(f"{'indicators':>10} {'seconds':>9} {'goal':>8} {'reference':>10} {'ratio':>8} {'per 1,000':>10}")
    met = True
    with tempfile.TemporaryDirectory() as folder:
        for size, goal in SIZES:
            path = Path(folder) / f"{size}.rubric"
            path.write_text(standard(size), encoding="utf-8")
            times, references = [], []
            for _ in range(runs):
                references.append(float(subprocess.check_output([sys.executable, "-c", REFERENCE])))
                times.append(_seconds([str(rubric), "check", str(path)]))
            took, reference = median(times), median(references)
            said = "" if goal is None else f"< {goal:g}"
            met = met and (goal is None or took < goal)
            each = took / reference / size * 1000
            print(f"{size:>10} {took:>9.2f} {said:>8} {reference:>10.3f} {took / reference:>8.1f} {each:>10.1f}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
