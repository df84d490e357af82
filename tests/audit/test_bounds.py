"""Files from strangers: whatever they hold, the audit ends, and soon."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from rubriclang.audit.errors import REPORT_TOO_LARGE, REPORT_UNREADABLE
from rubriclang.audit.expression import evaluate
from rubriclang.audit.extraction import extract
from rubriclang.audit.folding import fold
from rubriclang.diagnostics import Diagnostic
from rubriclang.source import Source
from tests.audit.audited import audited, found

DOCUMENT = '<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{}</w:body></w:document>'
SLIP = "控制率＝（234.56/141.6）×100%=161.65%。"

HOSTILE: dict[str, Callable[[], str]] = {
    "ten million digits": lambda: "7" * 10_000_000,
    "a number of a million digits": lambda: f"控制率=({'9' * 1_000_000}/3)*100%=1%。",
    "deep brackets": lambda: f"控制率={'(' * 100_000}1{')' * 100_000}/2=50%。",
    "many equals": lambda: "1/2=" * 50_000,
    "one long sentence": lambda: "收入100万元，比上年增加10万元，增长11.11%，" * 3_000,
    "only points and commas": lambda: "1,234.56.78,9" * 40_000,
    "change words": lambda: "比上年同期增加增收增长" * 100_000 + "5%",
    "short lines": lambda: "12.5\n" * 50_000,
    "blanks": lambda: "增长" + " " * 3_000_000 + "5%",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_text_ends(name: str) -> None:
    text = HOSTILE[name]()
    started = time.process_time()
    audited(text)
    # Seconds on a slow machine; what is quadratic in these texts would take hours.
    assert time.process_time() - started < 20


def test_what_is_long_does_not_hide_what_is_wrong() -> None:
    assert [kind for kind, *_ in found("7" * 100_000 + "\n" + SLIP)] == ["digit-slip"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(84.39+1521.39+9.16-62.29)/(84.39+1521.39+9.16)*100%", Fraction(155265, 161494)),
        ("-3*(2-5)", Fraction(9)),
        ("[(63.46-32)/32]", Fraction(3146, 3200)),
        ("1,234.5+1", Fraction("1235.5")),
        ("2-3-4", Fraction(-5)),
        ("8/4/2", Fraction(1)),
    ],
)
def test_expressions(text: str, value: Fraction) -> None:
    assert evaluate(text) == value


@pytest.mark.parametrize("text", ["", "1/0", "1+", "(1", "1)", "1 2", "()", "*2", "2**3", "9" * 31, "1+" * 300 + "1"])
def test_what_is_no_expression(text: str) -> None:
    assert evaluate(text) is None


@given(st.text(alphabet="0123456789.+-*/()[]%, ", max_size=60))
def test_an_expression_never_raises(text: str) -> None:
    assert evaluate(text) is None or isinstance(evaluate(text), Fraction)


WORDS = [
    "收入",
    "比上年",
    "增加",
    "减少",
    "，",
    "。",
    "；",
    "其中",
    "万元",
    "亿元",
    "%",
    "占",
    "合计",
    "为",
    "的",
    "=",
    "（",
    "）",
    "/",
    "\n",
    " ",
]


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.decimals(0, 9999, places=2).map(str)), max_size=60).map("".join))
def test_any_prose_is_audited_and_every_place_lies_in_it(text: str) -> None:
    for one in audited(text).findings:
        assert 0 <= one.span.start < one.span.end <= len(text)


@given(st.text(max_size=200))
def test_folding_keeps_places(text: str) -> None:
    assert len(fold(text)) == len(text)


def docx(body: str, name: str = "word/document.xml") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, DOCUMENT.format(body))
    return held.getvalue()


def text_of(name: str, data: bytes) -> str:
    source = extract(name, data)
    assert isinstance(source, Source), source
    return source.text


def refusal(name: str, data: bytes) -> Diagnostic:
    refused = extract(name, data)
    assert isinstance(refused, Diagnostic)
    return refused


def test_a_word_file_is_read_by_paragraph_and_cell() -> None:
    body = (
        "<w:p><w:r><w:t>控制率＝（234.56/</w:t></w:r><w:r><w:t>141.6）×100%=161.65%。</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:r><w:t>新</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert text_of("a.docx", docx(body)) == f"{SLIP}\n新\n甲\t1\t\n"


def test_a_web_page_is_read_by_block_and_without_scripts() -> None:
    page = (
        f"<html><head><title>x</title></head><script>var a = 1/2=3;</script><p>{SLIP}</p><td>1 &lt; 2</td>a<b".encode()
    )
    text = text_of("a.html", page)
    assert SLIP in text and "var" not in text and "1 < 2" in text
    assert [kind for kind, *_ in found(text)] == ["digit-slip"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_in_any_usual_encoding(encoding: str) -> None:
    assert text_of("a.txt", SLIP.encode(encoding)) == SLIP


def test_a_zip_bomb_is_refused() -> None:
    body = "<w:p/>" * 16_000_000  # 96 MB of XML in a file of some 100 KB
    assert refusal("a.docx", docx(body)).kind is REPORT_UNREADABLE


def test_entities_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>')
    assert refusal("a.docx", held.getvalue()).kind is REPORT_UNREADABLE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", b"PK\x03\x04 cut"),
        ("a.docx", docx("", "word/other.xml")),
        ("a.docx", docx("<w:p>")),
        ("a.txt", b"\x00\x01\x02"),
        ("a.txt", b"\xff\xff\xff\xfe\xfd"),
        ("a.pdf", b"%PDF-1.7"),
        ("a", b"1"),
    ],
)
def test_what_is_no_report_is_refused_in_words(name: str, data: bytes) -> None:
    refused = refusal(name, data)
    assert refused.kind is REPORT_UNREADABLE
    assert refused.message("zh") and refused.hint("en")


def test_too_much_text_is_refused() -> None:
    assert refusal("a.txt", b"1" * 12_000_001).kind is REPORT_TOO_LARGE


@pytest.mark.parametrize("opening", ["<", "<a ", "<!--", "<script>", "&#"])
def test_markup_that_never_ends_is_read_once(opening: str) -> None:
    started = time.process_time()
    text_of("a.html", (opening * 300_000).encode())
    assert time.process_time() - started < 10
