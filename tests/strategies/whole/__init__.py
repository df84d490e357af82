"""Whole rubrics over every construct of the language, with facts for them; no model of what they score, only laws."""
