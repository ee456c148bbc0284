"""Kept views as a draft of commentary, with placeholders that the reports fill and check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from cspanalysis.errors import UsageError
from cspanalysis.findings.wording.numbers import in_period
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.paths import partnership_folder
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.writing import write_atomically

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["drafted", "write_draft"]


def write_draft(facts: Facts, kept: Sequence[Mapping[str, Any]], name: str) -> Path:
    """Write kept views as a section of commentary that is marked as a draft.

    The file belongs to the report's period alone. It is for a person to finish: say what it
    means, then set its author and its status.

    Parameters
    ----------
    facts
        The facts that the views were taken of.
    kept
        The views, each with what was chosen and its sentence.
    name
        Name of the section and of its file.

    Raises
    ------
    UsageError
        If nothing was kept, the name is none of a file, or there is such a file already.
    """
    if not kept:
        raise UsageError("no view was kept yet: choose one, then 'Keep this view'")
    if not name or name != slug_of(name):
        raise UsageError(f"section '{name}': name it in small letters, such as 'town-centre'")
    folder = partnership_folder(facts.area.slug) / "commentary" / facts.period.slug
    path = folder / f"{name}.md"
    if path.exists():
        raise UsageError(f"{path} is there already: choose another name, or move it away")
    head = {
        "author": "Analyst",
        "date": date.today(),  # noqa: DTZ011 - the day by the analyst's own clock
        "status": "draft",
        "edition": facts.edition,
    }
    folder.mkdir(parents=True, exist_ok=True)
    body = "\n\n".join(drafted(facts, one) for one in kept)
    return write_atomically(path, f"---\n{yaml.safe_dump(head, sort_keys=False)}---\n{body}\n")


def drafted(facts: Facts, kept: Mapping[str, Any]) -> str:
    """Write one kept view: with placeholders where the report has its figures, else as it was said.

    Another period, another comparison or a place inside the area has no placeholder: the report
    holds no value of it.
    """
    chosen = kept["chosen"]
    code = str(chosen["measure"])
    usual = kept["line"] == f'report.look("{code}")'
    if not usual or f"change.{code}.baseline_count" not in facts.values:
        return str(kept["sentence"])
    change = next(one for one in facts.every_change if one.measure.code == code)
    counts = [f"{{{{ change.{code}.{name} }}}}" for name in ("count", "baseline_count")]
    return (
        f"{sentence(change.measure.phrase)}: {counts[0]} {in_period(facts.period)}, against "
        f"{counts[1]} {in_period(facts.baseline)} ({{{{ change.{code}.count | verdict }}}})."
    )
