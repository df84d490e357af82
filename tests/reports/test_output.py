"""A report stands whole in its place, or the old file is as it was."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from rubriclang.reports import md_format, xlsx_format
from rubriclang.reports.book import Book
from rubriclang.reports.output import write_whole
from rubriclang.reports.rendering import render
from tests.reports.units import program_of, two_sections


def full_disk(place: Path) -> None:
    place.write_bytes(b"half a fi")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def new_file(place: Path) -> None:
    place.write_bytes(b"new")


def interrupted(place: Path) -> None:
    place.write_bytes(b"half a fi")
    raise KeyboardInterrupt


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"the old one")
    (found,) = write_whole(target, full_disk)
    assert found.code == "R657"
    assert "磁盘满了" in found.message("zh") and "原来的文件没有动" in found.message("zh")
    assert "the disk is full" in found.message("en")
    assert target.read_bytes() == b"the old one"
    assert os.listdir(tmp_path) == ["表.xlsx"]


def test_a_full_disk_leaves_nothing_where_nothing_was(tmp_path: Path) -> None:
    (found,) = write_whole(tmp_path / "new.md", full_disk)
    assert "nothing was left behind" in found.message("en")
    assert os.listdir(tmp_path) == []


def test_an_interrupt_leaves_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    target.write_bytes(b"the old one")
    with pytest.raises(KeyboardInterrupt):
        write_whole(target, interrupted)
    assert target.read_bytes() == b"the old one"
    assert os.listdir(tmp_path) == ["a.html"]


@pytest.mark.parametrize("suffix", ["xlsx", "md"])
def test_a_format_that_fails_half_way_leaves_the_old_file(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = {"xlsx": xlsx_format, "md": md_format}[suffix]
    real = module.write

    def write(book: Book, target: Path) -> object:
        real(book, target)
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(module, "write", write)
    target = tmp_path / f"out.{suffix}"
    target.write_bytes(b"the old one")
    assert [d.code for d in render([two_sections()], program_of().program, target)] == ["R657"]
    assert target.read_bytes() == b"the old one"
    assert os.listdir(tmp_path) == [f"out.{suffix}"]


def test_a_new_file_gets_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    fresh, kept = tmp_path / "fresh.md", tmp_path / "kept.md"
    kept.write_text("old")
    kept.chmod(0o640)
    for target in (fresh, kept):
        assert write_whole(target, new_file) == ()
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o666 & ~mask
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    assert kept.read_bytes() == b"new"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("old")
    link.symlink_to(real)
    assert write_whole(link, new_file) == ()
    assert link.is_symlink() and real.read_bytes() == b"new"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (found,) = write_whole(tmp_path / "no" / "a.md", full_disk)
    assert "没有这个文件夹" in found.message("zh")


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    (found,) = write_whole(tmp_path / "a.md", full_disk)
    assert "这是文件夹" in found.message("zh")
