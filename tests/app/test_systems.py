"""Operating systems from an export to the plan: findings, the district's choice, the clock it moves, and why."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.app.folders import bring, fresh, set_
from tests.properties.perturb import Sample
from throughline.app.devices import device_index, device_list
from throughline.app.explain import explain
from throughline.app.inventory_rows import rows_of
from throughline.app.plans import OpenPlan, open_plan
from throughline.app.run_plan import load_fleet, run_plan, scenario_of
from throughline.app.systems import load_systems_of
from throughline.engine.ledger.trace import evaluate
from throughline.engine.rulebook.os_ends import DEVICES_END
from throughline.engine.run import PlanResult
from throughline.fleet.index.filters import Filters, Order
from throughline.fleet.systems import count_systems

HEADINGS = (
    "Serial number,Manufacturer,Model,OS version,SkuFamily,Category,Ownership,OS,Device name,Primary user UPN,"
    "Management name,Last check-in"
).split(",")
LAST_DAY = date(2025, 10, 14)  # Windows 10, domain table 0


def device(number: int, version: str, sku: str = "Education", site: str = "Lincoln", system: str = "Windows") -> str:
    model = "HP ProBook 445 14 inch G9 Notebook PC"
    return f"5CG{number:06d},HP,{model},{version},{sku},{site},Company,{system},N{number},,m{number},2025-09-01"


def export(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join([",".join(HEADINGS), *lines]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def opened(tmp_path: Path) -> OpenPlan:
    lines = [
        *(device(n, "10.0.19045.5608") for n in range(6)),
        *(device(n, "10.0.26100.1", site="Roosevelt") for n in range(6, 10)),
        *(device(n, "", sku="") for n in range(10, 12)),
    ]
    root = tmp_path / "plan"
    plan = fresh(root)
    report = bring(plan, export(tmp_path / "intune.csv", lines), day=LAST_DAY)
    return report.opened


def found(result: PlanResult) -> Counter[str]:
    """Units of the findings on operating systems, by code."""
    units: Counter[str] = Counter()
    for item in result.findings:
        if item.code.startswith("TL-OS"):
            units[item.code] += int(item.arguments.get("units", 0))
    return units


def test_a_release_is_supported_through_its_last_day(opened: OpenPlan) -> None:
    on_the_day = run_plan(opened, LAST_DAY)
    after = run_plan(opened, date(2025, 10, 15))
    assert found(on_the_day)["TL-OS-003"] == 10  # both releases end within five years
    (late,) = [f for f in after.findings if f.code == "TL-OS-002"]
    assert (late.arguments["units"], late.arguments["day"], late.arguments["paid_to_day"]) == (
        6,
        "2025-10-14",
        "2028-10-10",
    )
    assert late.subject == "operating-systems/windows-10-22h2"
    assert late.arguments["list"] == "endoflife-date"
    assert found(after)["TL-OS-003"] == 4


def test_the_paid_extension_is_named_until_it_is_over_too(opened: OpenPlan) -> None:
    assert "TL-OS-002" in found(run_plan(opened, date(2028, 10, 10)))
    over = found(run_plan(opened, date(2028, 10, 11)))
    assert "TL-OS-002" not in over
    assert over["TL-OS-001"] == 10  # Windows 11 24H2 ended in 2027, no extension is known


def test_what_is_not_stated_is_in_no_release(opened: OpenPlan) -> None:
    counts = load_systems_of(opened)
    assert int(counts.units.sum()) == 12
    assert found(run_plan(opened, LAST_DAY))["TL-OS-005"] == 2  # Windows, and nothing more


def test_an_end_of_a_release_alone_moves_no_device_and_no_cent(opened: OpenPlan) -> None:
    result = run_plan(opened, LAST_DAY)
    assert result.inputs.cohorts.releases == ()
    assert result.inputs.cohorts.snapshot == load_fleet(opened).snapshot
    assert sum(row.past_support for row in result.fleet.rows) == 0


def test_devices_that_cannot_be_upgraded_end_with_their_release_and_every_cent_is_explained(opened: OpenPlan) -> None:
    before = run_plan(opened, LAST_DAY)
    chosen = set_(opened.root, f"rules/{DEVICES_END}=windows-10-22h2")
    after = run_plan(chosen, LAST_DAY)
    assert after.fleet.devices == before.fleet.devices == 12
    row = next(r for r in after.fleet.rows if r.devices)
    assert int(row.by_clock[0].sum()) == 6  # the vendor clock
    assert int(row.by_clock[0, 0]) == 6  # support ended before the plan begins: replaced in its first year
    assert after.ledger.total() > before.ledger.total()
    for line in after.ledger.lines():
        assert evaluate(after.ledger.explain(line.id)) == line.cents
    bought = after.ledger.largest({"recurrence": "one_time", "fiscal_year": after.horizon.first.label}, 1)[0]
    told = explain(after, {"line": bought.id}, rows_of(chosen, 5))
    text = "\n".join(f"{line.name} {line.source}" for line in told.lines)
    assert "cannot be upgraded from Windows 10 22H2, supported to 2025-10" in text
    assert "intune.csv, row 2" in text


def test_the_device_list_tells_the_clock_the_run_goes_by_and_opens_from_the_explanation(
    opened: OpenPlan, tmp_path: Path
) -> None:
    chosen = set_(opened.root, f"rules/{DEVICES_END}=windows-10-22h2")
    result = run_plan(chosen, LAST_DAY)
    index = device_index(chosen, tmp_path / "indexes", LAST_DAY)
    assert index is not None
    lines = device_list(chosen, index, Filters(in_fleet=True), Order()).lines
    assert Counter(line.due.clock for line in lines) == {"vendor": 6, "none": 6}
    told = {(line.release, line.support_end, line.support_from) for line in lines if line.due.clock == "vendor"}
    assert told == {("Windows 10 22H2", "2025-10", "operating system")}
    assert {line.due.fiscal_year for line in lines} == {"", "FY2026"}
    bought = result.ledger.largest({"recurrence": "one_time", "fiscal_year": result.horizon.first.label}, 1)[0]
    explained = explain(result, {"line": bought.id}, rows_of(chosen, 5, lambda: index))
    assert any("system=windows-10-22h2" in line.rows for line in explained.lines)


def test_every_count_of_a_split_inventory_moves_the_lines_its_explanation_names(opened: OpenPlan) -> None:
    sample = Sample(run_plan(set_(opened.root, f"rules/{DEVICES_END}=windows-10-22h2"), LAST_DAY))
    cohorts = [key for key in sample.facts if key[0] == "cohort"]
    assert {key[-1] for key in cohorts} >= {"windows-10-22h2"}
    for key in cohorts:
        wrong, changed = sample.differences(key)
        assert (wrong, changed > 0) == ([], True), key


def test_the_choice_can_be_tried_as_a_scenario(opened: OpenPlan) -> None:
    what_if = run_plan(opened, LAST_DAY, scenario_of([(f"rules/{DEVICES_END}", "windows-10-22h2")]))
    chosen = run_plan(set_(opened.root, f"rules/{DEVICES_END}=windows-10-22h2"), LAST_DAY)
    assert what_if.ledger.total() == chosen.ledger.total()


def test_a_release_that_no_list_knows_changes_nothing_and_says_so(opened: OpenPlan) -> None:
    result = run_plan(set_(opened.root, f"rules/{DEVICES_END}=windows-12 chromeos"), LAST_DAY)
    assert result.ledger.total() == run_plan(opened, LAST_DAY).ledger.total()
    assert {f.arguments["release"] for f in result.findings if f.code == "TL-OS-006"} == {"windows-12", "chromeos"}


def test_the_earlier_end_counts_whichever_it_is(tmp_path: Path) -> None:
    rows = [
        ["Serial Number", "Model", "Category", "Site", "Support End", "OS", "OS Version"],
        ["A1", "HP ProBook", "Laptop", "Lincoln", "2024-03-31", "Windows 10 Pro", "22H2"],
        ["A2", "HP ProBook", "Laptop", "Lincoln", "2031-03-31", "Windows 10 Pro", "22H2"],
        ["A3", "HP ProBook", "Laptop", "Lincoln", "", "Windows 10 Pro", "22H2"],
        ["A4", "HP ProBook", "Laptop", "Lincoln", "", "Windows 11 Pro", "25H2"],
    ]
    path = tmp_path / "list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    plan = bring(fresh(tmp_path / "plan"), path, day=LAST_DAY).opened
    result = run_plan(set_(plan.root, f"rules/{DEVICES_END}=windows-10-22h2"), date(2026, 3, 1))
    from throughline.engine.lifecycle.clocks import vendor_months

    cohorts = result.inputs.cohorts
    months = vendor_months(cohorts, result.inputs.support)
    by_units = sorted((int(months[s]), int(n)) for s, n in zip(cohorts.state.tolist(), cohorts.count, strict=True))
    assert by_units == [(-1, 1), (2024 * 12 + 2, 1), (2025 * 12 + 9, 1), (2025 * 12 + 9, 1)]


def test_kept_counts_are_those_of_the_snapshot(opened: OpenPlan) -> None:
    again = open_plan(opened.root)
    snapshot = again.plan.snapshot
    assert snapshot is not None
    counted = count_systems(again.block(snapshot.block))
    assert load_systems_of(again).names == counted.names
