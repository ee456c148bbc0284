"""The room's public names: all there, all loaded late."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

import cspanalysis.methods as methods


def test_public_names_equal_the_table_of_homes():
    assert sorted(methods.__all__) == sorted(methods._HOMES)
    assert dir(methods) == sorted(methods.__all__)


def test_the_table_is_sorted_by_module_then_name():
    rows = [(home, name) for name, home in methods._HOMES.items()]
    assert rows == sorted(rows)


def test_no_module_bears_the_name_of_a_function():
    # importing such a module would put it in the function's place
    assert not set(methods._HOMES) & set(methods._HOMES.values())


@pytest.mark.parametrize("name", methods.__all__)
def test_every_name_is_public_where_it_lives(name):
    home = import_module(f"cspanalysis.methods.{methods._HOMES[name]}")
    assert getattr(methods, name) is getattr(home, name)
    assert name in home.__all__


def test_an_unknown_name_is_named():
    with pytest.raises(AttributeError, match="has no attribute 'magic'"):
        methods.magic  # noqa: B018


def test_importing_the_room_imports_nothing_heavy():
    heavy = {"numpy", "pandas", "scipy", "statsmodels", "geopandas", "matplotlib"}
    code = f"import sys, cspanalysis.methods; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_its_modules_imports_no_scipy():
    # All in one process: if one of them did, it would be there in the end.
    homes = sorted(set(methods._HOMES.values()))
    names = ", ".join(f"cspanalysis.methods.{home}" for home in homes)
    code = f"import sys, {names}; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert len(homes) > 20
    assert done.stdout.strip() == "False"
