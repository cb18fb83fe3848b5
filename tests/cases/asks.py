"""How the questions of a fund's cases are put to the engine: one function per `ask`, plain values in and out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from tests.engine.funding.build import ledger, line
from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.checks.base import CheckInput
from throughline.engine.checks.funds import check_conditions
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.allocation import Allocation
from throughline.engine.funding.costclass import SiteGroups, cost_classes
from throughline.engine.funding.earmarks import awarded, counted, least, most
from throughline.engine.funding.eligibility import Life, eligible
from throughline.engine.funding.resources import resources
from throughline.engine.ledger.trace import Step, Trace, evaluate
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.plan.standards import Standard
from throughline.engine.rulebook.book import Rulebook, RulesAt
from throughline.packs.loader import load_rulebook

Given = Mapping[str, Any]
DIMENSIONS = ("category", "object", "function", "outlay", "recurrence", "site")


@cache
def rulebook() -> Rulebook:
    return load_rulebook()


def rules() -> RulesAt:
    return rulebook().at(date(2026, 6, 30))  # the years asked about, 2027 on, are still to come


def eligible_answer(fund_id: str, given: Given) -> dict[str, Any]:
    cost = cost_classes(ledger(_line(100, given)), SiteGroups({}))[0]
    life = Life(given["life_years"], None) if "life_years" in given else None
    verdict = eligible(rules().book.fund_rules[fund_id], _fund(fund_id, given), cost, life, SiteGroups({}))
    return {"eligible": verdict.allowed, "reason": verdict.code}


def capacity_answer(fund_id: str, given: Given) -> dict[str, Any]:
    result = _allocate(fund_id, given, given["costs_cents"])
    return {"paid_cents": _paid(result, fund_id), "unfunded_cents": sum(result.unfunded_by_year().values())}


def periods_answer(fund_id: str, given: Given) -> dict[str, Any]:
    result = _allocate(fund_id, given, [given["cost_cents"]])
    return {"paid_cents": _paid(result, fund_id), "reason": _reason(result, fund_id)}


def carryover_answer(fund_id: str, given: Given) -> dict[str, Any]:
    result = _allocate(fund_id, given, [given["spent_cents"]] if given["spent_cents"] else [])
    asked = given.get("year", given["fiscal_year"])
    year = next(b for b in result.balances if b.fund == fund_id and b.fiscal_year == asked)
    return {"carried_cents": year.carried, "lapsed_cents": year.lapsed}


def match_answer(fund_id: str, given: Given) -> dict[str, Any]:
    result = _allocate(fund_id, {"fiscal_year": 2027} | dict(given), [given["cost_cents"]])
    local = sum(fill.cents for fill in result.fills if fill.for_fund == fund_id)
    return {"paid_cents": _paid(result, fund_id), "local_cents": local, "reason": _reason(result, fund_id)}


def earmarks_answer(fund_id: str, given: Given) -> dict[str, Any]:
    asked = {"fiscal_year": 2027, "money_cents": given["allocation_cents"], **given}
    owner = _allocate(fund_id, asked, []).owner_by_id[fund_id]
    (base,) = awarded(owner.resources).values()
    return {
        item.id: (most if item.op == "at_most" else least)(item, counted(item, base)) for item in owner.rule.earmarks
    }


def discount_answer(fund_id: str, given: Given) -> dict[str, Any]:
    settings = {"nslp_percent": str(given["nslp_percent"]), "rural": "yes" if given["rural"] else "no"}
    if "prior_commitments_cents" in given:
        settings["prior_commitments_cents"] = str(given["prior_commitments_cents"])
    asked = {"category": "D3.2", "fiscal_year": 2027, **given, "settings": settings | given.get("settings", {})}
    result = _allocate(fund_id, asked, [given["project_cents"]] if given["project_cents"] else [])
    resource = next(row for row in resources(_plan(fund_id, asked), rules(), _horizon(asked)) if row.fund == fund_id)
    part, whole = result.owner_by_id[fund_id].pays or (0, 1)
    balance = next(b for b in result.balances if b.fund == fund_id)
    ways = _named(resource.trace)
    return {
        "by_pupils_cents": ways.get("by pupils"),
        "by_schools_cents": ways.get("entities x floor"),
        "budget_cents": resource.cents,
        "rate_percent": Decimal(part * 100) / whole,
        "erate_cents": _paid(result, fund_id),
        "local_cents": sum(fill.cents for fill in result.fills if fill.for_fund == fund_id),
        "left_cents": balance.closing,
        "reason": _reason(result, fund_id),
    }


def conditions_answer(fund_id: str, given: Given) -> dict[str, Any]:
    asked = {"fiscal_year": 2027, "money_cents": 1000, "local_money_cents": 1000, "life_years": 9} | dict(given)
    result = _allocate(fund_id, asked, [500])
    seen = CheckInput(_plan(fund_id, asked), rules(), ledger(), result, _horizon(asked), date(2026, 7, 1))
    return {"findings": [item.code for item in check_conditions(seen) if item.subject == f"funds/{fund_id}"]}


ASKS: dict[str, Callable[[str, Given], dict[str, Any]]] = {
    "eligible": eligible_answer,
    "capacity": capacity_answer,
    "periods": periods_answer,
    "carryover": carryover_answer,
    "match": match_answer,
    "earmarks": earmarks_answer,
    "discount": discount_answer,
    "conditions": conditions_answer,
}


def _fund(fund_id: str, given: Given) -> Fund:
    settings = tuple(sorted((name, str(value)) for name, value in given.get("settings", {}).items()))
    return Fund(id=fund_id, kind=fund_id, name=fund_id, settings=settings)


def _line(cents: int, given: Given) -> tuple[int, dict[str, str]]:
    labels = {name: str(given[name]) for name in DIMENSIONS if name in given}
    month = given.get("obligation_month") or f"{given.get('fiscal_year', 2027) - 1}-07"
    item = "the-item" if "life_years" in given else "NONE"
    return line(cents, obligation_month=month, asset_class=item, **labels)


def _horizon(given: Given) -> Horizon:
    months = [given["obligation_month"]] if "obligation_month" in given else []
    ends = [FiscalYear.of(date.fromisoformat(f"{month}-01")).end_year for month in months]
    first = given.get("first_fiscal_year", 2027)
    return Horizon(FiscalYear(first), FiscalYear(max([first + 4, *ends])))


def _plan(fund_id: str, given: Given) -> Plan:
    funds = [_fund(fund_id, given)]
    rows = []
    if "money_cents" in given:
        kind = given.get("kind", "appropriation")
        rows.append(
            Appropriation(
                id="own", fund=fund_id, fiscal_year=given["fiscal_year"], cents=given["money_cents"], kind=kind
            )
        )
    if given.get("transfer_cents"):
        year, cents = given["fiscal_year"], given["transfer_cents"]
        rows.append(Appropriation(id="moved", fund=fund_id, fiscal_year=year, cents=cents, kind="transfer"))
    rule = rules().book.fund_rules[fund_id]
    if given.get("local_money_cents") and (rule.discount or rule.cost_share):
        year = given.get("local_fiscal_year", 2027)
        funds.append(Fund(id="general", kind="general", name="General fund"))
        rows.append(Appropriation(id="local", fund="general", fiscal_year=year, cents=given["local_money_cents"]))
    pupils = list(enumerate(given.get("pupils", ())))
    standards: tuple[Standard, ...] = ()
    if "life_years" in given:
        standards = (Standard(id="s", asset_class="the-item", life_years=given["life_years"]),)
    return Plan(
        District(id="d", name="A District"),
        sites=tuple(Site(id=f"s{n:02d}", name=f"School {n}") for n, _ in pupils),
        enrollment=tuple(
            EnrollmentCount(id=f"e{n:02d}", fall_year=2025, site=f"s{n:02d}", grade="1", pupils=Decimal(count))
            for n, count in pupils
        ),
        standards=standards,
        funds=tuple(sorted(funds, key=lambda item: item.id)),
        appropriations=tuple(sorted(rows, key=lambda item: item.id)),
    )


def _allocate(fund_id: str, given: Given, costs: Sequence[int]) -> Allocation:
    lines = [_line(cents, given) for cents in costs]
    spread = [(cents, replace_subject(labels, n)) for n, (cents, labels) in enumerate(lines)]
    return allocate(ledger(*spread), _plan(fund_id, given), rules(), _horizon(given))


def replace_subject(labels: dict[str, str], number: int) -> dict[str, str]:
    return labels | {"subject": f"record-{number}"}


def _paid(result: Allocation, fund_id: str) -> int:
    return sum(result.by_fund_year().get(fund_id, {}).values())


def _reason(result: Allocation, fund_id: str) -> str:
    return next((fill.code for fill in result.fills if fill.fund == fund_id), "")


def _named(trace: Trace) -> dict[str, int]:
    """Values of the budget's ways by name; the district's own come before those of single schools."""
    found: dict[str, int] = {}
    if isinstance(trace, Step):
        found[trace.name] = int(evaluate(trace))
        for term in trace.terms:
            found = _named(term) | found
    return found
