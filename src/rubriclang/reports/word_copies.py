"""A user's Word document once for each unit: the body again and again, each on pages and with headers of its own.

The copies share the pictures and styles of the template. A header or footer is copied where it holds a placeholder.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

_BREAK = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'  # takes no room
)
_KINDS = ("w:headerReference", "w:footerReference")


def copies(document: Any, count: int) -> list[list[Any]]:
    """Repeats the body ``count`` times.

    Returns:
        For each unit the elements that hold its paragraphs: its part of the body, its headers and footers.
    """
    from docx.oxml.ns import qn

    body = document.element.body
    pattern = [deepcopy(child) for child in body if child.tag != qn("w:sectPr")]
    own = [child for child in body if child.tag != qn("w:sectPr")]
    if count == 1:
        return [[*own, *_headers(document, [*own, body.sectPr])]]
    made: list[list[Any]] = []
    for at in range(count):
        elements = own if at == 0 else [deepcopy(child) for child in pattern]
        if at:
            for element in elements:
                body.sectPr.addprevious(element)
        made.append(elements)
    last = deepcopy(body.sectPr)
    for elements in made[:-1]:
        elements.append(_section_end(elements[-1] if elements else None, body, last))
    # Only now: a header that is still a template is what the next unit copies.
    for elements in made[1:]:
        ends = list(_sections(elements)) or [body.sectPr]
        _on_a_new_page(ends[0])
        for end in [*ends, *([body.sectPr] if elements is made[-1] and ends != [body.sectPr] else [])]:
            _own_headers(document, end)
    return [
        [*elements, *_headers(document, [*elements, *([body.sectPr] if elements is made[-1] else [])])]
        for elements in made
    ]


def _section_end(after: Any, body: Any, properties: Any) -> Any:
    """A paragraph that ends the section of a unit, put behind its last element."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph = parse_xml(_BREAK.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))
    paragraph.pPr.append(deepcopy(properties))
    if after is None:
        body.sectPr.addprevious(paragraph)
    else:
        after.addnext(paragraph)
    return paragraph


def _sections(elements: list[Any]) -> Iterator[Any]:
    from docx.oxml.ns import qn

    for element in elements:
        yield from element.iter(qn("w:sectPr"))


def _on_a_new_page(properties: Any) -> None:
    """A section that began in the middle of a page begins on the next one."""
    from docx.oxml.ns import qn

    kind = properties.find(qn("w:type"))
    if kind is not None and kind.get(qn("w:val")) == "continuous":
        kind.set(qn("w:val"), "nextPage")


def _references(properties: Any) -> Iterator[Any]:
    from docx.oxml.ns import qn

    for kind in _KINDS:
        yield from properties.findall(qn(kind))


def _headers(document: Any, elements: list[Any]) -> list[Any]:
    """The headers and footers that the sections among the elements name."""
    from docx.oxml.ns import qn

    return [
        document.part.related_parts[reference.get(qn("r:id"))].element
        for properties in _sections(elements)
        for reference in _references(properties)
    ]


def _own_headers(document: Any, properties: Any) -> None:
    """Gives a section headers and footers of its own, where what is filled into them differs from unit to unit."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    for reference in _references(properties):
        part = document.part.related_parts[reference.get(qn("r:id"))]
        if "{" not in "".join(part.element.itertext()):
            continue
        header = reference.tag == qn("w:headerReference")
        kind = RELATIONSHIP_TYPE.HEADER if header else RELATIONSHIP_TYPE.FOOTER
        name = document.part.package.next_partname(f"/word/{'header' if header else 'footer'}%d.xml")
        copied = type(part)(name, part.content_type, deepcopy(part.element), part.package)
        for relation in part.rels.values():
            target = relation.target_ref if relation.is_external else relation.target_part
            copied.rels.add_relationship(relation.reltype, target, relation.rId, relation.is_external)
        reference.set(qn("r:id"), document.part.relate_to(copied, kind))
