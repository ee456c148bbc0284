"""Checks that everything a run needs is here, and what to do where it isn't."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cspanalysis import paths
from cspanalysis.errors import CspanalysisError, StoreError, UsageError
from cspanalysis.vocabulary.listed import many

__all__ = ["Check", "checks"]

_REINSTALL = "run `make assess` in a checkout; elsewhere install the wheel again with pip"


@dataclass(frozen=True, slots=True)
class Check:
    """Hold what was looked at, what was found, and what to do if that is a problem.

    A `warning` stops no run: it spoils the reports of one partnership, and the others are made.

    Examples
    --------
    >>> print(Check("pandoc", "3.6"))
    ok       pandoc: 3.6
    >>> print(Check("plan", "data/plan.yml is empty", advice="write a plan"))
    problem  plan: data/plan.yml is empty; write a plan
    >>> print(Check("partnerships", "line 3 is off", advice="correct it", warning=True))
    warning  partnerships: line 3 is off; correct it
    """

    name: str
    found: str
    advice: str = ""
    warning: bool = False

    @property
    def ok(self) -> bool:
        """Whether nothing needs to be done before a run."""
        return self.warning or not self.advice

    def __str__(self) -> str:
        word = "ok" if not self.advice else "warning" if self.warning else "problem"
        advice = f"; {self.advice}" if self.advice else ""
        return f"{word:<7}  {self.name}: {self.found}{advice}"


def checks() -> Iterator[Check]:
    """Check, in the order of a run, what a run needs; of no workspace, nothing that lies in it."""
    homeless = False
    for name, look, advice in _LOOKS:
        if not (homeless and name in _IN_WORKSPACE):
            yield (found := _check(name, look, advice))
            homeless |= name == "workspace" and not found.ok


def _check(name: str, look: Callable[[], str], advice: str) -> Check:
    try:
        return Check(name, look())
    except CspanalysisError as error:
        if name == "workspace" or isinstance(error, StoreError):  # it ends in what to do
            found, _, way = str(error).rpartition("; ")
            return Check(name, found or way, way if found else advice)
        return Check(name, str(error), advice, warning=name in _WARNINGS)
    except Exception as error:  # a library that is broken may raise anything
        return Check(name, f"{type(error).__name__}: {error}", advice)


def _python() -> str:
    return f"{platform.python_version()}, {sys.executable}"


def _libraries() -> str:
    from cspanalysis.production.records import versions

    found = versions()
    if absent := [name for name, number in found.items() if number == "not installed"]:
        raise UsageError(f"not installed: {', '.join(absent)}")
    return ", ".join(f"{name} {number}" for name, number in found.items() if name != "python")


def _kernel() -> str:
    from jupyter_client.kernelspec import KernelSpecManager

    command = KernelSpecManager().get_kernel_spec("python3").argv[0]
    starts = sys.executable if command in {"python", "python3"} else command
    if Path(starts).resolve() != Path(sys.executable).resolve():
        raise UsageError(f"kernel 'python3' starts {starts}, not this Python")
    return "kernel 'python3' starts this Python"


def _workspace() -> str:
    paths.refuse_moved()
    return str(paths.project_folder())


def _notebooks() -> str:
    names = sorted(path.stem for path in paths.notebooks_folder().glob("*.ipynb"))
    if not names:
        raise UsageError(f"no notebook in {paths.notebooks_folder()}")
    return ", ".join(names)


def _reference() -> str:
    folder = paths.data_folder() / "reference"
    if absent := sorted(name for name in paths.NEEDED if not (folder / name).is_file()):
        raise UsageError(f"{folder} lacks {', '.join(absent)}")
    return f"{many(sum(path.is_file() for path in folder.rglob('*')), 'file')} in {folder}"


def _plan() -> str:
    from cspanalysis.production import read_plan
    from cspanalysis.production.execution import declared_parameters
    from cspanalysis.vocabulary.grounds import outlived

    plan = read_plan(paths.default_plan())
    plan.check(declared_parameters)
    gone = filter(None, dict.fromkeys(outlived(job.area) for job in plan.jobs))
    return "; ".join([f"{paths.default_plan()}, {many(len(plan.jobs), 'job')}", *gone])


def _shipped() -> str:
    return f"{many(_rows(paths.shipped_store()), 'row')} of counts in {paths.shipped_store()}"


def _own() -> str:
    if not paths.user_store().is_dir():
        return "nothing ingested yet"
    told = f"{many(_rows(paths.user_store()), 'row')} of counts in {paths.user_store()}"
    nowhere = _without_area(paths.user_store())
    return f"{told}; no report reads those of {', '.join(nowhere)}" if nowhere else told


def _without_area(store: Path) -> list[str]:
    """Name the forces held that have no area of ours."""
    from cspanalysis.sources.police_uk_files import forces
    from cspanalysis.store import manifest

    held = set(manifest.read(store)["force"])
    return [force.name for slug, force in forces().items() if slug in held and not force.code]


def _mappings() -> str:
    from cspanalysis.vocabulary.mapping import mapping_files, read_mapping

    files = mapping_files()
    for path in files:
        read_mapping(path)
    return f"{len(files)} in {paths.mappings_folder()}, all valid"


def _partnerships() -> str:
    from cspanalysis.command.written_check import written_amiss
    from cspanalysis.partnership.held import held_files, remarks

    files = held_files()
    if found := list(written_amiss()):
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise UsageError(f"{found[0]}{more}")
    return "; ".join([f"{many(len(files), 'file')}, all valid", *remarks()])


def _rows(store: Path) -> int:
    """Count rows from the Parquet files' ends, so that each file is opened but not read."""
    from pyarrow import parquet

    from cspanalysis.store import manifest

    files = sorted((store / "observations").rglob("*.parquet"))
    if not files:
        raise UsageError(f"no counts in {store}")
    held = manifest.read(store).to_dict("records")
    if not held:
        table = store / "coverage.parquet"
        raise StoreError(f"{table} is lost; {paths.way_back(table)}")
    came_from = {store / row["file"]: row["input"] for row in held if row["file"]}
    if lost := sorted(file for file in came_from if not file.is_file()):
        more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
        raise StoreError(f"{lost[0]} is lost{more}; {paths.way_back(lost[0], came_from[lost[0]])}")
    return sum(int(parquet.read_metadata(file).num_rows) for file in files)


