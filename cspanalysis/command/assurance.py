"""The assurance log: how much each public report keeps back, and by which rule.

It is read from the page that was published, and says no count and no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.errors import UsageError
from cspanalysis.findings.values import LEFT_OUT
from cspanalysis.findings.wording.numbers import SUPPRESSED
from cspanalysis.findings.wording.sentences import plural
from cspanalysis.production.records import published_records
from cspanalysis.vocabulary import Area

__all__ = ["assurance"]

_ENTRY = re.compile(rf">\s*(?:{re.escape(SUPPRESSED)}(?: [^<]*)?|{LEFT_OUT})\s*<")
"""What a table says in place of a number, such as "[c]" or "[c] people reached"."""


def assurance(outputs: Path) -> Iterator[str]:
    """Say of each public report what was done, one line a report.

    Parameters
    ----------
    outputs
        Folder that a run published to.
    """
    for record in published_records(outputs):
        page = outputs / record.folder / f"{record.notebook.name}.html"
        if record.edition != "public" or not page.is_file():
            continue
        try:
            area = Area.named(record.area.code)
            text = page.read_text(encoding="utf-8")
        except (UsageError, ValueError):  # damaged, or of an area that is no more
            continue
        yield f"{record.job}: {_said(area, len(_ENTRY.findall(text)))}"


def _said(area: Area, kept_back: int) -> str:
    rules = rules_of(area)
    if kept_back:
        verb = "is" if kept_back == 1 else "are"
        done = (
            f"{kept_back} {plural('entry', kept_back)} of its tables {verb} kept back; "
            f"{rules.small} are small, others would tell them"
        )
    else:
        done = "its tables keep nothing back"
    return f"{done}. {rules.said_of_rounding}".strip() if rules.rounding > 1 else done
