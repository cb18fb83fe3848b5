"""Small ledgers, rulebooks and plans for tests of funding."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from throughline.engine.calendar import FiscalYear, Horizon, month_span
from throughline.engine.ledger.block import Block, members
from throughline.engine.ledger.dimensions import DIMENSIONS
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.trace import Fact
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.funds import Appropriation, Fund, GivenAmount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.refs import DerivedRef, PackRef
from throughline.engine.rulebook.book import Rulebook, RulesAt
from throughline.engine.rulebook.catalog import AssetClass, ErateRate
from throughline.engine.rulebook.fundrule import Discount, FundRule
from throughline.engine.rulebook.parameter import Parameter

AS_OF = date(2026, 4, 15)
HORIZON = Horizon(FiscalYear(2027), FiscalYear(2031))
REF = PackRef("test", "2026-07-01", "a test", "OWN")

DEFAULTS = {
    "fiscal_year": "FY2027",
    "obligation_month": "2026-07",
    "site": "DISTRICT",
    "program": "NONE",
    "category": "D1.1",
    "cost_type": "direct",
    "outlay": "operating",
    "recurrence": "one_time",
    "object": "650",
    "function": "1000",
    "asset_class": "NONE",
    "role": "NONE",
    "initiative": "BASELINE",
    "goal": "NO_GOAL",
    "commitment": "planned",
    "subject": "record",
}


def line(cents: int, **labels: str) -> tuple[int, dict[str, str]]:
    """One cost; a month alone (or a span of months) also sets its fiscal year (July start)."""
    if "obligation_month" in labels and "fiscal_year" not in labels:
        labels["fiscal_year"] = FiscalYear.of_month(month_span(labels["obligation_month"])[0]).label
    elif "fiscal_year" in labels and "obligation_month" not in labels:
        labels["obligation_month"] = f"{int(labels['fiscal_year'][2:]) - 1}-07"
    return cents, DEFAULTS | labels


def ledger(*lines: tuple[int, Mapping[str, str]]) -> Ledger:
    """Lines as one block; an empty ledger when there are none."""
    if not lines:
        return Ledger(())
    cents = np.array([amount for amount, _ in lines], np.int64).reshape(-1, 1, 1)
    dims = {name: members(0, [labels[name] for _, labels in lines]) for name in DIMENSIONS}
    return Ledger(
        (
            Block(
                "test",
                cents,
                dims,
                lambda row, year, kind: Fact(f"line {row}", int(cents[row, year, kind]), "cents", DerivedRef("a test")),
                lambda row, year, kind: f"test/{row:04d}",
            ),
        )
    )


def rule(rule_id: str = "general", **more: Any) -> FundRule:
    fields: dict[str, Any] = {
        "title": rule_id,
        "fund_type": "general",
        "priority": 90,
        "availability": "annual",
        "ref": REF,
    } | more
    return FundRule(id=rule_id, **fields)


ERATE = rule(
    "erate_c2",
    fund_type="special_revenue",
    priority=10,
    availability="cycle",
    eligible_categories=("D3.2",),
    one_time_money=True,
    discount=Discount(
        "erate_c2_matrix", 2026, 2030, "erate/c2/per-pupil", "erate/c2/floor-per-entity", "erate/c2/hybrid-max-entities"
    ),
    settings=("nslp_percent", "rural"),
)


def parameter(path: str, value: int, unit: str = "cents") -> Parameter:
    start, end = date(2026, 7, 1), date(2031, 6, 30)
    return Parameter(path, value, unit, start, end, "FCC", "domain 3.1", date(2026, 9, 30), "V2")


def rates() -> tuple[ErateRate, ...]:
    table = ((0, 0, 20, 25), (1, 19, 40, 50), (20, 34, 50, 60), (35, 49, 60, 70), (50, 74, 80, 80), (75, 100, 85, 85))
    return tuple(
        ErateRate(low, high, Decimal(urban), Decimal(rural), Decimal(0), Decimal(0), REF)
        for low, high, urban, rural in table
    )


def asset_class(class_id: str, life_years: int) -> AssetClass:
    return AssetClass(class_id, class_id, life_years, 1, 20, "D1.1", "other", "650", "734", "1000", "", REF)


def rules(*fund_rules: FundRule, classes: Sequence[AssetClass] = (), more: Sequence[Parameter] = ()) -> RulesAt:
    rows = (
        parameter("erate/c2/per-pupil", 20157),
        parameter("erate/c2/floor-per-entity", 3017500),
        parameter("erate/c2/hybrid-max-entities", 10, "count"),
        *more,
    )
    book = Rulebook(
        parameters={row.path: (row,) for row in rows},
        asset_classes={item.id: item for item in classes},
        categories={},
        codes={},
        bundles={},
        models={},
        support_ends={},
        erate_rates=rates(),
        fund_rules={item.id: item for item in fund_rules},
    )
    return book.at(AS_OF)


def fund(fund_id: str, kind: str = "", **fields: Any) -> Fund:
    return Fund(id=fund_id, kind=kind or fund_id, name=fields.pop("name", fund_id), **fields)


def money(fund_id: str, fiscal_year: int, cents: int, row_id: str = "", **fields: Any) -> Appropriation:
    key = row_id or f"{fund_id}-{fiscal_year}-{fields.get('kind', 'appropriation')}"
    return Appropriation(id=key, fund=fund_id, fiscal_year=fiscal_year, cents=cents, **fields)


def given(fund_id: str, fiscal_year: int, category: str, cents: int) -> GivenAmount:
    return GivenAmount(
        id=f"{fund_id}-{fiscal_year}-{category}", fund=fund_id, fiscal_year=fiscal_year, category=category, cents=cents
    )


def plan(
    *records: Fund | Appropriation | GivenAmount | Site | EnrollmentCount, policy: str = "rule_order", **more: Any
) -> Plan:
    """A plan from records in any order."""

    def of(noun: type) -> tuple[Any, ...]:
        return tuple(sorted((item for item in records if isinstance(item, noun)), key=lambda item: item.id))

    return Plan(
        District(id="d", name="A District", allocation_policy=policy, **more.pop("district", {})),
        funds=of(Fund),
        appropriations=of(Appropriation),
        given_amounts=of(GivenAmount),
        sites=of(Site),
        enrollment=of(EnrollmentCount),
        **more,
    )


def schools(*pupils: int, fall: int = 2025) -> list[Site | EnrollmentCount]:
    """Schools with their pupils, all in grade 1."""
    found: list[Site | EnrollmentCount] = []
    for number, count in enumerate(pupils):
        site = f"school-{number:02d}"
        found.append(Site(id=site, name=site))
        found.append(
            EnrollmentCount(id=f"e-{site}-{fall}", fall_year=fall, site=site, grade="1", pupils=Decimal(count))
        )
    return found
