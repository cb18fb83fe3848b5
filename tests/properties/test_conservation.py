"""Nothing is lost and nothing appears between the stages: devices, cents, and what a scenario leaves alone."""

import csv
from collections import defaultdict
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.builders import Devices, result_of
from tests.golden.districts import EXAMPLES, built
from tests.golden.figures import cells, digest
from tests.properties.random_plans import cents, fleets, plans
from throughline.app.import_source import import_files
from throughline.app.plans import OpenPlan, new_plan, save_plan
from throughline.app.run_plan import load_fleet
from throughline.engine.demand.purchases import STOCK
from throughline.engine.funding.lines import split_lines
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.inventory import FLEET, STAGED, Status
from throughline.engine.plan.overlay import Override, Scenario, overlay
from throughline.engine.plan.plan import Plan
from throughline.fleet.resolve import Resolutions
from throughline.fleet.snapshot import build_snapshot

BUDGET = {"cost_type": "direct"}
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEWER = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(plans(), fleets)
def test_every_device_is_planned_by_one_policy_or_named_as_unclassified(plan: Plan, rows: list[Devices]) -> None:
    fleet = result_of(plan, rows).fleet
    assert fleet.devices == sum(row.count for row in rows)
    assert fleet.devices == sum(row.devices for row in fleet.rows) + fleet.unclassified


@FEW
@given(plans(), fleets)
def test_devices_in_service_are_those_there_were_less_those_that_left_plus_those_bought(
    plan: Plan, rows: list[Devices]
) -> None:
    result = result_of(plan, rows)
    for row in result.fleet.rows:
        for year in range(row.in_service.shape[1]):
            serving = int(row.in_service[:, year].sum())
            if row.policy.renews:
                assert serving == row.devices, "replaced like for like"
                continue
            first = max(0, year - row.policy.life_years + 1)
            left = int(row.retired[:, : year + 1].sum())
            base = result.horizon.first.end_year
            early = sum(  # bought in this plan, still within their life, needed by nobody any more
                item.count
                for item in (row.new.retired if row.new else ())
                if item.bought != STOCK and item.year <= base + year and item.bought >= base + first
            )
            assert serving == row.devices - left + int(row.bought[:, first : year + 1].sum()) - early


@FEW
@given(plans(), fleets)
def test_need_is_met_by_devices_at_hand_and_devices_bought(plan: Plan, rows: list[Devices]) -> None:
    for row in result_of(plan, rows).fleet.rows:
        if row.new is None:
            continue
        bought = {
            (site, year.end_year): int(row.new.units[place, y])
            for place, site in enumerate(row.new.sites)
            for y, year in enumerate(result_of(plan, rows).horizon.years)
        }
        for key, need in row.new.need.items():
            assert 0 <= bought.get(key, 0) <= need
            if row.new.met is not None:
                assert row.new.met.in_service.get(key, 0) >= need


@FEW
@given(plans(), fleets)
def test_purchases_cost_devices_times_the_unit_price_of_their_year(plan: Plan, rows: list[Devices]) -> None:
    """Cost = units x price: the sparse product against plain multiplication."""
    result = result_of(plan, rows)
    for row in result.fleet.rows:
        prices = result.prices.get(row.policy.id)
        once = result.ledger.by("fiscal_year", "category", where={"subject": row.policy.id, "recurrence": "one_time"})
        booked = defaultdict(int)
        for (year, category), amount in once.items():
            booked[year] += 0 if category == "D6.2" else amount
        units = (row.replaced + row.bought).sum(axis=0)
        for year, label in enumerate(result.horizon.labels):
            assert booked[label] == (int(units[year]) * prices[year] if prices else 0)


