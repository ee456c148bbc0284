"""The verbs that look after a workspace: init, lab, doctor and schedule."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from cspanalysis import __version__, paths
from cspanalysis.command.selection import WrittenPath
from cspanalysis.errors import UsageError

__all__ = ["doctor", "enter", "init", "lab", "schedule"]


def enter() -> None:
    """Make the workspace we are in known to whatever is started from here, and ours in it new."""
    if "CSPANALYSIS_HOME" not in os.environ and (found := paths.workspace_above()):
        os.environ["CSPANALYSIS_HOME"] = str(found)
    home = paths.set_path("HOME")
    if home and (home / paths.MARKER).is_file():
        from cspanalysis.command import workspace

        if workspace.version_of(home) != __version__:
            _tell(workspace.renew(home))


@click.command()
@click.argument("folder", type=WrittenPath())
def init(*, folder: Path) -> None:
    """Make a workspace: a FOLDER with data, notebooks, a plan and examples to start from.

    In a workspace that is there already, bring what the package brought up to its own version, and
    leave alone what you have changed.
    """
    from cspanalysis.command import workspace

    there = workspace.is_workspace(folder)
    renewed = workspace.make(folder)
    _tell(renewed)
    if not there:
        click.echo(f"{folder}: go into it (cd '{folder}'), then: cspanalysis run")
    elif not str(renewed):
        click.echo(f"{folder}: this workspace is up to date with {__version__}")


def _tell(renewed: object) -> None:
    if said := str(renewed):
        click.echo(said, err=True)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[NOTEBOOK] [OPTION]...")
def lab(*, words: tuple[str, ...]) -> None:
    """Open JupyterLab in the workspace, with NOTEBOOK if one is named.

    Without one the launcher shows the workspace's notebooks. An OPTION is handed on to JupyterLab,
    such as --no-browser.
    """
    from cspanalysis.command.laboratory import lab_environment

    home = paths.project_folder().absolute()
    asked = [*words]
    if asked and not asked[0].startswith("-"):
        asked[0] = f"--LabApp.default_url=/lab/tree/notebooks/{_notebook(asked[0])}"
    command = [sys.executable, "-m", "jupyterlab", *asked]
    with tempfile.TemporaryDirectory(prefix="csp-lab-") as scratch:
        environment = lab_environment(os.environ, home=home, scratch=scratch)
        code = subprocess.call(command, cwd=home, env=environment)  # noqa: S603 # nosec B603
    sys.exit(code)


def _notebook(name: str) -> str:
    folder = paths.notebooks_folder()
    path = folder / f"{name.removesuffix('.ipynb')}.ipynb"
    if not path.is_file():
        names = ", ".join(sorted(found.stem for found in folder.glob("*.ipynb"))) or "none"
        raise UsageError(f"there is no notebook '{name}' in {folder}; there are: {names}")
    return path.name


@click.command()
def doctor() -> None:
    """Check that everything a run needs is here."""
    from cspanalysis.command.doctor import checks

    found = list(checks())
    for one in found:
        click.echo(str(one))
    if not all(one.ok for one in found):
        sys.exit(1)


@click.command()
@click.argument("kind", type=click.Choice(["systemd", "cron", "github-actions", "airflow"]))
@click.option("--day", default=5, show_default=True, help="Day of the month, 1 to 28.")
@click.option("--hour", default=3, show_default=True, help="Hour of the day.")
@click.option("--mail", default="", metavar="ADDRESS", help="Whom to send the summary.")
def schedule(*, kind: str, day: int, hour: int, mail: str) -> None:
    """Print what a scheduler needs to ingest, check, run and publish every month."""
    from cspanalysis.production import schedules

    when = schedules.Schedule(
        (sys.executable, "-m", "cspanalysis"),
        paths.project_folder().absolute(),
        day=day,
        hour=hour,
        mail=mail,
        environment=paths.environment(),
    )
    click.echo(schedules.schedule(kind, when), nl=False)
