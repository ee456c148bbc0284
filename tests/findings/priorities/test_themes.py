"""Themes of the law: which have figures, and whom to ask for what is missing."""

from __future__ import annotations

from cspanalysis.findings.priorities.themes import theme_coverage, themes_title
from cspanalysis.partnership.law import themes
from tests.findings.priorities.test_priorities import change


def test_every_theme_of_the_law_is_there_in_its_order() -> None:
    found = theme_coverage([change("burglary", 9, 8)])
    assert [coverage.theme.key for coverage in found] == [theme.key for theme in themes()]
    assert themes_title(found) == "One of five themes of the law has figures"


def test_a_theme_without_figures_says_who_holds_them() -> None:
    found = {c.theme.key: c for c in theme_coverage([change("burglary", 9, 8)])}
    reoffending = found["reoffending"]
    assert (reoffending.held, reoffending.changed) == ("None", "No data")
    assert reoffending.note.startswith("No data, because no partner has supplied people who re-")
    assert reoffending.note.endswith("probation and the youth justice service hold them.")


def test_a_period_without_figures_lacks_what_the_police_recorded_too() -> None:
    found = theme_coverage([change("burglary", 9, None)])
    assert themes_title(found) == "None of the five themes of the law has figures"
    notes = {coverage.theme.key: coverage.note for coverage in found}
    assert notes["crime-and-disorder"] == "What the police recorded in this period."
    start = "What the police recorded in this period, and from partners people in drug treatment"
    assert notes["substance-misuse"].startswith(start)
    assert notes["reoffending"].startswith("No data, because no partner has supplied")


def test_figures_are_told_leading_ones_first_and_the_rest_counted() -> None:
    codes = ("shoplifting", "all-crime", "burglary", "robbery", "arson")
    found = theme_coverage([change(code, 9, 1234) for code in codes])
    assert found[0].held == "All crime (1,234), burglary (1,234), robbery (1,234) and two more"
    assert found[0].changed == "None of five"


def test_clear_changes_are_named_and_untested_ones_said() -> None:
    clear = change("burglary", 9, 80, verdict="higher")
    found = theme_coverage([clear, change("shoplifting", 9, 8)])
    assert found[0].changed == "burglary (higher)"
    untested = theme_coverage([change("burglary", 9, 80, verdict=None)])
    assert untested[0].changed == "None could be tested"


def test_a_measure_without_a_count_is_missing() -> None:
    found = {c.theme.key: c for c in theme_coverage([change("drug-treatment", 9, None)])}
    assert "people in drug treatment" in found["substance-misuse"].note


def test_all_themes_covered_say_so() -> None:
    codes = ("burglary", "anti-social-behaviour", "drug-offences", "first-time-entrants")
    found = theme_coverage([change(code, 9, 8) for code in (*codes, "robbery")])
    assert themes_title(found) == "All five themes of the law have figures"
