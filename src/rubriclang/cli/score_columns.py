"""``rubric score`` on a large table: from file to file, batch by batch."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, why_not
from rubriclang.cli.waiting import Waiting
from rubriclang.driver import Rubric

LARGE = 20_000_000  # bytes of a table that is scored by columns without being asked


def suits(facts: str, output: str | None) -> bool:
    """Whether a table is for columns by its size or by what is to be written."""
    if output is None:
        return False
    wanted = Path(output).suffix.lower()
    if wanted in (".parquet", ".duckdb"):
        return True
    given = Path(facts)
    large = given.suffix.lower() in (".parquet", ".csv") and given.is_file() and given.stat().st_size > LARGE
    return large and wanted == ".csv"


def score_columns(rubric: Rubric, facts: str, output: str, force: bool, lang: Lang) -> bool:
    """Scores and writes; whether every unit was plain, so that there is nothing to say of any."""
    zh = lang == "zh"
    if not force and Path(output).exists():
        fail(f"{output}: {'文件已存在，不会覆盖；要覆盖就加 --force' if zh else 'the file exists; add --force'}")
    try:
        import pyarrow as pa

        from rubriclang.backends.columnar.files import READ, WRITTEN, opened, writing
        from rubriclang.backends.columnar.scorers import NotByColumnsError, scorer_of
        from rubriclang.backends.columnar.table import scored
    except ImportError:
        words = ("按列计分要另装几个库", "scoring by columns needs a few more libraries")
        fail(f"{words[0] if zh else words[1]}: pip install 'rubriclang[columnar]'")
    if Path(facts).suffix.lower() not in READ or Path(output).suffix.lower() not in WRITTEN:
        fail(
            "按列计分读 parquet、csv，写 parquet、csv、duckdb"
            if zh
            else "reads parquet, csv; writes parquet, csv, duckdb"
        )
    began = time.monotonic()
    done = 0
    try:
        table = opened(Path(facts))
        scorer = scorer_of(rubric.program, rubric.source, table.names, facts, lang)
        echo_diagnostics((d for d in scorer.unused() if d.severity != "hint"), lang, True)
        with Waiting("计分" if zh else "scoring", table.rows or 0) as bar:
            answers = scored(scorer, table.batches, os.cpu_count() or 1)
            first = next(answers, None)
            if first is None:
                fail(f"{facts}: {'一行也没有' if zh else 'there are no rows'}")
            with writing(Path(output), first.schema) as sink:
                while first is not None:
                    sink.write(first)
                    done += first.num_rows
                    pa.default_memory_pool().release_unused()  # or the peak creeps up with the rows
                    if table.rows:
                        bar.step(done, table.rows)
                    first = next(answers, None)
    except NotByColumnsError as error:
        fail(error.message(lang))
    except OSError as error:
        fail(f"{why_not(error, lang)}")
    except pa.ArrowException as error:
        fail(f"{facts}: {'读不了' if zh else 'cannot be read'} ({type(error).__name__})")
    except ImportError as error:
        fail(f"{error.name}: pip install 'rubriclang[columnar]' duckdb")
    except KeyboardInterrupt:
        click.echo("中断了，没有写任何文件" if zh else "interrupted; no file was written", err=True)
        sys.exit(130)
    rate = int(done / max(time.monotonic() - began, 0.001))
    if zh:
        click.echo(f"{done} 个单位，每秒 {rate} 个；{scorer.flagged} 个有话要说，见“诊断”一列：{output}", err=True)
    else:
        click.echo(f"{done} units, {rate} a second; {scorer.flagged} have something to be told: {output}", err=True)
    return scorer.flagged == 0
