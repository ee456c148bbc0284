"""Report to committee: the cover report for a committee."""

from __future__ import annotations

from typing import ClassVar

from cspanalysis.documents.document import Document

__all__ = ["CommitteeReport"]


class CommitteeReport(Document):
    """Hold the cover report for a committee; see `Document`."""

    name: ClassVar[str] = "committee-report"
    title: ClassVar[str] = "Report to committee"
