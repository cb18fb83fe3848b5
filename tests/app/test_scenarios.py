"""Scenarios are kept beside the plan, say what no longer fits, and stand side by side."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.app.folders import DAY, fresh, larkhollow
from throughline.app.plans import open_plan, undo
from throughline.app.run_plan import run_plan
from throughline.app.scenarios import ScenarioError, discard, keep, kept, kept_with, misfits, scenario_of, side_by_side
from throughline.app.what_if.levers import scenario_of as moved
from throughline.cli.main import main
from throughline.engine.plan.overlay import Override
from throughline.engine.refs import UNFUNDED

LONGER = (Override("standards/staff-laptop/life_years", "7", "asked by the board"),)
BUDGET = {"cost_type": "direct"}


def test_a_kept_scenario_comes_back_as_it_was_and_leaves_no_trace_in_the_run(tmp_path: Path) -> None:
    opened = fresh(tmp_path / "plan")
    before = run_plan(opened, DAY).digest
    keep(opened, "Keep longer", LONGER, DAY, "asked in June", "Dana")
    again = open_plan(tmp_path / "plan")
    item = kept(again.plan, "keep-longer")
    assert (item.name, item.note, item.made_by, item.made_on) == ("Keep longer", "asked in June", "Dana", "2026-11-16")
    assert scenario_of(item).overrides == LONGER
    assert run_plan(again, DAY).digest == before
    assert again.manifest.digest != opened.manifest.digest


def test_a_scenario_is_replaced_discarded_and_brought_back_by_undo(tmp_path: Path) -> None:
    opened = keep(fresh(tmp_path / "plan"), "Longer", LONGER, DAY)
    opened = keep(opened, "Longer", (Override("rules/spare/share", "0.1"),), DAY)
    assert [item.overrides for item in opened.plan.scenarios] == [(("rules/spare/share", "0.1", ""),)]
    gone = discard(opened, "Longer", DAY)
    assert gone.plan.scenarios == ()
    undo(tmp_path / "plan")
    assert open_plan(tmp_path / "plan").plan.scenarios == opened.plan.scenarios


def test_nothing_to_keep_and_nothing_to_find_is_said(tmp_path: Path) -> None:
    opened = fresh(tmp_path / "plan")
    with pytest.raises(ScenarioError, match="nothing is changed"):
        keep(opened, "Same", (), DAY)
    with pytest.raises(ScenarioError, match="name"):
        keep(opened, " ", LONGER, DAY)
    with pytest.raises(ScenarioError, match="no scenario is kept"):
        kept(opened.plan, "other")
    with pytest.raises(ScenarioError, match="there are longer"):
        kept(keep(opened, "Longer", LONGER, DAY).plan, "other")


def test_what_does_not_fit_any_more_is_named_one_by_one() -> None:
    _, result = larkhollow()
    overrides = (
        *LONGER,
        Override("standards/gone/life_years", "7"),
        Override("rules/growth/hardwear", "0.1"),
        Override("rules/growth/hardware", "lots"),
        Override("standards/staff-laptop/life_years", "0"),
    )
    found = misfits(result.inputs.plan, result.inputs.rulebook, overrides, result.inputs.as_of)
    assert [item.path for item in found] == [item.path for item in overrides[1:]]
    said = [item.text for item in found]
    assert "no record gone" in said[0]
    assert "growth/hardware" in said[1]
    assert "not a number" in said[2]
    assert "1 year or more" in said[3]


def test_scenarios_stand_side_by_side_measured_against_the_first() -> None:
    opened, plan = larkhollow()
    runs = [("Plan", plan)]
    for name, values in (("Wait", {"delay": Decimal(1)}), ("Cut", {"cut-percent": Decimal(10)})):
        runs.append((name, run_plan(opened, plan.inputs.as_of, moved(plan, values, name))))
    found = side_by_side(runs)
    for (name, result), row in zip(runs, found.summary.rows, strict=True):
        cost = result.planning.ledger.total(BUDGET)
        gap = sum(result.planning.allocation.by_fund_year().get(UNFUNDED, {}).values())
        base = plan.planning.ledger.total(BUDGET)
        assert row.values[:5] == (name, cost, cost - gap, gap, cost - base)
    for number, (_, result) in enumerate(runs):
        total = found.cost.rows[-1].values[number + 1]
        assert total == result.planning.ledger.total(BUDGET)
        assert total == found.funded.rows[-1].values[number + 1] + found.unfunded.rows[-1].values[number + 1]  # type: ignore[operator]
    assert found.findings
    for item in found.findings:
        assert 0 < sum(item.found) < len(runs)
    with pytest.raises(ScenarioError, match="two or more"):
        side_by_side(runs[:1])


def test_the_commands_keep_run_and_compare_scenarios(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(fresh(tmp_path / "plan").root)
    at = ["--as-of", DAY.isoformat(), "--json"]
    assert main(["plan", root, "--override", "rules/spare/share=0.1", "--keep", "More spares", *at]) == 0
    assert main(["plan", root, "--override", "rules/growth/hardware=0.1", "--keep", "Dearer", *at]) == 0
    capsys.readouterr()
    assert main(["plan", root, "--scenario", "dearer", *at]) == 0
    assert json.loads(capsys.readouterr().out)["run"]["scenario"] == [["rules/growth/hardware", "0.1"]]
    assert main(["compare", root, "--scenario", "dearer", "--scenario", "more-spares", *at]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["names"][1:] == ["dearer", "more-spares"]
    assert main(["compare", root, "--scenario", "nowhere", *at]) == 1
    assert "there are dearer, more-spares" in capsys.readouterr().out


def test_a_scenario_with_more_on_top_is_both() -> None:
    opened, _ = larkhollow()
    assert kept_with(opened.plan, "", ()).overrides == ()
    assert kept_with(opened.plan, "", [("rules/spare/share", "0.1")]).overrides == (
        Override("rules/spare/share", "0.1"),
    )
