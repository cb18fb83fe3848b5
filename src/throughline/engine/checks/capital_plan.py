"""Does a published plan add up: stated totals against the rows, quantity x unit price, funding against requests.

What does not close is a finding with the difference (stated less computed) in cents; no figure is ever absorbed.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.money import dollars, round_half_up
from throughline.engine.plan.documents import amounts, documents, lines_of, periods_of, quantities
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import LineRole, PlanLine, StatedTotal

_CLOSING = {"item": "TL-PLAN-001", "period": "TL-PLAN-002", "grand": "TL-PLAN-003"}


def check_capital_plan(plan: Plan) -> tuple[Finding, ...]:
    """Findings on every document the plan holds, in document order."""
    found: list[Finding] = []
    for document in documents(plan):
        lines = lines_of(plan, document)
        found += [item for total in plan.stated_totals if total.document == document for item in _closes(total, lines)]
        found += [item for line in lines for item in _product(line)]
        found += _funded(document, lines)
        found += _parts(document, lines)
        found += _outside_years(document, lines)
        found += _without_amount(document, lines)
        found += _twice(document, lines)
        found += _without_category(document, lines)
    return tuple(found)


def rows_of(total: StatedTotal, lines: Sequence[PlanLine]) -> list[PlanLine]:
    """The lines a stated total speaks about."""
    own = [line for line in lines if line.role is total.role and total.section in ("", line.section)]
    if total.axis == "item":
        return [line for line in own if line.item == total.key]
    if total.axis == "period":
        return [line for line in own if line.period == total.key]
    return own


def _closes(total: StatedTotal, lines: Sequence[PlanLine]) -> Iterator[Finding]:
    rows = rows_of(total, lines)
    if total.cents is not None:
        computed = amounts(rows)
        if _breaks(total, total.cents - computed):
            yield _open_cents(total, computed)
    if total.quantity is not None:
        units = quantities(rows)
        if _breaks(total, total.quantity - units):
            yield _open_units(total, units)


def _breaks(total: StatedTotal, difference: int | Decimal) -> bool:
    return difference < 0 if total.relation == "at_most" else difference != 0


def _open_cents(total: StatedTotal, computed: int) -> Finding:
    assert total.cents is not None
    code = "TL-PLAN-006" if total.relation == "at_most" else _CLOSING[total.axis]
    return finding(
        code,
        Severity.WARNING,
        f"stated_totals/{total.id}",
        cents=abs(total.cents - computed),
        source=total.source,
        document=total.document,
        key=_named(total),
        stated=dollars(total.cents),
        computed=dollars(computed),
        difference=dollars(total.cents - computed),
        difference_cents=total.cents - computed,
    )


def _open_units(total: StatedTotal, units: Decimal) -> Finding:
    assert total.quantity is not None
    return finding(
        "TL-PLAN-007" if total.relation == "at_most" else "TL-PLAN-005",
        Severity.WARNING,
        f"stated_totals/{total.id}",
        cents=None,  # a count of devices has no price of its own
        source=total.source,
        document=total.document,
        key=_named(total),
        stated=_units(total.quantity),
        computed=_units(units),
        difference=_units(total.quantity - units),
    )


def _product(line: PlanLine) -> Iterator[Finding]:
    """Quantity x unit price = amount, where the row states all three."""
    if line.quantity is None or line.unit_cents is None or line.amount_cents is None:
        return
    product = round_half_up(line.quantity * line.unit_cents)
    if product != line.amount_cents:
        yield finding(
            "TL-PLAN-004",
            Severity.WARNING,
            f"plan_lines/{line.id}",
            cents=abs(line.amount_cents - product),
            source=line.source,
            document=line.document,
            item=line.item,
            quantity=_units(line.quantity),
            unit=dollars(line.unit_cents),
            product=dollars(product),
            stated=dollars(line.amount_cents),
            difference=dollars(line.amount_cents - product),
        )


def _funded(document: str, lines: Sequence[PlanLine]) -> Iterator[Finding]:
    """Funding sources against requests, in the periods for which the document states both."""
    for period in periods_of(lines):
        here = [line for line in lines if line.period == period]
        sources = [line for line in here if line.role is LineRole.FUNDING_SOURCE]
        requests = [line for line in here if line.role is LineRole.REQUEST]
        difference = amounts(sources) - amounts(requests)
        if sources and requests and difference:
            yield finding(
                "TL-PLAN-008",
                Severity.WARNING,
                f"plan_lines/{document}",
                cents=abs(difference),
                source=sources[0].source,
                document=document,
                period=period,
                funding=dollars(amounts(sources)),
                requests=dollars(amounts(requests)),
                difference=dollars(difference),
            )


def _parts(document: str, lines: Sequence[PlanLine]) -> Iterator[Finding]:
    """A part must name a line of the document and may not exceed it in its period."""
    for part in (line for line in lines if line.role is LineRole.PART_OF):
        wholes = [line for line in lines if line.item == part.part_of and line.role is not LineRole.PART_OF]
        if not wholes:
            yield finding(
                "TL-PLAN-009",
                Severity.WARNING,
                f"plan_lines/{part.id}",
                cents=part.amount_cents,
                source=part.source,
                document=document,
                item=part.item,
            )
            continue
        whole = amounts(line for line in wholes if line.period == part.period)
        siblings = [line for line in lines if line.part_of == part.part_of and line.period == part.period]
        over = amounts(siblings) - whole
        if over > 0 and part is siblings[0]:
            yield finding(
                "TL-PLAN-010",
                Severity.WARNING,
                f"plan_lines/{part.id}",
                cents=over,
                source=part.source,
                document=document,
                item=part.part_of,
                parts=dollars(amounts(siblings)),
                whole=dollars(whole),
            )


def _outside_years(document: str, lines: Sequence[PlanLine]) -> Iterator[Finding]:
    named = [line for line in lines if line.role is LineRole.REQUEST and line.fiscal_year is None]
    for period in periods_of(named):
        here = [line for line in named if line.period == period]
        if any(line.amount_cents for line in here):
            yield finding(
                "TL-PLAN-011",
                Severity.NOTE,
                f"plan_lines/{document}",
                cents=amounts(here),
                source=here[0].source,
                document=document,
                period=period,
                amount=dollars(amounts(here)),
            )


def _without_amount(document: str, lines: Sequence[PlanLine]) -> Iterator[Finding]:
    bare = [line for line in lines if line.role is LineRole.REQUEST and line.amount_cents is None]
    if bare:
        yield finding(
            "TL-PLAN-012",
            Severity.NOTE,
            f"plan_lines/{document}",
            cents=None,
            source=bare[0].source,
            document=document,
            count=len(bare),
            item=bare[0].item,
        )


def _twice(document: str, lines: Sequence[PlanLine]) -> Iterator[Finding]:
    """A request that equals the sum of the other requests of its period is most likely their total, printed as a row."""
    for period in periods_of(lines):
        here = [line for line in lines if line.period == period and line.role is LineRole.REQUEST and line.amount_cents]
        whole = amounts(here)
        suspect = [line for line in here if line.amount_cents is not None and 2 * line.amount_cents == whole]
        if len(here) >= 3 and len(suspect) == 1:
            yield finding(
                "TL-PLAN-013",
                Severity.WARNING,
                f"plan_lines/{suspect[0].id}",
                cents=suspect[0].amount_cents,
                source=suspect[0].source,
                document=document,
                period=period,
                item=suspect[0].item,
                amount=dollars(whole // 2),
            )


def _without_category(document: str, lines: Sequence[PlanLine]) -> Iterator[Finding]:
    """Requests in a fiscal year are costed, and without a category they stand under a default one."""
    costed = [line for line in lines if line.role is LineRole.REQUEST and line.fiscal_year is not None]
    bare = [line for line in costed if not line.category and line.amount_cents]
    if bare:
        yield finding(
            "TL-PLAN-014",
            Severity.NOTE,
            f"plan_lines/{document}",
            cents=amounts(bare),
            source=bare[0].source,
            document=document,
            count=len({line.item for line in bare}),
            item=bare[0].item,
            amount=dollars(amounts(bare)),
        )


def _named(total: StatedTotal) -> str:
    names = [part for part in (total.section, total.key if total.axis != "grand" else "") if part]
    return ", ".join(names) or "all rows"


def _units(value: Decimal) -> str:
    return f"{value.normalize():,f}"
