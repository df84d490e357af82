"""Hypothesis strategies for rubrics and facts, each with an independent model of what it means.

Nothing here imports the package under test: what a text means is worked out with ``fractions.Fraction`` alone.
"""
