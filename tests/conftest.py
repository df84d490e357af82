"""Hypothesis profiles, and the county rubric with its published fact file.

``ci`` (the default) runs the same bounded examples every time; ``nightly`` runs many more, and new ones each time.
Choose with the environment variable ``HYPOTHESIS_PROFILE``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import rubriclang

ROOT = Path(__file__).resolve().parent.parent

# Whole rubrics take a while to draw; how long is no property of the code under test.
_PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("ci", derandomize=True, max_examples=100, deadline=None, suppress_health_check=_PATIENT)
settings.register_profile("nightly", max_examples=2000, deadline=None, suppress_health_check=_PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def county() -> rubriclang.Rubric:
    """The 2019 county rubric."""
    return rubriclang.load(ROOT / "rubrics" / "2019_county_overall.rubric")


@pytest.fixture(scope="session")
def published() -> rubriclang.Facts:
    """The facts and judged points that the published report of 2019 states."""
    return rubriclang.load_facts(ROOT / "examples" / "baojing_2019.yaml")
