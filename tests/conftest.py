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

# What an example takes tells of what else the machine does.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

LONGEST = (
    *("second_area/test_gate", "explore/test_in_jupyterlab", "production/test_warm"),
    *("publication/test_planted", "production/test_soak", "store/test_real_data"),
    *("faults/test_command", "command/test_main", "notebooks/test_shipped_notebooks", "test_wheel"),
    *("production/test_fingerprints", "publication/test_validators", "reports/test_strategic"),
    *("publication/test_in_browser", "publication/test_filled_pages", "production/test_workers"),
    *("findings/summary/test_narratives_at_random", "commentary/claims/test_claims_narrative"),
    *("production/test_faults", "production/test_leaks", "publication/test_pictures"),
    *(
        "production/test_run",
        "reports/test_assessment",
        "store/test_figure_sources",
        "command/test_doctor",
    ),
    *("publication/test_threads", "publication/test_exporters", "production/test_roots"),
    *("reports/test_sensitive_entries", "reports/test_profile", "reports/test_committee"),
    "reports/test_place_profile",
    *("reports/test_shared_blocks", "production/test_kernels", "production/test_outcomes"),
    *("findings/changes/test_other_comparisons", "evidence/test_eras", "explore/test_tutorial"),
    *("explore/test_drafting", "reports/test_statutory", "findings/test_gaps"),
    *("store/test_kept", "publication/test_run_files", "publication/test_leaks"),
)
"""Files that take more than ten seconds, the longest first.

They are begun first, so that workers end together, and `make test-fast` leaves them out.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, and mark them slow."""
    rank = {f"tests/{name}.py": place for place, name in enumerate(LONGEST)}
    for item in items:
        if item.nodeid.partition("::")[0] in rank:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(rank)))


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
