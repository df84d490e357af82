"""Derives a certified score again from its files, and says what is no longer what it was."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import attrs

import rubriclang
from rubriclang.certificates import errors
from rubriclang.certificates.canonical import canonical, digest
from rubriclang.certificates.comparing import first_byte, first_difference
from rubriclang.certificates.files import changed_line, record
from rubriclang.certificates.making import FORMAT, ChangedMeanwhileError, make
from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.driver import FactsError, RubricError, load, load_facts

MAX_BYTES = 60_000_000


@attrs.frozen
class Verdict:
    """What a verification came to; it holds if no finding is an error."""

    content: dict[str, Any]
    findings: tuple[Diagnostic, ...]

    @property
    def holds(self) -> bool:
        """Whether the score was derived again, bit for bit, from unchanged files."""
        return all(found.severity != "error" for found in self.findings)


def verify(path: Path, rubric: Path | None = None, facts: Path | None = None) -> Verdict:
    """Verifies the certificate at a path; ``rubric`` and ``facts`` say where the files are now.

    Raises:
        OSError: the certificate cannot be read.
    """
    data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    content = _read(data)
    if isinstance(content, Diagnostic):
        return Verdict({}, (content,))
    folder = path.resolve().parent
    files = content["rubric"]["files"]
    main = rubric or folder / files[-1]["path"]
    given = facts or folder / content["facts"]["path"]
    findings = _engine(content)
    found = [*_rubric_files(files, main, folder, rubric is not None)]
    found += _compared(content["facts"], given, folder, errors.FACTS_CHANGED)
    derived = _derived(main, given, folder)
    own = _of_itself(data, content, None if found else derived)
    findings += own + found
    if derived is not None and (found or not own):
        findings += _value(content, derived, bool(found))
    elif derived is None and not found:
        params = {"why": "标准或数据现在有错误，不能重算", "why_en": "the rubric or the facts cannot be scored now"}
        findings.append(Diagnostic(errors.CERTIFICATE_UNREADABLE, params=params))
    return Verdict(content, tuple(findings))


def _read(data: bytes) -> dict[str, Any] | Diagnostic:
    params = {"why": "不是凭证文件", "why_en": "it is no certificate"}
    try:
        content = json.loads(data.decode("utf-8"))
        files = [*content["rubric"]["files"], content["facts"]]
        values = content["values"]
        shaped = content["format"] == FORMAT and files[:-1] and all(isinstance(value, list) for value in values)
        named = all(isinstance(file["path"], str) and not Path(file["path"]).is_absolute() for file in files)
        known = isinstance(content["engine"]["version"], str) and isinstance(content["result"], dict)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return Diagnostic(errors.CERTIFICATE_UNREADABLE, params=params)
    if not (shaped and named and known):
        return Diagnostic(errors.CERTIFICATE_UNREADABLE, params=params)
    return content  # type: ignore[no-any-return]


def _engine(content: dict[str, Any]) -> list[Diagnostic]:
    certified, now = content["engine"]["version"], rubriclang.__version__
    if certified == now:
        return []
    return [Diagnostic(errors.ENGINE_DIFFERS, params={"certified": certified, "now": now})]


def _rubric_files(files: list[Any], main: Path, folder: Path, moved: bool) -> list[Diagnostic]:
    """The files of the rubric; those it builds on lie to a moved one as they did to the old one."""
    old = Path(files[-1]["path"]).parent
    found = []
    for file in files:
        path = folder / file["path"]
        if moved:
            own = Path(file["path"])
            path = (
                main if file is files[-1] else main.parent / (own.relative_to(old) if old in own.parents else own.name)
            )
        found += _compared(file, path, folder, errors.RUBRIC_CHANGED)
    return found


def _compared(before: dict[str, Any], path: Path, folder: Path, kind: Kind) -> list[Diagnostic]:
    try:
        data = path.read_bytes()
    except OSError:
        return [_changed(kind, path, "（找不到或读不了）", " (it cannot be found or read)")]
    if hashlib.sha256(data).hexdigest() == before.get("sha256"):
        return []
    line = changed_line(before, record(path, data, folder))
    if line is None:
        return [_changed(kind, path, "", "")]
    return [_changed(kind, path, f"，从第 {line} 行起", f", from line {line} on")]


def _shown(path: Path) -> str:
    """A path as one types it from here."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return str(path)


def _changed(kind: Kind, path: Path, place: str, place_en: str) -> Diagnostic:
    return Diagnostic(kind, params={"path": _shown(path), "place": place, "place_en": place_en})


def _derived(rubric: Path, facts: Path, folder: Path) -> dict[str, Any] | None:
    """The certificate that the files give now; None where they cannot be scored."""
    try:
        return make(load(rubric), load_facts(facts), folder)
    except (OSError, RubricError, FactsError, ChangedMeanwhileError):
        return None


def _of_itself(data: bytes, content: dict[str, Any], derived: dict[str, Any] | None) -> list[Diagnostic]:
    """Whether a certificate is as it was written: its digest, and its bytes."""
    if digest(content) != content.get("digest"):
        found = first_difference(content, derived) if derived is not None else None
        place = ("和它的校验值对不上", "it does not match its digest")
        if found is not None:
            name, certified, now = found
            place = (f"“{name}”写成 {certified}，应为 {now}", f"'{name}' reads {certified} instead of {now}")
        elif derived is not None and {**content, "digest": derived["digest"]} == derived:
            place = ("校验值被改了", "its digest was altered")
    elif canonical(content) != data:
        at = first_byte(canonical(content), data)
        line = data[:at].count(b"\n") + 1
        place = (
            f"第 {line} 行第 {at + 1} 字节起不是原来的写法",
            f"its bytes differ from line {line}, byte {at + 1} on",
        )
    else:
        return []
    return [Diagnostic(errors.CERTIFICATE_CHANGED, params={"place": place[0], "place_en": place[1]})]


def _value(content: dict[str, Any], derived: dict[str, Any], explained: bool) -> list[Diagnostic]:
    """The first value that comes out otherwise; a changed file explains it, else the writer computed otherwise."""
    kept = ("values", "checks", "result")
    parts = kept if explained else ("rubric", "facts", "inputs", "others", *kept)
    found = first_difference({k: content.get(k) for k in parts}, {k: derived.get(k) for k in parts})
    if found is None:
        return []
    hint = (
        ("", "")
        if explained
        else (
            "文件都没有改：凭证的数和校验值一起改过，或写凭证的程序算得不同",
            "no file was changed: value and digest were altered together, or its writer computes otherwise",
        )
    )
    params = dict(zip(("name", "certified", "derived"), found, strict=True))
    return [Diagnostic(errors.VALUE_DIFFERS, params={**params, "suggestion": hint[0], "suggestion_en": hint[1]})]
