import csv
import filecmp
import importlib.util
import json
from pathlib import Path

import pytest

from tests.golden.districts import EACH, EXAMPLES, built
from tests.golden.figures import BUDGET, figures, money_table, stored
from throughline.engine.funding.allocation import Allocation
from throughline.engine.refs import UNFUNDED
from throughline.engine.views.balances import balances

HINT = "if the change is meant, run: make golden, read the difference, commit it"


@pytest.mark.parametrize("name", EACH)
def test_money_by_year_fund_and_category_is_the_golden_one_to_the_cent(name: str) -> None:
    assert money_table(built(name).result) == stored(name)[1].read_text(encoding="utf-8"), HINT


@pytest.mark.parametrize("name", EACH)
def test_devices_findings_and_digests_are_the_golden_ones(name: str) -> None:
    expected = json.loads(stored(name)[0].read_text(encoding="utf-8"))
    found = json.loads(json.dumps(figures(built(name))))
    assert {key: found[key] for key in expected if found[key] != expected[key]} == {
        key: expected[key] for key in expected if found[key] != expected[key]
    }, HINT
    assert found.keys() == expected.keys()


@pytest.mark.parametrize("name", EACH)
def test_the_money_table_adds_up_to_the_ledger(name: str) -> None:
    rows = list(csv.DictReader(stored(name)[1].read_text(encoding="utf-8").splitlines()))
    assert sum(int(row["cents"]) for row in rows) == built(name).result.ledger.total({"cost_type": "direct"})


@pytest.mark.parametrize("name", EACH)
def test_every_fund_closes_to_the_cent_in_every_year(name: str) -> None:
    """Opening + added - used - lapsed = closing, and the next year opens with it; money paid is the money of the shares."""
    result = built(name).result
    found = result.allocation
    paid = _paid(found)
    last: dict[str, tuple[int, int]] = {}
    for item in sorted(found.balances, key=lambda balance: (balance.fund, balance.fiscal_year)):
        assert item.opening + item.new - item.used - item.lapsed == item.carried, item
        assert item.closing == item.lapsed + item.carried, item
        assert min(item.opening, item.used, item.lapsed, item.carried) >= 0, item
        assert item.charged == paid.get((item.fund, item.fiscal_year), 0), item
        assert item.pre_discount or item.used == item.charged, item
        if item.fund in last:
            year, carried = last[item.fund]
            assert (year + 1, carried) == (item.fiscal_year, item.opening)
        last[item.fund] = (item.fiscal_year, item.carried)
    shown = balances(found, built(name).opened.plan)
    column = [column.key for column in shown.columns].index("charged")
    charged = sum(value for row in shown.rows if isinstance(value := row.values[column], int))
    assert charged == sum(cents for (fund, _), cents in paid.items() if fund != UNFUNDED)


def _paid(found: Allocation) -> dict[tuple[str, int], int]:
    return {(fund, year): cents for fund, years in found.by_fund_year().items() for year, cents in years.items()}


def test_the_one_person_shop_gets_five_years_from_one_file_and_one_number() -> None:
    result = built("quillfern").result
    assert len(result.horizon) == 5
    assert all(cents for cents in result.ledger.by("fiscal_year", where={"cost_type": "direct"}).values())
    general = result.allocation.by_fund_year()["general"]
    assert max(general.values()) <= 180_000_00
    assert result.inputs.cohorts.devices > 300


def test_the_sample_tells_its_story() -> None:
    """What examples/README.md promises, each visible as a finding or figure."""
    result = built("larkhollow").result
    codes = {item.code for item in result.findings}
    cliffs = {item.subject for item in result.findings if item.code == "TL-FUND-030"}
    assert {"funds/recovery-grant", "funds/tech-levy"} <= cliffs
    assert "TL-RULE-011" in codes, "one model on which the lists disagree"
    assert "TL-DEV-010" in codes, "devices past support"
    assert {"TL-DEV-021", "TL-DEV-022"} <= codes, "more devices than needed, and devices that move"
    assert "TL-DATA-007" in codes, "inventories that disagree"
    assert "TL-DATA-003" in codes, "devices without a site"
    assert "TL-PLAN-002" in codes, "a column of the capital plan that does not close"
    assert 9_500 <= result.inputs.cohorts.devices <= 11_000
    assert int(result.inputs.cohorts.on_order.sum()) > 0
    unfunded = result.allocation.by_fund_year()["UNFUNDED"]
    assert min(unfunded) == 2030
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    total, short = (
        f"${round(cents / 10_000_000) / 10} million" for cents in (result.ledger.total(BUDGET), sum(unfunded.values()))
    )
    assert f"about {total}, of which {short} are not funded" in page


def test_the_committed_exports_are_what_the_script_writes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("build_sample", EXAMPLES / "build_sample.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.build(tmp_path / "larkhollow")
    script.build_smallest(tmp_path / "quillfern")
    for name in ("larkhollow", "quillfern"):
        made = [path.name for path in (tmp_path / name).iterdir()]
        text = [file for file in made if file.endswith(".csv")]
        same, differ, missing = filecmp.cmpfiles(tmp_path / name, EXAMPLES / name, text, shallow=False)
        assert (differ, missing) == ([], [])
        assert len(same) == len(text)


def test_the_examples_stay_small_enough_to_clone() -> None:
    assert sum(path.stat().st_size for path in EXAMPLES.rglob("*") if path.is_file()) < 3_000_000
