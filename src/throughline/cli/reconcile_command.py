"""`throughline reconcile`: where the inventories disagree, with money at stake, and how complete they are."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.cli.output import UsageError, add_as_of, fail, say, say_json, say_table, today
from throughline.engine.table import Column, Row, Table, Unit

if TYPE_CHECKING:
    from throughline.app.inventory_health import InventoryHealth
    from throughline.app.plans import OpenPlan

ROWS = 20
EXAMPLES = """examples:
  throughline reconcile myplan
  throughline reconcile myplan --list only_managed
  throughline reconcile myplan --list unseen --unseen-days 90 --out collect.csv
  throughline reconcile myplan --walk lincoln --out lincoln.pdf"""


def arguments(parser: ArgumentParser) -> None:
    """The plan, the list to see, and where to write it."""
    parser.epilog = EXAMPLES
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument("--list", default="", metavar="ID", help="show the devices behind a line, by its id")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"how many of them (default {ROWS})")
    parser.add_argument(
        "--walk", default="", metavar="SITE", help="a list of what should be at a site, to carry on a walk; with --out"
    )
    parser.add_argument(
        "--look", action="store_true", help="with --walk: only what the lists differ about or nobody saw"
    )
    parser.add_argument(
        "--out", type=Path, help="write all of them to a CSV or XLSX file instead; a walk list also to PDF"
    )
    parser.add_argument(
        "--unseen-days",
        type=int,
        help="not seen for so many days before the inventory counts as unseen (default: rules/inventory/unseen-days of the "
        "plan)",
    )
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Print the sections and the score, or the devices of one line."""
    from throughline.app.devices import device_table
    from throughline.app.inventory_health import quality_table
    from throughline.app.plans import open_plan
    from throughline.app.reconcile import reconcile, write_devices

    if args.out and not (args.list or args.walk):
        raise UsageError("--out writes the devices of a list; name it with --list or --walk")
    opened = open_plan(args.plan)
    if args.walk:
        return _walk(opened, args)
    limit = 0 if args.out else max(args.rows, 1)
    try:
        found = reconcile(opened, today(args.as_of), args.list, limit, args.unseen_days)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if found is None:
        return fail("the plan has no inventory yet; import one with: throughline import PLAN FILE", args.json)
    if found.devices is not None:
        if args.out:
            _form(args.out, ("csv", "xlsx"))
            write_devices(found.devices, args.list, opened.plan.district.name, args.out)
        table = device_table(found.devices)
        if args.json:
            keys = [column.key for column in table.columns]
            rows = [dict(zip(keys, row.values, strict=True)) for row in table.rows]
            say_json({"list": args.list, "units": found.devices.count.units, "devices": rows})
        elif args.out:
            say(f"Wrote {len(table.rows):,} rows to {args.out}")
        else:
            say_table(table)
            say(f"{found.devices.count.units:,} devices in all.")
        return 0
    health = found.health
    if args.json:
        sections = [{"id": s.id, "label": s.label, "units": s.units, "cents": s.cents} for s in health.sections]
        checks = [{"id": c.id, "label": c.label, "failing": c.failing, "share_bp": c.share} for c in health.checks]
        say_json({"units": health.units, "score_bp": health.score, "sections": sections, "checks": checks})
        return 0
    say_table(_sections(health))
    say()
    say_table(quality_table(health))
    if not health.two_lists:
        say("Only one kind of list was imported; with device management and a register both, they are compared.")
    say("The devices of a line: throughline reconcile PLAN --list ID")
    return 0


def _form(out: Path, forms: tuple[str, ...]) -> str:
    """The format that a file's ending asks for."""
    form = out.suffix.lower().removeprefix(".")
    if form not in forms:
        raise UsageError(f"{out}: end its name with .{', .'.join(forms)}")
    return form


def _walk(opened: "OpenPlan", args: Namespace) -> int:
    from throughline.app.reconcile import write_walk_list
    from throughline.app.walk_list import FORMS

    if not args.out:
        raise UsageError("--walk writes a list; say where with --out, for example --out walk.pdf")
    form = _form(args.out, FORMS)
    try:
        found = write_walk_list(opened, today(args.as_of), args.walk, args.out, form, args.look, args.unseen_days)
    except KeyError:
        known = ", ".join(site.id for site in opened.plan.sites[:12])
        raise UsageError(f"--walk {args.walk}: there is no such site; sites are {known} ...") from None
    if found is None:
        return fail("the plan has no inventory yet; import one with: throughline import PLAN FILE", args.json)
    if args.json:
        say_json({"site": found.site, "units": found.units, "out": str(args.out)})
    else:
        say(f"Wrote {found.units:,} devices at {found.name} to {args.out}")
    return 0


def _sections(health: "InventoryHealth") -> Table:
    columns = (
        Column("section", "What"),
        Column("units", "Devices", Unit.COUNT),
        Column("cents", "Money at stake", Unit.CENTS),
        Column("id", "List ID"),
    )
    rows = tuple(Row((item.label, item.units, item.cents, item.id)) for item in health.sections if item.units)
    notes = ("Money at stake: what buying these devices would cost in the first plan year.",)
    return Table("sections", "Where lists differ" if rows else "Lists do not differ", columns, rows, notes)
