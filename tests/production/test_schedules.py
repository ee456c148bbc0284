"""Schedules: each text is what its scheduler takes."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from cspanalysis.command.main import main
from cspanalysis.errors import UsageError
from cspanalysis.production.schedules import KINDS, Schedule, schedule


@pytest.fixture
def when(tmp_path: Path) -> Schedule:
    return Schedule((sys.executable, "-m", "cspanalysis"), tmp_path, 7, 4, "team@example.org")


def units(text: str) -> dict[str, str]:
    parts = re.split(r"^# (/\S+)$", text, flags=re.MULTILINE)[1:]
    return {Path(name).name: unit for name, unit in zip(parts[::2], parts[1::2], strict=True)}


def test_units_of_systemd_pass_its_own_check(when: Schedule, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    paths = []
    for name, unit in units(schedule("systemd", when)).items():
        paths.append(tmp_path / name)
        paths[-1].write_text(unit)
    words = ["systemd-analyze", "verify", "--man=no", *map(str, paths)]
    done = subprocess.run(words, capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if "cspanalysis" in line]
    assert complaints == []


def test_units_start_the_steps_and_mail_the_summary_whatever_the_end(when: Schedule) -> None:
    service, timer = units(schedule("systemd", when)).values()
    assert re.findall(r"cspanalysis (\w+)", service) == ["ingest", "doctor", "run"]
    assert service.count("ExecStopPost=/bin/sh -c ") == 1
    assert 'mail -s \\"$$(head -n 1 outputs/.summary.txt)\\" team@example.org' in service
    assert "OnCalendar=*-*-07 04:00:00" in timer


def test_line_of_cron_is_one_that_a_shell_takes(when: Schedule, tmp_path: Path) -> None:
    mailto, line = schedule("cron", when).splitlines()[1:]
    assert mailto == "MAILTO=team@example.org"
    fields = line.split(" ", 5)
    assert fields[:5] == ["0", "4", "7", "*", "*"]
    assert "%" not in fields[5]
    assert subprocess.run(["sh", "-n", "-c", fields[5]]).returncode == 0


def test_line_of_cron_tells_the_summary_of_a_run_that_failed(tmp_path: Path) -> None:
    (tmp_path / "outputs").mkdir()
    fake = tmp_path / "fake.sh"
    fake.write_text(
        'echo "$@" >>called\n[ "$1" = run ] && echo "1 failed" >"$3" && exit 1\nexit 0\n'
    )
    when = Schedule(("sh", str(fake)), tmp_path)
    line = schedule("cron", when).splitlines()[-1].split(" ", 5)[5]
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True)
    assert done.stdout == "1 failed\n"
    called = (tmp_path / "called").read_text().splitlines()
    assert called == ["doctor", "run --summary outputs/.summary.txt"]


def test_a_run_sees_the_data_folder_of_whoever_printed_its_schedule(tmp_path: Path) -> None:
    raw = tmp_path / "my data" / "raw"
    raw.mkdir(parents=True)
    (raw / "a.zip").touch()
    fake = tmp_path / "fake.sh"
    fake.write_text('echo "$CSPANALYSIS_DATA|$*" >>called\n')
    data = str(tmp_path / "my data")
    when = Schedule(("sh", str(fake)), tmp_path, environment={"CSPANALYSIS_DATA": data})
    line = schedule("cron", when).splitlines()[-1].split(" ", 5)[5]
    subprocess.run(["sh", "-c", line], check=True, env={"PATH": "/usr/bin:/bin"})
    called = (tmp_path / "called").read_text().splitlines()
    assert called[0] == f"{data}|ingest {raw / 'a.zip'}"
    assert [words.split("|")[0] for words in called] == [data] * 3
    assert (tmp_path / "outputs").is_dir()
    with pytest.raises(UsageError, match="has a %"):
        Schedule(("x",), tmp_path, environment={"CSPANALYSIS_DATA": "/100%"})


def test_line_of_cron_tells_of_no_earlier_run_where_the_check_failed(tmp_path: Path) -> None:
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs/.summary.txt").write_text("2 published")
    when = Schedule(("false",), tmp_path)
    line = schedule("cron", when).splitlines()[-1].split(" ", 5)[5]
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True)
    assert done.stdout == "cspanalysis: ended before the run\n"


def test_workflow_of_github_passes_the_schema_of_workflows(when: Schedule, tmp_path: Path) -> None:
    if shutil.which(checker := str(Path(sys.executable).with_name("check-jsonschema"))) is None:
        pytest.skip("check-jsonschema is not installed; it is of the extra 'lint'")
    flow = tmp_path / "monthly.yml"
    flow.write_text(schedule("github-actions", when))
    words = [checker, "--builtin-schema", "vendor.github-workflows", str(flow)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_workflow_of_github_is_whole(when: Schedule) -> None:
    flow = yaml.safe_load(schedule("github-actions", when))
    assert flow[True]["schedule"] == [{"cron": "0 4 7 * *"}]  # YAML reads the key `on` as true
    steps = flow["jobs"]["publish"]["steps"]
    assert all(("run" in step) != ("uses" in step) for step in steps)
    assert "cspanalysis run --summary outputs/.summary.txt" in {step.get("run") for step in steps}
    assert "${{ github.run_id }}" in str(steps)


def test_dag_of_airflow_is_python_with_three_tasks_in_order(when: Schedule) -> None:
    tree = ast.parse(schedule("airflow", when))
    commands = [
        ast.literal_eval(word.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg == "bash_command"
    ]
    assert [re.findall(r"cspanalysis (\w+)", command)[0] for command in commands] == [
        "ingest",
        "doctor",
        "run",
    ]
    assert "ingest >> check >> run_and_publish" in schedule("airflow", when)


@pytest.mark.parametrize("wrong", [{"day": 31}, {"hour": 24}, {"folder": Path("/a%b")}])
def test_what_no_schedule_can_hold_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        Schedule(**{"command": ("cspanalysis",), "folder": Path("/srv"), **wrong})


@pytest.mark.parametrize("kind", KINDS)
def test_command_prints_each(kind: str) -> None:
    printed = CliRunner().invoke(main, ["schedule", kind, "--day", "9"])
    assert printed.exit_code == 0
    assert "run --summary outputs/.summary.txt" in printed.stdout
    assert CliRunner().invoke(main, ["schedule", kind, "--day", "30"]).exit_code == 2
