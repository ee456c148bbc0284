"""What can be said of a change in one line, on changes worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from cspanalysis.findings.wording.change_words import message
from tests.findings.priorities.test_priorities import change


@pytest.mark.parametrize(
    ("code", "counts", "more", "said"),
    [
        ("burglary", (90, 80), {"visible": (1.45, 0.68)}, "Burglary: 90 in 2022, then 80; only a "
         "fall of 32 % would have shown"),
        ("burglary", (80, 90), {"visible": (1.45, 0.68)}, "Burglary: 80 in 2022, then 90; only a "
         "rise of 45 % would have shown"),
        ("burglary", (4, 6), {"visible": (5.2, None)}, "Burglary: 4 in 2022, then 6; only a rise "
         "to over 4 times would have shown"),
        ("burglary", (6, 4), {"visible": (5.2, None)}, "Burglary: 6 in 2022, then 4, which can't "
         "be told apart"),
        ("burglary", (90, 80), {}, "Burglary: 90 in 2022, then 80, which can't be told apart"),
        ("public-order", (90, 60), {"verdict": "possibly lower"}, "Public order offences are "
         "possibly lower: 90 in 2022, then 60"),
        ("burglary", (90, 89), {"verdict": "steady"}, "Burglary is steady: 90 in 2022, then 89"),
        ("burglary", (90, 180), {"verdict": "higher"}, "Burglary is clearly higher: 90 in 2022, "
         "then 180"),
        ("burglary", (90, 180), {"verdict": None, "refused": "Recording changed."}, "Burglary: 90 "
         "in 2022, then 180, which can't be compared"),
        ("burglary", (None, 180), {"verdict": None}, "Burglary: 180 in 2023"),
        ("burglary", (90, None), {"verdict": None}, "Burglary: the number in 2023 is not known"),
    ],
)  # fmt: skip
def test_a_message_says_what_can_be_said(
    code: str, counts: tuple[int | None, int | None], more: dict[str, Any], said: str
) -> None:
    assert message(change(code, *counts, **more)).replace("\N{NO-BREAK SPACE}", " ") == said
