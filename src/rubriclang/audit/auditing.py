"""The audit of a report: text → passages → claims → verdicts → findings."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs

from rubriclang.audit.claims import claims
from rubriclang.audit.contradictions import contradictions
from rubriclang.audit.findings import Finding, Lang
from rubriclang.audit.habits import Habit, habit
from rubriclang.audit.report import read
from rubriclang.audit.verdicts import Verdict, judge
from rubriclang.audit.wording import contradiction, finding
from rubriclang.source import Source


@attrs.frozen
class Audit:
    """What an audit found: every claim with its verdict, how the report rounds, and the findings in order."""

    source: Source
    verdicts: tuple[Verdict, ...]
    habit: Habit
    findings: tuple[Finding, ...]

    @property
    def checked(self) -> int:
        """How many claims there are."""
        return len(self.verdicts)

    @property
    def clean(self) -> bool:
        """Whether there is no error and no warning."""
        return all(found.level == "note" for found in self.findings)

    def counts(self) -> dict[str, int]:
        """How many claims have each result."""
        return dict(Counter(verdict.result for verdict in self.verdicts))

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON object of ``rubric audit REPORT --format json``."""
        return {
            "report": self.source.path,
            "claims": len(self.verdicts),
            "results": self.counts(),
            "habit": {
                "mode": self.habit.mode if self.habit.known else None,
                "seen": self.habit.seen,
                "against": self.habit.against,
                "decimals": self.habit.decimals,
            },
            "findings": [found.to_dict(lang) for found in self.findings],
        }


def audit(source: Source) -> Audit:
    """Recomputes every calculation that a report states.

    Returns:
        All claims and findings; a text without calculations has neither.
    """
    report = read(source)
    found = claims(report)
    verdicts = tuple(judge(claim) for claim in found)
    usual = habit(verdicts)
    made = [item for verdict in verdicts if (item := finding(verdict, usual, source)) is not None]
    made += [contradiction(item, source) for item in contradictions(report, found)]
    return Audit(source, verdicts, usual, tuple(sorted(made, key=lambda item: item.sort_key)))
