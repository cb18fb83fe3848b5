"""Why a projected figure is what it is: a tree that computes the figure again from reported counts and settings.

Leaves are counts (with the source of their cell) and settings; a ratio opens into the classes that made it. Where a
class was counted only up to the cap, the capped number is the leaf, because the cap itself comes from the grade's
median.
"""

from collections.abc import Callable
from decimal import Decimal

from throughline.engine.demand.entry import Entry
from throughline.engine.demand.projection import Method, Part, ProjectedCell, Projection
from throughline.engine.demand.ratios import LEVEL_OF, GradeRatio, Observation
from throughline.engine.ledger.trace import Fact, Step, Trace, product, total
from throughline.engine.refs import DerivedRef

Counted = Callable[[int, str, Decimal], Trace]  # fall, grade ("births" for births) and the count -> its reported cells


def projection_trace(projection: Projection, fall: int, grade: str, counted: Counted) -> Trace:
    """The tree behind `projection.cells[fall, grade].mid`; raises KeyError for a cell that is not projected."""
    cell = projection.cells[fall, grade]
    name = f"grade {grade}, fall {fall}"
    if cell.method is Method.CARRIED:
        return _pupils(cell.parts[0], counted)
    if cell.method is Method.BIRTHS:
        return _from_births(name, projection.entries[grade], cell, counted)
    if cell.method is Method.LEVEL:
        return _from_level(name, projection.entries[grade], fall - projection.base_fall, counted)
    ratio = _ratio(projection, grade, counted)
    rule = "pupils of the grade below a fall earlier, times the progression ratio"
    if not cell.parts:
        below = projection.ratios[grade].below
        return product(name, ratio, projection_trace(projection, fall - 1, below, counted), rule=rule, unit="pupils")
    parts = [
        product(
            f"class of grade {part.grade}, fall {part.fall}",
            _setting("share of this count in the class", part.weight),
            _pupils(part, counted),
            *(_ratio(projection, step, counted) for step in part.ratios),
            unit="pupils",
        )
        for part in cell.parts
    ]
    return product(name, ratio, total("class that moves up", *parts, unit="pupils"), rule=rule, unit="pupils")


def _pupils(part: Part, counted: Counted) -> Trace:
    return counted(part.fall, part.grade, part.pupils)


def _setting(name: str, value: Decimal) -> Fact:
    return Fact(name, value, "", DerivedRef(f"projection setting: {name}"))


def _ratio(projection: Projection, grade: str, counted: Counted) -> Step:
    ratio = projection.ratios[grade]
    after = [_class(o, "after", counted) for o in ratio.observations]
    before = [_class(o, "before", counted) for o in ratio.observations]
    promoted = _setting("pupils taken to move up one for one", ratio.promote_pupils)
    if ratio.level is not None:
        share = _setting("pupils taken to move as the school level does", ratio.level_pupils)
        after.append(
            product("moved as the school level does", share, _level(projection, ratio, counted), unit="pupils")
        )
        before.append(share)
    return Step(
        f"progression ratio into grade {grade}",
        "quotient",
        (total("moved up", *after, promoted, unit="pupils"), total("classes", *before, promoted, unit="pupils")),
        rule="recent falls count more; small grades are steadied",
        unit="pupils per pupil",
    )


def _class(seen: Observation, side: str, counted: Counted) -> Trace:
    grade, fall = (seen.grade, seen.fall) if side == "after" else (seen.below, seen.fall - 1)
    value = seen.counted if side == "after" else seen.before
    capped = side == "after" and seen.counted != seen.after
    cap = DerivedRef(f"{seen.after} pupils reported, counted up to the cap around the grade's median ratio")
    pupils = Fact("pupils", value, "pupils", cap) if capped else counted(fall, grade, value)
    weight = _setting(f"weight of fall {seen.fall}", seen.weight)
    return product(f"grade {grade}, fall {fall}", weight, pupils, unit="pupils")


def _level(projection: Projection, ratio: GradeRatio, counted: Counted) -> Step:
    seen = [o for grade in LEVEL_OF[ratio.grade] for o in projection.ratios[grade].observations]
    after = total("moved up", *(_class(o, "after", counted) for o in seen), unit="pupils")
    before = total("classes", *(_class(o, "before", counted) for o in seen), unit="pupils")
    return Step("ratio of the school level", "quotient", (after, before), unit="pupils per pupil")


def _from_births(name: str, entry: Entry, cell: ProjectedCell, counted: Counted) -> Step:
    ratios = [
        Step(
            f"kindergarten of fall {fall} to births",
            "quotient",
            (
                counted(fall, entry.grade, pupils),
                counted(entry.born(fall), "births", born),
            ),
            unit="pupils per birth",
        )
        for fall, pupils, born in entry.birth_falls
    ]
    mean = Step(
        "kindergarten per birth",
        "quotient",
        (total("ratios", *ratios, unit="pupils per birth"), _setting("falls compared", Decimal(len(ratios)))),
        unit="pupils per birth",
    )
    return product(name, mean, _pupils(cell.parts[0], counted), rule="births become kindergarten", unit="pupils")


def _from_level(name: str, entry: Entry, steps: int, counted: Counted) -> Step:
    weights = [_setting(f"weight of fall {fall}", weight) for fall, _, weight in entry.falls]
    ages = [Decimal(entry.last + 1 - fall) for fall, _, _ in entry.falls]
    classes = [
        product(f"grade {entry.grade}, fall {fall}", weight, counted(fall, entry.grade, pupils), unit="pupils")
        for weight, (fall, pupils, _) in zip(weights, entry.falls, strict=True)
    ]
    aged = [product("age of a fall", w, _setting("years", age)) for w, age in zip(weights, ages, strict=True)]
    weight = total("weights", *weights, unit="")
    level = Step("recent level", "quotient", (total("pupils", *classes, unit="pupils"), weight), unit="pupils")
    age = Step("age of the level", "quotient", (total("ages", *aged, unit="years"), weight), unit="years")
    one = _setting("the level itself", Decimal(1))
    drift = product(
        "drift since",
        _setting("change per year", entry.drift),
        total("years", age, _setting("later falls", Decimal(steps - 1)), unit="years"),
        unit="",
    )
    moved = product(name, level, total("level moved on", one, drift, unit=""), rule="recent level", unit="pupils")
    return Step(name, "maximum", (_setting("no pupils", Decimal(0)), moved), unit="pupils")
