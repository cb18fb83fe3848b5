"""Where a value came from: typed ids and sources that end every explanation."""

from dataclasses import dataclass
from typing import NewType

SiteId = NewType("SiteId", str)
FundId = NewType("FundId", str)
ClassId = NewType("ClassId", str)
GoalId = NewType("GoalId", str)
InitiativeId = NewType("InitiativeId", str)
RecordId = NewType("RecordId", str)

DISTRICT = SiteId("DISTRICT")  # district-wide: no single site
UNASSIGNED = SiteId("UNASSIGNED")  # the record names no site we could map; its money stands here, visibly
UNFUNDED = FundId("UNFUNDED")
NOT_CASH = FundId("NOT_CASH")
BASELINE = InitiativeId("BASELINE")
NO_GOAL = GoalId("NO_GOAL")


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell of an imported file: `digest` is the SHA-256 of the file, `row` its 1-based line or sheet row."""

    file: str
    digest: str
    row: int
    column: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        place = f"sheet {self.sheet}, " if self.sheet else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, {place}row {self.row}{column}"


@dataclass(frozen=True, slots=True)
class PackRef:
    """A pack parameter as it stood on a date: path, citation, verification status (V, V2, K-H, K-M, K-L, OWN)."""

    path: str
    effective: str
    source: str
    status: str
    verified_on: str = ""

    def __str__(self) -> str:
        return f"{self.path} in effect {self.effective} ({self.source}; {self.status})"


@dataclass(frozen=True, slots=True)
class EntryRef:
    """A value a person entered: plan path (`funds/general/appropriations/FY2027`), the day, and a note."""

    path: str
    entered_on: str = ""
    note: str = ""

    def __str__(self) -> str:
        when = f" on {self.entered_on}" if self.entered_on else ""
        return f"entered at {self.path}{when}" + (f" ({self.note})" if self.note else "")


@dataclass(frozen=True, slots=True)
class SetRef:
    """A set of inventory rows: snapshot digest and the selecting key, resolved to rows outside the engine."""

    snapshot: str
    key: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        shown = ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in self.key if v not in ("", "unknown"))
        return f"inventory {self.snapshot[:12]}: {shown}"


@dataclass(frozen=True, slots=True)
class DerivedRef:
    """A constant that follows from the plan's own structure, such as the number of years since the base year."""

    rule: str

    def __str__(self) -> str:
        return self.rule


Source = CellRef | PackRef | EntryRef | SetRef | DerivedRef
