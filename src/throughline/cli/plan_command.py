"""`throughline plan`: compute the plan, print it, write its documents."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import add_as_of, assignment, say, say_json, today, with_command


def arguments(parser: ArgumentParser) -> None:
    """The plan, the documents folder, a scenario."""
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write board packet, agenda item, workbook and cost lines there"
    )
    parser.add_argument(
        "--override",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="compute as if PATH had this value, without saving it (rules/spare/share=0.1, standards/ID/life_years=5)",
    )
    parser.add_argument(
        "--scenario", metavar="NAME", help="compute a scenario kept in the plan, with any --override on top"
    )
    parser.add_argument(
        "--keep", metavar="NAME", help="keep this scenario in the plan under a name, to run and compare it later"
    )
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Run and print."""
    from throughline.app.plans import open_plan
    from throughline.app.run_plan import run_plan
    from throughline.app.scenarios import keep, kept_with
    from throughline.app.summary import show_finding, summarize

    opened, day = open_plan(args.plan), today(args.as_of)
    pairs = [assignment(text, "--override", "PATH=VALUE") for text in args.override]
    scenario = kept_with(opened.plan, args.scenario or "", pairs)
    result = run_plan(opened, day, scenario)
    if args.keep:
        opened = keep(opened, args.keep, scenario.overrides, day)
    summary = summarize(result)
    if args.out:
        from throughline.app.documents import write_documents

        documents = write_documents(opened, result, args.out)
        summary["documents"] = [str(path) for path in documents.paths]
        summary["document_findings"] = [show_finding(item) for item in documents.findings]
    if args.json:
        say_json(summary)
        return 0
    from throughline.app.documents import terminal_page

    say(terminal_page(opened, result))
    for item in summary.get("document_findings", []):
        say(f"{item['severity']}: {item['message']} {with_command(item)}")
    for path in summary.get("documents", []):
        say(f"Wrote {path}")
    return 0
