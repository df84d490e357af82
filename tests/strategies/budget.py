"""How many examples a property gets, as a multiple of the profile's number."""

from __future__ import annotations

from hypothesis import settings


def examples(factor: float) -> settings:
    """Settings with ``factor`` times the examples of the active profile."""
    return settings(max_examples=max(1, round(settings().max_examples * factor)))
