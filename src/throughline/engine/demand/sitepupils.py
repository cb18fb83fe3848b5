"""Pupils by site and grade as whole numbers, so that hundreds of sites are one array; shares of them stay exact.

A count of 12.5 pupils is 125 parts of a tenth. Numbers that could leave 64 bits are carried as whole numbers of any size.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

LIMIT = 2**62
Whole = NDArray[Any]  # int64, or object where 64 bits do not hold it


@dataclass(frozen=True, eq=False)
class SitePupils:
    """`parts[site, grade]` of 1/`scale` pupil each; `known` tells what was counted from what is absent. Sites by name."""

    sites: tuple[str, ...]
    grades: tuple[str, ...]
    parts: Whole
    known: NDArray[np.bool_]
    scale: int

    @cached_property
    def table(self) -> Mapping[str, Mapping[str, Decimal]]:
        """Site -> grade -> pupils, of what was counted."""
        found: dict[str, dict[str, Decimal]] = {site: {} for site in self.sites}
        for row, column in np.argwhere(self.known).tolist():
            found[self.sites[row]][self.grades[column]] = Decimal(int(self.parts[row, column])) / self.scale
        return found

    def of(self, grades: Iterable[str]) -> tuple[Whole, NDArray[np.bool_]]:
        """Parts and what is known of some grades, those nobody has left out."""
        columns = [i for i, grade in enumerate(self.grades) if grade in set(grades)]
        return self.parts[:, columns], self.known[:, columns]

    def lacking(self, grades: Iterable[str]) -> set[str]:
        """Those of some grades that no site counted."""
        counted = {grade for i, grade in enumerate(self.grades) if self.known[:, i].any()}
        return set(grades) - counted


def site_pupils(counted: Mapping[str, Mapping[str, Decimal]]) -> SitePupils:
    """Counts as they came, with as many decimals as the finest of them."""
    sites = tuple(sorted(counted))
    grades = tuple(sorted({grade for row in counted.values() for grade in row}))
    column = {grade: i for i, grade in enumerate(grades)}
    places = [(row, column[grade]) for row, site in enumerate(sites) for grade in counted[site]]
    numbers, scale = whole_numbers([pupils for site in sites for pupils in counted[site].values()])
    parts, known = np.zeros((len(sites), len(grades)), numbers.dtype), np.zeros((len(sites), len(grades)), bool)
    if places:
        rows, columns = zip(*places, strict=True)
        parts[rows, columns], known[rows, columns] = numbers, True
    return SitePupils(sites, grades, parts, known, scale)


def whole_numbers(values: Sequence[Decimal]) -> tuple[Whole, int]:
    """Decimal numbers as whole parts of 1/`scale`."""
    digits = max((0, *(-e for value in values if isinstance(e := value.as_tuple().exponent, int))))
    parts = [int(value.scaleb(digits)) for value in values] if digits else [int(value) for value in values]
    small = max(parts, default=0) < LIMIT
    return np.array(parts, np.int64 if small else object), 10**digits


def times(parts: Whole, factor: int) -> Whole:
    """Parts times a whole number, exactly."""
    small = parts.dtype != object and int(parts.max(initial=0)) * factor < LIMIT
    return parts * factor if small else parts.astype(object) * factor


def shares(total: int, weights: Whole) -> NDArray[np.int64]:
    """`money.largest_remainder` with arrays; ties go to the earlier position. Raises ValueError for nothing to share by."""
    whole = int(weights.sum())
    if not whole:
        if total:
            raise ValueError("cannot share out a number over weights that are all zero")
        return np.zeros(len(weights), np.int64)
    product = times(weights, total)
    parts = product // whole
    order = np.argsort(parts * whole - product, kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return parts.astype(np.int64)


def spread(projected: Mapping[str, int], base: SitePupils) -> SitePupils:
    """Whole pupils of the district by grade over sites, by each site's share of the grade in `base`.

    A grade that no site counted stays out, and so does a site without pupils in the grade.
    """
    grades = tuple(sorted(grade for grade in projected if grade in base.grades))
    columns = [base.grades.index(grade) for grade in grades]
    parts, known = np.zeros((len(base.sites), len(grades)), np.int64), base.parts[:, columns] > 0
    for i, (grade, column) in enumerate(zip(grades, columns, strict=True)):
        if known[:, i].any():
            parts[:, i] = shares(projected[grade], base.parts[:, column])
    return SitePupils(base.sites, grades, parts, known.astype(bool), 1)
