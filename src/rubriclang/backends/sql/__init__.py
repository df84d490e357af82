"""Programs as one SELECT over a table of units, in whole numbers: what it cannot carry exactly it marks or refuses."""
