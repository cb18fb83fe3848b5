"""What holds of every allocation, whatever the plan: conservation, caps, eligibility, order, carryover, more money helps."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.funding.build import (
    ERATE,
    HORIZON,
    REF,
    asset_class,
    fund,
    ledger,
    line,
    money,
    parameter,
    plan,
    rule,
    rules,
    schools,
)
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.allocation import Allocation
from throughline.engine.funding.costclass import class_key, cost_classes
from throughline.engine.funding.eligibility import eligible, lives
from throughline.engine.funding.lines import split_lines, trace_funding
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.funds import GivenAmount
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import NOT_CASH, UNFUNDED
from throughline.engine.rulebook.fundrule import CarryLimit, Discount, Earmark

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AMOUNT = st.integers(1, 100_000_00)

GENERAL = rule()
CARRYING = rule("carrying", priority=50, carryover_share=Decimal("0.15"))
CAPITAL = rule(
    "capital", priority=30, capital_only=True, min_life_years=5, availability="term", carryover_share=Decimal(1)
)
RELIEF = rule("relief", priority=20, availability="one_time", one_time_money=True)
EARMARKED = rule(
    "earmarked",
    priority=25,
    earmarks=(
        Earmark("devices", "at_most", Decimal("0.15"), ("D1",), REF),
        Earmark("training", "at_least", Decimal("0.20"), ("D5",), REF),
    ),
)
GRANT = rule(
    "grant",
    priority=22,
    availability="federal",
    availability_months="grant/months",
    carryover_share=Decimal(1),
    carry_limit=CarryLimit("grant/share", "grant/minimum", "grant/first", "grant/apart"),
    earmarks=(
        Earmark("well", "at_least", Decimal("0.20"), (), REF, least_cents=30_000_00),
        Earmark("training", "at_least", Decimal("0.20"), ("D5",), REF, least_cents=30_000_00),
    ),
)
GRANT_ROWS = tuple(
    replace(parameter(f"grant/{name}", 0, unit), value=value, effective_from=date(2000, 1, 1))
    for name, value, unit in (
        ("months", 27, "months"),
        ("first", 15, "months"),
        ("apart", 3, "years"),
        ("minimum", 50_000_00, "cents"),
        ("share", Decimal("0.15"), "share"),
    )
)
OPEN = rule("open", priority=12, availability="open", eligible_categories=("D2",), discount=Discount("erate_c2_matrix"))
MATCHED = rule("matched", priority=15, match_share=Decimal("0.25"))
RULES = rules(
    ERATE,
    GENERAL,
    CARRYING,
    CAPITAL,
    RELIEF,
    EARMARKED,
    GRANT,
    OPEN,
    MATCHED,
    more=GRANT_ROWS,
    classes=(asset_class("short", 4), asset_class("long", 8)),
)
PLAIN = ("general", "carrying", "capital", "relief", "earmarked", "grant")
SHARED = ("erate_c2", "matched", "open")


@st.composite
def costs(draw: st.DrawFn) -> list[tuple[int, dict[str, str]]]:
    months = [f"{year}-{month:02d}" for year in range(2026, 2031) for month in (7, 9, 10)]
    months += [f"{year}-{begin:02d}..{year + 1}-06" for year in range(2026, 2031) for begin in (7, 9, 11)]
    one = st.builds(
        lambda cents, month, category, outlay, recurrence, item, site, kind: line(
            cents,
            obligation_month=month,
            category=category,
            outlay=outlay,
            recurrence=recurrence,
            asset_class=item,
            site=site,
            cost_type=kind,
        ),
        AMOUNT,
        st.sampled_from(months),
        st.sampled_from(["D1.1", "D2.2", "D3.2", "D5.3"]),
        st.sampled_from(["capital", "operating"]),
        st.sampled_from(["one_time", "recurring"]),
        st.sampled_from(["short", "long", "NONE"]),
        st.sampled_from(["north", "south", "DISTRICT"]),
        st.sampled_from(["direct", "direct", "direct", "indirect"]),
    )
    return draw(st.lists(one, max_size=14))


@st.composite
def plans(draw: st.DrawFn, kinds: tuple[str, ...] = PLAIN + SHARED, policy: str = "") -> Plan:
    chosen = draw(st.lists(st.sampled_from(kinds), unique=True, max_size=len(kinds)))
    records: list[object] = []
    for name in chosen:
        sites = draw(st.sampled_from([(), (), ("north",)]))
        own = (("nslp_percent", "60"), ("rural", "no")) if name in ("erate_c2", "open") else ()
        records.append(fund(name, sites=sites, settings=own))
        for year in draw(st.lists(st.integers(2027, 2031), unique=True, max_size=3)):
            last = draw(st.sampled_from([date(year, 9, 30), date(year, 6, 30), date(year - 1, 9, 30)]))
            dated: dict[str, Any] = {"obligation_deadline": last} if name == "relief" else {}
            records.append(money(name, year, draw(AMOUNT), **dated))
    decided = policy or draw(st.sampled_from(["rule_order", "given_amounts"]))
    keys = draw(
        st.lists(
            st.tuples(
                st.sampled_from(chosen or ["general"]), st.integers(2027, 2031), st.sampled_from(["D", "D1", "D3.2"])
            ),
            unique=True,
            max_size=8,
        )
    )
    records += [GivenAmount(f"{f}-{y}-{c}", f, y, c, draw(AMOUNT)) for f, y, c in keys]
    records += schools(120, 80)
    return plan(*records, policy=decided)  # type: ignore[arg-type]  # records of several nouns


def run(lines: list[tuple[int, dict[str, str]]], a_plan: Plan) -> tuple[Ledger, Allocation]:
    book = ledger(*lines)
    return book, allocate(book, a_plan, RULES, HORIZON)


@QUICK
@given(costs(), plans())
def test_every_cent_of_a_class_is_paid_once_or_not_funded(
    lines: list[tuple[int, dict[str, str]]], a_plan: Plan
) -> None:
    book, result = run(lines, a_plan)
    assert result.cents.sum() == book.total(where={"cost_type": "direct"})
    assert result.cents.sum(axis=1).tolist() == [item.cents for item in result.classes]
    assert not (result.cents < 0).any()


@QUICK
@given(costs(), plans())
def test_nothing_is_paid_by_a_fund_that_may_not_pay_it(lines: list[tuple[int, dict[str, str]]], a_plan: Plan) -> None:
    _, result = run(lines, a_plan)
    life = lives(a_plan, RULES)
    for i, j in np.argwhere(result.cents[:, :-1] > 0).tolist():
        owner, item = result.owners[j], result.classes[i]
        assert eligible(owner.rule, owner.fund, item, life.get(item.asset_class), result.groups).allowed


@QUICK
@given(costs(), plans())
def test_balances_close_and_no_fund_pays_more_than_it_has(
    lines: list[tuple[int, dict[str, str]]], a_plan: Plan
) -> None:
    _, result = run(lines, a_plan)
    paid = result.by_fund_year()
    for owner in result.owners:
        rows = [b for b in result.balances if b.fund == owner.fund.id]
        assert sum(b.new for b in rows) == sum(row.cents for row in owner.resources)
        assert [b.carried for b in rows[:-1]] == [b.opening for b in rows[1:]]
        for b in rows:
            assert b.opening + b.new == b.used + b.lapsed + b.carried
            assert b.closing == b.lapsed + b.carried
            assert min(b.opening, b.used, b.lapsed, b.carried) >= 0
            assert b.charged == paid.get(owner.fund.id, {}).get(b.fiscal_year, 0)
            assert b.charged <= b.used
            if owner.rule.availability == "annual":
                assert b.carried <= owner.rule.carryover_share * b.closing


@QUICK
@given(costs(), plans())
def test_money_pays_only_costs_up_to_its_last_day(lines: list[tuple[int, dict[str, str]]], a_plan: Plan) -> None:
    _, result = run(lines, a_plan)
    for j, owner in enumerate(result.owners):
        for end in {row.obligation_deadline for row in owner.resources if row.obligation_deadline}:
            late = sum(int(result.cents[i, j]) for i, item in enumerate(result.classes) if item.obligated_on > end)
            open_later = [r for r in owner.resources if r.obligation_deadline is None or r.obligation_deadline > end]
            assert late <= sum(row.cents for row in open_later)


@QUICK
@given(costs(), plans(), st.randoms(use_true_random=False))
def test_the_order_of_costs_and_records_does_not_matter(
    lines: list[tuple[int, dict[str, str]]], a_plan: Plan, shuffler: object
) -> None:
    _, before = run(lines, a_plan)
    mixed = list(lines)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis' Random
    _, after = run(mixed, a_plan)
    assert before.classes == after.classes
    assert (before.cents == after.cents).all()
    assert before.fills == after.fills


@QUICK
@given(costs(), plans())
def test_earmarks_are_kept_to_the_cent(lines: list[tuple[int, dict[str, str]]], a_plan: Plan) -> None:
    _, result = run(lines, a_plan)
    if "earmarked" not in result.funds:
        return
    column = result.cents[:, result.funds.index("earmarked")].tolist()
    for year in range(2027, 2032):
        there = sum(row.cents for row in result.owner_by_id["earmarked"].resources if row.fiscal_year == year)
        of_year = [
            (item.category, cents)
            for item, cents in zip(result.classes, column, strict=True)
            if item.fiscal_year == year
        ]
        assert sum(cents for category, cents in of_year if category.startswith("D1")) <= there * Decimal("0.15")
        assert sum(cents for category, cents in of_year if not category.startswith("D5")) <= there * Decimal("0.80")


@QUICK
@given(costs(), plans(("grant", "general")))
def test_after_the_first_period_no_more_than_the_carryover_is_committed(
    lines: list[tuple[int, dict[str, str]]], a_plan: Plan
) -> None:
    _, result = run(lines, a_plan)
    if "grant" not in result.funds:
        return
    column = result.cents[:, result.funds.index("grant")].tolist()
    late = {row.fiscal_year: row.late for row in result.owner_by_id["grant"].resources if row.late}
    for limit in late.values():
        after = sum(
            cents for item, cents in zip(result.classes, column, strict=True) if item.obligated_on > limit.after
        )
        newer = [
            row for row in result.owner_by_id["grant"].resources if row.late is None or row.late.after > limit.after
        ]
        assert after <= limit.cents + sum(row.cents for row in newer)


@QUICK
@given(costs(), plans())
def test_a_shared_cost_is_never_paid_without_its_local_share(
    lines: list[tuple[int, dict[str, str]]], a_plan: Plan
) -> None:
    _, result = run(lines, a_plan)
    for owner in result.owners:
        if owner.pays is None:
            continue
        part, whole = owner.pays
        local: dict[int, int] = {}
        for fill in result.fills:
            if fill.for_fund == owner.fund.id:
                local[fill.position] = local.get(fill.position, 0) + fill.cents
        for fill in result.fills:
            if fill.fund == owner.fund.id and fill.cents:
                together = fill.cents + local.get(fill.position, 0)
                assert fill.cents * whole <= together * part


@QUICK
@given(costs(), plans(PLAIN, "rule_order"), st.sampled_from(PLAIN), st.integers(2027, 2031), AMOUNT)
def test_more_money_never_raises_what_is_not_funded(
    lines: list[tuple[int, dict[str, str]]], a_plan: Plan, name: str, year: int, cents: int
) -> None:
    """Holds where no fund needs a local share; with one, money moved to the share may lapse elsewhere (docs/concepts/funds.md)."""
    if name not in a_plan.fund_by_id:
        return
    dated = {"obligation_deadline": date(year, 9, 30)} if name == "relief" else {}
    extra = money(name, year, cents, "zz-extra", **dated)
    richer = replace(a_plan, appropriations=(*a_plan.appropriations, extra))
    before = sum(run(lines, a_plan)[1].unfunded_by_year().values())
    after = sum(run(lines, richer)[1].unfunded_by_year().values())
    assert after <= before


@QUICK
@given(costs(), plans())
def test_lines_take_exactly_the_shares_of_their_class(lines: list[tuple[int, dict[str, str]]], a_plan: Plan) -> None:
    book, result = run(lines, a_plan)
    per_line: dict[str, int] = {}
    per_cell = np.zeros_like(result.cents)
    for item, payer, cents in split_lines(book, result):
        assert cents > 0
        per_line[item.id] = per_line.get(item.id, 0) + cents
        if item.labels["cost_type"] == "indirect":
            assert payer == NOT_CASH
        else:
            position = result.positions[class_key(item.labels, result.groups)][0]
            per_cell[position, result.funds.index(payer)] += cents
    assert per_line == {item.id: item.cents for item in book.lines()}
    for parts in result.positions.values():
        assert (per_cell[parts[0]] == result.cents[list(parts)].sum(axis=0)).all()


@QUICK
@given(costs(), plans())
def test_performed_cost_is_cut_by_months_and_keeps_its_cents(
    lines: list[tuple[int, dict[str, str]]], a_plan: Plan
) -> None:
    book, result = run(lines, a_plan)
    whole = {item.key: item for item in cost_classes(book, result.groups)}
    assert whole.keys() == result.positions.keys()
    for key, positions in result.positions.items():
        parts = [result.classes[i] for i in positions]
        assert sum(part.cents for part in parts) == whole[key].cents
        months = [month for part in parts for month in range(part.since, part.month + 1)]
        assert months == list(range(key[9], key[1] + 1))
        for part in parts:
            assert abs(part.cents * len(months) - whole[key].cents * (part.month - part.since + 1)) < len(months)


@settings(max_examples=15, deadline=None)
@given(costs(), plans())
def test_the_trace_of_a_share_evaluates_to_the_share(lines: list[tuple[int, dict[str, str]]], a_plan: Plan) -> None:
    book, result = run(lines, a_plan)
    for item, payer, cents in split_lines(book, result):
        if payer != NOT_CASH:
            assert evaluate(trace_funding(book, result, item.id, payer)) == cents


def test_a_fund_that_pays_nothing_of_a_line_has_a_share_of_zero() -> None:
    book, result = run([line(100)], plan(fund("general"), money("general", 2027, 100)))
    assert evaluate(trace_funding(book, result, "test/0000", UNFUNDED)) == 0
