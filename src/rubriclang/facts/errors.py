"""Kinds of diagnostics for facts (R5xx)."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

MISSING_FACT = Kind(
    "R501",
    "missing-fact",
    "error",
    "缺少数据“{name}”（{type}）{effect}",
    "fact '{name}' ({type}) is missing{effect}",
    "在数据里补上：{name}: {example}",
    "add to the facts: {name}: {example}",
)
UNKNOWN_FACT = Kind(
    "R502",
    "unknown-fact",
    "error",
    "标准里没有“{name}”这项数据",
    "the rubric has no fact '{name}'",
    "{suggestion}",
    "{suggestion}",
)
WRONG_UNIT = Kind(
    "R503",
    "wrong-unit",
    "error",
    "“{name}”应以{unit}计，填的是“{text}”",
    "'{name}' is in {unit}, found '{text}'",
    "换成{unit}，或只填数字",
    "give it in {unit}, or as a bare number",
)
BARE_RATE = Kind(
    "R504",
    "bare-rate",
    "error",
    "“{name}”是比率，只填“{text}”看不出是 {text}% 还是 {times}%",
    "'{name}' is a rate; '{text}' could mean {text}% or {times}%",
    "带上百分号，例如 {text}%",
    "write the percent sign, as in {text}%",
)
WRONG_FACT_TYPE = Kind(
    "R505",
    "wrong-fact-type",
    "error",
    "“{name}”要填{expected}，填的是“{text}”",
    "'{name}' takes {expected}, found '{text}'",
    "{suggestion}",
    "{suggestion}",
)
OUTSIDE_CONSTRAINT = Kind(
    "R506",
    "outside-constraint",
    "error",
    "“{name}”填的是 {text}，标准要求 {bound}",
    "'{name}' is {text}, the rubric requires {bound}",
)
DUPLICATE_FACT = Kind(
    "R507",
    "duplicate-fact",
    "error",
    "“{name}”填了两次（另一处在第 {line} 行）",
    "'{name}' is given twice (the other on line {line})",
    "只留一个",
    "keep one of them",
)
BINARY_FLOAT = Kind(
    "R508",
    "binary-float",
    "error",
    "“{name}”给的是二进制浮点数 {text}，它不一定等于写出来的那个数",
    "'{name}' is the binary float {text}, which may not be the number as written",
    "改成字符串、Decimal 或 Fraction；确实要用浮点数，传 allow_float=True",
    "pass a string, Decimal or Fraction, or allow_float=True if you mean it",
)
UNREADABLE = Kind(
    "R509",
    "unreadable-file",
    "error",
    "读不了这个文件：{why}",
    "cannot read this file: {why}",
    "{hint}",
    "{hint}",
)
NOT_A_MAPPING = Kind(
    "R510",
    "not-a-mapping",
    "error",
    "这里应是“名称: 数值”，实际是{found}",
    "expected 'name: value' here, found {found}",
    "冒号要用半角（:），后面空一格",
    "use a half-width colon and a space after it",
)
YAML_ALIAS = Kind(
    "R511",
    "alias",
    "error",
    "数据文件里不能用 YAML 的 & 和 * 引用",
    "YAML anchors and aliases (& and *) are not allowed in fact files",
    "把数值直接写出来",
    "write the value out",
)
UNKNOWN_JUDGED = Kind(
    "R512",
    "unknown-judged",
    "error",
    "标准里没有要评定的指标“{name}”",
    "the rubric has no judged indicator '{name}'",
    "{suggestion}",
    "{suggestion}",
)
PENDING = Kind(
    "R513",
    "pending-judgement",
    "warning",
    "指标“{name}”还没有评定",
    "indicator '{name}' has not been judged yet",
    "在“评定”里补上：{item}: {low} 至 {max} 之间的得分",
    "add to 'judged': {item}: points from {low} to {max}",
)
JUDGED_OUT_OF_RANGE = Kind(
    "R514",
    "judged-out-of-range",
    "error",
    "指标“{name}”评了 {points} 分，应在 {low} 至 {high} 之间",
    "indicator '{name}' was judged {points}, outside {low} to {high}",
)
NOT_A_SUM_OF_TICKS = Kind(
    "R515",
    "not-a-sum-of-ticks",
    "error",
    "指标“{name}”评了 {points} 分，清单各项的分值凑不出这个数（{ticks}）",
    "indicator '{name}' was judged {points}, which no ticks of its checklist give ({ticks})",
)
TOO_LARGE = Kind(
    "R516",
    "too-large",
    "error",
    "{what}超过了限度（{limit}）",
    "{what} exceeds the limit ({limit})",
)
DIVIDED_BY_ZERO = Kind(
    "R517",
    "divided-by-zero",
    "error",
    "指标“{name}”的分母“{text}”是 0，标准没有说那时怎么办",
    "the denominator '{text}' of indicator '{name}' is 0, and the rubric has no rule for it",
)
NO_RULE_APPLIES = Kind(
    "R518",
    "no-rule-applies",
    "error",
    "指标“{name}”的值是 {value}，没有一档适用",
    "no row of indicator '{name}' applies to {value}",
)
NOT_NEEDED = Kind(
    "R519",
    "fact-not-needed",
    "hint",
    "“{name}”填了数，但按其他数据用不到它",
    "'{name}' is given, but by the other facts it is not needed",
)
CHECK_FAILED = Kind(
    "R520",
    "check-failed",
    "warning",
    "勾稽“{name}”不符：{text}，左边 {left}，右边 {right}{apart}",
    "check '{name}' fails: {text}; left {left}, right {right}{apart}",
)
CHECK_UNDECIDED = Kind(
    "R521",
    "check-not-possible",
    "warning",
    "勾稽“{name}”没有核对：{why}",
    "check '{name}' was not made: {why}",
)
WRONG_TICKS = Kind(
    "R522",
    "wrong-ticks",
    "error",
    "指标“{name}”的清单有 {expected} 项，勾了 {found} 项",
    "the checklist of '{name}' has {expected} items, {found} were given",
)
UNKNOWN_TICK = Kind(
    "R523",
    "unknown-tick",
    "error",
    "指标“{name}”的清单里没有“{text}”",
    "the checklist of '{name}' has no item '{text}'",
    "{suggestion}",
    "{suggestion}",
)
UNKNOWN_PART = Kind(
    "R524",
    "unknown-part",
    "warning",
    "数据文件里的“{name}”不认识，没有用上",
    "'{name}' in the fact file is not known and was not used",
    "可以有：单位、数据、评定、自报、应得、各单位",
    "known parts: unit, facts, judged, claims, expected, units",
)
JUDGED_IN_VAIN = Kind(
    "R525",
    "judged-in-vain",
    "hint",
    "“{name}”评了分，但按其他数据用不到人工评定",
    "'{name}' was judged, but by the facts no judgement is asked for",
)
NO_POPULATION = Kind(
    "R526",
    "no-population",
    "error",
    "指标“{name}”要和其他单位比较，这里只有一个单位的数据",
    "indicator '{name}' compares with other units, and only one unit is given",
    "在数据文件里加上“各单位”，或一次给一张多个单位的表计分",
    "add 'units' to the fact file, or score a table of units at once",
)
NOT_RANKED = Kind(
    "R527",
    "not-ranked",
    "error",
    "指标“{name}”：本单位不在参加排名的单位里",
    "indicator '{name}': this unit is not among those ranked",
)
UNBROKEN_TIE = Kind(
    "R528",
    "unbroken-tie",
    "error",
    "指标“{name}”的名次并列，标准里列的比较项都分不出先后",
    "indicator '{name}': a tie remains after all the tie-breaks of the rubric",
)
EMPTY_COLLECTION = Kind(
    "R529",
    "empty-collection",
    "error",
    "指标“{name}”要取平均、最大或最小，而一项也没有",
    "indicator '{name}' takes a mean, maximum or minimum of nothing",
    "在标准里写一行“缺失 -> …”",
    "add a row 'missing -> …' to the rubric",
)
BREAK_POINTS_OUT_OF_ORDER = Kind(
    "R530",
    "break-points-out-of-order",
    "error",
    "指标“{name}”的折点没有依次变大（或变小），不能内插",
    "the break points of indicator '{name}' do not rise or fall strictly",
)
OPTIONAL_WITHOUT_RULE = Kind(
    "R531",
    "optional-without-rule",
    "error",
    "指标“{name}”没有数据“{fact}”，标准也没有写缺失时怎么办",
    "indicator '{name}' has no fact '{fact}', and the rubric has no rule for its absence",
    "补上数据，或在标准里写一行“缺失 -> …”",
    "give the fact, or add a row 'missing -> …' to the rubric",
)
MISSING_LIST = Kind(
    "R532",
    "missing-list",
    "error",
    "缺少表“{name}”，用到它的指标：{users}",
    "the table '{name}' is missing, needed by: {users}",
    "在数据里补上它的各行；确实一行也没有，写成 {name}: []",
    "add its rows to the facts; if there are none, write {name}: []",
)
NOT_DEFINED = Kind(
    "R533",
    "function-not-defined",
    "error",
    "指标“{name}”里的对数、开方或次方在这些数上没有定义",
    "a logarithm, root or power of indicator '{name}' is not defined for these facts",
)
UNDECIDED = Kind(
    "R534",
    "undecided-comparison",
    "error",
    "指标“{name}”里要比较的两个数算到 1920 位小数还分不出大小",
    "two numbers that indicator '{name}' compares cannot be told apart with 1920 digits",
)
NUMBER_TOO_LARGE = Kind(
    "R537",
    "number-too-large",
    "error",
    "指标“{name}”里的数超过 39000 位，不算了",
    "a number of indicator '{name}' has more than 39,000 digits",
    "检查次方和单位是不是写错了",
    "check powers and units",
)
USED_THOUGH_NOT_NEEDED = Kind(
    "R538",
    "used-though-not-needed",
    "error",
    "指标“{name}”要用数据“{fact}”，可是它的“仅当”不成立，不用填",
    "indicator '{name}' needs fact '{fact}', whose 'only if' does not hold",
    "在标准里给这种情况写一行，例如“不适用：条件 -> 满分”或“缺失 -> 0”",
    "add a row for this case, as in 'not applicable: condition -> full' or 'missing -> 0'",
)
DOES_NOT_APPLY = Kind(
    "R535",
    "does-not-apply",
    "error",
    "这套标准不适用于这些数据（适用：{text}）",
    "this rubric does not apply to these facts (applies: {text})",
    "换用适用的那一套标准",
    "use the rubric that applies",
)
NO_RESULT = Kind(
    "R536",
    "no-result",
    "error",
    "指标“{name}”：标准对这样的数没有规定（无定义）",
    "indicator '{name}': the standard says nothing about such a value (no result)",
)
