"""What the Inventory room shows: the fleet in a sentence, filters as words, readings to confirm, and the clocks of each model.

Lists, counts and corrections are those of `app.devices`, `app.inventory_health`, `app.snapshots` and `app.corrections`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from throughline.app.corrections import correction_choices
from throughline.app.device_list_words import FACET_TITLES, ORDER_WORDS, WORDS
from throughline.app.devices import NO_SITE
from throughline.app.plans import OpenPlan
from throughline.app.resolve import Resolved, recount, resolve
from throughline.engine.rulebook.support import Standing, disagreement, resolve_support
from throughline.engine.run import PlanResult
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import FACETS, ORDERS, Filters, Order
from throughline.fleet.resolve import fleet_texts, texts
from throughline.packs.loader import load_rulebook

Index = DeviceIndex  # its name for pages, which know no index files
FLEET = Filters(in_fleet=True)
MOST_OF_A_FACET = 60
SHOWN_FACETS = ("site", "asset_class", "status", "support", "role", "condition", "system", "year", "gap", "model")


@dataclass(frozen=True, slots=True)
class Fleet:
    """Units the plan counts, and of them those past, within a year of, and of unknown end of vendor support."""

    units: int
    past: int
    soon: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter with what choosing it would show."""

    value: str
    words: str
    rows: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: its choices, the most frequent ones, and how many are not listed."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ModelClocks:
    """A model of the fleet under its three clocks. `vendor_end` is YYYY-MM or ''; `standing` says what '' means."""

    model: str
    name: str
    classes: tuple[str, ...]
    units: int
    standing: str
    vendor_end: str
    stated_by: str
    disagrees: str  # another list's month, when it differs by more than the tolerance
    life_years: tuple[int, ...]
    good: int
    poor: int
    not_assessed: int


def fleet_of(index: DeviceIndex) -> Fleet:
    """The fleet in four numbers, unknown beside past: not known is not none."""
    by_support = {state: count.units for (state,), count in index.tally(FLEET, ("support",)).items()}
    found = [by_support.get(state, 0) for state in ("past", "within_a_year", "unknown")]
    return Fleet(index.count(FLEET).units, *found)


def read_filters(told: Mapping[str, Sequence[str]]) -> Filters:
    """Filters of an address; what no filter knows is left out."""
    fields = {name: tuple(value[:200] for value in told.get(name, ())[:50]) for name in FACETS}
    text = " ".join(told.get("q", ("",))[:1])[:100]
    in_fleet = {"yes": True, "no": False}.get(" ".join(told.get("fleet", ())[:1]))
    before = _day(" ".join(told.get("unseen", ())[:1]))
    return Filters(**fields, in_fleet=in_fleet, unseen_before=before, text=text, anywhere=True)


def read_order(text: str) -> Order:
    """An order of an address: a field, with a minus in front for the other direction."""
    name = text.removeprefix("-")
    return Order(name, text.startswith("-")) if name in ORDERS else Order()


def address_of(filters: Filters) -> list[tuple[str, str]]:
    """The parameters that `read_filters` reads back."""
    found = [(name, value) for name in FACETS for value in getattr(filters, name)]
    if filters.text:
        found.append(("q", filters.text))
    if filters.in_fleet is not None:
        found.append(("fleet", "yes" if filters.in_fleet else "no"))
    if filters.unseen_before is not None:
        found.append(("unseen", filters.unseen_before.isoformat()))
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def facets_of(index: DeviceIndex, filters: Filters) -> tuple[Facet, ...]:
    """Every filter with its choices in words, the most frequent first."""
    counted = index.facets(filters, SHOWN_FACETS)
    return tuple(_facet(index, name, counted[name], getattr(filters, name)) for name in SHOWN_FACETS)


def _facet(index: DeviceIndex, name: str, values: Iterable[object], chosen: tuple[str, ...]) -> Facet:
    found = [
        Choice(v.value, spoken(index, name, v.value), v.rows, v.value in chosen)  # type: ignore[attr-defined]  # FacetValue
        for v in values
    ]
    found = [item for item in found if item.rows or item.chosen]
    found.sort(key=lambda item: (not item.chosen, -item.rows, item.words))
    return Facet(name, FACET_TITLES[name], tuple(found[:MOST_OF_A_FACET]), max(0, len(found) - MOST_OF_A_FACET))


