"""Writes report prose from known facts, with a known share of planted errors.

Two sets of phrasings: ``DEVELOPED`` are those the audit was built on, ``HELD_OUT`` were written afterwards and are not
tuned to. Every sentence knows its printed results and, if one was planted, the class of its error. The same seed gives
the same text. Nothing here uses the audit's own code.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

ERRORS = (
    "digit-slip",
    "transposition",
    "truncated",
    "decimal-point",
    "wrong-base",
    "wrong-sign",
    "wrong-sum",
    "ratio-as-percent",
    "rounded-to-limit",
    "contradiction",
)


@dataclass(frozen=True)
class Written:
    """One sentence: its text, how many results it states, and the class of the error in it, if any."""

    text: str
    claims: int
    error: str | None = None
    phrasing: str = ""


@dataclass(frozen=True)
class Pool:
    """Words for one set of phrasings."""

    name: str
    ratio: tuple[str, ...]
    growth: tuple[str, ...]
    growth_present: tuple[str, ...]
    sums: tuple[str, ...]
    points: tuple[str, ...]
    levels: tuple[str, ...]
    formula: tuple[str, ...]
    twice: tuple[str, ...]
    saving: tuple[str, ...]


DEVELOPED = Pool(
    "developed",
    ratio=(
        "{n}完成{a}万元，占年初预算数{b}万元的{p}。",
        "{n}年初预算为{b}万元，支出决算为{a}万元，完成年初预算的{p}。",
        "{n}支出合计{b}万元，其中：基本支出{a}万元，占{p}；项目支出{r}万元，占{q}。",
    ),
    growth=(
        "{n}完成{x}万元，比上年{up}{d}万元，{g}{p}。",
        "{n}{x}万元，同比{g}{p}，{up}{d}万元。",
    ),
    growth_present=("{n}完成{x}万元，较上年同期{up}{d}万元，{g}{p}。",),
    sums=(
        "{n}总支出{t}万元，其中基本支出{a}万元，项目支出{b}万元。",
        "{n}收入{t}万元：其中税收收入{a}万元，非税收入{b}万元。",
    ),
    points=("{n}为{a}分，过程绩效为{b}分，产出绩效为{c}分，总得分{t}分。",),
    levels=("{n}支出{x}万元，比上年{y}万元{up}{d}万元。",),
    formula=("{n}率＝（{a}/{b}）×100%={p}，该项得5分。", "{n}率=({c}+{a}-{c})/{b}×100％＝{p}。"),
    twice=("{n}率＝（{a}/{b}）×100%={p}。", "总体看，{n}率为{q}，情况较好。"),
    saving=("{n}采购预算{b}万元，实际采购金额{a}万元，节约资金{d}万元，节约率为{p}。",),
)

HELD_OUT = Pool(
    "held out",
    ratio=(
        "截至12月末，{n}实际支付{a}万元，为全年预算{b}万元的{p}。",
        "全年安排{n}预算{b}万元，实际执行{a}万元，预算执行率{p}。",
        "{n}总额为{b}万元。其中：货物{a}万元，占比{p}；工程{r}万元，占比{q}；服务0.00万元，占比0.00%。",
    ),
    growth=(
        "全年实现{n}{x}万元，较2020年{up}{d}万元，{g}幅度为{p}。",
        "{n}累计{x}万元（不含上级补助），比去年同期{g}{p}，{up}{d}万元。",
    ),
    growth_present=("本年{n}决算数{x}万元，与上年相比{up}{d}万元，{g}{p}。",),
    sums=(
        "{n}合计为{t}万元，由人员经费{a}万元和公用经费{b}万元两部分组成。",
        "人员经费{a}万元、公用经费{b}万元，{n}共计{t}万元。",
    ),
    points=("{n}得{a}分，管理情况得{b}分，效果情况得{c}分，综合得分{t}分。",),
    levels=("本年{n}{x}万元，较去年的{y}万元{up}了{d}万元。",),
    formula=("{n}率：{a}万元÷{b}万元×100%＝{p}，得满分。", "{n}率=（{a}－0）÷（{b}＋0）＝{p}。"),
    twice=("{n}率：{a}÷{b}×100%＝{p}；", "如前所述，本年{n}率达到{q}，符合要求。"),
    saving=("项目送审{n}造价{b}万元，审定造价{a}万元，核减{d}万元，核减率{p}。",),
)

NAMES = tuple(
    "公用经费 会议经费 培训经费 信息化建设 农业生产 城市维护 "
    "公共卫生 职业教育 林业管护 水利工程 社会救助 文化事业".split()
)
NOISE = (
    "根据《关于开展绩效自评的通知》（财绩〔2021〕17号）要求，于2022年3月15日完成自评。",
    "全年召开会议23次，下发文件118份，办理建议37件，办结率100%。",
    "{n}支出{a}万元，其中：办公费{s}万元、差旅费{u}万元等。",
    "累计投入约{a}万元，惠及群众3200余人，同比增长12.5%左右。",
    "一是完成{n}项目3个，二是培训干部260人次，满意度95%以上。",
    "1.{n}：按可比口径计算，全年增长6.3%，增速比上年提高0.8个百分点。",
    "参训人员共86人，其中女性31人，35岁以下40人，本科以上学历77人。",
    "联系电话0731-85012345，邮编410004，公开日期2022-08-30。",
    "{n}经费主要用于：设备购置{s}万元，运行维护{u}万元，共安排资金{a}万元。",
    "第三方机构评价得分91.5分，满分100分，等级为“优”。",
)


def text(value: Fraction, decimals: int) -> str:
    """A number with so many decimals, half up; its own implementation, on integers."""
    scaled = value * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(decimals + 1, "0")
    return digits if decimals == 0 else f"{digits[:-decimals]}.{digits[-decimals:]}"


def cut(value: Fraction, decimals: int) -> str:
    """A number with so many decimals, the rest cut off."""
    whole = (value * 10**decimals).numerator // (value * 10**decimals).denominator
    return text(Fraction(whole, 10**decimals), decimals)


class Writer:
    """Draws facts and writes sentences with one set of phrasings."""

    def __init__(self, seed: int, pool: Pool) -> None:
        self.random = random.Random(seed)
        self.pool = pool

    def amount(self, low: int = 100_000, high: int = 9_999_999) -> Fraction:
        """An amount in 万元 with two decimals that are not both zero."""
        while True:
            cents = self.random.randint(low, high)
            if cents % 10:
                return Fraction(cents, 100)

    def _part(self, whole: Fraction, low: int, high: int) -> Fraction:
        """Between ``low`` and ``high`` thousandths of an amount, to the cent."""
        cents = whole * 100
        return Fraction(self.random.randint(int(cents * low / 1000), int(cents * high / 1000)), 100)

    def report(self, share: float = 0.5, sentences: int = 16) -> list[Written]:
        """A report: sentences of all kinds, one in ``1/share`` with a planted error; a report rounds half up."""
        makers: tuple[Callable[[str, str | None], Written | None], ...] = (
            self._ratio,
            self._growth,
            self._sum,
            self._points,
            self._levels,
            self._formula,
            self._twice,
            self._saving,
        )
        names = self.random.sample(NAMES, len(NAMES))
        written: list[Written] = []
        while len(written) < sentences:
            if self.random.random() < 0.25:
                written.append(self._noise())
                continue
            name = names[len(written) % len(names)]
            error = self.random.choice(ERRORS) if self.random.random() < share else None
            made = self.random.choice(makers)(
                name + "二三四五六"[len(written) // len(names)] * (len(written) >= len(names)), error
            )
            if made is not None:
                written.append(made)
        return written

    def _noise(self) -> Written:
        a = self.amount()
        return Written(
            self.random.choice(NOISE).format(
                n=self.random.choice(NAMES), a=text(a, 2), s=text(a / 3, 2), u=text(a / 5, 2)
            ),
            0,
        )

    def _rate(self, value: Fraction, error: str | None, decimals: int = 2) -> str | None:
        """A printed percentage, right or with an error; None where it cannot be told from rounding."""
        right = text(value * 100, decimals)
        match error:
            case None:
                return right + "%"
            case "truncated":
                wrong = cut(value * 100, decimals)
                rest = value * 100 * 10**decimals % 1
                # Inputs are rounded as well: stay clear of the half and of the whole.
                return wrong + "%" if wrong != right and Fraction(6, 10) < rest < Fraction(9, 10) else None
            case "ratio-as-percent":
                return text(value, decimals) + "%" if value > Fraction(1, 10) else None
            case "decimal-point":
                return text(value * 10, decimals) + "%" if value > Fraction(1, 100) else None
            case "digit-slip":
                return self._slipped(right) + "%"
            case "transposition":
                swapped = self._swapped(right)
                return None if swapped is None else swapped + "%"
            case _:
                return None

    def _slipped(self, right: str) -> str:
        places = [i for i, sign in enumerate(right[:-1]) if sign.isdigit()]
        place = self.random.choice(places)
        old = int(right[place])
        new = self.random.choice([d for d in range(10) if d != old and (d or place)])
        return right[:place] + str(new) + right[place + 1 :]

    def _swapped(self, right: str) -> str | None:
        digits = right.replace(".", "")
        places = [i for i in range(len(digits) - 1) if abs(int(digits[i]) - int(digits[i + 1])) > 1]
        places = [i for i in places if i or digits[1] != "0"]
        if not places:
            return None
        at = self.random.choice(places)
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        point = right.find(".")
        return swapped if point == -1 else f"{swapped[:point]}.{swapped[point:]}"

    def _ratio(self, name: str, error: str | None) -> Written | None:
        b = self.amount(1_000_000)
        a = self._part(b, 150, 980)
        phrase = self.random.choice(self.pool.ratio)
        value = a / b
        if error == "rounded-to-limit":
            if "{r}" in phrase or phrase == self.pool.ratio[0]:
                return None
            a = b + b * Fraction(self.random.randint(6, 40), 10_000)
            a = Fraction(int(a * 100), 100)
            printed: str | None = "100%"
        else:
            printed = self._rate(value, error)
        if printed is None:
            return None
        rest = b - a
        body = phrase.format(
            n=name, a=text(a, 2), b=text(b, 2), p=printed, r=text(rest, 2), q=text(rest / b * 100, 2) + "%"
        )
        return Written(body, 4 if "{r}" in phrase else 1, error, phrase)

    def _growth(self, name: str, error: str | None) -> Written | None:
        before = self.amount()
        down = self.random.random() < 0.4
        change = self._part(before, 30, 600)
        now = before - change if down else before + change
        phrases = self.pool.growth_present if error == "wrong-base" else self.pool.growth
        phrase = self.random.choice(phrases)
        up, g = ("减少", "下降") if down else ("增加", "增长")
        if error == "wrong-base":
            printed: str | None = text(change / now * 100, 2) + "%"
            if printed == text(change / before * 100, 2) + "%":
                return None
        else:
            printed = self._rate(change / before, error)
        if printed is None:
            return None
        return Written(
            phrase.format(n=name, x=text(now, 2), d=text(change, 2), up=up, g=g, p=printed), 1, error, phrase
        )

    def _sum(self, name: str, error: str | None) -> Written | None:
        a, b = self.amount(), self.amount()
        t = a + b
        if error == "wrong-sum":
            t += self.random.choice((-1, 1)) * Fraction(self.random.randint(7, 40_000), 100)
        elif error is not None:
            return None
        phrase = self.random.choice(self.pool.sums)
        return Written(phrase.format(n=name, t=text(t, 2), a=text(a, 2), b=text(b, 2)), 1, error, phrase)

    def _points(self, name: str, error: str | None) -> Written | None:
        a, b, c = (self.random.randint(5, 30) for _ in range(3))
        t = a + b + c
        if error == "wrong-sum":
            t += self.random.choice((-3, -2, -1, 1, 2, 3))
        elif error is not None:
            return None
        phrase = self.random.choice(self.pool.points)
        return Written(phrase.format(n=name, a=a, b=b, c=c, t=t), 1, error, phrase)

    def _levels(self, name: str, error: str | None) -> Written | None:
        y = self.amount()
        down = self.random.random() < 0.5
        d = self._part(y, 30, 600)
        x = y - d if down else y + d
        if error == "wrong-sign":
            down = not down
        shown = text(d, 2)
        if error in ("digit-slip", "transposition"):
            swapped = self._slipped(shown) if error == "digit-slip" else self._swapped(shown)
            if swapped is None or abs(Fraction(swapped) - d) < Fraction(5, 100):
                return None
            shown = swapped
        elif error not in (None, "wrong-sign"):
            return None
        phrase = self.random.choice(self.pool.levels)
        up = "减少" if down else "增加"
        return Written(phrase.format(n=name, x=text(x, 2), y=text(y, 2), d=shown, up=up), 1, error, phrase)

    def _formula(self, name: str, error: str | None) -> Written | None:
        b = self.amount()
        a = self._part(b, 100, 1900)
        if error == "rounded-to-limit":
            a = Fraction(
                int((b + b * Fraction(self.random.choice((-1, 1)) * self.random.randint(3, 40), 10_000)) * 100), 100
            )
            printed: str | None = "100%"
        else:
            printed = self._rate(a / b, error)
        if printed is None:
            return None
        phrase = self.random.choice(self.pool.formula)
        return Written(
            phrase.format(n=name, a=text(a, 2), b=text(b, 2), c=text(self.amount(), 2), p=printed), 1, error, phrase
        )

    def _twice(self, name: str, error: str | None) -> Written | None:
        if error not in (None, "contradiction"):
            return None
        b = self.amount()
        a = self._part(b, 100, 950)
        right = text(a / b * 100, 2)
        other = right
        if error:
            other = text(a / b * 100 + self.random.randint(1, 20), 2)
        first, second = self.pool.twice
        body = first.format(n=name, a=text(a, 2), b=text(b, 2), p=right + "%") + second.format(n=name, q=other + "%")
        return Written(body, 2, error, second)

    def _saving(self, name: str, error: str | None) -> Written | None:
        b = self.amount(1_000_000)
        a = self._part(b, 600, 950)
        printed = self._rate((b - a) / b, error)
        if printed is None:
            return None
        phrase = self.random.choice(self.pool.saving)
        body = phrase.format(n=name, a=text(a, 2), b=text(b, 2), d=text(b - a, 2), p=printed)
        return Written(body, 2, error, phrase)
