"""The architecture as tests: sizes, codes, docstrings, packaging, grammar, dependencies."""

from __future__ import annotations

import ast
import importlib
import inspect
import logging
import pkgutil
import re
import shutil
import statistics
import string
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import lark
import pytest

import rubriclang
from rubriclang.diagnostics import Kind
from rubriclang.diagnostics.catalogue import all_kinds
from rubriclang.syntax import keywords as keyword_table, lexer
from rubriclang.syntax.builder import Builder
from rubriclang.syntax.statements import STARTS

TREE = Path(__file__).resolve().parents[2]
PACKAGE = TREE / "src" / "rubriclang"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 500
MOST_MEDIAN = 120


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


# ---- size and shape


def test_no_module_outgrows_a_screenful_of_ideas() -> None:
    long = {str(path.relative_to(TREE)): lines_of(path) for path in MODULES if lines_of(path) > MOST_LINES}
    assert long == {}


def test_the_median_module_is_short() -> None:
    sizes = [lines_of(path) for path in MODULES if lines_of(path)]
    median = statistics.median(sizes)
    assert median <= MOST_MEDIAN, f"the median of {len(sizes)} modules is {median} lines"


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(TREE))
        for path in MODULES
        if lines_of(path) and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "util", "common", "helpers", "helper", "misc", "manager"}
    assert [path for path in MODULES if path.stem in vague or path.parent.name in vague] == []


@pytest.mark.parametrize("name", rubriclang.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    thing = getattr(rubriclang, name)
    assert inspect.getdoc(thing)
    if inspect.isclass(thing):
        methods = {n: m for n, m in vars(thing).items() if not n.startswith("_")}
        said = {n: inspect.getdoc(m) for n, m in methods.items() if inspect.isfunction(m) or isinstance(m, property)}
        assert [n for n, doc in said.items() if not doc] == []


def test_the_public_names_are_about_as_many_as_one_remembers() -> None:
    assert len(rubriclang.__all__) <= 12
    assert sorted(rubriclang.__all__) == list(rubriclang.__all__)


# ---- diagnostics


STAGES = {
    "syntax": "R0",
    "semantics": "R1 R2 R3 R4",
    "linter": "R4",
    "facts": "R5",
    "backends": "R6 R7",
    "audit": "R5",
    "reports": "R6",
    "whatif": "R6",
    "certificates": "R6",
}


def test_every_kind_has_its_own_code_and_name() -> None:
    found = all_kinds()
    assert len(found) > 60
    assert all(re.fullmatch(r"R\d{3}", code) and code == kind.code for code, kind in found.items())
    names = [kind.name for kind in found.values()]
    assert [name for name in names if names.count(name) > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name)] == []


def test_a_code_is_written_once_in_the_sources() -> None:
    written: dict[str, list[str]] = {}
    for path in MODULES:
        for code in re.findall(r'^    "(R\d{3})",$|Kind\("(R\d{3})"', path.read_text(encoding="utf-8"), re.M):
            written.setdefault(code[0] or code[1], []).append(path.name)
    assert [code for code, files in written.items() if len(files) > 1] == []
    assert set(written) == set(all_kinds())


def test_the_hundreds_of_a_code_say_the_stage() -> None:
    for info in pkgutil.walk_packages(rubriclang.__path__, "rubriclang."):
        if not info.name.endswith(".errors") and not info.name.startswith("rubriclang.linter.rules."):
            continue
        module = importlib.import_module(info.name)
        stage = info.name.split(".")[1]
        for kind in vars(module).values():
            if isinstance(kind, Kind):
                assert kind.code[:2] in STAGES[stage].split(), f"{kind.code} stands in {info.name}"


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", sorted(all_kinds()))
def test_every_kind_speaks_two_languages(code: str) -> None:
    kind = all_kinds()[code]
    assert re.search("[\u4e00-\u9fff]", kind.zh), "the Chinese text has no Chinese"
    assert re.search("[A-Za-z]{2}", kind.en)
    assert not re.search("[\u4e00-\u9fff]", re.sub(r"'[^']*'", "", kind.en)), "Chinese words in the English text"
    assert bool(kind.hint_zh) == bool(kind.hint_en), "a hint in one language only"
    assert fields_of(kind.zh) == fields_of(kind.en)
    for text in (kind.zh, kind.en, kind.hint_zh, kind.hint_en):
        assert text == text.strip() and not text.endswith(("。", "."))


# ---- grammar and keywords


def test_the_grammar_has_no_conflict(caplog: pytest.LogCaptureFixture) -> None:
    lark.logger.setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG, logger=lark.logger.name):
            lark.Lark(
                (TREE / "grammar" / "rubric.lark").read_text(encoding="utf-8"),
                parser="lalr",
                lexer=lexer.Passthrough,
                start=STARTS,
                strict=True,  # a shift/reduce conflict is an error, not a silent choice
                debug=True,
            )
    finally:
        lark.logger.setLevel(logging.CRITICAL)
    assert [record.getMessage() for record in caplog.records if "nused" in record.getMessage()] == []


def declared_terminals() -> set[str]:
    text = (TREE / "grammar" / "rubric.lark").read_text(encoding="utf-8")
    return {name for line in re.findall(r"^%declare (.+)$", text, re.M) for name in line.split()}


def used_terminals() -> set[str]:
    text = (TREE / "grammar" / "rubric.lark").read_text(encoding="utf-8")
    rules = re.sub(r"//.*|%declare.*", "", text)
    return set(re.findall(r"\b_?[A-Z][A-Z_]+\b", rules))


def made_terminals() -> set[str]:
    """What the lexer and the line splitter can produce."""
    names = [row[0] for row in lexer.token_rows()]
    words = {keyword.terminal for keyword in keyword_table.keywords()}
    return (set(names) - {"SYMBOL", "SPACE", "BAD"}) | set(lexer._SYMBOLS.values()) | words | {"UNIT"}


