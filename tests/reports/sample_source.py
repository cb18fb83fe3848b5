"""A hand-made ReportSource for tests: a fictional district whose tables are sums of the cost lines below."""

from dataclasses import replace
from datetime import date

from tests.reports.sample_texts import ASSUMPTIONS, FINDINGS, TEXTS
from throughline.engine.table import Column, Row, Table, Unit, Value, year_columns
from throughline.reports.base import (
    DistrictFacts,
    Explanation,
    Figure,
    ReportSource,
    TraceLine,
)

YEARS = ("FY2028", "FY2029", "FY2030", "FY2031", "FY2032")

FUNDS: dict[str, tuple[str, str]] = {  # id -> (name, how long it lasts)
    "general": ("General fund", "general"),
    "levy": ("Technology levy", "ending"),
    "erate_c2": ("E-Rate Category 2", "renewing"),
    "capital": ("Capital fund", "renewing"),
    "title4a": ("Title IV-A grant", "renewing"),
    "cyber": ("State cybersecurity grant", "ending"),
    "UNFUNDED": ("Not funded", "unfunded"),
}
CATEGORIES: dict[str, str] = {
    "D1.1": "Computers for students and staff",
    "D1.4": "Classroom displays",
    "D3.1": "Network and internet",
    "D2.2": "Software and learning content",
    "D5.1": "Cybersecurity",
    "D4.1": "Technology staff",
    "D4.5": "Training",
}
# (category, fund, goal, site, cents by year)
LINES: tuple[tuple[str, str, str, str, tuple[int, ...]], ...] = (
    ("D1.1", "general", "device", "DISTRICT", (31_204_350, 32_140_481, 33_104_695, 34_097_836, 35_120_771)),
    ("D1.1", "levy", "device", "DISTRICT", (42_750_000, 61_420_033, 0, 0, 0)),
    ("D1.1", "UNFUNDED", "device", "DISTRICT", (0, 0, 58_311_267, 55_902_119, 57_418_302)),
    ("D1.4", "levy", "learn", "DISTRICT", (10_600_000, 16_204_518, 0, 0, 0)),
    ("D1.4", "capital", "learn", "DISTRICT", (0, 0, 6_000_000, 6_000_000, 6_000_000)),
    ("D1.4", "UNFUNDED", "learn", "DISTRICT", (0, 0, 10_511_049, 10_912_377, 11_207_413)),
    ("D3.1", "erate_c2", "NO_GOAL", "DISTRICT", (12_810_449, 41_502_876, 40_310_024, 30_770_901, 9_204_417)),
    ("D3.1", "capital", "NO_GOAL", "DISTRICT", (14_000_000, 14_000_000, 14_000_000, 14_000_000, 14_000_000)),
    ("D2.2", "general", "learn", "DISTRICT", (51_320_007, 52_859_607, 54_445_395, 56_078_757, 57_761_120)),
    ("D2.2", "title4a", "learn", "DISTRICT", (4_500_000, 4_500_000, 4_500_000, 4_500_000, 4_500_000)),
    ("D5.1", "general", "safe", "DISTRICT", (13_204_490, 13_600_625, 14_008_644, 14_428_903, 14_861_770)),
    ("D5.1", "cyber", "safe", "DISTRICT", (11_800_000, 12_154_000, 0, 0, 0)),
    ("D5.1", "UNFUNDED", "safe", "DISTRICT", (0, 0, 12_518_620, 12_894_179, 13_281_004)),
    ("D4.1", "general", "NO_GOAL", "DISTRICT", (86_130_217, 88_283_472, 90_490_559, 92_752_823, 95_071_644)),
    ("D4.5", "general", "staff", "DISTRICT", (9_100_033, 9_327_534, 9_560_722, 9_799_740, 10_044_734)),
)
GOALS: dict[str, tuple[str, str, str]] = {
    "device": ("Every student has a working computer", "Laptops within planned life", "97%"),
    "learn": ("Every student reads and does math at grade level", "Grades 3–8 on track in reading", "68%"),
    "safe": ("Schools and data are safe", "Basic security steps done, of 14", "14"),
    "staff": ("Every teacher is supported", "Teachers who get help in time", "80%"),
    "NO_GOAL": ("Running the district every day", "", ""),
}
TOTAL = Column("total", "Total", Unit.CENTS, additive=True)
GAP = Column("unfunded", "Not funded", Unit.CENTS, additive=True)


def add(*rows: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True)) if rows else (0,) * len(YEARS)


