"""Schedules: ready texts for what starts a monthly run of ingest, check, run and publish."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cspanalysis.errors import UsageError

__all__ = ["KINDS", "Schedule", "schedule"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hold when a run starts, where, and who is told how it ended.

    Parameters
    ----------
    command
        Words that start ``cspanalysis``.
    folder
        Folder of the project.
    day, hour
        Day of the month, from 1 to 28, and hour, in the machine's own time; UTC for GitHub.
    mail
        Address for the summary; none if empty.
    environment
        Variables that a run needs, since schedulers start it without those of a shell.
    """

    command: tuple[str, ...]
    folder: Path
    day: int = 5
    hour: int = 3
    mail: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 1 <= self.day <= 28:
            raise UsageError(f"day {self.day} is not in every month; choose from 1 to 28")
        if not 0 <= self.hour <= 23:
            raise UsageError(f"hour {self.hour} is none; choose from 0 to 23")
        for folder in (str(self.folder), *self.environment.values()):
            if any(letter in folder for letter in "%\n"):
                raise UsageError(f"folder '{folder}' has a % or a line break: no schedule holds it")

    @property
    def steps(self) -> tuple[str, ...]:
        """Shell commands of a run, in order; nothing new to ingest is no failure."""
        settings = [f"{name}={value}" for name, value in self.environment.items()]
        ours = shlex.join(["env", *settings, *self.command] if settings else self.command)
        raw = f"{shlex.quote(self.environment.get('CSPANALYSIS_DATA', 'data'))}/raw/*"
        ingest = f"if ls {raw} >/dev/null 2>&1; then {ours} ingest {raw}; fi"
        return (
            f"mkdir -p outputs; rm -f {_SUMMARY}; {ingest}",
            f"{ours} doctor",
            f"{ours} run --summary {_SUMMARY}",
        )


_SUMMARY: Final = "outputs/.summary.txt"  # hidden: it tells reasons, and is mailed
# What is told where ingest or check ended everything before there was a summary.
_TOLD = f"[ -f {_SUMMARY} ] || echo 'cspanalysis: ended before the run' >{_SUMMARY}"


def schedule(kind: str, when: Schedule) -> str:
    """Write what a scheduler needs to run the default plan every month.

    Parameters
    ----------
    kind
        One of `KINDS`.
    when
        When, where and whom to tell.

    Returns
    -------
    str
        The text, which says in its first lines where it belongs.

    Examples
    --------
    >>> text = schedule("cron", Schedule(("cspanalysis",), Path("/srv/csp"), mail="a@example.org"))
    >>> print(text.splitlines()[-2])
    MAILTO=a@example.org
    """
    return KINDS[kind](when)


def _systemd(when: Schedule) -> str:
    mail = f"ExecStopPost=/bin/sh -c {_quoted(_mail(when))}\n" if when.mail else ""
    starts = "".join(f"ExecStart=/bin/sh -c {_quoted(step)}\n" for step in when.steps)
    return f"""\
# Two units: save each part under its name, then: systemctl enable --now cspanalysis.timer

# /etc/systemd/system/cspanalysis.service
[Unit]
Description=Publish the assessments of community safety partnerships

[Service]
Type=oneshot
WorkingDirectory={when.folder}
{starts}{mail}# A run that is told to stop ends within five seconds and keeps every finished report.
TimeoutStopSec=15

# /etc/systemd/system/cspanalysis.timer
[Unit]
Description=Publish the assessments every month

[Timer]
OnCalendar=*-*-{when.day:02d} {when.hour:02d}:00:00
Persistent=true

[Install]
WantedBy=timers.target
"""


def _cron(when: Schedule) -> str:
    run = " && ".join(f"{{ {step}; }} >>outputs/cron.log 2>&1" for step in when.steps)
    tell = f"MAILTO={when.mail}\n" if when.mail else ""
    inside = f"cd {shlex.quote(str(when.folder))} && mkdir -p outputs"
    line = f"{inside} && {{ {run}; {_TOLD}; cat {_SUMMARY}; }}"
    return f"""\
# For `crontab -e`. Cron mails what the line prints: the summary.
{tell}0 {when.hour} {when.day} * * {line}
"""


def _github_actions(when: Schedule) -> str:
    return f"""\
# .github/workflows/assessments.yml: runs on GitHub's machines, in UTC, from the repository's data.
name: assessments
on:
  schedule:
    - cron: "0 {when.hour} {when.day} * *"
  workflow_dispatch:
permissions:
  contents: read
concurrency: assessments
jobs:
  publish:
    runs-on: ubuntu-latest
    timeout-minutes: 120
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install --constraint constraints.txt --editable .
      # What was published last time, so that unchanged reports are left alone.
      - uses: actions/cache@v4
        with:
          path: outputs
          key: outputs-${{{{ github.run_id }}}}
          restore-keys: outputs-
      - run: rm -f {_SUMMARY}
      - run: cspanalysis doctor
      - run: cspanalysis run --summary {_SUMMARY}
      - if: always()
        run: |
          {_TOLD}
          cat {_SUMMARY} >> "$GITHUB_STEP_SUMMARY"
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: assessments
          path: outputs
          include-hidden-files: true
"""


def _airflow(when: Schedule) -> str:
    mail = f'"email": [{when.mail!r}], "email_on_failure": True' if when.mail else ""
    tasks = dict(zip(("ingest", "check", "run_and_publish"), when.steps, strict=True))
    lines = "\n".join(
        f"    {name} = BashOperator(task_id={name!r}, cwd={str(when.folder)!r}, "
        f"bash_command={step!r})"
        for name, step in tasks.items()
    )
    return f"""\
# dags/cspanalysis_monthly.py: three tasks, one after the other; never two runs at once.
import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    "cspanalysis_monthly",
    schedule="0 {when.hour} {when.day} * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="Europe/London"),
    catchup=False,
    max_active_runs=1,
    default_args={{{mail}}},
):
{lines}
    {" >> ".join(tasks)}
"""


KINDS: Final[Mapping[str, Callable[[Schedule], str]]] = {
    "systemd": _systemd,
    "cron": _cron,
    "github-actions": _github_actions,
    "airflow": _airflow,
}


def _mail(when: Schedule) -> str:
    to = shlex.quote(when.mail)
    return f'{_TOLD}; mail -s "$(head -n 1 {_SUMMARY})" {to} <{_SUMMARY}'


def _quoted(step: str) -> str:
    """Quote a shell command for systemd, which takes dollar signs for its own."""
    escaped = step.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'
