"""Finds the grammar and the pages of the codes (in the package of a wheel, else in the checkout), and the cache."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path


def grammar_text(name: str) -> str:
    """The text of a file of ``grammar/``.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return (grammar_folder(name) / name).read_text(encoding="utf-8")


def grammar_folder(name: str = "rubric.lark") -> Path:
    """The folder ``grammar/``, which holds a file of that name.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for folder in _folders("grammar", "grammar"):
        if (folder / name).is_file():
            return folder
    raise FileNotFoundError(f"grammar/{name} is in neither the package nor the checkout")


def code_pages() -> dict[str, Path]:
    """The pages of the diagnostics (``docs/codes``), by code and in its order; empty where none are installed."""
    for folder in _folders("codes", "docs/codes"):
        pages = {file.stem.partition("-")[0]: file for file in sorted(folder.glob("R*.md"))}
        if pages:
            return pages
    return {}


def _folders(installed: str, checkout: str) -> tuple[Path, Path]:
    package = Path(__file__).resolve().parent
    return package / installed, package.parent.parent / checkout


def cache_file(name: str) -> Path | None:
    """A place in the user's own cache folder, made if need be; None where there is none that only the user can write.

    Lark reads its tables back as a pickle, so a folder that others can write is never used.
    ``RUBRICLANG_CACHE`` names another folder; empty or ``off`` is none.
    """
    chosen = os.environ.get("RUBRICLANG_CACHE")
    if chosen in ("", "off"):
        return None
    try:
        folder = Path(chosen) if chosen else _user_cache() / "rubriclang"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            status = folder.stat()
            if status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return None
        return folder / name if os.access(folder, os.W_OK) else None
    except (OSError, RuntimeError):  # no home folder, a read-only disk: do without
        return None


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
