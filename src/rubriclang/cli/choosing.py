"""The rubric of a folder that is for the unit at hand: the one whose 适用 its facts meet."""

from __future__ import annotations

from rubriclang.cli.options import Lang, fail, load_rubric, rubric_files
from rubriclang.driver import Facts, Rubric
from rubriclang.facts.errors import DOES_NOT_APPLY


def chosen(folder: str, facts: Facts, lang: Lang) -> Rubric:
    """The one rubric under a folder that says whom it is for and does not exclude the unit.

    Rubrics without 适用 take no part: bases and shared files are for nobody in particular. Ends with exit code 2 when
    none is left, or several are: which of them counts is not for the program to say.
    """
    zh = lang == "zh"
    asked = [(str(file), load_rubric(str(file), lang)) for file in rubric_files([folder], lang)]
    stated = [(name, rubric) for name, rubric in asked if rubric.program.applies is not None]
    if not stated:
        said = (
            "文件夹里没有写“适用：”的标准；写明用哪个文件" if zh else "no rubric in it says 'applies:'; name the file"
        )
        fail(f"{folder}: {said}")
    if any(rubric.many(facts) for _, rubric in stated):
        said = "这是多个单位的表，一次只用一套标准；写明用哪个文件"
        fail(said if zh else "a table of units is scored by one rubric; name its file")
    left = [
        (name, rubric)
        for name, rubric in stated
        if not any(d.kind is DOES_NOT_APPLY for d in rubric.score(facts).diagnostics)
    ]
    names = "、".join(name for name, _ in left) if zh else ", ".join(name for name, _ in left)
    if not left:
        fail(f"{folder}: {'没有一套标准适用于这个单位' if zh else 'no rubric applies to this unit'}")
    if len(left) > 1:
        fail(f"{folder}: {'不止一套标准适用，写明用哪个：' if zh else 'several rubrics apply; name one of: '}{names}")
    return left[0][1]
