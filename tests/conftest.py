"""What several tests need."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from tests.costs import costs

# What an example takes tells of what else the machine does.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Don't even read what `make test-fast` leaves out."""
    left_out = "not slow" in config.option.markexpr and _file(collection_path) in costs()
    return True if left_out else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, and mark all that `costs.csv` names as slow."""
    for item in items:
        if _file(item.path) in costs():
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: -costs().get(_file(item.path), 0))


def _file(path: Path) -> str:
    root = Path(__file__).parents[1]
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of real data and reference values beside the checkout."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        reason = "the folder ../shared with real data is not beside this checkout"
        if os.environ.get("CSPANALYSIS_SKIP_NOTHING"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


def _street_text(rows: Sequence[tuple[str, str, str]]) -> str:
    """Write a street file from months, LSOA codes and crime types."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    text.write(
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
        "Crime type,Last outcome category,Context\n"
    )
    by = "A Police"  # of the tests, whichever force they name a file after
    for month, lsoa, crime_type in rows:
        point = ("-0.417", "51.88", "On or near High Street") if lsoa else ("", "", "No Location")
        place = (lsoa, "Luton 001A") if lsoa else ("", "")
        writer.writerow(["", month, by, by, *point, *place, crime_type, "", ""])
    return text.getvalue()


def _write_zip(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _tree_hash(folder: Path) -> str:
    """Hash names and bytes of all files of a folder, but for its lock."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != ".lock"):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def street_text() -> Callable[[Sequence[tuple[str, str, str]]], str]:
    """Write a street file by hand: rows of month, LSOA code and crime type."""
    return _street_text


@pytest.fixture(scope="session")
def write_zip() -> Callable[[Path, Mapping[str, str | bytes]], Path]:
    """Write an archive by hand: contents by name."""
    return _write_zip


@pytest.fixture(scope="session")
def tree_hash() -> Callable[[Path], str]:
    """Hash all files of a folder."""
    return _tree_hash
