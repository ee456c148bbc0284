"""Commentary filled and checked, as the assessment of Wycombe shows it."""

from __future__ import annotations

import pytest
from lxml import html

from cspanalysis import Assessment
from cspanalysis.commentary.checked import STRICT
from cspanalysis.display import CLAIMS
from cspanalysis.errors import ClaimError


@pytest.fixture(scope="module")
def wycombe() -> Assessment:
    return Assessment.open("wycombe", "2017-04..2017-06")


def test_placeholders_are_filled_and_claims_have_verdicts(wycombe: Assessment) -> None:
    (section,) = wycombe.written
    assert (
        "There were 17 robberies in these three months, against 8 a year earlier." in section.text
    )
    verdicts = {claim.verdict for claim in section.claims}
    assert verdicts == {"supported", "contradicted", "not traceable"}
    assert section.is_doubtful
    assert section.byline == "Community safety analyst, 4 September 2017, draft"


def test_a_draft_shows_what_the_figures_do_not_support(wycombe: Assessment) -> None:
    block = wycombe.commentary()
    page = html.fromstring(f"<div>{block.html}</div>")
    rows = [[cell.text_content() for cell in row] for row in page.findall(".//tbody/tr")]
    exception = next(row for row in rows if "except for robbery" in row[0])
    assert exception[1] == "contradicted"
    assert "Theft of a vehicle" in exception[2]
    assert "Drug offences" in exception[2]
    assert len(block.records[CLAIMS]["claims"]) == len(wycombe.written[0].claims)


def test_a_strict_run_refuses_what_the_figures_contradict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STRICT, "1")
    report = Assessment.open("wycombe", "2017-04..2017-06")
    with pytest.raises(ClaimError, match=r"statistics\.md, line \d+: .*without --strict"):
        report.commentary()


def test_an_area_without_commentary_shows_none() -> None:
    assert Assessment.open("wokingham", "2019").commentary().html == ""
