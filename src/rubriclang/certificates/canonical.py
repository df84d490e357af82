"""The one way a certificate is written: the same content is the same bytes, everywhere and always."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from fractions import Fraction
from typing import Any

from rubriclang.ir.reals import Real, bounds_of
from rubriclang.ir.values import Reason, Value

_DIGITS = 30  # of the bounds of a number that is no fraction


def value_of(value: Value) -> Any:
    """A value as a certificate holds it: an exact fraction as a text, everything else marked by what it is."""
    match value:
        case bool():
            return value
        case Fraction():
            return str(value)
        case str():
            return {"text": value}
        case Real():
            return {"between": [str(end) for end in bounds_of(value, _DIGITS)]}
        case date():
            return {"date": value.isoformat()}
        case Reason():
            return {"reason": value.kind, "causes": [f"{cause.kind}: {cause.name}" for cause in value.causes]}
        case tuple():
            return [value_of(item) for item in value]


def canonical(content: dict[str, Any]) -> bytes:
    """The bytes of a certificate: UTF-8, keys in order, one entry of a list a line."""
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8")


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of a certificate without its own digest."""
    return hashlib.sha256(canonical({key: value for key, value in content.items() if key != "digest"})).hexdigest()