def spoken(index: DeviceIndex, name: str, value: str) -> str:
    """A value of a device's field in words."""
    if name == "year":
        return f"FY{value}" if value else "not known"
    words = WORDS.get(name, {}).get(value) or index.reading.name(name, value)
    return words or "not stated"


def orders() -> list[tuple[str, str]]:
    """Orders a list may have, with their words."""
    return [(name, ORDER_WORDS[name]) for name in ORDERS if name in ORDER_WORDS]


def correction_fields(opened: OpenPlan, index: DeviceIndex) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What of a device can be corrected: field, its title, and the values it may take in words."""
    book = load_rulebook(opened.plan.district.state)
    here = set(index.file.words("model"))
    names = {
        "site": {site.id: site.name for site in opened.plan.sites} | {"UNASSIGNED": NO_SITE},
        "asset_class": {item.id: item.label for item in book.asset_classes.values()},
        "model": {name: book.models[name].name for name in book.models if name in here},
    }
    out = []
    for field, values in correction_choices(opened.plan, book).items():
        known = names.get(field) or WORDS.get(field, {})
        choices = [(value, known.get(value, value)) for value in values if field != "model" or value in here]
        out.append((field, FACET_TITLES[field], sorted(choices, key=lambda pair: pair[1].casefold())))
    return out


def unsettled(opened: OpenPlan) -> Resolved | None:
    """Places and models of the inventory in force that nothing explains; None without an inventory."""
    snapshot = opened.plan.snapshot
    if snapshot is None:
        return None
    path = opened.block(snapshot.block)
    book = load_rulebook(opened.plan.district.state)
    return recount(resolve(texts(None, path), opened.plan, book), fleet_texts(path))


def model_names(opened: OpenPlan, ids: Iterable[str]) -> dict[str, str]:
    """Names of catalog models."""
    known = load_rulebook(opened.plan.district.state).models
    return {name: known[name].name for name in ids if name in known}


def model_clocks(opened: OpenPlan, index: DeviceIndex, result: PlanResult, as_of: date) -> tuple[ModelClocks, ...]:
    """Every known model of the fleet, most devices first: the maker's end with who says so, the district's life, condition."""
    book = load_rulebook(opened.plan.district.state)
    rules = book.at(as_of)
    order = str(rules.row("support/origin-order").value).split()
    tolerance = int(rules.number("support/disagreement-months"))
    superseded = int(rules.number("support/superseded-months"))
    lives: dict[str, set[int]] = {}
    for row in result.fleet.rows:
        lives.setdefault(row.policy.asset_class.id, set()).add(int(row.policy.life_years))
    units: dict[str, dict[str, int]] = {}
    classes: dict[str, set[str]] = {}
    for (model, asset_class, condition), count in index.tally(FLEET, ("model", "asset_class", "condition")).items():
        if model:
            of_model = units.setdefault(model, {})
            of_model[condition] = of_model.get(condition, 0) + count.units
            classes.setdefault(model, set()).add(asset_class)
    found = []
    for model, by_condition in units.items():
        view = resolve_support(book.support_ends.get(model, ()), order, as_of)
        clash = disagreement(model, view, tolerance, superseded)
        told = view.chosen
        known_lives = sorted({life for name in classes[model] for life in lives.get(name, ())})
        found.append(
            ModelClocks(
                model,
                index.reading.name("model", model),
                tuple(sorted(index.reading.name("asset_class", name) for name in classes[model] if name)),
                sum(by_condition.values()),
                STANDING[view.standing],
                view.end.isoformat()[:7] if view.end else "",
                f"{told.ref.source}, {told.as_of.isoformat()[:7]}" if told else "",
                f"{clash.arguments['other_month']} ({clash.arguments['other_list']})" if clash else "",
                tuple(known_lives),
                by_condition.get("good", 0),
                by_condition.get("poor", 0),
                by_condition.get("", 0),
            )
        )
    return tuple(sorted(found, key=lambda item: (-item.units, item.name)))


STANDING = {
    Standing.DATED: "",
    Standing.ENDED: "over, the day not stated",
    Standing.NONE_ANNOUNCED: "supported, no end announced",
    Standing.UNKNOWN: "not known",
}
