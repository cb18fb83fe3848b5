"""`throughline import`: read files into a plan, with a preview of every line and column."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from throughline.cli.output import UsageError, add_as_of, assignment, say, say_json, say_long, today, with_command

SHOWN = 12
SAID = ("TL-IMP-040",)  # columns about persons have a line of their own
SITE = '"sites/oak-street/name=Oak Street School"'


def arguments(parser: ArgumentParser) -> None:
    """Files, answers, preview."""
    parser.epilog = "A file that needs an answer is listed with the question; give it with --answer ID=CHOICE. Answers are remembered."
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument(
        "files", nargs="+", type=Path, help="CSV, XLSX, JSON or XML files, or a zip file or folder of tables"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would happen; write nothing")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="ID=CHOICE", help="answer a question of the preview"
    )
    parser.add_argument(
        "--as", dest="importer", default="", metavar="IMPORTER", help="read the files with this importer"
    )
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Import; 1 when a file was refused or waits for an answer."""
    from throughline.app.catalogue import importer_ids
    from throughline.app.import_source import import_files
    from throughline.app.import_words import show_import
    from throughline.app.plans import open_plan

    if args.importer and args.importer not in importer_ids():
        raise UsageError(f"--as {args.importer}: there is no such importer; there are {', '.join(importer_ids())}")
    answers = dict(assignment(text, "--answer", "ID=CHOICE") for text in args.answer)
    hints = {"importer": args.importer} if args.importer else {}
    done = import_files(open_plan(args.plan), args.files, today(args.as_of), answers, args.dry_run, hints)
    report = show_import(done, answers)
    if args.json:
        say_json(report)
    else:
        show(report, str(args.plan), answers)
    return 0 if report["done"] else 1


def show(report: dict[str, Any], plan: str, answers: dict[str, str]) -> None:
    """Print what an import did, or would do."""
    for item in report["files"]:
        _file(item, answers)
    for name in report["unused_answers"]:
        say(f"The answer {name}={answers[name]} was not asked for by any of the files.")
    inventories = [item for item in report["files"] if item["is_inventory"]]
    if inventories:
        _unresolved(inventories[-1], plan, not report["sites"])
    if report["dry_run"]:
        say("Preview only; nothing was written.")
    elif report["written"]:
        say(f"Applied in one step. Take it back with: throughline undo {plan}")
    else:
        say("Nothing was written.")


def _file(item: dict[str, Any], answers: dict[str, str]) -> None:
    counts = item["counts"]
    source = f"read as {item['importer']}" if item["importer"] else "not recognized"
    sheet = f", sheet {item['sheet']}" if item["sheet"] else ""
    say(f"{item['file']}: {source}{sheet}; {item['status'].replace('_', ' ')}")
    say(
        f"  {counts['lines_read']:,} lines: {counts['created']:,} created, {counts['updated']:,} updated, "
        f"{counts['unchanged']:,} unchanged, {counts['rejected']:,} rejected, {counts['blank']:,} blank"
    )
    told = [(m["heading"], m["field"]) for m in item["mapping"] if m["heading"].rpartition(".")[2] != m["field"]]
    if told:  # the columns that are not our own
        say_long("  columns: " + ", ".join(f"{heading} -> {name}" for heading, name in told))
    if item["dropped_columns"]:
        names = ", ".join(f"{d['column']} ({d['filled']:,} values)" for d in item["dropped_columns"])
        say_long(f"  columns about persons, never stored: {names}")
    for rule in item["new_site_rules"][:SHOWN]:
        say(f"  place {rule['pattern']} means site {rule['site']} (remembered)")
    _more(len(item["new_site_rules"]), "places")
    for finding in [found for found in item["findings"] if found["code"] not in SAID][:SHOWN]:
        say_long(f"  {finding['severity']} {finding['code']}: {finding['message']}")
        if finding["severity"] != "note":
            say_long(f"    {with_command(finding)}", 0)
    _more(len(item["findings"]), "findings; see them with --json")
    for question in item["questions"]:
        say_long(f"  question {question['id']}: {question['question']}")
        if question["id"] in answers:
            say(f"    {answers[question['id']]} is none of the answers:")
        for choice in question["choices"]:
            mark = " (suggested)" if choice["answer"] == question["suggested"] else ""
            say(f"    --answer {question['id']}={choice['answer']}   {choice['meaning']}{mark}")


def _unresolved(item: dict[str, Any], plan: str, no_sites: bool) -> None:
    """Places and models of the whole inventory that nothing explains, each with the command that settles it."""
    places, models = item["unknown_places"], item["models_to_review"]
    if places:
        say("Places without a site; their devices stand under Unassigned:")
        if no_sites:
            say(f"  The plan has no sites yet. Import a list of schools, or enter one: throughline set {plan} {SITE}")
    for found in places[:SHOWN]:
        place = found["place"]
        settle = f'throughline set {plan} "place:{place}=SITE"' if place else "the rows name no place"
        say(f"  {_devices(found['units'])} at {place or 'no place'}" + ("" if no_sites else f": {settle}"))
    _more(len(places), "places")
    if models:
        say("Models to confirm; until then the devices are planned by age and condition:")
    for found in models[:SHOWN]:
        say(
            f"  {_devices(found['units'])} of {found['name']}: is it {found['suggested']} ({found['score']}), "
            f"or {found['runner_up']} ({found['runner_up_score']})?"
        )
        say(f'    throughline set {plan} "model:{found["name"]}={found["suggested"]}"')
    _more(len(models), "models")


def _devices(units: int) -> str:
    return f"{units:,} device{'' if units == 1 else 's'}"


def _more(count: int, what: str) -> None:
    if count > SHOWN:
        say(f"  and {count - SHOWN:,} more {what}")
