"""What a notebook's own cell of parameters sets, read without running it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from cspanalysis.production.planfile import Scalar

__all__ = ["defaults_of"]

_KEPT_NOTEBOOKS = 64


def defaults_of(notebook: Path) -> dict[str, Scalar]:
    """Give the plain values that the cell tagged ``parameters`` assigns, by name.

    What is computed there, or a file that is no notebook, gives nothing: a run finds out and says
    so by itself.
    """
    try:
        return dict(_defaults(notebook, notebook.stat().st_mtime_ns))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


@lru_cache(_KEPT_NOTEBOOKS)
def _defaults(notebook: Path, _: int) -> tuple[tuple[str, Scalar], ...]:
    cells = json.loads(notebook.read_bytes())["cells"]
    tagged = (c for c in cells if "parameters" in c.get("metadata", {}).get("tags", ()))
    source = next(tagged, {"source": ""})["source"]
    return tuple(_assigned(ast.parse("".join(source))))


def _assigned(module: ast.Module) -> Iterator[tuple[str, Scalar]]:
    for line in module.body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=value)):
                pass
            case _:
                continue
        if isinstance(value, str | int | float | bool):
            yield name, value
