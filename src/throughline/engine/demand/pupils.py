"""Pupils of a plan by fiscal year: reported counts where the fall is past, the projection where it is not.

A fiscal year's pupils are those of the fall it contains (October of its school year). A district total is the sum of
its sites where sites are reported, else the district-wide row of that fall.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.demand.history import latest_fall, reported
from throughline.engine.demand.projection import Projection, project
from throughline.engine.demand.settings import UNSET, Projecting
from throughline.engine.demand.sitepupils import SitePupils, site_pupils, spread
from throughline.engine.money import round_half_up
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.refs import DISTRICT

COUNT_MONTH = 10  # state fall counts are taken about October 1


def fall_of(year: FiscalYear) -> int:
    """Calendar year of the October that lies in a fiscal year."""
    first, month = divmod(year.first_month, 12)
    return first if month + 1 <= COUNT_MONTH else first + 1


@dataclass(frozen=True)
class Pupils:
    """Reported and projected pupils. `projection` is None when nothing was reported or every needed fall is reported."""

    counts: tuple[EnrollmentCount, ...]
    horizon: Horizon
    how: Projecting = UNSET

    @cached_property
    def by_site(self) -> dict[int, dict[str, dict[str, Decimal]]]:
        """Fall -> site -> grade -> pupils, of falls reported by site."""
        out: dict[int, dict[str, dict[str, Decimal]]] = {}
        for row in self.counts:
            if row.site != DISTRICT:
                grades = out.setdefault(row.fall_year, {}).setdefault(row.site, {})
                known = grades.get(row.grade)
                grades[row.grade] = row.pupils if known is None else known + row.pupils
        return out

    @cached_property
    def history(self) -> dict[int, dict[str, Decimal | None]]:
        """Fall -> grade -> pupils of the district."""
        out: dict[int, dict[str, Decimal | None]] = {}
        for fall, sites in self.by_site.items():
            out[fall] = {}
            for grades in sites.values():
                for grade, pupils in grades.items():
                    out[fall][grade] = (out[fall].get(grade) or Decimal(0)) + pupils
        for row in self.counts:
            if row.site == DISTRICT and row.fall_year not in self.by_site:
                out.setdefault(row.fall_year, {})[row.grade] = row.pupils
        return out

    @cached_property
    def projection(self) -> Projection | None:
        """The projection to the last fall of the horizon."""
        counted = reported(self.history)
        if not counted:
            return None
        ahead = fall_of(self.horizon.last) - latest_fall(counted)
        return project(self.history, ahead, self.how.settings) if ahead > 0 else None

    def district(self, year: FiscalYear) -> dict[str, Decimal] | None:
        """Pupils by grade in a fiscal year; None when unknown."""
        fall = fall_of(year)
        if fall in self.history:
            return {grade: pupils for grade, pupils in self.history[fall].items() if pupils is not None}
        if self.projection is None or fall not in self.projection.falls:
            return None
        mid, change = self.projection.mid(fall), self.how.change
        return {grade: pupils * (1 + change.value) for grade, pupils in mid.items()} if change else mid

    def sites(self, year: FiscalYear) -> Mapping[str, Mapping[str, Decimal]] | None:
        """Pupils by site and grade in a fiscal year; None when enrollment was never reported by site."""
        fall = fall_of(year)
        if fall in self.by_site:
            return self.by_site[fall]
        found = self.at_sites(year)
        return found.table if found is not None else None

    def sited(self, year: FiscalYear) -> bool:
        """Whether pupils are known by site in a fiscal year."""
        return fall_of(year) in self.by_site or (bool(self.by_site) and self.district(year) is not None)

    def at_sites(self, year: FiscalYear) -> SitePupils | None:
        """As `sites`, as an array: a fall that was not counted is shared out as the last counted one was."""
        fall = fall_of(year)
        if fall in self.by_site:
            return self._counted(fall)
        projected = self.district(year)
        if not self.by_site or projected is None:
            return None
        if fall not in self._spread:
            whole = {grade: round_half_up(pupils) for grade, pupils in projected.items()}
            self._spread[fall] = spread(whole, self._counted(max(self.by_site)))
        return self._spread[fall]

    def under(self, how: Projecting) -> "Pupils":
        """The same counts under other settings; what was counted is not read again."""
        made = Pupils(self.counts, self.horizon, how)
        made.__dict__.update(by_site=self.by_site, history=self.history, reported=self.reported)
        if how.settings == self.how.settings:
            made.__dict__["projection"] = self.projection
        return made

    def _counted(self, fall: int) -> SitePupils:
        if fall not in self.reported:
            self.reported[fall] = site_pupils(self.by_site[fall])
        return self.reported[fall]

    @cached_property
    def reported(self) -> dict[int, SitePupils]:
        """Falls counted by site that were asked for, as arrays."""
        return {}

    @cached_property
    def _spread(self) -> dict[int, SitePupils]:
        """Projections already shared out over the sites."""
        return {}
