"""Kinds of diagnostics for names (R1xx), types and units (R2xx); those for rules are offered here as well."""

from __future__ import annotations

from rubriclang.diagnostics import Kind
from rubriclang.semantics.edition_errors import (
    AMBIGUOUS_HEADING as AMBIGUOUS_HEADING,
    ELSEWHERE as ELSEWHERE,
    EXTENDS_ITSELF as EXTENDS_ITSELF,
    EXTENDS_NOT_FOUND as EXTENDS_NOT_FOUND,
    NOTHING_TO_REPLACE as NOTHING_TO_REPLACE,
    SECOND_BASE as SECOND_BASE,
    TOO_MANY_FILES as TOO_MANY_FILES,
)
from rubriclang.semantics.rule_errors import (
    AWARD_ABOVE_MAX as AWARD_ABOVE_MAX,
    BREAK_POINTS as BREAK_POINTS,
    DEAD_ROW as DEAD_ROW,
    EDGE_ELSEWHERE as EDGE_ELSEWHERE,
    EMPTY_CHECKLIST as EMPTY_CHECKLIST,
    GAP as GAP,
    LABELS_AND_POINTS as LABELS_AND_POINTS,
    LEFT_OUT_UNANSWERED as LEFT_OUT_UNANSWERED,
    MISPLACED as MISPLACED,
    MISSING_NEVER as MISSING_NEVER,
    MIXED_BASE as MIXED_BASE,
    NO_BASE as NO_BASE,
    NO_GRADE as NO_GRADE,
    NO_INDICATORS as NO_INDICATORS,
    NO_POINTS as NO_POINTS,
    NO_TOTAL as NO_TOTAL,
    NOT_JUDGED as NOT_JUDGED,
    OUT_OF_BOUNDS as OUT_OF_BOUNDS,
    PART_STEP as PART_STEP,
    RANGE_ENDS as RANGE_ENDS,
    RANGE_WITH_HYPHEN as RANGE_WITH_HYPHEN,
    ROW_OUTSIDE_LIST as ROW_OUTSIDE_LIST,
    ROW_WITHOUT_SUBJECT as ROW_WITHOUT_SUBJECT,
    STEP_AND_ELSE as STEP_AND_ELSE,
    STEP_REFERENCE as STEP_REFERENCE,
    SUM_OF_PARTS as SUM_OF_PARTS,
    TIES_NEEDED as TIES_NEEDED,
    TWO_BASES as TWO_BASES,
    UNDECIDED_GAP as UNDECIDED_GAP,
    UNKNOWN_COLLECTION as UNKNOWN_COLLECTION,
    UNREACHED_MAX as UNREACHED_MAX,
    UNROUNDED_SCORE as UNROUNDED_SCORE,
    UNUSED_FACT as UNUSED_FACT,
    UP_AND_DOWN as UP_AND_DOWN,
    UPSIDE_DOWN_RANGE as UPSIDE_DOWN_RANGE,
    ZERO_DENOMINATOR as ZERO_DENOMINATOR,
)

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
CIRCULAR = Kind(
    "R103",
    "circular-definition",
    "error",
    "这些公式互相引用，算不出来：{chain}",
    "these formulas need each other: {chain}",
)
DEFAULT_OUTSIDE = Kind(
    "R212",
    "default-outside-its-bounds",
    "error",
    "“{name}”的默认值 {text} 不在它自己的范围里，永远用不上",
    "the default {text} of '{name}' lies outside its own bounds and can never be used",
    "改默认值或范围；要区别“没填”，写“可缺”和一行“缺失 -> …”",
    "change one of them; to tell what was not given, write 'optional' and a row 'missing -> …'",
)
FACT_READS_MORE = Kind(
    "R118",
    "fact-reads-more-than-facts",
    "error",
    "数据的默认值、范围和“仅当”只能用其他数据和数字，“{name}”是{what}",
    "a default, a bound or an 'only if' of a fact may read facts and numbers only; '{name}' is {what}",
    "范围改写成“勾稽”；默认值改写成公式，例如“新名 = 情形：若 缺失（数据） -> …；否则 -> 数据”",
    "write a bound as a check, and a default as a formula, as in 'new = cases: if missing(fact) -> …; else -> fact'",
)
CIRCULAR_FACTS = Kind(
    "R119",
    "circular-facts",
    "error",
    "这些数据的默认值或“仅当”互相引用，缺了就补不上：{chain}",
    "the defaults or conditions of these facts need each other: {chain}",
    "让其中一个不看别的数据",
    "let one of them stand by itself",
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
    "{suggestion}",
    "{suggestion}",
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
