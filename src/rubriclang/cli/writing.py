"""Writes a result to a file: never over one that is there, and never half of it."""

from __future__ import annotations

import os
from pathlib import Path

from rubriclang.cli.options import Lang, fail, why_not


def write_new(name: str, data: bytes, force: bool, lang: Lang) -> None:
    """Writes bytes to a new file, or with ``force`` to any; ends with exit code 2 when it cannot.

    The bytes go to a file beside it first, which is then moved into its place.
    """
    path = Path(name)
    exists = (
        f"{name}: 文件已存在，不会覆盖；要覆盖就加 --force"
        if lang == "zh"
        else f"{name}: the file exists and is not overwritten; add --force to replace it"
    )
    if not force and path.exists():
        fail(exists)
    import tempfile  # not needed by who only prints

    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".rubric-", delete=False) as file:
            temporary = file.name
            file.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        if force:
            os.replace(temporary, path)
        else:
            _move_new(temporary, path)
    except FileExistsError:
        fail(exists)
    except OSError as error:
        fail(f"{name}: {why_not(error, lang)}")
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def _move_new(temporary: str, path: Path) -> None:
    """Moves a file to a name that is free; a file that came to stand there meanwhile wins."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with path.open("xb"):
            pass
        os.replace(temporary, path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
