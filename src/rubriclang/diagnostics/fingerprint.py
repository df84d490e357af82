"""A name for a finding that stays when lines move: for baselines and for services that follow a finding over time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from rubriclang.diagnostics.model import Diagnostic


def fingerprints(found: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding with its fingerprint: of its file, its code, the text of its line, and how many such came before.

    The words of a message take no part, so that a better wording is no new finding, nor does the language.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic in found:
        source, span = diagnostic.source, diagnostic.span
        path = PurePath(source.path).as_posix() if source else ""
        line = source.line(source.position(span.start).line).strip() if source and span else ""
        key = (path, diagnostic.code, line)
        text = "\n".join((*key, str(seen[key])))
        seen[key] += 1
        yield diagnostic, hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
