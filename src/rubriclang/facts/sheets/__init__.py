"""Facts in sheets: what the cells of a workbook or a CSV file mean to a rubric."""
