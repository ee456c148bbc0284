"""Rules that a partnership agreed: read from its file, by all that hides, and told in its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cspanalysis import paths
from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.plan import Plan
from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.display import indicator_table, outcome_table
from cspanalysis.errors import UsageError
from cspanalysis.evidence.gather import gather
from cspanalysis.evidence.withheld import withheld
from cspanalysis.findings.changes.indicators import Indicator
from cspanalysis.findings.changes.outcomes import ORDER, Outcomes
from cspanalysis.findings.work.public_view import public_views
from cspanalysis.findings.work.registers import DeathRegister
from cspanalysis.partnership import read_partnership
from cspanalysis.partnership.editions import held_back
from cspanalysis.partnership.people import Consultation, DeathReviews
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period

TEN = Rules(threshold=10)
YEAR = Period.parse("2023")
Set = Callable[..., Path]


@pytest.fixture
def set_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Set:
    """Write what Luton agreed, into its file or one of a period."""
    (tmp_path / "reference").symlink_to(paths.data_folder() / "reference")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))

    def write(rules: str, period: str = "") -> Path:
        folder = tmp_path / "partnerships" / "luton"
        file = folder / period / "partnership.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"area: luton\nname: Luton\n{rules}", encoding="utf-8")
        return folder

    return write


def test_the_rules_hold_for_the_partnership_and_all_places_in_it(set_rules: Set) -> None:
    assert rules_of(Area.named("luton")) == SHIPPED
    set_rules("disclosure: {threshold: 10}\n")
    for name in ("luton", "E05014747", "E01015695"):
        assert rules_of(Area.named(name)) == TEN
    for name in ("bedford", "bedfordshire-force"):
        assert rules_of(Area.named(name)) == SHIPPED
    set_rules("disclosure: {threshold: 12}\n")
    assert rules_of(Area.named("luton")).threshold == 12


@pytest.mark.parametrize("threshold", ["2", "0", "101", "4.5", "few", "yes"])
def test_a_threshold_that_protects_nobody_is_refused_with_its_line(
    set_rules: Set, threshold: str
) -> None:
    folder = set_rules(f"disclosure:\n  threshold: {threshold}\n")
    with pytest.raises(UsageError, match=r"partnership\.yml, line 4, disclosure\.threshold: "):
        read_partnership(folder)


def test_a_periods_own_file_goes_by_the_standing_rules(set_rules: Set) -> None:
    folder = set_rules("disclosure: {threshold: 10, measures: [robbery]}\n")
    set_rules("example: true\n", period="2023")
    found = read_partnership(folder, period=YEAR)
    assert found is not None
    assert found.example
    assert Measure.named("robbery") in held_back(found).measures
    assert "disclosure" in held_back(found).fields
    set_rules("disclosure: {threshold: 10}\n", period="2023")
    with pytest.raises(UsageError, match="holds for all periods alike; move it to"):
        read_partnership(folder, period=YEAR)


def test_outcomes_go_by_the_rules_and_say_so() -> None:
    counted = dict(zip(ORDER, (7, 40, 30, 50), strict=False))
    found = Outcomes(
        measure=Measure.named("burglary"), area=Area.named("luton"), period=YEAR,
        edition="public", counted=dict.fromkeys(ORDER, 20) | counted, rules=TEN,
    )  # fmt: skip
    assert found.frame["count"].isna()[ORDER[0]]
    assert "[c]: kept back, for counts from 1 to 9 could point at people." in str(
        outcome_table(found)
    )


def test_surveys_and_reviews_go_by_the_rules_and_say_so() -> None:
    share = {"statement": "feel safe", "said_yes": 8, "answered": 200}
    parts = {"title": "Survey", "months": "2023", "mode": "sample", "shares": [share]}
    asked = Consultation.model_validate(parts)
    for rules, hidden in ((SHIPPED, False), (TEN, True)):
        options = {"folder": Path(), "priorities": (), "edition": "public", "rules": rules}
        (view,) = public_views([asked], **options)  # type: ignore[arg-type]
        assert view.opinions[0].hidden is hidden
    assert "for fewer than 10 people" in view.sentences[-1]
    entry = DeathReviews.model_validate(
        {"year": "2023", "open": 6, "closed": 40, "recommendations": 30, "completed": 20}
    )
    assert not DeathRegister((entry,), public=True).hidden
    register = DeathRegister((entry,), public=True, rules=TEN)
    assert ("2023", "open") in register.hidden
    assert register.sentences[-1].startswith("Counts below 10 are left out")


def test_partners_figures_say_by_which_rule_they_are_kept_back() -> None:
    one = Indicator(
        measure=Measure.named("marac-cases"), period=YEAR, number=None, denominator=None,
        kept_back=True, status="final", source="MARAC", note="",
    )  # fmt: skip
    assert "Counts from 1 to 9 could point at people." in str(indicator_table([one], rules=TEN))


def test_a_wards_own_report_is_rounded_as_the_partnerships_is(set_rules: Set) -> None:
    set_rules("disclosure: {rounding: 5}\n")
    rules = rules_of(Area.named("E05014747"))
    assert rules == Rules(rounding=5)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CSPANALYSIS_DATA")
        found = {"area": Area.named("E05014747"), "period": YEAR, "baseline": YEAR.baseline()}
        own = gather(Store.open(), **found)  # type: ignore[arg-type]
    shown = withheld(own, Plan(frozenset(), frozenset()), rules)
    for line, was in zip(shown.lines, own.lines, strict=True):
        for now, before in ((line.before, was.before), (line.after, was.after)):
            assert now is None or (now % 5 == 0 and before is not None and abs(now - before) <= 2)
    assert shown.monthly is not None
    assert shown.monthly.empty
