"""The rim of ``rubric check``: finds the project's settings and baseline, and checks files by them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.catalogue import all_kinds
from rubriclang.driver import check_text, read_source
from rubriclang.facts.readers import decode
from rubriclang.linter import baseline
from rubriclang.linter.errors import BAD_SETTING
from rubriclang.linter.mending import mend
from rubriclang.linter.selection import Selection
from rubriclang.linter.settings import FILES, Settings, settings_of
from rubriclang.rewriting import encode_like
from rubriclang.source import Source


@attrs.frozen
class Project:
    """The settings that hold for a folder, the baseline file they name, and what is wrong with them."""

    settings: Settings = Settings()
    baseline: Path | None = None
    faults: tuple[Diagnostic, ...] = ()


def project_of(folder: Path) -> Project:
    """The settings of the nearest ``rubric.toml`` or ``[tool.rubric]`` from a folder upward, inside its repository.

    Raises:
        OSError: a settings file cannot be read.
    """
    here = folder.resolve()
    for place in (here, *here.parents):
        for name in FILES:
            file = place / name
            if not file.is_file():
                continue
            source = Source(str(file), decode(file.read_bytes()) or "")
            settings, faults = settings_of(name, source)
            if settings is not None:
                faults = tuple(_unknown(source, settings.selection))
                return Project(settings, place / settings.baseline if settings.baseline else None, faults)
            if faults:
                return Project(faults=faults)
        if (place / ".git").exists():
            break
    return Project()


def _unknown(source: Source, selection: Selection) -> Iterable[Diagnostic]:
    for key, codes in (("select", selection.select), ("ignore", selection.ignore)):
        for code in codes:
            if not is_known(code):
                params = {"key": key, "why": f"没有以 {code} 开头的代码", "why_en": f"no code begins with {code}"}
                yield Diagnostic(BAD_SETTING, source, None, params)


def is_known(prefix: str) -> bool:
    """Whether any code begins so."""
    return any(code.startswith(prefix) for code in all_kinds())


def once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings without repetition: a file that several editions build on says its own once."""
    kept = {(d.sort_key, d.span, tuple(sorted(d.params.items()))): d for d in found}
    return list(kept.values())


def mended(path: Path, selection: Selection, unsafe: bool) -> tuple[bytes, int]:
    """The bytes of a file after all that can be mended, in the file's own encoding, and how many findings that took.

    Raises:
        OSError: it cannot be read.
        RubricError: it is no text.
    """
    source = read_source(path)
    done = mend(source, lambda text: check_text(text, selection), unsafe)
    if not done.done:
        return path.read_bytes(), 0
    data = path.read_bytes()
    return encode_like(done.source.text, data), len(done.done)


def difference(before: bytes, after: bytes, name: str) -> str:
    """Two states of a rubric as a unified diff; empty where they are one."""
    # Not by splitlines: an invisible line end is what one of the fixes takes away.
    old, new = ((decode(data) or "").replace("\r\n", "\n").split("\n") for data in (before, after))
    return "".join(f"{line}\n" for line in unified_diff(old, new, name, name, lineterm=""))


def read_baseline(path: Path) -> frozenset[str] | None:
    """The fingerprints a baseline file holds; None where it is no baseline.

    Raises:
        OSError: it cannot be read.
    """
    return baseline.read(decode(path.read_bytes()) or "")


def relative_to(found: Iterable[Diagnostic], folder: Path) -> list[Diagnostic]:
    """Findings with their paths as seen from the folder of a baseline, so that it holds wherever the command runs."""
    root = folder.resolve()
    seen: dict[str, Source] = {}
    out = []
    for diagnostic in found:
        source = diagnostic.source
        if source is None:
            out.append(diagnostic)
            continue
        if source.path not in seen:
            path = Path(source.path)
            inside = path.is_file() and path.resolve().is_relative_to(root)
            name = path.resolve().relative_to(root).as_posix() if inside else source.path
            seen[source.path] = attrs.evolve(source, path=name)
        out.append(attrs.evolve(diagnostic, source=seen[source.path]))
    return out


def not_in(found: Iterable[Diagnostic], known: frozenset[str], folder: Path) -> tuple[list[Diagnostic], int]:
    """The findings that are in no baseline of a folder, and how many of the baseline's are gone."""
    kept = list(found)
    named = relative_to(kept, folder)
    fresh, gone = baseline.new(named, known)
    chosen = {id(diagnostic) for diagnostic in fresh}
    return [own for own, other in zip(kept, named, strict=True) if id(other) in chosen], gone