def where(**wanted: str) -> tuple[int, ...]:
    names = ("category", "fund", "goal", "site")
    return add(*(line[4] for line in LINES if all(line[names.index(k)] == v for k, v in wanted.items())))


def table(
    table_id: str, title: str, columns: list[Column], rows: list[tuple[str, tuple[Value, ...]]], total: str = ""
) -> Table:
    made = Table(table_id, title, tuple(columns), tuple(Row(values, "body", key) for key, values in rows))
    return made.with_total(total) if total else made


def by_fund() -> Table:
    rows: list[tuple[str, tuple[Value, ...]]] = []
    for fund, (name, lasts) in FUNDS.items():
        years = where(fund=fund)
        rows.append((fund, (name, lasts, *years, sum(years))))
    columns = [Column("fund", "Fund"), Column("lasts", "Lasts"), *year_columns(YEARS), TOTAL]
    made = table("by_fund", "Cost by fund", columns, rows, "Plan cost")
    paid = add(*(where(fund=fund) for fund in FUNDS if fund != "UNFUNDED"))
    funded = Row(("Funded", None, *paid, sum(paid)), "total", "funded")
    return replace(made, rows=(*made.rows[:-2], funded, *made.rows[-2:]))


def by_source() -> Table:
    names = {
        "general": "General fund",
        "renewing": "Renewing money",
        "ending": "Money that ends",
        "unfunded": "Not funded",
    }
    rows: list[tuple[str, tuple[Value, ...]]] = []
    for key, name in names.items():
        years = add(*(where(fund=fund) for fund, (_, lasts) in FUNDS.items() if lasts == key))
        rows.append((key, (name, *years, sum(years))))
    return table(
        "by_source", "Cost by source", [Column("source", "Source"), *year_columns(YEARS), TOTAL], rows, "Plan cost"
    )


def by_category() -> Table:
    rows: list[tuple[str, tuple[Value, ...]]] = []
    for code, name in CATEGORIES.items():
        years, gap = where(category=code), sum(where(category=code, fund="UNFUNDED"))
        rows.append((code, (name, *years, sum(years), gap)))
    columns = [Column("category", "Category"), *year_columns(YEARS), TOTAL, GAP]
    return table("by_category", "Cost by category", columns, rows, "Plan cost")


def by_goal() -> Table:
    rows: list[tuple[str, tuple[Value, ...]]] = []
    for goal, (name, measure, target) in GOALS.items():
        rows.append((goal, (name, measure, target, sum(where(goal=goal)), sum(where(goal=goal, fund="UNFUNDED")))))
    columns = [Column("goal", "Goal"), Column("measure", "How we measure it"), Column("target", "Target"), TOTAL, GAP]
    return table("by_goal", "Cost by goal", columns, rows, "Plan cost")


def fund_rules() -> Table:
    rows: list[tuple[str, tuple[Value, ...]]] = [
        (
            "general",
            (
                "General fund",
                "Any cost of the district. The board renews it each June.",
                None,
                "Board budget policy 6.20",
            ),
        ),
        (
            "levy",
            (
                "Technology levy",
                "Devices and displays, as the ballot measure says.",
                "2029-06-30",
                "Ballot measure 24-03",
            ),
        ),
        (
            "erate_c2",
            (
                "E-Rate Category 2",
                "Network equipment inside schools, within a five-year budget.",
                None,
                "47 CFR 54.502",
            ),
        ),
        ("capital", ("Capital fund", "Equipment expected to last five years or more.", None, "Board policy 7.12")),
        (
            "title4a",
            (
                "Title IV-A grant",
                "Student support. Equipment at most 15% of the technology part.",
                None,
                "ESSA sec. 4109",
            ),
        ),
        (
            "cyber",
            ("State cybersecurity grant", "Monitoring and training. One-time money.", "2029-06-30", "Award letter"),
        ),
    ]
    columns = [
        Column("fund", "Fund"),
        Column("pays_for", "May pay for"),
        Column("until", "Until", Unit.DATE),
        Column("source", "Source"),
    ]
    return table("fund_rules", "What each fund may pay", columns, rows)


