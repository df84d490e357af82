"""Programs as generated Python: one unit at a time, exactly as the interpreter scores it, and much faster."""
