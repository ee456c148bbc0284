"""What the watch over the newest months says."""

from __future__ import annotations

from datetime import date

from cspanalysis.findings.changes.watching import Watched, watch_sentences
from cspanalysis.vocabulary import Measure

ROBBERY, BURGLARY = Measure.named("robbery"), Measure.named("burglary")
SPAN = date(2023, 7, 1), date(2023, 12, 1)


def test_an_alarm_names_its_side_and_since_when() -> None:
    said = watch_sentences([Watched(ROBBERY, SPAN, "above", date(2023, 10, 1)), Watched(BURGLARY)])
    assert said == (
        "Robbery has been above what the months before led to expect since October 2023 (watch "
        "over the newest months).",
        "Too short to watch, with less than two years at one level before the newest months, is "
        "burglary.",
    )


def test_no_alarm_is_said_as_such() -> None:
    watched = [Watched(ROBBERY, SPAN), Watched(BURGLARY, SPAN)]
    quiet = (
        "The watch over July 2023 to December 2023 raises no alarm at its newest month: no measure "
        "stands further from what the months before led to expect than such counts vary by "
        "themselves."
    )
    assert watch_sentences(watched) == (quiet,)
    assert watch_sentences(watched, signalled=[Measure.named("shoplifting")]) == (quiet,)
    assert watch_sentences(watched, signalled=[ROBBERY]) == (
        f"{quiet} That holds for robbery too, although its chart signals: the watch also allows "
        "for neighbouring months that move together.",
    )


def test_where_nothing_can_be_watched_nothing_is_said() -> None:
    assert watch_sentences([Watched(ROBBERY)]) == ()
    assert watch_sentences([]) == ()
