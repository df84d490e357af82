"""How many examples a property gets, as a multiple of the profile's number."""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def examples(factor: float) -> settings:
    """Settings with ``factor`` times the examples of the active profile."""
    return settings(max_examples=max(1, round(settings().max_examples * factor)))


def slow(factor: float) -> settings:
    """As :func:`examples`, for strategies that build whole rubrics and are slow to draw from."""
    return settings(examples(factor), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
