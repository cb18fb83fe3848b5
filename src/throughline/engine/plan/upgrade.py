"""Plans of earlier versions, brought to how the present one keeps things. What needs nothing stays the very same plan.

Amounts of the finance system once stood among the lines of capital plans, as documents called `... (budget)`, `... (encumbered)`
and `... (actual)` with account codes in the note (`function=2230; object=650`). They are finance lines now.
"""

import re
from datetime import date

from throughline.engine.plan.finance import FinanceKind, FinanceLine
from throughline.engine.plan.plan import Plan, with_records, without_records
from throughline.engine.plan.planlines import LineRole, PlanLine

_DOCUMENT = re.compile(r"(.+) \((budget|encumbered|actual)\)")
_NOTE = re.compile(r"((function|object|program|project)=[^;=]+(; |$))*")
_ITEM = re.compile(r"(?:(?P<words>.*) )?\(?(?P<account>[^()]+?)\)?")
_DAY = re.compile(r"(?:19|20)\d\d[-_. ](?:0[1-9]|1[0-2])[-_. ](?:0[1-9]|[12]\d|3[01])")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_PERIOD = re.compile(
    rf"\(\d+\)|\b(?:19|20)\d\d[-_. ]?(?:0[1-9]|1[0-2])(?:[-_. ]?(?:0[1-9]|[12]\d|3[01]))?\b|\bfy ?\d{{2,4}}(?:[-/]\d{{2,4}})?\b|"
    rf"\b(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?\b|\b(?:{_MONTHS}|(?:{'|'.join(m[:3] for m in _MONTHS.split('|'))})(?=[ -]|$))\b",
    re.IGNORECASE,
)


def export_name(stem: str) -> str:
    """The name of an export without day, month and year, so that next month's file is the same export: `budget FY2027` is `budget`."""
    spaced = stem.replace("_", " ")
    return " ".join(_PERIOD.sub(" ", spaced).strip(" -.").split()) or "budget"


def export_day(stem: str) -> date | None:
    """The day that stands in the name of an export, None without any."""
    found = _DAY.search(stem)
    try:
        return date.fromisoformat(re.sub(r"[_. ]", "-", found[0])) if found else None
    except ValueError:
        return None


def upgraded(plan: Plan) -> Plan:
    """The plan with amounts of the finance system as what they are; the same plan when it holds none in the old way."""
    found = {line.id: made for line in plan.plan_lines if (made := _finance_line(line)) is not None}
    if not found:
        return plan
    known = {line.id for line in plan.finance_lines}
    new: dict[str, object] = {made.id: made for made in found.values() if made.id not in known}
    return with_records(without_records(plan, "plan_lines", frozenset(found)), "finance_lines", new)


def _finance_line(line: PlanLine) -> FinanceLine | None:
    named = _DOCUMENT.fullmatch(line.document)
    if named is None or line.fiscal_year is None or line.amount_cents is None or not _NOTE.fullmatch(line.note):
        return None
    document, kind = export_name(named[1]), FinanceKind(named[2])
    role = LineRole.APPROPRIATION if kind is FinanceKind.BUDGET else LineRole.ALTERNATIVE
    if line.role is not role or f".fy{line.fiscal_year}" not in line.id:
        return None
    codes = dict(part.partition("=")[::2] for part in line.note.split("; ") if part)
    item = _ITEM.fullmatch(line.item)
    return FinanceLine(
        f"{line.id}.{kind}",
        document,
        kind,
        line.fiscal_year,
        line.amount_cents,
        account=item["account"] if item else "",
        fund_code=line.funding_source,
        program=codes.get("program", ""),
        function=codes.get("function", ""),
        object=codes.get("object", ""),
        project=codes.get("project", ""),
        site=line.site,
        description=(item["words"] or "") if item else line.item,
        category=line.category,
        source=line.source,
    )
