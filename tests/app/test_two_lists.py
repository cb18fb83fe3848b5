"""The two lists side by side, what became of devices, walk lists, and who is believed, on the sample district."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.app.folders import larkhollow
from throughline.app.inventory_health import InventoryHealth, inventory_health
from throughline.app.inventory_rules import unseen_of
from throughline.app.kept_index import FOLDER, kept_index
from throughline.app.outcomes import LABELS, NotDecidedError, decisions, outcomes_of, read_walk, walk_decisions
from throughline.app.plans import OpenPlan, open_plan, undo
from throughline.app.precedence import believed, preview_orders, set_orders
from throughline.app.set_value import SetError, set_values
from throughline.app.two_lists import by_site, overlap, pairs, section_of, work_list
from throughline.app.two_lists_page import narrowed, picture_of, sheet
from throughline.app.walk_list import sites_to_walk, walk_list, walk_table, write_walk
from throughline.engine.run import PlanResult
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters, Order

DAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[OpenPlan, PlanResult]:
    opened, result = larkhollow()
    own = tmp_path_factory.mktemp("plans") / "larkhollow"
    shutil.copytree(opened.root, own, ignore=shutil.ignore_patterns(FOLDER))
    return open_plan(own), result


@pytest.fixture
def index(sample: tuple[OpenPlan, PlanResult]) -> Iterator[DeviceIndex]:
    with kept_index(sample[0], DAY) as found:
        assert found is not None
        yield found


@pytest.fixture
def health(sample: tuple[OpenPlan, PlanResult], index: DeviceIndex) -> InventoryHealth:
    return inventory_health(index, sample[1], unseen_of(sample[0], DAY))


def test_the_index_of_a_folder_is_kept_and_used_again(sample: tuple[OpenPlan, PlanResult], index: DeviceIndex) -> None:
    (kept,) = (sample[0].root / FOLDER).glob("*.sqlite")
    before = kept.stat().st_mtime_ns
    with kept_index(sample[0], DAY) as again:
        assert again is index
    assert kept.stat().st_mtime_ns == before
    assert sample[0].plan.snapshot is not None
    assert kept.name.startswith(sample[0].plan.snapshot.block.split(".")[0])


def test_the_overlap_counts_each_device_once_and_sites_add_up_to_it(
    sample: tuple[OpenPlan, PlanResult], index: DeviceIndex, health: InventoryHealth
) -> None:
    opened, result = sample
    unseen = unseen_of(opened, DAY)
    whole = overlap(index, result, unseen)
    units = {item.id: item.units for item in health.sections}
    assert (whole.only_managed, whole.only_registered) == (units["only_managed"], units["only_registered"])
    assert whole.look <= sum(units[name] for name in units if name not in ("repeated", "tag_shared"))
    assert whole.look >= max(units.values())
    ids, lines = by_site(index, result, health, unseen)
    assert sum(line.look for line in lines) == whole.look
    assert sum(line.cents for line in lines) == whole.cents
    for place, name in enumerate(ids):
        assert sum(line.counts[place] for line in lines) == units[name]
    picture = picture_of(whole)
    assert picture is not None
    assert picture.registered[-1].x + picture.registered[-1].width == 1000
    assert {band.x for band in picture.managed} & {band.x for band in picture.registered}


def test_both_sides_of_a_device_are_what_each_list_says(
    sample: tuple[OpenPlan, PlanResult], index: DeviceIndex, health: InventoryHealth
) -> None:
    section = section_of(health, "differs_site")
    assert section is not None
    found = pairs(sample[0], index, sample[1], section.filters, Order("site"))
    assert len(found) == section.rows
    for pair in found:
        assert pair.managed is not None
        assert pair.registered is not None
        assert pair.managed.site != pair.registered.site
    alone = narrowed(health, "only_registered")
    assert all(p.managed is None and p.registered for p in pairs(sample[0], index, None, alone.filters, alone.order))


def test_a_list_to_work_through_is_inert_and_names_nobody(
    sample: tuple[OpenPlan, PlanResult], index: DeviceIndex, health: InventoryHealth
) -> None:
    asked = narrowed(health, "")
    found = pairs(sample[0], index, sample[1], asked.filters, asked.order, 20)
    table = work_list("x", "=cmd()", found)
    assert [column.key for column in table.columns][-2:] == ["outcome", "remark"]
    assert not {column.key for column in table.columns} & {"user", "assigned_to", "student", "name"}
    text = sheet(table, "District", "csv").data.decode("utf-8-sig")
    assert len(text.splitlines()) == 21
    assert sheet(table, "District", "xlsx").data.startswith(b"PK")


def test_each_outcome_asks_for_what_it_needs_and_becomes_corrections(
    sample: tuple[OpenPlan, PlanResult], index: DeviceIndex, health: InventoryHealth
) -> None:
    asked = narrowed(health, "differs_site")
    (pair,) = pairs(sample[0], index, sample[1], asked.filters, asked.order, 1)
    assert pair.managed is not None
    (right,) = decisions([pair], "managed_right", "differs_site")
    assert right.fixes == (("site", pair.managed.stated["site"]),)
    (found,) = decisions([pair], "found", "differs_site", day=DAY)
    assert found.fixes == (("last_seen", "2026-11-16"),)
    (gone,) = decisions([pair], "written_off")
    assert gone.fixes == (("status", "retired"),)
    (moved,) = decisions([pair], "other_site", site="elsewhere")
    assert moved.fixes == (("site", "elsewhere"),)
    for outcome, more in (("elsewhere", {"day": DAY}), ("found", {}), ("nothing", {})):
        with pytest.raises(NotDecidedError):
            decisions([pair], outcome, **more)  # type: ignore[arg-type]  # what is missing is the point
    with pytest.raises(NotDecidedError, match="at least one"):
        decisions([], "written_off")
    assert {name for name, _ in outcomes_of("differs_site")} == set(LABELS)
    assert "managed_right" not in {name for name, _ in outcomes_of("unseen")}


def test_a_walk_list_holds_every_device_of_a_site_once_with_no_fact_about_a_person(
    sample: tuple[OpenPlan, PlanResult], index: DeviceIndex
) -> None:
    opened = sample[0]
    unseen = unseen_of(opened, DAY)
    site, name, units = next(row for row in sites_to_walk(sample[0], index) if row[2])
    found = walk_list(opened, index, site, unseen)
    ordered = sum(d.quantity for d in index.page(Filters(site=(site,), status=("on_order",)), Order(), 10_000).devices)
    assert found.units == units - ordered
    assert found.name == name
    look = walk_list(opened, index, site, unseen, only_look=True)
    assert {line.device.key for line in look.lines} == found.look & {line.device.key for line in found.lines}
    table = walk_table(found, "walk")
    assert [column.key for column in table.columns] == [
        "place", "asset_tag", "serial", "model", "last_seen", "found", "remark",
    ]  # fmt: skip
    assert write_walk(look, "District", "csv", "run").data.decode("utf-8-sig").startswith("place,asset_tag,serial")
    with pytest.raises(KeyError):
        walk_list(opened, index, "nowhere", unseen)


def test_what_was_read_on_a_walk_is_told_apart(sample: tuple[OpenPlan, PlanResult], index: DeviceIndex) -> None:
    sites = [site for site, _, units in sites_to_walk(sample[0], index) if units]
    here, there = (
        next(d for d in index.page(Filters(site=(site,), in_fleet=True), Order("serial"), 5).devices if d.serial)
        for site in (sites[0], sites[1])
    )
    gone = index.page(Filters(status=("retired",)), Order("serial"), 1).devices
    walk = read_walk(
        index,
        [here.serial.lower(), here.serial, f" {there.serial} ", "NOBODY", "", *(d.serial for d in gone)],
        sites[0],
    )
    assert [d.serial for d in walk.here] == [here.serial]
    assert [d.serial for d in walk.elsewhere] == [there.serial]
    assert [d.serial for d in walk.not_counted] == [d.serial for d in gone]
    assert walk.unknown == ("NOBODY",)
    told = {item.key: dict(item.fixes) for item in walk_decisions(walk, sites[0], DAY)}
    assert told[here.key] == {"last_seen": "2026-11-16"}
    assert told[there.key] == {"last_seen": "2026-11-16", "site": sites[0]}
    for device in gone:
        assert told[device.key]["status"] == "in_use"


def test_another_order_is_previewed_set_with_a_reason_and_undone(sample: tuple[OpenPlan, PlanResult]) -> None:
    opened = sample[0]
    assert {item.own for item in believed(opened, DAY)} == {False}
    orders = {"place": "mdm register"}
    preview = preview_orders(opened, orders, DAY)
    assert preview is not None
    sites = dict(preview.attributes)["site"]
    assert sites > 0
    assert opened.plan.snapshot is not None
    changed = set_orders(opened, orders, DAY, "the console is cleaned every week")
    place = next(item for item in believed(changed, DAY) if item.id == "place")
    assert (place.order, place.own, place.reason) == ("mdm register orders", True, "the console is cleaned every week")
    assert changed.plan.snapshot is not None
    assert changed.plan.snapshot.block != opened.plan.snapshot.block
    assert changed.plan.snapshot.taken_on == opened.plan.snapshot.taken_on
    back = set_orders(changed, {"place": "register mdm orders"}, DAY, "as it was")
    assert back.plan.snapshot is not None
    assert back.plan.snapshot.block == opened.plan.snapshot.block
    assert not [item for item in back.plan.assumptions if item.path.startswith("precedence/")]
    undo(opened.root)
    undo(opened.root)


@pytest.mark.parametrize(
    ("orders", "words"),
    [({"nothing": "mdm"}, "no such group"), ({"place": "cloud"}, "no list cloud"), ({"place": "mdm mdm"}, "once")],
)
def test_an_order_that_means_nothing_is_refused(
    sample: tuple[OpenPlan, PlanResult], orders: dict[str, str], words: str
) -> None:
    with pytest.raises(SetError, match=words):
        preview_orders(sample[0], orders, DAY)


def test_other_days_without_contact_count_the_inventory_anew_as_of_its_own_day(
    sample: tuple[OpenPlan, PlanResult],
) -> None:
    opened = sample[0]

    def unseen(plan: OpenPlan) -> int:
        assert plan.plan.snapshot is not None
        return sum(int(units) for code, _, units in plan.plan.snapshot.quality if code == "unseen")

    later = date(2027, 3, 1)
    changed = set_values(opened, ["rules/inventory/unseen-days=5"], later, "we collect every month")
    assert changed.plan.snapshot is not None
    assert changed.plan.snapshot.taken_on == DAY.isoformat()
    assert unseen(changed) > unseen(opened) > 0
    rule = unseen_of(changed, later)
    assert (rule.days, rule.before) == (5, date(2026, 11, 11))
    assert rule.rule is not None
    assert (rule.rule.authority, rule.rule.source) == ("district", "we collect every month")
    with kept_index(changed, later) as index:
        assert index is not None
        health = inventory_health(index, None, rule)
        section = section_of(health, "unseen")
        assert section is not None
        assert section.units == unseen(changed)
    assert unseen_of(changed, later, 90).days == 90
    undo(opened.root)


def test_a_folder_that_cannot_keep_an_index_has_one_for_once(
    sample: tuple[OpenPlan, PlanResult], tmp_path: Path
) -> None:
    shutil.copytree(sample[0].root, tmp_path / "plan", ignore=shutil.ignore_patterns(FOLDER))
    (tmp_path / "plan" / FOLDER).write_text("in the way", encoding="utf-8")
    with kept_index(open_plan(tmp_path / "plan"), DAY) as found:
        assert found is not None
        assert found.devices > 0
    assert (tmp_path / "plan" / FOLDER).is_file()
