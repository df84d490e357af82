"""Phrases of official tables that the language says otherwise: what to type instead, where a line cannot be read.

Each row is a pattern over the folded line, and its advice in both languages; the first that fits is given.
"""

from __future__ import annotations

import re

from lark import Token

from rubriclang.syntax.results import results

_NUMBER = r"\d+(?:\.\d+)?"
_ADVICE: tuple[tuple[str, str, str], ...] = (
    (
        rf"(?:若|if)\s+([^\W\d]+)\s*({_NUMBER}\s*%?)\s*(?:\([^()]*\)\s*)?[至到~-]\s*({_NUMBER}\s*%?)",
        "条件里的一段写成两个比较，例如 {0} ≥ {1} 且 {0} < {2}",
        "in a condition write a range as two comparisons, as in {0} >= {1} and {0} < {2}",
    ),
    (
        r"^\s*(?:默认|defaults)\s*:(?:.*,)?\s*((?:最高|最多|最低|at most|at least)\s*-?\s*[\d.]+[^,]*)",
        "“默认”管每一个指标；总分的封顶保底另起一行，写在总标题下面：{0}",
        "'defaults' are for every indicator; a limit of the total stands on a line of its own under the title: {0}",
    ),
    (
        r"^\s*(?:等次|grade)\s*:\s*(?:人工评定|judged)\s*$",
        "等次由人直接评的，写成一项数据（- 评定等级：优、良、中、差），再写“等次 = 评定等级”",
        "a grade that a person gives is a fact (- verdict: good, fair, poor); then write 'grade = verdict'",
    ),
    (
        r"^\s*(?:等次|grade)\s*:\s*([^\W\d]+(?:\s*[、,]\s*[^\W\d]+)+)\s*$",
        "等次由人直接评的，写成一项数据（- 评定等级：{0}），再写“等次 = 评定等级”；按总分定的，写“≥ 90 -> …”",
        "a grade that a person gives is a fact (- verdict: {0}); then write 'grade = verdict'; "
        "one that follows from the total is written '>= 90 -> …'",
    ),
    (
        rf"^(?:[^:]*:)?\s*(?!每)([^\W\d]+?)\s*(?:-|倒?扣)\s*({_NUMBER})\s*分?\s*$",
        "写“{0} -> -{1}”；从满分里扣的，写“{0} -> 扣 {1}”",
        "write '{0} -> -{1}', or '{0} -> deducts {1}' where it is taken off full marks",
    ),
    (
        rf"^(?:[^:]*:)?\s*(?!每)([^\W\d]+?)\s*(?:\+|得|计|加)?\s*({_NUMBER})\s*分?\s*$",
        "类别和分之间写“->”：{0} -> {1}",
        "put '->' between a choice and its points: {0} -> {1}",
    ),
    (
        rf"扣满\s*({_NUMBER})\s*分?\s*为止",
        "写“最多扣 {0} 分”，扣到零分的写“扣完为止”",
        "write 'deduct at most {0} points' or 'not below 0'",
    ),
    (rf"加分不超过\s*({_NUMBER})", "写“最多加 {0} 分”", "write 'add at most {0} points'"),
    (rf"扣分不超过\s*({_NUMBER})", "写“最多扣 {0} 分”", "write 'deduct at most {0} points'"),
    (
        r"([^\W\d]*?[^\W\d不未])"
        r"((?:大于|小于)等于|(?:不|未)?(?:大于|小于|低于|高于|超过|达到)|不足|(?<!大于)(?<!小于)等于)"
        r"\s*(\d+(?:\.\d+)?\s*%?)",
        "“{1}”前面空一格：{0} {1} {2}",
        "put a blank before '{1}': {0} {1} {2}",
    ),
    (
        rf"{_NUMBER}\s*%?\s*(?:\((?:不?含)[^()]*\))?\s*-\s*{_NUMBER}\s*%?",
        "一段数写明两头，例如 0%（不含）至 10%（含）",
        "state both ends of a range, as in 0% (exclusive) to 10% (inclusive)",
    ),
    (
        r"(?:满分|分|\d)\s*,\s*(每\S*)",
        "“{0}”另起一行，或者前面的逗号改成“；”",
        "begin a new line before 'each', or write ';' for the comma",
    ),
    (r"每低(?=\s*\d)", "写“每低于”", "write 'each under'"),
    (r"每(?:高|超)(?=\s*\d)", "写“每超过”", "write 'each over'"),
    (r"不[加扣计]分", "写“-> 0”", "write '-> 0'"),
    (rf"\S(?:得|计)\s*{_NUMBER}\s*分", "得分前面写逗号或“->”，例如“需冷藏，得 5 分”", "put '->' before the points"),
)


