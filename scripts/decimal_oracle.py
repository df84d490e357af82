"""Runs the published cases of General Decimal Arithmetic through rubrics and writes the counts to docs/oracle.md.

The cases come with CPython's own tests (Debian: ``apt-get download libpython3.11-testsuite``, ``dpkg-deb -x``), and are
no part of this project. Each becomes a formula in a rubric; the rubric is loaded and scored.

    RUBRIC_DECIMAL_TESTDATA=…/decimaltestdata python scripts/decimal_oracle.py

ends with exit code 0 when none comes to anything but what is published.
"""

from __future__ import annotations

import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.decimal_oracle.reading import PACKAGE, PLACE, folder  # noqa: E402
from tests.decimal_oracle.running import Tally, run  # noqa: E402

REPORT = ROOT / "docs" / "oracle.md"
HEAD = f"""\
# Published decimal cases

The arithmetic of the language against somebody else's answers: the test cases of General Decimal Arithmetic
(M. Cowlishaw, IBM; 1981–2010), as they come with CPython's tests. Each case becomes a formula in a rubric
(`0.75 + （-3.3）`, `四舍五入（2.345，2）`); the rubric is loaded and scored, and its value compared with the
published result. The command below writes this file: no need to edit it. The cases are not part of this project.

- **exact**: the flags say that nothing was rounded; the value must be the published one.
- **rounded to a place**: operations that are a rounding (quantize, rescale, to an integer), in the language's modes.
- **rounded to precision**: the published result has so many significant digits; the formula is rounded to the step of
  its last digit in the mode of the case. Roots, logarithms and exponentials are published as correctly rounded.
- **within a unit**: powers are published to within one unit of the last digit;
  `绝对值（x ^ y - 结果） ≤ 一个单位` must hold.

```sh
apt-get download {PACKAGE} && dpkg-deb -x {PACKAGE}_*.deb testsuite
{PLACE}=testsuite/usr/lib/python3.11/test/decimaltestdata python scripts/decimal_oracle.py
```
"""
KINDS = ("exact", "rounded to a place", "rounded to precision", "within a unit")


def report(tallies: dict[str, Tally], paths: list[Path]) -> str:
    """The page: one row an operation that is run, then the reasons for what is not."""
    digest = sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    right = Counter[str]()
    reasons = Counter[str]()
    for tally in tallies.values():
        right.update(tally.right)
        reasons.update(tally.skipped)
    wrong = sum(len(tally.wrong) for tally in tallies.values())
    total = right.total() + reasons.total() + wrong
    lines = [HEAD, "| | |", "| --- | ---: |", f"| files | {len(paths)} |"]
    lines += [f"| SHA-256 of all files in order of name | `{digest[:16]}…` |", f"| cases | {total} |"]
    lines += [f"| run | {right.total() + wrong} |", f"| wrong | {wrong} |", f"| not run | {reasons.total()} |", ""]
    lines += [f"| operation | {' | '.join(KINDS)} | wrong | not run |", f"| --- |{' ---: |' * (len(KINDS) + 2)}"]
    for operation, tally in sorted(tallies.items()):
        if tally.right or tally.wrong:
            counts = " | ".join(str(tally.right[kind]) if tally.right[kind] else "" for kind in KINDS)
            lines.append(f"| {operation} | {counts} | {len(tally.wrong)} | {tally.skipped.total()} |")
    lines.append(f"| all | {' | '.join(str(right[kind]) for kind in KINDS)} | {wrong} | {reasons.total()} |")
    lines += ["", "| why a case is not run | cases |", "| --- | ---: |"]
    lines += [f"| {reason} | {count} |" for reason, count in reasons.most_common()]
    unsaid = sorted(operation for operation, tally in tallies.items() if not tally.right and not tally.wrong)
    lines += ["", "Operations of which no case is run: " + ", ".join(unsaid) + ".", ""]
    return "\n".join(lines)


def main() -> int:
    """Runs everything, prints and writes the page; 1 when a case came out wrong, 2 without the files."""
    found = folder()
    if found is None:
        print(f"the published cases are not here; {PLACE} says where they are", file=sys.stderr)
        return 2
    paths = sorted(found.glob("*.decTest"))
    tallies = run(paths)
    text = report(tallies, paths)
    REPORT.write_text(text, encoding="utf-8")
    print(text[len(HEAD) :])
    wrong = [line for tally in tallies.values() for line in tally.wrong]
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
