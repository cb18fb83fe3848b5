"""What the product exports it reads back unchanged: the plan's records through the workbook's own sheets."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from throughline.engine.plan.assumptions import AccountRule, Assumption, ModelChoice
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.funds import Appropriation, Fund, GivenAmount
from throughline.engine.plan.goals import Goal, Initiative
from throughline.engine.plan.plan import NOUNS, Plan, with_records
from throughline.engine.plan.planlines import LineRole, PlanLine, StatedTotal
from throughline.engine.plan.sheets import NOT_IN_SHEETS, same, sheet_of
from throughline.engine.plan.sites import Site, SiteRule
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.plan.texts import PlanText
from throughline.engine.refs import CellRef, EntryRef
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here
from throughline.reports.document import Document, Meta
from throughline.reports.workbook.nouns import noun_sheets
from throughline.reports.writers.write import write

TYPED = EntryRef("contracts/reading", "2026-11-22", "typed in")
READ = CellRef("plan.csv", "0" * 64, 7, "FY2027", "Sheet1")
PLAN = Plan(
    District("maple", "Maple Valley"),
    sites=(Site("lincoln", "Lincoln Elementary", "elementary", ("K", "1"), False), Site("total-admin", "Total Admin")),
    site_rules=(SiteRule("r1", "/Students/O'Brien; east", "lincoln", "prefix", order=5),),
    enrollment=(EnrollmentCount("2026-lincoln-K", 2026, "lincoln", "K", Decimal("40.5")),),
    staffing=(StaffCount("lincoln-teacher", "lincoln", "teacher", Decimal("26.0"), 9200001),),
    standards=(
        Standard("a", "chromebook", clocks=(), driver=Driver.GRADE, issue_grades=("K", "5"), ratio=Decimal("1.05")),
        Standard("b", "access-point", life_years=7, clocks=("policy",), spare_share=Decimal("0.025"), per="fixed"),
    ),
    contracts=(
        Contract("no-price", "=HYPERLINK(1)", renews=False, site=""),
        Contract("reading", "# Reading", "-Northwind", "D2.2", "student", 640, date(2026, 7, 1), source=TYPED),
    ),
    goals=(Goal("g", "Read by grade 3", "share", "+5 %"),),
    initiatives=(Initiative("i", "(none)", "g"),),
    funds=(Fund("levy", "levy", "Levy", 20, (("term_end", "2029-06-30"), ("a=b", "x; y\\z")), ("lincoln",), "030"),),
    appropriations=(Appropriation("levy-fy2027", "levy", 2027, -1234567, obligation_deadline=date(2028, 9, 30)),),
    given_amounts=(GivenAmount("x", "levy", 2027, "D1", 1),),
    plan_lines=(
        PlanLine("doc.a", "doc", "Roof", "after FY2028", LineRole.ALTERNATIVE, None, Decimal(-3), source=READ),
        PlanLine("total.b", "doc", "Total cost study", "FY2027", amount_cents=0, fiscal_year=2027, note="a\nb"),
    ),
    stated_totals=(StatedTotal("t", "doc", "grand", "", None, quantity=Decimal(13700)),),
    assumptions=(Assumption("p", "prices/chromebook", "329.50", "quote"),),
    model_choices=(ModelChoice("m", "Dell Chromebook 3120", ""),),
    texts=(PlanText("why_now", "- first\n- second"),),
    account_rules=(AccountRule("general.any", "11-190-100-610-00-000", "general"),),
)


FILLED = {
    "text": "a; b = c",
    "dollars": -1234567,
    "number": Decimal("-1.25"),
    "whole": 7,
    "date": date(2028, 2, 29),
    "list": ("x", "y; z"),
    "settings": (("a=b", "c"), ("d", "")),
}


def filled(noun: str) -> object:
    """A record of a noun with every field set to something else than its default."""
    values = {
        column.field: not column.default
        if column.kind == "yes_no"
        else list(column.members or ())[-1]
        if column.kind == "choice"
        else FILLED[column.kind]
        for column in sheet_of(noun).columns
    }
    return NOUNS[noun](**values)


@pytest.mark.parametrize("noun", sorted(NOUNS.keys() - NOT_IN_SHEETS))
def test_every_field_of_every_noun_comes_back(noun: str, tmp_path: Path) -> None:
    record = filled(noun)
    plan = with_records(Plan(District("maple", "Maple Valley")), noun, {"a; b = c": record})
    (read,) = exported(plan, tmp_path).records[noun]
    assert same(read, record)


def exported(plan: Plan, folder: Path) -> Outcome:
    document = Document("template", Meta("t", "t", "d", "d", "", "", "2026-11-22"), noun_sheets(plan))
    path = folder / "workbook.xlsx"
    path.write_bytes(write(document, "xlsx").data)
    return read_here(Upload.of(path), {}, {}, {}, folder)


@pytest.mark.parametrize("noun", sorted(noun for noun in NOUNS.keys() - NOT_IN_SHEETS if getattr(PLAN, noun)))
def test_an_exported_noun_comes_back_as_it_was(noun: str, tmp_path: Path) -> None:
    records = getattr(PLAN, noun)
    read = exported(PLAN, tmp_path).records[noun]
    assert len(read) == len(records)
    changed = [(before, after) for before, after in zip(records, read, strict=True) if not same(before, after)]
    assert not changed


def test_every_line_of_an_exported_workbook_is_a_record_or_a_remark(tmp_path: Path) -> None:
    outcome = exported(PLAN, tmp_path)
    count = sum(len(getattr(PLAN, noun)) for noun in NOUNS.keys() - NOT_IN_SHEETS)
    assert (outcome.importer, outcome.accepted, outcome.rejected) == ("workbook", count, 0)
    assert outcome.blank == len(NOUNS.keys() - NOT_IN_SHEETS)
    assert not outcome.questions


def test_an_empty_template_is_ours_and_changes_nothing(tmp_path: Path) -> None:
    outcome = exported(Plan(District("new", "New")), tmp_path)
    assert (outcome.importer, outcome.accepted) == ("workbook", 0)
    assert not any(outcome.records.values())
