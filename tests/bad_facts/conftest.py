"""The rubric of these tests, loaded once."""

from __future__ import annotations

import pytest

import rubriclang
from tests.bad_facts.sound_file import RUBRIC


@pytest.fixture(scope="session")
def rubric() -> rubriclang.Rubric:
    return rubriclang.loads(RUBRIC)
