"""Whatever an export holds, credits and blanks included: no dimension loses a cent of it, nor of the plan beside it."""

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.builders import result_of
from tests.properties.random_plans import plans
from throughline.engine.funding.against import BY, against
from throughline.engine.funding.request import request
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.assumptions import AccountRule
from throughline.engine.plan.finance import FinanceKind, FinanceLine
from throughline.engine.plan.plan import Plan
from throughline.engine.views.against_budget import against_budget
from throughline.engine.views.worked import place

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
ACCOUNTS = ("11-100", "11-200", "20-100", "")
amounts = st.lists(
    st.tuples(
        st.sampled_from(FinanceKind),
        st.integers(-50_000_00, 900_000_00),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(("2230", "2580", "")),
        st.sampled_from(("650", "352", "")),
        st.sampled_from(("ash", "DISTRICT", "")),
        st.sampled_from(("D3.1", "")),
    ),
    max_size=14,
)
rules = st.lists(st.tuples(st.sampled_from(("*", "650", "530")), st.sampled_from(ACCOUNTS[:3])), max_size=3)


def _lines(rows: list[tuple[FinanceKind, int, str, str, str, str, str]]) -> tuple[FinanceLine, ...]:
    return tuple(
        FinanceLine(
            f"{number:02d}", "budget", kind, 2028, cents, account, account[:2], "", function, object_, site=site,
            category=category,
        )
        for number, (kind, cents, account, function, object_, site, category) in enumerate(rows)
    )  # fmt: skip


def _map(rows: list[tuple[str, str]]) -> tuple[AccountRule, ...]:
    return tuple(AccountRule(f"{i}", account, object=code) for i, (code, account) in enumerate(rows))


@FEW
@given(plans(), amounts, rules)
def test_sums_by_any_dimension_equal_the_export_and_the_plan(
    plan: Plan, rows: list[tuple[FinanceKind, int, str, str, str, str, str]], mapped: list[tuple[str, str]]
) -> None:
    plan = replace(plan, finance_lines=_lines(rows), account_rules=_map(mapped))
    result = result_of(plan, []).planning
    money = against(result.plan, result.ledger, result.allocation, 2028, True)
    planned = result.ledger.total({"cost_type": "direct", "fiscal_year": "FY2028"})
    for dimension in BY:
        assert sum(money.planned(dimension).values()) == planned
        for kind in money.stated:
            assert sum(money.finance(kind, dimension).values()) == sum(row[1] for row in rows if row[0] is kind)
        made = against_budget(money, dimension, {})
        for row in made.table.rows:
            for column, value in zip(made.table.columns[1:], row.values[1:], strict=True):
                if value is not None and place(row.key, column.key) in made.traces:
                    assert evaluate(made.traces[place(row.key, column.key)]) == value


@FEW
@given(plans(), amounts, rules, st.integers(0, 99))
def test_the_request_holds_every_cent_of_the_plan_in_any_order_of_the_lines(
    plan: Plan, rows: list[tuple[FinanceKind, int, str, str, str, str, str]], mapped: list[tuple[str, str]], seed: int
) -> None:
    shuffled = list(_lines(rows))
    Random(seed).shuffle(shuffled)
    ordered = tuple(sorted(shuffled, key=lambda line: line.id))
    result = result_of(replace(plan, finance_lines=ordered, account_rules=_map(mapped)), []).planning
    asked = request(result.allocation, result.plan, result.horizon)
    assert sum(asked.values()) == result.ledger.total({"cost_type": "direct"})
    assert all(item.account for item in asked)
