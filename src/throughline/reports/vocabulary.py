"""Names that reports may use: figures, tables with their columns, texts people write. The shell that runs plans fills them.

A slot in a words file that names nothing here stops the build; a figure that a run does not have only drops the sentence
variants that need it. `<FY>` stands for one additive cents column per fiscal year, whose key and label are the year.
"""

from dataclasses import dataclass

from throughline.engine.table import Unit

C, N, P, T, D = Unit.CENTS, Unit.COUNT, Unit.PERCENT, Unit.TEXT, Unit.DATE

FIGURES: dict[str, tuple[Unit, str]] = {
    # the plan
    "cost": (C, "direct cost of the plan, all its years; earlier years of imported plans are not in it"),
    "funded": (C, "part of the cost that a fund pays"),
    "gap": (C, "part of the cost that no fund pays; 0 when all is funded"),
    "indirect": (C, "staff time and downtime, memo only, never in a budget"),
    "funded_share": (P, "funded / cost"),
    "cost_first_year": (C, "cost of the first fiscal year"),
    "funded_first_year": (C, "funded cost of the first fiscal year"),
    "gap_first_amount": (C, "not funded in the first year that is not fully funded"),
    "cost_peak": (C, "cost of the dearest fiscal year"),
    "capital": (C, "capital outlay, all years"),
    "operating": (C, "operating outlay, all years"),
    "per_student": (C, "direct cost per student and year, mean of the years of the plan whose students are known"),
    "per_student_indirect": (C, "indirect cost per student and year, mean of the same years"),
    "years": (
        N,
        "fiscal years of the plan: its own five, and later ones that imported plans name and that carry money",
    ),
    "first_year": (T, "first fiscal year, FY2027"),
    "last_year": (T, "last fiscal year"),
    "peak_year": (T, "dearest fiscal year"),
    "gap_first_year": (T, "first fiscal year with cost that is not funded"),
    "gap_last_year": (T, "last fiscal year with cost that is not funded"),
    "students": (N, "students in the first fiscal year in which they are known"),
    "students_last": (N, "students in the last fiscal year in which they are known"),
    "sites": (N, "schools and offices"),
    "earlier_cost": (C, "what imported plans ask for in years before the plan; in no other figure"),
    "earlier_gap": (C, "part of it that no fund of the plan pays"),
    "earlier_years": (T, "those years, FY2009 to FY2026"),
    # funds
    "funds": (N, "funds that pay for the plan"),
    "funds_ending": (N, "funds whose money ends inside the horizon"),
    "largest_fund": (T, "name of the fund that pays most"),
    "largest_fund_cost": (C, "what it pays"),
    "largest_fund_share": (P, "its share of the cost"),
    "cliffs": (N, "funding cliffs: recurring cost on money that ends"),
    "cliff_first_fund": (T, "fund of the first cliff"),
    "cliff_first_date": (D, "last day of that fund's money"),
    "cliff_first_cost": (C, "recurring cost a year that then needs other money"),
    "cliff_cost": (C, "recurring cost inside the horizon that falls due after its money ended"),
    # categories and goals
    "top_category": (T, "category that costs most"),
    "top_category_cost": (C, "its cost"),
    "top_category_share": (P, "its share of the cost"),
    "gap_top_category": (T, "category with the largest part not funded"),
    "gap_top_category_cost": (C, "that part"),
    "goals": (N, "goals of the district"),
    "goal_share": (P, "share of the cost that serves a goal"),
    # student groups
    "groups": (N, "student groups compared by the schools their students attend"),
    "groups_marked": (N, "those of them whose schools differ from other students' by more than the limit"),
    "groups_marked_names": (T, "their names, by commas"),
    "groups_withheld": (N, "groups without figures, because they are small or too few schools counted them"),
    "groups_withheld_names": (T, "their names, by commas"),
    # devices
    "devices": (N, "devices in the fleet"),
    "devices_read": (N, "devices read from inventories, retired ones included"),
    "devices_bought": (N, "devices the plan buys in the horizon"),
    "devices_peak": (N, "devices bought in the busiest year"),
    "devices_peak_year": (T, "that year"),
    "devices_past_support": (N, "devices in the fleet whose maker has stopped updates, on the day of the plan"),
    "devices_unknown_support": (N, "devices in the fleet whose support date nobody knows"),
    "devices_surplus": (N, "devices owned beyond the need"),
    "devices_not_renewed": (N, "devices whose replacement is not funded"),
    "late_with_plan": (P, "highest share of devices past their planned life in a year when the plan is paid for"),
    "late_without": (P, "share past their planned life in the last year when only funded purchases are made"),
    # the run
    "findings": (N, "findings of the run"),
    "findings_error": (N, "findings that must be settled"),
    "findings_cents": (C, "money at stake in findings, where it can be known"),
    "inputs_default": (N, "inputs that are our defaults and should be replaced"),
    "inputs_verified": (N, "inputs read in an official source"),
    "inputs": (N, "inputs listed"),
}

