"""JUnit's XML, which most servers for continuous integration show: a suite a file, a case a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from rubriclang.diagnostics.model import Diagnostic, Lang
from rubriclang.diagnostics.render import render

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(found: Sequence[Diagnostic], checked: Sequence[str], lang: Lang) -> str:
    """Errors and warnings are failures, hints passed cases; a file without findings has one case that passed."""
    by_path: dict[str, list[Diagnostic]] = {path: [] for path in checked}
    for diagnostic in found:
        by_path.setdefault(diagnostic.source.path if diagnostic.source else "", []).append(diagnostic)
    root = ElementTree.Element("testsuites", name="rubric check")
    totals = [0, 0]
    for path, own in by_path.items():
        failures = sum(d.severity != "hint" for d in own)
        cases = max(1, len(own))
        totals[0] += cases
        totals[1] += failures
        suite = ElementTree.SubElement(
            root, "testsuite", name=_clean(path), tests=str(cases), failures=str(failures), errors="0"
        )
        for diagnostic in own:
            _case(suite, diagnostic, lang)
        if not own:
            ElementTree.SubElement(suite, "testcase", name="rubric check", classname=_clean(path))
    root.set("tests", str(totals[0]))
    root.set("failures", str(totals[1]))
    root.set("errors", "0")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _case(suite: ElementTree.Element, diagnostic: Diagnostic, lang: Lang) -> None:
    source, span = diagnostic.source, diagnostic.span
    position = source.position(span.start) if source and span else None
    name = f"{diagnostic.code} {diagnostic.kind.name}"
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=f"{name} ({position.line}:{position.column})" if position else name,
        classname=_clean(source.path if source else ""),
    )
    text = _clean(render(diagnostic, lang))
    if diagnostic.severity == "hint":
        ElementTree.SubElement(case, "system-out").text = text
    else:
        message = _clean(diagnostic.message(lang))
        ElementTree.SubElement(case, "failure", message=message, type=diagnostic.severity).text = text


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold at all."""
    return _NOT_IN_XML.sub("\ufffd", text)
