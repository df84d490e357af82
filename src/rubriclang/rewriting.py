"""Writing a text back into its file: in the encoding it came in, and all at once or not at all."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from pathlib import Path

from rubriclang.placing import place_bytes


def encode_like(text: str, before: bytes) -> bytes:
    """The text in the encoding of ``before`` (UTF-8 with or without a byte order mark, or GB18030)."""
    if before.startswith(BOM_UTF8):
        return BOM_UTF8 + text.encode("utf-8")
    try:
        before.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("gb18030")
    return text.encode("utf-8")


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file anew; permissions stay, a link stays a link, and a file that is only for reading is left alone.

    Raises:
        OSError: the file may not be written to, or its folder may not; the old file is untouched then.
    """
    if not os.access(path, os.W_OK):
        raise PermissionError(13, os.strerror(13), str(path))
    place_bytes(path, data)
