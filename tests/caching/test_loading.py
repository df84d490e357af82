"""A rubric from the cache is the rubric from its text, and nothing that happens to a cache file is ever noticed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rubriclang import Rubric, load
from rubriclang.caching import engine, entries, store
from rubriclang.caching.entries import pack, unpack
from tests.caching.test_tables import LIBRARY, ROOT, differences

RUBRIC = "# 例（5分）\n数据：\n- 率：%\n- 余：%，可缺\n## 完成率（5分）\n率：≥ 90% -> 5；否则 -> 0\n"
BASE = "# 底（5分）\n数据：\n- 率：%\n## 完成率（5分）\n率：≥ 90% -> 5；否则 -> 0\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUBRICLANG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rubrics"


@pytest.fixture
def rubric(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    path = tmp_path / "a.rubric"
    path.write_text(RUBRIC, encoding="utf-8")
    return path


def loaded(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Rubric, bool]:
    """The rubric, and whether it came from the cache: its text was not analysed."""
    import rubriclang.driver as driver

    compiled: list[object] = []
    real = driver._compile

    def spied(*arguments: object) -> object:
        compiled.append(arguments)
        return real(*arguments)  # type: ignore[arg-type]  # handed on as they came

    with monkeypatch.context() as patch:
        patch.setattr(driver, "_compile", spied)
        return load(path), not compiled


def same(one: Rubric, other: Rubric) -> None:
    for name in ("program", "source", "diagnostics", "schema"):
        assert list(differences(getattr(one, name), getattr(other, name))) == [], name


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_rubric_of_the_library_is_the_same_from_the_cache(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, known = loaded(path, monkeypatch)
    assert not known
    again, known = loaded(path, monkeypatch)
    assert known
    same(first, again)
    for diagnostic in again.diagnostics:
        assert diagnostic.source is None or diagnostic.span is None or diagnostic.source.position(diagnostic.span.end)


def test_warnings_come_from_the_cache_as_they_were(rubric: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = loaded(rubric, monkeypatch)
    assert [d.code for d in first.diagnostics], "the unused fact 余 is worth a word"
    again, known = loaded(rubric, monkeypatch)
    assert known
    same(first, again)
    assert [d.to_dict("en") for d in again.diagnostics] == [d.to_dict("en") for d in first.diagnostics]


def test_a_changed_rubric_is_read_again(rubric: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(rubric, monkeypatch)
    rubric.write_text(RUBRIC.replace("90%", "80%"), encoding="utf-8")
    changed, known = loaded(rubric, monkeypatch)
    assert not known
    assert changed.score({"率": "85%"}).total == 5


def test_a_changed_base_is_read_again(rubric: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = rubric.with_name("base.rubric")
    base.write_text(BASE, encoding="utf-8")
    rubric.write_text("# 新（5分）\n沿用：base.rubric\n", encoding="utf-8")
    assert loaded(rubric, monkeypatch)[0].score({"率": "85%"}).total == 0
    again, known = loaded(rubric, monkeypatch)
    assert known and again.score({"率": "85%"}).total == 0
    base.write_text(BASE.replace("90%", "80%"), encoding="utf-8")
    changed, known = loaded(rubric, monkeypatch)
    assert not known
    assert changed.score({"率": "85%"}).total == 5


def test_a_base_that_is_gone_is_an_error_as_ever(rubric: Path) -> None:
    base = rubric.with_name("base.rubric")
    base.write_text(BASE, encoding="utf-8")
    rubric.write_text("# 新（5分）\n沿用：base.rubric\n", encoding="utf-8")
    load(rubric)
    base.unlink()
    from rubriclang import RubricError

    with pytest.raises(RubricError):
        load(rubric)


def test_another_engine_reads_the_text(rubric: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(rubric, monkeypatch)
    assert loaded(rubric, monkeypatch)[1]
    monkeypatch.setattr(entries, "engine", lambda: "another")
    assert not loaded(rubric, monkeypatch)[1]


def test_an_engine_is_told_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1", encoding="utf-8")
    before = list(engine._files(str(tmp_path)))
    os.utime(tmp_path / "a.py", (1, 1))
    assert list(engine._files(str(tmp_path))) != before
    assert engine.engine() is not None and "driver.py" in str(engine.engine())


def entry_of(folder: Path) -> Path:
    (entry,) = folder.glob("*.kept")
    return entry


def test_a_file_damaged_anywhere_is_built_anew(rubric: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = loaded(rubric, monkeypatch)
    entry = entry_of(own_cache)
    data = entry.read_bytes()
    places = sorted({*range(44), *range(44, len(data), max(1, len(data) // 60)), len(data) - 1})
    damaged = [data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :] for at in places]
    for bad in (*damaged, b"", data[:20], data[:-1], data[:-4], data + b"\0\0\0\0", b"\x80\x04N."):
        entry.write_bytes(bad)
        again, known = loaded(rubric, monkeypatch)
        assert not known
        same(first, again)
        assert entry.read_bytes() == data, "it stands there whole again"


@pytest.mark.parametrize("text", [b"[" * 100_000, b"{}", b"[]", b"\xff", b'{"name": 1}', b"9" * 5000])
def test_a_hostile_file_with_a_right_digest_is_refused(
    text: bytes, rubric: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hashlib import blake2b

    first, _ = loaded(rubric, monkeypatch)
    body = len(text).to_bytes(4, "little") + text
    entry_of(own_cache).write_bytes(b"rubric\r\n" + blake2b(body, digest_size=32).digest() + body)
    again, known = loaded(rubric, monkeypatch)
    assert not known
    same(first, again)


def test_the_entry_of_another_rubric_is_refused(rubric: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(rubric, monkeypatch)
    entry = entry_of(own_cache)
    head, columns = unpack(entry.read_bytes())
    from array import array

    entry.write_bytes(pack(head | {"name": "0" * 40}, array("I", columns).tobytes()))
    assert not loaded(rubric, monkeypatch)[1]


@pytest.mark.parametrize("chosen", ["", "off"])
def test_the_cache_can_be_off(chosen: str, rubric: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUBRICLANG_CACHE", chosen)
    assert not loaded(rubric, monkeypatch)[1]
    assert not loaded(rubric, monkeypatch)[1]
    assert not own_cache.exists()


def test_a_folder_that_cannot_be_made_is_no_error(rubric: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUBRICLANG_CACHE", str(rubric / "below-a-file"))
    assert not loaded(rubric, monkeypatch)[1]
    assert not loaded(rubric, monkeypatch)[1]


def test_a_folder_that_cannot_be_written_is_no_error(rubric: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import rubriclang.placing as placing

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(placing, "place_bytes", refused)
    assert not loaded(rubric, monkeypatch)[1]
    assert not loaded(rubric, monkeypatch)[1]


def test_the_folder_stays_within_its_bounds(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_FILES", 3)
    for number in range(5):
        store.write(f"n{number}", b"x" * 10)
        os.utime(own_cache / f"n{number}.kept", (1_000_000 + number, 1_000_000 + number))
    store.write("last", b"x")
    assert {one.path.stem for one in store.kept()} == {"n3", "n4", "last"}
    monkeypatch.setattr(store, "MOST_BYTES", 11)
    store.write("more", b"x")
    assert {one.path.stem for one in store.kept()} == {"last", "more"}
    assert store.clear() == 2 and store.kept() == []


def test_what_a_killed_process_left_is_removed(own_cache: Path) -> None:
    store.write("a", b"x")
    left = own_cache / ".a-123.kept"
    left.write_bytes(b"half")
    store.write("b", b"x")
    assert left.exists(), "it may still be written"
    os.utime(left, (time.time() - 7200,) * 2)
    store.write("c", b"x")
    assert not left.exists()


def test_two_processes_that_write_at_once_leave_one_whole_entry(rubric: Path, own_cache: Path) -> None:
    code = (
        "import sys; from rubriclang import load; from rubriclang.caching import store\n"
        "for _ in range(15): store.clear(); assert load(sys.argv[1]).title == '例'"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(rubric)]) for _ in range(2)]
    assert [one.wait(120) for one in running] == [0, 0]
    load(rubric)
    unpack(entry_of(own_cache).read_bytes())
    assert [path.suffix for path in own_cache.iterdir()] == [".kept"]


def test_a_warm_score_imports_no_parser() -> None:
    code = (
        "import sys\nfrom rubriclang.cli.main import cli\n"
        "try:\n    cli(['score', 'rubrics/2019_county_overall.rubric', 'examples/baojing_2019.yaml'])\n"
        "except SystemExit: pass\n"
        "print('MODULES', *sorted(sys.modules), file=sys.stderr)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, encoding="utf-8")
        for _ in range(2)
    ]
    cold, warm = [set(run.stderr.rpartition("MODULES ")[2].split()) for run in runs]
    assert runs[0].stdout == runs[1].stdout != ""
    assert {"lark", "rubriclang.syntax.parser", "rubriclang.semantics.lowering"} <= cold
    assert "rubriclang.caching.decoding" in warm
    assert [name for name in warm if name.startswith(("lark", "rubriclang.syntax", "rubriclang.semantics"))] == []
