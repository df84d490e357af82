"""What a fuzzer runs on each text: the check as the command makes it, and every way its findings are shown."""

from __future__ import annotations

from rubriclang.diagnostics.render import render
from rubriclang.driver import check_text
from rubriclang.linter.mending import applied
from rubriclang.source import Source


def run(text: str) -> tuple[str, ...]:
    """Checks a text and shows its findings; the codes found.

    Raises:
        AssertionError: a finding without a place inside the text, or a fix that does not fit it.
    """
    found = check_text(Source("fuzz.rubric", text))
    for diagnostic in found:
        assert diagnostic.span is not None, diagnostic.code
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text), diagnostic.code
        diagnostic.to_dict("zh")
        for lang in ("zh", "en"):
            assert diagnostic.message(lang).strip(), diagnostic.code
            diagnostic.hint(lang)
        if diagnostic.fix is not None:
            applied(text, diagnostic.fix.edits)
    if found:
        render(found[0], "zh")
        render(found[-1], "en")
    return tuple(d.code for d in found)
