"""Pupils of a group by fall and site, as counted or reported; counts only, never a person.

Groups overlap (a pupil may learn English and be homeless), so counts of different groups are never added up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source

EVERYBODY = "all"  # the group of all pupils of a site: what a share is taken of


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Pupils of one group in the fall of `fall_year` at `site` (DISTRICT when the report is district-wide).

    `group` is an id of the catalog of groups or the district's own word. `pupils` None = withheld by the source because
    they, or a part of them, are few: more than none, and not known. A site without a record of a group says nothing of it.
    """

    id: str = c1()
    fall_year: int = c1()
    site: str = c1()
    group: str = c1()
    pupils: Decimal | None = c2(None)  # small counts are for signed-in staff
    source: Source | None = c2(None)


def everybody_by_site(
    counts: Iterable[GroupCount], enrolled: Iterable[EnrollmentCount], fall: int
) -> dict[str, Decimal]:
    """Everybody at each site in a fall: as counted with the groups, else its grades added up; sites nobody counted are absent."""
    found: dict[str, Decimal] = {}
    for grade in enrolled:
        if grade.fall_year == fall:
            found[grade.site] = found.get(grade.site, Decimal(0)) + grade.pupils
    told = {row.site: row.pupils for row in counts if (row.fall_year, row.group) == (fall, EVERYBODY) and row.pupils}
    return {site: pupils for site, pupils in (found | told).items() if pupils}
