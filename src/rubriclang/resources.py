"""Finds the grammar: inside the package when installed from a wheel, else in the checkout."""

from __future__ import annotations

from pathlib import Path


def grammar_text(name: str) -> str:
    """The text of a file of ``grammar/``.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "grammar", package.parent.parent / "grammar"):
        file = folder / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise FileNotFoundError(f"grammar/{name} is in neither the package nor the checkout")