_RANK = r"前\s*(\d+)\s*[位名]?"
_NAMES: tuple[tuple[str, str, str], ...] = (
    (r"其[他它余]\w{0,2}", "别的情形都归这一档，写“否则 -> …”", "for everything else write 'else -> …'"),
    (
        _RANK,
        "名次先写成公式，再写“≤ {0}”，例如“位次 = 名次（各单位：得数，并列 = 同名次）；≤ {0} -> …”",
        "write the rank as a formula and then '<= {0}', as in 'place = rank(units: value, ties = same); <= {0} -> …'",
    ),
    (r"第\s*(\d+)\s*[位名]?", "名次先写成公式，再写“{0} -> …”", "write the rank as a formula, then '{0} -> …'"),
    (r"\w*[降升调][级档等低]?\w*[级档等次]", "写“降 1 级”或“升 1 级”", "write 'down 1' or 'up 1'"),
)


def name_advice(name: str) -> tuple[str, str]:
    """What to type instead of a word that names nothing, in both languages; empty where nothing is known."""
    for pattern, zh, en in _NAMES:
        found = re.fullmatch(pattern, name)
        if found is not None:
            return zh.format(*found.groups("")), en.format(*found.groups(""))
    return "", ""


def advice(line: str) -> tuple[str, str]:
    """What to type instead of a line's phrase, in Chinese and English; empty where nothing is known."""
    rank = re.search(rf"(?:^|[:、])\s*({_RANK})\s*(?:->|=>|→|,|得|计|$)", line)
    if rank is not None:
        return name_advice(rank[1])
    for pattern, zh, en in _ADVICE:
        found = re.search(pattern, line)
        if found is not None:
            words = [group.strip() for group in found.groups("")]
            return zh.format(*words), en.format(*words)
    return "", ""


_SIGNS = {"以上": ">=", "以外": ">=", "以下": "<=", "以内": "<="}
_DIRECTIONS = {
    "超过": ">",
    "超出": ">",
    "高于": ">",
    "over": ">",
    "低于": "<",
    "少于": "<",
    "不足": "<",
    "under": "<",
}
_REST = ("其余", "其余的", "其余情况", "其他情况", "其它情况", "其他情形", "其余情形")
_SHIFT = re.compile(
    r"(?:(下调|降低|下降|降)|上调|上升|提高|提升|升)([一二两三四五六七八九]|\d+)?(个?(?:等级|等次|级|档|等))?"
)
_NUMERALS = str.maketrans("一二两三四五六七八九", "1223456789")


def settled(tokens: list[Token], rule: str) -> list[Token]:
    """The tokens with the phrases of official tables that can be read in one way only put as the grammar has them."""
    tokens = results(tokens) if rule == "line" else tokens
    return _number_as_name(_shifts(_else(_comparisons(_disputes(tokens)))))


def _in_place_of(token: Token, kind: str, text: str) -> Token:
    return Token(kind, text, start_pos=token.start_pos, end_pos=token.end_pos)


