"""Rulebook: loaded packs as one immutable value; `at(date)` gives plain values that still carry their source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from throughline.engine.rulebook.catalog import (
    AssetClass,
    Bundle,
    CodeRow,
    ErateRate,
    Evidence,
    Model,
    OsRelease,
    StudentGroup,
    SupportEnd,
    TcoCategory,
)
from throughline.engine.rulebook.fundrule import FundRule
from throughline.engine.rulebook.parameter import Parameter

LAYERS = ("federal", "state", "district")


@dataclass(frozen=True)
class Rulebook:
    """Packs at pinned versions. `versions` maps pack id to its content digest or version text."""

    parameters: Mapping[str, tuple[Parameter, ...]]
    asset_classes: Mapping[str, AssetClass]
    categories: Mapping[str, TcoCategory]
    codes: Mapping[tuple[str, str], CodeRow]
    bundles: Mapping[str, Bundle]
    models: Mapping[str, Model]
    support_ends: Mapping[str, tuple[SupportEnd, ...]]
    erate_rates: tuple[ErateRate, ...]
    fund_rules: Mapping[str, FundRule]
    versions: Mapping[str, str] = field(default_factory=dict)
    os_releases: Mapping[str, OsRelease] = field(default_factory=dict)
    evidence: Sequence[Evidence] = ()
    student_groups: Mapping[str, StudentGroup] = field(default_factory=dict)

    def at(self, on: date) -> "RulesAt":
        """The rules in effect on a day."""
        return RulesAt(self, on)

    def with_parameters(self, extra: Mapping[str, Sequence[Parameter]]) -> "Rulebook":
        """The rulebook with more rows by path (district values, scenario overrides); everything else is shared."""
        merged = dict(self.parameters)
        for path, rows in extra.items():
            merged[path] = (*merged.get(path, ()), *rows)
        return replace(self, parameters=merged)


@dataclass(frozen=True)
class RulesAt:
    """Look-ups on one day. In each layer the row that began last holds; layers meet as the parameter declares: the
    narrower overrides, or the strictest holds (the minimum, the maximum, the earliest day). Of equals the narrower.
    """

    book: Rulebook
    on: date

    def find(self, path: str, on: date | None = None) -> Parameter | None:
        """The row that applies to `path` on a day (default: the view's), None when none is in effect."""
        key = (path, on or self.on)
        if key not in self._found:
            self._found[key] = self._find(*key)
        return self._found[key]

    @cached_property
    def _found(self) -> dict[tuple[str, date], Parameter | None]:
        """Rows looked up before: a run asks for the same few hundreds of times."""
        return {}

    def layers(self, path: str, on: date | None = None) -> tuple[Parameter, ...]:
        """The row of each layer in effect on a day, federal first; of them `governing` picks one."""
        found: dict[int, Parameter] = {}
        for row in self.book.parameters.get(path, ()):
            layer = LAYERS.index(row.layer)
            if row.in_effect(on or self.on) and (
                layer not in found or row.effective_from > found[layer].effective_from
            ):
                found[layer] = row
        return tuple(found[layer] for layer in sorted(found))

    def _find(self, path: str, day: date) -> Parameter | None:
        rows = self.layers(path, day)
        return governing(rows) if rows else None

    def row(self, path: str, on: date | None = None) -> Parameter:
        """As `find`; raises KeyError when no row is in effect."""
        found = self.find(path, on)
        if found is None:
            raise KeyError(f"no value of {path} in effect on {on or self.on}")
        return found

    def cents(self, path: str) -> int:
        """An amount in cents."""
        return int(self.row(path).value)

    def number(self, path: str) -> Decimal:
        """A rate, share or count."""
        return Decimal(self.row(path).value)


def governing(rows: Sequence[Parameter]) -> Parameter:
    """Of one row for each layer, federal first, the row that holds, as the parameter declares."""
    narrow = list(reversed(rows))  # of equals the narrower
    match rows[0].combine:
        case "minimum" | "earliest":
            return min(narrow, key=lambda row: row.value)
        case "maximum":
            return max(narrow, key=lambda row: row.value)
    return narrow[0]
