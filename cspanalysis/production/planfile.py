"""Plan files: YAML read with its line numbers, and checked against what a plan may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from cspanalysis.errors import UsageError

__all__ = ["Entry", "PlanFile", "Scalar", "load"]

Scalar = str | int | float | bool
Location = tuple[str | int, ...]


class Entry(BaseModel):
    """Hold one entry under ``reports``: a notebook, its areas and its periods."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    notebook: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    areas: list[str] = Field(min_length=1)
    periods: list[str | int] = Field(min_length=1)
    parameters: dict[str, Scalar] = Field(default_factory=dict)


class _Content(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    reports: list[Entry] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class PlanFile:
    """Hold the entries of a plan file, and where each of its values is written."""

    path: Path
    entries: tuple[Entry, ...]
    lines: dict[Location, int]

    def where(self, *location: str | int) -> str:
        """Name file, line and key of a value, such as ``plan.yml, line 4, reports[0].areas``."""
        return _where(self.path, self.lines, location)


def load(path: Path) -> PlanFile:
    """Read a plan file.

    Raises
    ------
    UsageError
        If the file can't be read, is not YAML, or holds anything but a plan; the message names
        file, line and key.
    """
    content, lines = _read_yaml(path)
    try:
        return PlanFile(path, tuple(_Content.model_validate(content).reports), lines)
    except ValidationError as error:
        raise UsageError(_explain(path, lines, error.errors())) from None


def _read_yaml(path: Path) -> tuple[Any, dict[Location, int]]:
    loader = yaml.SafeLoader(_text(path))
    try:
        node = loader.get_single_node()
        if node is None:
            raise UsageError(f"{path}: the plan is empty; write a list under 'reports:'")
        lines = dict(_walk(path, node, ()))
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise UsageError(f"{path}{where}: not valid YAML: {error.problem}") from None
    except ValueError as error:  # a date such as 2017-04-31, which YAML itself reads
        raise UsageError(f"{path}: {error}; put quotes round dates") from None
    finally:
        loader.dispose()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"plan '{path}' can't be read: {reason}; name one with --plan") from None
    except UnicodeDecodeError:
        raise UsageError(f"plan '{path}' is not UTF-8 text; save it as UTF-8") from None


def _walk(path: Path, node: yaml.Node, at: Location) -> Iterator[tuple[Location, int]]:
    """Give the line of every value, and refuse a key written twice (YAML keeps the last)."""
    yield at, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(path, item, (*at, index))
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                first = seen[key.value]
                raise UsageError(
                    f"{path}, line {line}: key '{key.value}' was given on line {first} already"
                )
            seen[key.value] = line
            yield from _walk(path, value, (*at, key.value))
            yield (*at, key.value), line


def _where(path: Path, lines: dict[Location, int], location: Location) -> str:
    while location and location not in lines:
        location = location[:-1]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return ", ".join([str(path), f"line {lines[location]}", *([key.lstrip(".")] if key else [])])


def _explain(path: Path, lines: dict[Location, int], errors: list[ErrorDetails]) -> str:
    # A misspelt key is missing as well: the misspelling says more.
    first = min(errors, key=lambda error: error["type"] != "extra_forbidden")
    others = len({_where(path, lines, error["loc"]) for error in errors}) - 1
    more = f" (and {others} more)" if others else ""
    return f"{_where(path, lines, first['loc'])}: {_reason(first)}{more}"


def _reason(error: ErrorDetails) -> str:
    key = error["loc"][-1] if error["loc"] else "plan"
    match error["type"]:
        case "extra_forbidden":
            return _unknown(str(key), Entry if len(error["loc"]) > 1 else _Content)
        case "missing":
            return f"key '{key}' is missing"
        case "too_short":
            return f"'{key}' is empty; write at least one"
        case "list_type":
            return f"'{key}' must be a list, such as [wycombe, luton] or lines that start with '-'"
        case "model_type":
            return "an entry has keys: notebook, areas, periods and, if need be, parameters"
        case "string_pattern_mismatch":
            return (
                f"'{error['input']}' is not a notebook's name: lower case letters, digits and "
                "hyphens, without folder and ending"
            )
        case "string_type" | "int_type":
            return f"{error['input']!r} is not text; put it in quotes"
    return error["msg"][:1].lower() + error["msg"][1:]


def _unknown(key: str, model: type[BaseModel]) -> str:
    near = get_close_matches(key, model.model_fields, n=1, cutoff=0.5)
    known = ", ".join(model.model_fields)
    hint = f"did you mean '{near[0]}'?" if near else f"known keys: {known}"
    return f"key '{key}' is not known; {hint}"
