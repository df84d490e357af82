"""Puts a finished file in its place: whole or not at all.

A report is written to a temporary file beside its target and moved over it at the end, so that a full disk or an
interrupt leaves an old file as it was.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from rubriclang.diagnostics import Diagnostic
from rubriclang.reports import errors

_WORDS = {
    errno.ENOSPC: ("磁盘满了", "the disk is full"),
    errno.EACCES: ("没有写入的权限，或文件正在别的程序里打开着", "no permission, or it is open in another program"),
    errno.EPERM: ("没有写入的权限，或文件正在别的程序里打开着", "no permission, or it is open in another program"),
    errno.ENOENT: ("没有这个文件夹", "there is no such folder"),
    errno.EISDIR: ("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.EROFS: ("这里只能读", "the place is read-only"),
}


def write_whole(target: Path, write: Callable[[Path], None]) -> tuple[Diagnostic, ...]:
    """Calls ``write`` with a temporary path and moves what it made to ``target``.

    Args:
        target: where the file belongs; a link there stays a link.
        write: writes the whole file to the path it is given.

    Returns:
        Nothing, or one diagnostic that says why it was not written. Whatever else ``write`` raises (an interrupt, a
        mistake of ours) passes through, after the temporary file is gone.
    """
    old = target.exists()
    place: Path | None = None
    try:
        real = target.resolve()
        if real.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        handle, name = tempfile.mkstemp(prefix=f".{real.stem[:40]}-", suffix=real.suffix, dir=real.parent)
        os.close(handle)
        place = Path(name)
        write(place)
        place.chmod(_mode(real))
        _settle(place)
        os.replace(place, real)
        place = None
    except OSError as error:
        return (_not_written(target, error, old),)
    finally:
        if place is not None:
            place.unlink(missing_ok=True)
    return ()


def _settle(place: Path) -> None:
    """Forces the bytes to the disk, where a full one shows at last."""
    with place.open("rb+") as file:
        os.fsync(file.fileno())


def _mode(real: Path) -> int:
    """The permissions of the file that is replaced, or those a new file gets."""
    if real.exists():
        return stat.S_IMODE(real.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _not_written(target: Path, error: OSError, old: bool) -> Diagnostic:
    zh, en = _WORDS.get(error.errno or 0, (error.strerror or str(error),) * 2)
    kept = ("原来的文件没有动", "the old file is as it was") if old else ("没有留下半个文件", "nothing was left behind")
    params = {"name": str(target), "why": zh, "why_en": en, "old": kept[0], "old_en": kept[1]}
    return Diagnostic(errors.NOT_WRITTEN, params=params)
