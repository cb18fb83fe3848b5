"""Tables about money: by fund and by how long it lasts, by category, goal, site and account, rules, balances, cliffs."""

from collections import defaultdict
from collections.abc import Iterator

from throughline.app.fund_words import GROUPS, pays_for
from throughline.app.source.lateness import devices_not_renewed
from throughline.engine.funding.cliffs import cliffs
from throughline.engine.funding.resources import Purposed
from throughline.engine.refs import NO_GOAL, UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit, year_columns
from throughline.engine.views.budget_by_fund import budget_by_account
from throughline.engine.views.paid_by import paid_by

BUDGET = {"cost_type": "direct"}
NOT_FUNDED = "Not funded"
MOST_CATEGORIES = 12  # as many as a chart and its table hold on one page
STOPS = frozenset(
    {"annual", "term"}
)  # kinds of money that is there in the years for which it is entered, and in no other
LASTING = {"general": "General fund", "renewing": "Renewing money", "ending": "Money that ends", "unfunded": NOT_FUNDED}


def lasts(owner: Purposed, result: PlanResult) -> str:
    """How long a fund lasts: general, renewing, or ending (one-time, or without money in the last plan year)."""
    if owner.rule.id == "general":
        return "general"
    if owner.rule.one_time_money:
        return "ending"
    end = result.horizon.last.end
    dated = [row.obligation_deadline for row in owner.resources]
    if dated and all(day is not None and day < end for day in dated):
        return "ending"
    last = max((row.fiscal_year for row in owner.resources), default=result.horizon.last.end_year)
    if owner.rule.availability in STOPS and last < result.horizon.last.end_year:
        return "ending"
    return "renewing"


def by_fund(result: PlanResult) -> Table:
    """What each fund pays by year, what is not funded, and the total."""
    years = result.horizon.labels
    columns = (
        Column("fund", "Fund"),
        Column("lasts", "Lasts"),
        *year_columns(years),
        Column("total", "Total", Unit.CENTS, True),
    )
    paid = result.allocation.by_fund_year()
    rows = []
    for owner in result.allocation.owners:
        values = _years(paid.get(owner.fund.id, {}), result)
        if any(values):
            rows.append(Row((owner.fund.name, lasts(owner, result), *values, sum(values)), key=owner.fund.id))
    values = _years(paid.get(UNFUNDED, {}), result)
    rows.append(Row((NOT_FUNDED, "unfunded", *values, sum(values)), key=UNFUNDED))
    return Table("by_fund", "Cost by fund", columns, tuple(rows)).with_total("Plan cost")


def by_source(result: PlanResult) -> Table:
    """The same money by how long it lasts."""
    columns = (
        Column("source", "Source"),
        *year_columns(result.horizon.labels),
        Column("total", "Total", Unit.CENTS, True),
    )
    totals: dict[str, list[int]] = {name: [0] * len(result.horizon) for name in LASTING}
    paid = result.allocation.by_fund_year()
    for owner in result.allocation.owners:
        _add(totals[lasts(owner, result)], _years(paid.get(owner.fund.id, {}), result))
    _add(totals["unfunded"], _years(paid.get(UNFUNDED, {}), result))
    rows = [
        Row((label, *totals[name], sum(totals[name])), key=name)
        for name, label in LASTING.items()
        if any(totals[name]) or name == "unfunded"
    ]
    return Table("by_source", "Cost by source", columns, tuple(rows)).with_total("Plan cost")


def _years(amounts: dict[int, int], result: PlanResult) -> list[int]:
    return [amounts.get(year.end_year, 0) for year in result.horizon.years]


def _add(target: list[int], values: list[int]) -> None:
    for i, value in enumerate(values):
        target[i] += value


def by_category(result: PlanResult) -> Table:
    """Direct cost by category and year, with the part no fund pays."""
    years = result.horizon.labels
    columns = (
        Column("category", "Category"),
        *year_columns(years),
        Column("total", "Total", Unit.CENTS, True),
        Column("unfunded", NOT_FUNDED, Unit.CENTS, True),
    )
    cents = result.ledger.by("category", "fiscal_year", where=BUDGET)
    lacking = unfunded_by(result, "category")
    rows = []
    for code in sorted({category for category, _ in cents}):
        values = [cents.get((code, year), 0) for year in years]
        label = result.rules.book.categories[code].label
        rows.append(Row((label, *values, sum(values), lacking.get(code, 0)), key=code))
    return Table("by_category", "Cost by category", columns, tuple(rows)).with_total("Plan cost")


def unfunded_by(result: PlanResult, attribute: str) -> dict[str, int]:
    """Cents that no fund pays, by an attribute of cost classes."""
    column = result.allocation.funds.index(UNFUNDED)
    found: dict[str, int] = defaultdict(int)
    for item, cents in zip(result.allocation.classes, result.allocation.cents[:, column].tolist(), strict=True):
        if cents:
            found[str(getattr(item, attribute))] += cents
    return dict(found)


