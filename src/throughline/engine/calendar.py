"""Two kinds of year that do not compare, months as integers, and the planning horizon.

A district fiscal year is named by the calendar year in which it ends (FY2027 with a July start = 2026-07..2027-06).
An E-Rate funding year is named by its start (FY2026 = 2026-07-01..2027-06-30). The federal fiscal year starts in
October
and is named by its end. A month is `year * 12 + month - 1`, so months subtract and compare as integers.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, total_ordering

ERATE_START_MONTH = 7  # 47 CFR 54.507(b): the E-Rate funding year runs July 1 through June 30
FEDERAL_START_MONTH = 10  # 31 U.S.C. 1102: the federal fiscal year starts October 1


def month_index(day: date) -> int:
    """Months since year 0: the grain in which obligations are dated."""
    return day.year * 12 + day.month - 1


def month_start(index: int) -> date:
    """First day of a month index."""
    return date(index // 12, index % 12 + 1, 1)


def month_end(index: int) -> date:
    """Last day of a month index."""
    return date.fromordinal(month_start(index + 1).toordinal() - 1)


def month_label(index: int) -> str:
    """A month index as `2026-07`."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


@cache
def month_span(label: str) -> tuple[int, int]:
    """First and last month index of `2026-07` (one month) or `2026-07..2027-06`."""
    ends = [part.split("-") for part in label.split("..")]
    first, last = ends[0], ends[-1]
    return int(first[0]) * 12 + int(first[1]) - 1, int(last[0]) * 12 + int(last[1]) - 1


@total_ordering
@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A district fiscal year, named by the calendar year of its last month."""

    end_year: int
    start_month: int = 7

    @classmethod
    def of(cls, day: date, start_month: int = 7) -> "FiscalYear":
        """The fiscal year that contains `day`."""
        return cls.of_month(month_index(day), start_month)

    @classmethod
    def of_month(cls, index: int, start_month: int = 7) -> "FiscalYear":
        """The fiscal year that contains a month index."""
        year, month = divmod(index, 12)
        return cls(year + 1 if start_month > 1 and month + 1 >= start_month else year, start_month)

    @property
    def first_month(self) -> int:
        """Month index of the first month."""
        year = self.end_year - 1 if self.start_month > 1 else self.end_year
        return year * 12 + self.start_month - 1

    @property
    def last_month(self) -> int:
        """Month index of the last month."""
        return self.first_month + 11

    @property
    def start(self) -> date:
        """First day."""
        return month_start(self.first_month)

    @property
    def end(self) -> date:
        """Last day."""
        return month_end(self.last_month)

    @property
    def label(self) -> str:
        """`FY2027`."""
        return f"FY{self.end_year}"

    def plus(self, years: int) -> "FiscalYear":
        """The fiscal year `years` later (negative: earlier)."""
        return FiscalYear(self.end_year + years, self.start_month)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, FiscalYear) or other.start_month != self.start_month:
            return NotImplemented
        return self.end_year < other.end_year

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class FundingYear:
    """An E-Rate funding year, named by its first calendar year; it does not compare with FiscalYear."""

    start_year: int

    @property
    def start(self) -> date:
        """July 1 of the naming year."""
        return date(self.start_year, ERATE_START_MONTH, 1)

    @property
    def end(self) -> date:
        """June 30 of the following year."""
        return date(self.start_year + 1, 6, 30)

    @classmethod
    def of_month(cls, index: int) -> "FundingYear":
        """The funding year that contains a month index."""
        year, month = divmod(index, 12)
        return cls(year if month + 1 >= ERATE_START_MONTH else year - 1)

    @property
    def label(self) -> str:
        """`E-Rate FY2026`: always with its program, because a bare FY2026 would read as the district's year."""
        return f"E-Rate FY{self.start_year}"


def federal_year(day: date) -> int:
    """The federal fiscal year that contains `day` (October start, named by its end)."""
    return day.year + 1 if day.month >= FEDERAL_START_MONTH else day.year


@dataclass(frozen=True)
class Horizon:
    """The consecutive fiscal years of a plan, `first` to `last` inclusive."""

    first: FiscalYear
    last: FiscalYear

    @classmethod
    def of(cls, as_of: date, start_month: int = 7, years: int = 5) -> "Horizon":
        """The next fiscal year after the one that contains `as_of`, and `years - 1` more."""
        first = FiscalYear.of(as_of, start_month).plus(1)
        return cls(first, first.plus(years - 1))

    @cached_property
    def years(self) -> tuple[FiscalYear, ...]:
        """All fiscal years in order."""
        return tuple(self.first.plus(i) for i in range(len(self)))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """`('FY2027', ...)`."""
        return tuple(year.label for year in self.years)

    def widen(self, year: FiscalYear) -> "Horizon":
        """The shortest horizon that contains this one and `year`."""
        return Horizon(min(self.first, year), max(self.last, year))

    def ahead(self, as_of: date) -> "Horizon":
        """The years that are still to be planned: from the next fiscal year on. Earlier ones were only named by a table."""
        return Horizon(max(self.first, FiscalYear.of(as_of, self.first.start_month).plus(1)), self.last)

    def before(self, as_of: date) -> "Horizon | None":
        """The years a table named that are over or running out on that day; None when all are still to be planned."""
        first = self.ahead(as_of).first
        return Horizon(self.first, first.plus(-1)) if self.first < first else None

    def position(self, year: FiscalYear) -> int | None:
        """Index of `year` in the horizon, None outside."""
        offset = year.end_year - self.first.end_year
        return offset if 0 <= offset < len(self) else None

    def __len__(self) -> int:
        return self.last.end_year - self.first.end_year + 1
