"""A report as the finders of claims see it: sentences, their quantities, and the words between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from rubriclang.audit.folding import fold
from rubriclang.audit.passages import Sentence, sentences
from rubriclang.audit.quantities import Quantity, quantities
from rubriclang.source import Source

MOST_IN_A_SENTENCE = 60  # quantities; more is a table, which is not read as prose
UP = r"增加|增收|增支|增长|增幅|上升|提高|上涨|提升|多收|多支|扩大|增"
DOWN = r"减少|减收|减支|下降|降低|降幅|回落|负增长|压减|压缩|减"
CHANGE = re.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|额|额为|数为|为|到了|率为|率|幅度为|约|近)?$")
_IN_FORMULA = frozenset("+-*/=")
_COMPARED = re.compile(r"(?:比(?![例重])|较)[^,;:、()]{0,24}$")
_BESIDE = re.compile(r"(?:与|同)[^,;:、()]{0,24}$")
_LIKENED = re.compile(r"[^,;。\d]{0,12}相比|(?:增加|增长|减少|下降)")
_CLAUSE = re.compile(r"[^,;:、。()]*$")
_WRAPPING = re.compile(
    r"^(?:其中|其(?!他)|而|共|全年|实际|累计|同比|本年度|本年|当年|年度|的)+|(?:总额|总数|金额|数额)?(?:共计|合计|总计|达到|完成|实现|支出了|安排|分别|等于|控制在|计|达|为|是|共|约|有|数为|数)+$"
)


@attrs.frozen
class Passage:
    """A sentence with its quantities."""

    sentence: Sentence
    quantities: tuple[Quantity, ...]
    number: int

    def before(self, index: int) -> str:
        """The words between a quantity and the one before it, or the start of the sentence."""
        start = self.quantities[index - 1].end if index else 0
        return self.sentence.text[start : self.quantities[index].start]

    def between(self, left: int, right: int) -> str:
        """The words (and figures) from the end of one quantity to the start of a later one."""
        return self.sentence.text[self.quantities[left].end : self.quantities[right].start]

    def after(self, index: int, most: int = 30) -> str:
        """The words that follow a quantity up to the next one."""
        end = self.quantities[index].end
        stop = self.quantities[index + 1].start if index + 1 < len(self.quantities) else len(self.sentence.text)
        return self.sentence.text[end : min(stop, end + most)]

    def clause(self, index: int) -> str:
        """The words of its own clause right before a quantity."""
        found = _CLAUSE.search(self.before(index)[-60:])
        return found.group() if found else ""

    def name(self, index: int) -> str:
        """What the quantity is called, without the verbs around it."""
        return bare_name(self.clause(index))

    def changing(self, index: int) -> int:
        """1 for an increase, -1 for a decrease, 0 for a level."""
        found = CHANGE.search(self.before(index)[-12:])
        if found is None:
            return 0
        return 1 if found.group("up") else -1

    def compared(self, index: int) -> bool:
        """Whether the quantity is what another one is compared with: ``比上年433万元减少…``."""
        before = self.before(index)[-30:]
        if self.changing(index):
            return False
        return bool(_COMPARED.search(before) or (_BESIDE.search(before) and _LIKENED.match(self.after(index))))

    def main(self, index: int) -> bool:
        """Whether the quantity states a level of its own, at the top of the sentence."""
        one = self.quantities[index]
        if one.depth or one.rate or one.dimension in ("百分点", "") or self.changing(index):
            return False
        text = self.sentence.text
        return text[one.start - 1 : one.start] not in _IN_FORMULA and text[one.end : one.end + 1] not in _IN_FORMULA


@attrs.frozen
class Report:
    """All passages of a report."""

    source: Source
    passages: tuple[Passage, ...]

    def earlier(self, passage: Passage, reach: int = 3) -> Iterator[Passage]:
        """The passages right before one, nearest first, at most two paragraphs back."""
        for number in range(passage.number - 1, max(-1, passage.number - 1 - reach), -1):
            if passage.sentence.paragraph - self.passages[number].sentence.paragraph > 2:
                return
            yield self.passages[number]


def bare_name(words: str) -> str:
    """A name without the verbs and openings around it."""
    words = words.strip("\"' *=")
    for _ in range(3):
        shorter = _WRAPPING.sub("", words).strip("\"' *=")
        if shorter == words:
            break
        words = shorter
    if words.count("“") != words.count("”"):
        words = words.replace("“", "").replace("”", "")
    return words


def read(source: Source) -> Report:
    """The passages of a report's text."""
    passages: list[Passage] = []
    for sentence in sentences(fold(source.text)):
        found = quantities(sentence, len(passages))
        if found:
            passages.append(Passage(sentence, found[:MOST_IN_A_SENTENCE], len(passages)))
    return Report(source, tuple(passages))
