"""One piece as canonical text: headings, text lines, block heads, items and statements.

What is meant for people (titles, texts, names of tests, the words of a checklist item) is copied as it stands.
"""

from __future__ import annotations

import re

from rubriclang.formatter.marks import Marks
from rubriclang.formatter.pieces import Piece, Text
from rubriclang.formatter.spacing import phrase, words
from rubriclang.syntax import nodes as n
from rubriclang.syntax.headings import heading
from rubriclang.syntax.lexer import tokenize
from rubriclang.syntax.parser import TEST_HEAD
from rubriclang.syntax.statements import Statements
from rubriclang.syntax.tallies import CIRCLED, CONDITION, LIMIT_AT_END, TALLY

_POINTS = re.compile(r"([\d.]+)\s*(分|points?)$", re.I)
_WEIGHT = re.compile(r"(?:权重|weight)\s*", re.I)


def written(piece: Piece, text: Text, marks: Marks) -> str:
    """The canonical text of a piece, without what parts it from its neighbours."""
    match piece.kind:
        case "heading":
            return _heading(piece, text, marks)
        case "test":
            return _test(piece, text, marks)
        case "tally":
            return _tally(piece, text, marks)
        case "item":
            return "- " + _item(piece, text, marks)
        case "text":
            return _joined(_keyword(piece, text) + marks.colon, _verbatim(text, piece.after, piece.end), marks)
        case "block" | "checklist":
            return _keyword(piece, text) + marks.colon
        case "list":
            name = text.source.text[piece.after : piece.after + len(_without_colon(text, piece))]
            return f"{_keyword(piece, text)} {name.strip()}{marks.colon}"
        case "statement":
            said = phrase(piece.tokens, text.folded, text.source.text, marks)
            if piece.keyword is None:
                return said
            if piece.keyword == "LEVELS":
                return f"{_keyword(piece, text)} {said}"
            return _joined(_keyword(piece, text) + marks.colon, said, marks)


def cell(at: int, stop: int, text: Text, marks: Marks) -> str:
    """One cell of a table."""
    across = text.folded.find("\\", at, stop)
    if across != -1:
        return _between(at, across, text, marks) + marks.across + _between(across + 1, stop, text, marks)
    return _between(at, stop, text, marks)


def _between(at: int, stop: int, text: Text, marks: Marks) -> str:
    tokens = list(tokenize(text.folded, text.source.text, at, stop))
    return phrase(tokens, text.folded, text.source.text, marks)


def _verbatim(text: Text, start: int, end: int) -> str:
    return text.source.text[start:end].strip()


def _joined(head: str, rest: str, marks: Marks) -> str:
    """A head that ends with a colon or a comma, and the rest behind it."""
    return head + ("" if marks.chinese or not rest else " ") + rest


def _keyword(piece: Piece, text: Text) -> str:
    return words(text.folded[piece.start : piece.after].rstrip().removesuffix(":").rstrip())


def _without_colon(text: Text, piece: Piece) -> str:
    return text.folded[piece.after : piece.end].rstrip().removesuffix(":")


# ---- headings


def _heading(piece: Piece, text: Text, marks: Marks) -> str:
    level, title, attributes, _ = heading(Statements(text.source, text.folded), piece.start, piece.end)
    said = [_attribute(attribute, text, marks) for attribute in attributes]
    head = "#" * level + (f" {title}" if title else "")
    if not said:
        return head
    separator = marks.comma if marks.chinese else f"{marks.comma} "
    return head + ("" if marks.chinese else " ") + marks.opening + separator.join(said) + marks.closing


def _attribute(attribute: n.HeadingAttribute, text: Text, marks: Marks) -> str:
    start, end = attribute.span.start, attribute.span.end
    said = text.folded[start:end]
    points = _POINTS.match(said)
    if points:
        return points[1] + ("" if points[2] == "分" else " ") + words(points[2])
    weight = _WEIGHT.match(said)
    if weight:
        return f"{words(weight[0].strip())} {_between(start + weight.end(), end, text, marks)}"
    return words(_between(start, end, text, marks))


# ---- heads and items of blocks


def _test(piece: Piece, text: Text, marks: Marks) -> str:
    found = TEST_HEAD.match(text.folded, piece.after, piece.end)
    assert found is not None  # the text has no errors
    name = _verbatim(text, *found.span("name"))
    path = _verbatim(text, *found.span("path")) if found["path"] else ""
    gap = "" if marks.chinese or not name else " "
    file = f"{gap}{marks.opening}{path}{marks.closing}" if path else ""
    return f"{_keyword(piece, text)} {name}{file}{marks.colon}"


def _item(piece: Piece, text: Text, marks: Marks) -> str:
    node, tokens, source = piece.node, piece.tokens, text.source.text
    if isinstance(node, n.Check) and node.condition.span.start == piece.after and not _named_by_its_right(node):
        # A check without a name is called by its text, so the text must stay.
        span = node.condition.span
        rest = [token for token in tokens if (token.start_pos or 0) >= span.end]
        return source[span.start : span.end] + phrase(rest, text.folded, source, marks)
    return phrase(tokens, text.folded, source, marks, typed=isinstance(node, n.Fact))


def _named_by_its_right(check: n.Check) -> bool:
    return isinstance(check.condition, n.Comparison) and isinstance(check.condition.right, n.Name)


def _tally(piece: Piece, text: Text, marks: Marks) -> str:
    folded, start, end = text.folded, piece.start, piece.end
    circled = CIRCLED.match(folded, start, end)
    if circled:
        said = text.source.text[circled.start("text") : circled.end("text")].strip(" ，,；")
        verb = re.sub(r"\s", "", folded[circled.end("text") : circled.start(2)]).lstrip(",，;")
        worth = f"{circled[2]}{_unit(folded[circled.end(2) : end])}"
        return f"{text.source.text[start]} {said}{marks.comma}{'' if marks.chinese else ' '}{verb}{worth}"
    found = TALLY.match(folded, start, end)
    assert found is not None  # the text has no errors
    after = found.end("per") if found["per"] else found.start("rest")
    unit = folded[found.end(2) : after].partition("/")[0].strip()
    gap = "" if unit == "分" and not found["verb"] else " "
    head = f"- {words(found['verb']) + ' ' if found['verb'] else ''}{found[2]}{gap}{words(unit)}"
    head += f"/{found['per']}" if found["per"] else ""
    return f"{head} {_said(found.start('rest'), end, text, marks)}"


def _unit(said: str) -> str:
    return "分" if "分" in said else " " + words(said.strip())


def _said(at: int, stop: int, text: Text, marks: Marks) -> str:
    """The words of a checklist item, and its formula or limit."""
    rest = text.folded[at:stop]
    colon, limit = rest.find(":"), LIMIT_AT_END.search(rest)
    if CONDITION.match(rest):
        return _verbatim(text, at, stop)  # the condition is the item's text as well
    if colon != -1:
        formula = _between(at + colon + 1, stop, text, marks)
        return _joined(_verbatim(text, at, at + colon) + marks.colon, formula, marks)
    if limit:
        said = _verbatim(text, at, at + limit.start()) + marks.comma
        return _joined(said, _between(at + limit.start() + 1, stop, text, marks), marks)
    return _verbatim(text, at, stop)
