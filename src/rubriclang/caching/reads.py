"""What a rubric asked of the disk while it was loaded, so that the same questions can be asked again."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import attrs

from rubriclang.source import Source

Resolve = Callable[[Path, str], Path | None]
Read = Callable[[Path], Source]


def digest(text: str) -> str:
    """Tells texts apart."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


@attrs.define
class Reads:
    """Passes questions on to ``resolve`` and ``read``, and notes them with what came back."""

    resolving: Resolve
    reading: Read
    found: list[list[str | None]] = attrs.field(factory=list)
    files: list[Source] = attrs.field(factory=list)

    def resolve(self, asker: Path, wanted: str) -> Path | None:
        """Which file a file means by a name."""
        path = self.resolving(asker, wanted)
        self.found.append([str(asker), wanted, *_names(path)])
        return path

    def read(self, path: Path) -> Source:
        """The text of a file."""
        source = self.reading(path)
        self.files.append(source)
        return source

    def to_data(self) -> dict[str, Any]:
        """Plain data to keep."""
        return {"found": self.found, "files": [[file.path, digest(file.text)] for file in self.files]}


def unchanged(data: dict[str, Any], resolve: Resolve, read: Read) -> list[Source] | None:
    """The files, read again, if all that was asked then has the same answer now; None if anything differs."""
    for asker, wanted, *names in data["found"]:
        if _names(resolve(Path(asker), wanted)) != names:
            return None
    files = []
    for path, text in data["files"]:
        source = read(Path(path))
        if source.path != path or digest(source.text) != text:
            return None
        files.append(source)
    return files


def _names(path: Path | None) -> list[str | None]:
    return [None, None] if path is None else [str(path), str(path.resolve())]
