"""Forms beyond page, PDF, Word and spreadsheet, which a plan or a partnership can ask for."""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["FORMS", "Form"]

Form = Literal["slides", "briefing", "mail", "data", "web"]
FORMS: tuple[Form, ...] = get_args(Form)
