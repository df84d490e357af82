"""Kinds of diagnostics for rules and scores (R3xx) and for what is not used (R4xx)."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

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
    "另起一行写“{fix}”",
    "add a line '{fix}'",
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
    "在前面写起点那一档，例如“{sign} {start} -> 满分”；满分只在一个数上的，写“= {start} -> 满分”",
    "write the band it starts from, as in '{sign_en} {start} -> full'; for one value alone, '= {start} -> full'",
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
    "加一行“否则 -> …”最稳妥；条件里有乘积的，装上 pip install 'rubriclang[smt]' 也许判断得了",
    "an 'else -> …' row settles it; products of facts may be decided with pip install 'rubriclang[smt]'",
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
    "{hint}",
    "{hint}",
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
MISSING_NEVER = Kind(
    "R328",
    "missing-row-never-applies",
    "error",
    "“缺失”这一行用不上：用到的数据都是必填的",
    "this 'missing' row never applies: all the facts it is about are required",
    "在数据那一行写“可缺”，或删掉这一行",
    "declare the fact optional, or remove the row",
)
NO_GRADE = Kind(
    "R329",
    "no-grade",
    "error",
    "标准里没有“等次：”这一行，没有等次可以改",
    "the rubric has no 'grade:' line, so there is no grade to change",
    "在“# 结果”下写一行“等次：≥ 90 -> 优；…”",
    "write a line 'grade: >= 90 -> …' under '# Results'",
)
RANGE_WITH_HYPHEN = Kind(
    "R330",
    "range-with-hyphen",
    "error",
    "“{text}”里的短横读作减号；看起来是一段",
    "the hyphen of '{text}' is a minus sign; a range seems meant",
    "一段写 {low}（含）至 {high}（含），不含的写（不含）；由人在范围里评定的，写 {low} 至 {high}{rank}",
    "write {low} (inclusive) to {high} (inclusive), or (exclusive); for a judged range {low} to {high}{rank}",
)
UP_AND_DOWN = Kind(
    "R331",
    "adds-and-deducts",
    "error",
    "指标“{name}”有加有扣，没有说从几分起算",
    "indicator '{name}' adds and deducts, and does not say from how many points",
    "写一行“得分 = 满分”（从满分起算）或“得分 = 0”（从 0 起算）",
    "add a line 'score = full' or 'score = 0'",
)
EDGE_ELSEWHERE = Kind(
    "R332",
    "step-edge-elsewhere",
    "error",
    "“{text}”说从 {stated} 起算，前面一档却在 {edge}",
    "'{text}' says it begins at {stated}, but the band before it ends at {edge}",
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
