"""How long it takes to read 100,000 rows of facts from xlsx and from csv: ``python benchmarks/read_facts.py``.

Medians of five runs, in turn with a reference loop that does the least any reader must (csv: ``csv.reader`` over the
text; xlsx: unpack the sheet and let expat walk it). The reference says how fast the machine is at the time.
"""

from __future__ import annotations

import csv
import io
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

import xlsxwriter

from rubriclang.facts.readers import read_file

ROWS = 100_000
RUNS = 5
LIMITS = {"xlsx": 10.0, "csv": 2.0}
HEAD = ["名称", "数值", "单位", "来源"]


def row(number: int) -> tuple[str, float, str, str]:
    return f"数据{number}", number / 100, "万元", f"决算第 {number % 90} 页"


def write(folder: Path) -> dict[str, Path]:
    paths = {suffix: folder / f"facts.{suffix}" for suffix in LIMITS}
    book = xlsxwriter.Workbook(str(paths["xlsx"]))
    sheet = book.add_worksheet("数据")
    with paths["csv"].open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        sheet.write_row(0, 0, HEAD)
        for number in range(1, ROWS + 1):
            out.writerow(row(number))
            sheet.write_row(number, 0, row(number))
    book.close()
    return paths


def reference_csv(path: Path) -> None:
    for _ in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
        pass


def reference_xlsx(path: Path) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: None
    parser.EndElementHandler = lambda tag: None
    parser.CharacterDataHandler = lambda text: None
    with zipfile.ZipFile(path) as package:
        parser.Parse(package.read("xl/worksheets/sheet1.xml"), True)


def timed(work: Callable[[Path], object], path: Path) -> tuple[float, float]:
    """Seconds on the clock, and seconds of the processor: on a busy machine the two differ."""
    clock, processor = time.perf_counter(), time.process_time()
    work(path)
    return time.perf_counter() - clock, time.process_time() - processor


def main() -> None:
    references: dict[str, Callable[[Path], None]] = {"xlsx": reference_xlsx, "csv": reference_csv}
    with tempfile.TemporaryDirectory() as folder:
        for suffix, path in write(Path(folder)).items():
            document = read_file(path)
            assert len(document.grids[0].rows) == ROWS + 1
            del document
            runs = [(*timed(read_file, path), *timed(references[suffix], path)) for _ in range(RUNS)]
            clock, processor, _, least = (statistics.median(column) for column in zip(*runs, strict=True))
            verdict = "within" if clock < LIMITS[suffix] else "above"
            print(
                f"{suffix}: {ROWS:,} rows of {len(HEAD)} cells in {clock:.2f} s ({processor:.2f} s of the processor), "
                f"{verdict} {LIMITS[suffix]:.0f} s; reference loop {least:.2f} s of the processor"
            )


if __name__ == "__main__":
    main()
