"""Checks on money: funds without money, money without funds, unfunded years, money lost, late costs, decisions not
honoured.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.funding.accounts import account_of
from throughline.engine.funding.allocation import Fill
from throughline.engine.funding.earmarks import allocations, counted, least
from throughline.engine.funding.reasons import why
from throughline.engine.funding.resources import Purposed
from throughline.engine.money import whole_dollars
from throughline.engine.refs import DISTRICT, UNASSIGNED, UNFUNDED

SHOWN = 5


def check_money(run: CheckInput) -> Iterator[Finding]:
    """Funds without money (010) or limited to unknown sites (025), and money of a fund the plan does not have (011)."""
    for owner in run.allocation.owners:
        entered = owner.rule.cost_share and any(row.fund == owner.fund.id for row in run.plan.appropriations)
        if not owner.resources and owner.rule.discount is None and not entered:  # else said already: a setting lacks
            last = owner.rule.obligation_deadline
            closed = last is not None and last < run.horizon.ahead(run.as_of).first.start
            yield finding(
                "TL-FUND-060" if closed else "TL-FUND-010",
                Severity.NOTE if closed else Severity.WARNING,
                f"funds/{owner.fund.id}",
                cents=None,
                rule=_rule(owner),
                fund=owner.fund.name,
                day=last.isoformat() if last else "",
            )
        for site in owner.fund.sites:
            if site not in run.plan.site_by_id and site not in (DISTRICT, UNASSIGNED):
                yield finding(
                    "TL-FUND-025", Severity.ERROR, f"funds/{owner.fund.id}", cents=None, fund=owner.fund.name, site=site
                )
    for noun, rows in (("appropriations", run.plan.appropriations), ("given_amounts", run.plan.given_amounts)):
        for row in rows:
            if row.fund not in run.plan.fund_by_id:
                yield finding(
                    "TL-FUND-011",
                    Severity.ERROR,
                    f"{noun}/{row.id}",
                    cents=row.cents,
                    source=row.source,
                    fund=row.fund,
                    amount=whole_dollars(row.cents),
                    fiscal_year=f"FY{row.fiscal_year}",
                )


def check_unfunded(run: CheckInput) -> Iterator[Finding]:
    """Years whose cost the funds do not cover (012), a plan without any fund (035), and tables of years gone by, whose payment
    is not known (028).
    """
    cost: dict[int, int] = defaultdict(int)
    for item in run.allocation.classes:
        cost[item.fiscal_year] += item.cents
    unfunded = run.all_years.unfunded_by_year()
    past = [year for year in unfunded if year < run.horizon.ahead(run.as_of).first.end_year]
    if past:
        cents = sum(unfunded[year] for year in past)
        years = f"FY{min(past)}" if len(past) == 1 else f"FY{min(past)} to FY{max(past)}"
        yield finding("TL-FUND-028", Severity.NOTE, "plan_lines", cents=cents, years=years, amount=whole_dollars(cents))
    ahead = {year: cents for year, cents in unfunded.items() if year not in past}
    if ahead and not run.plan.funds:
        cents = sum(ahead.values())
        yield finding("TL-FUND-035", Severity.WARNING, "funds", cents=cents, amount=whole_dollars(cents))
        return
    for year, cents in ahead.items():
        yield finding(
            "TL-FUND-012",
            Severity.WARNING,
            f"years/FY{year}",
            cents=cents,
            rule=f"allocation policy {run.allocation.policy}",
            year_label=f"FY{year}",
            amount=whole_dollars(cents),
            cost=whole_dollars(cost[year]),
        )


def check_lapse(run: CheckInput) -> Iterator[Finding]:
    """Money that nobody may spend any more: lost (013), or annual money that returns to its fund balance (014).

    Money that is lost only because costs come too late is said with these costs (015), once.
    """
    whole = _lapsed(run)
    late = {fund for fund, cents in _late(run).items() if cents >= whole[fund]}
    lost: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for item in run.allocation.lapses:
        lost[item.resource.fund][item.fiscal_year] += item.cents
    for fund, years in sorted(lost.items()):
        owner = run.allocation.owner_by_id[fund]
        if owner.rule.discount is not None or fund in late:
            continue  # a discount budget is not money yet; check_discount names what it could have paid
        annual = owner.rule.availability == "annual" and not owner.rule.one_time_money
        cents = sum(years.values())
        yield finding(
            "TL-FUND-014" if annual else "TL-FUND-013",
            Severity.NOTE if annual else Severity.WARNING,
            f"funds/{fund}",
            cents=cents,
            rule=_rule(owner),
            fund=owner.fund.name,
            amount=whole_dollars(cents),
            count=len(years),
            years=", ".join(f"FY{year}" for year in sorted(years)),
        )


def check_late_costs(run: CheckInput) -> Iterator[Finding]:
    """Costs dated after a fund's last day, which it would otherwise pay while it has money that is lost (015)."""
    late, lapsed = _late(run), _lapsed(run)
    for owner in run.allocation.owners:
        cents = min(late.get(owner.fund.id, 0), lapsed.get(owner.fund.id, 0))
        if cents:
            last = max(row.obligation_deadline for row in owner.resources if row.obligation_deadline)
            yield finding(
                "TL-FUND-015",
                Severity.WARNING,
                f"funds/{owner.fund.id}",
                cents=cents,
                rule=_rule(owner),
                fund=owner.fund.name,
                amount=whole_dollars(late[owner.fund.id]),
                could=whole_dollars(cents),
                day=last.isoformat(),
            )


