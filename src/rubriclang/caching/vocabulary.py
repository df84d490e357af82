"""What a kept rubric may be made of: every attrs class of ``rubriclang.ir``, and the plain data of places and findings.

Found by looking, never by a list: a class is named by its module and its own name, and a name is taken back only if it
leads to such a class. An object is made by filling its slots, so no code of a class runs, whatever a file says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import MemberDescriptorType
from typing import Any

import attrs

_ROOT = "rubriclang."
_NAME = re.compile(r"((?:ir\.[a-z_]+)|source|diagnostics\.model):([A-Z][A-Za-z]*)")


@attrs.frozen
class Shape:
    """A class that can be kept: its name, its fields in order, and what fills each of them."""

    name: str
    made: type
    fields: tuple[str, ...]
    fill: tuple[Callable[[Any, Any], None], ...]


@cache
def shape_of(made: type) -> Shape | None:
    """The shape of a class; None for one that cannot be kept, such as one whose making runs code of its own."""
    name = f"{made.__module__.removeprefix(_ROOT)}:{made.__qualname__}"
    if _NAME.fullmatch(name) is None or not attrs.has(made) or hasattr(made, "__attrs_post_init__"):
        return None
    fields = attrs.fields(made)
    slots: list[Any] = [getattr(made, field.name, None) for field in fields]
    if not all(field.init for field in fields) or not all(isinstance(slot, MemberDescriptorType) for slot in slots):
        return None
    return Shape(name, made, tuple(field.name for field in fields), tuple(slot.__set__ for slot in slots))


def shape_named(name: str) -> Shape | None:
    """The shape that a name means; None where there is none."""
    parts = _NAME.fullmatch(name)
    if parts is None:
        return None
    try:
        found = getattr(import_module(_ROOT + parts[1]), parts[2], None)
    except ImportError:
        return None
    shape = shape_of(found) if isinstance(found, type) else None
    return shape if shape is not None and shape.name == name else None
