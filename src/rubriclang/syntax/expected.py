"""What could stand at a place of a line, in words: the likely few of all that the grammar takes."""

from __future__ import annotations

from rubriclang.syntax.keywords import keywords

_GROUPS: tuple[tuple[frozenset[str], str, str], ...] = (
    (
        frozenset({"NAME", "NUMBER", "LPAR", "FULL", "STRING", "DATE", "MISSING", "ROUND_MODE"}),
        "数或名称",
        "a number or a name",
    ),
    (frozenset({"NAME", "NUMBER", "STRING"}), "数或名称", "a number or a name"),
    (frozenset({"PLUS", "MINUS", "TIMES", "DIVIDE", "POWER"}), "运算符", "an operator"),
    (frozenset({"PLUS", "MINUS"}), "加减号", "+ or -"),
    (frozenset({"CMP", "EQ"}), "比较号（≤ ≥ < > =）", "a comparison (<= >= < > =)"),
    (frozenset({"AND", "OR"}), "且、或", "and, or"),
    (
        frozenset({"FLOOR_ZERO", "CAP_FULL", "MOST_DEDUCT", "MOST_ADD", "AT_LEAST", "AT_MOST"}),
        "封顶保底（扣完为止、最多扣 …、最高 …）",
        "a limit (not below 0, deduct at most …, at most …)",
    ),
    (frozenset({"KEEP", "KEEP_TO", "KEEP_WHOLE"}), "保留 …", "round to …"),
    (frozenset({"EACH", "EACH_SIDE"}), "每…", "each …"),
    (frozenset({"OPEN_END", "CLOSED_END"}), "（含）或（不含）", "(inclusive) or (exclusive)"),
)
_SINGLE = {
    "ARROW": ("“-> 得分”", "'-> points'"),
    "_COLON": ("“：”", "':'"),
    "_COMMA": ("“，”", "','"),
    "_ENUM": ("“、”", "'、'"),
    "_DOT": ("“.”", "'.'"),
    "LPAR": ("“（”", "'('"),
    "RPAR": ("“）”", "')'"),
    "NAME": ("名称", "a name"),
    "NUMBER": ("数", "a number"),
    "UNIT": ("单位", "a unit"),
    "STRING": ("引号里的文字", "a quoted text"),
    "PERCENT": ("%", "%"),
    "EQ": ("“=”", "'='"),
    "CMP": ("比较号", "a comparison"),
    "MINUS": ("“-”", "'-'"),
    "$END": ("换行", "the end of the line"),
}
_MOST = 4
# Right, and hardly ever what was meant: said only where nothing else could stand.
_UNLIKELY = frozenset(
    "_DOT LPAR MINUS BETWEEN MISSING ZERO_DENOMINATOR INTERPOLATE LEFT_OUT NO_RESULT SPREAD UNLIMITED ALSO GRID "
    "DATE STRING SIDE NO_SCORE STEP_MODE CLOSED_END OPEN_END".split()
)
_FIRST = ("ARROW", "_COLON", "EQ", "RPAR", "_ENUM", "_COMMA")


def expected_words(accepts: set[str]) -> tuple[str, str]:
    """The likeliest of the terminals that a parser would take, in Chinese and English."""
    left = accepts - _UNLIKELY or set(accepts)
    zh, en = [], []
    for group, name_zh, name_en in _GROUPS:
        if len(group & left) >= 2 and group <= accepts | {"MISSING", "ROUND_MODE", "DATE", "STRING"}:
            left -= group
            zh.append(name_zh)
            en.append(name_en)
    words = {k.terminal: k for k in keywords() if k.boundary not in ("line", "named")}
    order = {terminal: at for at, terminal in enumerate((*_FIRST, *_SINGLE))}
    for terminal in sorted(left - {"$END"}, key=lambda t: (order.get(t, len(order)), t)):
        if terminal in _SINGLE:
            zh.append(_SINGLE[terminal][0])
            en.append(_SINGLE[terminal][1])
        elif terminal in words:
            zh.append(words[terminal].zh[0])
            en.append((words[terminal].en or words[terminal].zh)[0])
    end = _SINGLE["$END"]
    if "$END" in accepts:
        zh, en = [*zh[: _MOST - 1], end[0]], [*en[: _MOST - 1], end[1]]
    return "、".join(zh[:_MOST]), ", ".join(en[:_MOST])
