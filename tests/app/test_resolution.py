"""Confirmed models and place rules read the inventory again at once, and are remembered at the next import."""

from pathlib import Path

import pytest

from tests.app.folders import CONSOLE, DAY, IMPORTERS, bring, fresh, set_
from throughline.app.plans import OpenPlan, open_plan
from throughline.app.run_plan import load_fleet
from throughline.app.set_value import SetError


def sites(opened: OpenPlan) -> dict[str, int]:
    """Devices by site."""
    cohorts = load_fleet(opened)
    found: dict[str, int] = {}
    for cell, count in zip(cohorts.entry_cell.tolist(), cohorts.count.tolist(), strict=True):
        name = cohorts.sites[cohorts.cell_site[cell]]
        found[name] = found.get(name, 0) + count
    return found


def models(opened: OpenPlan) -> set[str]:
    """Catalog models of the fleet."""
    return set(load_fleet(opened).models) - {""}


def test_a_place_rule_moves_its_devices_and_is_remembered(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    bring(fresh(plan), CONSOLE)
    assert set(sites(open_plan(plan))) == {"UNASSIGNED"}
    after = set_(plan, "sites/lincoln/name=Lincoln School", "place:/Devices/Harbor Middle School=lincoln")
    moved = sites(after)["lincoln"]
    assert moved > 0
    again = tmp_path / "again.csv"
    again.write_text(CONSOLE.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    bring(open_plan(plan), again)
    assert sites(open_plan(plan))["lincoln"] == moved


def test_a_site_entered_by_name_takes_the_places_that_name_it(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    bring(fresh(plan), CONSOLE)
    assert sites(set_(plan, "sites/oak/name=Oak Street Annex"))["oak"] > 0


def test_a_list_of_sites_imported_later_takes_its_devices(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    bring(fresh(plan), CONSOLE)
    listed = tmp_path / "sites.csv"
    listed.write_text("Site Code,School Name,Level,Grades\nOAK,Oak Street Annex,Elementary,K-5\n", encoding="utf-8")
    report = bring(open_plan(plan), listed)
    assert report.files[0].counts.created == 1
    (site,) = report.opened.plan.sites
    assert sites(report.opened)[site.id] > 0


def test_a_confirmed_model_is_used_at_once_and_remembered(tmp_path: Path) -> None:
    plan, file = tmp_path / "plan", tmp_path / "devices.csv"
    rows = "".join(f"S{n},Acer Chromebook 311,ACTIVE,/x\n" for n in range(5))
    file.write_text("serialNumber,model,status,orgUnitPath\n" + rows, encoding="utf-8")
    report = bring(fresh(plan), file)
    assert report.files[0].inventory is not None
    ((name, match, units),) = report.files[0].inventory.resolved.to_review
    assert (units, models(report.opened)) == (5, set())
    after = set_(plan, f"model:{name}={match.model_id}")
    assert models(after) == {match.model_id}
    file.write_text(file.read_text(encoding="utf-8") + "S9,Acer Chromebook 311,ACTIVE,/x\n", encoding="utf-8")
    later = bring(open_plan(plan), file)
    assert models(later.opened) == {match.model_id}
    assert later.files[0].inventory is not None
    assert later.files[0].inventory.resolved.to_review == ()


def test_a_fiscal_year_that_starts_elsewhere_reads_purchase_years_again(tmp_path: Path) -> None:
    plan, file = tmp_path / "plan", tmp_path / "assets.csv"
    file.write_text("Serial,Model,Category,Status,Purchase Date\nA1,Dell Latitude 5440,Laptop,Deployed,2024-08-15\n")
    bring(fresh(plan), file)
    before = set(load_fleet(open_plan(plan)).state_year.tolist())
    after = set(load_fleet(set_(plan, "district/fiscal_year_start_month=10")).state_year.tolist())
    assert (before, after) == ({2025}, {2024})


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("model:X=hp-chromebook-11-g9", "is no model of the catalog; did you mean"),
        ("place:/x=nowhere", "nowhere is no site of the plan"),
        ("funds/x/kind=nonsense", "also give funds/x/name"),
        ("standards/c/asset_class=chromebook", "did you mean cart-chromebook, student-chromebook"),
        ("district/fiscal_year_start_month=13", "month 1 to 12"),
        ("district/state=Ohio", "two-letter postal code"),
        ("district/meeting_date=soon", "write it like 2027-03-16"),
        ("rules/spar/share=1", "did you mean spare/share"),
        ("rules/spare/share=many", "not a number of share"),
        ("budget=lots", "not an amount of dollars"),
        ("appropriations/a/fund=zz", "also give"),
        ("snapshots/a/rows=1", "start with budget"),
        ("budget", "write PATH=VALUE"),
    ],
)
def test_a_value_that_means_nothing_is_refused_and_nothing_is_written(
    assignment: str, said: str, tmp_path: Path
) -> None:
    before = fresh(tmp_path / "plan").manifest.digest
    with pytest.raises((SetError, ValueError), match=said):
        set_(tmp_path / "plan", "budget=1000", assignment)
    assert open_plan(tmp_path / "plan").manifest.digest == before


def test_several_values_are_one_step(tmp_path: Path) -> None:
    fresh(tmp_path / "plan")
    after = set_(tmp_path / "plan", "budget=$180,000", "rules/spare/share=0.05", "district/agenda_number=7.2")
    assert {row.cents for row in after.plan.appropriations} == {18_000_000}
    assert len(after.plan.appropriations) == 5
    assert after.manifest.what == "set budget, rules/spare, district"
    assert str(DAY) == after.manifest.at


def test_answers_are_remembered_for_the_next_export_of_the_same_kind(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    asks = IMPORTERS / "contracts" / "samples" / "mistakes.csv"
    first = bring(fresh(plan), asks)
    assert first.files[0].status == "needs_answer"
    assert not first.written
    answers = {"date_order:Begins": "mdy", "basis:perpuppetshow": "annual", "nobody:asked": "this"}
    second = bring(open_plan(plan), asks, answers=answers)
    assert second.files[0].status == "applied"
    assert second.unused(answers) == ["nobody:asked"]
    third = bring(open_plan(plan), asks)
    assert third.files[0].status == "unchanged"


def test_an_answer_that_is_none_of_the_choices_is_asked_again(tmp_path: Path) -> None:
    asks = IMPORTERS / "contracts" / "samples" / "mistakes.csv"
    report = bring(fresh(tmp_path / "plan"), asks, answers={"date_order:Begins": "sideways"})
    assert "date_order:Begins" in {question.id for question in report.files[0].outcome.questions}
    assert not report.written
