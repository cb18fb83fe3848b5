"""Why a projected figure is what it is: a tree that computes the figure again from reported counts and settings.

Leaves are counts (with the source of their cell) and settings; a ratio opens into the classes that made it, each within
the cap around the grade's median ratio. Every node is built once, so that trees share their parts.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from throughline.engine.demand.entry import Entry
from throughline.engine.demand.projection import Method, Part, ProjectedCell, Projection
from throughline.engine.demand.ratios import LEVEL_OF, GradeRatio, Observation
from throughline.engine.ledger.trace import Fact, Step, Trace, product, total
from throughline.engine.refs import DerivedRef

Counted = Callable[[int, str, Decimal], Trace]  # fall, grade ("births" for births) and the count -> its reported cells
NAMES = {
    "promote_pupils": "pupils taken to move up one for one",
    "entry_pupils": "pupils taken to move up one for one",
    "level_pupils": "pupils taken to move as the school level does",
    "year_weight": "weight of a fall relative to the one after it",
    "cap": "room around the median ratio",
    "cohort_memory": "share of the same class a fall earlier",
    "first_grade_weight": "weight of a fall relative to the one after it",
    "kindergarten_drift": "change of kindergarten per year",
}


class ProjectionTraces:
    """Trees behind the figures of one projection; `settings` are the leaves of its settings, by field."""

    def __init__(self, projection: Projection, counted: Counted, settings: Mapping[str, Fact]) -> None:
        self.projection = projection
        self._counted = counted
        self._settings = settings
        self._cells: dict[tuple[int, str], Trace] = {}
        self._ratios: dict[str, Step] = {}
        self._seen: dict[tuple[str, int], Step] = {}
        self._rooms: dict[str, tuple[Step, Step]] = {}
        self._weights: dict[tuple[str, int], Step] = {}

    def cell(self, fall: int, grade: str) -> Trace:
        """The tree behind `projection.cells[fall, grade].mid`; raises KeyError for a cell that is not projected."""
        if (fall, grade) not in self._cells:
            self._cells[fall, grade] = self._cell(fall, grade)
        return self._cells[fall, grade]

    def _cell(self, fall: int, grade: str) -> Trace:
        cell = self.projection.cells[fall, grade]
        name = f"grade {grade}, fall {fall}"
        if cell.method is Method.CARRIED:
            return self._pupils(cell.parts[0])
        if cell.method is Method.BIRTHS:
            return self._from_births(name, self.projection.entries[grade], cell)
        if cell.method is Method.LEVEL:
            return self._from_level(name, self.projection.entries[grade], fall - self.projection.base_fall)
        ratio = self._ratio(grade)
        rule = "pupils of the grade below a fall earlier, times the progression ratio"
        if not cell.parts:
            below = self.projection.ratios[grade].below
            return product(name, ratio, self.cell(fall - 1, below), rule=rule, unit="pupils")
        parts = [self._part(part, len(cell.parts)) for part in cell.parts]
        return product(name, ratio, total("class that moves up", *parts, unit="pupils"), rule=rule, unit="pupils")

    def _part(self, part: Part, of: int) -> Trace:
        """A count behind a class: the class itself, and what it was a grade lower a fall earlier, moved up since."""
        terms: list[Trace] = [self._pupils(part), *(self._ratio(step) for step in part.ratios)]
        if of > 1:
            memory: Trace = self._setting("cohort_memory")
            share = memory if part.ratios else Step("share of the count", "complement", (memory,), unit="share")
            terms.insert(0, share)
        return product(f"class of grade {part.grade}, fall {part.fall}", *terms, unit="pupils")

    def _pupils(self, part: Part) -> Trace:
        return self._counted(part.fall, part.grade, part.pupils)

    def _setting(self, field: str) -> Fact:
        known = self._settings.get(field)
        if known is not None:
            return known
        value: Decimal = getattr(self.projection.settings, field)
        return Fact(NAMES[field], value, "", DerivedRef(f"setting of the projection: {NAMES[field]}"))

    def _weight(self, field: str, age: int) -> Step:
        """What a fall counts, so many falls before the last one."""
        if (field, age) not in self._weights:
            fall = self.projection.base_fall - age
            self._weights[field, age] = Step(f"weight of fall {fall}", "power", (self._setting(field),), unit="", n=age)
        return self._weights[field, age]

    def _ratio(self, grade: str) -> Step:
        if grade not in self._ratios:
            self._ratios[grade] = self._ratio_of(self.projection.ratios[grade])
        return self._ratios[grade]

    def _ratio_of(self, ratio: GradeRatio) -> Step:
        after, before = self._classes([(o, ratio) for o in ratio.observations])
        promoted = self._setting(
            "entry_pupils" if ratio.grade in self.projection.settings.entry_grades else "promote_pupils"
        )
        if ratio.level is not None:
            share = self._setting("level_pupils")
            after.append(product("moved as the school level does", share, self._level(ratio), unit="pupils"))
            before.append(share)
        return Step(
            f"progression ratio into grade {ratio.grade}",
            "quotient",
            (total("moved up", *after, promoted, unit="pupils"), total("classes", *before, promoted, unit="pupils")),
            rule="recent falls count more; small grades are steadied",
            unit="pupils per pupil",
        )

    def _level(self, ratio: GradeRatio) -> Step:
        name = "/".join(LEVEL_OF[ratio.grade])
        if name not in self._ratios:
            ratios = [self.projection.ratios[grade] for grade in LEVEL_OF[ratio.grade]]
            after, before = self._classes([(o, own) for own in ratios for o in own.observations])
            sums = total("moved up", *after, unit="pupils"), total("classes", *before, unit="pupils")
            self._ratios[name] = Step("ratio of the school level", "quotient", sums, unit="pupils per pupil")
        return self._ratios[name]

    def _classes(self, seen: list[tuple[Observation, GradeRatio]]) -> tuple[list[Trace], list[Trace]]:
        """Classes seen twice: pupils a grade higher, within the cap, and pupils before, each by the weight of its fall."""
        after: list[Trace] = []
        before: list[Trace] = []
        for o, ratio in seen:
            weight = self._weight("year_weight", self.projection.base_fall - o.fall)
            counted = self._within(o, ratio)
            after.append(product(f"grade {o.grade}, fall {o.fall}", weight, counted, unit="pupils"))
            below = self._counted(o.fall - 1, o.below, o.before)
            before.append(product(f"grade {o.below}, fall {o.fall - 1}", weight, below, unit="pupils"))
        return after, before

    def _within(self, o: Observation, ratio: GradeRatio) -> Step:
        if (o.grade, o.fall) not in self._seen:
            middle, room = self._room(ratio)
            before = self._counted(o.fall - 1, o.below, o.before)
            usual = product("at the median ratio", before, middle, unit="pupils")
            low = Step("at least", "quotient", (usual, room), unit="pupils")
            high = product("at most", usual, room, unit="pupils")
            terms = (self._counted(o.fall, o.grade, o.after), low, high)
            rule = "counted up to the cap around the grade's median ratio"
            self._seen[o.grade, o.fall] = Step(
                f"grade {o.grade}, fall {o.fall}, as counted", "within", terms, rule, "pupils"
            )
        return self._seen[o.grade, o.fall]

    def _room(self, ratio: GradeRatio) -> tuple[Step, Step]:
        """The median ratio into a grade, and the factor by which a class may be away from it: 1 + cap / sqrt(class)."""
        if ratio.grade not in self._rooms:
            pairs = [
                (self._counted(o.fall, o.grade, o.after), self._counted(o.fall - 1, o.below, o.before))
                for o in ratio.observations
            ]
            unit = "pupils per pupil"
            quotients = tuple(Step("ratio of a fall", "quotient", pair, unit=unit) for pair in pairs)
            middle = Step("median ratio", "median", quotients, unit=unit)
            size = Step("usual class", "mean", tuple(before for _, before in pairs), unit="pupils")
            root = Step("square root of the class", "root", (size,), unit="")
            share = Step("room for chance", "quotient", (self._setting("cap"), root), unit="share")
            self._rooms[ratio.grade] = middle, Step("room", "one_plus", (share,), unit="factor")
        return self._rooms[ratio.grade]

    def _from_births(self, name: str, entry: Entry, cell: ProjectedCell) -> Step:
        ratios = tuple(
            Step(
                f"kindergarten of fall {fall} to births",
                "quotient",
                (self._counted(fall, entry.grade, pupils), self._counted(entry.born(fall), "births", born)),
                unit="pupils per birth",
            )
            for fall, pupils, born in entry.birth_falls
        )
        mean = Step("kindergarten per birth", "mean", ratios, unit="pupils per birth")
        return product(name, mean, self._pupils(cell.parts[0]), rule="births become kindergarten", unit="pupils")

    def _from_level(self, name: str, entry: Entry, steps: int) -> Trace:
        """The recent level of a first grade; that of kindergarten moves on by a change per year."""
        weights = [(fall, self._weight("first_grade_weight", entry.last - fall)) for fall, _, _ in entry.falls]
        classes = [
            product(
                f"grade {entry.grade}, fall {fall}", weight, self._counted(fall, entry.grade, pupils), unit="pupils"
            )
            for (fall, weight), (_, pupils, _) in zip(weights, entry.falls, strict=True)
        ]
        weight = total("weights", *(each for _, each in weights), unit="")
        parts = total("pupils", *classes, unit="pupils"), weight
        level = Step("recent level", "quotient", parts, "recent falls count more", "pupils")
        if entry.grade != "K":
            return level
        aged = (Step("age of a fall", "multiple", (w,), unit="", n=entry.last + 1 - fall) for fall, w in weights)
        age = Step("age of the level", "quotient", (total("ages", *aged, unit=""), weight), unit="years")
        later = Step("years since", "plus", (age,), "from the date of the level to the fall", "years", steps - 1)
        drift = product("change since", self._setting("kindergarten_drift"), later, unit="share")
        moved = product(name, level, Step("moved on", "one_plus", (drift,), unit="factor"), unit="pupils")
        return Step(name, "at_least_zero", (moved,), "recent level, moved on", "pupils")
