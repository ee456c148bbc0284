"""What was worked out once is kept, by one process for all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.disclosure.kept import kept

SLOW = """
import sys, time
from pathlib import Path
from cspanalysis.disclosure.kept import kept

def work_out():
    with open(sys.argv[1], "a") as file:
        file.write("worked\\n")
    time.sleep(1)
    return [1, 2]

print(kept("told", work_out))
"""


def test_what_was_found_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSPANALYSIS_CACHE", str(tmp_path))
    assert kept("told", lambda: [1, 2]) == [1, 2]
    assert kept("told", lambda: [3]) == [1, 2]
    assert kept("told otherwise", lambda: [3]) == [3]


def test_of_several_processes_one_works_it_out(tmp_path: Path) -> None:
    seen, env = tmp_path / "seen", os.environ | {"CSPANALYSIS_CACHE": str(tmp_path / "cache")}
    words = [sys.executable, "-c", SLOW, str(seen)]
    both = [subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [one.communicate()[0].strip() for one in both] == ["[1, 2]", "[1, 2]"]
    assert seen.read_text() == "worked\n"


def test_a_failure_keeps_nothing_and_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSPANALYSIS_CACHE", str(tmp_path))

    def fails() -> list[Any]:
        raise ValueError("no counts")

    with pytest.raises(ValueError, match="no counts"):
        kept("told", fails)
    assert kept("told", lambda: [4]) == [4]


def test_a_cache_that_takes_nothing_costs_time_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("CSPANALYSIS_CACHE", str(tmp_path / "file"))
    assert kept("told", lambda: [5]) == [5]
    assert kept("told", lambda: [6]) == [6]


def test_what_other_code_found_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSPANALYSIS_CACHE", str(tmp_path))
    assert kept("told", lambda: [1]) == [1]
    monkeypatch.setattr("cspanalysis.disclosure.kept._code", lambda: "of another day")
    assert kept("told", lambda: [2]) == [2]
