"""A loaded rubric kept for the next time: under what name, in what form, and when it may be used again.

The name of an entry comes from the engine, the path and the text, so a changed rubric or engine never meets an old
entry. The entry says what else was read; it is used only if all of it would be read the same again. Its form is a
digest, a head of JSON and the columns of the table, so a damaged file is told from a whole one, and none is ever run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import attrs

from rubriclang.caching import store
from rubriclang.caching.decoding import MalformedError, decode
from rubriclang.caching.encoding import UnkeptError, encode
from rubriclang.caching.engine import engine
from rubriclang.caching.findings import again, plain
from rubriclang.caching.reads import Read, Reads, Resolve, unchanged
from rubriclang.collecting import uncollected
from rubriclang.diagnostics import Diagnostic
from rubriclang.source import Source, joined

_MAGIC = b"rubric\r\n"
_DIGEST = 32


@attrs.frozen
class Loaded:
    """What loading a rubric comes to; ``program`` is anything the classes of ``ir`` can say."""

    program: Any
    source: Source
    diagnostics: tuple[Diagnostic, ...]


def recall(source: Source, resolve: Resolve, read: Read) -> Loaded | None:
    """The rubric of a text as it was loaded before; None where it was not, or anything it was made of has changed.

    Raises:
        OSError, or what ``read`` raises: a file it builds on cannot be read any more.
    """
    name = _name_of(source)
    data = store.read(name) if name is not None else None
    if name is None or data is None:
        return None
    try:
        head, columns = unpack(data)
        if head["name"] != name:
            return None
        files = unchanged(head["reads"], resolve, read)
        if files is None:
            return None
        files = [source, *files]
        program, rows = decode(head["table"], columns)
        order = [files[number] for number in head["order"]]
        whole = joined(order) if order else source
        return Loaded(program, whole, again(rows, files))
    except (MalformedError, LookupError, TypeError, ValueError, ImportError, RecursionError):
        return None


def remember(source: Source, loaded: Loaded, reads: Reads) -> None:
    """Keeps what loading a text came to, if it can be kept."""
    name = _name_of(source)
    if name is None or store.folder() is None:
        return
    files = [source, *reads.files]
    order = [file for _, file in loaded.source.files]
    try:
        head = {
            "name": name,
            "title": source.path,
            "reads": reads.to_data(),
            "order": [_index(files, file) for file in order],
        }
        with uncollected():
            table, columns = encode((loaded.program, plain(loaded.diagnostics, files)))
        data = pack(head | {"table": table}, columns.tobytes())
    except (UnkeptError, ValueError):  # a number too long for JSON is a ValueError
        return
    store.write(name, data)


def pack(head: dict[str, Any], columns: bytes) -> bytes:
    """The bytes of an entry."""
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    body = len(text).to_bytes(4, "little") + text + columns
    return _MAGIC + blake2b(body, digest_size=_DIGEST).digest() + body


def unpack(data: bytes) -> tuple[dict[str, Any], list[int]]:
    """The head and the columns of an entry.

    Raises:
        MalformedError: they are not what was written.
    """
    start = len(_MAGIC) + _DIGEST
    body = memoryview(data)[start:]
    if data[: len(_MAGIC)] != _MAGIC or blake2b(body, digest_size=_DIGEST).digest() != data[len(_MAGIC) : start]:
        raise MalformedError("digest")
    end = 4 + int.from_bytes(body[:4], "little")
    head = json.loads(bytes(body[4:end]).decode("utf-8", "surrogatepass"))
    if not isinstance(head, dict) or len(body[end:]) % 4:
        raise MalformedError("head")
    return head, body[end:].cast("I").tolist()


def _index(files: Sequence[Source], wanted: Source) -> int:
    for number, file in enumerate(files):
        if file is wanted:
            return number
    raise UnkeptError(wanted.path)


def _name_of(source: Source) -> str | None:
    """The name of the entry of a text: it says the engine, where the text lies, and the text."""
    made_by = engine()
    if made_by is None:
        return None
    try:
        place = str(Path(source.path).resolve())
    except (OSError, RuntimeError):  # a link to itself
        return None
    parts = (made_by, source.path, place, source.text)
    whole = b"\0".join(part.encode("utf-8", "surrogatepass") for part in parts)
    return blake2b(whole, digest_size=20).hexdigest()
