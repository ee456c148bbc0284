"""Headline figures, inputs and cover, as an executed notebook recorded them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cspanalysis.blocks.block import COVER, FIGURES
from cspanalysis.errors import PublicationError

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Recorded", "recorded"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Hold the headline figures and the inputs of a notebook, in the order of its cells.

    ``cover`` is what its first cover says, for whoever lists reports; empty without one.
    ``editions`` are those that any cover names. ``told`` is what else cells record that they tell,
    for whoever vets reports.
    """

    figures: tuple[dict[str, Any], ...]
    inputs: tuple[dict[str, Any], ...]
    cover: dict[str, Any] = field(default_factory=dict)
    editions: frozenset[str] = frozenset()
    told: tuple[dict[str, Any], ...] = ()

    def text(self, job: str) -> str:
        """Write them as the JSON of ``<notebook>.figures.json``."""
        content = {
            "schema_version": 1,
            "job": job,
            **({"cover": self.cover} if self.cover else {}),
            "figures": list(self.figures),
            "inputs": list(self.inputs),
            **({"told": list(self.told)} if self.told else {}),
        }
        return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def recorded(notebook: NotebookNode) -> Recorded:
    """Gather what the outputs of the types `FIGURES` and `COVER` hold.

    Inputs, and what is told, that were recorded more than once are given once.

    Raises
    ------
    PublicationError
        If an output is not of the agreed form, or two figures bear the same id.
    """
    figures: dict[str, dict[str, Any]] = {}
    inputs: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    cells: dict[str, int] = {}
    for number, output in _outputs(notebook, FIGURES):
        for figure in _items(output, "figures", number):
            name = _identified(figure, number)
            if name in cells:
                where = f"cells {cells[name]} and {number}"
                raise PublicationError(f"headline figure '{name}' is recorded twice ({where})")
            figures[name], cells[name] = figure, number
        inputs += [one for one in _items(output, "inputs", number) if one not in inputs]
        told += [one for one in _items(output, "told", number) if one not in told]
    covers = [cover for _, cover in _outputs(notebook, COVER)]
    editions = frozenset(str(cover.get("edition")) for cover in covers if isinstance(cover, dict))
    return Recorded(
        tuple(figures.values()), tuple(inputs), next(iter(covers), {}), editions, tuple(told)
    )


def _outputs(notebook: NotebookNode, kind: str) -> Iterator[tuple[int, Any]]:
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", ()):
            if kind in output.get("data", {}):
                yield number, output["data"][kind]


def _items(output: Any, key: str, cell: int) -> list[dict[str, Any]]:
    items = output.get(key, []) if isinstance(output, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise PublicationError(f"cell {cell}: '{key}' of the recorded figures is not a list")
    return items


def _identified(figure: dict[str, Any], cell: int) -> str:
    name = figure.get("id")
    if not isinstance(name, str) or not name:
        raise PublicationError(f"cell {cell}: a headline figure has no id")
    try:
        json.dumps(figure, allow_nan=False)
    except ValueError:
        reason = "is not a number; record None where there is none"
        raise PublicationError(f"cell {cell}: headline figure '{name}' {reason}") from None
    return name