def _lapsed(run: CheckInput) -> dict[str, int]:
    """Cents that are lost, by fund."""
    lapsed: dict[str, int] = defaultdict(int)
    for item in run.allocation.lapses:
        lapsed[item.resource.fund] += item.cents
    return lapsed


def _late(run: CheckInput) -> dict[str, int]:
    """Cost that a fund may pay but for its date, not paid by funds before it; discount budgets left out."""
    late: dict[str, int] = defaultdict(int)
    for fill in run.allocation.fills:
        owner = run.allocation.owner_by_id[fill.fund]
        if fill.code == "past_deadline" and owner.rule.discount is None:
            before = run.allocation.cents[fill.position, : run.allocation.funds.index(fill.fund)]
            late[fill.fund] += run.allocation.classes[fill.position].cents - int(before.sum())
    return late


def check_given(run: CheckInput) -> Iterator[Finding]:
    """More given than a fund has in a year (016), and given amounts that could not be honoured for another reason
    (017).
    """
    if run.plan.district.allocation_policy != "given_amounts":
        return
    promised: dict[tuple[str, int], int] = defaultdict(int)
    for row in run.plan.given_amounts:
        if row.cents < 0:
            yield finding(
                "TL-FUND-024",
                Severity.ERROR,
                f"given_amounts/{row.id}",
                cents=-row.cents,
                source=row.source,
                fund=row.fund,
            )
            continue
        promised[row.fund, row.fiscal_year] += row.cents
    over: set[tuple[str, int]] = set()
    for balance in run.all_years.balances:
        key = balance.fund, balance.fiscal_year
        owner = run.all_years.owner_by_id[balance.fund]
        part, whole = owner.pays if owner.pays and owner.rule.budgeted else (1, 1)
        there = (balance.opening + balance.new) * part // whole
        if promised[key] > there and not owner.rule.unlimited:
            over.add(key)
            yield finding(
                "TL-FUND-016",
                Severity.ERROR,
                f"funds/{balance.fund}",
                cents=promised[key] - there,
                rule=_rule(owner),
                fund=owner.fund.name,
                year_label=f"FY{balance.fiscal_year}",
                given=whole_dollars(promised[key]),
                there=whole_dollars(there),
            )
    for item in run.all_years.unused:
        row = item.given
        holder = run.all_years.owner_by_id.get(row.fund)
        if holder is None or (item.code == "no_money" and (row.fund, row.fiscal_year) in over):
            continue  # said already: no such fund (011), unknown kind (001), more given than there is (016)
        yield finding(
            "TL-FUND-017",
            Severity.WARNING,
            f"given_amounts/{row.id}",
            cents=item.cents,
            source=row.source,
            fund=holder.fund.name,
            year_label=f"FY{row.fiscal_year}",
            category=row.category,
            amount=whole_dollars(item.cents),
            reason=_reason(run, row.fund, item.code),
        )


