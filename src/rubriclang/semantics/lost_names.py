"""Names that lines which cannot be read would have defined: what uses them is not said to be unknown."""

from __future__ import annotations

import re

from rubriclang.semantics.scope import Names, Scope

# At the beginning of a statement, perhaps behind a bracket or a sign too many.
_DEFINED = re.compile(r"(?:^|[；;])[^\w\n；;=]*([^\W\d]\w*)[ \t　]*[=＝](?![=>])", re.M)


def lost(names: Names, scope: Scope, name: str) -> bool:
    """Whether an unreadable line may have defined a name: of the rubric, of a scope around, or of the one it names."""
    if names.written is None:
        broken = any(part.node.broken for part in names.root.walk())
        names.written = frozenset(_DEFINED.findall(names.source.text)) if broken else frozenset()
    *path, last = name.split(".")
    if last not in names.written:
        return False
    if path:
        return any(owner.node.broken for owner in names.by_name.get(path[-1], ()))
    around: Scope | None = scope
    while around is not None:
        if around.node.broken:
            return True
        around = around.parent
    return False
