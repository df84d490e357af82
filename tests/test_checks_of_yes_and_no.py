"""What a failed check says where its sides are no numbers."""

from __future__ import annotations

import rubriclang

RUBRIC = """# 例（5分）
数据：
- 满意率：%，0% 至 100%
- 报送：是否
- 公开：是否
## 甲（5分）
满意率：≥ 90% -> 5；否则 -> 0
勾稽：
- 报送 = 公开
"""


def test_yes_and_no_have_no_difference() -> None:
    outcome = rubriclang.loads(RUBRIC).score({"满意率": "95%", "报送": True, "公开": False})
    (found,) = [d for d in outcome.diagnostics if d.code == "R520"]
    assert found.message("zh").endswith("左边 是，右边 否")
    assert "None" not in found.message("zh") + found.message("en")
