"""Published arithmetic whose terms are single facts, not rows of a table: no view of the product adds them up."""

import csv
from decimal import ROUND_HALF_UP, Decimal

from tests.published_plans.documents import DATA

with (DATA / "plan_checks.csv").open(encoding="utf-8", newline="") as _stream:
    EXPECTED = {(row["case_id"], row["check"]): Decimal(row["expected"]) for row in csv.DictReader(_stream)}
with (DATA / "plan_facts.csv").open(encoding="utf-8", newline="") as _stream:
    FACTS = {(row["case_id"], row["key"]): row["value"] for row in csv.DictReader(_stream)}


def fact(case: str, key: str) -> Decimal:
    return Decimal(FACTS[case, key])


def test_share_of_newark_devices_near_or_at_end_of_life() -> None:
    case = "newark_usd_ca_2023_chromebooks"
    supply, remaining = fact(case, "devices_in_supply"), fact(case, "devices_remaining")
    share = ((supply - remaining) / supply * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert share == EXPECTED[case, "(6982-4004)/6982 in percent, one decimal"]


def test_lexington_pupils_by_level() -> None:
    case, check = "lexington_ma_school_technology_capital", "2830 + 1515 + 1995"
    levels = [Decimal(word) for word in check.split(" + ")]
    assert sum(levels) == EXPECTED[case, check] == fact(case, "enrollment_2010_10_01")


def test_unit_cost_of_chesterfield_tablets() -> None:
    case = "chesterfield_va_elementary_devices"
    unit = fact(case, "tablet_cost_k1") / fact(case, "tablets_total_stated")
    assert unit == EXPECTED[case, "866250 / 1050"]
