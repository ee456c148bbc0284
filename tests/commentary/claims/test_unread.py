"""What of a sentence nothing has read, so that no figure contradicts it."""

from __future__ import annotations

import pytest

from cspanalysis.commentary.claims import check_claims
from cspanalysis.commentary.claims.marks import Reader
from cspanalysis.commentary.claims.shares import shares
from cspanalysis.commentary.claims.statements import statements
from cspanalysis.commentary.claims.unread import KINDS, LINKS, unread
from cspanalysis.findings.finding import Change
from cspanalysis.vocabulary import Area, Measure, Period

SPAN, AREA = Period.parse("2023"), Area.named("luton")
BURGLARY = Change(
    measure=Measure.named("burglary"),
    area=AREA,
    period=SPAN,
    baseline=SPAN.baseline(),
    before=100,
    after=110,
    percent_change=10.0,
)


def verdicts(text: str) -> set[str]:
    """Check a sentence against a report of Luton for 2023, in which burglary rose to 110."""
    return {claim.verdict for claim in check_claims(text, [BURGLARY], area=AREA)}


@pytest.mark.parametrize("example", [example for _, example in LINKS])
def test_the_words_of_each_row_are_read(example: str) -> None:
    marked = Reader([BURGLARY], AREA).mark(example)
    list(shares(marked))
    stated = list(statements(marked))
    assert unread(stated[-1], marked, months=12) == ""


@pytest.mark.parametrize("example", [example for _, example in KINDS.values()])
def test_each_kind_of_word_holds_a_contradiction_back(example: str) -> None:
    assert verdicts(example) == {"not traceable"}


JUDGED = [
    "Burglary fell by 20 %.",
    "Members will be reassured to hear that burglary fell by 20 %.",
    "Thankfully, burglary fell by 20 % year on year.",
    "Residents reported 20 % fewer burglaries than in 2022.",
    "It is heartening that burglary tumbled by 20 %, a credit worth celebrating.",
]
LEFT = [
    "The last edition of this assessment said that burglary fell by 20 %.",
    "Among those aged 18 to 24, burglary fell by 20 %.",
    "At weekends burglary fell by 20 %.",
    "Insurers reckon burglary fell by 20 %.",
    "The scheme saw burglary fall by 20 %.",
    "Burglary fell by 20 % where locks were fitted.",
    "Burglary fell by 20 % & <b>more</b>.",
    "The fall in burglary in Leeds was welcome.",
]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [*((text, "contradicted") for text in JUDGED), *((text, "not traceable") for text in LEFT)],
)
def test_what_is_read_wholly_is_contradicted_and_nothing_else(text: str, verdict: str) -> None:
    assert verdicts(text) == {verdict}
