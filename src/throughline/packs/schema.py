"""The tables of the packs: columns, keys, and how a row becomes a value of the engine's rulebook."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise

from throughline.engine.refs import PackRef
from throughline.engine.rulebook.book import LAYERS
from throughline.engine.rulebook.catalog import (
    AssetClass,
    Bundle,
    CodeRow,
    ErateRate,
    Evidence,
    PricePart,
    StudentGroup,
    TcoCategory,
)
from throughline.engine.rulebook.parameter import STATUSES, Parameter
from throughline.engine.rulebook.values import UNITS, read_value
from throughline.packs.problem import PackError
from throughline.packs.strict_csv import Row, read_csv

PACK_STATUSES = frozenset(STATUSES) - {"DISTRICT"}
COMBINES = ("override", "minimum", "maximum", "earliest")
DEVICE_KINDS = frozenset("chromebook tablet laptop desktop panel projector network server phone other".split())
CITED = ("source", "verified_on", "status")

PARAMETER = (*"path value unit effective_from effective_to authority layer combine review_months note".split(), *CITED)
ASSET_CLASS = (
    *"id label effective_from life_years life_low life_high category device_kind object_below object_above function bundle".split(),
    *CITED,
)
CATEGORY = (*"code label direct budgeted recurring object function obligation_month note".split(), *CITED)
CODE = ("code", "title", *CITED)
PRICE = (*"bundle bundle_label part part_label usd category recurs growth priced_on note".split(), *CITED)
ERATE = (*"low high c1_urban c1_rural c2_urban c2_rural".split(), *CITED)
STUDENT_GROUP = (*"id title parts_of note".split(), *CITED)
EVIDENCE = (*"kind district state year asset_class measure value unit note".split(), *CITED)


def parameters(data: bytes, file: str) -> list[Parameter]:
    """Rows of a parameter file."""
    return [parameter(row) for row in read_csv(data, file, PARAMETER, ("path", "effective_from"))]


def parameter(row: Row) -> Parameter:
    """One parameter. Money is written in dollars (unit `usd`) and kept in cents."""
    unit = row.one_of("unit", (UNITS - {"cents"}) | {"usd"}).replace("usd", "cents")
    since, until = row.day("effective_from"), row.maybe_day("effective_to")
    if until is not None and until < since:
        raise row.error("effective_to", "is before effective_from")
    return Parameter(
        path=row.text("path"),
        value=row.read("value", lambda text: read_value(text, unit)),
        unit=unit,
        effective_from=since,
        effective_to=until,
        authority=row.text("authority"),
        source=row.text("source"),
        verified_on=row.day("verified_on"),
        status=row.one_of("status", PACK_STATUSES),
        layer=row.one_of("layer", LAYERS[:-1]),
        combine=row.one_of("combine", COMBINES),
        review_months=row.whole("review_months"),
        note=row.maybe("note"),
    )


def by_path(rows: Iterable[Parameter]) -> dict[str, tuple[Parameter, ...]]:
    """Parameters by path. Raises PackError when rows of a path differ in unit or in how layers meet, or overlap in time."""
    found: dict[str, list[Parameter]] = {}
    for row in sorted(rows, key=lambda row: (row.path, LAYERS.index(row.layer), row.effective_from)):
        found.setdefault(row.path, []).append(row)
    for path, group in found.items():
        if len({(row.unit, row.combine) for row in group}) > 1:
            raise PackError(f"parameters/{path}", 0, "rows differ in unit or combine")
        for before, after in pairwise(group):
            if before.layer == after.layer and not _follows(before, after):
                days = f"{before.effective_from} and {after.effective_from}"
                raise PackError(f"parameters/{path}", 0, f"rows of {days} overlap")
    return {path: tuple(group) for path, group in found.items()}


def _follows(before: Parameter, after: Parameter) -> bool:
    return before.effective_to is not None and before.effective_to < after.effective_from


def cited(row: Row, path: str, effective: str = "") -> PackRef:
    """The reference that ends an explanation; source, day and status are required."""
    read_on = row.day("verified_on").isoformat()
    return PackRef(path, effective or read_on, row.text("source"), row.one_of("status", PACK_STATUSES), read_on)


def asset_classes(data: bytes, file: str) -> dict[str, AssetClass]:
    """Asset classes by id."""
    return {row.text("id"): _asset_class(row) for row in read_csv(data, file, ASSET_CLASS, ("id",))}


def _asset_class(row: Row) -> AssetClass:
    low, life, high = row.whole("life_low"), row.whole("life_years"), row.whole("life_high")
    if not 0 < low <= life <= high:
        raise row.error("life_years", f"{life} is outside {low} to {high}")
    return AssetClass(
        id=row.text("id"),
        label=row.text("label"),
        life_years=life,
        life_low=low,
        life_high=high,
        category=row.text("category"),
        device_kind=row.one_of("device_kind", DEVICE_KINDS),
        object_below=row.text("object_below"),
        object_above=row.text("object_above"),
        function=row.text("function"),
        bundle=row.maybe("bundle"),
        ref=cited(row, f"life/{row.text('id')}", row.day("effective_from").isoformat()),
    )


def lives(classes: Iterable[AssetClass]) -> list[Parameter]:
    """The planned life of each class as the parameter `life/<class>`, which a district or a scenario may set."""
    return [
        Parameter(
            path=item.ref.path,
            value=item.life_years,
            unit="years",
            effective_from=date.fromisoformat(item.ref.effective),
            effective_to=None,
            authority="board policy",
            source=item.ref.source,
            verified_on=date.fromisoformat(item.ref.verified_on),
            status=item.ref.status,
            note=f"{item.life_low} to {item.life_high} years",
        )
        for item in classes
    ]


def categories(data: bytes, file: str) -> dict[str, TcoCategory]:
    """TCO categories by code."""
    return {row.text("code"): _category(row) for row in read_csv(data, file, CATEGORY, ("code",))}


def _category(row: Row) -> TcoCategory:
    month = row.whole("obligation_month")
    if not 1 <= month <= 12:
        raise row.error("obligation_month", f"{month} is no month")
    return TcoCategory(
        code=row.text("code"),
        label=row.text("label"),
        direct=row.flag("direct"),
        budgeted=row.flag("budgeted"),
        recurring=row.flag("recurring"),
        object=row.text("object"),
        function=row.text("function"),
        obligation_month=month,
        ref=cited(row, f"tco-category/{row.text('code')}"),
    )


def codes(data: bytes, file: str, dimension: str) -> dict[tuple[str, str], CodeRow]:
    """Codes of one dimension of the chart of accounts."""
    rows = read_csv(data, file, CODE, ("code",))
    return {
        (dimension, row.text("code")): CodeRow(
            dimension, row.text("code"), row.text("title"), cited(row, f"nces/{dimension}/{row.text('code')}")
        )
        for row in rows
    }


def bundles(data: bytes, file: str) -> dict[str, Bundle]:
    """Price bundles by id; parts keep the order of the file."""
    parts: dict[str, list[PricePart]] = {}
    labels: dict[str, str] = {}
    for row in read_csv(data, file, PRICE, ("bundle", "part")):
        name = row.text("bundle")
        if labels.setdefault(name, row.text("bundle_label")) != row.text("bundle_label"):
            raise row.error("bundle_label", f"differs from an earlier row of {name}")
        parts.setdefault(name, []).append(_price_part(row))
    return {name: Bundle(name, labels[name], tuple(found)) for name, found in parts.items()}


def _price_part(row: Row) -> PricePart:
    priced_on = row.day("priced_on")
    return PricePart(
        part=row.text("part"),
        cents=_cents(row, "usd"),
        category=row.text("category"),
        recurs=row.flag("recurs"),
        growth=row.text("growth"),
        ref=cited(row, f"price/{row.text('bundle')}/{row.text('part')}", priced_on.isoformat()),
        label=row.text("part_label"),
        priced_on=priced_on,
    )


def _cents(row: Row, column: str) -> int:
    cents = row.read(column, lambda text: read_value(text, "cents"))
    if not isinstance(cents, int) or cents <= 0:
        raise row.error(column, "a price is above 0; leave out what has no price")
    return cents


def student_groups(data: bytes, file: str) -> dict[str, StudentGroup]:
    """Groups of students by id, in the order of the file. Raises PackError for parts of a group that is not in it."""
    rows = {row.text("id"): row for row in read_csv(data, file, STUDENT_GROUP, ("id",))}
    for row in rows.values():
        if row.maybe("parts_of") not in {"", *rows}:
            raise row.error("parts_of", f"{row.maybe('parts_of')} is no group")
    return {
        name: StudentGroup(name, row.text("title"), row.maybe("parts_of"), cited(row, f"student-group/{name}"))
        for name, row in rows.items()
    }


def erate_rates(data: bytes, file: str) -> tuple[ErateRate, ...]:
    """The discount matrix, lowest share first."""
    rows = read_csv(data, file, ERATE, ("low",))
    rates = [
        ErateRate(
            low=row.whole("low"),
            high=row.whole("high"),
            c2_urban=row.number("c2_urban"),
            c2_rural=row.number("c2_rural"),
            c1_urban=row.number("c1_urban"),
            c1_rural=row.number("c1_rural"),
            ref=cited(row, f"erate-matrix/{row.text('low')}-{row.text('high')}"),
        )
        for row in rows
    ]
    if [rate.low for rate in rates] != [0, *(rate.high + 1 for rate in rates[:-1])] or rates[-1].high != 100:
        raise PackError(file, 0, "the bands do not cover 0 to 100 percent without gap")
    return tuple(rates)


def evidence(data: bytes, file: str) -> list[Evidence]:
    """Published cycles, prices and repair figures."""
    return [
        Evidence(
            kind=row.one_of("kind", ("cycle", "price", "repair")),
            district=row.text("district"),
            state=row.text("state"),
            year=row.whole("year") if row.maybe("year") else None,
            asset_class=row.maybe("asset_class"),
            measure=row.text("measure"),
            value=row.read("value", Decimal),
            unit=row.text("unit"),
            note=row.maybe("note"),
            ref=cited(row, f"evidence/{row.text('kind')}/{row.line}", row.maybe("year")),
        )
        for row in read_csv(data, file, EVIDENCE)
    ]
