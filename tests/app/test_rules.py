"""Rules as people see them: layers that meet, which of them governs and why, and the district's own limits."""

from datetime import date
from pathlib import Path

import pytest

from throughline.app.plans import OpenPlan, new_plan
from throughline.app.rules import OWN, RuleRow, rule_rows
from throughline.app.set_value import set_values
from throughline.cli.main import main

AS_OF = date(2026, 11, 16)
SAT, EQUIPMENT = "procurement/simplified-acquisition", "federal/equipment-threshold"


@pytest.fixture
def texas(tmp_path: Path) -> OpenPlan:
    return new_plan(tmp_path / "plan", "A District", "TX", 7, AS_OF)


def rule(opened: OpenPlan, path: str, *assignments: str) -> RuleRow:
    after = set_values(opened, assignments, AS_OF, "board policy") if assignments else opened
    (found,) = (row for row in rule_rows(after, AS_OF, path) if row.path == path)
    return found


def layers(row: RuleRow) -> list[tuple[str, str, bool]]:
    return [(item.layer, item.value, item.governs) for item in row.layers]


def test_a_stricter_state_governs_and_the_federal_value_stays_in_sight(texas: OpenPlan) -> None:
    row = rule(texas, SAT)
    assert row.value == "$100,000.00"
    assert layers(row) == [("federal", "$350,000.00", False), ("TX", "$100,000.00", True)]
    assert row.meeting == "the lowest holds"


@pytest.mark.parametrize(
    ("own", "value", "stays"),
    [("$99,999.99", "$99,999.99", False), ("$100,000.00", "$100,000.00", False), ("$100,000.01", "$100,000.00", True)],
)
def test_the_districts_value_governs_only_when_it_is_as_strict(
    texas: OpenPlan, own: str, value: str, stays: bool
) -> None:
    row = rule(texas, SAT, f"rules/{SAT}={own}")
    assert (row.value, row.stays) == (value, stays)
    assert [item.layer for item in row.layers] == ["federal", "TX", OWN]


@pytest.mark.parametrize(
    ("path", "fact", "value"),
    [(SAT, "local_bid_threshold_cents", "$50,000.00"), (EQUIPMENT, "capitalization_threshold_cents", "$2,500.00")],
)
def test_limits_among_the_facts_of_the_district_are_a_layer_too(
    texas: OpenPlan, path: str, fact: str, value: str
) -> None:
    row = rule(texas, path, f"district/{fact}={value}")
    assert row.value == value
    assert row.layers[-1].layer == OWN
    assert row.layers[-1].governs


def test_the_stricter_of_the_districts_two_own_values_counts(texas: OpenPlan) -> None:
    both = ("district/capitalization_threshold_cents=$5,000.00", f"rules/{EQUIPMENT}=$3,000.00")
    assert rule(texas, EQUIPMENT, *both).value == "$3,000.00"


def test_where_the_narrowest_holds_the_districts_own_value_replaces_the_shipped_one(texas: OpenPlan) -> None:
    row = rule(texas, "spare/share", "rules/spare/share=0.5")
    assert (row.value, row.own, row.stays) == ("50%", "0.5", False)
    assert [item.layer for item in row.layers] == ["as shipped", OWN]


def test_the_terminal_shows_which_layer_governs(texas: OpenPlan, capsys: pytest.CaptureFixture[str]) -> None:
    set_values(texas, (f"rules/{SAT}=$200,000.00",), AS_OF, "board policy")
    assert main(["rules", str(texas.root), "simplified", "--layers", "--as-of", AS_OF.isoformat()]) == 0
    told = " ".join(capsys.readouterr().out.split())  # however wide the terminal is
    assert "TX: $100,000.00" in told
    assert "<- governs" in told
    assert "Your own value is not the one that holds." in told