def _comparisons(tokens: list[Token]) -> list[Token]:
    """``低于 75%`` as ``< 75%``, where no 每 stands before it: a step has its direction behind its 每."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if token.type in ("EACH", "EACH_SIDE"):
            return out + tokens[at:]
        sign = _DIRECTIONS.get(token.lower()) if token.type == "SIDE" else None
        out.append(token if sign is None else _in_place_of(token, "CMP", sign))
    return out


def _else(tokens: list[Token]) -> list[Token]:
    """``其余 -> 0`` as ``否则 -> 0``, ``其余不得分`` with it. 其他 is left alone: it may be one of the options."""
    if tokens and tokens[-1].type == "NAME" and (len(tokens) == 1 or tokens[-2].type in ("_COLON", "GRADE")):
        last = tokens[-1]
        glued = last.endswith("不得分") and last.removesuffix("不得分") in (*_REST, "否则")
        if glued and last.start_pos is not None:
            middle = last.start_pos + len(last) - len("不得分")
            rest = Token("ELSE", "否则", start_pos=last.start_pos, end_pos=middle)
            return [*tokens[:-1], rest, Token("NO_SCORE", "不得分", start_pos=middle, end_pos=last.end_pos)]
    for at in range(len(tokens) - 1):
        token, behind = tokens[at], tokens[at + 1].type
        begins = at == 0 or tokens[at - 1].type in ("_COLON", "GRADE")
        bare = (token.end_pos or 0) - (token.start_pos or 0) == len(token)  # 【其余】 is a name
        if begins and bare and token.type == "NAME" and token in _REST and behind in ("ARROW", "NO_SCORE"):
            return [*tokens[:at], _in_place_of(tokens[at], "ELSE", "否则"), *tokens[at + 1 :]]
    return tokens


def _number_as_name(tokens: list[Token]) -> list[Token]:
    """``评定 2.222 = 3``: an indicator whose title is a number; nothing else can be assessed or given."""
    if len(tokens) < 3 or tokens[0].type not in ("ASSESSED", "GIVEN") or tokens[1].type != "NUMBER":
        return tokens
    if tokens[2].type not in ("EQ", "_DOT"):
        return tokens
    return [tokens[0], _in_place_of(tokens[1], "NAME", str(tokens[1])), *tokens[2:]]


def _shifts(tokens: list[Token]) -> list[Token]:
    """``下调一级`` as ``降 1 级``, in what follows from 调整 and 否决."""
    if not tokens or tokens[0].type not in ("ADJUST", "VETO"):
        return tokens
    out: list[Token] = []
    for at, token in enumerate(tokens):
        found = _SHIFT.fullmatch(token) if token.type == "NAME" and tokens[at - 1].type in ("ARROW", "_COMMA") else None
        numbered = at + 1 < len(tokens) and tokens[at + 1].type == "NUMBER"
        if found is None or (found[2] is None) != numbered or (numbered and found[3]):
            out.append(token)
            continue
        out.append(_in_place_of(token, "DOWN" if found[1] else "UP", str(token)))
        if found[2] is not None:
            steps = found[2].translate(_NUMERALS)
            out.append(_in_place_of(token, "NUMBER", steps))
    return out


def _disputes(tokens: list[Token]) -> list[Token]:
    """``100%以下（含）`` as ``≤ 100%``: where the table says whether the number itself is in, nothing is disputed."""
    if _SIGNS.keys().isdisjoint(tokens):
        return tokens
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        sign = _SIGNS.get(str(token)) if token.type == "NAME" else None
        numbered = len(out) >= 1 and out[-1].type in ("NUMBER", "UNIT", "PERCENT")
        if sign is None or not numbered or after is None or after.type not in ("CLOSED_END", "OPEN_END"):
            out.append(token)
            at += 1
            continue
        first = len(out) - 1
        while first > 0 and out[first].type != "NUMBER":
            first -= 1
        strict = sign if after.type == "CLOSED_END" else sign[0]
        out.insert(first, Token("CMP", strict, start_pos=out[first].start_pos, end_pos=out[first].start_pos))
        at += 2
    return out
