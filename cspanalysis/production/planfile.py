"""Plan files: what a plan may hold."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import ErrorDetails

from cspanalysis import settings
from cspanalysis.settings import Settings
from cspanalysis.vocabulary.forms import FORMS, Form

__all__ = ["Content", "Entry", "PlanFile", "Scalar", "load"]

Scalar = str | int | float | bool


class Entry(BaseModel):
    """Hold one entry under ``reports``: a notebook, its areas and its periods.

    A name is needed where one notebook makes several reports of the same area and period. Forms are
    made beside page, PDF, Word and spreadsheet.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    notebook: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str | None = Field(default=None, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    areas: list[str] = Field(min_length=1)
    periods: list[str | int] = Field(min_length=1)
    parameters: dict[str, Scalar] = Field(default_factory=dict)
    forms: list[Form] = Field(default_factory=list)


class Content(BaseModel):
    """Hold the entries of a plan file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    reports: list[Entry] = Field(min_length=1)


PlanFile = Settings[Content]


def load(path: Path) -> PlanFile:
    """Read a plan file.

    Raises
    ------
    UsageError
        If the file can't be read, is not YAML, or holds anything but a plan; the message names
        file, line and key.
    """
    hint = "name a plan with --plan, a list under 'reports:'"
    return settings.load(path, Content, what="plan", hint=hint, reason=_reason)


def _reason(error: ErrorDetails) -> str | None:
    match error["type"]:
        case "model_type" if not error["loc"]:
            return "a plan has a list under 'reports:'; data/plan.yml is one"
        case "list_type" | "tuple_type" if error["loc"] == ("reports",):
            return "'reports' must be a list of lines that start with '- notebook:'"
        case "model_type":
            keys = "notebook, areas, periods and, if need be, name, parameters, forms"
            return f"an entry has keys: {keys}"
        case "literal_error" if "forms" in error["loc"]:
            return f"'{error['input']}' is no form; there are: {', '.join(FORMS)}"
        case "string_pattern_mismatch":
            what = "report" if error["loc"][-1] == "name" else "notebook"
            return (
                f"'{error['input']}' is not a {what}'s name: lower case letters, digits and "
                "hyphens, without folder and ending"
            )
        case "int_type":
            return f"{error['input']!r} is not text; put it in quotes"
    return None
