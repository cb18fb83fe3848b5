"""`throughline import`: read files into a plan, with a preview of every line and column."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli.output import add_as_of, assignment, say, say_json, today

if TYPE_CHECKING:
    from throughline.app.import_source import FileReport, ImportReport

SHOWN = 12


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
    from throughline.app.import_source import import_files
    from throughline.app.plans import open_plan

    answers = dict(assignment(text, "--answer", "ID=CHOICE") for text in args.answer)
    hints = {"importer": args.importer} if args.importer else {}
    report = import_files(open_plan(args.plan), args.files, today(args.as_of), answers, args.dry_run, hints)
    if args.json:
        say_json(_json(report))
    else:
        _show(report, args)
    return 0 if report.done else 1


def _json(report: "ImportReport") -> dict[str, Any]:
    from throughline.app.summary import show_finding

    return {
        "written": report.written,
        "digest": report.opened.manifest.digest,
        "files": [
            {
                "file": f.file,
                "status": f.status,
                "importer": f.outcome.importer,
                "sheet": f.outcome.sheet,
                "counts": {
                    "lines_read": f.counts.lines_read,
                    "created": f.counts.created,
                    "updated": f.counts.updated,
                    "unchanged": f.counts.unchanged,
                    "rejected": f.counts.rejected,
                    "blank": f.counts.blank,
                },
                "dropped_columns": [{"column": d.column, "filled": d.filled} for d in f.outcome.dropped_columns],
                "mapping": [{"heading": heading, "field": name} for heading, name in f.outcome.mapping],
                "ignored_columns": list(f.outcome.ignored_columns),
                "questions": _questions(f),
                "unknown_places": [{"place": p, "units": n} for p, n in f.inventory.resolved.unknown_places]
                if f.inventory
                else [],
                "new_site_rules": [{"pattern": r.pattern, "site": r.site} for r in f.inventory.resolved.new_rules]
                if f.inventory
                else [],
                "models_to_review": [
                    {
                        "name": name,
                        "suggested": m.model_id,
                        "score": m.score,
                        "runner_up": m.runner_up_id,
                        "runner_up_score": m.runner_up_score,
                        "units": units,
                    }
                    for name, m, units in f.inventory.resolved.to_review
                ]
                if f.inventory
                else [],
                "findings": [show_finding(item) for item in f.findings],
            }
            for f in report.files
        ],
    }


def _questions(report: "FileReport") -> list[dict[str, Any]]:
    from throughline.app.messages import question_words

    return [
        {
            "id": q.id,
            "question": question_words(q),
            "choices": [{"answer": a, "meaning": b} for a, b in q.choices],
            "suggested": q.suggested,
            "blocking": q.blocking,
        }
        for q in report.outcome.questions
    ]


def _show(report: "ImportReport", args: Namespace) -> None:
    for item in report.files:
        _file(item, args)
    if args.dry_run:
        say("Preview only; nothing was written.")
    elif report.written:
        say(f"Applied in one step. Take it back with: throughline undo {args.plan}")
    else:
        say("Nothing was written.")


def _file(item: "FileReport", args: Namespace) -> None:
    from throughline.app.summary import show_finding

    outcome, counts = item.outcome, item.counts
    source = f"read as {outcome.importer}" if outcome.importer else "not recognized"
    sheet = f", sheet {outcome.sheet}" if outcome.sheet else ""
    say(f"{item.file}: {source}{sheet}; {item.status.replace('_', ' ')}")
    say(
        f"  {counts.lines_read:,} lines: {counts.created:,} created, {counts.updated:,} updated, {counts.unchanged:,} unchanged, "
        f"{counts.rejected:,} rejected, {counts.blank:,} blank"
    )
    if outcome.mapping:
        say("  columns: " + ", ".join(f"{heading} -> {name}" for heading, name in outcome.mapping))
    if outcome.dropped_columns:
        names = ", ".join(f"{d.column} ({d.filled:,} values)" for d in outcome.dropped_columns)
        say(f"  columns about persons, never stored: {names}")
    if item.inventory is not None:
        _inventory(item, args)
    for shown in [show_finding(finding) for finding in item.findings][:SHOWN]:
        say(f"  {shown['severity']} {shown['code']}: {shown['message']}")
        if shown["severity"] != "note":
            say(f"    {shown['remedy']}")
    if len(item.findings) > SHOWN:
        say(f"  and {len(item.findings) - SHOWN} more findings; see them with --json")
    for question in _questions(item):
        say(f"  question {question['id']}: {question['question']}")
        for choice in question["choices"]:
            mark = " (suggested)" if choice["answer"] == question["suggested"] else ""
            say(f"    --answer {question['id']}={choice['answer']}   {choice['meaning']}{mark}")


def _inventory(item: "FileReport", args: Namespace) -> None:
    assert item.inventory is not None
    resolved = item.inventory.resolved
    for rule in resolved.new_rules[:SHOWN]:
        say(f"  place {rule.pattern} means site {rule.site} (remembered)")
    if len(resolved.new_rules) > SHOWN:
        say(f"  and {len(resolved.new_rules) - SHOWN} more places")
    for place, units in resolved.unknown_places[:SHOWN]:
        say(
            f'  {units:,} devices at {place or "no place"}: site unknown; throughline set {args.plan} "place:{place}=SITE"'
        )
    for name, match, units in resolved.to_review[:SHOWN]:
        say(
            f"  {units:,} devices of model {name}: is it {match.model_id} ({match.score})? runner-up {match.runner_up_id} "
            f'({match.runner_up_score}); throughline set {args.plan} "model:{name}={match.model_id}"'
        )
