"""Word files: the running text of ``word/document.xml``, a paragraph a line, the cells of a row between tabs.

Read from parser events, so that depth costs nothing; what is inflated is bounded, and a document type (the way to
entity bombs) is refused.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from rubriclang.audit.extraction import RefusedError

SUFFIXES = (".docx",)
MAX_XML = 80_000_000
_PART = "word/document.xml"
_SKIPPED = frozenset({"del", "instrText", "delText", "moveFrom", "fallback", "Fallback"})


def extract(data: bytes) -> str:
    """The text of a Word file.

    Raises:
        RefusedError: it is no Word file, is encrypted, or inflates beyond ``MAX_XML``.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(_PART) as part:
            xml = part.read(MAX_XML + 1)
    except (zipfile.BadZipFile, KeyError, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise RefusedError(
            "不是完好的 docx 文件（也可能加了密码）", "not an intact docx file (or it is encrypted)"
        ) from None
    if len(xml) > MAX_XML:
        raise RefusedError("docx 解开后太大", "the docx file inflates to too much")
    return _text(xml)


def _text(xml: bytes) -> str:
    pieces: list[str] = []
    skipped, cells = 0, 0
    wanted = False

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal skipped, cells, wanted
        name = tag.rpartition(":")[2]
        if name in _SKIPPED:
            skipped += 1
        elif name == "t":
            wanted = True
        elif name == "tc":
            cells += 1
        elif name == "tab":
            pieces.append("\t")
        elif name in ("br", "cr"):
            pieces.append("\n")

    def end(tag: str) -> None:
        nonlocal skipped, cells, wanted
        name = tag.rpartition(":")[2]
        if name in _SKIPPED:
            skipped -= 1
        elif name == "t":
            wanted = False
        elif name == "tc":
            cells -= 1
            pieces.append("\t")
        elif name == "tr" or (name == "p" and not cells):
            pieces.append("\n")

    def characters(text: str) -> None:
        if wanted and not skipped:
            pieces.append(text)

    def doctype(*_: object) -> None:
        raise RefusedError("docx 里的 XML 带有文档类型声明", "the XML of the docx declares a document type")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise RefusedError("docx 里的 XML 不完整", "the XML of the docx is broken") from None
    return "".join(pieces)
