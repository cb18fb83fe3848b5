"""A budget as a finance system exports it: accounts with appropriations, encumbrances and expenditures.

Each amount becomes a finance line: compared with the plan, never costed. A newer export of the same name replaces the fiscal
years it holds; day, month and year in a file's name are no part of that name. The columns are remembered, so that a budget
request can be written back in them. Money becomes available in the plan only where a person says which fund of the plan an
account's fund is. Per row: budget - encumbered - expended = available, where the file states all four.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from throughline.engine.findings import Severity
from throughline.engine.money import whole_dollars
from throughline.engine.plan.finance import FinanceExport, FinanceKind, FinanceLine
from throughline.engine.plan.funds import Appropriation
from throughline.engine.plan.upgrade import export_day, export_name
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.budget_export.columns import COLUMNS, MONEY, SEGMENTS, is_technology, site_of
from throughline.importers.outcome import Question
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.readings import reading_of
from throughline.importers.rows import Row, Tally, read_rows
from throughline.importers.session import Session
from throughline.importers.tables import Opened, open_table
from throughline.importers.values.periods import period
from throughline.importers.values.slugs import slug
from throughline.importers.values.tco_words import tco_code

ORDERS = (
    ("fund-program-function-object", "fund - program - function - object - project - level - location"),
    ("fund-function-object-program", "fund - function - object - program - ..."),
    ("fund-function-program-object", "fund - function - program - object - ..."),
    ("fund-object-function-program", "fund - object - function - program - ..."),
)
SCOPES = (("technology", "accounts about technology only"), ("all", "every account of the file"))
BETWEEN = re.compile(r"[-./ ]+")
MOST_FUNDS = 40
_NAMED = {column.name: column.folded for column in COLUMNS}


@dataclass
class _Budget:
    """Sums of the rows that were kept."""

    document: str
    year: int | None
    order: tuple[str, ...]
    scope: str
    drawn_on: date | None
    layout: tuple[tuple[str, str], ...]
    separator: str = ""
    answered: dict[str, str] = field(default_factory=dict)
    row: Row | None = None
    funds: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    first: dict[tuple[str, int], Row] = field(default_factory=dict)
    sums: Counter[str] = field(default_factory=Counter)
    others: int = 0
    other_cents: int = 0


def identify(_name: str, sheet: Head) -> int:
    """Account codes beside a budget and what was encumbered, spent or is left of it."""
    _, cells = sheet.best(frozenset().union(*_NAMED.values()))
    codes = sum(1 for name in ("fund", "program", "function", "object", "project") if cells & _NAMED[name])
    kinds = [name for name in MONEY if cells & _NAMED[name]]
    if (cells & _NAMED["account"] or codes >= 2) and len(kinds) >= 2 and {"original", "revised"} & set(kinds):
        return 60
    return 0


def read(session: Session, _book: Book, grid: Grid) -> Reading:
    """Finance lines, the layout of the export, and appropriations of the funds that were answered."""
    opened = open_table(session, grid, COLUMNS)
    tally, stem = Tally(), PurePath(session.file).stem
    year, order, drawn_on = _year(session, opened), _order(session, opened), export_day(stem)
    budget = _Budget(export_name(stem), year, order, _scope(session), drawn_on, opened.mapping)
    for row in read_rows(session, opened.table, opened.fields, tally, ("as_of",)):
        if session.is_blocked:
            tally.blank += 1
        else:
            _account(row, budget, tally)
    if not session.is_blocked:
        _resources(session, budget, tally)
        _remember(budget, tally)
        _tell(session, budget)
    lines: list[Any] = list(tally.records.get("finance_lines", {}).values())
    tally.replaces += [("finance_lines", "part", part) for part in sorted({line.part for line in lines})]
    return reading_of(opened, tally)


def _year(session: Session, opened: Opened) -> int | None:
    """The end year of a file that has no column for it: told, or in the file's name."""
    if "year" in opened.fields.by_field:
        return None
    given = session.ask(Question("fiscal_year", "TL-REC-150", (), "", True, (("file", session.file),)))
    found = period(f"FY{given}" if given.strip().isdigit() else given).fiscal_year if given else None
    stem = PurePath(session.file).stem.replace("_", " ")
    named = next((year for part in (stem, *stem.split()) if (year := period(part).fiscal_year) is not None), None)
    if found or named:
        session.questions.pop("fiscal_year", None)
    return found or named


def _order(session: Session, opened: Opened) -> tuple[str, ...]:
    """The order of the segments of an account string; asked when no column states a fund, function or object."""
    fields = opened.fields.by_field
    if "account" not in fields or fields.keys() & {"fund", "function", "object"}:
        return ()
    given = session.ask(Question("account_order", "TL-REC-152", ORDERS, ORDERS[0][0], True, (("file", session.file),)))
    return (*given.split("-"), *SEGMENTS[4:]) if given else ()


def _scope(session: Session) -> str:
    return (
        session.ask(Question("accounts", "TL-REC-153", SCOPES, "technology", False, (("file", session.file),)))
        or "technology"
    )


