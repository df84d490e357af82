"""``rubric fmt`` from outside: what it prints, what it writes, and with which exit code it ends."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rubriclang.cli.main import cli
from rubriclang.formatter.layout import laid_out

TYPED = "#例(10分)\n##甲(10分);人工评定 // 注\n"
CANONICAL = "# 例（10分）\n## 甲（10分）；人工评定  // 注\n"
BROKEN = "# 例（10分）\n## 甲（10分）\n若 -> 5\n"


def run(*args: object, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(cli, ["fmt", "--lang", "en", *map(str, args)], input=stdin)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three rubrics: one to change, one canonical, and one with an error in a folder of its own."""
    (tmp_path / "typed.rubric").write_bytes(TYPED.encode())
    (tmp_path / "canonical.rubric").write_bytes(CANONICAL.encode())
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "broken.rubric").write_bytes(BROKEN.encode())
    (tmp_path / "notes.txt").write_bytes(TYPED.encode())
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_file_is_rewritten(folder: Path) -> None:
    done = run(folder / "typed.rubric", folder / "canonical.rubric")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "1 file(s) rewritten, 1 already canonical" in done.stderr
    assert (folder / "typed.rubric").read_bytes() == CANONICAL.encode()
    assert sorted(contents(folder)) == ["below/broken.rubric", "canonical.rubric", "notes.txt", "typed.rubric"]
    assert run(folder / "typed.rubric", "--check").exit_code == 0


def test_a_folder_with_a_broken_rubric(folder: Path) -> None:
    """The broken one stays as it is and is reported; the others are rewritten all the same."""
    done = run(folder)
    assert done.exit_code == 1
    assert "broken.rubric:3:" in done.stdout
    assert "error[R003]" in done.stdout
    found = contents(folder)
    assert found["below/broken.rubric"] == BROKEN.encode()
    assert found["typed.rubric"] == CANONICAL.encode()
    assert found["notes.txt"] == TYPED.encode()


def test_check_lists_and_writes_nothing(folder: Path) -> None:
    before = contents(folder)
    done = run("--check", folder / "canonical.rubric", folder / "typed.rubric")
    assert (done.exit_code, done.stdout) == (1, f"{folder / 'typed.rubric'}\n")
    assert run("--check", folder / "canonical.rubric").exit_code == 0
    assert contents(folder) == before


@pytest.mark.skipif(shutil.which("patch") is None, reason="no patch")
@pytest.mark.parametrize("typed", [TYPED, TYPED.rstrip("\n"), TYPED + "\n\n"])
def test_diff_is_a_patch_and_writes_nothing(folder: Path, typed: str) -> None:
    file = folder / "typed.rubric"
    file.write_bytes(typed.encode())
    done = run("--diff", file)
    assert done.exit_code == 1
    assert file.read_bytes() == typed.encode()
    assert "+# 例（10分）\n" in done.stdout
    subprocess.run(["patch", "-s", str(file)], input=done.stdout.encode(), check=True)
    assert file.read_bytes() == CANONICAL.encode()
    assert (run("--diff", file).exit_code, run("--diff", file).stdout) == (0, "")


def test_stdin_goes_to_stdout() -> None:
    done = run("-", stdin=TYPED.encode())
    assert (done.exit_code, done.stdout) == (0, CANONICAL)
    done = run("-", stdin=CANONICAL.encode())
    assert (done.exit_code, done.stdout) == (0, CANONICAL)
    assert (run("-", "--check", stdin=TYPED.encode()).exit_code, run("-", "--check", stdin=TYPED.encode()).stdout) == (
        1,
        "<stdin>\n",
    )
    assert run("-", "--diff", stdin=TYPED.encode()).stdout.startswith("--- <stdin>\n+++ <stdin>\n")


def test_a_broken_stdin_gives_no_text() -> None:
    """An editor that takes stdout for the new text must not find messages in it."""
    done = run("-", stdin=BROKEN.encode())
    assert (done.exit_code, done.stdout) == (1, "")
    assert "<stdin>:3:" in done.stderr


def test_what_cannot_be_read_or_is_no_text(folder: Path) -> None:
    assert run(folder / "nowhere.rubric").exit_code == 2
    assert run().exit_code == 2
    (folder / "binary.rubric").write_bytes(b"\xff\xfe\x00\x01")
    done = run(folder / "binary.rubric", folder / "typed.rubric")
    assert done.exit_code == 2
    assert "binary.rubric" in done.stderr
    assert (folder / "typed.rubric").read_bytes() == CANONICAL.encode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_keeps_its_encoding_and_gets_line_feeds(folder: Path, encoding: str) -> None:
    file = folder / "typed.rubric"
    file.write_bytes(TYPED.replace("\n", "\r\n").encode(encoding))
    assert run(file).exit_code == 0
    assert file.read_bytes() == CANONICAL.encode(encoding)
    assert run("--check", file).exit_code == 0


def test_line_ends_alone_are_a_change(folder: Path) -> None:
    file = folder / "canonical.rubric"
    file.write_bytes(CANONICAL.replace("\n", "\r\n").encode())
    assert run("--check", file).exit_code == 1
    assert run(file).exit_code == 0
    assert file.read_bytes() == CANONICAL.encode()


@pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")
def test_permissions_and_links_stay(folder: Path) -> None:
    file, link = folder / "typed.rubric", folder / "link.rubric"
    file.chmod(0o640)
    link.symlink_to(file)
    assert run(link).exit_code == 0
    assert link.is_symlink()
    assert file.read_bytes() == CANONICAL.encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_failed_move_leaves_the_old_file_and_nothing_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    done = run(folder / "typed.rubric")
    assert done.exit_code == 2
    assert "No space left on device" in done.stderr
    assert contents(folder) == before


def test_a_file_that_may_not_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the system rather than tried: whoever may do anything would not be refused."""
    monkeypatch.setattr(os, "access", lambda _path, mode: mode == os.R_OK)
    done = run(folder / "typed.rubric")
    assert done.exit_code == 2
    assert "no permission to write it" in done.stderr
    assert (folder / "typed.rubric").read_bytes() == TYPED.encode()


def test_a_form_that_would_say_something_else_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rubriclang.formatter.canonical.laid_out", lambda rows: laid_out(rows).replace("甲", "乙"))
    done = run(folder / "typed.rubric")
    assert done.exit_code == 2
    assert "our defect" in done.stderr
    assert (folder / "typed.rubric").read_bytes() == TYPED.encode()
