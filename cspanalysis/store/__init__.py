"""Observations on disk: the one place that answers how many, where and when."""

from __future__ import annotations

from cspanalysis.store.answers import Store
from cspanalysis.store.ingest import ingest
from cspanalysis.store.people import Denominator
from cspanalysis.store.reports import IngestReport

__all__ = ["Denominator", "IngestReport", "Store", "ingest"]