def test_every_terminal_is_declared_used_and_made() -> None:
    assert declared_terminals() == used_terminals()
    assert used_terminals() - made_terminals() == set()


def test_every_rule_has_a_callback() -> None:
    """A rule or alias without a method would leave a raw tree where a node belongs."""
    text = re.sub(r"//.*", "", (TREE / "grammar" / "rubric.lark").read_text(encoding="utf-8"))
    callbacks: set[str] = set()
    for rule, body in re.findall(r"^([?_]?[a-z_]+)\s*:((?:.*\n?)(?:[ \t]+\|.*\n?)*)", text, re.M):
        alternatives = body.split("\n")
        aliases = set(re.findall(r"->\s*([a-z_]+)\s*$", body, re.M))
        callbacks |= aliases
        bare = [line for line in alternatives if line.strip() and not re.search(r"->\s*[a-z_]+\s*$", line)]
        if bare and rule[0] not in "?_":
            callbacks.add(rule)
    assert len(callbacks) > 80
    assert [name for name in sorted(callbacks) if not callable(getattr(Builder, name, None))] == []


def test_no_spelling_stands_for_two_words() -> None:
    rows = keyword_table.keywords()
    starts = {"line", "named"}
    for group in (starts, {"word", "number"}):
        spellings = [word for row in rows if row.boundary in group for word in row.spellings if word]
        assert sorted({word for word in spellings if spellings.count(word) > 1}) == []


def test_every_keyword_has_an_english_twin() -> None:
    silent = [row.terminal for row in keyword_table.keywords() if not row.en]
    assert silent in ([], ["EACH_SIDE"])  # English writes the two words apart: each over, each under


# ---- packaging


def project() -> dict[str, object]:
    table = tomllib.loads((TREE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert isinstance(table, dict)
    return table


def test_the_base_dependencies_are_five() -> None:
    dependencies = project()["dependencies"]
    assert isinstance(dependencies, list)
    names = [re.split(r"[\s<>=!~;\[]", entry, maxsplit=1)[0].lower() for entry in dependencies]
    assert sorted(names) == ["attrs", "click", "lark", "pyyaml", "rich"]


def test_the_version_is_written_once_in_each_place_and_agrees() -> None:
    assert rubriclang.__version__ == project()["version"]


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


def python(
    program: str, *args: str, cwd: Path = TREE, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *args]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def run_from(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    return python(program, cwd=folder, env={"PYTHONPATH": str(folder)})


PROGRAM = (
    "import rubriclang, sys\n"
    "print(rubriclang.__file__)\n"
    "text = '# A (5 points)\\nfacts:\\n- r: %\\n## B (5 points)\\nr: >= 90% -> 5; else -> 0'\n"
    "print(rubriclang.loads(text).score({'r': '90%'}).total)\n"
)


def copied(folder: Path) -> Path:
    shutil.copytree(PACKAGE, folder / "rubriclang", ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "rubriclang"


def test_the_grammar_is_found_in_a_wheel(tmp_path: Path) -> None:
    package = copied(tmp_path)
    shutil.copytree(TREE / "grammar", package / "grammar")
    done = run_from(tmp_path, PROGRAM)
    assert done.returncode == 0, done.stderr
    where, total = done.stdout.split()
    assert Path(where).is_relative_to(tmp_path)
    assert total == "5"


def test_an_installation_without_grammar_says_so(tmp_path: Path) -> None:
    inner = tmp_path / "site" / "packages"
    inner.mkdir(parents=True)
    copied(inner)
    done = run_from(inner, PROGRAM)
    assert done.returncode != 0
    assert "grammar" in done.stderr and "FileNotFoundError" in done.stderr


def test_the_built_wheel_carries_the_grammar_the_pages_and_nothing_foreign(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    program = f"import hatchling.build; print(hatchling.build.build_wheel({str(tmp_path)!r}))"
    done = python(program)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {"rubriclang/grammar/rubric.lark", "rubriclang/grammar/keywords.tsv", "rubriclang/py.typed"} <= set(names)
    assert {name.split("/")[0] for name in names} == {"rubriclang", f"rubriclang-{rubriclang.__version__}.dist-info"}
    pages = {f"rubriclang/codes/{code}-{kind.name}.md" for code, kind in all_kinds().items()}
    assert pages <= set(names)
    modules = {str(path.relative_to(PACKAGE.parent)) for path in MODULES}
    assert modules <= set(names)


# ---- the tree


def tracked() -> list[Path]:
    if shutil.which("git") is None or not (TREE / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TREE, capture_output=True, check=True).stdout
    return [TREE / name for name in listed.decode("utf-8").split("\0") if name]


# Written in pieces, so that this file does not contain what it looks for.
MACHINE = "|".join(f"/{name}/" for name in ("home", "root", "Users", "mnt", "work", "private", "opt", "srv"))
MACHINE_PATH = re.compile(rf"(?<![\w.)\]}}/:-])(?:{MACHINE})\w|[A-Za-z]:\\\\?Users\\")
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "crates" + ".io")
MIRROR = re.compile(r"(?:mirrors?|pypi|nexus|artifactory)\.[\w-]+\.(?:com|cn|org|net|edu)", re.I)


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        if not path.is_file():
            continue
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if MACHINE_PATH.search(line) or MIRROR.search(line) or any(host in line for host in REGISTRIES):
                found.append(f"{path.relative_to(TREE)}:{number}: {line.strip()[:80]}")
    assert found == []


def test_the_floors_hold() -> None:
    pytest.importorskip("importlinter")
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = python(program, "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr
