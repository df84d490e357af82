"""Speed and wrong scores of every backend, and of what a user would pick instead, on the 2019 county rubric.

    pip install 'rubriclang[bench]'
    python benchmarks/run.py [--units N] [--quick] [--growth] [--write]

makes the data (fixed seed), takes the right answers from the interpreter and from whole-number arithmetic that agrees
with it, lets all tools run in turn, and prints the figures; ``--write`` puts them into docs/performance.md and a chart.
A backend is one file in ``own/``, a peer one in ``peers/``: ``speed/plugins.py`` says what it holds.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

UNITS, SAMPLE, ROUNDS = 1_000_000, 4_000, 7
QUICK = (20_000, 200, 5)


def main() -> int:
    """0, or 1 when a backend of this project gave a wrong score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--units", type=int, help=f"how many units as columns (default {UNITS:,})")
    parser.add_argument("--sample", type=int, help=f"how many the interpreter scores (default {SAMPLE:,})")
    parser.add_argument("--rounds", type=int, help=f"rounds, an odd number of at least 5 (default {ROUNDS})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK[0]:,} units, a sample of {QUICK[1]}")
    parser.add_argument("--only", nargs="+", default=(), metavar="PART", help="only files with this in their name")
    parser.add_argument("--growth", action="store_true", help="also 10^4 to 10^7 units and 20 to 2,000 indicators")
    parser.add_argument("--most", type=int, default=10_000_000, help="the most units that --growth tries")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md and its chart")
    parser.add_argument("--child", nargs=3, metavar=("NAME", "FOLDER", "TARGET"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        from speed.child import inside

        inside(given.child[0], Path(given.child[1]), Path(given.child[2]))
        return 0

    from speed.findings import Findings
    from speed.growth import grow
    from speed.measure import measure
    from speed.page import printed, write_page

    def say(text: str) -> None:
        print(f"… {text}", file=sys.stderr, flush=True)

    units, sample, rounds = QUICK if given.quick else (UNITS, SAMPLE, ROUNDS)
    units, sample, rounds = given.units or units, given.sample or sample, given.rounds or rounds
    command = f"python benchmarks/run.py --units {units} --sample {sample} --rounds {rounds}"
    command += " --growth" if given.growth else ""
    only = tuple(given.only)
    command += f" --only {' '.join(only)}" if only else ""
    found: Findings = measure(units, sample, rounds, only, command, say)
    if given.growth:
        found = grow(found, only, given.most, say)
    print(printed(found))
    if given.json:
        given.json.write_text(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if given.write:
        write_page(found)
    wrong = [row.title for row in (*found.many, *found.one) if row.own and not row.right]
    for title in wrong:
        print(f"wrong scores: {title}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
