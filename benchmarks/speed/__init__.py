"""How fast, and how right: the parts of ``benchmarks/run.py``."""
