"""The measured promise: at least 95 of 100 planted errors found and rightly classed, under 1 false alarm in 100."""

from __future__ import annotations

import pytest
from scripts.audit_accuracy import measure
from scripts.audit_prose import DEVELOPED, HELD_OUT, Pool


@pytest.mark.parametrize("pool", [DEVELOPED, HELD_OUT], ids=lambda pool: pool.name)
def test_planted_errors_are_found_and_right_results_left_alone(pool: Pool) -> None:
    score = measure(pool, reports=60, seed=77_000)
    assert score.planted.total() > 100 and score.right > 500
    assert score.classed.total() >= 0.95 * score.planted.total()
    assert score.alarms < 0.01 * score.right
