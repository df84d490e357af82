"""Whatever text is given as a rubric or as a fact file: diagnostics with places and words, never an exception."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

import rubriclang
from rubriclang.diagnostics.render import render
from rubriclang.source import Workbook
from tests.strategies.budget import examples
from tests.strategies.texts import any_characters, deep, giant_numbers, mutated_lines, pieces, real_lines

COUNTY = "rubrics/2019_county_overall.rubric"
FACTS = "examples/baojing_2019.yaml"


def assert_sound(diagnostics: Iterable[rubriclang.Diagnostic]) -> None:
    """Each has a code, a place inside its text, and words in both languages that name all they mean to name."""
    for found in diagnostics:
        assert re.fullmatch(r"R\d{3}", found.code)
        assert found.severity in ("error", "warning", "hint")
        for lang in ("zh", "en"):
            assert found.message(lang).strip()
            found.hint(lang)
            assert found.code in render(found, lang)
            json.dumps(found.to_dict(lang))
        assert re.search(r"[\u4e00-\u9fff]", found.message("zh"))
        assert re.search(r"[a-z]{2}", found.message("en"))
        if found.source is not None and found.span is not None:
            assert 0 <= found.span.start <= found.span.end
            assert found.span.end <= len(found.source.text) or isinstance(found.source, Workbook)


def checked(text: str) -> tuple[rubriclang.Diagnostic, ...]:
    """The diagnostics of a text (of more than one line, so that it is not taken for a path), each with a place."""
    found = rubriclang.check(text if "\n" in text else text + "\n")
    assert_sound(found)
    assert all(d.source is not None and d.span is not None for d in found)
    return found


# ---- rubrics


@given(text=any_characters())
@example(text="")
@example(text="\n")
@example(text="\ufeff# 标准（5分）\n")
@example(text="#")
@example(text="|")
@example(text="# 标准（5分）\n|\n")
@example(text="# 标准（5分）\n## 指标（5分）\n结果 = 【 】\n")
@example(text="# 标准（5分）\n## 指标（5分）\n结果 = 1，保留 1.5 位小数，四舍五入\n")
@examples(4)
def test_any_characters(text: str) -> None:
    checked(text)


@given(text=pieces())
@examples(6)
def test_any_words_of_the_language(text: str) -> None:
    checked(text)


@given(head=pieces(), line=pieces(), where=st.sampled_from(["指标", "数据", "清单", "参数", "勾稽", "测试", "结果"]))
@examples(5)
def test_any_line_in_its_place(head: str, line: str, where: str) -> None:
    """A strange line inside a sound rubric, where a line, an item or an expectation is read."""
    line = line.replace("\n", "")
    block = {"数据": "数据：\n- ", "清单": "清单：\n- 2分 ", "参数": "参数：\n- ", "勾稽": "勾稽：\n- "}.get(where, "")
    text = f"# 标准（5分）\n数据：\n- 甲：数\n- 乙：%，可缺\n{block if where in ('数据', '参数', '勾稽') else ''}"
    text += f"{line if where in ('数据', '参数', '勾稽') else ''}\n## 指标（5分）\n"
    text += f"{block}{line}\n" if where in ("指标", "清单") else "甲：≥ 1 -> 5；否则 -> 0\n"
    text += f"# 结果\n{line}\n" if where == "结果" else ""
    text += f"测试 甲：\n- {line}\n" if where == "测试" else ""
    checked(text)
    checked(text.replace("标准", head.replace("\n", ""), 1))


@given(text=mutated_lines(COUNTY))
@examples(3)
def test_a_real_rubric_with_slips_of_the_pen(text: str) -> None:
    checked(text)


@given(
    line=deep() | giant_numbers(),
    where=st.sampled_from(["{}\n", "结果 = {}\n", "- {}\n", "- 甲：数，≥ {}\n", "## 甲（{}分）\n"]),
)
@examples(2)
def test_deep_and_giant_lines(line: str, where: str) -> None:
    checked(
        "# 标准（5分）\n数据：\n## 指标（5分）\n清单：\n".replace("清单：\n", "清单：\n" if where[0] == "-" else "")
        + where.format(line)
    )
    checked("# 标准（5分）\n数据：\n" + where.format(line) + "## 指标（5分）；人工评定\n")
    checked(where.format(line))


@pytest.mark.parametrize("digits", [60, 61, 4299, 4301, 10_000])
@pytest.mark.parametrize(
    "line",
    [
        "# 标准（{}分）",
        "## 甲（{}分）",
        "## 甲（最多加 {} 分）",
        "## 甲（5分，权重 {}）",
        "清单：\n- {}分 好",
        "清单：\n① 好，{}分",
        "结果 = {}",
    ],
)
def test_a_number_of_any_length(line: str, digits: int) -> None:
    text = line.format("9" * digits) + "\n"
    checked(text if text.startswith("# ") else f"# 标准（5分）\n## 指标（5分）\n{text}")


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "a" * 5000, "/", "."])
def test_a_path_that_cannot_be_opened(text: str, tmp_path: Path) -> None:
    """A text of one line is a path; one that cannot be opened raises ``OSError``, as documented, and nothing else."""
    with pytest.raises(OSError):
        rubriclang.check(text)


@given(data=st.binary(max_size=60) | any_characters().map(lambda text: text.encode("gb18030", "ignore")))
@examples(2)
def test_any_bytes_in_a_rubric_file(folder: Path, data: bytes) -> None:
    path = folder / "any.rubric"
    path.write_bytes(data)
    assert_sound(rubriclang.check(path))


# ---- fact files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


RUBRIC = """# 标准（20分）
数据：
- 甲：数，≥ 0
- 款：万元，> 0
- 率：%，0% 至 100%，可缺
- 真假：是否
- 等第：一等、二等
- 日子：日期，缺失 = 2019-12-31
- 次数：次，整数
- “引号”数：数，仅当 真假，又名 别名
## 第一（5分）
甲：≥ 1 -> 5；否则 -> 0
## 第二（5分）
率：≥ 90% -> 5；否则 -> 0；缺失 -> 人工评定
## 第三（10分）
清单：
- 4分 头一条
- 6分 第二条
# 结果
等次：≥ 16 -> 优；否则 -> 差
"""


def scored(folder: Path, suffix: str, text: str) -> None:
    """Loads a text as a fact file and scores it; only the documented exceptions may be raised."""
    path = folder / f"any.{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        facts = rubriclang.load_facts(path)
    except rubriclang.FactsError as error:
        assert error.diagnostics
        assert_sound(error.diagnostics)
        return
    outcome = _RUBRIC.score(facts)
    assert_sound(outcome.diagnostics)
    json.dumps(outcome.to_dict())
    assert outcome.total is None or 0 <= outcome.total <= 20


_RUBRIC = rubriclang.loads(RUBRIC)
_KNOWN = (
    "甲 款 率 真假 等第 日子 次数 “引号”数 引号数 别名 甲（数） 款（元） 款(人) 第一 第二 第三 头一条 第二条 丙 "
    "单位 数据 评定 自报 各单位 units unit facts 数值 值 来源 备注 得分 清单 评定人"
)
_KEYS = [*_KNOWN.split(), "", " ", "甲 ", "第三.头一条", "标准.第二", "第二/第二", "."]
_PLAUSIBLE = (
    "1 -1 0 1.5 1,234.5 1/3 5% 50％ 120% 25 万元 5万元 5元 5人 是 否 √ 一等 三等 2019-12-31 2019-02-30 0000-01-01 "
    "2019年2月9日 1e5 .5 5. ~ null NaN [是,否] 是否 １２ ① - + % / -- 5%% 1/0 5,00 0x1F 1_000 1:30 true"
)
_HUGE = ["9" * 61, "9" * 5000, "0." + "0" * 5000 + "1", "9" * 5000 + "%", "1/" + "9" * 5000]
_VALUES = [*_PLAUSIBLE.split(), "", " ", *_HUGE]


def trees() -> st.SearchStrategy[object]:
    """What a fact file may hold: known and unknown names over values, lists and mappings, some levels deep."""
    leaf = st.one_of(st.sampled_from(_VALUES), st.none(), st.booleans(), st.integers(-3, 10**20), any_characters())
    return st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
        max_leaves=12,
    )


@given(tree=st.dictionaries(st.sampled_from(_KEYS), trees(), max_size=6))
@examples(3)
def test_any_json(folder: Path, tree: object) -> None:
    scored(folder, "json", json.dumps(tree))
    scored(folder, "json", json.dumps(tree, ensure_ascii=False))


@given(tree=st.dictionaries(st.sampled_from(_KEYS), trees(), max_size=6))
@examples(2)
def test_any_structure_in_yaml(folder: Path, tree: object) -> None:
    scored(folder, "yaml", json.dumps(tree))  # JSON is YAML


@given(
    text=any_characters()
    | st.lists(st.sampled_from([*"{}[]:,&*!|>'\"%@`#?-\n\t ~", "甲", "5", "\\U", "\\", "<<", "---"])).map("".join)
)
@example(text='甲: "\\UFFFFFFFF"\n')
@example(text='甲: "\\U00110000"\n')
@example(text='甲: "\\ud800"\n')
@example(text="%YAML 1." + "9" * 5000 + "\n---\n甲: 1\n")
@example(text="甲: !!python/object/apply:os.system [ls]\n")
@example(text="甲: &a 1\n款: *a\n")
@example(text="甲: 1\n甲: 2\n")
@example(text="- " * 3000)
@example(text="[" * 3000)
@example(text="? " * 3000)
@example(text="甲: >\n" + " " * 3000)
@example(text="\ufeff甲: 1\n")
@example(text="甲: 1\n---\n甲: 2\n")
@examples(6)
def test_any_yaml(folder: Path, text: str) -> None:
    scored(folder, "yaml", text)


@given(text=mutated_lines(FACTS))
@examples(3)
def test_a_real_fact_file_with_slips_of_the_pen(folder: Path, text: str) -> None:
    scored(folder, "yaml", text)


@given(
    text=any_characters()
    | st.lists(st.sampled_from([*'{}[]:,"\\ \n', "甲", "1", "1e999", "-0", "NaN", "null", "true", "\\u", "d800"])).map(
        "".join
    )
)
@example(text="")
@example(text="{")
@example(text='{"甲": 1')
@example(text='{"甲": 1e999999999}')
@example(text='{"甲": "\\ud800"}')
@example(text='{"甲": ' + "9" * 5000 + "}")
@example(text="[" * 3000)
@example(text='{"a":' * 3000)
@example(text='{"甲": 1, "甲": 2}')
@examples(6)
def test_any_json_text(folder: Path, text: str) -> None:
    scored(folder, "json", text)


@given(
    text=any_characters(),
    header=st.sampled_from(["", "名称,数值\n", "名称,数值,单位,来源\r\n", "数值\t名称\n", '"名称","数值"\n']),
)
@example(text='甲,"' + "x" * 200_000 + '"', header="名称,数值\n")
@example(text="甲,1\0", header="名称,数值\n")
@example(text='甲,"1', header="名称,数值\n")
@example(text="甲,1\r乙,2\r\r\n", header="名称,数值\n")
@example(text="甲,1,万元\n款,5,万元,第一页,多一格\n", header="名称,数值,单位,来源\r\n")
@example(text="甲", header="名称,数值\n")
@examples(4)
def test_any_csv(folder: Path, text: str, header: str) -> None:
    scored(folder, "csv", header + text)


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(_KEYS), st.sampled_from(_VALUES), st.sampled_from(["", "元", "万元", "%", "人", "\ud800"])
        )
    )
)
@examples(3)
def test_any_rows_of_csv(folder: Path, rows: list[tuple[str, str, str]]) -> None:
    scored(folder, "csv", "名称,数值,单位\n" + "".join(f'"{name}","{value}",{unit}\n' for name, value, unit in rows))


@given(data=st.binary(max_size=60), suffix=st.sampled_from(["yaml", "yml", "json", "csv", "xlsx", "txt", ""]))
@examples(2)
def test_any_bytes_in_a_fact_file(folder: Path, data: bytes, suffix: str) -> None:
    path = folder / f"bytes.{suffix}"
    path.write_bytes(data)
    try:
        facts = rubriclang.load_facts(path)
    except rubriclang.FactsError as error:
        assert_sound(error.diagnostics)
    else:
        assert_sound(_RUBRIC.score(facts).diagnostics)


@given(
    tree=st.dictionaries(st.sampled_from(_KEYS), trees(), max_size=6),
    judged=st.dictionaries(st.sampled_from(_KEYS), trees(), max_size=3),
)
@examples(3)
def test_any_facts_from_python(tree: dict[str, object], judged: dict[str, object]) -> None:
    outcome = _RUBRIC.score(tree, judged)
    assert_sound(outcome.diagnostics)
    json.dumps(outcome.to_dict())


# ---- no blow-up

_SHAPES: dict[str, Callable[[int], str]] = {
    "one long sum": lambda n: f"# 标准（5分）\n## 指标（5分）\n结果 = {' + '.join(['1'] * (4 * n))}\n",
    "one long word": lambda n: f"# 标准（5分）\n## 指标（5分）\n{'甲' * (40 * n)} = 1\n",
    "one long quote": lambda n: f"# 标准（5分）\n## 指标（5分）\n{'“甲' * (40 * n)}\n",
    "one long heading": lambda n: f"# 标准{'（' * (40 * n)}5分）\n",
    "one long blank": lambda n: f"# 标准（5分）\n## 指标（5分）\n结果 = 1{' ' * (40 * n)}+ 1\n",
    "one long text": lambda n: f"# 标准（5分）\n标准：{'得 5 分；' * (20 * n)}\n## 指标（5分）；人工评定\n",
    "many brackets": lambda n: f"# 标准（5分）\n## 指标（5分）\n结果 = {'（' * (20 * n)}1{'）' * (20 * n)}\n",
    "many strange lines": lambda n: "# 标准（5分）\n" + "@ ≤ ≤\n" * n,
    "many items under nothing": lambda n: "# 标准（5分）\n## 指标（5分）；人工评定\n" + "- 甲\n" * n,
    "many odd line ends": lambda n: "# 标准（5分）\n" + "甲\u2028" * n + "\n",
    "many facts": lambda n: "# 标准（5分）\n数据：\n" + "".join(f"- 甲{i}：数\n" for i in range(n)),
    "many unknown names": lambda n: (
        "# 标准（5分）\n数据：\n"
        + "".join(f"- 甲{i}数：数\n" for i in range(n))
        + "## 指标（5分）\n"
        + "".join(f"乙{i} = 丙{i}数\n" for i in range(n))
    ),
    "many formulas": lambda n: (
        "# 标准（5分）\n## 指标（5分）\n甲0 = 1\n"
        + "".join(f"甲{i + 1} = 甲{i} + 1\n" for i in range(n))
        + "否则 -> 5\n"
    ),
    "many bands": lambda n: (
        "# 标准（5分）\n数据：\n- 甲：数\n## 指标（5分）\n甲：\n"
        + "".join(f"≤ {i} -> 5\n" for i in range(n))
        + "否则 -> 0\n"
    ),
    "many indicators": lambda n: (
        f"# 标准（{n}分）\n数据：\n- 甲：数\n"
        + "".join(f"## 指标{i}（1分）\n甲：≥ 1 -> 1；否则 -> 0\n调整：甲 > 9 -> 0\n" for i in range(n))
    ),
    "many sections": lambda n: "# 标准（5分）\n" + "".join(f"{'#' * (i + 2)} 节{i}（5分）\n" for i in range(n // 4)),
    "many checks": lambda n: (
        "# 标准（5分）\n数据：\n- 甲：数\n## 指标（5分）；人工评定\n勾稽：\n"
        + "".join(f"- 勾{i}：甲 + {i} = 甲\n" for i in range(n))
    ),
    "many tests": lambda n: (
        "# 标准（5分）\n## 指标（5分）；人工评定\n" + "".join(f"测试 甲{i}：\n- 总分 = 5\n" for i in range(n))
    ),
}


def _calls(text: str) -> int:
    """How many Python functions a check calls: a measure of work that no busy machine can blur."""
    count = 0

    def tally(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        rubriclang.check(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("shape", _SHAPES)
def test_four_times_the_text_is_about_four_times_the_work(shape: str) -> None:
    """Twice that is allowed; what grows with the square is sixteen times the work."""
    rubriclang.check("# 标准（5分）\n")  # the parser is built
    small, large = _SHAPES[shape](100), _SHAPES[shape](400)
    assert _calls(large) < 8 * _calls(small) + 5000


def test_the_county_rubric_many_times_over() -> None:
    """A text of 30 times the size of the real rubric (and as wrong as that makes it) is checked with as much work."""
    text = "\n".join(real_lines(COUNTY)) + "\n"
    body = text[text.index("## 投入") : text.index("# 结果")]
    assert _calls(text[: text.index("## 投入")] + body * 30) < 30 * 4 * _calls(text)
