"""Topics of the summary on one page: each short, each said once."""

from __future__ import annotations

from dataclasses import replace

from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.priorities.target_words import no_targets
from cspanalysis.findings.summary.first_data import FirstData
from cspanalysis.findings.summary.topics import (
    caveat_topic,
    change_topic,
    first_topic,
    signal_topic,
    target_topic,
)
from cspanalysis.vocabulary import Area, Measure, Period

LUTON = Area("E22000010", "Luton", "csp", "E23000026")


def found(**counts: tuple[int | None, int | None]) -> tuple[Change, ...]:
    lines = [
        Line(measure=Measure.named(code.replace("_", "-")), before=before, after=after)
        for code, (before, after) in counts.items()
    ]
    period = Period.parse("2023")
    comparison = Comparison(
        area=LUTON, period=period, baseline=period.baseline(), provenance=Provenance("Test", "2024")
    )
    return changes(lines, comparison=comparison)


def test_the_level_with_which_a_page_opens_is_not_said_again() -> None:
    topic = first_topic(FirstData("Two were recorded.", "The rate is high.", "It needs 2022.", {}))
    assert topic.sentences == ("It needs 2022.",)


def test_clear_changes_are_named_by_side_all_crime_first() -> None:
    topic = change_topic(
        found(all_crime=(9000, 10000), robbery=(50, 150), burglary=(900, 500), arson=(30, 31))
    )
    assert topic.sides == (
        ("higher", "all crime (9,000 to 10,000) and robbery (50 to 150)"),
        ("lower", "burglary (900 to 500)"),
    )
    assert topic.sentences == ("There is no clear change in the other measure.",)


def test_no_clear_change_is_said_once_for_all() -> None:
    quiet = change_topic(found(all_crime=(9000, 9010), robbery=(50, 51), burglary=(90, 95)))
    assert quiet.sides == ()
    assert quiet.sentences == (
        "There is no clear change in all crime or in any of the other two measures.",
    )
    alone = change_topic(found(robbery=(50, 51)))
    assert alone.sentences == ("There is no clear change in the one measure.",)


def test_what_cannot_be_compared_is_counted() -> None:
    (sentence,) = change_topic(found(robbery=(50, 51), burglary=(90, None))).sentences
    assert sentence.endswith("One measure can't be compared.")


def test_many_clear_changes_are_cut_and_counted() -> None:
    codes = (
        "robbery", "burglary", "shoplifting", "arson", "other-theft", "bicycle-theft",
        "criminal-damage", "drug-offences", "public-order", "theft-from-the-person",
    )  # fmt: skip
    topic = change_topic(found(**dict.fromkeys((c.replace("-", "_") for c in codes), (100, 300))))
    ((_, named),) = topic.sides
    assert named.count("100 to 300") == 8
    assert named.endswith("and two more")


def test_caveats_are_the_weightiest_three_and_the_rest_is_counted() -> None:
    topic = caveat_topic(
        found(violence_and_sexual_offences=(900, 910), drug_offences=(30, 31), arson=(9, 9))
    )
    assert "non-fatal strangulation" in " ".join(topic.sentences[:3]).lower()
    assert len(topic.sentences) == 4
    assert topic.sentences[3].endswith("in the report.")
    assert caveat_topic(found(robbery=(500, 510))).sentences


def test_without_months_or_a_partnership_the_page_says_so() -> None:
    assert "published for whole periods alone" in signal_topic((), monthly=None).sentences[0]
    said = target_topic((), absent=no_targets(None, LUTON)).sentences[0]
    assert said == "No targets were supplied for Luton."


def test_where_changes_are_possible_the_topic_says_how_many_chance_alone_would_give() -> None:
    measures = ("robbery", "burglary", "shoplifting", "arson")
    lines = found(**dict.fromkeys(measures, (100, 104)))
    possible = replace(lines[0], verdict="possibly higher")
    topic = change_topic([possible, *lines[1:]])
    assert topic.sides == (("possibly higher", "robbery (100 to 104)"),)
    # One in twenty of four measures.
    assert topic.sentences == (
        "One of four measures may have moved; chance alone would give about 0.2.",
    )
