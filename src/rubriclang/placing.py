"""Puts a finished file in its place: whole or not at all.

What is written goes to a temporary file beside its target and is moved over it at the end, so that a full disk, an
interrupt or a second writer never leaves half a file, and an old one stays as it was until then.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def placed(target: Path, *, new: bool = False, settle: bool = True) -> Iterator[Path]:
    """A temporary path to write the whole file to; when the block ends it becomes ``target``.

    A link at ``target`` stays a link, and a file that is replaced gives the new one its permissions.

    Args:
        target: where the file belongs.
        new: a file that stands there already, or comes to stand there meanwhile, wins.
        settle: force the bytes to the disk first, where a full one shows at last.

    Raises:
        FileExistsError: with ``new``, there is a file.
        OSError: it cannot be written there. Whatever the block raises passes through as well; the temporary file is
            gone then and the target is untouched.
    """
    import tempfile  # dear to import, and not needed by who only prints

    real = Path(os.path.realpath(target))
    if real.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if new and os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    if real.exists() and not real.is_file():  # a device or a pipe takes bytes as they come
        yield real
        return
    handle, name = tempfile.mkstemp(prefix=f".{real.stem[:40]}-", suffix=real.suffix, dir=real.parent)
    os.close(handle)
    place = Path(name)
    try:
        yield place
        place.chmod(_mode(real))
        if settle:
            with place.open("rb+") as file:
                os.fsync(file.fileno())
        if new:
            _move_new(place, real)
        else:
            os.replace(place, real)
    finally:
        place.unlink(missing_ok=True)


def place_bytes(target: Path, data: bytes, *, new: bool = False, settle: bool = True) -> None:
    """Writes bytes to a file, as ``placed`` does.

    Raises:
        OSError: as ``placed``.
    """
    with placed(target, new=new, settle=settle) as place:
        place.write_bytes(data)


def _move_new(place: Path, target: Path) -> None:
    """Moves a file to a name that is free."""
    try:
        os.link(place, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with target.open("xb"):
            pass
        os.replace(place, target)


def _mode(real: Path) -> int:
    """The permissions of the file that is replaced, or those a new file gets."""
    if real.exists():
        return stat.S_IMODE(real.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
