"""Writes a report to its file, whole or not at all, and says in words why it could not be written."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from rubriclang.diagnostics import Diagnostic
from rubriclang.placing import placed
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
    try:
        with placed(target) as place:
            write(place)
    except OSError as error:
        return (_not_written(target, error, old),)
    return ()


def _not_written(target: Path, error: OSError, old: bool) -> Diagnostic:
    zh, en = _WORDS.get(error.errno or 0, (error.strerror or str(error),) * 2)
    kept = ("原来的文件没有动", "the old file is as it was") if old else ("没有留下半个文件", "nothing was left behind")
    params = {"name": str(target), "why": zh, "why_en": en, "old": kept[0], "old_en": kept[1]}
    return Diagnostic(errors.NOT_WRITTEN, params=params)
