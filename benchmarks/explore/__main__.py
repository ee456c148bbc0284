"""How long an analyst waits for a whole police force: 1,719 small areas over 60 made months.

``python -m benchmarks explore`` makes street files of the West Midlands, whose counts differ by
place and measure, takes them in, and asks in a fresh process, as the first cells of a notebook do:
the report, its first view, the view to choose in (the still and the live one), and clicks. Of
clicks the middle one counts, of ways to open the better of two turns. Next to seconds by the clock
stand those of the processor, which other work on the machine disturbs less. What the browser does
comes on top.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cspanalysis import paths
from cspanalysis.sources.police_uk import COLUMNS, CRIME_TYPES
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    from cspanalysis import Assessment
    from cspanalysis.explore.widget import LiveView

__all__ = ["ask", "asked", "made", "taken_in"]

HERE = Path(__file__).parent
FORCE, MONTHS, PERIOD = "west-midlands-force", "2019-01..2023-12", "2023"
CLICKS = 9
BARS = {"the view to choose in, both": 4.0, "a click": 0.15}
TURNS = 2

Told = tuple[str, float, float]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="csp-bench-") as folder:
        archive = made(Path(folder) / "made.zip", Area.named(FORCE), Period.parse(MONTHS))
        data = taken_in(archive, Path(folder) / "data")
        turns = [list(asked(data, FORCE, PERIOD)) for _ in range(TURNS)]
    lines = ["| step | seconds | of the processor | bar |", "|---|---:|---:|---:|"]
    for told in zip(*turns, strict=True):
        name, clock, busy = min(told, key=lambda one: one[2])
        bar = f"{BARS[name]:g}" if name in BARS else ""
        lines.append(f"| {name} | {clock:.2f} | {busy:.2f} | {bar} |")
    load = f"Load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors."
    text = "\n".join([*lines, "", load])
    print(text)
    (HERE / "RESULTS.md").write_text(f"# Explore\n\n{__doc__}\n{text}\n", encoding="utf-8")
    return 0


def made(path: Path, force: Area, months: Period, *, mean: float = 0.9) -> Path:
    """Write street files of a force, with more in some small areas and of some measures.

    ``mean`` is how many records a measure has in a small area and a month, on average.
    """
    rng = np.random.default_rng(60)
    places = Store.open().people.small_areas(force)["name"]
    heavy = rng.gamma(1.2, 1 / 1.2, len(places))[:, None] * rng.gamma(2, 0.5, len(CRIME_TYPES))
    named = f"{force.name} Police"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for start in months.months:
            month, text = f"{start:%Y-%m}", io.StringIO()
            rows = csv.writer(text, lineterminator="\n")
            rows.writerow(COLUMNS)
            counts = rng.poisson(mean * heavy)
            for (code, name), line in zip(places.items(), counts, strict=True):
                for label, count in zip(CRIME_TYPES, line.tolist(), strict=True):
                    where = ("", "", "On or near", code, name, label, "", "")
                    rows.writerows([("", month, named, named, *where)] * count)
            slug = force.name.lower().replace(" ", "-")
            target.writestr(f"{month}/{month}-{slug}-street.csv", text.getvalue())
    return path


def taken_in(archive: Path, data: Path) -> Path:
    """Make a data folder that holds the archive alone beside what is shipped."""
    shutil.copytree(paths.data_folder() / "reference", data / "reference")
    command = [sys.executable, "-m", "cspanalysis", "ingest", str(archive)]
    subprocess.run(command, env=_environment(data), check=True, capture_output=True)
    return data


def asked(data: Path, area: str, period: str) -> Iterator[Told]:
    """Ask in a process of its own; give each step with its seconds and those of the processor."""
    code = "import sys; from benchmarks.explore import __main__ as m; m.ask(*sys.argv[1:])"
    command = [sys.executable, "-c", code, area, period]
    done = subprocess.run(
        command, env=_environment(data), capture_output=True, text=True, check=True
    )
    for line in done.stdout.splitlines():
        name, clock, busy = line.split("\t")
        yield name, float(clock), float(busy)


def ask(area: str, period: str) -> None:
    """Ask as a notebook does, and print what each step took."""
    from cspanalysis import Assessment
    from cspanalysis.explore.view import view_of

    report = Assessment.open(area, period)
    _tell("the report, its first view", _spent(report._repr_mimebundle_))
    _tell("the view to choose in, both", _spent(lambda: (report.explore().still(), _live(report))))
    live = _live(report)
    places = [row["code"] for row in live.view["rows"][:CLICKS]]
    clicks = [
        _spent(partial(view_of, report.facts, {**live.chosen, "places": [p]})) for p in places
    ]
    _tell("a click", sorted(clicks)[len(clicks) // 2])
    other = {**live.chosen, "measure": report.changes[2].measure.code}
    _tell("another measure", _spent(partial(view_of, report.facts, other)))


def _live(report: Assessment) -> LiveView:
    from cspanalysis.explore.widget import LiveView

    return LiveView(report.facts)


def _spent(does: Callable[[], object]) -> tuple[float, float]:
    began, busy = time.perf_counter(), time.process_time()
    does()
    return time.perf_counter() - began, time.process_time() - busy


def _tell(name: str, spent: tuple[float, float]) -> None:
    print(name, *spent, sep="\t")


def _environment(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(paths.project_folder()),
        "CSPANALYSIS_DATA": str(data),
        "CSPANALYSIS_CACHE": str(data / "cache"),
    }


if __name__ == "__main__":
    sys.exit(main())
