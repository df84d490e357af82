"""Full-width and look-alike punctuation, mapped one character to one character.

A Chinese input method may produce the full-width form of any mark; the map keeps every offset, so that
spans found in the folded text hold in the original.
"""

from __future__ import annotations

_PAIRS = {
    "　": " ",
    "\u00a0": " ",
    "\t": " ",
    "≦": "≤",
    "≧": "≥",
    "⩽": "≤",
    "⩾": "≥",
    "《": "<",  # what a Chinese input method types for < and >
    "》": ">",
    "〈": "<",
    "〉": ">",
    "═": "=",
    "﹦": "=",
    "﹤": "<",
    "﹥": ">",
    "—": "-",
    "–": "-",
    "−": "-",
    "‐": "-",
    "―": "-",
    "×": "*",
    "✕": "*",
    "÷": "/",
    "∕": "/",
    "﹪": "%",
    "。": ";",
    "﹔": ";",
    "﹕": ":",
    "﹐": ",",
    "〖": "【",
    "〗": "】",
    "〔": "(",
    "〕": ")",
    "[": "(",
    "]": ")",
    "［": "(",
    "］": ")",
    "∶": ":",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "│": "|",
    "「": "“",
    "」": "”",
    "＂": '"',
}
_TABLE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {ord(k): v for k, v in _PAIRS.items()}


def fold(text: str) -> str:
    """The text with structural punctuation in its ASCII form; its length never changes."""
    return text.translate(_TABLE)