def cliffs() -> Table:
    device, panel, cyber = (where(category=c, fund="UNFUNDED") for c in ("D1.1", "D1.4", "D5.1"))
    rows: list[tuple[str, tuple[Value, ...]]] = [
        ("levy/D1.1", ("Computers for students and staff", "Technology levy", "2029-06-30", *device, sum(device))),
        ("levy/D1.4", ("Classroom displays", "Technology levy", "2029-06-30", *panel, sum(panel))),
        ("cyber/D5.1", ("Security monitoring", "State cybersecurity grant", "2029-06-30", *cyber, sum(cyber))),
    ]
    columns = [
        Column("cause", "Cost that goes on"),
        Column("fund", "Was paid by"),
        Column("ends", "Money ends", Unit.DATE),
    ]
    return table(
        "cliffs", "Funding cliffs", [*columns, *year_columns(YEARS), TOTAL], rows, "Falls due without its money"
    )


def cost_lines() -> Table:
    columns = [Column(key, key) for key in ("line", "fiscal_year", "category", "site", "fund", "cost_type", "outlay")]
    rows: list[tuple[str, tuple[Value, ...]]] = []
    for i, (category, fund, _, site, years) in enumerate(LINES):
        for year, cents in zip(YEARS, years, strict=True):
            if cents:
                line = f"sample/{i}/{year}"
                rows.append((line, (line, year, category, site, fund, "direct", "operating", cents)))
    rows.append(("memo", ("sample/memo", YEARS[0], "I1", "DISTRICT", "NOT_CASH", "indirect", "operating", 412_300_417)))
    return table("cost_lines", "Cost lines", [*columns, Column("cents", "Dollars", Unit.CENTS, additive=True)], rows)


def budget_request() -> Table:
    """Two accounts and what has none, in the columns of an export whose codes begin with a zero."""
    heads = ("Fiscal Year", "Account", "Function", "Object", "Description")
    columns = (*(Column(name, name) for name in heads), Column("Adopted Budget", "Adopted Budget", Unit.CENTS, True))
    rows = (
        ("FY2028", "011-2580-530", "2580", "530", "Network and internet (General fund)", 2_400_050),
        ("FY2028", "011-1000-650", "1000", "650", "Software and learning content (General fund)", 1_200_000),
        ("FY2028", "Not funded, no account yet", "1000", "650", "Computers for students and staff (not funded)", 99),
    )
    made = tuple(Row(values, key=f"request/{number}") for number, values in enumerate(rows, start=1))
    return Table("budget_request", "Budget request by account", columns, made).with_total("Total")


def balances() -> Table:
    money = [Column(key, key.title(), Unit.CENTS) for key in ("opening", "added", "charged", "lapsed", "closing")]
    rows: list[tuple[str, tuple[Value, ...]]] = []
    for fund in ("levy", "capital"):
        balance = 1_000_000
        for year, charged in zip(YEARS, where(fund=fund), strict=True):
            rows.append(
                (f"{fund}/{year}", (FUNDS[fund][0], year, balance, charged + 50_000, charged, 25_000, balance + 25_000))
            )
            balance += 25_000
    return table("balances", "Fund balances", [Column("fund", "Fund"), Column("year", "Year"), *money], rows)


def counts(
    table_id: str, title: str, first: Column, rows: list[tuple[str, tuple[Value, ...]]], unit: Unit = Unit.COUNT
) -> Table:
    return table(table_id, title, [first, *(Column(year, year, unit) for year in YEARS)], rows)


def refresh() -> Table:
    count = [Column(year, year, Unit.COUNT) for year in YEARS]
    columns = [
        Column("item", "Item"),
        Column("owned", "Owned", Unit.COUNT),
        Column("life_years", "Life", Unit.YEARS),
        Column("unit_price", "Price", Unit.CENTS),
        *count,
        Column("cost", "Cost", Unit.CENTS, additive=True),
    ]
    rows: list[tuple[str, tuple[Value, ...]]] = [
        ("chromebook", ("Student laptops", 8412, 5, 37_250, 1610, 1950, 1950, 1850, 1650, 335_622_500)),
        ("staff_laptop", ("Staff laptops", 1038, 5, 102_000, 200, 210, 210, 210, 210, 106_080_000)),
        ("display", ("Classroom displays", 463, 8, 265_000, 40, 60, 62, 60, 60, 74_730_000)),
        ("access_point", ("Wi-Fi access points", 640, 6, 74_500, 0, 320, 320, 0, 0, 47_680_000)),
        ("switch", ("Network switches", 190, 8, 420_000, 0, 40, 50, 50, 0, 58_800_000)),
    ]
    return table("refresh", "Replacement schedule", columns, rows, "All items")


