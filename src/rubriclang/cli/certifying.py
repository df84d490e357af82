"""Writes the certificate of ``rubric score --certificate``."""

from __future__ import annotations

from pathlib import Path

from rubriclang.certificates.canonical import canonical
from rubriclang.certificates.making import ChangedMeanwhileError, make
from rubriclang.cli.options import Lang, fail, why_not
from rubriclang.cli.writing import write_new
from rubriclang.driver import Facts, Rubric


def write_certificate(rubric: Rubric, facts: Facts, target: str, force: bool, lang: Lang) -> None:
    """Writes it, or ends with exit code 2; an existing file is not overwritten unless ``force`` asks for it."""
    try:
        content = make(rubric, facts, Path(target).parent)
    except ChangedMeanwhileError as error:
        why = "计分时文件变了，再来一次" if lang == "zh" else "it changed meanwhile; try again"
        fail(f"{error}: {why}")
    except OSError as error:
        fail(f"{target}: {why_not(error, lang)}")
    write_new(target, canonical(content), force, lang)
