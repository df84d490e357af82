"""Databases that run a statement over rows: DuckDB in this process, and a PostgreSQL of our own."""

from __future__ import annotations

import csv
import io
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Run = Callable[[dict[str, str], Sequence[Sequence[Any]], str], list[dict[str, Any]]]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def in_duckdb(columns: dict[str, str], rows: Sequence[Sequence[Any]], statement: str) -> list[dict[str, Any]]:
    """The answers by heading; ``columns`` are names and types of the table ``units``."""
    import duckdb

    base = duckdb.connect()
    base.execute(f"create table units ({', '.join(f'{_quoted(name)} {kind}' for name, kind in columns.items())})")
    base.executemany(f"insert into units values ({', '.join('?' * len(columns))})", [list(row) for row in rows])
    found = base.execute(statement)
    heads = [str(each[0]) for each in found.description]
    return [dict(zip(heads, row, strict=True)) for row in found.fetchall()]


def _binary(name: str) -> str | None:
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = [home / name for home in homes if (home / name).is_file()]
    return str(found[0]) if found else shutil.which(name)


def postgres_is_here() -> bool:
    """Whether a PostgreSQL can be started: its programs, and a user that is not root."""
    return all(_binary(name) for name in ("initdb", "pg_ctl", "psql")) and (os.getuid() != 0 or _user() is not None)


def _user() -> str | None:
    names = {user.pw_name for user in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


@contextmanager
def own_postgres() -> Iterator[Run]:
    """A PostgreSQL in a folder of its own, heard on a socket in it alone."""
    user = _user() if os.getuid() == 0 else None
    with TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        if user is not None:
            shutil.chown(folder, user)

        def run(name: str, *arguments: str, text: str | None = None) -> str:
            done = subprocess.run(
                [str(_binary(name)), *arguments], user=user, input=text, capture_output=True, text=True, cwd=folder,
                check=False, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": folder},
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            return done.stdout

        run("initdb", "-D", f"{folder}/data", "-A", "trust", "-E", "UTF8", "-U", "tester", "-N")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        run("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", options, "start")

        def answers(columns: dict[str, str], rows: Sequence[Sequence[Any]], statement: str) -> list[dict[str, Any]]:
            kinds = ", ".join(f"{_quoted(name)} {kind}" for name, kind in columns.items())
            values = ",\n".join(f"({', '.join(map(_literal, row))})" for row in rows)
            script = f"create temporary table units ({kinds});\ninsert into units values {values};\n{statement}"
            told = run("psql", "-h", folder, "-U", "tester", "-X", "-q", "--csv", "-v", "ON_ERROR_STOP=1",
                       "-P", "null=<null>", "postgres", text=script)  # fmt: skip
            return [{head: _cell(cell) for head, cell in row.items()} for row in csv.DictReader(io.StringIO(told))]

        try:
            yield answers
        finally:
            run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value)
    return str(value) if isinstance(value, int | Decimal) else "'" + str(value).replace("'", "''") + "'"


def _cell(text: str) -> Any:
    return {"<null>": None, "t": True, "f": False}.get(text, text)