def _reason(run: CheckInput, fund: str, code: str) -> str:
    """The words of the first log entry of that fund with that code; they carry the arguments."""
    entry = next((fill for fill in run.all_years.fills if (fill.fund, fill.code) == (fund, code)), None)
    return why(entry or Fill(fund, 0, 0, code))


def check_earmarks(run: CheckInput) -> Iterator[Finding]:
    """Minimum shares that the plan does not reach (019)."""
    columns = {fund: i for i, fund in enumerate(run.all_years.funds)}
    for owner in run.all_years.owners:
        for earmark in owner.rule.earmarks:
            total = sum(counted(earmark, cents) for cents in allocations(owner.resources).values())
            if earmark.op != "at_least" or not total or not earmark.categories:
                continue  # no line of the plan could meet a minimum for work outside technology
            inside = sum(
                int(run.all_years.cents[i, columns[owner.fund.id]])
                for i, item in enumerate(run.all_years.classes)
                if item.category.startswith(earmark.categories)
            )
            needed = least(earmark, total)
            if inside < needed:
                yield finding(
                    "TL-FUND-019",
                    Severity.WARNING,
                    f"funds/{owner.fund.id}",
                    cents=needed - inside,
                    rule=str(earmark.ref),
                    fund=owner.fund.name,
                    earmark=earmark.id,
                    needed=whole_dollars(needed),
                    planned=whole_dollars(inside),
                )


def check_accounts(run: CheckInput) -> Iterator[Finding]:
    """Funded cost that no row of the account map fits (021); silent where no map was imported."""
    if not run.plan.account_rules:
        return
    unmapped: dict[tuple[str, str, str], int] = defaultdict(int)
    for item, paid in zip(run.allocation.classes, run.allocation.cents.tolist(), strict=True):
        for fund, cents in zip(run.allocation.funds, paid, strict=True):
            if (
                cents
                and fund != UNFUNDED
                and account_of(run.plan.account_rules, run.plan.fund_by_id[fund], item) is None
            ):
                unmapped[fund, item.function, item.object] += cents
    for fund in sorted({fund for fund, _, _ in unmapped}):
        codes = {(function, object_): n for (name, function, object_), n in unmapped.items() if name == fund}
        ranked = sorted(codes, key=lambda code: (-codes[code], code))
        cents = sum(codes.values())
        yield finding(
            "TL-FUND-021",
            Severity.WARNING,
            f"funds/{fund}",
            cents=cents,
            fund=run.plan.fund_by_id[fund].name,
            codes=listed([f"{function}-{object_}" for function, object_ in ranked], SHOWN),
            amount=whole_dollars(cents),
        )


def check_conditions(run: CheckInput) -> Iterator[Finding]:
    """What follows from using a fund: the conditions its rule names (04x), and the day by which bills must be paid
    (022).
    """
    paid = {fund: sum(years.values()) for fund, years in run.allocation.by_fund_year().items()}
    for owner in run.allocation.owners:
        cents = paid.get(owner.fund.id, 0)
        if not cents:
            continue
        subject = f"funds/{owner.fund.id}"
        for code in owner.rule.conditions:
            values = _own_values(owner, run)
            yield finding(code, Severity.NOTE, subject, cents=cents, rule=_rule(owner), fund=owner.fund.name, **values)
        days = [row.liquidation_deadline for row in owner.resources if row.liquidation_deadline]
        if days:
            yield finding(
                "TL-FUND-022",
                Severity.NOTE,
                subject,
                cents=cents,
                rule=_rule(owner),
                fund=owner.fund.name,
                day=min(days).isoformat(),
            )


def _own_values(owner: Purposed, run: CheckInput) -> dict[str, Any]:
    """Parameters of the fund's own pack, which the words of its conditions may name: shares as percentages."""
    prefix = owner.rule.id.replace("_", "-") + "/"
    rows = {path: run.rules.find(path) for path in run.rules.book.parameters if path.startswith(prefix)}
    return {
        path.removeprefix(prefix).replace("-", "_"): f"{(Decimal(row.value) * 100).normalize():f}"
        for path, row in rows.items()
        if row is not None and row.unit == "share"
    }


def _rule(owner: Purposed) -> str:
    return str(owner.rule.ref or owner.rule.id)
