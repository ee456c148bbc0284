"""The legal basis in words: whole names, and what is still to be confirmed."""

from __future__ import annotations

from cspanalysis.findings.work.legal_basis import basis_intro, basis_line
from cspanalysis.partnership.requirements import requirement


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
    assert basis_intro([sure]) == "The law, under its names of today, asks for this:"
    assert basis_intro([sure, open_point]).endswith("its wording is to be confirmed:")
