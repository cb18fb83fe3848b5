"""Which column of a published plan table means what: words in headings, periods as columns, amounts in thousands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from throughline.importers.persons import person_kind
from throughline.importers.reading.lines import Line
from throughline.importers.reading.table import clean_header, fold
from throughline.importers.values.periods import is_period

# Headings by meaning, as they are compared: letters and digits only.
HEADINGS: dict[str, frozenset[str]] = {
    "item": frozenset(
        "item items lineitem description itemdescription project projectname projecttitle projects capitalitem "
        "capitalitems capitalproject projectdescription equipment purpose request requests initiative expenditure use".split()
    ),
    "section": frozenset("section group department division program programarea area heading".split()),
    "category": frozenset("category type projecttype class classification tcocategory assetclass".split()),
    "period": frozenset(
        "period year years fiscalyear fy schoolyear sy planyear budgetyear wave phase when fiscalyears installed yearinstalled "
        "cohort".split()
    ),
    "quantity": frozenset(
        "quantity qty units count number numberofunits noofunits devices numberofdevices ofdevices ofunits "
        "quantities".split()
    ),
    "unit": frozenset(
        "unitprice unitcost unit unitcostusd priceperunit costperunit perunit priceeach costeach each estunitcost "
        "price unitpriceusd unitcostdollars".split()
    ),
    "amount": frozenset(
        "amount amountusd cost costs dollars totalcost estimatedcost estcost requestedamount amountrequested "
        "totalamount budget allocation total extendedcost linetotal price amountdollars budgetamount".split()
    ),
    "total": frozenset(
        "total totals grandtotal rowtotal totalcost totalfundsrequired totalfunds totalrequest totalrequested "
        "allyears totalallyears fiveyeartotal 5yeartotal sixyeartotal 6yeartotal sevenyeartotal threeyeartotal "
        "projecttotal totalproject totalprojectcost".split()
    ),
    "funding": frozenset(
        "fundingsource fundingsources fund funds source sources sourceoffunds sourceoffunding fundedby funding "
        "revenuesource financing".split()
    ),
    "role": frozenset("role rowrole kindofrow kind rowtype linetype status row decision optionstatus".split()),
    "part_of": frozenset("partof includedin ofwhich parent parentitem partofline".split()),
    "recurrence": frozenset("recurrence recurring frequency onetimeorrecurring".split()),
    "document": frozenset("document sourcedocument".split()),
    "note": frozenset("justification rationale".split()),
}

PERSON = "-"  # a column about persons, remarks included: never read

_THOUSANDS = re.compile(
    r"\bin\s+(?:\$\s?)?(?:thousands|000s?|1,?000s)\b|\$\s?(?:in\s+)?,?000'?s?\b|\(000'?s?\)", re.IGNORECASE
)
_MILLIONS = re.compile(
    r"\bin\s+(?:\$\s?)?(?:millions?)\b|\$\s?millions?\b|\bmillions?\s+(?:usd|of dollars|dollars)\b", re.IGNORECASE
)
_UNIT_WORDS = re.compile(
    r"\(?\s*(?:(?:usd|\$)?\s*(?:in\s+)?(?:thousands|millions?)(?:\s+(?:usd|of dollars|dollars))?|\$?\s?000'?s?|"
    r"usd|us\$|dollars|\$)\s*\)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Layout:
    """The header row, the meaning of each column (`period` columns of a wide table by their label), and their scales."""

    header_row: int
    headers: tuple[str, ...]
    meanings: tuple[str, ...]  # a key of HEADINGS, 'figure' for a period column, '' unknown
    scales: tuple[int, ...]  # 1, 1,000 or 1,000,000 dollars per unit of the cell
    above: tuple[str, ...]  # texts above the header: title, unit, source

    @property
    def names(self) -> tuple[str, ...]:
        """A name per column by which a row finds its cell: the meaning, or figure and position."""
        return tuple(f"figure{i}" if m == "figure" else m for i, m in enumerate(self.meanings))

    @property
    def is_wide(self) -> bool:
        """Periods stand as columns."""
        return "figure" in self.meanings

    def first(self, meaning: str) -> int | None:
        """Position of the first column with a meaning."""
        return self.meanings.index(meaning) if meaning in self.meanings else None


def scale_of(text: str) -> int:
    """Dollars per unit of a cell under a heading or title that says so: `(in thousands)`, `$000`, `$ millions`."""
    if _MILLIONS.search(text):
        return 1_000_000
    return 1_000 if _THOUSANDS.search(text) else 1


def layout_of(first: Sequence[Line]) -> Layout | None:
    """The layout of a sheet from its first filled rows, None when no row heads a plan table."""
    best = max(first[:30], key=lambda line: (_score(line.cells), -line.row), default=None)
    if best is None or _score(best.cells) < 2:
        return None
    headers = [clean_header(cell) for cell in best.cells]
    while headers and not headers[-1]:
        headers.pop()
    above = tuple(cell.strip() for line in first if line.row < best.row for cell in line.cells if cell.strip())
    meanings = _meanings(headers)
    if not _is_plan(meanings):
        return None
    general = max((scale_of(text) for text in above), default=1)
    scales = tuple(max(general, scale_of(header)) for header in headers)
    return Layout(best.row, tuple(headers), meanings, scales, above)


def _meanings(headers: Sequence[str]) -> tuple[str, ...]:
    wide = sum(1 for header in headers if _figure(header)) >= 1
    order = [meaning for meaning in HEADINGS if not (wide and meaning in {"amount", "period"})]
    if not wide:
        order.remove("total")
    found: list[str] = []
    for header in headers:
        plain = fold(_UNIT_WORDS.sub("", header.replace("_usd", "")) or header)
        if person_kind(header):
            found.append(PERSON)
        elif wide and _figure(header):
            found.append("figure")
        else:
            meant = next((m for m in order if plain in HEADINGS[m] and m not in found), "")
            summed = (
                wide and not meant and "total" not in found and (plain.startswith("total") or plain.endswith("total"))
            )
            found.append("total" if summed else meant)
    if "item" not in found:
        # Some column names the rows: a category or section column when nothing finer stands beside it, else the first.
        stand_in = next((found.index(m) for m in ("category", "section") if m in found), 0)
        if found and found[stand_in] in {"", "category", "section"}:
            found[stand_in] = "item"
    return tuple(found)


def _figure(header: str) -> bool:
    return is_period(_UNIT_WORDS.sub("", header).strip() or header)


def _score(cells: Sequence[str]) -> int:
    known = {plain for words in HEADINGS.values() for plain in words}
    texts = [clean_header(cell) for cell in cells if cell and not cell.isspace()]
    return sum(1 for text in texts if _figure(text) or fold(_UNIT_WORDS.sub("", text)) in known)


def _is_plan(meanings: Sequence[str]) -> bool:
    return "item" in meanings and any(m in meanings for m in ("figure", "amount", "quantity"))
