"""Opens the zip package of a spreadsheet file within bounds, and streams the XML in it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rubriclang.collecting import uncollected
from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.facts import errors
from rubriclang.facts.document import Document, Fields
from rubriclang.source import Source, Workbook

MAX_PART = 200_000_000  # bytes of one part, unpacked
MAX_ROWS = 1_048_576  # rows of a sheet, empty ones included: what a spreadsheet program allows
MAX_FILLED_ROWS = 250_000
MAX_CELLS = 4_000_000  # filled cells of a file
MAX_CELL_TEXT = 32_767
MAX_SHEETS = 300
_CHUNK = 1 << 18

Start = Callable[[str, dict[str, str]], None]


class RefusedError(Exception):
    """A file that is not read on: the kind of its diagnostic and what fills it."""

    def __init__(self, kind: Kind, **params: str) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.params = params


def too_large(what: str, what_en: str, limit: int) -> RefusedError:
    """The refusal of a file beyond a limit."""
    return RefusedError(errors.TOO_LARGE, what=what, what_en=what_en, limit=f"{limit:,}")


def unreadable(why: str, why_en: str, hint: str = "", hint_en: str = "") -> RefusedError:
    """The refusal of a file that is not what its name says."""
    return RefusedError(errors.UNREADABLE, why=why, why_en=why_en, hint=hint, hint_en=hint_en)


def refused(path: str, error: RefusedError, source: Source | None = None) -> Document:
    """An empty document that says why."""
    source = source or Workbook(path, "")
    return Document(Fields(()), source, (Diagnostic(error.kind, source, None, error.params),))


def guarded(path: Path, read: Callable[[Path], Document]) -> Document:
    """What ``read`` yields; whatever is wrong with the file comes as a diagnostic.

    Raises:
        OSError: the file cannot be opened.
    """
    from xml.parsers.expat import ExpatError

    try:
        with uncollected():
            return read(path)
    except RefusedError as error:
        return refused(str(path), error)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ExpatError,
        EOFError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        UnicodeDecodeError,
        ValueError,
    ) as error:
        why = unreadable(
            "文件坏了，或者不是表格文件",
            f"it is damaged, or no spreadsheet ({type(error).__name__})",
            "用 WPS 或 Excel 打开，另存为 xlsx",
            "open it in a spreadsheet program and save it as xlsx",
        )
        return refused(str(path), why)


def open_package(path: Path) -> zipfile.ZipFile:
    """The zip package of a file.

    Raises:
        OSError: the file cannot be opened.
        RefusedError: it is no package, or asks for a password.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(
            "文件设了打开密码，或者是改了扩展名的旧格式（xls）",
            "it asks for a password, or is an old file (xls) under a new name",
            "去掉密码，另存为 xlsx",
            "remove the password and save it as xlsx",
        )
    return zipfile.ZipFile(path)


def stream(package: zipfile.ZipFile, name: str, start: Start, end: Callable[[str], None], text: Any = None) -> Any:
    """Parses one part of a package in pieces; the names of elements and attributes come without their prefix.

    Returns the parser, so that a handler may switch off what it does not need.

    Raises:
        RefusedError: the part is too large, or declares entities.
        KeyError: there is no such part.
    """
    from xml.parsers import expat

    info = package.getinfo(name)
    if info.flag_bits & 1:
        raise unreadable("文件设了密码", "it asks for a password", "去掉密码", "remove the password")
    if info.file_size > MAX_PART:
        raise too_large("解开后的大小", "the unpacked size", MAX_PART)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}

    def plain(name: str) -> str:
        found = local.get(name)
        if found is None:
            found = local[name] = name.rpartition(":")[2]
        return found

    def refuse_doctype(*_: object) -> None:
        raise unreadable("文件里有不该有的声明（DOCTYPE）", "it declares a DOCTYPE")

    parser.StartElementHandler = lambda tag, attributes: start(plain(tag), attributes)
    parser.EndElementHandler = lambda tag: end(plain(tag))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_doctype
    with package.open(info) as part:
        while piece := part.read(_CHUNK):
            parser.Parse(piece, False)
    parser.Parse(b"", True)
    return parser
