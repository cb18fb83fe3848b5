"""A delivery of files, previewed and applied: several files with answers of their own, and choices for texts of inventories.

Preview and apply are the same reading; applying writes files and choices as one step. What is shown is plain data, so that a
page can be drawn again without reading the files again. For every file: created + updated + unchanged + rejected + blank = lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from throughline.app.column_words import column_words
from throughline.app.import_source import FileReport, ImportReport, Told, import_files
from throughline.app.messages import message_catalog, question_words
from throughline.app.plans import OpenPlan, save_plan
from throughline.app.set_value import with_choices
from throughline.engine.findings import Finding, Severity
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import CellRef
from throughline.importers.columns import UNREAD
from throughline.importers.outcome import Question
from throughline.importers.reading.table import fold
from throughline.importers.reading.upload import shown_name
from throughline.importers.values.dates import ORDER_QUESTION
from throughline.packs.loader import load_rulebook

MOST_PLACES = 200  # a page that lists more helps nobody; the rest is counted
SAID_ELSEWHERE = ("TL-IMP-040", "TL-IMP-041", "TL-READ-090")  # columns and capped kinds have lines of their own
COLUMN_ANSWER = "column:"


@dataclass(frozen=True)
class Brought:
    """A file: where it stands, the name it was brought under (see `inert_name`), and answers meant for it."""

    path: Path
    name: str
    answers: Mapping[str, str] = field(default_factory=dict)


def inert_name(name: str) -> str:
    """A file name that can steer neither path, page nor terminal; for people only."""
    return shown_name(name)


def read_files(
    opened: OpenPlan, files: Sequence[Brought], choices: Mapping[str, str], as_of: date, *, apply: bool
) -> ImportReport:
    """Read files under answers and choices (`place:...` -> site, `model:...` -> catalog model); write them with `apply`.

    Raises SetError for a choice that does not fit, FolderError when the plan changed meanwhile, OSError for a missing file.
    """
    chosen = _choosing(opened, choices, as_of)
    about = {item.path: Told(item.name, item.answers) for item in files}
    report = import_files(chosen, [item.path for item in files], as_of, dry_run=not apply, about=about)
    if apply and not report.written and chosen.plan != opened.plan:
        report = replace(report, opened=save_plan(chosen, chosen.plan, "confirm readings", as_of), written=True)
    return report


def _choosing(opened: OpenPlan, choices: Mapping[str, str], as_of: date) -> OpenPlan:
    """The plan as if the choices were made; whatever is then written is written as a change of the plan without them."""
    real = opened.commit

    def commit(_: OpenPlan, plan: Plan, what: str, at: date, blocks: Mapping[str, str]) -> OpenPlan:
        assert real is not None
        return real(opened, plan, what, at, blocks)

    chosen = with_choices(opened.plan, choices, as_of)
    return OpenPlan(opened.root, chosen, opened.manifest, commit if real is not None else None)


def show_file(report: FileReport, state: str) -> dict[str, Any]:
    """One file of a preview as plain data for a page; `state` of the district chooses the catalog that names models."""
    outcome = report.outcome
    cells, about_file = _findings(report.findings)
    shown: dict[str, Any] = {
        "file": report.file,
        "status": report.status,
        "importer": outcome.importer,
        "title": _title(outcome.importer),
        "kind": outcome.kind,
        "sheet": outcome.sheet,
        "header_row": outcome.header_row,
        "fingerprint": outcome.fingerprint,
        "counts": asdict(report.counts),
        "ready": report.counts.lines_read - report.counts.rejected - report.counts.blank,
        "questions": [_question(item) for item in outcome.questions],
        "answered": [[name, _spoken(name), value] for name, value in outcome.answers if not name.startswith("column:")],
        "columns": _columns(report),
        "fields": fields_of(outcome.importer),
        "dropped": [[item.column, item.filled] for item in outcome.dropped_columns],
        "cells": cells,
        "more": [_more(item) for item in report.findings if item.code == "TL-READ-090"],
        "notes": about_file,
        "records": sorted((report.records or {}).items()),
    }
    return shown | _inventory(report, state)


def _inventory(report: FileReport, state: str) -> dict[str, Any]:
    if report.inventory is None:
        return {"places": [], "rules": [], "models": [], "unlisted": {}}
    resolved = report.inventory.resolved
    catalog = load_rulebook(state).models
    models = [
        {
            "name": name,
            "units": units,
            "candidates": [
                [name_of, catalog[name_of].name, str(score)]
                for name_of, score in ((match.model_id, match.score), (match.runner_up_id, match.runner_up_score))
                if name_of in catalog
            ],
        }
        for name, match, units in resolved.to_review
    ]
    return {
        "places": [[place, units] for place, units in resolved.unknown_places[:MOST_PLACES]],
        "rules": [[rule.pattern, rule.site] for rule in resolved.new_rules[:MOST_PLACES]],
        "models": models[:MOST_PLACES],
        "unlisted": {
            "places": max(0, len(resolved.unknown_places) - MOST_PLACES),
            "models": max(0, len(models) - MOST_PLACES),
        },
        "retired": report.inventory.built.changes.retired,
        "duplicates": report.inventory.built.changes.duplicates,
    }


def fields_of(importer: str) -> list[list[str]]:
    """The fields a column of such a list can hold: (answer, words), and the answer that leaves it unread."""
    from throughline.importers.detect import importers

    known = importers().get(importer)
    if known is None:
        return []
    return [[name, column_words(importer, name)] for name in (*(column.name for column in known.columns), UNREAD)]


def _title(importer: str) -> str:
    from throughline.importers.detect import importers

    known = importers().get(importer)
    return known.title if known else ""


def _columns(report: FileReport) -> list[dict[str, str | int]]:
    """Every column of the file: its heading, the answer that would change it, and what it was taken for."""
    outcome = report.outcome
    asked = {q.id for q in outcome.questions}
    own = dict(outcome.answers)
    found: list[dict[str, str | int]] = []
    for heading, name in outcome.mapping:
        key = f"{COLUMN_ANSWER}{fold(heading)}"
        found.append(
            {"heading": heading, "key": key, "field": name, "state": "chosen" if key in own else "certain", "filled": 0}
        )
    for heading in outcome.ignored_columns:
        key = f"{COLUMN_ANSWER}{fold(heading)}"
        state = "asked" if key in asked else "unread"
        found.append({"heading": heading, "key": key, "field": UNREAD, "state": state, "filled": 0})
    for item in outcome.dropped_columns:
        found += [{"heading": item.column, "key": "", "field": "", "state": "person", "filled": item.filled}]
    return [{**item, "words": column_words(outcome.importer, str(item["field"]))} for item in found]


def _question(question: Question) -> dict[str, Any]:
    remedy = message_catalog().messages[question.code].remedy
    return {
        "id": question.id,
        "words": question_words(question),
        "remedy": remedy if "{" not in remedy else "",
        "choices": [list(choice) for choice in question.choices],
        "suggested": question.suggested,
        "blocking": question.blocking,
    }


SPOKEN = {
    "importer": "Kind of list",
    "sheet": "Sheet",
    "headings": "Headings that repeat or are missing",
    "student_columns": "Columns about pupils",
    "number_format": "How amounts are written",
    "percent_scale": "How shares are written",
    "duplicates": "Devices listed more than once",
    "price_basis": "What a price is for",
    ORDER_QUESTION: "Order of day and month",
    "status": "Status",
    "basis": "Basis of a price",
}


def _spoken(answer: str) -> str:
    """What an answer was about, in words."""
    kind, _, what = answer.partition(":")
    words = SPOKEN.get(kind, kind.replace("_", " "))
    return f"{words}: {what}" if what else words


def _findings(findings: Sequence[Finding]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Findings about cells in file order, and those about the file as a whole."""
    catalog = message_catalog()
    cells: list[dict[str, Any]] = []
    whole: list[dict[str, Any]] = []
    for item in findings:
        if item.code in SAID_ELSEWHERE:
            continue
        shown = {
            "code": item.code,
            "severity": item.severity.value,
            "message": catalog.text(item),
            "remedy": catalog.remedy(item),
        }
        source, args = item.source, item.arguments
        if isinstance(source, CellRef) and source.row:
            place = {"sheet": source.sheet, "row": source.row, "column": source.column}
            shown["message"] = bare_message(shown["message"], source)
            cells.append({**shown, **place, "value": str(args.get("value", ""))})
        else:
            whole.append(shown)
    rank = {Severity.ERROR.value: 0, Severity.WARNING.value: 1, Severity.NOTE.value: 2}
    return sorted(cells, key=lambda c: (rank[c["severity"]], c["row"])), sorted(
        whole, key=lambda c: rank[c["severity"]]
    )


def bare_message(message: str, at: CellRef) -> str:
    """The sentence without the place it begins with, which stands beside it."""
    for start in (f"Row {at.row} of {at.file}, column {at.column}: ", f"Row {at.row} of {at.file}: "):
        if message.startswith(start):
            return message[len(start) :][:1].upper() + message[len(start) + 1 :]
    return message


def _more(item: Finding) -> dict[str, Any]:
    args = item.arguments
    return {"code": str(args["code"]), "column": str(args["column"]), "count": int(args["count"])}
