"""Priority profile: one priority looked at closely."""

from __future__ import annotations

from typing import ClassVar

from cspanalysis.documents.document import Document

__all__ = ["PriorityProfile"]


class PriorityProfile(Document):
    """Hold one priority looked at closely; see `Document`."""

    name: ClassVar[str] = "priority-profile"
    title: ClassVar[str] = "Priority profile"
