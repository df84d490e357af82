"""Finds the reader of a fact file by its suffix.

A reader is a module of this package whose name ends in ``_reader``, with ``SUFFIXES`` and ``read``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

import attrs

import rubriclang.facts as package
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts import errors
from rubriclang.facts.document import MAX_TEXT, Document, Fields
from rubriclang.source import Source, Span, Workbook


class Reader(Protocol):
    """What a reader module offers: ``read`` for texts, or ``read_binary`` for files that are none."""

    SUFFIXES: tuple[str, ...]

    def read(self, source: Source) -> Document:
        """The document of a text."""
        ...

    def read_binary(self, path: Path) -> Document:
        """The document of a file; raises OSError when it cannot be opened."""
        ...


@cache
def _module_for(suffix: str) -> Reader | None:
    """The reader of a suffix; the one called like it is asked first, so that a YAML file loads no other reader."""
    names = [info.name for info in iter_modules(package.__path__) if info.name.endswith("_reader")]
    for name in sorted(names, key=lambda name: (name[0] != suffix[1:2], name)):
        module: Reader = import_module(f"{package.__name__}.{name}")
        if suffix in module.SUFFIXES:
            return module
    return None


def read_file(path: Path) -> Document:
    """The document of a fact file.

    Raises:
        OSError: the file cannot be opened.
    """
    name = str(path)
    reader = _module_for(path.suffix.lower())
    if reader is None:
        params = {
            "why": f"不认识的文件类型“{path.suffix}”",
            "why_en": f"unknown kind of file '{path.suffix}'",
            "hint": "可以用 xlsx、xls、ods、csv、yaml、json、parquet",
            "hint_en": "xlsx, xls, ods, csv, yaml, json and parquet are known",
        }
        return Document(Fields(()), Source(name, ""), (Diagnostic(errors.UNREADABLE, Source(name, ""), None, params),))
    if size_of(path) > 4 * MAX_TEXT:
        params = {"what": "文件大小", "what_en": "the size of the file", "limit": f"{MAX_TEXT}"}
        return Document(Fields(()), Source(name, ""), (Diagnostic(errors.TOO_LARGE, Source(name, ""), None, params),))
    if not hasattr(reader, "read"):
        return reader.read_binary(path)
    text = decode(path.read_bytes())
    if text is None:
        params = {
            "why": "文字编码既不是 UTF-8 也不是 GB18030",
            "why_en": "the text is neither UTF-8 nor GB18030",
            "hint": "用 UTF-8 另存一次",
            "hint_en": "save it as UTF-8",
        }
        return Document(Fields(()), Source(name, ""), (Diagnostic(errors.UNREADABLE, Source(name, ""), None, params),))
    document = reader.read(Source(name, text))
    if isinstance(document.source, Workbook):
        return document
    return attrs.evolve(document, diagnostics=tuple(_inside(found, len(text)) for found in document.diagnostics))


def _inside(found: Diagnostic, end: int) -> Diagnostic:
    """A diagnostic whose place lies in the text; a reader may point at what is missing behind its end."""
    if found.span is None or found.span.end <= end:
        return found
    return attrs.evolve(found, span=Span(min(found.span.start, end), end))


def size_of(path: Path) -> int:
    """The size of a file in bytes.

    Raises:
        OSError: there is no such file, or there can be none of this name.
    """
    try:
        return path.stat().st_size
    except ValueError as error:  # a zero byte or half a character: no file system has it
        raise OSError(str(error)) from error


def decode(data: bytes) -> str | None:
    """Text from bytes: UTF-8 with or without a byte order mark, else GB18030; None when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
