"""The pages of a fill-in workbook, one method each."""

from __future__ import annotations

import re
from typing import Any

from rubriclang.facts.sheets.layout import NO_ROWS
from rubriclang.templates.plan import TICK, Entry, ListPlan, Plan
from rubriclang.templates.rules import CellRule
from rubriclang.templates.validation import too_long, validation
from rubriclang.templates.xlsx_style import Styles

_ROWS = 600  # rows of a list or a table that can be filled in
_LONGEST_NAME = 31
_WIDEST = 180  # characters that still can be read on a page across
_NOTE = CellRule("text")
_POINTS = CellRule("number")
_CHOICES = "_选项"


class Pages:
    """Writes pages into one workbook."""

    def __init__(self, book: Any, plan: Plan) -> None:
        self.book = book
        self.plan = plan
        self.styles = Styles(book)
        self.choices: list[tuple[str, ...]] = []
        self.used: set[str] = set()

    # -- the frame of a page

    def _page(self, name: str, widths: list[float], remark: str, landscape: bool = False) -> Any:
        short = re.sub(r"[\[\]:*?/\\]", "_", name).strip("'")[:_LONGEST_NAME] or "表"
        while short.lower() in self.used:
            short = f"{short[: _LONGEST_NAME - 2]}_{len(self.used)}"
        self.used.add(short.lower())
        sheet = self.book.add_worksheet(short)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        if landscape:
            sheet.set_landscape()
        if sum(widths) <= _WIDEST:
            sheet.fit_to_pages(1, 0)
        else:  # printed on several pages, each with the first column
            sheet.repeat_columns(0)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, f"{self.plan.title}（{name}）" if short == name else f"表：{name}", self.styles.title)
        sheet.merge_range(1, 0, 1, max(len(widths) - 1, 1), remark, self.styles.remark)
        lines = sum(-(-_width(line) // max(int(sum(widths) * 1.05), 20)) for line in remark.split("\n"))
        sheet.set_row(1, 13.5 * max(lines, 1) + 3)
        return sheet

    def _heads(self, sheet: Any, row: int, heads: list[str]) -> None:
        for column, head in enumerate(heads):
            sheet.write_string(row, column, head, self.styles.head)
        sheet.set_row(row, 24 if all(len(head) < 9 for head in heads) else 34)
        sheet.freeze_panes(row + 1, 1)
        sheet.repeat_rows(row)

    def _input(self, sheet: Any, area: tuple[int, int, int, int], rule: CellRule, name: str, hint: str) -> None:
        """Cells to fill in, with what may stand in them; they turn white once filled."""
        for row in range(area[0], area[2] + 1):
            for column in range(area[1], area[3] + 1):
                sheet.write_blank(row, column, None, self.styles.entry(rule))
        at = None
        if rule.kind == "choice" and too_long(rule):
            if rule.options not in self.choices:
                self.choices.append(rule.options)
            column = self.choices.index(rule.options)
            letter = chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)
            at = f"='{_CHOICES}'!${letter}$1:${letter}${len(rule.options)}"
        checked = validation(rule, name, hint, at)
        if checked is not None:
            sheet.data_validation(*area, checked)
        sheet.conditional_format(*area, {"type": "no_blanks", "format": self.styles.filled})

    # -- the pages

    def facts(self) -> None:
        """数据: the name of the unit, then one fact a row."""
        remark = "只填浅黄色的格子，按“单位”一列的单位填数，只填数字。不知道的留空，不要填 0。\n"
        remark += "“来源”写明数字出自哪份决算、报表或文件。"
        sheet = self._page("数据", [30, 17, 9, 34, 26], remark)
        sheet.write_string(2, 0, "单位名称", self.styles.label)
        sheet.merge_range(2, 1, 2, 3, "", self.styles.note)
        sheet.set_row(2, 22)
        self._heads(sheet, 3, ["名称", "数值", "单位", "填写要求", "来源"])
        for row, entry in enumerate(self.plan.facts, 4):
            sheet.write_string(row, 0, entry.name, self.styles.strong if entry.needed else self.styles.text)
            self._input(sheet, (row, 1, row, 1), entry.rule, entry.name, _hint(entry))
            sheet.write_string(row, 2, entry.unit, self.styles.middle)
            wanted = "；".join(part for part in (entry.wanted, _condition(entry)) if part)
            sheet.write_string(row, 3, wanted, self.styles.small)
            self._input(sheet, (row, 4, row, 4), _NOTE, "来源", "")
            sheet.set_row(row, 13.5 * max(-(-_width(wanted) // 40), -(-_width(entry.name) // 28), 1) + 7)
        if not self.plan.facts:
            sheet.write_string(4, 0, "（这一页没有要填的数，请填后面的表）", self.styles.remark)

    def listed(self, listed: ListPlan, owned: bool) -> None:
        """A list: one item a row, with the unit it belongs to where there are several."""
        remark = "一项占一行，只填浅黄色的格子，中间不要空列，不要合并单元格。"
        columns = list(listed.columns)
        if owned:
            columns.insert(0, Entry("单位名称", "", "属于哪个单位", _NOTE))
        heads = [f"{c.name}（{c.unit}）" if c.unit else c.name for c in columns]
        widths = [max(13.0, min(30.0, _width(head) + 4.0)) for head in heads]
        widths += [14.0] * (4 - len(widths))
        sheet = self._page(listed.name, widths, remark, sum(widths) > 95)
        sheet.write_string(2, 0, NO_ROWS, self.styles.label)
        self._input(sheet, (2, 1, 2, 1), CellRule("choice", options=("无",)), NO_ROWS, "确实一行也没有，才在这里选“无”")
        sheet.set_column(0, 0, max(widths[0], 19))
        for column, each in enumerate(columns):
            text = "；".join(part for part in (each.wanted, _condition(each)) if part)
            sheet.write_string(3, column, text, self.styles.small)
        most = max(-(-_width(each.wanted + _condition(each)) // 14) for each in columns)
        sheet.set_row(3, 12.5 * max(most, 1) + 6)
        self._heads(sheet, 4, heads)
        for column, each in enumerate(columns):
            self._input(sheet, (5, column, 4 + _ROWS, column), each.rule, each.name, _hint(each))

    def population(self, many: bool) -> None:
        """各单位: a row a unit, its facts and judged points as columns."""
        remark = "一个单位占一行，只填浅黄色的格子。不知道的留空，不要填 0。"
        if not many:
            remark += "这里填其他各单位，本单位的数填在“数据”里。"
        entries = [Entry("单位", "", "", _NOTE), *self.plan.facts]
        entries += [Entry(f"评定：{item.name}", "", item.range, item.rule) for item in self.plan.judged]
        heads = [f"{each.name}（{each.unit}）" if each.unit else each.name for each in entries]
        widths = [26.0, *(max(12.0, min(20.0, _width(head) + 3.0)) for head in heads[1:])]
        sheet = self._page("各单位", widths, remark, True)
        self._heads(sheet, 2, heads)
        for column, entry in enumerate(entries):
            self._input(sheet, (3, column, 2 + _ROWS, column), entry.rule, entry.name, _hint(entry))

    def judged(self) -> None:
        """评定: one judged indicator a row, the items of its checklist below it."""
        remark = "由评定的人填。“得分”填“范围”以内的分数；没有评定的留空，不要填 0。\n"
        remark += "有清单的，可以在下面逐项选 是 或 否，由程序加总，这时本项的“得分”留空。"
        sheet = self._page("评定", [26, 40, 14, 11, 13, 30], remark, landscape=True)
        self._heads(sheet, 2, ["指标", "清单项", "范围", "得分", "评定人", "依据"])
        row = 3
        for item in self.plan.judged:
            sheet.write_string(row, 0, item.name, self.styles.strong)
            sheet.write_blank(row, 1, None, self.styles.small)
            sheet.write_string(row, 2, item.range, self.styles.middle)
            hint = f"可评 {item.range}" + (f"。{item.standard}" if item.standard else "")
            self._input(sheet, (row, 3, row, 3), item.rule, item.title, hint)
            self._input(sheet, (row, 4, row, 5), _NOTE, "", "")
            sheet.set_row(row, 13.5 * max(-(-_width(item.name) // 24), 1) + 8)
            row += 1
            for text, points in item.ticks:
                sheet.write_string(row, 0, item.name, self.styles.inner)
                sheet.write_string(row, 1, text, self.styles.text)
                sheet.write_string(row, 2, f"是 = {points} 分", self.styles.middle)
                self._input(sheet, (row, 3, row, 3), TICK, item.title, f"做到了选 是（{points} 分），没有做到选 否")
                self._input(sheet, (row, 4, row, 5), _NOTE, "", "")
                sheet.set_row(row, 13.5 * max(-(-_width(text) // 40), -(-_width(item.name) // 22), 1) + 7)
                row += 1

    def claims(self) -> None:
        """自报: what the unit says its points are, for the audit; nothing is scored by it."""
        remark = "单位自己报告的得分，供核对用，不影响计分。没有自评的可以不填。"
        sheet = self._page("自报", [44, 14, 16], remark)
        self._heads(sheet, 2, ["指标", "满分", "自报得分"])
        for row, (name, most) in enumerate([*self.plan.claims, ("总分", self.plan.max)], 3):
            sheet.write_string(row, 0, name, self.styles.strong if name == "总分" else self.styles.text)
            sheet.write_string(row, 1, most, self.styles.middle)
            self._input(sheet, (row, 2, row, 2), _POINTS, name, "")
            sheet.set_row(row, 20)

    def finish(self) -> None:
        """The choices that were too long for their cells."""
        if self.choices:
            sheet = self.book.add_worksheet(_CHOICES)
            for column, options in enumerate(self.choices):
                for row, option in enumerate(options):
                    sheet.write_string(row, column, option)
            sheet.protect()
            sheet.hide()


def _condition(entry: Entry) -> str:
    return f"仅当 {entry.only_if} 时填" if entry.only_if else ""


def _hint(entry: Entry) -> str:
    """What a person sees beside the cell: unit, requirement, condition."""
    unit = f"单位：{entry.unit}" if entry.unit and entry.unit != "%" else ""
    percent = "填百分数，例如 95%" if entry.rule.kind == "percent" else ""
    return "\n".join(part for part in (unit, percent, entry.wanted, _condition(entry)) if part)


def _width(text: str) -> int:
    from rubriclang.source import display_width

    return display_width(text)
