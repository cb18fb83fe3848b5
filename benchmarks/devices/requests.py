"""The requests that are measured: filters a person combines, each in an order, at several places of the list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters, Order

ORDERS = (
    Order("key"), Order("purchase_date", True), Order("site"), Order("support"), Order("price_cents"), Order("serial"),
)  # fmt: skip
DEPTHS = (0.0, 0.1, 0.5, 0.9, 1.0)  # share of the filtered list before the page; 1 = its last page
FIELDS = ("site", "asset_class", "model", "status", "role", "condition", "year", "support")
PAGE = 50


@dataclass(frozen=True)
class Request:
    """One page of the list; `offset` is set once the count is known."""

    filters: Filters
    order: Order
    depth: float


def filters(index: DeviceIndex, seed: int = 44) -> list[Filters]:
    """44 filters: none, each field alone, pairs and triples of values drawn as often as devices have them, gaps, texts."""
    draw = Random(seed)
    values = index.facets(names=FIELDS)

    def some_of(names: Sequence[str]) -> Filters:
        chosen: dict[str, Any] = {name: some(name) for name in names}
        return replace(Filters(), **chosen)

    def some(name: str) -> tuple[str, ...]:
        return (draw.choices(values[name], [value.rows for value in values[name]])[0].value,)

    out = [Filters(), Filters(in_fleet=True), Filters(in_fleet=False)]
    out += [some_of([name]) for name in FIELDS]
    for size, many in ((2, 14), (3, 7)):
        out += [some_of(draw.sample(FIELDS, size)) for _ in range(many)]
    out += [Filters(gap=("no_purchase_date",), in_fleet=True), Filters(gap=("no_purchase_date",), site=some("site"))]
    out += [Filters(text=text) for text in ("SN0", "sn4a7", "T0012", "Model 12", "/District/Site 0007", "zzz")]
    out += [Filters(text="Model 2", status=some("status"), asset_class=some("asset_class"))]
    out += [Filters(text=text, anywhere=True) for text in ("a1b", "7f", "00")]
    return out


def requests(index: DeviceIndex) -> Iterator[Request]:
    """Every filter in one of the orders at every depth."""
    for number, wanted in enumerate(filters(index)):
        for depth in DEPTHS:
            yield Request(wanted, ORDERS[number % len(ORDERS)], depth)


def offset(depth: float, rows: int) -> int:
    """First device of the page at a depth."""
    return max(0, min(int(depth * rows), rows - PAGE))
