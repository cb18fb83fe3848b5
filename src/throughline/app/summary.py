"""The result of a run as one JSON-ready summary with stable keys; money as integer cents."""

from typing import Any

from throughline.app.messages import message_catalog
from throughline.app.source.earlier import earlier_years
from throughline.engine.findings import Finding
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult

BUDGET = {"cost_type": "direct"}


def summarize(result: PlanResult) -> dict[str, Any]:
    """Keys: run, district, fiscal_years, planning, earlier, totals, by_fund, by_category, unfunded, memo, devices, findings.

    Totals and their parts span every year of the run; `planning` and `earlier` say how much of them is the plan's.
    """
    years = result.horizon.labels
    by_year = result.ledger.by("fiscal_year", where=BUDGET)
    funds = {fund.id: fund.name for fund in result.plan.funds}
    paid = result.allocation.by_fund_year()
    return {
        "run": {"digest": result.digest, **result.header},
        "district": {
            "id": result.plan.district.id,
            "name": result.plan.district.name,
            "state": result.plan.district.state,
        },
        "fiscal_years": list(years),
        "planning": {"fiscal_years": list(result.planned_years), **_sums(result.planning)},
        "earlier": {"fiscal_years": list(earlier_years(result)), **_sums(result.history)},
        "totals": {"cents": result.ledger.total(BUDGET), "by_year": {y: by_year.get((y,), 0) for y in years}},
        "by_fund": {
            fund: {
                "name": funds.get(fund, "Not funded"),
                "cents": sum(amounts.values()),
                "by_year": {f"FY{year}": cents for year, cents in sorted(amounts.items())},
            }
            for fund, amounts in sorted(paid.items())
            if fund != UNFUNDED
        },
        "by_category": {
            code: {"label": result.rules.book.categories[code].label, "cents": cents}
            for (code,), cents in result.ledger.by("category", where=BUDGET).items()
        },
        "unfunded": {
            "cents": sum(paid.get(UNFUNDED, {}).values()),
            "by_year": {y: paid.get(UNFUNDED, {}).get(int(y[2:]), 0) for y in years},
        },
        "memo": {"indirect_cents": result.ledger.total({"cost_type": "indirect"})},
        "devices": device_counts(result),
        "findings": [show_finding(item) for item in result.findings],
    }


def _sums(result: PlanResult | None) -> dict[str, int]:
    """Budget cost of some years of a run, and what of it no fund pays."""
    if result is None:
        return {"cents": 0, "unfunded_cents": 0}
    return {
        "cents": result.ledger.total(BUDGET),
        "unfunded_cents": sum(result.allocation.unfunded_by_year().values()),
    }


def device_counts(result: PlanResult) -> dict[str, Any]:
    """Devices read, in the fleet, by class, past vendor support, with unknown support."""
    snapshot = result.inputs.plan.snapshot
    fleet = result.fleet
    by_class: dict[str, int] = {}
    for row in fleet.rows:
        by_class[row.policy.asset_class.id] = by_class.get(row.policy.asset_class.id, 0) + row.devices
    if fleet.unclassified:
        by_class["unclassified"] = fleet.unclassified
    return {
        "read": snapshot.rows if snapshot else 0,
        "in_fleet": fleet.devices,
        "by_class": by_class,
        "past_support": sum(row.past_support for row in fleet.rows),
        "unknown_support": sum(row.unknown_support for row in fleet.rows),
        "bought": sum(int(row.replaced.sum() + row.bought.sum()) for row in fleet.rows),
    }


def show_finding(item: Finding) -> dict[str, Any]:
    """A finding with its words; `cents` is null when the money at stake cannot be known."""
    catalog = message_catalog()
    return {
        "code": item.code,
        "severity": item.severity.value,
        "subject": item.subject,
        "message": catalog.text(item),
        "cents": item.cents,
        "remedy": catalog.remedy(item),
        "command": catalog.command(item),
        "rule": item.rule,
        "source": str(item.source) if item.source else "",
    }
