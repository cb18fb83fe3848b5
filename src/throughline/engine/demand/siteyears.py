"""Whole devices by site and year as an array, read as a table where somebody asks for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Units = NDArray[np.int64]
ByYear = Mapping[tuple[str, int], int]  # (site, fiscal year end) -> devices


@dataclass(frozen=True, eq=False)
class SiteYears:
    """`units[site, year]`, the first column being fiscal year `first`; `named` tells what was counted from what is absent,
    None = whatever is not 0.
    """

    sites: tuple[str, ...]
    first: int
    units: Units
    named: NDArray[np.bool_] | None = None

    @cached_property
    def table(self) -> ByYear:
        """The cells that were counted, by site and fiscal year."""
        places = np.argwhere(self.units != 0 if self.named is None else self.named).tolist()
        return {(self.sites[row], self.first + year): int(self.units[row, year]) for row, year in places}


def site_years(table: ByYear, years: Sequence[int]) -> SiteYears:
    """A table as an array; cells of other years are left out."""
    sites = tuple(sorted({site for site, _ in table}))
    row = {site: i for i, site in enumerate(sites)}
    units, named = np.zeros((len(sites), len(years)), np.int64), np.zeros((len(sites), len(years)), bool)
    for (site, year), count in table.items():
        if 0 <= year - years[0] < len(years):
            units[row[site], year - years[0]] = count
            named[row[site], year - years[0]] = True
    return SiteYears(sites, years[0], units, named)


def rows_among(sites: Sequence[str], others: Sequence[str]) -> NDArray[np.int64]:
    """Where each site stands among others; -1 where it does not."""
    row = {site: i for i, site in enumerate(others)}
    return np.array([row.get(site, -1) for site in sites], np.int64)


def stacked(first: int, years: Sequence[tuple[Sequence[str], Units] | None]) -> SiteYears:
    """Counts of one year each, for sites of its own, as one array; None = a year nobody counted."""
    known = {tuple(year[0]) for year in years if year is not None}
    sites = tuple(sorted({site for names in known for site in names}))
    rows = {names: rows_among(names, sites) for names in known}
    units, named = np.zeros((len(sites), len(years)), np.int64), np.zeros((len(sites), len(years)), bool)
    for column, year in enumerate(years):
        if year is not None:
            at = rows[tuple(year[0])]
            units[at, column] = year[1]
            named[at, column] = True
    return SiteYears(sites, first, units, named)