@FEW
@given(plans(), fleets)
def test_cents_are_the_same_costed_classed_allocated_and_split(plan: Plan, rows: list[Devices]) -> None:
    result = result_of(plan, rows)
    total = result.ledger.total(BUDGET)
    assert total == sum(line.cents for line in result.ledger.lines(BUDGET))
    assert total == sum(item.cents for item in result.allocation.classes)
    assert total == int(result.allocation.cents.sum())
    assert total == sum(sum(years.values()) for years in result.allocation.by_fund_year().values())
    shares = defaultdict(int)
    for line, _, part in split_lines(result.ledger, result.allocation):
        assert part > 0
        shares[line.id] += part
    assert shares == {line.id: line.cents for line in result.ledger.lines()}


@FEW
@given(plans(), fleets)
def test_every_view_of_the_ledger_adds_up_to_it(plan: Plan, rows: list[Devices]) -> None:
    ledger = result_of(plan, rows).ledger
    for dimension in (
        "fiscal_year",
        "site",
        "category",
        "object",
        "asset_class",
        "goal",
        "commitment",
        "obligation_month",
    ):
        assert sum(ledger.by(dimension).values()) == ledger.total()


@FEW
@given(plans(), fleets, st.randoms(use_true_random=False))
def test_the_order_of_inventory_rows_does_not_matter(plan: Plan, rows: list[Devices], random: Random) -> None:
    shuffled = random.sample(rows, len(rows))
    one, two = result_of(plan, rows), result_of(plan, shuffled)
    assert [(line.id, line.cents) for line in one.ledger.lines()] == [
        (line.id, line.cents) for line in two.ledger.lines()
    ]
    assert np.array_equal(one.allocation.cents, two.allocation.cents)


@FEW
@given(plans(), fleets)
def test_backends_of_the_product_agree_to_the_cent(plan: Plan, rows: list[Devices]) -> None:
    one, two = (result_of(plan, rows, backend=name) for name in ("numpy", "scipy"))
    assert one.ledger.by("subject", "site", "category", "fiscal_year") == two.ledger.by(
        "subject", "site", "category", "fiscal_year"
    )


@FEW
@given(plans(), fleets)
def test_every_explanation_of_a_random_plan_computes_its_line(plan: Plan, rows: list[Devices]) -> None:
    ledger = result_of(plan, rows).ledger
    for block in ledger.blocks:
        for row, year, kind in np.argwhere(block.cents != 0).tolist():
            assert evaluate(block.explain(row, year, kind)) == int(block.cents[row, year, kind])


@FEW
@given(plans(), cents)
def test_a_scenario_shares_everything_it_does_not_touch(plan: Plan, amount: int) -> None:
    changes = [Override("staffing/s2/loaded_salary_cents", str(amount), "what if")]
    changes += [Override(f"contracts/{plan.contracts[0].id}/annual_cents", str(amount))] if plan.contracts else []
    changed = overlay(plan, Scenario("what if", tuple(changes)))
    touched = {item.path.split("/")[0] for item in changes}
    for item in fields(Plan):
        before, after = getattr(plan, item.name), getattr(changed, item.name)
        if item.name not in touched:
            assert after is before, item.name
        else:
            assert [record.id for record in after] == [record.id for record in before]
            same = sum(1 for one, two in zip(before, after, strict=True) if one is two)
            assert same == len(before) - 1
    assert plan.staffing[1].loaded_salary_cents != amount or changed.staffing[1] == plan.staffing[1]


@FEW
@given(plans(), fleets)
def test_an_empty_scenario_changes_nothing_and_a_scenario_leaves_the_plan_as_it_was(
    plan: Plan, rows: list[Devices]
) -> None:
    base = result_of(plan, rows)
    result_of(plan, rows, scenario=Scenario("what if", (Override("rules/growth/hardware", "0.2"),)))
    again = result_of(plan, rows, scenario=Scenario())
    assert [line.cents for line in again.ledger.lines()] == [line.cents for line in base.ledger.lines()]
    assert again.digest == base.digest


