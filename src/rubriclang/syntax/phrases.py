"""Phrases of official tables that the language says otherwise: what to type instead, where a line cannot be read.

Each row is a pattern over the folded line, and its advice in both languages; the first that fits is given.
"""

from __future__ import annotations

import re

from lark import Token

_NUMBER = r"\d+(?:\.\d+)?"
_ADVICE: tuple[tuple[str, str, str], ...] = (
    (
        rf"扣满\s*({_NUMBER})\s*分?\s*为止",
        "写“最多扣 {0} 分”，扣到零分的写“扣完为止”",
        "write 'deduct at most {0} points' or 'not below 0'",
    ),
    (rf"加分不超过\s*({_NUMBER})", "写“最多加 {0} 分”", "write 'add at most {0} points'"),
    (rf"扣分不超过\s*({_NUMBER})", "写“最多扣 {0} 分”", "write 'deduct at most {0} points'"),
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
    (rf"^\s*(?:低于|少于|不足|不满)\s*({_NUMBER}\s*\S?)", "写“< {0}”", "write '< {0}'"),
    (rf"^\s*(?:高于|多于|超过|超出)\s*({_NUMBER}\s*\S?)", "写“> {0}”", "write '> {0}'"),
    (r"每低(?=\s*\d)", "写“每低于”", "write 'each under'"),
    (r"每(?:高|超)(?=\s*\d)", "写“每超过”", "write 'each over'"),
    (rf"每满\s*({_NUMBER})", "写“每 {0} … （整档）”", "write 'each {0} … (whole steps)'"),
    (r"^\s*(?:其余|其他|其它)", "写“否则 -> …”", "write 'else -> …'"),
    (r"不[加扣计]分", "写“-> 0”", "write '-> 0'"),
    (rf"前\s*({_NUMBER})\s*[位名]", "名次写成公式，再写“≤ {0}”", "write a rank as a formula, then '<= {0}'"),
    (r"[下调降]+低?\s*[一二三1-3]\s*[级档]", "写“降 1 级”", "write 'down 1'"),
    (rf"\S(?:得|计)\s*{_NUMBER}\s*分", "得分前面写逗号或“->”，例如“需冷藏，得 5 分”", "put '->' before the points"),
)


def advice(line: str) -> tuple[str, str]:
    """What to type instead of a line's phrase, in Chinese and English; empty where nothing is known."""
    for pattern, zh, en in _ADVICE:
        found = re.search(pattern, line)
        if found is not None:
            words = [group.strip() for group in found.groups("")]
            return zh.format(*words), en.format(*words)
    return "", ""


_SIGNS = {"以上": ">=", "以外": ">=", "以下": "<=", "以内": "<="}


def settled(tokens: list[Token]) -> list[Token]:
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
