"""One change of meaning: where, what it was, what it is."""

from __future__ import annotations

from typing import Any, Literal

import attrs

from rubriclang.comparing.english import in_english

Lang = Literal["zh", "en"]


@attrs.frozen
class Change:
    """``zh`` and ``en`` say what changed; ``before`` and ``after`` are as the rubrics write it (None: it is not there).

    ``where`` is the path of the indicator, or ``("数据",)``, ``("勾稽",)``, ``("等次",)``; empty for the whole.
    """

    kind: str
    where: tuple[str, ...]
    zh: str
    en: str
    before: str | None = None
    after: str | None = None

    def message(self, lang: Lang) -> str:
        """The change in words, with what it was and what it is."""
        text = self.zh if lang == "zh" else self.en
        colon = "：" if lang == "zh" else ": "
        before, after = (
            side if side is None or lang == "zh" else in_english(side) for side in (self.before, self.after)
        )
        if before is not None and after is not None:
            return f"{text}{colon}{before} → {after}"
        shown = before if after is None else after
        return text if shown is None else f"{text}{colon}{shown}"

    def to_dict(self, lang: Lang) -> dict[str, Any]:
        """The JSON object of a change."""
        return {
            "kind": self.kind,
            "where": list(self.where),
            "before": self.before,
            "after": self.after,
            "message": self.message(lang),
        }
