"""Findings: what is wrong, where, and what to type instead, in Chinese and in English."""

from rubriclang.diagnostics.model import Diagnostic, Edit, Fix, Kind, Level, kinds

__all__ = ["Diagnostic", "Edit", "Fix", "Kind", "Level", "kinds"]
