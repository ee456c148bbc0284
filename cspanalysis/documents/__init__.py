"""The reports that a partnership's file and its figures make together."""

from cspanalysis.documents.committee import CommitteeReport
from cspanalysis.documents.document import Document
from cspanalysis.documents.profile import PriorityProfile
from cspanalysis.documents.strategic import StrategicAssessment

__all__ = ["CommitteeReport", "Document", "PriorityProfile", "StrategicAssessment"]
