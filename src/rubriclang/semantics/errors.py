"""Kinds of diagnostics for names (R1xx), types and units (R2xx), rules and scores (R3xx)."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

# ---- names

UNKNOWN_NAME = Kind(
    "R101",
    "unknown-name",
    "error",
    "没有叫“{name}”的数据、公式或指标",
    "no fact, formula or indicator is called '{name}'",
    "{suggestion}",
    "{suggestion}",
)
DUPLICATE_NAME = Kind(
    "R102",
    "duplicate-name",
    "error",
    "“{name}”在第 {line} 行已经有了",
    "'{name}' already stands on line {line}",
    "改名，或删掉其中一个",
    "rename or remove one of them",
)
TWO_STEP_MODES = Kind(
    "R114",
    "two-part-step-rules",
    "error",
    "整档、进档、按比例说了两种，不知道听谁的",
    "two part-step rules are stated",
    "只留一种",
    "keep one of them",
)
NOTHING_TO_REPLACE = Kind(
    "R115",
    "nothing-to-remove",
    "error",
    "沿用的标准里没有“{name}”，删去不了",
    "the rubric built on has no '{name}' to remove",
)
EXTENDS_NOT_FOUND = Kind(
    "R116",
    "file-not-found",
    "error",
    "找不到文件“{path}”（只在本文件所在的文件夹和同一项目里找）",
    "no file '{path}' in the folder of this file or the project",
)
EXTENDS_ITSELF = Kind(
    "R117",
    "extends-itself",
    "error",
    "沿用绕回了自己：{chain}",
    "the rubric builds on itself: {chain}",
)
CIRCULAR = Kind(
    "R103",
    "circular-definition",
    "error",
    "这些公式互相引用，算不出来：{chain}",
    "these formulas need each other: {chain}",
)
SHADOWED_FACT = Kind(
    "R104",
    "shadowed-fact",
    "error",
    "公式“{name}”和一项数据同名，读者分不清用的是哪个",
    "formula '{name}' has the name of a fact",
    "给公式换个名称，例如“{name}合计”",
    "give the formula another name",
)
AMBIGUOUS_NAME = Kind(
    "R105",
    "ambiguous-name",
    "error",
    "“{name}”不止一处：{places}",
    "'{name}' could be any of: {places}",
    "写全路径，例如 {example}",
    "write the path, as in {example}",
)
DUPLICATE_INDICATOR = Kind(
    "R106",
    "duplicate-indicator",
    "error",
    "同一级里有两个“{name}”（另一个在第 {line} 行）",
    "two parts of one section are called '{name}' (the other on line {line})",
)
UNKNOWN_FUNCTION = Kind(
    "R107",
    "unknown-function",
    "error",
    "没有叫“{name}”的函数",
    "there is no function '{name}'",
    "{suggestion}",
    "{suggestion}",
)
UNIT_IN_NAME = Kind(
    "R108",
    "unit-in-name",
    "error",
    "“{name}（{unit}）”读起来像函数；“{name}”是一项数据",
    "'{name}({unit})' reads as a function call; '{name}' is a fact",
    "去掉括号里的单位，只写 {name}",
    "drop the unit and write {name}",
)
UNKNOWN_LABEL = Kind(
    "R109",
    "unknown-label",
    "error",
    "“{name}”不是“{subject}”可以取的值（{options}）",
    "'{name}' is not one of the values of '{subject}' ({options})",
    "{suggestion}",
    "{suggestion}",
)
UNKNOWN_CHECK = Kind(
    "R110",
    "unknown-check",
    "error",
    "没有叫“{name}”的勾稽",
    "there is no check called '{name}'",
)
NOT_YET = Kind(
    "R190",
    "not-available",
    "error",
    "这一版还不能执行“{what}”",
    "this version cannot run '{what}' yet",
)

# ---- types and units

UNIT_MISMATCH = Kind(
    "R201",
    "unit-mismatch",
    "error",
    "{left}和{right}不能{action}",
    "{left} and {right} cannot be {action}",
    "{hint}",
    "{hint}",
)
UNKNOWN_UNIT = Kind(
    "R202",
    "unknown-unit",
    "error",
    "不认识单位“{name}”",
    "unknown unit '{name}'",
    "{suggestion}",
    "{suggestion}",
)
WRONG_TYPE = Kind(
    "R203",
    "wrong-type",
    "error",
    "这里要{expected}，写的是{found}",
    "expected {expected}, found {found}",
    "{hint}",
    "{hint}",
)
UNIT_NEEDED = Kind(
    "R204",
    "unit-needed",
    "error",
    "“{number}”没有写单位，而“{subject}”的单位是{unit}",
    "'{number}' has no unit, but '{subject}' is in {unit}",
    "写成 {fix}",
    "write {fix}",
)
RATE_NEEDED = Kind(
    "R205",
    "rate-needed",
    "error",
    "“{subject}”是比率，“{number}”是 {number}% 还是 {number} 倍？",
    "'{subject}' is a rate: does '{number}' mean {number}% or {number} times?",
    "写成 {number}%（或 {times}%）",
    "write {number}% (or {times}%)",
)
POINT_DIFFERENCE = Kind(
    "R206",
    "percentage-point",
    "error",
    "百分点是两个比率之差，不能用来相乘或相除",
    "percentage points are a difference of rates and cannot be multiplied or divided",
    "占某数的百分之几，写成 n% ×",
    "for a share of something write n% *",
)
WRONG_ARGUMENTS = Kind(
    "R207",
    "wrong-arguments",
    "error",
    "函数“{name}”的用法是 {usage}",
    "the function '{name}' is used as {usage}",
)
WRONG_FACT_OPTION = Kind(
    "R208",
    "wrong-fact-option",
    "error",
    "数据“{name}”的“{option}”看不懂或用不上",
    "'{option}' does not apply to fact '{name}'",
    "可以写：整数、可缺、≥ 0、0 至 100、仅当 …、缺失 = …、又名 …",
    "possible: whole, optional, >= 0, 0 to 100, only if …, missing = …, also known as …",
)
BAD_STEP = Kind(
    "R209",
    "bad-rounding-step",
    "error",
    "{what}必须大于 0",
    "{what} must be greater than 0",
)
BAD_DATE = Kind("R210", "bad-date", "error", "没有这一天：{text}", "no such day: {text}")

ROUNDING_A_RATE = Kind(
    "R211",
    "rounding-a-rate",
    "error",
    "“{name}”是比率，“{text}”说不清是保留到 {plain} 还是 {percent}",
    "'{name}' is a rate; '{text}' could mean to {plain} or to {percent}",
    "写成 保留到 {percent}（或 保留到 {plain}）",
    "write 'round to step {percent}' (or {plain})",
)

# ---- rules and scores

SUM_OF_PARTS = Kind(
    "R301",
    "parts-do-not-add-up",
    "error",
    "“{name}”标 {points} 分，下级加起来是 {sum} 分（{terms}）",
    "'{name}' carries {points} points, its parts add up to {sum} ({terms})",
)
NO_POINTS = Kind(
    "R302",
    "no-points",
    "error",
    "指标“{name}”没有写分值",
    "indicator '{name}' carries no points",
    "在标题后面写（5分）；不计入总分的写（加分，最多加 10 分）",
    "write (5 points) after the title; for one outside the sum (bonus, add at most 10 points)",
)
PART_STEP = Kind(
    "R303",
    "part-step-rule",
    "error",
    "不满一档（不足 {size}）怎么算，没有说；例如{subject}为 {value} 时："
    "整档 {floor} 分，进档 {ceiling} 分，按比例 {linear} 分",
    "what part of a step ({size}) is worth is not said; for {subject} = {value}: "
    "whole steps {floor}, begun steps {ceiling}, pro rata {linear} points",
    "在这一行末尾写（整档）、（进档）或（按比例），或在文件开头写“默认：整档”",
    "write (whole steps), (begun steps) or (pro rata) at the end of the line, or 'defaults: whole steps' at the top",
)
ZERO_DENOMINATOR = Kind(
    "R304",
    "zero-denominator",
    "error",
    "分母“{text}”可能为 0，没有说那时怎么办",
    "the denominator '{text}' can be 0, and no rule says what then",
    "写一行“分母为零 -> …”，或在数据里声明它 > 0",
    "add a row 'zero denominator -> …', or declare the fact > 0",
)
GAP = Kind(
    "R305",
    "gap",
    "error",
    "{subject}为 {gap} 时没有规则",
    "no rule covers {subject} {gap}",
    "补上这一档，或写“否则 -> …”",
    "add the missing band, or 'else -> …'",
)
OUT_OF_BOUNDS = Kind(
    "R306",
    "score-out-of-bounds",
    "error",
    "得分可能是 {range}，超出 0 至 {max} 分，而没有说怎么封顶或保底",
    "the score can be {range}, outside 0 to {max}, and no limit is stated",
    "在后面写“{fix}”",
    "add '{fix}'",
)
NO_BASE = Kind(
    "R307",
    "no-rule",
    "error",
    "指标“{name}”没有评分规则",
    "indicator '{name}' has no scoring rule",
    "写公式和档次、“清单：”、“得分 = …”或“人工评定”",
    "write a formula with bands, 'checklist:', 'score = …' or 'judged'",
)
TWO_BASES = Kind(
    "R308",
    "two-rules",
    "error",
    "指标“{name}”有两套基础得分规则（另一套在第 {line} 行）",
    "indicator '{name}' has two base rules (the other on line {line})",
    "一个指标只能有一套；分成两个下级指标，或给其中一套起名：名 = 主体：…",
    "an indicator has one; make two indicators of it, or name one: name = subject: …",
)
ROW_WITHOUT_SUBJECT = Kind(
    "R309",
    "row-without-subject",
    "error",
    "这一档前面没有公式，不知道拿什么来比",
    "no formula stands before this row: what is compared?",
    "在前面写“控制率 = …”，或在行首写“数据名：”",
    "write 'ratio = …' before it, or begin the row with 'fact:'",
)
STEP_AND_ELSE = Kind(
    "R310",
    "step-and-else",
    "error",
    "“每…”和“否则”说的是同一段，不知道听谁的",
    "the step rule and 'else' cover the same values",
    "去掉“否则”；若过了某条线就不得分，写明那条线，例如“> 120% -> 0”",
    "drop 'else'; for a cut-off write it as a band, as in '> 120% -> 0'",
)
STEP_REFERENCE = Kind(
    "R311",
    "step-without-reference",
    "error",
    "“{text}”从哪里起算不清楚：前面没有与它相接的一档，或那一档的分数不固定",
    "'{text}' has no clear starting point: no band ends where it begins, or that band's award varies",
    "在前面写起点那一档，例如“{sign} 100% -> 满分”",
    "write the band it starts from, as in '{sign_en} 100% -> full'",
)
DEAD_ROW = Kind(
    "R312",
    "dead-row",
    "error",
    "这一档永远轮不到：前面的档已经包括了它",
    "this row never applies: the rows above cover it",
    "检查次序和比较号",
    "check the order and the comparison signs",
)
AWARD_ABOVE_MAX = Kind(
    "R313",
    "award-above-max",
    "error",
    "这一档给 {points} 分，超过了指标的 {max} 分",
    "this row awards {points}, more than the indicator's {max} points",
)
MIXED_BASE = Kind(
    "R314",
    "section-with-rule",
    "error",
    "“{name}”既有下级又有自己的评分规则",
    "'{name}' has parts and a scoring rule of its own",
    "把规则移到下级指标里；要改变合计方法，写“汇总：…”",
    "move the rule into a part; to change how the parts combine, write 'combine: …'",
)
NO_TOTAL = Kind(
    "R315",
    "no-points-in-title",
    "error",
    "标题没有写总分",
    "the title does not carry the total points",
    "写成“# 名称（100分）”",
    "write '# name (100 points)'",
)
MISPLACED = Kind(
    "R316",
    "misplaced-line",
    "error",
    "这一行不能写在这里",
    "this line cannot stand here",
    "{hint}",
    "{hint}",
)
LABELS_AND_POINTS = Kind(
    "R317",
    "labels-and-points",
    "error",
    "同一组档次里，有的给分数，有的给等次",
    "some rows give points, others a label",
)
EMPTY_CHECKLIST = Kind(
    "R318",
    "checklist-sum",
    "error",
    "清单各项加起来是 {sum} 分，指标是 {max} 分",
    "the checklist adds up to {sum}, the indicator carries {max} points",
)
UNDECIDED_GAP = Kind(
    "R319",
    "undecided-coverage",
    "warning",
    "判断不了这些档是否包括了所有情况",
    "could not decide whether these rows cover every case",
    "加一行“否则 -> …”最稳妥",
    "an 'else -> …' row settles it",
)
UNREACHED_MAX = Kind(
    "R320",
    "max-unreachable",
    "error",
    "指标“{name}”有 {max} 分，按规则最多只能得 {best} 分",
    "indicator '{name}' carries {max} points, its rules give {best} at most",
)
BREAK_POINTS = Kind(
    "R322",
    "break-points",
    "error",
    "内插要有至少两个折点，而且折点要依次变大（或依次变小）",
    "an interpolation needs at least two break points that rise (or fall) strictly",
    "例如：浓度：内插，下面写 35 -> 50；75 -> 100",
    "as in: value: interpolate, then 35 -> 50; 75 -> 100",
)
UNKNOWN_COLLECTION = Kind(
    "R111",
    "unknown-collection",
    "error",
    "“{name}”不是可以逐个计算的一组",
    "'{name}' is not a collection",
    "{suggestion}",
    "{suggestion}",
)
ROW_OUTSIDE_LIST = Kind(
    "R112",
    "row-outside-list",
    "error",
    "“{name}”是表“{list}”每一行的数，这里不知道是哪一行",
    "'{name}' belongs to each row of '{list}': which row is meant?",
    "写成 合计（{list}：{column}）、最大（{list}：{column}）等",
    "write sum({list}: {column}), max({list}: {column}) or the like",
)
TIES_NEEDED = Kind(
    "R323",
    "ties-not-stated",
    "error",
    "名次没有说并列的怎么算",
    "the rank does not say what ties get",
    "加上：并列 = 同名次（1、2、2、4）、连续（1、2、2、3）、末名次（1、3、3、4）、平均，或再比的一项",
    "add ties = same (1, 2, 2, 4), dense (1, 2, 2, 3), last (1, 3, 3, 4), mean, or a further value to compare",
)
LEFT_OUT_UNANSWERED = Kind(
    "R324",
    "left-out-without-renormalising",
    "error",
    "“{name}”可能被剔除，但没有写剔除后怎么折算",
    "'{name}' can be left out, but nothing says how the rest is renormalised",
    "在要折算的那一级写“汇总：折算”，或把“剔除”改成“满分”“分摊”或具体分数",
    "write 'combine: renormalise' at the level that renormalises, or give points instead of leaving it out",
)
RANGE_ENDS = Kind(
    "R325",
    "range-ends-not-stated",
    "error",
    "“{text}”没有说两端含不含本数",
    "'{text}' does not say whether its ends are included",
    "例如 5%（不含）~10%（含）",
    "as in 5% (exclusive) to 10% (inclusive)",
)
NOT_JUDGED = Kind(
    "R113",
    "not-judged",
    "error",
    "指标“{name}”不由人评定，不能写“评定”",
    "indicator '{name}' is not judged, so it cannot be assessed",
)
UNROUNDED_SCORE = Kind(
    "R326",
    "unrounded-score",
    "error",
    "指标“{name}”的得分来自对数、开方或小数次方，除不尽也写不完",
    "the score of '{name}' comes from a logarithm, a root or a power and has no last digit",
    "写明取位，例如：保留 2 位小数，四舍五入",
    "say how it is rounded, as in: round to 2 places, half up",
)
UPSIDE_DOWN_RANGE = Kind(
    "R327",
    "upside-down-range",
    "error",
    "“{text}”的下限比上限大",
    "in '{text}' the lower end is above the upper one",
    "小的数写在前面",
    "write the smaller number first",
)
NO_INDICATORS = Kind(
    "R321",
    "no-indicators",
    "error",
    "标准里没有指标",
    "the rubric has no indicators",
    "写“## 指标名称（5分）”，下面写公式和档次",
    "write '## indicator (5 points)' and its formula and bands below",
)
UNUSED_FACT = Kind(
    "R401",
    "unused-fact",
    "warning",
    "数据“{name}”没有用到",
    "fact '{name}' is not used",
    "删掉它，或检查公式里的名称",
    "remove it, or check the names in the formulas",
)
