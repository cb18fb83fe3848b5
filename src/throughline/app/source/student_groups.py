"""Devices and planned money by student group: the schools of a run, joined with the counts of groups of the last fall."""

from collections.abc import Mapping
from dataclasses import replace

from throughline.app.source.benchmarks import schools_of
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.groups import EVERYBODY, GroupCount
from throughline.engine.refs import DerivedRef, EntryRef, Source
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.engine.views.equity import Place, figures_of
from throughline.engine.views.equity_groups import TOO_LITTLE, WITHHELD, Counted, Group, School, by_group
from throughline.engine.views.worked import Worked


def equity_by_group(result: PlanResult) -> Worked | None:
    """Every group of the last fall that schools were counted for; None without such counts or without devices."""
    plan = result.plan
    ids = _ids(result)
    at_sites = [
        replace(row, group=ids.get(_folded(row.group), row.group))
        for row in plan.group_counts
        if row.site in plan.site_by_id
    ]
    groups = {row.group for row in at_sites} - {EVERYBODY}
    if not groups:
        return None
    fall = max(row.fall_year for row in at_sites if row.group != EVERYBODY)
    counts = {(row.site, row.group): row for row in at_sites if row.fall_year == fall}
    places = {item.id: item for item in schools_of(result) or ()}
    enrolled: dict[str, list[EnrollmentCount]] = {}
    for record in plan.enrollment:
        if record.fall_year == fall:
            enrolled.setdefault(record.site, []).append(record)
    schools = []
    for site in sorted({site for site, _ in counts} & places.keys(), key=lambda site: places[site].name):
        students = _everybody(counts.get((site, EVERYBODY)), enrolled.get(site, ()), places[site].name)
        if students is not None:
            schools.append(School(site, places[site].name, students, _figures(result, places[site], students)))
    if not schools:
        return None
    return by_group(
        schools,
        _groups(result, groups),
        {cell: Counted(row.pupils, _source(row)) for cell, row in counts.items() if cell[1] != EVERYBODY},
        fall,
        result.rules.number("equity/smallest-group"),
        result.rules.number("equity/notable-difference"),
    )


def groups_of(table: Table | None) -> dict[str, int | str | None]:
    """What documents say of the table: how many groups have figures, which are marked, which have none."""
    if table is None:
        return {}
    column = table.index("marked")
    told = [(str(row.values[0]), row.values[column]) for row in table.rows if row.kind == "body"]
    shown = [(name, mark) for name, mark in told if mark not in (WITHHELD, TOO_LITTLE)]
    marked = [name for name, mark in shown if mark]
    return {
        "groups": len(shown) or None,
        "groups_marked": len(marked),
        "groups_marked_names": ", ".join(marked) or None,
        "groups_withheld": len(told) - len(shown),
        "groups_withheld_names": ", ".join(name for name, mark in told if mark in (WITHHELD, TOO_LITTLE)) or None,
    }


def _ids(result: PlanResult) -> dict[str, str]:
    """Ids of the catalog's groups by what a person may have entered: the id or the title."""
    listed = result.rules.book.student_groups.values()
    return {_folded(words): row.id for row in listed for words in (row.title, row.id)}


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _groups(result: PlanResult, found: set[str]) -> list[Group]:
    """Groups of the catalog in its order, then the district's own by their words."""
    listed = result.rules.book.student_groups
    known = [Group(row.id, row.title, row.parts_of) for row in listed.values() if row.id in found]
    own = sorted(found - listed.keys())
    return [*known, *(Group(name, name.replace("-", " ").capitalize()) for name in own)]


def _everybody(counted: GroupCount | None, enrolled: list[EnrollmentCount] | tuple[()], name: str) -> Trace | None:
    """Everybody at a school in the fall of the counts: as counted with the groups, else its grades added up."""
    if counted is not None and counted.pupils:
        return Fact(f"students at {name}", counted.pupils, "pupils", _source(counted))
    facts = tuple(
        Fact(f"grade {row.grade} at {name}", row.pupils, "pupils", row.source or EntryRef(f"enrollment/{row.id}"))
        for row in enrolled
    )
    return Step(f"students at {name}", "sum", facts, "", "pupils") if any(row.pupils for row in enrolled) else None


def _figures(result: PlanResult, item: Place, students: Trace) -> Mapping[str, Trace | None]:
    """The figures of a school as its own table shows them, with the money that is planned there."""
    pupils = item.pupils if item.pupils is not None else students
    cents = result.ledger.total({"cost_type": "direct", "site": item.id})
    source = DerivedRef("its cost lines")
    planned = Fact(f"direct cost at {item.name}, years of the plan", cents, "cents", source)
    own = Place(item.id, item.name, item.under, pupils, item.devices, item.aged, item.years, item.dated, item.supported)
    money = Step(f"planned for each student at {item.name}", "quotient", (planned, pupils), "")
    return figures_of(own) | {"money": money}


def _source(row: GroupCount) -> Source:
    return row.source or EntryRef(f"group_counts/{row.id}")