def by_goal(result: PlanResult) -> Table | None:
    """Cost by primary goal, with the part no fund pays; None when the district entered no goals."""
    if not result.plan.goals:
        return None
    columns = (
        Column("goal", "Goal"),
        Column("measure", "Measure"),
        Column("target", "Target"),
        Column("total", "Total", Unit.CENTS, True),
        Column("unfunded", NOT_FUNDED, Unit.CENTS, True),
    )
    cents = cost_by_goal(result)
    lacking: dict[str, int] = defaultdict(int)
    for (fund, goal), part in paid_by(result.ledger, result.allocation, "goal").items():
        if fund == UNFUNDED:
            lacking[goal if goal in cents else NO_GOAL] += part
    rows = [Row((g.name, g.measure, g.target, cents[g.id], lacking[g.id]), key=g.id) for g in result.plan.goals]
    rest = cents[NO_GOAL]
    if rest:
        rows.append(Row(("Cost that names no goal", "", "", rest, lacking[NO_GOAL]), key=NO_GOAL))
    return Table("by_goal", "Cost by goal", columns, tuple(rows)).with_total("Plan cost")


def cost_by_goal(result: PlanResult) -> dict[str, int]:
    """Budget cents of every goal of the plan; what names none of them stands under NO_GOAL."""
    found = dict.fromkeys([*(goal.id for goal in result.plan.goals), NO_GOAL], 0)
    for (goal,), cents in result.ledger.by("goal", where=BUDGET).items():
        found[goal if goal in found else NO_GOAL] += cents
    return found


def by_site(result: PlanResult) -> Table:
    """Cost by site and year."""
    years = result.horizon.labels
    names = {site.id: site.name for site in result.plan.sites} | {
        "DISTRICT": "District-wide",
        "UNASSIGNED": "No site known",
    }
    columns = (Column("site", "Site"), *year_columns(years), Column("total", "Total", Unit.CENTS, True))
    cents = result.ledger.by("site", "fiscal_year", where=BUDGET)
    rows = []
    for site in sorted({name for name, _ in cents}, key=lambda name: names.get(name, name)):
        values = [cents.get((site, year), 0) for year in years]
        rows.append(Row((names.get(site, site), *values, sum(values)), key=site))
    return Table("by_site", "Cost by site", columns, tuple(rows)).with_total("Plan cost")


def by_account(result: PlanResult) -> Table | None:
    """Cost by local account string and fund; None without an imported account map."""
    if not result.plan.account_rules:
        return None
    full = budget_by_account(result.allocation, result.plan, result.horizon)
    places = [full.index(year) for year in result.horizon.labels]
    fund, account = full.index("fund"), full.index("account")
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(places))
    for row in full.rows:
        if row.kind == "body":
            key = (str(row.values[account] or ""), str(row.values[fund]))
            _add(totals[key], [int(row.values[i] or 0) for i in places])
    columns = (
        Column("account", "Account"),
        Column("fund", "Fund"),
        *year_columns(result.horizon.labels),
        Column("total", "Total", Unit.CENTS, True),
    )
    rows = tuple(
        Row((account or "no account mapped", fund, *cents, sum(cents)), key=f"{account}/{fund}")
        for (account, fund), cents in sorted(totals.items(), key=lambda item: (not item[0][0], item[0]))
    )
    return Table("by_account", "Cost by account", columns, rows).with_total("Plan cost")


def by_group(result: PlanResult) -> Table | None:
    """Categories rolled up to the groups of the TCO chart; None when the plan has few categories anyway."""
    table = by_category(result)
    body = [row for row in table.rows if row.kind == "body"]
    if len(body) <= MOST_CATEGORIES:
        return None
    totals: dict[str, list[int]] = {}
    for row in body:
        values = totals.setdefault(row.key[:2], [0] * (len(row.values) - 1))
        _add(values, [int(value or 0) for value in row.values[1:]])
    rows = tuple(Row((GROUPS.get(code, code), *totals[code]), key=code) for code in sorted(totals))
    return Table("by_group", "Cost by group", table.columns, rows).with_total("Plan cost")


def fund_rules(result: PlanResult) -> Table | None:
    """What each fund with money in the plan may pay, and until when."""
    columns = (
        Column("fund", "Fund"),
        Column("pays_for", "Pays for"),
        Column("until", "Until", Unit.DATE),
        Column("source", "Source"),
    )
    paid = result.allocation.by_fund_year()
    rows = tuple(
        _rule_row(owner, result)
        for owner in result.allocation.owners
        if owner.resources or any(paid.get(owner.fund.id, {}).values())
    )
    return Table("fund_rules", "What each fund may pay", columns, rows) if rows else None


