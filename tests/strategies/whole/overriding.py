"""What comes before and after the rules: not applicable in all its meanings, caps, adjustments, vetoes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.strategies.numbers import decimal_text
from tests.strategies.whole.filling import flag
from tests.strategies.whole.pieces import Drawn, Piece

_F = Fraction


def overridden(d: Drawn, piece: Piece, left_out: str | None) -> Piece:
    """A piece with some of: not applicable, adjusted, vetoed. ``left_out``: what its section can do with its points."""
    if piece.full is None:
        return piece
    full = piece.full
    blocks, facts, uses = list(piece.blocks), list(piece.facts), set(piece.uses)
    if d.whole(0, 2) == 0 and not any("‹不适用›" in line for block in blocks for line in block):
        has = d.name("有此事")
        ways = {"full": "‹满分›", "fixed": decimal_text(full / 2) if (full / 2 * 100).denominator == 1 else "0"}
        ways |= {"judged": "‹人工评定›", "nothing": "‹不得分›"}
        del ways["nothing"]
        if left_out == "left out":
            ways["left out"] = "‹剔除›"
        if left_out == "spread":
            ways["spread"] = "‹分摊›"
        way = d.pick(left_out, *ways) if left_out in ways else d.pick(*ways)
        assert way is not None
        blocks.append([f"‹不适用›：{d.pick(f'‹非› {has}', has)} -> {ways[way]}"])
        facts.append(flag(has))
        uses.add(f"not applicable: {way}")
    if d.whole(0, 3) == 0:
        told = d.name("被通报")
        effect = d.pick(
            f"‹得分› ≤ {decimal_text(full)}", "‹得分› ≤ 0.5", "0", f"‹得分› ≥ {decimal_text(full)}", "‹得分› = 0.5"
        )
        if full >= 1:
            blocks.append([f"‹调整›：{told} -> {effect}"])
            facts.append(flag(told))
            uses.add("adjust")
    if d.whole(0, 3) == 0:
        fraud = d.name("造假")
        blocks.append([f"‹否决›：{fraud} -> 0"])
        facts.append(flag(fraud))
        uses.add("veto")
    return replace(piece, blocks=tuple(blocks), facts=tuple(facts), uses=frozenset(uses))
