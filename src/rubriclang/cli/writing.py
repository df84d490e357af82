"""Writes a result to a file: never over one that is there, and never half of it."""

from __future__ import annotations

from pathlib import Path

from rubriclang.cli.options import Lang, fail, why_not


def write_new(name: str, data: bytes, force: bool, lang: Lang) -> None:
    """Writes bytes to a new file, or with ``force`` to any; ends with exit code 2 when it cannot."""
    from rubriclang.placing import place_bytes  # not needed by who only prints

    try:
        place_bytes(Path(name), data, new=not force)
    except FileExistsError:
        fail(
            f"{name}: 文件已存在，不会覆盖；要覆盖就加 --force"
            if lang == "zh"
            else f"{name}: the file exists and is not overwritten; add --force to replace it"
        )
    except OSError as error:
        fail(f"{name}: {why_not(error, lang)}")
