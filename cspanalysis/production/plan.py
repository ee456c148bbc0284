"""Plans: which notebooks to run for which areas and periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeVar

from cspanalysis.errors import UsageError
from cspanalysis.paths import notebooks_folder
from cspanalysis.production.planfile import PlanFile, Scalar, load
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.asked import area_asked
from cspanalysis.vocabulary.forms import Form
from cspanalysis.vocabulary.relative import planned_period

__all__ = ["Job", "Plan", "read_plan"]

_OWN = frozenset({"area", "period"})
_Word = TypeVar("_Word", Area, Period)


@dataclass(frozen=True, slots=True)
class Job:
    """Hold one report to be made: a notebook for an area and a period.

    Parameters
    ----------
    notebook
        Name of the notebook, without folder and ending.
    area, period
        What it reports on; passed to the notebook as its parameters ``area`` and ``period``.
    parameters
        Further parameters of the notebook.
    origin
        Where the job was asked for, for messages; takes no part in comparisons.
    name
        Name of the report and its files; the notebook's if empty. Reports that one notebook makes
        of the same area and period, such as one for each priority, need names of their own.
    forms
        Forms that are made of it beside page, PDF, Word and spreadsheet, such as ``slides``.
    """

    notebook: str
    area: Area
    period: Period
    parameters: Mapping[str, Scalar] = field(default_factory=dict, hash=False)
    origin: str = field(default="", compare=False)
    name: str = ""
    forms: tuple[Form, ...] = ()

    @property
    def report(self) -> str:
        """Name of the report and its files."""
        return self.name or self.notebook

    @property
    def slug(self) -> str:
        """Name of the job, and of its files below the outputs folder."""
        return f"{self.area.slug}/{self.period.slug}/{self.report}"

    @property
    def arguments(self) -> dict[str, Scalar]:
        """Everything that is passed to the notebook."""
        return {"area": self.area.slug, "period": str(self.period), **self.parameters}

    def matches(self, pattern: str) -> bool:
        """Tell whether the job's slug, or a part of it, matches a pattern.

        Parameters
        ----------
        pattern
            Shell pattern over ``area/period/report`` or one of the three: ``luton``,
            ``*bedford*``, ``luton/2023*``, ``*/2019/*``.
        """
        area, period = self.area.slug, self.period.slug
        parts = (self.slug, area, period, self.report, f"{area}/{period}")
        return any(fnmatchcase(part, pattern.lower()) for part in parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold the jobs to be run, in order, and the folder of their notebooks."""

    jobs: tuple[Job, ...]
    notebooks: Path

    def notebook(self, job: Job) -> Path:
        """Path of the job's notebook."""
        return self.notebooks / f"{job.notebook}.ipynb"

    def only(self, pattern: str) -> Plan:
        """Keep the jobs whose slug, or a part of it, matches a pattern; see `Job.matches`.

        Raises
        ------
        UsageError
            If no job matches.
        """
        kept = tuple(job for job in self.jobs if job.matches(pattern))
        if not kept:
            raise UsageError(
                f"no job matches '{pattern}'; `cspanalysis list` shows the jobs of the plan"
            )
        return Plan(kept, self.notebooks)

    def narrowed(
        self,
        *,
        area: str | None = None,
        period: str | None = None,
        notebook: str | None = None,
        parameters: Mapping[str, Scalar] | None = None,
    ) -> Plan:
        """Keep the jobs of an area, a period, a notebook, or of several of these.

        With area and period, the plan need not hold the job: the notebook is then run for them
        with `parameters`; the plan's first notebook where none is named. Of a job that the plan
        holds, the edition alone can be given.

        Raises
        ------
        UsageError
            If the area or the period is unknown, the plan lacks what was asked for and area and
            period are not both given, or the plan holds a job that parameters are given for.
        """
        place = area_asked(area) if area is not None else None
        span = Period.parse(period) if period is not None else None
        kept = tuple(
            job
            for job in self.jobs
            if place in (None, job.area)
            and span in (None, job.period)
            and notebook in (None, job.notebook, job.report)
        )
        if kept and parameters and parameters.keys() == {"edition"}:
            own = ((job, {**job.parameters, **parameters}) for job in kept)
            kept = tuple(replace(job, parameters=given) for job, given in own)
        elif kept and parameters:
            raise UsageError(
                f"{kept[0].origin}: the plan holds {kept[0].slug}; write its parameters there"
            )
        if not kept and place and span:
            name = notebook or self.jobs[0].notebook
            kept = (Job(name, place, span, dict(parameters or {}), origin="--area and --period"),)
        if not kept:
            raise UsageError(_not_planned(place, span, notebook))
        return Plan(kept, self.notebooks)

    def check(self, declared: Callable[[Path], frozenset[str]]) -> None:
        """Check that each job's notebook exists and declares what will be passed to it.

        Parameters
        ----------
        declared
            Gives the names of the parameters that a notebook declares.

        Raises
        ------
        UsageError
            For the first job that could not run as asked.
        """
        self.check_notebooks()
        known: dict[str, frozenset[str]] = {}
        for job in self.jobs:
            if job.notebook not in known:
                known[job.notebook] = declared(self.notebook(job))
            _check_parameters(job, known[job.notebook])

    def check_notebooks(self) -> None:
        """Check that each job's notebook exists.

        Raises
        ------
        UsageError
            For the first job whose notebook does not; the message names the nearest that does.
        """
        for job in self.jobs:
            self._check_notebook(job)

    def _check_notebook(self, job: Job) -> None:
        if self.notebook(job).is_file():
            return
        names = sorted(path.stem for path in self.notebooks.glob("*.ipynb"))
        near = get_close_matches(job.notebook, names, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(names) or 'none'}"
        raise UsageError(
            f"{job.origin}: there is no notebook '{job.notebook}' in {self.notebooks}; {hint}"
        )


def read_plan(path: Path, *, notebooks: Path | None = None) -> Plan:
    """Read a plan file.

    Parameters
    ----------
    path
        YAML file with a list under ``reports``; each entry names a ``notebook``, ``areas``,
        ``periods`` and, if need be, ``parameters``, ``forms`` and a ``name`` for the report.
    notebooks
        Folder of the notebooks; the project's by default.

    Raises
    ------
    UsageError
        If the file is not a plan, names an unknown area or an impossible period, or gives the
        same job twice; the message names file, line and key.
    """
    plan = load(path)
    return Plan(tuple(_unique(_jobs(plan))), notebooks or notebooks_folder())


def _jobs(plan: PlanFile) -> Iterator[Job]:
    for number, entry in enumerate(plan.content.reports):
        at = ("reports", number)
        _refuse_own(plan, number)
        for a, area in enumerate(entry.areas):
            place = _located(plan, area_asked, area, (*at, "areas", a))
            for p, period in enumerate(entry.periods):
                span = _located(plan, planned_period, str(period), (*at, "periods", p))
                origin = plan.where(*at)
                yield Job(
                    entry.notebook,
                    place,
                    span,
                    entry.parameters,
                    origin,
                    name=entry.name or "",
                    forms=tuple(dict.fromkeys(entry.forms)),
                )


def _located(
    plan: PlanFile, read: Callable[[str], _Word], text: str, at: tuple[str | int, ...]
) -> _Word:
    try:
        return read(text)
    except UsageError as error:
        raise UsageError(f"{plan.where(*at)}: {error}") from None


def _refuse_own(plan: PlanFile, number: int) -> None:
    if own := sorted(_OWN & plan.content.reports[number].parameters.keys()):
        where = plan.where("reports", number, "parameters", own[0])
        raise UsageError(f"{where}: '{own[0]}' comes from '{own[0]}s'; take it out")


def _unique(jobs: Iterable[Job]) -> Iterator[Job]:
    seen: dict[tuple[str, Area, Period], Job] = {}
    for job in jobs:
        first = seen.setdefault((job.report, job.area, job.period), job)
        if first is not job:
            raise UsageError(f"{job.origin}: job {job.slug} is given twice; see {first.origin}")
        yield job


def _not_planned(area: Area | None, period: Period | None, notebook: str | None) -> str:
    given = {"area": area and area.slug, "period": period, "notebook": notebook}
    named = " and ".join(f"{name} {value}" for name, value in given.items() if value)
    lacking = [f"--{name}" for name in ("area", "period") if not given[name]]
    return f"{named} is not in the plan; to run it all the same, add {' and '.join(lacking)}"


def _check_parameters(job: Job, declared: frozenset[str]) -> None:
    for name in job.arguments:
        if name not in declared:
            near = get_close_matches(name, declared, n=1)
            known = ", ".join(sorted(declared)) or "none"
            hint = f"did you mean '{near[0]}'?" if near else f"it declares: {known}"
            raise UsageError(
                f"{job.origin}: notebook '{job.notebook}' has no parameter '{name}'; {hint}"
            )
    edition = job.arguments.get("edition", "public")
    if edition not in ("public", "sensitive"):
        raise UsageError(
            f"{job.origin}: edition '{edition}' is not known; write public or sensitive"
        )
