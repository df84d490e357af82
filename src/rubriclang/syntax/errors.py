"""Kinds of diagnostics for text and syntax (R0xx)."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

STRAY_CHARACTER = Kind(
    "R001",
    "stray-character",
    "error",
    "看不懂的字符“{text}”",
    "stray character '{text}'",
    "名称里有特殊字符时，把整个名称写在【 】里",
    "write a name with special characters between 【 and 】",
)
BAD_LINE_END = Kind(
    "R002",
    "bad-line-end",
    "error",
    "这里有一个不可见的换行符（{text}），各人的软件显示的行数会不一样",
    "an invisible line end ({text}) stands here; programs disagree about the line count",
    "删掉它，或者改成普通换行",
    "delete it or put a plain line end",
)
UNEXPECTED = Kind(
    "R003",
    "unexpected",
    "error",
    "这里不应出现“{found}”；此处可以写：{expected}",
    "'{found}' does not belong here; expected {expected}",
    "{hint}",
    "{hint}",
)
UNFINISHED = Kind(
    "R004",
    "unfinished-line",
    "error",
    "这一行没有写完；后面还应有：{expected}",
    "the line is not finished; expected {expected}",
    "{hint}",
    "{hint}",
)
DISPUTED_WORD = Kind(
    "R005",
    "disputed-word",
    "error",
    "“{text}”含不含本数，各地理解不一",
    "'{text}' does not say whether the number itself is included",
    "含本数写 {closed} {number}，不含写 {open} {number}",
    "write {closed} {number} to include it, {open} {number} to exclude it",
)
TOO_DEEP = Kind(
    "R006",
    "too-deep",
    "error",
    "这一行的括号或运算套得太深（超过 {limit} 层）",
    "the line nests more than {limit} levels deep",
    "把中间结果另写成“名 = 式”",
    "give the inner results names of their own",
)
TOO_LONG = Kind(
    "R007",
    "too-long",
    "error",
    "{what}太长（超过 {limit}）",
    "{what} is too long (more than {limit})",
)
STRAY_ITEM = Kind(
    "R008",
    "stray-item",
    "error",
    "以“-”开头的条目不在“数据：”“参数：”“清单：”“勾稽：”“测试 …：”之下",
    "an item '- …' stands under none of 'facts:', 'parameters:', 'checklist:', 'checks:', 'test …:'",
    "在它前面补上所属的那一行，例如“数据：”；若是负数，写成“= -5%”",
    "put the line it belongs to before it, as in 'facts:'; for a negative number write '= -5%'",
)
NO_TITLE = Kind(
    "R009",
    "no-title",
    "error",
    "文件没有标题",
    "the file has no title",
    "第一行写“# 标准名称（100分）”",
    "make the first line '# name of the standard (100 points)'",
)
SECOND_TITLE = Kind(
    "R010",
    "second-title",
    "error",
    "出现了第二个一级标题“{text}”；一个文件只写一套标准，只有“# 结果”可以再用一个 #",
    "a second level-1 heading '{text}'; a file holds one rubric, and only '# Results' may use a single # again",
    "下级标题用 ##、###、####",
    "use ##, ###, #### for the levels below",
)
BAD_HEADING = Kind(
    "R011",
    "bad-heading",
    "error",
    "标题括号里的“{text}”看不懂",
    "cannot read '{text}' in the brackets of the heading",
    "写成（5分）、（100分，权重 30%）、（加分，最多加 10 分）或（不限分）",
    "write (5 points), (100 points, weight 30%), (bonus, add at most 10 points) or (unlimited)",
)
BAD_TALLY = Kind(
    "R012",
    "bad-checklist-item",
    "error",
    "清单条目看不懂",
    "cannot read this checklist item",
    "写成“- 2分 制度得到有效执行”，按次计的写“- 扣 1 分/次 信息错误：信息错误数”",
    "write '- 2 points rules are followed', or '- deducts 1 point/case errors: error_count'",
)
BAD_TABLE = Kind(
    "R013",
    "bad-table-row",
    "error",
    "表格这一行有 {found} 格，表头有 {expected} 格",
    "this table row has {found} cells, its header has {expected}",
)
BAD_TEST = Kind(
    "R014",
    "bad-test-header",
    "error",
    "测试的开头看不懂",
    "cannot read the head of this test",
    "写成“测试 名称（examples/数据.yaml）：”",
    "write 'test name (examples/facts.yaml):'",
)
WORD_TOUCHES_NAME = Kind(
    "R015",
    "word-touches-name",
    "error",
    "“{text}”连在一起，成了一个名称",
    "'{text}' reads as one name",
    "若“{word}”是关键词，在它后面空一格：{word} {rest}",
    "if '{word}' is meant as a keyword, put a space after it: {word} {rest}",
)
EMPTY_TEST = Kind(
    "R016",
    "empty-block",
    "warning",
    "“{text}”下面没有条目",
    "nothing stands under '{text}'",
)
LINE_BEFORE_TITLE = Kind(
    "R017",
    "line-before-title",
    "error",
    "标题之前只能写注释",
    "only comments may stand before the title",
    "把“# 标准名称（100分）”移到最前面",
    "move '# name of the standard (100 points)' to the top",
)
NAME_BEGINS_WITH_A_DIGIT = Kind(
    "R018",
    "name-begins-with-a-digit",
    "error",
    "“{text}”以数字开头，读不成名称",
    "'{text}' begins with a digit and cannot be read as a name",
    "写成【{text}】",
    "write 【{text}】",
)
NO_COLON_AFTER_SUBJECT = Kind(
    "R019",
    "no-colon-after-subject",
    "error",
    "“{name}”和后面的档之间少了冒号",
    "a colon is missing between '{name}' and its band",
    "写成“{name}：{rest}”",
    "write '{name}: {rest}'",
)
