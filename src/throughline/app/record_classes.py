"""Devices that left, by the classes the plan knows: what a list calls a device is read as an inventory's words are.

Only the class is kept. What nothing explains is left out of the counts and told: a text that is no device may be a person's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from throughline.app.plans import slug
from throughline.app.resolve import resolve
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.retirements import Retirement
from throughline.fleet.resolve import Texts
from throughline.importers.outcome import Outcome
from throughline.packs.loader import load_rulebook

NOUN = "retirements"


def of_known_classes(plan: Plan, outcome: Outcome) -> Outcome:
    """The outcome with its counts of devices that left by asset class; those of no known class are only counted."""
    found = [item for item in outcome.records.get(NOUN, ()) if isinstance(item, Retirement)]
    if not found:
        return outcome
    classes = _classes(plan, found)
    kept: dict[str, Retirement] = {}
    moved: dict[str, str] = {}
    unknown = 0
    for item in found:
        name = classes.get(item.asset_class, "")
        if not name:
            unknown += item.units
            continue
        made = replace(item, asset_class=name, id=_id(item, name))
        before = kept.get(made.id)
        kept[made.id] = replace(made, units=made.units + before.units) if before else made
        moved[item.id] = made.id
    lines = tuple(
        (row, noun, moved.get(known, known) if noun == NOUN else known)
        for row, noun, known in outcome.line_records
        if noun != NOUN or known in moved
    )
    records = {**outcome.records, NOUN: tuple(kept[key] for key in sorted(kept))}
    told = (*_told(outcome, unknown), *_twice(plan, outcome, kept.values()))
    return replace(outcome, records=records, line_records=lines, findings=(*outcome.findings, *told))


def _classes(plan: Plan, found: Sequence[Retirement]) -> dict[str, str]:
    book = load_rulebook(plan.district.state)
    units: dict[str, int] = {}
    for item in found:
        units[item.asset_class] = units.get(item.asset_class, 0) + item.units
    texts = Texts((), tuple(((text, "", ""), count) for text, count in units.items() if text))
    read = resolve(texts, plan, book).resolutions.models
    return {text: text if text in book.asset_classes else read.get((text, "", ""), ("", ""))[1] for text in units}


def _id(item: Retirement, name: str) -> str:
    bought = f"{item.bought_on:%Y-%m}" if item.bought_on else "unknown"
    return f"{slug(item.document)}-{name}-{bought}-{item.left_on:%Y-%m}-{item.reason}"


def _told(outcome: Outcome, unknown: int) -> tuple[Finding, ...]:
    if not unknown:
        return ()
    return (finding("TL-REC-144", Severity.WARNING, outcome.file, cents=None, file=outcome.file, count=unknown),)


def _twice(plan: Plan, outcome: Outcome, kept: Iterable[Retirement]) -> tuple[Finding, ...]:
    """A warning where another list holds most of the same counts already: one list under two names counts twice."""
    found: list[Finding] = []
    others: dict[str, set[object]] = {}
    for item in plan.retirements:
        if item.document != outcome.file:
            others.setdefault(item.document, set()).add(_same(item))
    new = {_same(item) for item in kept}
    for document in sorted(others):
        count = len(new & others[document])
        if 2 * count > len(new):
            file = outcome.file
            found.append(
                finding("TL-REC-147", Severity.WARNING, file, cents=None, file=file, document=document, count=count)
            )
    return tuple(found)


def _same(item: Retirement) -> tuple[object, ...]:
    return item.asset_class, item.bought_on, item.left_on, item.reason, item.units
