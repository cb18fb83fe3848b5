"""By-need driver: what must be bought when need is met first by the devices there are (architecture 4.2).

purchases[t] = max(0, need[t] - usable stock[t] - on order[t]) for one asset class and role, by site, after surplus
devices of other sites have been moved to where they are short. What no site needs in any later year is retired and not
replaced: right-sizing. Every device is counted in and out: opening + arrived + bought + moved in = ended + retired +
moved out + kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

STOCK = 0  # no purchase year of this plan


@dataclass(frozen=True, slots=True)
class Lot:
    """Usable devices of a site that leave service together: not usable from `leaves` on, None = beyond the horizon."""

    site: str
    leaves: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Order:
    """Devices ordered but not yet enrolled, usable from `year` until `leaves`."""

    site: str
    year: int
    leaves: int | None
    count: int


@dataclass(frozen=True, slots=True, order=True)
class Redeployment:
    """Whole devices moved between sites instead of being bought."""

    year: int
    from_site: str
    to_site: str
    count: int


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """The devices of a redeployment that leave service together; `bought` in this plan, or STOCK."""

    year: int
    from_site: str
    to_site: str
    leaves: int
    bought: int
    count: int


@dataclass(frozen=True, slots=True, order=True)
class Retirement:
    """Devices retired in a year, before they leave by themselves; `bought` in this plan, or STOCK."""

    year: int
    site: str
    leaves: int
    bought: int
    count: int


@dataclass(frozen=True, slots=True)
class PurchasePlan:
    """Devices by (site, year); keys without devices are left out.

    `ended` reached the end of their own life, `surplus` were retired earlier because no site needs them; `retired` and
    `moved` say which devices those were.
    """

    bought: Mapping[tuple[str, int], int]
    ended: Mapping[tuple[str, int], int]
    surplus: Mapping[tuple[str, int], int]
    in_service: Mapping[tuple[str, int], int]
    redeployments: tuple[Redeployment, ...]
    retired: tuple[Retirement, ...] = ()
    moved: tuple[Move, ...] = ()


Kept = tuple[int, int]  # year it leaves, year it was bought in this plan (STOCK = it was there)
Fleet = dict[str, dict[Kept, int]]  # site -> which devices -> how many
ByYear = dict[tuple[str, int], int]


def plan_purchases(
    years: Sequence[int],
    need: Mapping[tuple[str, int], int],
    stock: Iterable[Lot],
    on_order: Iterable[Order] = (),
    life_years: int | None = None,
) -> PurchasePlan:
    """Meet `need` by (site, year); devices that are bought serve `life_years` (None = beyond the horizon).

    An order due before the first year counts from the first year. Raises ValueError for a negative count, for years
    that do not follow each other, and for a life below one year.
    """
    horizon = sorted(years)
    lots, orders = list(stock), list(on_order)
    _check(horizon, need, lots, orders, life_years)
    after = horizon[-1] + 1
    fleet: Fleet = {
        site: {} for site in sorted({s for s, _ in need} | {x.site for x in lots} | {o.site for o in orders})
    }
    bought, ended, surplus, kept = ByYear(), ByYear(), ByYear(), ByYear()
    moves: list[Redeployment] = []
    moved: list[Move] = []
    retired: list[Retirement] = []
    needed = dict.fromkeys(horizon, 0)
    for (_, when), count in need.items():
        if when in needed:
            needed[when] += count
    for lot in lots:
        _add(fleet, lot.site, (_leaving(lot.leaves, after), STOCK), lot.count)
    for year in horizon:
        for order in orders:
            if max(order.year, horizon[0]) == year:
                _add(fleet, order.site, (_leaving(order.leaves, after), STOCK), order.count)
        coming = [order for order in orders if order.year > year]
        for site, held in fleet.items():
            _note(ended, site, year, sum(held.pop(kept) for kept in sorted(held) if kept[0] <= year))
        wanted = {site: need.get((site, year), 0) for site in fleet}
        between, which = _redeploy(fleet, wanted, year)
        moves += between
        moved += which
        for site, held in fleet.items():
            short = max(0, wanted[site] - sum(held.values()))
            _add(fleet, site, (_leaving(None if life_years is None else year + life_years, after), year), short)
            _note(bought, site, year, short)
        total_need = {y: needed[y] for y in horizon if y >= year}
        for site, (leaves, wave), count in _right_size(fleet, wanted, total_need, coming, after):
            _note(surplus, site, year, count)
            retired.append(Retirement(year, site, leaves, wave, count))
        for site, held in fleet.items():
            _note(kept, site, year, sum(held.values()))
    return PurchasePlan(bought, ended, surplus, kept, tuple(moves), tuple(retired), tuple(moved))


def _redeploy(fleet: Fleet, wanted: Mapping[str, int], year: int) -> tuple[list[Redeployment], list[Move]]:
    """Move surplus to shortage, largest first, sites of equal size by name; devices with the most life left go."""
    balance = {site: sum(held.values()) - wanted[site] for site, held in fleet.items()}
    givers = sorted((site for site in fleet if balance[site] > 0), key=lambda s: (-balance[s], s))
    takers = sorted((site for site in fleet if balance[site] < 0), key=lambda s: (balance[s], s))
    moves: list[Redeployment] = []
    which: list[Move] = []
    first = 0  # givers before it have nothing left
    for taker in takers:
        while balance[taker] < 0 and first < len(givers):
            giver = givers[first]
            count = min(balance[giver], -balance[taker])
            for kept, moved in _take(fleet[giver], count):
                _add(fleet, taker, kept, moved)
                which.append(Move(year, giver, taker, *kept, moved))
            balance[giver] -= count
            balance[taker] += count
            moves.append(Redeployment(year, giver, taker, count))
            first += balance[giver] == 0
    return moves, which


def _take(held: dict[Kept, int], count: int) -> list[tuple[Kept, int]]:
    """Remove `count` devices, those that leave last first."""
    taken = []
    for kept in sorted(held, reverse=True):
        part = min(count, held[kept])
        if part:
            held[kept] -= part
            count -= part
            taken.append((kept, part))
    return taken


def _right_size(
    fleet: Fleet, wanted: Mapping[str, int], total_need: Mapping[int, int], coming: Sequence[Order], after: int
) -> list[tuple[str, Kept, int]]:
    """Retire devices that neither their site needs now nor any site in a later year, those that leave first first.

    A device that a later year would have to buy again stays: retiring never adds a purchase.
    """
    extra = {site: surplus for site, held in fleet.items() if (surplus := sum(held.values()) - wanted[site]) > 0}
    if not extra:
        return []
    ends: dict[int, int] = {}
    for held in fleet.values():
        for (leaves, _), n in held.items():
            ends[leaves] = ends.get(leaves, 0) + n
    spare = {
        year: sum(n for leaves, n in ends.items() if leaves > year)
        + sum(o.count for o in coming if o.year <= year < _leaving(o.leaves, after))
        - n_needed
        for year, n_needed in total_need.items()
    }
    retired = []
    for kept, site in sorted((kept, place) for place in extra for kept in fleet[place]):
        used = [year for year in spare if year < kept[0]]
        count = min(fleet[site][kept], extra[site], *(spare[year] for year in used))
        if count > 0:
            fleet[site][kept] -= count
            extra[site] -= count
            for year in used:
                spare[year] -= count
            retired.append((site, kept, count))
    return retired


def _leaving(leaves: int | None, after: int) -> int:
    return after if leaves is None else min(leaves, after)


def _add(fleet: Fleet, site: str, kept: Kept, count: int) -> None:
    if count:
        fleet[site][kept] = fleet[site].get(kept, 0) + count


def _note(book: ByYear, site: str, year: int, count: int) -> None:
    if count:
        book[site, year] = book.get((site, year), 0) + count


def _check(
    horizon: Sequence[int],
    need: Mapping[tuple[str, int], int],
    lots: Sequence[Lot],
    orders: Sequence[Order],
    life_years: int | None,
) -> None:
    if not horizon or horizon != list(range(horizon[0], horizon[-1] + 1)):
        raise ValueError("purchases are planned for consecutive years")
    if any(n < 0 for n in (*need.values(), *(x.count for x in lots), *(o.count for o in orders))):
        raise ValueError("need, stock and orders are counts of devices and cannot be negative")
    if life_years is not None and life_years < 1:
        raise ValueError("a device that is bought serves at least one year")
