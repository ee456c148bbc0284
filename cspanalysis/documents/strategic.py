"""Strategic assessment: the yearly assessment that the law asks for."""

from __future__ import annotations

from typing import ClassVar

from cspanalysis.documents.document import Document

__all__ = ["StrategicAssessment"]


class StrategicAssessment(Document):
    """Hold the yearly assessment that the law asks for; see `Document`."""

    name: ClassVar[str] = "strategic-assessment"
    title: ClassVar[str] = "Strategic assessment"
