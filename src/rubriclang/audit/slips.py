"""How a wrong figure may have come about: one digit, two digits changed over, a lost point, a lost percent sign."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import attrs

from rubriclang.audit.quantities import decimal_text

SlipKind = Literal["last digit", "digit", "transposition", "missing digit", "extra digit", "decimal point", "sign"]


@attrs.frozen
class Slip:
    """What was written instead of what; ``place`` counts digits from the left, from 1."""

    kind: SlipKind
    wrote: str
    meant: str
    place: int = 0


def slip(printed: Fraction, right: Fraction, decimals: int) -> Slip | None:
    """The slip that turns ``right``, rounded to so many decimals, into ``printed``; None when it takes more."""
    wrote, meant = decimal_text(printed, decimals), decimal_text(right, decimals)
    if printed == -right and printed:
        return Slip("sign", wrote, meant)
    a, b = wrote.replace(".", ""), meant.replace(".", "")
    if len(a) == len(b):
        places = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        if len(places) == 1:
            near = places[0] == len(a) - 1 and abs(int(a[-1]) - int(b[-1])) == 1
            return Slip("last digit" if near else "digit", wrote, meant, places[0] + 1)
        if len(places) == 2 and places[1] == places[0] + 1:
            i, j = places
            if a[i] == b[j] and a[j] == b[i]:
                return Slip("transposition", wrote, meant, i + 1)
        if len(places) > 1 and abs(printed - right) * 10**decimals <= 1:
            return Slip("last digit", wrote, meant, len(a))
    for shift in (10, 100, 1000, 10000):
        if (
            right
            and printed
            and (
                decimal_text(printed, decimals) == decimal_text(right * shift, decimals)
                or decimal_text(printed, decimals) == decimal_text(right / shift, decimals)
            )
        ):
            return Slip("decimal point", wrote, meant)
    if len(a) == len(b) - 1 and any(b[:i] + b[i + 1 :] == a for i in range(len(b))):
        return Slip("missing digit", wrote, meant)
    if len(a) == len(b) + 1 and any(a[:i] + a[i + 1 :] == b for i in range(len(a))):
        return Slip("extra digit", wrote, meant)
    return None
