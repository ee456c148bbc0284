"""The house as a whole: what importing costs and what the package hands on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import cspanalysis
from tests.conftest import LONGEST

HEAVY = {"geopandas", "matplotlib", "nbconvert", "pandas", "pandera", "papermill", "scipy"}
HEAVY |= {"seaborn", "statsmodels"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import cspanalysis, json, sys; print(json.dumps(sorted(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(json.loads(out.stdout))


def test_the_vocabulary_and_the_command_load_nothing_heavy() -> None:
    code = (
        "import cspanalysis.vocabulary, cspanalysis.command.main, cspanalysis.methods, json, sys; "
        "print(json.dumps(sorted(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(json.loads(out.stdout))


def test_starting_a_run_loads_nothing_heavy() -> None:
    """A run begins its template first: what makes pages is loaded beside the first kernels."""
    code = (
        "import cspanalysis.production, cspanalysis.publication, json, sys; "
        "print(json.dumps(sorted(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not (HEAVY | {"numpy", "lxml", "nbformat"}) & set(json.loads(out.stdout))


def test_the_public_names_are_there() -> None:
    assert set(cspanalysis.__all__) == {
        *("Area", "Assessment", "CommitteeReport", "DataQuality", "Measure", "Period"),
        *("PriorityProfile", "StrategicAssessment", "__version__"),
    }
    for name in cspanalysis.__all__:
        assert getattr(cspanalysis, name) is not None
    assert dir(cspanalysis) == sorted(cspanalysis.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Everything'"):
        cspanalysis.Everything  # noqa: B018


def test_the_longest_files_of_tests_are_there() -> None:
    here = Path(__file__).parent
    assert [name for name in LONGEST if not (here / f"{name}.py").is_file()] == []
