"""Write the drawing in docs/architecture.md: ``python docs/write_architecture.py``.

The rooms, their order and what is forbidden come from the contracts of import-linter in
pyproject.toml, what each is for from its own first line. The text round the drawing is written by
hand and left alone.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGE = HERE / "architecture.md"
BEGIN = "<!-- made by `python docs/write_architecture.py`; do not edit by hand -->"
END = "<!-- end of what is made -->"


def contracts() -> list[dict[str, Any]]:
    """Read what import-linter holds the package to."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(settings["tool"]["importlinter"]["contracts"])


def layers(within: str = "") -> list[list[str]]:
    """Give the rooms from the raw files on; rooms of one storey know nothing of each other.

    Within a room: its wings, those that the others use first.
    """
    inner = [within] if within else []
    layered = (one for one in contracts() if one["type"] == "layers")
    (found,) = (one for one in layered if one.get("containers", []) == inner)
    return [
        [room.strip().strip("()") for room in line.replace(":", "|").split("|")]
        for line in reversed(found["layers"])
    ]


def purpose(room: str) -> str:
    """Give the first line of a room's docstring."""
    at = ROOT.joinpath(*room.split("."))
    file = at / "__init__.py" if at.is_dir() else at.with_suffix(".py")
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.split("\n", 1)[0]


def made() -> str:
    """Make the drawing and the tables below it."""
    parts = (_drawing(), _table(), _wings("findings"), _forbidden())
    return "\n".join([BEGIN, "", *(line for part in parts for line in (*part, "")), END])


def page() -> str:
    """Give the page with its drawing made anew."""
    written = PAGE.read_text(encoding="utf-8")
    before, rest = written.split(BEGIN)
    return before + made() + rest.split(END)[1]


def _short(room: str) -> str:
    return room.removeprefix("cspanalysis.")


def _drawing() -> Iterator[str]:
    yield "```mermaid"
    yield "flowchart TB"
    storeys = layers()
    for number, rooms in enumerate(storeys):
        yield f'  s{number}["{" · ".join(map(_short, rooms))}"]'
    for number in range(1, len(storeys)):
        yield f"  s{number - 1} --> s{number}"
    yield "```"


def _table() -> Iterator[str]:
    yield "| room | what it is for |"
    yield "|---|---|"
    for rooms in layers():
        for room in rooms:
            yield f"| `{_short(room)}` | {purpose(room)} |"


def _wings(room: str) -> Iterator[str]:
    yield f"The wings of `{room}`, each of which may use those above it:"
    yield ""
    yield "| wing | what it is for |"
    yield "|---|---|"
    for wings in layers(f"cspanalysis.{room}"):
        for wing in wings:
            yield f"| `{wing}` | {purpose(f'cspanalysis.{room}.{wing}')} |"


def _forbidden() -> Iterator[str]:
    for one in contracts():
        if one["type"] == "forbidden":
            who = ", ".join(f"`{_short(room)}`" for room in one["source_modules"])
            what = ", ".join(f"`{_short(room)}`" for room in one["forbidden_modules"])
            yield f"* {one['name']}: {who} may not import {what}."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
