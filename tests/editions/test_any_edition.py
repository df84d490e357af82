"""Whatever lines an edition is made of, it comes to a program or to diagnostics that can be shown."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings, strategies as st

from rubriclang.diagnostics.render import render_all
from rubriclang.driver import parse_text
from rubriclang.source import Source

ROOT = Path(__file__).resolve().parents[2]
BASES = [
    ROOT / "rubrics" / "cn" / name for name in ("hunan_template.rubric", "soe_term_2009.rubric", "jgj59_1999.rubric")
]
LINES = [line for path in BASES for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
LINES = [line for line in LINES if not line.startswith("# ") or line == "# 结果"]


def _changed(line: str, how: int) -> str:
    if how == 1 and line.startswith("##"):
        return f"{line}（删去）"
    if how == 2 and "->" in line:
        return f"{line.split('->')[0]}-> 删去"
    return line


@given(
    base=st.sampled_from(BASES),
    word=st.sampled_from(["沿用", "沿用", "引用"]),
    lines=st.lists(st.builds(_changed, st.sampled_from(LINES), st.integers(0, 3)), max_size=25),
)
@settings(max_examples=60)
def test_any_lines_come_to_a_program_or_to_diagnostics(base: Path, word: str, lines: list[str]) -> None:
    text = "\n".join(["# 测（100分）", f"{word}：{base.name}", *lines, ""])
    program, diagnostics = parse_text(Source(str(base.with_name("edition.rubric")), text))
    assert (program is None) == any(d.severity == "error" for d in diagnostics)
    assert all(d.source is not None and d.span is not None for d in diagnostics)
    for lang in ("zh", "en"):
        assert bool(render_all(diagnostics, lang)) == bool(diagnostics)
