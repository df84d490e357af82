"""The text of a report file, by its suffix.

An extractor is a module of this package whose name ends in ``_extractor``, with ``SUFFIXES`` and
``extract(data)``, which returns a text or raises ``RefusedError``. Every one is bounded in time and memory.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import Protocol

import rubriclang.audit as package
from rubriclang.audit.errors import REPORT_TOO_LARGE, REPORT_UNREADABLE
from rubriclang.diagnostics import Diagnostic
from rubriclang.source import Source

MAX_BYTES = 60_000_000
MAX_TEXT = 12_000_000


class RefusedError(Exception):
    """A file that is not what its suffix says, or too large; carries the reason in Chinese and English."""

    def __init__(self, why: str, why_en: str) -> None:
        super().__init__(why_en)
        self.why, self.why_en = why, why_en


class Extractor(Protocol):
    """What an extractor module offers."""

    SUFFIXES: tuple[str, ...]

    def extract(self, data: bytes) -> str:
        """The text of a file's bytes; raises RefusedError."""
        ...


@cache
def _extractors() -> dict[str, Extractor]:
    found: dict[str, Extractor] = {}
    for info in iter_modules(package.__path__):
        if info.name.endswith("_extractor"):
            module: Extractor = import_module(f"{package.__name__}.{info.name}")
            found.update(dict.fromkeys(module.SUFFIXES, module))
    return found


def handles(suffix: str) -> bool:
    """Whether a file with this suffix (``.txt``) is read as a report."""
    return suffix.lower() in _extractors()


def extract(name: str, data: bytes) -> Source | Diagnostic:
    """The report's text as a source named ``name``, or why there is none."""
    empty = Source(name, "")
    if len(data) > MAX_BYTES:
        return too_large(name)
    extractor = _extractors().get(PurePath(name).suffix.lower())
    if extractor is None:
        known = "、".join(sorted(suffix[1:] for suffix in _extractors()))
        return _unreadable(
            empty,
            f"不认识的文件类型“{PurePath(name).suffix}”",
            f"unknown kind of file '{PurePath(name).suffix}'",
            f"可以用 {known}；PDF 和旧版 .doc 先另存为 docx 或 txt",
            f"{known.replace('、', ', ')} are known; save a PDF or an old .doc as docx or txt first",
        )
    try:
        text = extractor.extract(data)
    except RefusedError as refused:
        return _unreadable(empty, refused.why, refused.why_en, "用 UTF-8 文本另存一次", "save it as UTF-8 text")
    if len(text) > MAX_TEXT:
        params = {"what": "文字", "what_en": "the text", "limit": f"{MAX_TEXT:,}"}
        return Diagnostic(REPORT_TOO_LARGE, empty, None, params)
    return Source(name, text)


def too_large(name: str) -> Diagnostic:
    """The diagnostic for a file of more than ``MAX_BYTES``."""
    params = {"what": "文件", "what_en": "the file", "limit": f"{MAX_BYTES:,}"}
    return Diagnostic(REPORT_TOO_LARGE, Source(name, ""), None, params)


def _unreadable(source: Source, why: str, why_en: str, hint: str, hint_en: str) -> Diagnostic:
    params = {"why": why, "why_en": why_en, "hint": hint, "hint_en": hint_en}
    return Diagnostic(REPORT_UNREADABLE, source, None, params)
