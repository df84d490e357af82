"""The files 沿用 and 引用 may name: in the project, and nowhere else; and no chain of them runs away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import rubriclang
from rubriclang.driver import resolve
from tests.editions.projects import found, place, written

SECRET = "# 别人的标准（5分）\n## 评议（5分）；人工评定\n"


def codes(path: Path) -> list[tuple[str, str, int]]:
    return sorted(place(d) for d in rubriclang.check(path))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project beside a rubric that is none of its business."""
    (tmp_path / "secret.rubric").write_text(SECRET, encoding="utf-8")
    inside = tmp_path / "project" / "rubrics" / "cn"
    inside.mkdir(parents=True)
    (tmp_path / "project" / "rubric.toml").touch()
    return inside


def edition(folder: Path, wanted: str, word: str = "沿用") -> Path:
    path = folder / "edition.rubric"
    path.write_text(f"# 二（5分）\n{word}：{wanted}\n## 评议（5分）；人工评定\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("word", ["沿用", "引用"])
@pytest.mark.parametrize(
    "wanted",
    [
        "../../../secret.rubric",
        "..\\..\\..\\secret.rubric",
        "./../../../secret.rubric",
        "x/../../../../secret.rubric",
        "../project/rubrics/cn/edition.rubric",
        "/etc/passwd",
        "C:\\secret.rubric",
        "C:secret.rubric",
        "\\\\server\\share\\secret.rubric",
        "file:///etc/passwd",
        "~/secret.rubric",
        "$HOME/secret.rubric",
        "secret.rubric",
        ".",
        "/",
        "a" * 5000,
        "a/" * 3000 + "x.rubric",
        "链接.rubric\u2028",
    ],
)
def test_no_name_leads_out(project: Path, wanted: str, word: str) -> None:
    assert ("R116", "edition.rubric", 2) in codes(edition(project, wanted, word))


def test_an_absolute_path_does_not_lead_out_either(project: Path, tmp_path: Path) -> None:
    assert codes(edition(project, str(tmp_path / "secret.rubric"))) == [("R116", "edition.rubric", 2)]
    inside = edition(project, str(project / "edition.rubric"))
    assert codes(inside) == [("R116", "edition.rubric", 2)]


def test_a_link_to_a_file_outside_is_not_followed(project: Path, tmp_path: Path) -> None:
    (project / "link.rubric").symlink_to(tmp_path / "secret.rubric")
    assert codes(edition(project, "link.rubric")) == [("R116", "edition.rubric", 2)]


def test_a_link_to_a_folder_outside_is_not_followed(project: Path, tmp_path: Path) -> None:
    (project / "folder").symlink_to(tmp_path)
    assert codes(edition(project, "folder/secret.rubric")) == [("R116", "edition.rubric", 2)]


def test_a_link_inside_the_project_is_followed(project: Path) -> None:
    (project.parent / "real.rubric").write_text(SECRET, encoding="utf-8")
    (project / "link.rubric").symlink_to(project.parent / "real.rubric")
    assert codes(edition(project, "link.rubric")) == []


def test_a_link_that_points_at_itself_is_no_file(project: Path) -> None:
    (project / "loop.rubric").symlink_to(project / "loop.rubric")
    assert codes(edition(project, "loop.rubric")) == [("R116", "edition.rubric", 2)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_file(project: Path) -> None:
    os.mkfifo(project / "pipe.rubric")
    assert codes(edition(project, "pipe.rubric")) == [("R116", "edition.rubric", 2)]


def test_a_base_of_the_base_is_looked_for_from_its_own_folder(project: Path) -> None:
    """And cannot lead out of the project from there."""
    (project / "sub").mkdir()
    (project / "sub" / "base.rubric").write_text("# 一（5分）\n沿用：../../../../secret.rubric\n", encoding="utf-8")
    assert codes(edition(project, "sub/base.rubric")) == [("R116", "base.rubric", 2)]
    (project / "sub" / "near.rubric").write_text(SECRET, encoding="utf-8")
    (project / "sub" / "base.rubric").write_text("# 一（5分）\n沿用：near.rubric\n", encoding="utf-8")
    assert codes(edition(project, "sub/base.rubric")) == []


def test_without_a_project_only_the_folder_itself_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when one stands at the root of the machine, where everything is below."""
    (tmp_path / "secret.rubric").write_text(SECRET, encoding="utf-8")
    folder = tmp_path / "loose"
    folder.mkdir()
    monkeypatch.chdir(Path(tmp_path.anchor))
    assert resolve(edition(folder, "secret.rubric"), "secret.rubric") is None
    (folder / "secret.rubric").symlink_to(tmp_path / "secret.rubric")
    assert resolve(folder / "edition.rubric", "secret.rubric") is None


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xfe\xfd" * 9])
def test_a_base_that_is_no_text_is_reported(project: Path, data: bytes) -> None:
    (project / "base.rubric").write_bytes(data)
    assert [d.code for d in rubriclang.check(edition(project, "base.rubric"))] == ["R509"]
    with pytest.raises(rubriclang.RubricError):
        rubriclang.load(project / "edition.rubric")


def test_a_base_that_cannot_be_opened_is_reported(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "base.rubric").write_text(SECRET, encoding="utf-8")
    path = edition(project, "base.rubric")
    read = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == "base.rubric":
            raise PermissionError
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert codes(path) == [("R116", "edition.rubric", 2)]


def test_a_long_chain_stops(tmp_path: Path) -> None:
    files = {"f0.rubric": SECRET}
    for i in range(1, 300):
        files[f"f{i}.rubric"] = f"# 第{i}版（5分）\n沿用：f{i - 1}.rubric\n"
    assert found(tmp_path, files) == [("R123", "f280.rubric", 2)]


def test_files_that_are_needed_many_times_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file borrows from the one before it twice; read anew each time, that would be 2^18 readings."""
    files = {"f0.rubric": "# 零（5分）\n参数：\n- 甲 = 1\n## 评议（5分）；人工评定\n"}
    for i in range(1, 19):
        twice = f"引用：f{i - 1}.rubric\n" * 2
        files[f"f{i}.rubric"] = f"# 第{i}版（5分）\n{twice}## 评议（5分）；人工评定\n"
    path = written(tmp_path, files)
    count = 0
    read = Path.read_bytes

    def counted(self: Path) -> bytes:
        nonlocal count
        count += 1
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", counted)
    assert codes(path) == []
    assert count == 19


def test_a_circle_is_reported(tmp_path: Path) -> None:
    files = {
        "a.rubric": "# 一（5分）\n沿用：b.rubric\n",
        "b.rubric": "# 二（5分）\n沿用：c.rubric\n",
        "c.rubric": "# 三（5分）\n沿用：a.rubric\n",
    }
    assert found(tmp_path, files) == [("R117", "b.rubric", 2)]
    assert found(tmp_path, {"a.rubric": "# 一（5分）\n沿用：a.rubric\n"}) == [("R117", "a.rubric", 2)]
