"""Checks on contracts, staff records and places: what they lack to be costed, named instead of taken as 0."""

from collections.abc import Iterator

from throughline.engine.checks.base import CheckInput
from throughline.engine.costing.contract_items import has_category, in_force
from throughline.engine.costing.labor import FALLBACK, GROUP
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.plan.contracts import Contract
from throughline.engine.refs import DISTRICT, UNASSIGNED

SHOWN = 5
COUNTED = {"student": "students", "staff": "employees", "device": "devices of its class"}


def check_contracts(run: CheckInput) -> Iterator[Finding]:
    """Contracts without a category (012), amount (013) or known basis (014), with a basis that is none (015), or never
    in force (016).
    """
    costed = {subject for (subject,) in run.ledger.by("subject")}
    for contract in run.plan.contracts:
        subject = f"contracts/{contract.id}"
        if not has_category(contract, run.rules.book.categories):
            cents = run.ledger.total({"subject": contract.id})
            yield finding("TL-DATA-012", Severity.WARNING, subject, cents=cents, name=contract.name)
        if contract.annual_cents is None:
            yield finding("TL-DATA-013", Severity.WARNING, subject, cents=None, name=contract.name)
        elif contract.start and contract.end and contract.end < contract.start:
            yield finding("TL-DATA-016", Severity.WARNING, subject, cents=None, name=contract.name)
        elif contract.basis not in (*COUNTED, "flat"):
            yield finding("TL-DATA-015", Severity.ERROR, subject, cents=None, name=contract.name, basis=contract.basis)
        elif contract.annual_cents and contract.id not in costed and _unknown_basis(run, contract):
            what = COUNTED[contract.basis]
            yield finding("TL-DATA-014", Severity.WARNING, subject, cents=None, name=contract.name, what=what)


def _unknown_basis(run: CheckInput, contract: Contract) -> bool:
    """Whether nobody counted what an agreed amount is paid for; a reported 0 is known."""
    years = [year for year in run.horizon.ahead(run.as_of).years if (span := in_force(contract, year))[0] <= span[1]]
    if contract.basis == "student":
        return any(run.pupils is None or run.pupils.district(year) is None for year in years)
    return contract.basis != "flat" and bool(years) and (contract.basis == "device" or not run.plan.staffing)


def check_staff(run: CheckInput) -> Iterator[Finding]:
    """Technology staff without a salary (017), and categories that are none of staff (018)."""
    for staff in run.plan.staffing:
        subject = f"staffing/{staff.id}"
        ours = staff.category.startswith(GROUP)
        if ours and staff.loaded_salary_cents is None:
            yield finding("TL-DATA-017", Severity.WARNING, subject, cents=None, role=staff.role)
        if staff.category and not (ours and staff.category in run.rules.book.categories):
            what = f"it is booked under {FALLBACK}" if ours else "its salary is in no total"
            cents = run.ledger.total({"subject": staff.id, "category": FALLBACK}) if ours else None
            yield finding(
                "TL-DATA-018",
                Severity.WARNING,
                subject,
                cents=cents,
                role=staff.role,
                category=staff.category,
                what=what,
            )


def check_places(run: CheckInput) -> Iterator[Finding]:
    """Places that records name and the plan has no site for (019): in one finding, because the cause is mostly one."""
    plan = run.plan
    named = {
        row.site
        for rows in (plan.contracts, plan.staffing, plan.enrollment, plan.group_counts, plan.plan_lines)
        for row in rows
    }
    named |= set(run.fleet.sites) if run.fleet else set()
    unknown = sorted(named - set(plan.site_by_id) - {DISTRICT, UNASSIGNED, ""})
    if unknown:
        cents = run.ledger.total({"cost_type": "direct", "site": frozenset(unknown)})
        yield finding(
            "TL-DATA-019", Severity.WARNING, "sites", cents=cents, count=len(unknown), names=listed(unknown, SHOWN)
        )
