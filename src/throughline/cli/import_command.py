"""`throughline import`: read files into a plan, with a preview of every line and column."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.cli.output import UsageError, add_as_of, assignment, say, say_json, say_long, today

if TYPE_CHECKING:
    from throughline.app.import_source import FileReport, ImportReport

SHOWN = 12
SAID = ("TL-IMP-040",)  # columns about persons have a line of their own
SITE = '"sites/oak-street/name=Oak Street School"'


def arguments(parser: ArgumentParser) -> None:
    """Files, answers, preview."""
    parser.epilog = "A file that needs an answer is listed with the question; give it with --answer ID=CHOICE. Answers are remembered."
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument("files", nargs="+", type=Path, help="CSV or XLSX files")
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
    report = import_files(open_plan(args.plan), args.files, today(args.as_of), answers, args.dry_run, hints)
    if args.json:
        say_json(show_import(report))
    else:
        _show(report, args, answers)
    return 0 if report.done else 1


def _show(report: "ImportReport", args: Namespace, answers: dict[str, str]) -> None:
    for item in report.files:
        _file(item, answers)
    for name in report.unused(answers):
        say(f"The answer {name}={answers[name]} was not asked for by any of the files.")
    read = [item for item in report.files if item.inventory is not None]
    if read:
        _unresolved(read[-1], args, not report.opened.plan.sites)
    if args.dry_run:
        say("Preview only; nothing was written.")
    elif report.written:
        say(f"Applied in one step. Take it back with: throughline undo {args.plan}")
    else:
        say("Nothing was written.")


def _file(item: "FileReport", answers: dict[str, str]) -> None:
    from throughline.app.import_words import show_questions
    from throughline.app.summary import show_finding

    outcome, counts = item.outcome, item.counts
    source = f"read as {outcome.importer}" if outcome.importer else "not recognized"
    sheet = f", sheet {outcome.sheet}" if outcome.sheet else ""
    say(f"{item.file}: {source}{sheet}; {item.status.replace('_', ' ')}")
    say(
        f"  {counts.lines_read:,} lines: {counts.created:,} created, {counts.updated:,} updated, {counts.unchanged:,} unchanged, "
        f"{counts.rejected:,} rejected, {counts.blank:,} blank"
    )
    told = [(heading, name) for heading, name in outcome.mapping if heading.rpartition(".")[2] != name]  # not our own
    if told:
        say_long("  columns: " + ", ".join(f"{heading} -> {name}" for heading, name in told))
    if outcome.dropped_columns:
        names = ", ".join(f"{d.column} ({d.filled:,} values)" for d in outcome.dropped_columns)
        say_long(f"  columns about persons, never stored: {names}")
    if item.inventory is not None:
        rules = item.inventory.resolved.new_rules
        for rule in rules[:SHOWN]:
            say(f"  place {rule.pattern} means site {rule.site} (remembered)")
        _more(len(rules), "places")
    for shown in [show_finding(finding) for finding in item.findings if finding.code not in SAID][:SHOWN]:
        say_long(f"  {shown['severity']} {shown['code']}: {shown['message']}")
        if shown["severity"] != "note":
            say_long(f"    {shown['remedy']}", 0)
    _more(len(item.findings), "findings; see them with --json")
    for question in show_questions(item):
        say_long(f"  question {question['id']}: {question['question']}")
        if question["id"] in answers:
            say(f"    {answers[question['id']]} is none of the answers:")
        for choice in question["choices"]:
            mark = " (suggested)" if choice["answer"] == question["suggested"] else ""
            say(f"    --answer {question['id']}={choice['answer']}   {choice['meaning']}{mark}")


def _unresolved(item: "FileReport", args: Namespace, no_sites: bool) -> None:
    """Places and models of the whole inventory that nothing explains, each with the command that settles it."""
    assert item.inventory is not None
    resolved = item.inventory.resolved
    if resolved.unknown_places:
        say("Places without a site; their devices stand under Unassigned:")
        if no_sites:
            say(
                f"  The plan has no sites yet. Import a list of schools, or enter one: throughline set {args.plan} {SITE}"
            )
    for place, units in resolved.unknown_places[:SHOWN]:
        settle = f'throughline set {args.plan} "place:{place}=SITE"' if place else "the rows name no place"
        say(f"  {_devices(units)} at {place or 'no place'}" + ("" if no_sites else f": {settle}"))
    _more(len(resolved.unknown_places), "places")
    if resolved.to_review:
        say("Models to confirm; until then the devices are planned by age and condition:")
    for name, match, units in resolved.to_review[:SHOWN]:
        say(
            f"  {_devices(units)} of {name}: is it {match.model_id} ({match.score}), or {match.runner_up_id} ({match.runner_up_score})?"
        )
        say(f'    throughline set {args.plan} "model:{name}={match.model_id}"')
    _more(len(resolved.to_review), "models")


def _devices(units: int) -> str:
    return f"{units:,} device{'' if units == 1 else 's'}"


def _more(count: int, what: str) -> None:
    if count > SHOWN:
        say(f"  and {count - SHOWN:,} more {what}")
