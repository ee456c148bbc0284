"""Run records and other JSON that lies beside reports, read warily: anyone can put a file there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

__all__ = ["is_at_home", "read_json", "read_run"]

_NAMES = {"area": ("slug", "name"), "period": ("slug", "label"), "notebook": ("name",)}
_TIMES = ("started", "finished")
_LISTS = {"inputs": (), "reads": (), "files": ("name", "sha256")}
_OBJECTS = ("parameters", "versions", "exception")


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object; of one that is missing, damaged or nested without end, nothing."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_run(path: Path) -> dict[str, Any]:
    """Read a run record; of what has not its form, nothing."""
    run = read_json(path)
    return run if _is_run(run) else {}


def is_at_home(path: Path, run: Mapping[str, Any]) -> bool:
    """Tell whether a record lies where its report does; a copy elsewhere speaks for nothing."""
    names = (run["area"]["slug"], run["period"]["slug"], f"{run['notebook']['name']}.run.json")
    return path.parts[-len(names) :] == names


def _is_run(run: Mapping[str, Any]) -> bool:
    named = all(_holds(run.get(part), names) for part, names in _NAMES.items())
    listed = all(_is_list(run.get(name, []), names) for name, names in _LISTS.items())
    held = all(isinstance(run.get(name) or {}, dict) for name in _OBJECTS)
    return named and listed and held and all(_is_time(run.get(name, "")) for name in _TIMES)


def _holds(part: object, names: tuple[str, ...]) -> bool:
    return isinstance(part, dict) and all(isinstance(part.get(name), str) for name in names)


def _is_list(found: object, names: tuple[str, ...]) -> bool:
    return isinstance(found, list) and all(_holds(one, names) for one in found)


def _is_time(moment: object) -> bool:
    try:
        return moment == "" or datetime.fromisoformat(str(moment)) is not None
    except ValueError:
        return False
