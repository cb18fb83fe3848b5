"""A standard that plans for longer than the district's own devices have lasted: the devices likely gone by then, and their price."""

from collections.abc import Iterator

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.lifecycle.experience import Experience, experiences
from throughline.engine.lifecycle.projection import PolicyUnits
from throughline.engine.money import round_half_up

CLOCK = "policy"  # the clock that a planned life drives


def check_experience(run: CheckInput) -> Iterator[Finding]:
    """Findings per standard of a class whose devices leave earlier than planned (TL-DEV-040)."""
    if run.fleet is None or not run.plan.retirements:
        return
    known = {item.asset_class: item for item in experiences(run.plan.retirements, run.in_service, run.rules)}
    for row in run.fleet.rows:
        seen = known.get(row.policy.asset_class.id)
        if seen is not None and outlives(row, seen):
            yield _outlives(run, row, seen)


def outlives(row: PolicyUnits, seen: Experience) -> bool:
    """Whether the planned life of a policy is longer than what the class's own lists suggest."""
    planned = CLOCK in row.policy.standard.clocks
    return planned and seen.life_years is not None and row.policy.life_years > seen.life_years


def _outlives(run: CheckInput, row: PolicyUnits, seen: Experience) -> Finding:
    units = round_half_up(row.devices * seen.gone_by(row.policy.life_years))
    price = run.prices.get(row.policy.id)
    assert seen.gone_years is not None
    return finding(
        "TL-DEV-040",
        Severity.WARNING,
        f"standards/{row.policy.id}",
        cents=units * price[0] if price else None,
        rule=str(row.policy.life_fact.source),
        label=row.policy.asset_class.label,
        name=row.policy.asset_class.id,
        percent=f"{seen.gone_share * 100:f}".rstrip("0").rstrip("."),
        age=f"{seen.gone_years:.1f}",
        counted=seen.words,
        planned=row.policy.life_years,
        suggested=seen.life_years or 0,
        units=units,
        devices=row.devices,
    )
