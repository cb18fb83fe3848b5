"""Plans of records that nobody would enter, drawn from a seed: unknown names, impossible numbers, wrong dates, all at once."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from tests.engine.builders import BOOK, Devices
from throughline.engine.plan.assumptions import AccountRule, Assumption
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.decisions import DeviceDecision
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.funds import Appropriation, Fund, GivenAmount
from throughline.engine.plan.goals import Goal, Initiative
from throughline.engine.plan.options import Aspect, CostKind, Option, OptionCost, OptionRating, OptionSet
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.engine.plan.sites import Site
from throughline.engine.plan.standards import Driver, Standard

PLACES = ("a", "b", "moon", "DISTRICT", "UNASSIGNED", "")
CLASSES = ("student-chromebook", "staff-laptop", "access-point", "phone-system", "cart", "tricorder", "")
CATEGORIES = ("D1.1", "D2.2", "D3.1", "D3.2", "D4.1", "D5.2", "D7.1", "I1", "", "X", "D4")
CENTS = (0, 1, 99, 5_000_00, 123_456_789, -7, None, 10**11)
DAYS = (None, date(2020, 1, 1), date(2027, 9, 30), date(2029, 12, 31), date(2031, 6, 30), date(2050, 1, 1))
YEARS = (2012, 2027, 2028, 2030, 2040, 20288)
RULES = (
    "contingency/share", "growth/hardware", "growth/labor", "training/bought-share", "repair/mean-cost", "loss/rate",
    "warranty/years", "procurement/micro-purchase", "growth/gold", "capital/discount-rate", "capital/salvage-share",
    "capital/discount-rates-by-term", "capital/depreciation-convention", "capital/subscription-threshold",
    "capital/aggregate-threshold", "voi/weight/goals", "federal/obligation-kind/1", "federal/obligation-kind/443",
)  # fmt: skip
SETTINGS = {
    "nslp_percent": ("60", "0.4", "much", "100"),
    "rural": ("yes", "no", "maybe"),
    "obligation_deadline": ("2028-09-30", "soon"),
    "carryover_share": ("0.5", "2"),
    "term_end": ("2029-12-31",),
    "budget_cents": ("100000", "-1"),
    "prior_commitments_cents": ("5000000", "x"),
}


def odd(seed: int) -> tuple[Plan, list[Devices]]:
    """A plan and a fleet; equal seeds give equal ones."""
    draw = Random(seed)
    one: Callable[[Sequence[Any]], Any] = draw.choice

    def number(*values: str) -> Decimal:
        return Decimal(one(values))

    def many(most: int, make: Callable[[str], Any]) -> tuple[Any, ...]:
        return tuple(make(str(n)) for n in range(draw.randint(0, most)))

    kinds = (*BOOK.fund_rules, "lottery")
    funds = many(
        5,
        lambda i: Fund(
            i, one(kinds), f"Fund {i}", one((None, 1, 5)),
            tuple((name, one(values)) for name, values in SETTINGS.items() if draw.random() < 0.4),
            one(((), ("a",), ("moon",))),
        ),
    )  # fmt: skip
    names = (*(fund.id for fund in funds), "none")
    sites = tuple(Site(name, name, one(("elementary", "high", "mixed", "castle", "office"))) for name in ("a", "b"))
    plan = Plan(
        District("d", "T", "", one((1, 7, 9, 10, 12, 13, 0)), "", one((None, 0, 100)), one((None, 0)), one((None, 5)),
                 one(("rule_order", "given_amounts", "dice"))),
        sites=sites if draw.random() < 0.8 else (),
        enrollment=tuple(
            EnrollmentCount(f"{fall}-{n}-{grade}", fall, site, grade, number("0", "30", "41.5", "500", "-3"))
            for fall in range(2022, 2028)
            for n, site in enumerate(PLACES[:4])
            for grade in ("1", "13", "2", "K", "PK")
            if draw.random() < 0.4
        ),
        staffing=many(5, lambda i: StaffCount(i, one(PLACES), one(("teacher", "technician", "")),
                                              number("0", "1.5", "-1", "40"), one(CENTS), one(("", *CATEGORIES)))),
        standards=many(4, lambda i: Standard(
            i, one(CLASSES), one(("*", "student", "staff", "shared")), one(tuple(Driver)), one((None, 0, 1, 3, 9)),
            one((("vendor", "policy", "condition"), ("policy",), (), ("mood",))), one(((), ("K",), ("K", "1", "Q"))),
            one(("pupil", "staff", "site", "fixed", "parent")), number("0", "1", "0.33", "1.25", "-1"),
            one(((), ("K", "1"), ("12",))), one(((), ("teacher",), ("pilot",))), one((None, Decimal("0.1"), Decimal(-1))),
            one((True, False)), one(("", "nothing", "chromebook")), one(CENTS),
            lease_year_cents=one((None, None, *CENTS)))),
        goals=(Goal("g", "Goal"),) if draw.random() < 0.5 else (),
        initiatives=(Initiative("i", "Work", one(("g", "lost", ""))),),
        contracts=many(6, lambda i: Contract(
            i, f"Contract {i}", "", one(CATEGORIES), one(("flat", "student", "staff", "device", "mood")), one(CENTS),
            one(DAYS), one(DAYS), one((True, False)), one((None, Decimal("0.1"), Decimal("-0.5"), Decimal(-2))),
            one(PLACES), one(CLASSES), object=one(("", "", "443", "580", "9", "much")), goal=one(("", "g", "lost")),
            initiative=one(("", "i", "lost")), conveys=one(("", "software", "equipment", "support", "perpetual_licence", "air")),
            option_months=one((None, 0, 1, 12, 700, -3)), cancellable_months=one((None, 0, 6, 480, -1)),
            due=one(("", "advance", "arrears", "whenever")),
            vendor_rate=one((None, Decimal(0), Decimal("0.04"), Decimal(1), Decimal(-2))), implementation_cents=one(CENTS),
            prepaid_cents=one(CENTS), incentive_cents=one(CENTS))),
        funds=funds,
        appropriations=many(8, lambda i: Appropriation(
            i, one(names), one((2019, 2027, 2028, 2029, 2032, 2060)), one((0, 1, 10**9, -5, -(10**8), 333)),
            one(("appropriation", "award", "opening_balance", "carryover", "gift", "luck")), "expected",
            one(DAYS), one(DAYS), one(DAYS))),
        given_amounts=many(4, lambda i: GivenAmount(i, one(names), one((2028, 2030, 2011)), one(("D", "D1.1", "", "Z")),
                                                    one((0, 5, 10**8, -1)))),
        plan_lines=many(8, lambda i: PlanLine(
            i, one(("doc", "doc2")), one(("x", "y")), one(("FY2028", "later")), one(tuple(LineRole)), one(CENTS),
            one((None, Decimal(0), Decimal("2.5"))), one((None, 0, 5_000_00)), one((None, *YEARS)), "", one(CATEGORIES),
            one(CLASSES), one(PLACES), one(("one_time", "recurring", "often")))),
        assumptions=many(4, lambda i: Assumption(i, one(RULES), one(("0", "0.1", "1", "-0.5", "x", "1" + "0" * 14, "5")),
                                                 "", one(("", "2030-01-01", "soon", "2020-01-01")))),
        decisions=many(3, lambda i: DeviceDecision(i, one((*CLASSES, "*")), one((0, *YEARS)), one((None, 0, 5, 1000, -2)),
                                                   one((*PLACES, "*")), due_in=one((None, 2028, 2030)))),
        option_sets=many(2, lambda i: OptionSet(
            i, f"Question {i}", one((None, 0, *YEARS)),
            one(((), (("g", "1"),), (("g", "0.5"), ("lost", "0.5")), (("g", "-1"),), (("g", "much"), ("g2", "NaN")))))),
        options=many(5, lambda i: Option(
            i, one(("0", "1", "none")), f"Option {i}", one((-1, 0, 1, 4, 50, 51)), one(("", "lease")),
            one((None, Decimal(0), Decimal("0.5"), Decimal(-2))), one(("technician", "wizard", "")), one((None, Decimal(3))),
            one((None, Decimal(0), Decimal(40))), one((None, Decimal(0), Decimal("0.5"), Decimal(900))), one(DAYS))),
        option_costs=many(9, lambda i: OptionCost(
            i, one(("0", "1", "2", "none")), f"Cost {i}", one((None, 0, 1, 3, 60, -1)), one((None, 0, 2, 50, -1)), one(CENTS),
            one(tuple(CostKind)), one((None, Decimal(0), Decimal("0.1"), Decimal(-1), Decimal(-2))),
            one(("", "", "plan_lines/0", "contracts/0", "contracts/none", "goals/g", "odd")))),
        option_ratings=many(9, lambda i: OptionRating(
            i, one(("0", "1", "2", "none")), one(tuple(Aspect)), one(("g", "time", "", "lost")),
            number("0", "2.5", "5", "6", "-1"), *(one((None, Decimal(0), Decimal(5), Decimal(9))) for _ in range(2)),
            one((None, Decimal(0), Decimal(1), Decimal(2))), one((None, Decimal(0), Decimal(5), Decimal(-1))))),
        account_rules=(AccountRule("r", "1-2", site=one(("*", "a"))),) if draw.random() < 0.3 else (),
    )  # fmt: skip
    fleet = []
    for _ in range(draw.randint(0, 8)):
        count = draw.randint(1, 60)
        fleet.append(
            Devices(
                one(CLASSES), one(PLACES[:3]), count, one((0, 2000, 2019, 2024, 2027, 2028)),
                one((-1, -2, 0, 2025 * 12, 2028 * 12 + 5, 2031 * 12)), one(("student", "staff", "shared", "")),
                one(("unknown", "good", "poor")), on_order=min(count, one((0, 0, 5))),
            )
        )  # fmt: skip
    return plan, fleet