def _fonts() -> str:
    from importlib.resources import files

    faces = [f.name for f in (files("font_source_sans_pro") / "files").iterdir()]
    if not any(name.endswith((".ttf", ".otf", ".woff", ".woff2")) for name in faces):
        raise UsageError("package font-source-sans-pro holds no font")
    return f"Source Sans Pro, {len(faces)} faces"


def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_version())


def _typst() -> str:
    import typst

    made = typst.compile(b"= Report", format="pdf")
    if not bytes(made or b"").startswith(b"%PDF"):
        raise UsageError("typst made no PDF of a line of text")
    return "makes a PDF"


# A mistake in one partnership's files must not keep a schedule from the reports of the others.
_WARNINGS = frozenset({"partnerships", "mappings"})
_IN_WORKSPACE = _WARNINGS | {
    "notebooks",
    "reference tables",
    "plan",
    "shipped counts",
    "your counts",
}
_LOOKS: tuple[tuple[str, Callable[[], str], str], ...] = (
    ("python", _python, _REINSTALL),
    ("libraries", _libraries, _REINSTALL),
    ("kernel", _kernel, "run `python -m ipykernel install --sys-prefix`"),
    ("workspace", _workspace, "make one: cspanalysis init FOLDER"),
    ("notebooks", _notebooks, "set CSPANALYSIS_HOME to the project's folder"),
    ("reference tables", _reference, "set CSPANALYSIS_DATA to the project's folder `data`"),
    ("plan", _plan, "correct the plan, or name another with --plan"),
    ("shipped counts", _shipped, "set CSPANALYSIS_DATA to the project's folder `data`"),
    ("your counts", _own, "move the folder away and ingest your files again"),
    ("partnerships", _partnerships, "correct the file; docs/partnership-file.md explains its keys"),
    ("mappings", _mappings, "correct the file; docs/sources.md explains its keys"),
    ("fonts", _fonts, _REINSTALL),
    ("pandoc", _pandoc, _REINSTALL),
    ("typst", _typst, _REINSTALL),
)
