"""Cost classes: the smallest grain at which every fund rule can answer, summed from the budget lines of the ledger.

A rule asks for the category and object (what may be bought), outlay and asset class (capital only, life in years),
recurrence (one-time only), obligation month (deadlines such as 30 September inside a July year) and site group (funds
of some sites only). Function and the sites that account rules name are kept so that accounts are exact at this grain
too. Indirect cost has no class.

Cost that is committed while it is performed (`2026-07..2027-06`) is cut where money begins or ends: into the months before
and those after, each with its months' share of the cents, whole cents by largest remainder. So an award that ends on
30 September pays work of July to September, 3 / 12 of the year's.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from throughline.engine.calendar import month_end, month_label, month_span
from throughline.engine.ledger.invariants import BUDGET
from throughline.engine.ledger.ledger import Key, Ledger
from throughline.engine.money import largest_remainder
from throughline.engine.plan.plan import Plan

GRAIN = ("fiscal_year", "obligation_month", "category", "object", "function", "outlay", "recurrence", "asset_class")
FEW_GROUPS = 4  # selecting a group costs one pass over the ledger
ALL_SITES = "ALL"  # the group of every site that no fund and no account rule names

ClassKey = tuple[int, int, str, str, str, str, str, str, str, int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CostClass:
    """Budget cents that no fund rule tells apart. `fiscal_year` is the end year, `month` the last obligation month index.

    `since` is the first month, before `month` for what is performed; `span` the months of the cost this is a part of.
    """

    fiscal_year: int
    month: int
    category: str
    object: str
    function: str
    outlay: str
    recurrence: str
    asset_class: str
    site_group: str
    cents: int
    since: int
    span: tuple[int, int]

    @property
    def key(self) -> ClassKey:
        """Sorts by time first, so that purses are drawn down in the order of the calendar."""
        return self._key(self.since, self.month)

    @property
    def whole(self) -> ClassKey:
        """Key of the cost this is a part of; its own when it is no part."""
        return self._key(*self.span)

    @property
    def performed(self) -> bool:
        """Whether it is committed over some months, and not with an order."""
        return self.span[0] != self.span[1]

    def _key(self, since: int, month: int) -> ClassKey:
        return (
            self.fiscal_year,
            month,
            self.category,
            self.object,
            self.function,
            self.outlay,
            self.recurrence,
            self.asset_class,
            self.site_group,
            since,
            self.span,
        )

    @property
    def months(self) -> str:
        """`2026-09`, or `2026-07..2026-09`."""
        last = month_label(self.month)
        return last if self.since == self.month else f"{month_label(self.since)}..{last}"

    @property
    def obligated_on(self) -> date:
        """Only months of an obligation are planned; it counts as made on the last day of the last one."""
        return _last_day(self.month)

    @property
    def name(self) -> str:
        """Readable and stable: `FY2027/2026-09/D1.1/650/1000/operating/one_time/chromebook/ALL`."""
        return "/".join((f"FY{self.fiscal_year}", self.months, *self.key[2:9]))


@dataclass(frozen=True)
class SiteGroups:
    """A partition of sites: two sites share a group when the same funds are limited to them. Unnamed sites are
    ALL_SITES.
    """

    group_of: Mapping[str, str]

    def of(self, site: str) -> str:
        """Group of a site label, the members DISTRICT and UNASSIGNED included."""
        return self.group_of.get(site, ALL_SITES)

    def sites_of(self, group: str) -> frozenset[str]:
        """The named sites of a group; empty for ALL_SITES, which is everything else."""
        return frozenset(site for site, name in self.group_of.items() if name == group)

    @property
    def named(self) -> tuple[str, ...]:
        """Groups other than ALL_SITES."""
        return tuple(sorted(set(self.group_of.values())))


def site_groups(plan: Plan) -> SiteGroups:
    """Partition by the funds and account rules that name a site; a group is called after its first site."""
    naming: dict[str, set[str]] = {}
    for fund in plan.funds:
        for site in fund.sites:
            naming.setdefault(site, set()).add(f"fund {fund.id}")
    for rule in plan.account_rules:
        if rule.site != "*":
            naming.setdefault(rule.site, set()).add(f"account of {rule.site}")
    first: dict[frozenset[str], str] = {}
    return SiteGroups({site: first.setdefault(frozenset(naming[site]), site) for site in sorted(naming)})


def cost_classes(ledger: Ledger, groups: SiteGroups) -> tuple[CostClass, ...]:
    """Budget cents by class, sorted by key."""
    by_group = _by_selection(ledger, groups) if len(groups.named) <= FEW_GROUPS else _by_site(ledger, groups)
    found = (
        _class(labels, group, cents) for group, rows in by_group.items() for labels, cents in rows.items() if cents
    )
    return tuple(sorted(found, key=lambda item: item.key))


def _by_selection(ledger: Ledger, groups: SiteGroups) -> dict[str, dict[Key, int]]:
    """Named groups selected one by one, the rest is the total less those: sites are never expanded in a large fleet."""
    rest = ledger.by(*GRAIN, where=BUDGET)
    found = {ALL_SITES: rest}
    for group in groups.named:
        found[group] = ledger.by(*GRAIN, where={**BUDGET, "site": groups.sites_of(group)})
        for labels, cents in found[group].items():
            rest[labels] -= cents
    return found


def _by_site(ledger: Ledger, groups: SiteGroups) -> dict[str, dict[Key, int]]:
    """One pass by site, added up by group: cheaper when an account map names many sites."""
    found: dict[str, dict[Key, int]] = {}
    for (site, *labels), cents in ledger.by("site", *GRAIN, where=BUDGET).items():
        rows = found.setdefault(groups.of(site), {})
        rows[tuple(labels)] = rows.get(tuple(labels), 0) + cents
    return found


def class_key(labels: Mapping[str, str], groups: SiteGroups) -> ClassKey:
    """The class a cost line belongs to."""
    return _class([labels[name] for name in GRAIN], groups.of(labels["site"]), 0).key


def cut(classes: Iterable[CostClass], bounds: Collection[int]) -> Iterator[CostClass]:
    """Performed cost in parts that end with the months `bounds`; the cents of the parts add up to the whole."""
    ends = sorted(bounds)
    for item in classes:
        inside = ends[bisect_left(ends, item.since) : bisect_right(ends, item.month - 1)]
        if not inside:
            yield item
            continue
        last = [*inside, item.month]
        first = [item.since, *(month + 1 for month in inside)]
        shares = largest_remainder(item.cents, [b - a + 1 for a, b in zip(first, last, strict=True)])
        for since, month, cents in zip(first, last, shares, strict=True):
            yield replace(item, since=since, month=month, cents=cents)


@cache
def end_year(label: str) -> int:
    """`FY2027` -> 2027."""
    return int(label.removeprefix("FY"))


_last_day = cache(month_end)


def _class(labels: Iterable[str], group: str, cents: int) -> CostClass:
    fiscal_year, month, category, object_, function, outlay, recurrence, asset_class = labels
    span = month_span(month)
    return CostClass(
        end_year(fiscal_year),
        span[1],
        category,
        object_,
        function,
        outlay,
        recurrence,
        asset_class,
        group,
        cents,
        span[0],
        span,
    )
