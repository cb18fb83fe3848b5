"""The inputs a plan rests on, as rows every document prints: value, source, date, standing."""

from collections.abc import Iterator
from decimal import Decimal

from throughline.app.source.device_tables import label_of as device_label
from throughline.engine.costing.base import CostContext
from throughline.engine.costing.producers import kinds_of
from throughline.engine.ledger.trace import leaves
from throughline.engine.lifecycle.groups import BANDS
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.money import dollars
from throughline.engine.refs import PackRef
from throughline.engine.rulebook.parameter import Parameter
from throughline.engine.run import PlanResult
from throughline.reports.base import ShownAssumption

ALWAYS = ("capital/threshold",)


def assumptions(result: PlanResult) -> tuple[ShownAssumption, ...]:
    """Every rulebook value that an amount of this plan used, prices and lives included, the district's own first."""
    rows = {row.path: row for row in (*_rules(result), *_prices(result), *_lives(result))}
    rank = {"the district's own": 0, "default, please replace": 1, "secondary source": 2, "verified": 3}
    return tuple(sorted(rows.values(), key=lambda row: (rank.get(row.standing, 1), row.path)))


def _rules(result: PlanResult) -> Iterator[ShownAssumption]:
    used = {*ALWAYS, *_paths_of_devices(result), *_paths_of_lists(result)}
    for path in sorted(used):
        row = result.rules.find(path)
        if row is not None:
            yield _shown(row)


def _paths_of_devices(result: PlanResult) -> set[str]:
    """Paths behind unit costs: every kind of cost of every policy, in the last year, at every age."""
    ctx = CostContext(
        result.plan,
        result.rules,
        result.horizon,
        result.inputs.as_of,
        result.inputs.cohorts,
        lambda _y, _s: None,
        lambda _c, _y, _s: None,
    )
    used: set[str] = set()
    for policy in result.policies:
        for band in BANDS:
            for kind in kinds_of(ctx, policy, band):
                for age in range(kind.ages):
                    unit = kind.unit(len(result.horizon) - 1, age)
                    used |= {leaf.source.path for leaf in leaves(unit) if isinstance(leaf.source, PackRef)}
    return used


def _paths_of_lists(result: PlanResult) -> set[str]:
    used: set[str] = set()
    for block in result.ledger.blocks:
        if block.producer == "devices" or not block.cents.size:
            continue
        for row in range(block.cents.shape[0]):
            filled = block.cents[row, :, 0].nonzero()[0]
            if len(filled):
                trace = block.explain(row, int(filled[-1]), 0)
                used |= {leaf.source.path for leaf in leaves(trace) if isinstance(leaf.source, PackRef)}
    return used


def _shown(row: Parameter) -> ShownAssumption:
    return ShownAssumption(
        f"rules/{row.path}",
        label_of(row.path),
        _value(row),
        row.source,
        row.verified_on.isoformat(),
        row.standing,
    )


SUBJECTS = {
    "growth": "Yearly price growth",
    "repair": "Repair",
    "deployment": "Set-up",
    "disposal": "Disposal",
    "indirect": "Staff time",
    "spare": "Spares",
    "loss": "Loss and theft",
    "training": "Training",
    "warranty": "Warranty",
    "capital": "Capital outlay",
    "erate": "E-Rate",
    "procurement": "Procurement",
    "contingency": "Contingency",
    "labor": "Labor",
    "life": "Planned life",
    "enrollment": "Enrollment projection",
}


def label_of(path: str) -> str:
    """A rulebook path in words: `repair/incident-rate/middle` is "Repair: incident rate, middle"."""
    first, *rest = path.split("/")
    subject = SUBJECTS.get(first, first.replace("-", " ").capitalize())
    words = ", ".join(rest).replace("-", " ").replace("licence", "license")
    return f"{subject}: {words}" if rest else subject


def _value(row: Parameter) -> str:
    if row.unit == "cents":
        return dollars(int(row.value))
    if row.unit == "share":
        return f"{(Decimal(row.value) * 100).normalize():f}%"
    return f"{row.value} {row.unit}" if row.unit not in ("text", "factor", "count") else str(row.value)


def _prices(result: PlanResult) -> Iterator[ShownAssumption]:
    for policy in _used(result):
        for part in policy.parts:
            own = part.ref.status == "DISTRICT"
            # a price that all policies of a class share is named for the class
            name = device_label(result, policy.id) if own else policy.asset_class.label
            yield ShownAssumption(
                part.ref.path,
                f"{name}: {part.part.replace('_', ' ').replace('licence', 'license')} price",
                dollars(part.cents),
                part.ref.source,
                part.ref.effective or part.ref.verified_on,
                "the district's own" if own else _standing(part.ref.status),
            )


def _used(result: PlanResult) -> list[Policy]:
    """Policies that devices of this plan follow."""
    ids = {row.policy.id for row in result.fleet.rows}
    return [policy for policy in result.policies if policy.id in ids]


def _lives(result: PlanResult) -> Iterator[ShownAssumption]:
    for policy in _used(result):
        source = policy.life_fact.source
        own = not isinstance(source, PackRef) or source.status == "DISTRICT"
        yield ShownAssumption(
            f"standards/{policy.id}/life_years",
            f"{device_label(result, policy.id)}: planned life",
            f"{policy.life_years} years",
            source.source if isinstance(source, PackRef) else str(source),
            source.verified_on if isinstance(source, PackRef) else "",
            "the district's own" if own else _standing(source.status if isinstance(source, PackRef) else ""),
        )


def _standing(status: str) -> str:
    return {"V": "verified", "V2": "secondary source"}.get(status, "default, please replace")
