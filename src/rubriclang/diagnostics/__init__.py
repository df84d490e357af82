"""Findings: what is wrong, where, and what to type instead, in Chinese and in English."""

from rubriclang.diagnostics.model import Diagnostic, Kind, Level, kinds

__all__ = ["Diagnostic", "Kind", "Level", "kinds"]
