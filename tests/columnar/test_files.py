"""Tables of units from file to file: what stands in the answers, by hand; what happens to cells that are none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import rubriclang
from rubriclang.cli.command_score import command

pa = pytest.importorskip("pyarrow")
pytest.importorskip("llvmlite")

from pyarrow import parquet  # noqa: E402

_RUBRIC = """# 两项（15分）
默认：整档，扣完为止
数据：
- 预算：万元，> 0
- 追加：万元，≥ 0
- 完成率：%，0% 至 100%
- 等级：甲、乙
## 控制率（5分）
控制率 = 追加 / 预算
≤ 10% -> 满分
每超过 1% 扣 0.5 分
## 完成（5分）
得分 = 满分 × 完成率
## 等级分（5分）
等级：甲 -> 5；乙 -> 3
# 结果
等次：≥ 12 -> 优；否则 -> 良
"""
# 追加 13.5 of 100: 3.5 over 10 %, three whole steps, 5 - 3 × 0.5 = 3.5; 80 % of 5 is 4; 乙 3: 10.5.
# 10.00 of 100: exactly on the edge, 5; 12.34 % of 5 is 0.617; 甲 5: 10.617. 30 of 100: 5 - 20 × 0.5 < 0, so 0.
_ROWS: dict[str, list[Any]] = {
    "单位": ["一局", "二局", "三局"],
    "预算": [Decimal("100.00"), Decimal("100.00"), Decimal("100.00")],
    "追加": [Decimal("13.50"), Decimal("10.00"), Decimal("30.00")],
    "完成率": ["80%", "12.34%", "100%"],
    "等级": ["乙", "甲", "甲"],
}
_POINTS: dict[str, list[Any]] = {
    "控制率": [Decimal("3.5"), Decimal(5), Decimal(0)],
    "完成": [Decimal(4), Decimal("0.617"), Decimal(5)],
    "总分": [Decimal("10.5"), Decimal("10.617"), Decimal(10)],
}


def _columns(table: Any) -> dict[str, list[Any]]:
    assert isinstance(table, pa.Table)
    found: dict[str, list[Any]] = table.to_pydict()
    return found


@pytest.mark.parametrize("kind", ["decimals", "floats", "texts", "in yuan"])
def test_points_by_hand(kind: str) -> None:
    rows: dict[str, list[Any]] = {name: list(cells) for name, cells in _ROWS.items()}
    for name in ("预算", "追加"):
        cells = rows.pop(name)
        if kind == "floats":
            rows[name] = [float(str(cell)) for cell in cells]
        elif kind == "texts":
            rows[name] = [f"{cell}万元" for cell in cells]
        elif kind == "in yuan":
            rows[f"{name}（元）"] = [int(Decimal(str(cell)) * 10000) for cell in cells]
        else:
            rows[name] = cells
    found = _columns(rubriclang.loads(_RUBRIC).score_table(pa.table(rows)))
    for name, want in _POINTS.items():
        assert found[name] == want, name
    assert found["控制率.档次"] == ["每超过 1% 扣 0.5 分", "<= 10%", "每超过 1% 扣 0.5 分"]
    for ratio, thousandths in zip(found["控制率.数值"], (135, 100, 300), strict=True):
        assert ratio["n"] * 1000 == ratio["d"] * thousandths
    assert found["等次"] == ["良", "良", "良"]
    assert found["诊断"] == [None] * 3


def test_rows_that_are_not_plain_are_told_and_the_rest_is_scored() -> None:
    rows: dict[str, list[Any]] = {name: list(cells) for name, cells in _ROWS.items()}
    rows["追加"] = [None, Decimal("-1.00"), Decimal("30.00")]
    rows["等级"] = ["乙", "丙", "甲"]
    found = _columns(rubriclang.loads(_RUBRIC).score_table(pa.table(rows)))
    assert found["总分"] == [None, None, Decimal(10)]
    assert found["控制率.原因"] == ["missing", "undefined", None]
    told = found["诊断"]
    assert "R501" in str(told[0]) and "R5" in str(told[1]) and told[2] is None


def test_numbers_too_large_for_columns_do_not_wrap() -> None:
    """2^62 万元 over 2^62 万元 is 100 %: 5 - 90 × 0.5 < 0; of 10^17 over 10^19 it is 1 %."""
    rows: dict[str, list[Any]] = {name: list(cells) for name, cells in _ROWS.items()}
    rows["预算"] = [str(2**62), "1" + "0" * 19, "0.000000001"]
    rows["追加"] = [str(2**62), "1" + "0" * 17, "0.0000000001"]
    found = _columns(rubriclang.loads(_RUBRIC).score_table(pa.table(rows)))
    assert found["控制率"] == [Decimal(0), Decimal(5), Decimal(5)]


def test_bare_rates_are_refused_as_in_small_tables() -> None:
    rows: dict[str, list[Any]] = {name: list(cells) for name, cells in _ROWS.items()}
    rates = rows.pop("完成率")
    assert len(rates) == 3
    rows["完成率（%）"] = [80, 0.96, 100]  # 0.96: of 100, or of 1?
    found = _columns(rubriclang.loads(_RUBRIC).score_table(pa.table(rows)))
    assert found["完成"] == [Decimal(4), None, Decimal(5)]


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_from_file_to_file(tmp_path: Path, ending: str) -> None:
    rubric, facts, answers = tmp_path / "a.rubric", tmp_path / "units.parquet", tmp_path / f"answers.{ending}"
    rubric.write_text(_RUBRIC, encoding="utf-8")
    parquet.write_table(pa.table(_ROWS), facts)
    arguments = [str(rubric), str(facts), "-o", str(answers), "--engine", "columnar", "--lang", "zh"]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 0, done.output
    if ending == "parquet":
        assert parquet.read_table(answers)["总分"].to_pylist() == _POINTS["总分"]
    else:
        head, first, *_ = answers.read_text(encoding="utf-8-sig").splitlines()
        assert dict(zip(head.split(","), first.split(","), strict=True))["控制率.数值"] == "0.135"
    again = CliRunner().invoke(command, arguments)
    assert again.exit_code == 2 and "--force" in again.output
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["a.rubric", "units.parquet", answers.name])


def test_an_interrupt_leaves_no_file(tmp_path: Path) -> None:
    from rubriclang.backends.columnar.files import writing

    schema = pa.schema([("单位", pa.string())])
    with pytest.raises(KeyboardInterrupt), writing(tmp_path / "answers.parquet", schema) as sink:
        sink.write(pa.record_batch({"单位": ["一局"]}))
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_rubric_that_compares_units_goes_the_other_way() -> None:
    from rubriclang.backends.columnar.scorers import NotByColumnsError

    text = "# 比（5分）\n数据：\n- 率：数，≥ 0\n## 名次（5分）\n"
    text += "名 = 名次（各单位：率，并列 = 同名次）\n= 1 -> 5；否则 -> 0"
    with pytest.raises(NotByColumnsError):
        rubriclang.loads(text).score_table(pa.table({"单位": ["一局"], "率": [1]}))


def test_texts_of_two_columns_are_compared_as_texts() -> None:
    """Neither text stands in the rubric: what counts is whether the two are the same."""
    text = "# 比（5分）\n数据：\n- 上报：文字\n- 核定：文字\n## 一致（5分）\n若 上报 = 核定 -> 5；否则 -> 0"
    table = pa.table({"单位": ["一", "二"], "上报": ["甲", "乙"], "核定": ["乙", "乙"]})
    found = _columns(rubriclang.loads(text).score_table(table))
    assert found["一致"] == [Decimal(0), Decimal(5)]


def test_a_row_of_no_unit_is_told_and_not_scored() -> None:
    rows: dict[str, list[Any]] = {name: list(cells) for name, cells in _ROWS.items()}
    rows["单位"] = ["一局", " ", None]
    found = _columns(rubriclang.loads(_RUBRIC).score_table(pa.table(rows)))
    assert found["总分"] == [Decimal("10.5"), None, None]
    assert found["诊断"][0] is None and all(str(told).startswith("R") for told in found["诊断"][1:])
