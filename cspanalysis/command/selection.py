"""The options that choose jobs, as several verbs share them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cspanalysis import paths
from cspanalysis.errors import UsageError

__all__ = ["WrittenPath", "period_asked", "selection", "tell_outlived"]

_PLAN = "CSPANALYSIS_PLAN"


class WrittenPath(click.Path):
    """A path as people write it: ``~`` is their folder, in ``--outputs=~/reports`` too."""

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(path_type=Path, exists=exists)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the path, with the user's folder in the place of ``~``."""
        return super().convert(paths.expanded(value), param, ctx)


_OPTIONS = (
    click.option(
        "--plan",
        "plan_file",
        type=WrittenPath(),
        metavar="FILE",
        help="What to run.  [default: data/plan.yml]",
    ),
    click.option(
        "--only",
        metavar="GLOB",
        help="Jobs of the plan that match, as 'luton', 'luton/2023*' or '*/2019/*'.",
    ),
    click.option("--area", help="One area; outside the plan with --period."),
    click.option("--period", help="One period; outside the plan with --area."),
    click.option(
        "--notebook",
        metavar="NAME",
        help="One notebook; outside the plan, the plan's first if not given.",
    ),
    click.option(
        "--parameter",
        "parameters",
        metavar="NAME=VALUE",
        multiple=True,
        help="Parameter of the notebook, outside the plan; may be given again.",
    ),
)


def selection(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose jobs; the command takes what they choose as ``plan``."""

    @wraps(command)
    def chosen(
        *args: Any,
        plan_file: Path | None,
        only: str | None,
        area: str | None,
        period: str | None,
        notebook: str | None,
        parameters: tuple[str, ...],
        **others: Any,
    ) -> Any:
        from cspanalysis.partnership.reported import reported_area
        from cspanalysis.production import read_plan

        if area:
            reported_area(area)
            period = period and period_asked(area, period)
        plan = read_plan(plan_file or paths.default_plan())
        if any((area, period, notebook, parameters)):
            given = dict(map(_named_value, parameters))
            plan = plan.narrowed(area=area, period=period, notebook=notebook, parameters=given)
        tell_outlived(area)
        with _running(plan_file):
            return command(*args, plan=plan.only(only) if only else plan, **others)

    for option in reversed(_OPTIONS):
        chosen = option(chosen)
    return chosen


def period_asked(area: str, period: str) -> str:
    """Read a period that is said from the newest month held of an area, as "last quarter" is."""
    from cspanalysis.vocabulary import Period

    try:
        return str(Period.parse(period))
    except UsageError:
        from cspanalysis.explore.answering import newest_month
        from cspanalysis.explore.spoken import period_named
        from cspanalysis.store import Store
        from cspanalysis.vocabulary.asked import area_asked

        newest = newest_month(Store.open(), area_asked(area))
        return str(period_named(period, newest=newest))


def tell_outlived(area: str | None) -> None:
    """Tell, on standard error, what became of the council of a partnership that was asked for."""
    from cspanalysis.vocabulary.asked import area_asked
    from cspanalysis.vocabulary.grounds import outlived

    if area and (told := outlived(area_asked(area))):
        click.echo(told, err=True)


def _named_value(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign):
        raise UsageError(f"--parameter '{text}': write NAME=VALUE, such as priority=burglary")
    return name, value


@contextmanager
def _running(plan_file: Path | None) -> Iterator[None]:
    """Let the jobs of a run know which plan they are of."""
    before = os.environ.get(_PLAN)
    if plan_file is not None:
        os.environ[_PLAN] = str(plan_file.absolute())
    try:
        yield
    finally:
        if plan_file is not None:
            os.environ.pop(_PLAN)
        if before is not None:
            os.environ[_PLAN] = before
