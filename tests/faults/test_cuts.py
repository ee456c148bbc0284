"""Kills at each call in turn that opens a file for writing, moves it or removes it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.production import Job, RunRecord
from cspanalysis.production.manifest import Manifest
from cspanalysis.production.outputs import held, holds, land_report, staged, write_manifest
from cspanalysis.production.records import FileRecord, published_records
from cspanalysis.publication import write_index
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes can't be forked")

CALLS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"}
MOST = 200
JOB = Job("report", Area.named("luton"), Period.parse("2023"))


def is_cut(at: int, work: Callable[[], object], folder: Path) -> bool:
    """Do work in a process that is killed at its `at`-th call; tell whether it came to that."""
    pid = os.fork()
    if pid == 0:
        signal.alarm(120)
        seen = 0

        def watch(event: str, words: tuple[Any, ...]) -> None:
            nonlocal seen
            writes = event == "open" and words[2] & (os.O_WRONLY | os.O_RDWR)
            if (writes or event in CALLS) and str(words[0]).startswith(str(folder)):
                seen += 1
                if seen == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert ended in {0, -signal.SIGKILL}
    return ended != 0


def each_cut(base: Path, work: Callable[[Path], object]) -> Iterator[Path]:
    """Give a copy of a folder for each call at which the work on it was cut short, in turn."""
    for at in range(1, MOST):
        folder = base.with_name(f"cut-{at}")
        shutil.copytree(base, folder)
        if not is_cut(at, lambda folder=folder: work(folder), folder):  # type: ignore[misc]
            assert at > 3
            return
        yield folder
        shutil.rmtree(folder)
    raise AssertionError(f"there is no end to it after {MOST} calls")


def test_an_ingest_leaves_the_store_as_it_was_or_as_it_was_to_be(
    tmp_path: Path, write_zip: Any, street_text: Any
) -> None:
    def archive(name: str, **months: int) -> Path:
        rows = {m[1:].replace("_", "-"): number for m, number in months.items()}
        members = {
            f"{m}/{m}-bedfordshire-street.csv": street_text([(m, "E01015693", "Burglary")] * n)
            for m, n in rows.items()
        }
        written: Path = write_zip(tmp_path / name, members)
        return written

    def counts(root: Path) -> tuple[list[int], tuple[str, ...]]:
        store = Store.open(root)
        found = store.monthly(Area.named("luton"), measures=["burglary"])["burglary"]
        return found.fillna(-1).tolist(), store.held.damage()

    first, second = archive("a.zip", m2021_03=2), archive("b.zip", m2021_03=5, m2021_04=4)
    ingest([first], into=tmp_path / "base")
    cuts = each_cut(tmp_path / "base", lambda root: ingest([second], into=root))
    for number, root in enumerate(cuts):
        assert counts(root) in (([2], ()), ([5, 4], ()))
        if number % 4 == 0:  # the next ingest makes all of it good, whatever was left
            ingest([second], into=root)
            assert counts(root) == ([5, 4], ())


def staged_report(outputs: Path, text: str) -> tuple[Path, RunRecord]:
    """Stage a report of three files in an outputs folder."""
    stage = outputs / ".staging" / "run" / "job"
    stage.mkdir(parents=True)
    for ending in ("html", "ipynb", "figures.json"):
        (stage / f"report.{ending}").write_text(f'{{"figures": [], "cells": [], "text": "{text}"}}')
    record = RunRecord.begun(JOB, outputs / "absent.ipynb")
    return stage, record.published(map(FileRecord.of, sorted(stage.iterdir())), inputs=[])


def test_a_landing_with_its_index_and_manifest_leaves_one_whole_report(tmp_path: Path) -> None:
    def publish(outputs: Path, text: str) -> None:
        with held(outputs):
            stage, record = staged_report(outputs, text)
            land_report(stage, outputs, record)
            write_index(outputs)
            write_manifest(outputs, Manifest.of(outputs))
            with staged(outputs):  # which sweeps the stage
                pass

    base = tmp_path / "base"
    publish(base, "first")
    told = set()
    cuts = each_cut(base, lambda outputs: publish(outputs, "second"))
    for number, outputs in enumerate(cuts):
        with held(outputs):
            pass
        (record,) = published_records(outputs)
        folder = outputs / record.folder
        assert all(holds(folder, file) for file in record.files)
        told.add((folder / "report.html").read_text())
        assert not list(outputs.rglob("*.part"))
        if number % 4 == 0:
            publish(outputs, "second")
            assert "second" in (folder / "report.html").read_text()
            assert Manifest.read(outputs / "manifest.json") is not None
    assert len(told) == 2