@FEW
@given(plans(), fleets)
def test_dearer_hardware_never_makes_the_plan_cheaper(plan: Plan, rows: list[Devices]) -> None:
    dear = Scenario("dear", (Override("rules/growth/hardware", "0.2"),))
    assert result_of(plan, rows, scenario=dear).ledger.total() >= result_of(plan, rows).ledger.total()


def _staged(path: Path, rows: list[dict[str, object]]) -> Path:
    with duckdb.connect() as connection:
        connection.execute("create table t (" + ", ".join(f'"{name}" {kind}' for name, kind in STAGED.items()) + ")")
        for number, row in enumerate(rows, start=2):
            blank = {name: "" if kind == "VARCHAR" else None for name, kind in STAGED.items()}
            full = {**blank, "quantity": 1, "source_row": number, **row}
            connection.execute(f"insert into t values ({', '.join('?' * len(STAGED))})", list(full.values()))
        connection.execute(f"copy t to '{path}' (format parquet)")
    return path


def _device(number: int, status: Status) -> dict[str, object]:
    return {"key": f"serial:X{number:04d}", "serial": f"X{number:04d}", "status": str(status), "model_raw": "Any Model"}


numbered = st.dictionaries(st.integers(1, 60), st.sampled_from(Status), max_size=12)
NOTHING = Resolutions({}, {})


@FEWER
@given(numbered, numbered, numbered)
def test_more_inventory_rows_never_lose_a_device(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[int, Status],
    more: dict[int, Status],
    register: dict[int, Status],
) -> None:
    """New serials add what is in the fleet; a register that says otherwise takes no device from the device manager."""
    folder = tmp_path_factory.mktemp("fleet")
    options = {"resolutions": NOTHING, "taken_on": date(2026, 11, 16), "unseen_days": 180}

    def build(name: str, rows: dict[int, Status], source: str, before: Path | None) -> tuple[int, Path]:
        staged = _staged(folder / f"{name}-staged.parquet", [_device(n, s) for n, s in rows.items()])
        target = folder / f"{name}.parquet"
        return build_snapshot(staged, before, target, importer=source, file_digest=name, **options).units, target

    one, snapshot = build("one", first, "google_chromeos", None)
    assert one == sum(status in FLEET for status in first.values())
    two, snapshot = build("two", {**more, **first}, "google_chromeos", snapshot)
    assert two == one + sum(status in FLEET for number, status in more.items() if number not in first)
    three, _ = build("three", register, "snipe_it", snapshot)
    assert three >= two


def _counts(opened: OpenPlan) -> str:
    return digest(cells(load_fleet(opened)))


def test_the_order_of_rows_in_an_export_does_not_matter(tmp_path: Path) -> None:
    source = EXAMPLES / "quillfern" / "chromebooks.csv"
    head, *rows = list(csv.reader(source.read_text(encoding="utf-8").splitlines()))
    Random(7).shuffle(rows)
    with (tmp_path / "chromebooks.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    day = date(2026, 11, 16)
    opened = new_plan(tmp_path / "plan", "Quillfern Local Schools", at=day)
    report = import_files(opened, [tmp_path / "chromebooks.csv"], day)
    assert report.done
    assert _counts(report.opened) == _counts(built("quillfern").opened)


def test_the_order_in_which_inventories_are_imported_does_not_matter(tmp_path: Path) -> None:
    """Purchases, register and device list the other way round give the same devices in the same places."""
    sample, day = built("larkhollow"), date(2026, 11, 16)
    records = replace(sample.opened.plan, snapshots=(), import_memory=())
    opened = new_plan(tmp_path / "plan", records.district.name, "OH", at=day)
    opened = save_plan(opened, records, "records of the sample", day)
    files = [EXAMPLES / "larkhollow" / name for name in ("purchases.xlsx", "assets.csv", "chromebooks.csv")]
    for file in files:
        report = import_files(opened, [file], day)
        assert report.done, file.name
        opened = report.opened
    assert _counts(opened) == _counts(sample.opened)
