"""What an import did, as one JSON-ready summary with stable keys."""

from collections.abc import Mapping
from typing import Any

from throughline.app.import_source import PREVIEW, FileReport, ImportReport
from throughline.app.messages import question_words
from throughline.app.summary import show_finding


def show_import(report: ImportReport, answers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Keys: written, digest, files (status, counts, mapping, questions, places, models, findings of each)."""
    return {
        "written": report.written,
        "done": report.done,
        "dry_run": any(item.status == PREVIEW for item in report.files),
        "sites": len(report.opened.plan.sites),
        "unused_answers": report.unused(answers or {}),
        "digest": report.opened.manifest.digest,
        "files": [
            {
                "file": f.file,
                "status": f.status,
                "importer": f.outcome.importer,
                "is_inventory": f.inventory is not None,
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
                "questions": show_questions(f),
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


def show_questions(report: FileReport) -> list[dict[str, Any]]:
    """What the file waits for an answer to, with the answers it may have."""
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
