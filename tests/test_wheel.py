"""The wheel, installed in an environment of its own, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
Command = Callable[..., str]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """The command ``cspanalysis`` of the wheel; libraries are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel é è")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "v", symlinks=os.name != "nt")
    binaries = folder / "v" / ("Scripts" if os.name == "nt" else "bin")
    known = {"base": str(folder / "v"), "platbase": str(folder / "v")}
    site = Path(sysconfig.get_path("purelib", scheme="venv", vars=known))
    # A line of a .pth file; the .pth file that leads to the checkout is not read from there.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    install = ["-m", "pip", "--python", str(binaries / "python"), "install", "--quiet"]
    install += ["--no-deps", "--no-index", "--ignore-installed", str(wheel)]
    subprocess.run([sys.executable, *install], check=True)
    unset = {"CSPANALYSIS_HOME", "CSPANALYSIS_DATA", "PYTHONPATH"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    # Templates of nbconvert lie beside the libraries, in the environment of the tests.
    environment["JUPYTER_PATH"] = str(Path(sys.prefix) / "share" / "jupyter")

    def run(*words: str, at: Path, code: int = 0) -> str:
        ended = subprocess.run(
            [binaries / "cspanalysis", *words],
            cwd=at,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert ended.returncode == code, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr

    return run


@pytest.mark.slow
def test_a_wheel_makes_a_workspace_that_publishes(command: Command, tmp_path: Path) -> None:
    assert "cspanalysis init FOLDER" in command("list", at=tmp_path, code=2)
    command("init", "Santé & été", at=tmp_path)
    home = tmp_path / "Santé & été"
    command("run", "--only", "wycombe/*/performance-report", at=home / "data")
    pages = home / "outputs" / "wycombe" / "2017-04-to-2017-06"
    for suffix in (".html", ".pdf", ".docx", ".xlsx"):
        assert (pages / f"performance-report{suffix}").stat().st_size > 5000
    assert f"workspace: {home}" in command("doctor", at=home)
    assert "nothing wrong was found" in command("check", at=home)
    assert "every page keeps the rules" in command("check", "outputs", at=home)
    command("new", "reading", at=home)
    assert (home / "data" / "partnerships" / "reading" / "partnership.yml").is_file()
    figures = home / "own.csv"
    figures.write_text(
        "# source: A table of our own\n# vintage: 2024-01\n"
        "area,measure,period,count,status,note\nreading,robbery,2023-10..2023-12,8,final,\n",
        encoding="utf-8",
    )
    command("ingest", "own.csv", at=home)
    assert (home / "data" / "store").is_dir()
    assert command("lab", "--version", at=home).strip()[0].isdigit()
    said = command("run", "--only", "wycombe/*/performance-report", "--explain", at=home)
    assert said.startswith("skip ")