def _rule_row(owner: Purposed, result: PlanResult) -> Row:
    rule = owner.rule
    words = pays_for(rule, result.rules.book.categories)
    return Row((owner.fund.name, words, _until(owner, result), rule.ref.source if rule.ref else ""), key=owner.fund.id)


def balances(result: PlanResult) -> Table | None:
    """Money of each fund by year."""
    keys = ("opening", "added", "charged", "lapsed", "closing")
    columns = (
        Column("fund", "Fund"),
        Column("year", "Year"),
        *(Column(key, key.capitalize(), Unit.CENTS) for key in keys),
    )
    names = {fund.id: fund.name for fund in result.plan.funds}
    rows = tuple(
        Row(
            (names.get(b.fund, b.fund), f"FY{b.fiscal_year}", b.opening, b.new, b.used, b.lapsed, b.closing - b.lapsed),
            key=f"{b.fund}/{b.fiscal_year}",
        )
        for b in result.allocation.balances
    )
    notes = (
        ("E-Rate Category 2 is counted before the discount, as its budget is.",)
        if any(b.pre_discount for b in result.allocation.balances)
        else ()
    )
    return Table("balances", "Money of each fund by year", columns, rows, notes) if rows else None


def cliff_table(result: PlanResult) -> Table | None:
    """Recurring cost on money that ends: what lands on other funds inside the plan."""
    columns = (
        Column("cause", "Cost"),
        Column("fund", "Fund"),
        Column("ends", "Ends", Unit.DATE),
        *year_columns(result.horizon.labels),
        Column("total", "Total", Unit.CENTS, True),
    )
    # what ends first stands first, a fund's costs together
    rows = tuple(
        sorted(_cliff_rows(result), key=lambda row: (str(row.values[2]), str(row.values[1]), -int(row.values[-1] or 0)))
    )
    return (
        Table("cliffs", "Recurring cost on money that ends", columns, rows).with_total("Needs other money")
        if rows
        else None
    )


def _cliff_rows(result: PlanResult) -> Iterator[Row]:
    """One row a fund and category: the engine's finer items (account, site) are added up."""
    categories = result.rules.book.categories
    amounts: dict[tuple[str, str], dict[int, int]] = {}
    for item in cliffs(result.allocation, result.horizon.last.end_year):
        by_year = amounts.setdefault((item.fund, item.category), defaultdict(int))
        for year, cents in item.lands:
            by_year[year] += cents
    for (fund, category), by_year in amounts.items():
        owner = result.allocation.owner_by_id[fund]
        values = [by_year.get(year.end_year, 0) for year in result.horizon.years]
        if any(values):
            label = categories[category].label if category in categories else category
            yield Row((label, owner.fund.name, _until(owner, result), *values, sum(values)), key=f"{fund}/{category}")


def _until(owner: Purposed, result: PlanResult) -> str | None:
    """Last day of a fund's money: its deadline, or the end of its last year when it ends inside the plan; None = goes on."""
    days = [row.obligation_deadline for row in owner.resources]
    if days and all(days):
        return max(day for day in days if day).isoformat()
    if lasts(owner, result) != "ending" or not owner.resources:
        return None
    last = max(row.fiscal_year for row in owner.resources)
    return next((year.end.isoformat() for year in result.horizon.years if year.end_year == last), None)


def unfunded_items(result: PlanResult) -> Table | None:
    """What is not paid for, largest first: asset classes for devices, categories for the rest."""
    column = result.allocation.funds.index(UNFUNDED)
    cents: dict[str, int] = defaultdict(int)
    first: dict[str, int] = {}
    labels: dict[str, str] = {}
    book = result.rules.book
    for item, amount in zip(result.allocation.classes, result.allocation.cents[:, column].tolist(), strict=True):
        if not amount:
            continue
        known = book.asset_classes.get(item.asset_class)
        key = item.asset_class if known else item.category
        labels[key] = known.label if known else book.categories[item.category].label
        cents[key] += amount
        first[key] = min(first.get(key, item.fiscal_year), item.fiscal_year)
    if not cents:
        return None
    columns = (
        Column("what", "What"),
        Column("from_year", "From"),
        Column("units", "Devices", Unit.COUNT),
        Column("unfunded", NOT_FUNDED, Unit.CENTS, True),
    )
    units = devices_not_renewed(result)
    rows = tuple(
        Row((labels[key], f"FY{first[key]}", units.get(key), cents[key]), key=key)
        for key in sorted(cents, key=lambda k: (-cents[k], k))
    )
    return Table("unfunded_items", "What is not paid for", columns, rows).with_total(NOT_FUNDED)