def _account(row: Row, budget: _Budget, tally: Tally) -> None:
    account, description = row.text("account"), row.text("description")
    codes = dict.fromkeys(SEGMENTS, "")
    if budget.order and not budget.separator and (between := BETWEEN.search(account)):
        budget.separator = between[0]
    for name, part in zip(budget.order, BETWEEN.split(account), strict=False):
        codes[name] = part
    for name in SEGMENTS:
        codes[name] = (row.text(name) if name == "site" else row.identifier(name)) or codes[name]
    amounts = {name: row.money(name, signed=True) for name in MONEY}
    written = row.text("year")
    year = period(f"FY{written}" if written.isdigit() else written).fiscal_year if written else budget.year
    if row.is_good and (year is None or not (account or codes["fund"] or codes["object"])):
        row.refuse("TL-REC-154", "year" if year is None else "account")
    if not row.is_good or year is None:
        return
    stated = amounts["revised"] if amounts["revised"] is not None else amounts["original"]
    if budget.scope == "technology" and not is_technology(codes["function"], codes["object"], description):
        budget.others += 1
        budget.other_cents += stated or 0
        tally.blank += 1
        return
    _check(row, stated, amounts)
    kinds = {"budget": stated, "encumbered": amounts["encumbered"], "actual": amounts["actual"]}
    if all(cents is None for cents in kinds.values()):
        tally.blank += 1
        return
    _keep(row, budget, (account, description, year), codes, kinds)


def _check(row: Row, stated: int | None, amounts: dict[str, int | None]) -> None:
    encumbered, actual, available = (amounts[name] for name in ("encumbered", "actual", "available"))
    if stated is None or encumbered is None or actual is None or available is None:
        return
    left = stated - encumbered - actual
    if left != available:
        row.warn(
            "TL-REC-151", "available", computed=whole_dollars(left), difference=whole_dollars(abs(left - available))
        )


def _keep(
    row: Row, budget: _Budget, said: tuple[str, str, int], codes: dict[str, str], kinds: dict[str, int | None]
) -> None:
    account, description, year = said
    name = account or "-".join(codes[part] for part in SEGMENTS if codes[part])
    drawn_on = row.day("as_of") or budget.drawn_on
    technology = is_technology(codes["function"], codes["object"], description)
    budget.row = budget.row or row
    for kind, cents in kinds.items():
        if cents is None:
            continue
        identity = f"{slug(budget.document)}.{slug(name)}.fy{year}.{kind}"
        while row.has("finance_lines", identity):  # one account may stand in several rows, by month or vendor
            stem, _, number = identity.rpartition("~")
            identity = f"{stem}~{int(number) + 1}" if stem else f"{identity}~2"
        line = FinanceLine(
            identity,
            budget.document,
            FinanceKind(kind),
            year,
            cents,
            account,
            fund_code=codes["fund"],
            **{part: codes[part] for part in SEGMENTS if part not in ("fund", "site")},
            location=codes["site"],
            site=site_of(codes["site"]),
            description=description,
            category=tco_code(description) if technology else "",
            as_of=drawn_on,
            source=row.source(_stated_in(row) if kind == "budget" else kind),
        )
        row.emit("finance_lines", line)
        budget.sums[kind] += cents
        if kind == "budget":
            budget.funds[codes["fund"], year] += cents
            budget.first.setdefault((codes["fund"], year), row)


def _stated_in(row: Row) -> str:
    """The column that the budget in force stands in."""
    return "revised" if row.cell("revised").strip() or "original" not in row.fields else "original"


def _remember(budget: _Budget, tally: Tally) -> None:
    """How the export is laid out, as a record of the first row that was kept."""
    if budget.row is None:
        return
    identity = slug(budget.document)
    made = FinanceExport(
        identity,
        budget.layout,
        budget.order,
        budget.separator,
        tuple(sorted(budget.answered.items())),
        budget.row.source(),
    )
    tally.records.setdefault("finance_exports", {})[identity] = made
    tally.line_records.append((budget.row.number, "finance_exports", identity))


def _resources(session: Session, budget: _Budget, tally: Tally) -> None:
    """Appropriations of the plan's funds, where a person says which is which."""
    for code in sorted({code for code, _ in budget.funds if code})[:MOST_FUNDS]:
        args = (("code", code), ("file", session.file))
        fund = slug(session.ask(Question(f"fund:{code}", "TL-REC-155", (), "", False, args)))
        if fund:
            budget.answered[code] = fund
        for (of, year), cents in sorted(budget.funds.items()) if fund else ():
            if of != code or cents < 0:
                continue
            identity = f"{fund}-fy{year}-budget"
            row = budget.first[of, year]
            made = Appropriation(identity, fund, year, cents, certainty="awarded", source=row.source(_stated_in(row)))
            tally.records.setdefault("appropriations", {})[identity] = made
            tally.line_records.append((row.number, "appropriations", identity))


def _tell(session: Session, budget: _Budget) -> None:
    if budget.sums:
        shown = ", ".join(f"{kind} {whole_dollars(cents)}" for kind, cents in budget.sums.items())
        session.note("TL-REC-156", Severity.NOTE, amounts=shown)
    if budget.others:
        session.note("TL-REC-157", Severity.NOTE, count=budget.others, amount=whole_dollars(budget.other_cents))


IMPORTER = Importer(
    id="budget_export",
    title="Budget from the finance system",
    description="Accounts with budget, encumbrances and expenditures in the finance system's columns, to be compared with the plan.",
    kind="records",
    identify=identify,
    columns=COLUMNS,
    example_columns=(
        "Fund",
        "Program",
        "Function",
        "Object",
        "Description",
        "Revised Budget",
        "Encumbered",
        "Expended",
    ),
    records=read,
)
