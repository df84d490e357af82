"""The folder of kept rubrics: one file each, written whole or not at all, checked when read, the oldest removed.

Nothing here is ever an error: where a file cannot be read, is damaged, or cannot be written, there is nothing kept.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import attrs

from rubriclang.resources import cache_file

FOLDER = "rubrics"
SUFFIX = ".kept"
MOST_FILES = 200
MOST_BYTES = 100_000_000
LARGEST = 60_000_000
_LEFT_OVER = 3600  # seconds after which a temporary file is nobody's
_USED = 86_400  # seconds between two marks that a file is in use


@attrs.frozen
class Kept:
    """A file in the folder: its size in bytes, and when it was last used, in seconds since 1970."""

    path: Path
    size: int
    used: float


def folder() -> Path | None:
    """The folder of kept rubrics, which need not exist; None where nothing is kept."""
    return cache_file(FOLDER)


def read(name: str) -> bytes | None:
    """What was kept under a name; None where nothing is, or what there is cannot be read."""
    place = _place(name)
    if place is None:
        return None
    try:
        with place.open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_size > LARGEST:
                return None
            data = file.read()
        if time.time() - status.st_mtime > _USED:
            os.utime(place)
    except OSError:
        return None
    return data


def write(name: str, data: bytes) -> None:
    """Keeps bytes under a name, if that is possible, and removes what is too much."""
    place = _place(name)
    if place is None or len(data) > LARGEST:
        return
    from rubriclang.placing import place_bytes

    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place_bytes(place, data, settle=False)  # a file the disk lost is found out by its digest
        _prune()
    except OSError:
        return


def kept() -> list[Kept]:
    """All files in the folder, the one used last first."""
    found = [Kept(Path(entry.path), status.st_size, status.st_mtime) for entry, status in _entries()]
    return sorted((one for one in found if one.path.suffix == SUFFIX), key=lambda one: (-one.used, one.path.name))


def clear() -> int:
    """Removes all files in the folder, and says how many."""
    return sum(_remove(one.path) for one in kept())


def _place(name: str) -> Path | None:
    where = folder()
    return None if where is None else where / f"{name}{SUFFIX}"


def _entries() -> Iterator[tuple[os.DirEntry[str], os.stat_result]]:
    where = folder()
    try:
        entries = [] if where is None else list(os.scandir(where))
    except OSError:
        return
    for entry in entries:
        try:
            if entry.is_file(follow_symlinks=False):
                yield entry, entry.stat(follow_symlinks=False)
        except OSError:  # another process has just removed it
            continue


def _prune() -> None:
    """Keeps the files used last, within the bounds, and no temporary file that a killed process left."""
    total = 0
    for number, one in enumerate(kept()):
        total += one.size
        if number >= MOST_FILES or total > MOST_BYTES:
            _remove(one.path)
    for entry, status in _entries():
        if entry.name.startswith(".") and time.time() - status.st_mtime > _LEFT_OVER:
            _remove(Path(entry.path))


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
