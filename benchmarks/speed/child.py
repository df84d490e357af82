"""One way from file to file in a process of its own: how long, and how much memory at the most.

    python benchmarks/run.py --child peers.polars_float FOLDER TARGET

prints a line of JSON. Imports are not timed, the memory they take is.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import attrs

from speed.plugins import plugin

RUN = Path(__file__).resolve().parents[1] / "run.py"


@attrs.frozen
class Trip:
    """Seconds from file to file without the start of the process, and the most memory it held, in MiB."""

    seconds: float
    peak: float


def peak_mib() -> float:
    """The most memory this process has held.

    ``ru_maxrss`` of a child starts from what its parent held when it was forked, so where Linux keeps the mark of the
    program itself that is read instead.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 / (1024 if sys.platform == "darwin" else 1)


def inside(name: str, folder: Path, target: Path) -> None:
    """What the child does."""
    through = plugin(name).through
    assert through is not None
    started = time.perf_counter()
    through(folder, target)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak": peak_mib()}))


def trip(name: str, folder: Path, target: Path) -> Trip:
    """Runs the child.

    Raises:
        RuntimeError: it failed; the text is what it wrote.
    """
    command = [sys.executable, str(RUN), "--child", name, str(folder), str(target)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError(f"{name} from file to file: {done.stderr}")
    return Trip(**json.loads(done.stdout.splitlines()[-1]))
