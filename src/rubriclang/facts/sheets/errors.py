"""Kinds of diagnostics for facts in sheets (R54x)."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

ERROR_CELL = Kind(
    "R540",
    "error-cell",
    "error",
    "“{name}”的单元格里是错误值 {text}，不是数",
    "the cell of '{name}' holds the error {text}, not a value",
    "改正算出这个错误的公式，或直接填数",
    "mend the formula behind it, or type the value",
)
UNCALCULATED = Kind(
    "R541",
    "uncalculated-formula",
    "error",
    "“{name}”的单元格是公式，文件里没有存它算出来的数",
    "the cell of '{name}' is a formula whose result the file does not hold",
    "用 WPS 或 Excel 打开这个文件，保存一次；或直接填数",
    "open the file in a spreadsheet program and save it once, or type the value",
)
MERGED_VALUE = Kind(
    "R542",
    "merged-value",
    "error",
    "这是合并单元格里的一格，“{name}”没有自己的数",
    "this cell is part of a merged one, so '{name}' has no value of its own",
    "取消合并，每一项各填各的",
    "unmerge it and give each row its own value",
)
VALUE_WITHOUT_NAME = Kind(
    "R543",
    "value-without-name",
    "error",
    "这一格填了“{text}”，而{where}没有名称，不知道是哪一项",
    "'{text}' stands here without a name ({where} has none)",
    "补上名称，或把这一格清空",
    "give it a name, or empty the cell",
)
UNIT_WITHOUT_NAME = Kind(
    "R544",
    "unit-without-name",
    "error",
    "这一行没有单位名称，没有计分",
    "this row names no unit and was not scored",
    "填上单位名称，或删掉这一行",
    "name the unit, or delete the row",
)
UNIT_TWICE = Kind(
    "R545",
    "unit-twice",
    "error",
    "单位“{name}”出现了两次（另一处在 {other}），这一行没有计分",
    "unit '{name}' stands here a second time (first at {other}); this row was not scored",
    "只留一行；若是两个单位，名称要能分得开",
    "keep one row; two units need two names",
)
SHEET_NOT_USED = Kind(
    "R546",
    "sheet-not-used",
    "hint",
    "工作表“{name}”没有用上：标准里没有这个名称的表，里面也没有“名称、数值”两列",
    "sheet '{name}' was not used: the rubric has no such list, and it has no columns 'name' and 'value'",
)
OTHER_VERSION = Kind(
    "R547",
    "other-version",
    "warning",
    "这张填报表是按另一版标准做的：{changes}",
    "this sheet was made from another version of the rubric: {changes}",
    "核对这几项；或用 rubric template 重新做一张填报表",
    "check these items, or make a new sheet with 'rubric template'",
)
SEVERAL_UNITS = Kind(
    "R548",
    "several-units",
    "error",
    "这是 {count} 个单位的表，这里要一个单位的数据",
    "this is a table of {count} units where the facts of one are wanted",
    "rubric score 可以给整张表计分；在 Python 里用 score_units",
    "'rubric score' takes the whole table; in Python use score_units",
)
NO_HEADER = Kind(
    "R549",
    "no-header",
    "error",
    "没有找到表头：要有“名称、数值”两列（一行一项数据），或“单位”和各项数据的列（一行一个单位）",
    "no header found: either the columns 'name' and 'value' (one fact a row) or 'unit' and a column for each fact",
    "rubric template 可以做一张填报表",
    "'rubric template' makes a sheet to fill in",
)
SCALED_FORMAT = Kind(
    "R550",
    "scaled-format",
    "error",
    "“{name}”的单元格格式把数缩小了显示（存的是 {text}），看不出要的是哪一个",
    "the format of the cell of '{name}' shows another number than the stored {text}",
    "把单元格格式改成“常规”，按表头的单位填数",
    "set the cell to the general format and give the number in the unit of the header",
)
EMPTY_AND_ROWS = Kind(
    "R551",
    "said-empty-but-filled",
    "error",
    "表“{name}”注明一行也没有，下面却填了",
    "list '{name}' is said to have no rows, yet has some",
    "清掉那个“无”，或删掉填的各行",
    "remove the word, or the rows",
)
UNKNOWN_COLUMN = Kind(
    "R552",
    "no-such-column",
    "error",
    "表头“{name}”既不是标准里的数据，也不是要评定的指标，这一列没有用上",
    "column '{name}' is neither a fact nor a judged indicator of the rubric and was not used",
    "{suggestion}",
    "{suggestion}",
)
