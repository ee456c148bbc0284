"""The verbs for whoever looks after an installation: schedule and doctor."""

from __future__ import annotations

import sys

import click

from cspanalysis import paths

__all__ = ["doctor", "print_schedule"]


@click.command("schedule")
@click.argument("kind", type=click.Choice(["systemd", "cron", "github-actions", "airflow"]))
@click.option("--day", default=5, show_default=True, help="Day of the month, 1 to 28.")
@click.option("--hour", default=3, show_default=True, help="Hour of the day.")
@click.option("--mail", default="", metavar="ADDRESS", help="Whom to send the summary.")
def print_schedule(*, kind: str, day: int, hour: int, mail: str) -> None:
    """Print what a scheduler needs to ingest, check, run and publish every month."""
    from cspanalysis.production.schedules import Schedule, schedule

    command = (sys.executable, "-m", "cspanalysis")
    when = Schedule(
        command,
        paths.project_folder().absolute(),
        day=day,
        hour=hour,
        mail=mail,
        environment=paths.environment(),
    )
    click.echo(schedule(kind, when), nl=False)


@click.command()
def doctor() -> None:
    """Check that everything a run needs is here."""
    from cspanalysis.doctor import checks

    found = list(checks())
    for one in found:
        click.echo(str(one))
    if not all(one.ok for one in found):
        sys.exit(1)
