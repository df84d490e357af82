"""Sheets to fill in: what a rubric asks for, laid out for the person who has the figures."""