def source(**changes: object) -> ReportSource:
    """The sample; `changes` replace whole fields of the ReportSource."""
    years = add(*(line[4] for line in LINES))
    gap = where(fund="UNFUNDED")
    cost, missing = sum(years), sum(gap)
    n, t, p = (lambda v: Figure(v, Unit.COUNT)), (lambda v: Figure(v, Unit.TEXT)), (lambda v: Figure(v, Unit.PERCENT))
    general = sum(where(fund="general"))
    figures = {
        "cost": Figure(cost),
        "funded": Figure(cost - missing),
        "gap": Figure(missing),
        "funded_share": p((cost - missing) * 10_000 // cost),
        "indirect": Figure(412_300_417),
        "cost_first_year": Figure(years[0]),
        "funded_first_year": Figure(years[0] - gap[0]),
        "cost_peak": Figure(max(years)),
        "per_student": Figure(46_231),
        "per_student_indirect": Figure(10_288),
        "years": n(5),
        "first_year": t("FY2028"),
        "last_year": t("FY2032"),
        "peak_year": t(YEARS[years.index(max(years))]),
        "gap_first_year": t("FY2030"),
        "gap_last_year": t("FY2032"),
        "gap_first_amount": Figure(gap[2]),
        "students": n(8014),
        "students_last": n(7902),
        "sites": n(14),
        "funds": n(6),
        "funds_ending": n(2),
        "largest_fund": t("General fund"),
        "largest_fund_cost": Figure(general),
        "largest_fund_share": p(general * 10_000 // cost),
        "cliffs": n(3),
        "cliff_first_fund": t("Technology levy"),
        "cliff_first_date": Figure("2029-06-30", Unit.DATE),
        "cliff_first_cost": Figure(gap[2] - where(category="D5.1", fund="UNFUNDED")[2]),
        "cliff_cost": Figure(missing),
        "top_category": t("Technology staff"),
        "top_category_cost": Figure(sum(where(category="D4.1"))),
        "top_category_share": p(sum(where(category="D4.1")) * 10_000 // cost),
        "gap_top_category": t("Computers for students and staff"),
        "gap_top_category_cost": Figure(sum(where(category="D1.1", fund="UNFUNDED"))),
        "goals": n(4),
        "goal_share": p(sum(sum(where(goal=g)) for g in GOALS if g != "NO_GOAL") * 10_000 // cost),
        "devices": n(9450),
        "devices_read": n(10_217),
        "devices_bought": n(10_050),
        "devices_peak": n(2160),
        "devices_peak_year": t("FY2029"),
        "devices_past_support": n(612),
        "devices_unknown_support": n(87),
        "devices_surplus": n(143),
        "devices_not_renewed": n(4070),
        "late_with_plan": p(300),
        "late_without": p(5000),
        "findings": n(4),
        "findings_error": n(1),
        "findings_cents": Figure(23_401_150),
        "inputs": n(8),
        "inputs_default": n(2),
        "inputs_verified": n(2),
    }
    tables = {
        item.id: item
        for item in (
            by_fund(),
            by_source(),
            by_category(),
            by_goal(),
            fund_rules(),
            cliffs(),
            refresh(),
            cost_lines(),
            budget_request(),
            balances(),
            *small_tables(cost, missing),
        )
    }
    fields: dict[str, object] = {
        "district": DistrictFacts(
            name="Quarry Bend School District",
            state="WA",
            meeting="Board of Education, regular meeting",
            meeting_date="2026-12-15",
            agenda_number="7.2",
            author="Office of Technology and Office of Finance",
            contact="Ask the Office of Technology for large print or another language.",
            sample=True,
        ),
        "as_of": date(2026, 11, 20),
        "run_id": "3f9c21ab",
        "digest": "3f9c21ab" * 8,
        "engine_version": "0.1.0",
        "packs": (("funds", "2026.11"), ("catalogs", "2026.11")),
        "fiscal_years": YEARS,
        "figures": figures,
        "tables": tables,
        "findings": FINDINGS,
        "assumptions": ASSUMPTIONS,
        "explanations": explanations(missing),
        "texts": TEXTS,
    }
    return ReportSource(**{**fields, **changes})  # type: ignore[arg-type]  # a test may replace any field


def inventory_tables() -> tuple[Table, ...]:
    columns = [
        Column("what", "What"),
        Column("count", "Devices", Unit.COUNT),
        Column("share", "Share", Unit.PERCENT),
        Column("cents", "Money at stake", Unit.CENTS),
    ]
    return (
        table(
            "inventory_gaps",
            "What the inventory lacks",
            columns,
            [
                ("no_serial", ("No serial number", 17, 17, 640_000)),
                ("duplicate_serial", ("Serial number listed more than once", 4, 4, 150_400)),
                ("no_site", ("No site of the plan known", 210, 222, 7_896_000)),
            ],
        ),
        table(
            "inventory_audit",
            "As auditors count",
            [
                Column("what", "What"),
                Column("count", "Entries", Unit.COUNT),
                Column("share", "Share", Unit.PERCENT),
                Column("audited", "In the audit", Unit.PERCENT),
            ],
            [
                ("serials", ("Serial number missing or on several entries", 25, 26, 459)),
                ("places", ("No place stated", 140, 148, 501)),
            ],
        ),
        table(
            "inventory_differences",
            "Where the lists differ",
            columns,
            [("only_managed", ("In device management, not in the register", 143, 151, 5_376_800))],
        ),
        table(
            "inventory_by_class",
            "The inventory by class",
            [
                Column("item", "Devices"),
                Column("owned", "Now", Unit.COUNT, additive=True),
                Column("no_serial", "No serial", Unit.COUNT, additive=True),
            ],
            [("chromebook", ("Student laptops", 8350, 5)), ("panel", ("Classroom displays", 1100, 12))],
            "All devices",
        ),
    )


def support_tables() -> tuple[Table, ...]:
    return (
        table(
            "support_by_year",
            "Ends of support by year",
            [
                Column("kind", "What ends"),
                Column("ended", "Ended", Unit.COUNT),
                Column("FY2027", "FY2027", Unit.COUNT),
                Column("with_model", "With the model", Unit.COUNT),
            ],
            [
                ("model", ("Device models", 95, 473, 0)),
                ("system", ("Operating systems", 58, 0, 8226)),
                ("contract", ("Contracts", 0, 1, 0)),
            ],
        ),
        table(
            "ends_of_support",
            "Ends of support",
            [
                Column("what", "What ends"),
                Column("kind", "Kind"),
                Column("end", "Supported to"),
                Column("when", "Fiscal year"),
                Column("units", "Number", Unit.COUNT),
                Column("cents", "Money at stake", Unit.CENTS),
                Column("stated_by", "Stated by"),
            ],
            [
                (
                    "system/windows-10-22h2/2025-10-14",
                    (
                        "Windows 10 22H2",
                        "Operating system",
                        "2025-10-14",
                        "Ended",
                        58,
                        5_101_800,
                        "endoflife-date, 2026-08-22",
                    ),
                ),
                (
                    "contract/filter/2027-06-30",
                    ("Content filter", "Contract", "2027-06-30", "FY2027", 1, 4_354_076, "the contract"),
                ),
            ],
        ),
    )


def small_tables(cost: int, missing: int) -> tuple[Table, ...]:
    money = [Column("lower", "At the first", Unit.CENTS), Column("higher", "At the second", Unit.CENTS)]
    return (
        counts(
            "refresh_on_time",
            "Student laptops",
            Column("series", "Student laptops"),
            [
                ("policy", ("Each laptop on time", 1150, 1300, 3900, 1400, 1650)),
                ("plan", ("This plan", 1610, 1950, 1950, 1850, 1650)),
            ],
        ),
        counts(
            "late",
            "Past planned life",
            Column("series", "Laptops past planned life"),
            [
                ("with_plan", ("With the plan", 300, 300, 300, 300, 200)),
                ("without_money", ("Without the money", 300, 300, 2100, 3600, 5000)),
            ],
            Unit.PERCENT,
        ),
        counts(
            "support",
            "Past the end of updates",
            Column("item", "Item"),
            [
                ("chromebook", ("Student laptops", 612, 840, 410, 0, 0)),
                ("staff_laptop", ("Staff laptops", 0, 44, 0, 0, 0)),
            ],
        ),
        table(
            "unfunded_items",
            "What is not paid for",
            [Column("what", "What"), Column("from_year", "From"), Column("units", "Units", Unit.COUNT), GAP],
            [
                (
                    "D1.1",
                    ("Computers for students and staff", "FY2030", 4070, sum(where(category="D1.1", fund="UNFUNDED"))),
                ),
                ("D5.1", ("Cybersecurity", "FY2030", None, sum(where(category="D5.1", fund="UNFUNDED")))),
                ("D1.4", ("Classroom displays", "FY2030", 110, sum(where(category="D1.4", fund="UNFUNDED")))),
            ],
            "All that is not funded",
        ),
        table(
            "drivers",
            "What moves the cost",
            [Column("driver", "What could change"), Column("range", "Two values tested"), *money],
            [
                ("price", ("Computer and display prices", "10% lower and 10% higher", -57_100_000, 57_100_000)),
                ("erate", ("E-Rate discount", "80% and 60%", 0, 46_300_000)),
                ("life", ("Life of laptops", "one year more and one year less", 6_100_000, 55_500_000)),
                ("pay", ("Staff pay", "1 point lower and 1 point higher", -9_800_000, 10_100_000)),
            ],
        ),
        table(
            "refresh_why",
            "Why devices are bought",
            [Column("reason", "Why"), *(Column(year, year, Unit.COUNT, additive=True) for year in YEARS)],
            [
                ("clock/support", ("End of vendor support", 1250, 1580, 1592, 1410, 1200)),
                ("clock/life", ("Planned life reached", 600, 1000, 1050, 760, 720)),
            ],
            "All purchases",
        ),
        table(
            "purchases",
            "Purchases that need quotes, bids or approval",
            [
                Column("year", "Year"),
                Column("purchase", "Purchase"),
                Column("cents", "Amount", Unit.CENTS),
                Column("method", "Method"),
                Column("approval", "Board approval"),
                Column("rule", "Rule"),
            ],
            [
                (
                    "laptops",
                    ("FY2028", "Student laptops", 59_972_500, "formal bids or proposals", "needed", "bid threshold"),
                ),
                (
                    "displays",
                    ("FY2028", "Classroom displays", 10_600_000, "formal bids or proposals", "needed", "bid threshold"),
                ),
                ("training", ("FY2028", "Training", 2_400_000, "quotes", "not needed", "micro-purchase threshold")),
                (
                    "laptops/2",
                    ("FY2029", "Student laptops", 72_637_500, "formal bids or proposals", "needed", "bid threshold"),
                ),
            ],
        ),
        *inventory_tables(),
        *support_tables(),
        table(
            "alternatives",
            "Plans compared",
            [
                Column("plan", "Choice"),
                Column("what", "What it means"),
                Column("cost", "Cost", Unit.CENTS),
                Column("unfunded", "Not funded", Unit.CENTS),
                Column("late", "Without updates, FY2032", Unit.COUNT),
            ],
            [
                ("recommended", ("This plan", "Replace on time", cost, missing, 0)),
                (
                    "longer",
                    ("Keep devices longer", "One year more for each", cost - 90_000_000, missing - 90_000_000, 2100),
                ),
                ("funded_only", ("Only what is funded", "Buy what has money", cost - missing, 0, None)),
                ("nothing", ("Do nothing", "Replace no device", cost - 600_000_000, 0, 6400)),
            ],
        ),
        table(
            "tco",
            "Direct and indirect cost",
            [
                Column("category", "Category"),
                Column("direct", "Direct", Unit.CENTS, additive=True),
                Column("indirect", "Indirect (memo)", Unit.CENTS, additive=True),
            ],
            [
                *((code, (name, sum(where(category=code)), None)) for code, name in CATEGORIES.items()),
                ("I1", ("Time staff spend on their own fixes", None, 302_300_417)),
                ("I2", ("Lost class time when systems are down", None, 110_000_000)),
            ],
            "All five years",
        ),
    )


def explanations(missing: int) -> tuple[Explanation, ...]:
    return (
        Explanation(
            "gap",
            "What is not funded",
            (
                TraceLine(0, "Not funded, five years", "$2,429,563.30", "cost lines that no fund pays, added up"),
                TraceLine(1, "Computers for students and staff", "$1,716,316.88", "price times units, largest part"),
                TraceLine(2, "Student laptops in FY2030", "1,950", "", "inventory 4be07c11, class chromebook"),
                TraceLine(2, "Price of one laptop", "$372.50", "", "quotes.xlsx, sheet Quotes, row 4, column Price"),
                TraceLine(1, "All other cost lines", "$713,246.42", "the rest"),
            ),
        ),
        Explanation(
            "per_student",
            "Cost for each student, each year",
            (
                TraceLine(
                    0, "Direct cost divided by students, mean of five years", "$462.31", "cost lines / enrollment"
                ),
                TraceLine(1, "Students in FY2028", "8,014", "", "enrollment.csv, row 2, column Total"),
            ),
        ),
    )
