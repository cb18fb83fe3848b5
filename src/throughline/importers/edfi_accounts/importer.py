"""The chart of accounts of an Ed-Fi finance interchange (Data Standard 4 and 5) as the district's account map.

Each local account of an expenditure takes the dimensions of its chart account: fund, function, object, operational
unit. A segment of the account's own identifier that is finer than the function's level is used (2110 within 2000).
Amounts that some files carry in reporting tags are not read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from throughline.engine.findings import Severity
from throughline.engine.plan.assumptions import AccountRule
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.table import fold
from throughline.importers.rows import Tally
from throughline.importers.session import Session
from throughline.importers.values.slugs import slug
from throughline.importers.values.texts import identifier

ANY = "*"
CHART, LOCAL = "ChartOfAccount", "LocalAccount"
PARTS = ("fund", "function", "object", "operationalunit")
ENDS = {part: f"{part}dimensionidentitycode" for part in PARTS}
SEGMENT = re.compile(r"[-./ ]+")


@dataclass(frozen=True, slots=True)
class _Account:
    year: str
    kind: str
    codes: tuple[str, ...]  # in the order of PARTS


def identify(_name: str, sheet: Head) -> int:
    """The chart of accounts with its dimensions."""
    cells = {fold(cell) for row in sheet.rows[:1] for cell in row}
    dimensions = any(cell.endswith(tuple(ENDS.values())) for cell in cells)
    return 92 if sheet.sheet == CHART and {"accountidentifier", "fiscalyear"} <= cells and dimensions else 0


def read(session: Session, book: Book, grid: Grid) -> Reading:
    """Account rules of the latest fiscal year."""
    session.sheet = grid.sheet
    headings = next(iter(grid.lines())).cells
    session.recall(headings)
    chart = {cells["accountidentifier"]: _account(cells) for _, cells in _records(session, grid, None)}
    local = next((item for item in book.grids if item.sheet == LOCAL), grid)
    tally, left = Tally(), Counter[str]()
    latest = max((account.year for account in chart.values()), default="")
    session.sheet = local.sheet
    for row, cells in _records(session, local, tally):
        known_as = _chart_id(cells, local)
        account = chart.get(known_as)
        code = _skipped(account, latest)
        if account is None or code:
            left[code] += 1
            tally.blank += 1
            continue
        if not _emit(session, tally, row, cells["accountidentifier"], known_as, account):
            left["TL-REC-124"] += 1
            tally.blank += 1
    if not tally.records and not tally.rejected:
        session.note("TL-REC-120", Severity.ERROR)
    for code, count in left.items():
        session.note(code, Severity.NOTE, count=count)
    mapping = tuple(
        (heading, part) for heading in headings for part, end in ENDS.items() if fold(heading).endswith(end)
    )
    ignored = tuple(heading for heading in headings if fold(heading).startswith("reportingtag"))
    return Reading(tally, 0, 0, headings, (("AccountIdentifier", "account"), *mapping), (), ignored)


def _records(session: Session, grid: Grid, tally: Tally | None) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(row, folded heading -> text) of each record; `tally` counts lines and broken ones."""
    lines = iter(grid.lines())
    headings = [fold(cell) for cell in next(lines).cells]
    for line in lines:
        if tally is not None:
            tally.lines_read += 1
        if line.problem:
            if tally is not None:
                session.cell(line.problem, Severity.ERROR, line.row)
                tally.rejected += 1
            continue
        yield line.row, dict(zip(headings, line.cells, strict=True))


def _account(cells: Mapping[str, str]) -> _Account:
    found = dict.fromkeys(PARTS, "")
    for heading, text in cells.items():
        for part, end in ENDS.items():
            if heading.endswith(end) and not heading.endswith(f"sub{end}"):
                found[part] = identifier(text).value or ""
    kind = next((text.rpartition("#")[2] for heading, text in cells.items() if heading.startswith("accounttype")), "")
    return _Account(cells["fiscalyear"], kind.casefold(), tuple(found[part] for part in PARTS))


def _chart_id(cells: Mapping[str, str], grid: Grid) -> str:
    if grid.sheet == CHART:
        return cells["accountidentifier"]
    ending = "chartofaccountidentityaccountidentifier"
    return next((text for heading, text in cells.items() if heading.endswith(ending)), "")


def _skipped(account: _Account | None, latest: str) -> str:
    """Why an account is no row of the map, as a code."""
    if account is None:
        return "TL-REC-122"
    if account.year != latest:
        return "TL-REC-123"
    return "TL-REC-121" if account.kind != "expenditure" or not any(account.codes) else ""


def _emit(session: Session, tally: Tally, row: int, name: str, known_as: str, account: _Account) -> bool:
    """Keep the account's rule; False when an account above has the same codes."""
    fund, function, object_, unit = (code or ANY for code in account.codes)
    function = _finer(function, f"{known_as}-{name}")
    site = slug(unit) or ANY
    key = ".".join("any" if part == ANY else slug(part) for part in (fund, function, object_, ANY, site))
    rules = tally.records.setdefault("account_rules", {})
    if key in rules:
        return False
    rules[key] = AccountRule(key, name, fund, function, object_, ANY, site, session.at(row, "AccountIdentifier"))
    tally.line_records.append((row, "account_rules", key))
    return True


def _finer(function: str, names: str) -> str:
    """The function, or the segment of the account's identifiers that is finer than its level."""
    level = function.rstrip("0")
    fitting = {
        part
        for part in SEGMENT.split(names)
        if len(part) == len(function) and part != function and part.startswith(level)
    }
    return fitting.pop() if function.endswith("00") and len(fitting) == 1 else function


IMPORTER = Importer(
    id="edfi_accounts",
    title="Ed-Fi chart of accounts",
    description="Which local account a cost gets, from the chart of accounts of an Ed-Fi finance interchange (XML); no amounts.",
    kind="records",
    identify=identify,
    example_columns=("AccountIdentifier", "FiscalYear", "AccountType", "FundDimensionIdentity/Code"),
    all_sheets=True,
    records=read,
)