LOCAL: dict[str, tuple[Unit, str]] = {
    "money_unit": (T, "thousands of dollars, or dollars, whichever the document's tables use"),
    "chart_unit": (T, "Millions of dollars, or Dollars, whichever the charts of the document use"),
    "gap_years": (T, "in FY2032, or from FY2030 to FY2032: the years with cost that is not funded"),
    "what": (T, "the thing a row is about"),
    "fund": (T, "name of a fund"),
    "category": (T, "name of a category"),
    "when": (D, "a date of the row"),
    "year": (T, "a fiscal year of the row"),
    "amount": (C, "money of the row"),
    "other": (C, "a second amount of the row"),
    "count": (N, "a number of the row"),
    "start_year": (T, "first fiscal year that the tables show"),
    "left": (N, "a second number of the row"),
    "share": (P, "a share of the row"),
    "district": (T, "name of the district"),
    "run": (T, "run id"),
    "digest": (T, "digest of the run"),
    "engine": (T, "engine version"),
    "packs": (T, "rule packs with their versions"),
    "as_of": (D, "the day the plan looks from"),
    "fiscal_year_start": (T, "first day of the fiscal year"),
    "items": (T, "a list of names, joined"),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table must look like: required column keys in any order, `<FY>` for the years; others may follow."""

    meaning: str
    columns: tuple[str, ...]
    row_keys: str = ""
    groups: bool = False  # a total per group of rows, none of the whole


TABLES: dict[str, Shape] = {
    "by_fund": Shape(
        "what each fund pays by year, then what is not funded, then the total",
        ("fund", "lasts", "<FY>", "total"),
        "fund id; `UNFUNDED` for the part not funded. `lasts` is general, renewing, ending or unfunded",
    ),
    "by_source": Shape(
        "the same money by how long it lasts", ("source", "<FY>", "total"), "general, renewing, ending, unfunded"
    ),
    "by_category": Shape(
        "direct cost by category and year, with the part not funded",
        ("category", "<FY>", "total", "unfunded"),
        "TCO code",
    ),
    "by_group": Shape(
        "by_category rolled up to a dozen rows or fewer, for the packet; by_category is used where it is absent",
        ("category", "<FY>", "total", "unfunded"),
        "group code",
    ),
    "by_goal": Shape("cost by primary goal", ("goal", "measure", "target", "total", "unfunded"), "goal id or NO_GOAL"),
    "fund_rules": Shape(
        "what each fund may pay, and until when",
        ("fund", "pays_for", "until", "source"),
        "fund id; `until` a date or none",
    ),
    "balances": Shape(
        "money of each fund by year",
        ("fund", "year", "opening", "added", "charged", "lapsed", "closing"),
        "fund id/year",
    ),
    "prospects": Shape(
        "money hoped for, which is in no total",
        ("name", "low", "high", "odds", "owner", "next_step", "due"),
        "record id",
    ),
    "property_record": Shape(
        "property bought under awards, by unit",
        ("description", "serial", "award", "share", "location", "condition", "disposed", "price", "owed", "lacks"),
        "device/key or disposals/id",
    ),
    "cliffs": Shape(
        "recurring cost on money that ends",
        ("cause", "fund", "ends", "<FY>", "total"),
        "fund id/category; ends is a date",
    ),
    "unfunded_items": Shape(
        "what is not paid for, largest first", ("what", "from_year", "units", "unfunded"), "class or category"
    ),
    "refresh": Shape(
        "devices to buy: units by year (count columns keyed by year), owned now, life, price, cost",
        ("item", "owned", "life_years", "unit_price", "<FY>", "cost"),
        "asset class",
    ),
    "refresh_on_time": Shape(
        "devices to buy each year: `policy` as each falls due, `plan` as planned", ("series", "<FY>"), "series"
    ),
    "refresh_why": Shape("devices to buy each year by what makes them due, with a total", ("reason", "<FY>"), "reason"),
    "late": Shape(
        "share of devices past planned life at the end of each year (percent)",
        ("series", "<FY>"),
        "`with_plan`, `without_money`",
    ),
    "support": Shape(
        "devices past the end of updates by year (count); may add `owned`, `unknown` (no date known), `now`",
        ("item", "<FY>"),
        "asset class",
    ),
    "drivers": Shape(
        "change of the plan cost at two values of an input, the lower value first",
        ("driver", "range", "lower", "higher"),
        "assumption path",
    ),
    "alternatives": Shape(
        "plans compared",
        ("plan", "what", "cost", "unfunded", "late"),
        "scenario id; `recommended` marks one, `nothing` replaces no device",
    ),
    "tco": Shape("direct and indirect cost by category", ("category", "direct", "indirect"), "TCO code"),
    "tco_years": Shape(
        "direct cost by category and year, indirect as memo rows",
        ("code", "category", "<FY>", "total"),
        "category/TCO code",
    ),
    "per_unit": Shape("cost per student and per device by year", ("measure",), "per/what/direct or indirect"),
    "life_cost": Shape(
        "cost a year of keeping a device longer or shorter",
        ("item", "life_years", "shorter", "planned", "longer", "cheapest"),
        "standard id",
    ),
    "present_value": Shape(
        "cash of each year and what it is worth today; the equal yearly amount and the levelized cost as memo rows",
        ("year", "cash", "present", "students"),
        "year, npv, equal, levelized",
    ),
    "lease_test": Shape(
        "contracts and leased devices with what they are under GASB 87 and 96, and why",
        ("contract", "conveys", "months", "liability", "kind", "reason"),
        "contract id, or standard id/fiscal year",
    ),
    "lease_schedules": Shape(
        "leases and subscriptions with a schedule, by fiscal year of their term",
        ("contract", "year", "outlay", "other_source", "principal", "interest", "owed", "amortization", "asset"),
        "contract id/year, or standard id/fiscal year/year",
    ),
    "depreciation": Shape(
        "capital outlay of the plan, depreciated by kind of asset; government-wide statements only",
        ("asset", "life_years", "cost", "<FY>", "book"),
        "asset class or TCO code",
    ),
    "options": Shape(
        "options of each question by what they cost a year; their amounts are no cost of the plan",
        ("question", "option", "life", "cash", "npv", "eac", "per_student"),
        "question id/option id",
    ),
    "support_staffing": Shape("people who support devices, by load and by hours", ("measure", "value"), "measure"),
    "equity_by_site": Shape(
        "devices of students by school, marked where they differ from the district",
        ("place", "level", "students", "devices", "ratio", "age", "support", "marked"),
        "site id; `district` the whole",
    ),
    "equity_by_group": Shape(
        "devices and planned money by student group, marked where it differs from all others; rows are never added up",
        (
            "group",
            "students",
            "schools",
            "ratio",
            "ratio_others",
            "support",
            "support_others",
            "money",
            "money_others",
            "marked",
        ),
        "group id; `everybody` all students",
    ),
    "peer_districts": Shape(
        "districts of similar size and wealth, with their median",
        ("district", "pupils", "wealth", "spent", "each"),
        "code of the state's finance file",
    ),
    "refresh_cost": Shape("cost of devices to buy by year", ("class", "<FY>", "total"), "standard id"),
    "refresh_by_site": Shape("devices to buy by site and year", ("site",), "site id"),
    "per_student": Shape(
        "cost, students and cost per student by year", ("year", "cost", "students", "per_student"), "year"
    ),
    "by_site": Shape("cost by site and year", ("site", "<FY>", "total"), "site id"),
    "by_account": Shape("cost by local account string", ("account", "fund", "<FY>", "total"), "account"),
    "budget_request": Shape("the plan by account, category and year, in the columns of the finance system", (), "row"),
    "against_budget": Shape(
        "plan, budget, on order and spent by year and dimension, one below the other",
        ("fiscal_year", "by", "member", "plan", "budget", "difference", "encumbered", "actual", "left"),
        "year/dimension/member",
        groups=True,
    ),
    "cost_lines": Shape(
        "every cost line by fund: one row per line and fund",
        ("line", "fiscal_year", "category", "site", "fund", "cost_type", "outlay", "cents"),
        "line id",
    ),
    "earlier": Shape(
        "what imported plans ask for in years before the plan, one row a document",
        ("document", "years", "items", "total"),
        "document",
    ),
    "earlier_lines": Shape(
        "cost lines of those years by fund",
        ("line", "fiscal_year", "category", "site", "fund", "cost_type", "outlay", "cents"),
        "line id",
    ),
    "inventory_gaps": Shape(
        "what devices of the inventory lack, with the money at stake", ("what", "count", "share", "cents"), "gap"
    ),
    "inventory_audit": Shape(
        "the two shares that state auditors publish, beside what they found",
        ("what", "count", "share", "audited"),
        "measure",
    ),
    "inventory_differences": Shape(
        "where device management and the register differ", ("what", "count", "share", "cents"), "difference"
    ),
    "support_by_year": Shape(
        "devices whose support ends by fiscal year and kind of end; of contracts their number",
        ("kind", "ended"),
        "`model`, `system`, `contract`",
    ),
    "ends_of_support": Shape(
        "models, operating systems and contracts whose support ends by the last year of the plan, by day",
        ("what", "kind", "end", "when", "units", "cents", "stated_by"),
        "kind/id/end",
    ),
    "inventory_by_class": Shape(
        "devices of each class, and how many lack what an auditor looks for", ("item", "owned"), "asset class"
    ),
    "purchases": Shape(
        "purchases that need quotes, bids or the board's approval, first year first, largest first",
        ("year", "purchase", "cents", "method", "approval", "rule"),
        "record/year",
    ),
    "published_plans": Shape(
        "every line of the imported published plans, with a total per document and role",
        ("document", "item", "role", "period", "quantity", "cents"),
        "plan_lines/<id>",
        groups=True,
    ),
    "sources": Shape("files the run read", ("file", "digest", "rows", "imported_on"), "digest"),
}

TEXTS: dict[str, str] = {
    "action": "what the board is asked to do, one sentence a line",
    "why_now": "why the decision is needed at this meeting",
    "goal_link": "which board goal this serves",
    "procurement": "method of procurement and quotes",
    "alternatives": "choices weighed, one a line",
    "equity": "who gains, who waits",
    "risk": "what could go wrong, privacy and accessibility checks included",
    "timeline": "dates and milestones, one a line",
    "measure": "how the district will know it worked",
    "legal_authority": "statute or policy under which the board acts",
    "recommendation": "what staff recommend",
    "attachments": "documents that go with the item, one a line",
}
