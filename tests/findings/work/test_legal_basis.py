"""The legal basis in words: whole names, and what is still to be confirmed."""

from __future__ import annotations

from datetime import date

from cspanalysis.findings.work.legal_basis import basis_intro, basis_line, coming_intro
from cspanalysis.partnership.law import coming
from tests.partnership.test_requirements import requirement


def test_a_line_gives_the_whole_name_and_the_provision() -> None:
    assert basis_line(requirement("scrutiny", "england")) == (
        "A committee scrutinises the partnership, and may make recommendations "
        "(Police and Justice Act 2006, sections 19 and 20)."
    )
    assert basis_line(requirement("scrutiny-yearly", "england")).endswith(
        "(Crime and Disorder (Overview and Scrutiny) Regulations 2009)."
    )


def test_what_is_to_be_confirmed_is_marked_and_announced() -> None:
    sure, open_point = requirement("scrutiny", "wales"), requirement("yearly", "wales")
    assert basis_line(open_point).endswith("(Wales) Regulations 2007; to be confirmed).")
    day = date(2023, 12, 31)
    assert basis_intro([sure], on=day) == "The law in force on 31 December 2023 asks for this:"
    assert basis_intro([sure, open_point], on=day).endswith("its wording is to be confirmed:")


def test_what_is_only_enacted_or_announced_is_told_apart_from_the_law() -> None:
    assert coming_intro(coming("england", on=date(2023, 12, 31))) == ""
    assert coming_intro(coming("england", on=date(2024, 6, 30))).startswith("This was enacted")
    later = coming("england", on=date(2026, 6, 30))
    assert "no line above rests on it" in coming_intro(later)
    assert [one.line.split(":")[0] for one in later] == [
        "Victims and Prisoners Act 2024, section 19",
        "End of police and crime commissioners",
        "Crime and Policing Act 2026",
    ]
    assert all("To be confirmed" in one.line for one in later)
