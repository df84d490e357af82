"""Programs over columns: one fused loop of machine integers for a table of units, exactly as the interpreter scores."""
