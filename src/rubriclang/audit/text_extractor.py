"""Plain text: UTF-8 with or without a byte order mark, UTF-16 with one, else GB18030."""

from __future__ import annotations

from rubriclang.audit.extraction import RefusedError
from rubriclang.facts.readers import decode

SUFFIXES = (".txt", ".md", ".text")


def extract(data: bytes) -> str:
    """The text, with ``\\n`` at the end of each line.

    Raises:
        RefusedError: the bytes are no text.
    """
    return lines(decoded(data))


def decoded(data: bytes) -> str:
    """The text of bytes in one of the encodings that reports come in."""
    text: str | None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            text = None
    else:
        text = decode(data)
    if text is None or "\0" in text:
        raise RefusedError("不是文字文件，或编码不是 UTF-8、GB18030", "not a text in UTF-8 or GB18030")
    return text


def lines(text: str) -> str:
    """The text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
